//! From a cell to its name in the parts and back.

use std::collections::BTreeMap;

use crate::design::Design;

pub(super) struct Cells {
    identities: Vec<u64>,
    /// The first cell of each identity. A design may name the same combination twice (sampled points can coincide);
    /// such twins have the same runs, so one set of rows serves them all.
    first: BTreeMap<u64, u32>,
}

impl Cells {
    pub fn of(design: &Design) -> Cells {
        let identities: Vec<u64> = design.cells.iter().map(|cell| design.identity(cell)).collect();
        let mut first = BTreeMap::new();
        for (cell, &identity) in (0..).zip(&identities) {
            first.entry(identity).or_insert(cell);
        }
        Cells { identities, first }
    }

    pub fn identity(&self, cell: u32) -> u64 {
        self.identities[cell as usize]
    }

    /// The cell that keeps the rows of cells with this identity.
    pub fn find(&self, identity: u64) -> Option<u32> {
        self.first.get(&identity).copied()
    }

    /// The cell that keeps the rows of `cell`: itself, or the first of its twins.
    pub fn keeper(&self, cell: u32) -> u32 {
        if self.first.len() == self.identities.len() { cell } else { self.first[&self.identity(cell)] }
    }
}
