//! The numbers of written chances, by which their draws are told apart.

use std::collections::BTreeMap;

/// Gives every written `chance` a number of its own, the same in every world of a study: in the order in which the
/// rules are compiled. Those met only in observations are counted apart for each, so that observing more never moves a
/// draw of the rules or of another observation.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    numbers: BTreeMap<u32, u32>,
    rules: u32,
    /// The last number given within the present observation.
    observing: Option<u32>,
}

impl Numbering {
    /// Counts from `first` on, for formulas compiled apart from others.
    pub fn starting_at(first: u32) -> Self {
        Numbering { rules: first, ..Numbering::default() }
    }

    /// While observing, numbers are taken from a range that belongs to the observation, whatever else is observed;
    /// `part` tells observations apart.
    pub fn observing(&mut self, part: Option<u32>) {
        self.observing = part.map(|part| 1 << 30 | part & ((1 << 30) - 1));
    }

    /// The number of a `chance` that is known by its token.
    pub(super) fn number(&mut self, token: u32) -> u32 {
        let last = self.observing.as_mut().unwrap_or(&mut self.rules);
        *self.numbers.entry(token).or_insert_with(|| {
            *last += 1;
            *last
        })
    }
}
