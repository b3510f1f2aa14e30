//! Who is tied to whom: a network as a plain value, the makers that draw one, the readers that take one from a file, and
//! the measures of its structure.
//!
//! A *tie* runs from a speaker to a hearer. A [`Network`] holds its ties by hearer, ascending, without repeats and
//! without self-ties; a *mutual* network (what graph theory calls undirected) holds every tie with its reverse. All
//! chance comes from the [`Stream`](crate::rng::Stream) that is passed in, and the same stream makes the same network on
//! every machine. What a maker or a reader had to drop or bend is counted in [`Note`]s, never passed over.
//!
//! Who adopts what, and what a tie carries, is left to the floors above.

mod between;
mod csr;
mod error;
mod file;
mod join;
mod maker;
pub mod measure;
mod note;
mod pairs;
mod shuffle;
mod swap;

pub use between::{Weight, audience, kernel, members, star};
pub use csr::{BySpeaker, Dropped, Network};
pub use error::NetworkError;
pub use file::{
    AgentColumn, AgentValues, FileNetwork, ReadOptions, TieColumn, is_compressed, read_bytes, read_edges, write_edges,
};
pub use join::{Joined, join};
pub use maker::{Degrees, Density, Made, Maker, make};
pub use note::Note;
pub use shuffle::{shuffled, swapped};

#[cfg(test)]
mod tests;
