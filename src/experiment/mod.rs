//! The whole study as plain values.

pub mod plan;
pub mod study;

pub use plan::Plan;
pub use study::{Figure, Study};
