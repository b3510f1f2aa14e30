//! Who is meant: agents chosen by kind, rank, place, chance or trial.

use serde::{Deserialize, Serialize};

use crate::formula::{Formula, Line};

/// Which agents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Who {
    All,
    /// A kind, a named agent, a mark, or "all".
    Named(String, Line),
    /// The `n` (or the share n < 1) with the largest value; ties broken by a draw.
    Top {
        n: f64,
        by: Formula,
        among: Option<Box<Who>>,
        line: Line,
    },
    Bottom {
        n: f64,
        by: Formula,
        among: Option<Box<Who>>,
        line: Line,
    },
    Random {
        n: f64,
        among: Option<Box<Who>>,
        line: Line,
    },
    /// `n` agents near each other: breadth-first from the centre (drawn if not said) over the ties of `layer`.
    Cluster {
        n: f64,
        centre: Option<Box<Who>>,
        layer: Option<String>,
        line: Line,
    },
    /// All for whom the formula is not 0.
    Where(Formula, Line),
    /// The `n` that reach most when tried, one after another, by the rules of the world.
    Greedy {
        n: f64,
        how: Greedy,
        among: Option<Box<Who>>,
    },
    /// The `n` that reach most by cascades followed backwards, where the rules allow it.
    Influential {
        n: f64,
        how: Influential,
        among: Option<Box<Who>>,
    },
}

/// How a start is tried, on a copy of the world that stands still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Greedy {
    /// The stage whose holders count.
    pub stage: String,
    /// The stage they start in; the counted one if not said.
    pub from: Option<String>,
    pub item: Option<String>,
    pub steps: u32,
    pub replicates: u32,
    /// Whether what an agent added earlier bounds what it adds later; if not said, where the rules are known for it.
    pub lazy: Option<bool>,
    /// Whether all agents are counted, or the population only.
    pub count_all: bool,
    pub line: Line,
}

/// What is followed backwards, and how exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Influential {
    pub stage: String,
    pub item: Option<String>,
    /// Within how many steps; however many if not said.
    pub steps: Option<u32>,
    /// They reach at least 1 - 1/e - epsilon of the most possible.
    pub epsilon: f64,
    pub line: Line,
}

impl Who {
    /// The selector this one chooses among, or around.
    pub fn inner(&self) -> Option<&Who> {
        match self {
            Who::All | Who::Named(..) | Who::Where(..) => None,
            Who::Top { among: inner, .. }
            | Who::Bottom { among: inner, .. }
            | Who::Random { among: inner, .. }
            | Who::Cluster { centre: inner, .. }
            | Who::Greedy { among: inner, .. }
            | Who::Influential { among: inner, .. } => inner.as_deref(),
        }
    }

    pub(super) fn each_formula<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        match self {
            Who::Top { by, among, .. } | Who::Bottom { by, among, .. } => {
                visit(by);
                among.iter().for_each(|who| who.each_formula(visit));
            }
            Who::Where(formula, _) => visit(formula),
            Who::Random { among, .. }
            | Who::Cluster { centre: among, .. }
            | Who::Greedy { among, .. }
            | Who::Influential { among, .. } => {
                among.iter().for_each(|who| who.each_formula(visit));
            }
            Who::All | Who::Named(..) => {}
        }
    }
}
