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
#[serde(default)]
pub struct Figure {
    pub formula: String,
    pub title: Option<String>,
    /// Axes drawn logarithmically: "x", "y", "xy" or "none"; by the levels if not said.
    pub log: Option<String>,
    /// "single" or "double" column.
    pub width: Option<String>,
    /// What stands at the axes, instead of names of columns.
    pub x: Option<String>,
    pub y: Option<String>,
    /// "colour", "cividis" or "grey".
    pub palette: Option<String>,
    /// Where a heat map has its contour, and a boundary its crossing.
    pub level: Option<f64>,
    /// Words and lines of reference in the picture.
    pub notes: Vec<Annotation>,
    pub theories: Vec<Overlay>,
    pub line: Line,
}

/// A text at a place of a figure; with one coordinate only a line through the whole of it, named if there is a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    pub text: String,
    pub x: Option<f64>,
    pub y: Option<f64>,
}

/// A theory to lay over a figure, by name, and what its inputs are. An input that is not given is the parameter of its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overlay {
    pub theory: String,
    pub inputs: Vec<(String, OverlayInput)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OverlayInput {
    Number(f64),
    /// A parameter's name, or one of the words that the input takes.
    Word(String),
    /// A number for each level of a parameter: `top = { from = { anybody = 1, hubs = .1 } }`.
    Levels(String, Vec<(String, f64)>),
}
