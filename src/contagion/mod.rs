//! What makes a person adopt: agents and their columns, ties and theirs, things that spread, the stages they spread
//! through, and where it begins.
//!
//! A [`World`] is the plain description of one cell of a study; it can be written in Rust as well as in a scenario, and
//! holds nothing but values. Its [`Vocabulary`] says what the words of its formulas stand for; [`build()`] makes its
//! [`State`] at time 0. What happens then is the engine's business.

pub mod advice;
pub mod build;
pub mod cascade;
pub mod enough;
pub mod measured;
pub mod names;
pub mod route;
pub mod select;
pub mod semantics;
pub mod set;
pub mod sight;
pub mod state;
pub mod structure;
pub mod trace;
pub mod who;
mod wiring;
pub mod world;

pub use advice::advice;
pub use build::{Built, build};
pub use enough::enough;
pub use names::{Quantity, Vocabulary};
pub use select::Selection;
pub use semantics::semantics;
pub use state::State;
pub use trace::{Keeps, Trace};
pub use world::*;
