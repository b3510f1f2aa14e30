//! The whole study as plain values, and one pure function from (world, draws) to a record.

pub mod plan;
pub mod run;
pub mod study;
pub mod ties;
pub mod trace;

pub use plan::Plan;
pub use run::{STAGE_MEASURES, Worlds, about, curves, is_whole, measures, record, run, run_plain};
pub use study::{Annotation, Figure, Overlay, OverlayInput, Study};
pub use ties::ties;
pub use trace::trace;
