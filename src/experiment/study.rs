//! The study: everything a scenario says around its world.

use serde::{Deserialize, Serialize};

use crate::design::{Design, Parameter};
use crate::formula::Line;

/// What is varied, how often it is repeated, how long a run lasts, and what is drawn from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Study {
    pub name: String,
    pub seed: u64,
    /// No run lasts longer; it ends earlier when nothing can change any more.
    pub steps: u32,
    pub parameters: Vec<Parameter>,
    pub design: Design,
    /// Whether every cell draws for itself; if not (the default), replicate r draws the same in every cell.
    pub independent: bool,
    pub figures: Vec<Figure>,
}

/// A chart the study asks for, in the words of the chart formula, `adopted ~ rewire | needs / slip`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub formula: String,
    pub title: Option<String>,
    /// Axes drawn logarithmically: "x", "y", "xy" or "none"; by the levels if not said.
    pub log: Option<String>,
    /// "single" or "double" column.
    pub width: Option<String>,
    /// The analytical curve to lay over it, by name.
    pub theory: Option<String>,
    pub line: Line,
}
