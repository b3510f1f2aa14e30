//! Which runs there are: parameters unfold into cells, cells into replicates, each of them a run.

mod points;
mod refine;
mod sample;
mod shard;
mod sobol;
mod spaced;
mod until;

use serde::{Deserialize, Serialize};

pub use points::read_points;
pub use refine::{Crossing, Refine, Traced};
pub use sample::{Method, Range, Scale, sample};
pub use shard::{Dealing, Shard, Share};
pub use spaced::{linear, logarithmic, read_spaced};
pub use until::Until;

use crate::table::written;

/// One value of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Level {
    Flag(bool),
    Number(f64),
    Text(String),
}

impl Level {
    /// As it appears in tables and on axes.
    pub fn written(&self) -> String {
        match self {
            Level::Flag(flag) => flag.to_string(),
            Level::Number(value) => written(*value),
            Level::Text(text) => text.clone(),
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Level::Number(value) => Some(*value),
            _ => None,
        }
    }
}

/// A named thing that a study varies, with its values in the order of the study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    pub levels: Vec<Level>,
}

/// Parameters that change together: zipped, sampled, read from a table, or one parameter alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    pub names: Vec<String>,
    /// One level for each name.
    pub points: Vec<Vec<Level>>,
}

impl From<&Parameter> for Factor {
    fn from(parameter: &Parameter) -> Factor {
        Factor {
            names: vec![parameter.name.clone()],
            points: parameter.levels.iter().map(|level| vec![level.clone()]).collect(),
        }
    }
}

impl Factor {
    /// Its parameters one by one, each with its different levels in the order in which they appear.
    pub fn parameters(&self) -> Vec<Parameter> {
        let levels = |place: usize| {
            let mut levels: Vec<Level> = Vec::new();
            let mut seen = std::collections::BTreeSet::new();
            for point in &self.points {
                if seen.insert(point[place].written()) {
                    levels.push(point[place].clone());
                }
            }
            levels
        };
        let named = self.names.iter().enumerate();
        named.map(|(place, name)| Parameter { name: name.clone(), levels: levels(place) }).collect()
    }
}

/// One combination of levels, in the order of [`Design::parameters`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub levels: Vec<Level>,
}

/// All cells of a study and how often each is repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// Names in the order of the scenario; the columns of every row begin with them.
    pub parameters: Vec<String>,
    pub cells: Vec<Cell>,
    /// Of every cell; with `until`, at most.
    pub replicates: u32,
    /// Whether a cell has fewer replicates when they tell enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
    /// Whether cells are added where a measure crosses a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refine: Option<Refine>,
}

/// One run: replicate `replicate` (from 0) of cell `cell` (its place in [`Design::cells`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Run {
    pub cell: u32,
    pub replicate: u32,
}

impl Design {
    /// The full grid: every combination of levels, the last parameter changing fastest.
    pub fn grid(parameters: &[Parameter], replicates: u32) -> Design {
        let factors: Vec<Factor> = parameters.iter().map(Factor::from).collect();
        Design::product(&factors, replicates)
    }

    /// Every combination of the factors' points, the last factor changing fastest.
    pub fn product(factors: &[Factor], replicates: u32) -> Design {
        let mut cells = vec![Cell { levels: Vec::new() }];
        for factor in factors {
            cells = cells
                .iter()
                .flat_map(|cell| {
                    factor
                        .points
                        .iter()
                        .map(|point| Cell { levels: cell.levels.iter().chain(point).cloned().collect() })
                })
                .collect();
        }
        let parameters = factors.iter().flat_map(|factor| factor.names.iter().cloned()).collect();
        Design { parameters, cells, replicates, until: None, refine: None }
    }

    /// How many runs there are, at most.
    pub fn runs(&self) -> u64 {
        self.cells.len() as u64 * u64::from(self.replicates)
    }

    /// Run number `number` in run order: cell by cell, replicates within.
    pub fn run(&self, number: u64) -> Run {
        let replicates = u64::from(self.replicates);
        Run { cell: (number / replicates) as u32, replicate: (number % replicates) as u32 }
    }

    /// The place of `run` in run order: the inverse of [`Design::run`].
    pub fn number(&self, run: Run) -> u64 {
        u64::from(run.cell) * u64::from(self.replicates) + u64::from(run.replicate)
    }

    /// What a cell is, whatever its place in the grid: a hash of its parameters' names and values.
    /// Adding a level or a replicate leaves every other cell's identity alone.
    pub fn identity(&self, cell: &Cell) -> u64 {
        let mut named: Vec<_> = self.parameters.iter().zip(&cell.levels).collect();
        named.sort_by_key(|(name, _)| name.as_str());
        let mut hasher = blake3::Hasher::new();
        for (name, level) in named {
            let kind = match level {
                Level::Flag(_) => "flag",
                Level::Number(_) => "number",
                Level::Text(_) => "text",
            };
            for text in [name.as_str(), kind, &level.written()] {
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
        }
        u64::from_le_bytes(hasher.finalize().as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(name: &str, levels: &[f64]) -> Parameter {
        Parameter { name: name.into(), levels: levels.iter().map(|&v| Level::Number(v)).collect() }
    }

    #[test]
    fn a_grid_has_every_combination_and_runs_count_through_it() {
        let design = Design::grid(&[parameter("a", &[1.0, 2.0]), parameter("b", &[0.0, 0.5, 1.0])], 4);
        assert_eq!((design.cells.len(), design.runs()), (6, 24));
        assert_eq!(design.cells[4].levels, [Level::Number(2.0), Level::Number(0.5)]);
        for number in 0..24 {
            assert_eq!(design.number(design.run(number)), number);
        }
        assert_eq!(Design::grid(&[], 3).runs(), 3);
    }

    #[test]
    fn factors_combine_as_wholes_and_tell_their_levels_once() {
        let point = |a: f64, b: f64| vec![Level::Number(a), Level::Number(b)];
        let pairs = Factor { names: vec!["a".into(), "b".into()], points: vec![point(1.0, 5.0), point(2.0, 5.0)] };
        let design = Design::product(&[Factor::from(&parameter("k", &[0.0, 1.0])), pairs.clone()], 3);
        assert_eq!((design.parameters.join(" "), design.cells.len(), design.runs()), ("k a b".into(), 4, 12));
        assert_eq!(design.cells[1].levels, [0.0, 2.0, 5.0].map(Level::Number));
        assert_eq!(pairs.parameters(), [parameter("a", &[1.0, 2.0]), parameter("b", &[5.0])]);
    }

    #[test]
    fn a_cell_keeps_its_identity_when_the_grid_grows() {
        let small = Design::grid(&[parameter("a", &[1.0]), parameter("b", &[3.0])], 1);
        let large = Design::grid(&[parameter("b", &[2.0, 3.0]), parameter("a", &[0.0, 1.0])], 9);
        assert_eq!(small.identity(&small.cells[0]), large.identity(&large.cells[3]));
        assert_ne!(large.identity(&large.cells[0]), large.identity(&large.cells[3]));
    }
}
