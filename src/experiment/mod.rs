//! The whole study as plain values.

pub mod plan;

pub use plan::Plan;
