//! uptake: how the structure of a network decides how far something spreads through it.

// Floor 0: pure values and mathematics.
pub mod stats;
pub mod table;
// Floor 1: every random number.
pub mod rng;
// Floor 2: formulas, designs, networks.
pub mod design;
pub mod formula;
pub mod network;
// Floor 3: what makes a person adopt.
pub mod contagion;
// Floor 4: when things happen.
pub mod engine;
// Floor 5: what a run leaves.
pub mod record;
// Floor 6: the study as plain values.
pub mod experiment;
// Floor 7: Lua scenarios; many runs, their place on disk, their averages; figures; clusters.
pub mod chart;
pub mod cluster;
pub mod script;
pub mod store;
pub mod summary;
pub mod sweep;
pub mod theory;
// Floor 8: the command line, which introduces them to each other.
pub mod cli;
