//! When things happen: the steps of a run, or its course in continuous time.
//!
//! [`prepare()`] checks and compiles a world; [`Prepared::run`] runs it. Most rules go through the general [`stepper`]; where
//! thresholds stand still and nothing is drawn, the [`frontier`] kernel gives the same cascade many times faster. Continuous
//! time has an engine of its own, the `clock`.

mod clock;
mod compile;
mod contact;
mod credit;
mod ear;
mod evidence;
mod fast;
pub mod frontier;
mod greedy;
mod imm;
mod influence;
mod last;
pub mod plain;
pub mod prepare;
mod probe;
mod rewire;
pub mod rules;
pub mod run;
mod seeding;
pub mod stepper;
mod still;
mod trial;
mod update;

pub use plain::{Done, PlainRules, Scene};
pub use prepare::{Observed, Prepared, prepare};
pub use run::Outcome;
