//! uptake: how the structure of a network decides how far something spreads through it.

// Floor 0: pure values and mathematics.
pub mod stats;
pub mod table;
// Floor 1: every random number.
pub mod rng;
// Floor 2: formulas, designs, networks.
pub mod design;
// Floor 5 and 6: what a run leaves, and the study as one plain value.
pub mod experiment;
pub mod record;
// Floor 7: figures.
pub mod chart;
