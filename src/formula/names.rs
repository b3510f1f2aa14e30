//! What the names in a formula stand for, as whoever owns the columns says.

use std::fmt::Debug;

use super::{Formula, Line, Mistake, Name};

/// What a row of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// One number for the world.
    World,
    /// A row for each agent.
    Agents,
    /// A row for each tie of this layer.
    Ties(usize),
}

/// What a name stands for in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved<Id> {
    Constant(f64),
    /// One number for all rows.
    Scalar(Id),
    /// A column of agents.
    Agent(Id),
    /// A column of the ties in sight.
    Tie(Id),
}

/// Who owns the columns says what names stand for.
pub trait Names {
    type Id: Copy + PartialEq + Debug;
    /// What `name` stands for where a row is as in `context`.
    fn resolve(&self, name: &Name, context: Context) -> Result<Resolved<Self::Id>, Mistake>;
    /// The layers a fold goes over: the named one, or all.
    fn layers(&self, layer: Option<&str>, line: Line) -> Result<Vec<usize>, Mistake>;
    /// The 0/1 column of the agents a total goes over: the named ones, or the population.
    fn among(&self, among: Option<&str>, line: Line) -> Result<Resolved<Self::Id>, Mistake>;
    /// A measure of structure.
    fn structure(&self, measure: &str, layer: Option<&str>, line: Line) -> Result<Self::Id, Mistake>;
    /// A measure of a cascade, which is a [`Formula::Cascade`].
    fn cascade(&self, measure: &Formula) -> Result<Self::Id, Mistake>;
}
