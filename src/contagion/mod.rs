//! What makes a person adopt: agents and their columns, ties and theirs, things that spread, the stages they spread
//! through, and where it begins. A [`World`] is the plain description of one cell of a study; it can be written in Rust
//! as well as in a scenario, and holds nothing but values.

pub mod world;

pub use world::*;
