//! Formulas: what a scenario writes as `me.doubt + 0.5 * src.trust`.
//!
//! A formula is captured once as a tree ([`Formula`]), checked and compiled against the columns of one world
//! ([`compile`]), and evaluated over whole columns in blocks of rows ([`Program`]). Nothing is called per agent.
//!
//! A tree names things by the words of the script; what a word stands for is decided by whoever owns the columns, through
//! [`Names`] (at compile time) and [`Columns`] (at run time).

mod block;
mod compile;
mod evaluate;
mod list;
mod names;
mod numbering;
mod operator;
mod program;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use block::gather;
pub use compile::compile;
pub use evaluate::{Columns, Moment, Rows, Scratch, Ties};
pub use names::{Context, Names, Resolved};
pub use numbering::Numbering;
pub use operator::{Binary, Unary};
pub use program::Program;

/// A line of the scenario, counted from 1; 0 where there is no script.
pub type Line = u32;

/// Whose column a name is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The hearer where a tie is in sight, else the agent itself.
    Me,
    /// The speaker of the tie.
    Src,
    /// The hearer of the tie.
    Dst,
    /// The tie itself.
    Tie,
    /// The item in question.
    It,
    /// No view: `now`, `evidence`.
    Plain,
}

impl View {
    pub fn word(self) -> &'static str {
        match self {
            View::Me => "me",
            View::Src => "src",
            View::Dst => "dst",
            View::Tie => "tie",
            View::It => "it",
            View::Plain => "",
        }
    }
}

/// A name as written, such as `src.new.posted.offer`: a view and the words after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    pub view: View,
    pub path: Vec<String>,
    pub line: Line,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = self.path.join(".");
        match self.view {
            View::Plain => f.write_str(&words),
            view => write!(f, "{}.{words}", view.word()),
        }
    }
}

/// How a formula over ties becomes one number for each agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fold {
    Sum,
    /// 0 over no ties.
    Mean,
    /// 0 over no ties.
    Max,
    /// How many ties have a value other than 0.
    Count,
}

/// Over the ties an agent hears, or over those by which it is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    In,
    Out,
}

/// How a formula over agents becomes one number for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    Sum,
    Mean,
    /// Standard deviation, n in the denominator.
    Std,
    Gini,
}

/// Numbers in JSON, which has no infinite ones: those are written as words.
mod any_number {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(f64),
        Word(String),
    }

    pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        let written = if number.is_finite() { Written::Number(*number) } else { Written::Word(number.to_string()) };
        written.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Number(number) => Ok(number),
            Written::Word(word) => word.parse().map_err(D::Error::custom),
        }
    }
}

/// A captured formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Formula {
    Number(#[serde(with = "any_number")] f64),
    Name(Name),
    Unary(Unary, Arc<Formula>),
    Binary(Binary, Arc<Formula>, Arc<Formula>),
    /// `when(c, a, b)`: a where c is not 0, else b.
    When(Arc<Formula>, Arc<Formula>, Arc<Formula>),
    /// 1 with this probability, else 0. The token tells one written `chance` from another; the same token is the same draw.
    Chance {
        token: u32,
        p: Arc<Formula>,
    },
    /// `sum_in(x, layer)` and its kin; no layer means all.
    Fold {
        fold: Fold,
        side: Side,
        of: Arc<Formula>,
        layer: Option<String>,
        line: Line,
    },
    /// `mean(x, among)` and its kin; nobody named means the population. Over ties where x speaks of ties.
    Total {
        total: Total,
        of: Arc<Formula>,
        among: Option<String>,
        line: Line,
    },
    /// Spearman's rank correlation of two formulas over agents.
    RankCorrelation {
        x: Arc<Formula>,
        y: Arc<Formula>,
        among: Option<String>,
        line: Line,
    },
    /// A measure of a layer's structure as it is now, such as `clustering "friend"`.
    Structure {
        measure: String,
        layer: Option<String>,
        line: Line,
    },
    /// A measure of how a stage (`adopted`, or `acted.offer`) has spread in a run, such as `virality "adopted"`;
    /// `number` is what some measures need besides.
    Cascade {
        measure: String,
        stage: String,
        layer: Option<String>,
        number: f64,
        line: Line,
    },
}

impl Formula {
    /// The number, if the formula is one.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Formula::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// A name as a formula, for formulas written in Rust: `Formula::name(View::Me, "trait")`.
    pub fn name(view: View, path: &str) -> Formula {
        Formula::Name(Name { view, path: path.split('.').map(str::to_string).collect(), line: 0 })
    }

    pub fn binary(op: Binary, a: Formula, b: Formula) -> Formula {
        Formula::Binary(op, Arc::new(a), Arc::new(b))
    }

    pub fn unary(op: Unary, a: Formula) -> Formula {
        Formula::Unary(op, Arc::new(a))
    }

    /// Calls `visit` on this formula and on all its parts, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        visit(self);
        match self {
            Formula::Number(_) | Formula::Name(_) | Formula::Structure { .. } | Formula::Cascade { .. } => {}
            Formula::Unary(_, a) => a.walk(visit),
            Formula::Chance { p, .. } => p.walk(visit),
            Formula::Fold { of, .. } | Formula::Total { of, .. } => of.walk(visit),
            Formula::Binary(_, a, b) | Formula::RankCorrelation { x: a, y: b, .. } => {
                a.walk(visit);
                b.walk(visit);
            }
            Formula::When(c, a, b) => {
                c.walk(visit);
                a.walk(visit);
                b.walk(visit);
            }
        }
    }
}

impl From<f64> for Formula {
    fn from(value: f64) -> Self {
        Formula::Number(value)
    }
}

/// Why a scenario cannot be run as written: the line, and what is wrong, allowed and probably meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// 0 when the line is not known.
    pub line: Line,
    pub message: String,
}

impl Mistake {
    pub fn new(line: Line, message: impl Into<String>) -> Self {
        Mistake { line, message: message.into() }
    }

    /// An unknown word: says what kind of word, what was probably meant, and all that are known.
    pub fn unknown(line: Line, kind: &str, given: &str, known: &[&str]) -> Self {
        // What has no name, as the item of a world that declares none, cannot be meant.
        let known: Vec<&str> = known.iter().copied().filter(|name| !name.is_empty()).collect();
        let mut message = format!("unknown {kind} \"{given}\"");
        if let Some(meant) = crate::table::nearest(given, known.iter().copied()) {
            message += &format!(" (did you mean \"{meant}\"?)");
        }
        message += &match &known[..] {
            [] => format!("; there is no {kind} here"),
            known => format!("; known: {}", known.join(", ")),
        };
        Mistake { line, message }
    }
}
