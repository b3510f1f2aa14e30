//! The whole study as plain values, and one pure function from (world, draws) to a record.

pub mod plan;
pub mod run;
pub mod study;
pub mod trace;

pub use plan::Plan;
pub use run::{Worlds, about, curves, is_whole, measures, record, run, run_plain};
pub use study::{Annotation, Figure, Overlay, OverlayInput, Study};
pub use trace::trace;
