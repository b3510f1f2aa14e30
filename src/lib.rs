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
// Floor 5 and 6: what a run leaves, and the study as plain values.
pub mod experiment;
pub mod record;
// Floor 7: Lua scenarios.
pub mod script;
