//! What mathematics says of a spread, to lay over what the runs say: one theory a file, each pure functions with their equation
//! and source, and [`THEORIES`], the list of those that a chart can name.
//!
//! | theory | what it answers |
//! |---|---|
//! | [`granovetter`] | where a crowd ends in which everybody sees everybody |
//! | [`watts`] | when, how often and how far a single agent sets off a cascade |
//! | [`gleeson_cahalane`] | the course and end of a cascade from a share of initial adopters, for any degrees and thresholds |
//! | [`percolation`] | the size and frequency of outbreaks where each tie carries with some chance |
//! | [`committed`] | the committed share that overturns a norm among people with a memory |
//! | [`naming_game`] | the same in the naming game |
//! | [`dodds_watts`] | contagion with memory of doses, and its three classes |

pub mod committed;
pub mod degrees;
pub mod dodds_watts;
mod error;
pub mod gleeson_cahalane;
pub mod granovetter;
mod named;
pub mod naming_game;
pub mod percolation;
mod settings;
mod solve;
pub mod thresholds;
pub mod watts;

pub use error::TheoryError;
pub use named::THEORIES;
pub use settings::{Input, Setting, Settings, Takes};

/// Points of a curve, joined by straight lines.
pub type Curve = Vec<(f64, f64)>;

/// A theory that a chart can name.
pub struct Theory {
    pub name: &'static str,
    /// What the legend of a figure calls it.
    pub label: &'static str,
    pub about: &'static str,
    pub inputs: &'static [Input],
    kind: Kind,
}

/// What a theory can say.
enum Kind {
    /// The end, and where it knows them the shares at times 0, 1, ...
    Ends { outcome: fn(&Settings) -> Result<Outcome, TheoryError>, course: Option<Course> },
    /// The boundary over the ranges of two axes, which are its two inputs.
    Window(fn((f64, f64), (f64, f64)) -> Curve),
}

type Course = fn(&Settings, usize) -> Result<Vec<f64>, TheoryError>;

/// What becomes of one start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// How often it takes off at all: 1 where it is certain to end as it does.
    pub often: f64,
    /// The share that is reached when it does.
    pub size: f64,
}

/// The theory of this name, or what was probably meant.
pub fn named(name: &str) -> Result<&'static Theory, TheoryError> {
    THEORIES.iter().find(|theory| theory.name == name).ok_or_else(|| TheoryError::unknown(name))
}

impl Theory {
    pub fn outcome(&self, settings: &Settings) -> Result<Outcome, TheoryError> {
        match self.kind {
            Kind::Ends { outcome, .. } => outcome(settings),
            Kind::Window(_) => {
                Err(TheoryError::OnlyWindow { theory: self.name, axes: [self.inputs[0].name, self.inputs[1].name] })
            }
        }
    }

    /// The shares at times 0 to `steps`.
    pub fn course(&self, settings: &Settings, steps: usize) -> Result<Vec<f64>, TheoryError> {
        match self.kind {
            Kind::Ends { course: Some(course), .. } => course(settings, steps),
            _ => Err(TheoryError::no_course(self.name)),
        }
    }

    /// The boundary, when it is all that the theory has; its first input to the right, its second upwards.
    pub fn window(&self, x: (f64, f64), y: (f64, f64)) -> Option<Curve> {
        match self.kind {
            Kind::Window(window) => Some(window(x, y)),
            Kind::Ends { .. } => None,
        }
    }

    fn has_course(&self) -> bool {
        matches!(self.kind, Kind::Ends { course: Some(_), .. })
    }
}
