//! Yes or no for many places at once: whether what a speaker says arrives, tie by tie.
//!
//! A trial at place p has 48 bits: half-word p of a stream, and below it word p of a second stream, which is looked up
//! only when the first 16 bits leave it open (once in 65,536 times). Trials of one row lie side by side, so that one
//! block of the cipher serves 32 of them.

use std::ops::Range;

use super::lanes::{Compared, HALVES, LANES, compare};
use super::{Draws, Key};

/// A probability as the number of 48-bit draws that mean yes, 0 ..= 2^48.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance48(u64);

impl Chance48 {
    /// Nearest multiple of 2^-48; below 0 is never, above 1 is always.
    #[inline]
    pub fn new(p: f64) -> Self {
        Chance48((p.clamp(0.0, 1.0) * 281_474_976_710_656.0 + 0.5) as u64)
    }

    /// What the first 16 bits are held against, 0 ..= 2^16.
    fn first(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn second(self) -> u32 {
        self.0 as u32
    }
}

/// The trials of one purpose in one step.
#[derive(Clone, Debug)]
pub struct Trials {
    key: Key,
    nonce: u64,
    firsts: Draws,
    seconds: Draws,
}

/// Streams of second parts are told from those of first parts by this bit of the nonce.
const SECOND: u64 = 1 << 63;

impl Key {
    /// The trials numbered `nonce` (a step).
    pub fn trials(&self, nonce: u64) -> Trials {
        Trials { key: *self, nonce, firsts: self.draws(nonce), seconds: self.draws(nonce | SECOND) }
    }
}

impl Trials {
    /// Whether the trial at `place` comes true.
    pub fn at(&mut self, place: u32, p: Chance48) -> bool {
        let word = self.firsts.bits32(u64::from(place / 2));
        let first = word >> (16 * (place % 2)) & 0xffff;
        first < p.first() || first == p.first() && self.second(place, p)
    }

    fn second(&mut self, place: u32, p: Chance48) -> bool {
        self.seconds.bits32(u64::from(place)) < p.second()
    }

    /// Hands the places of all `rows` at which the trial comes true to `come`, bunch by bunch, in the order of the rows.
    pub fn each(&mut self, rows: impl Iterator<Item = Range<u32>>, p: Chance48, mut come: impl FnMut(&[u32])) {
        let mut bunch = Bunch::default();
        for row in rows.filter(|row| !row.is_empty()) {
            for block in row.start / HALVES..=(row.end - 1) / HALVES {
                bunch.add(block, &row);
                if bunch.len == LANES {
                    self.flush(&mut bunch, p, &mut come);
                }
            }
        }
        self.flush(&mut bunch, p, &mut come);
    }

    fn flush(&mut self, bunch: &mut Bunch, p: Chance48, come: &mut impl FnMut(&[u32])) {
        let Compared { below, at } = compare(&self.key.words(), self.nonce, &bunch.blocks, p.first());
        let mut places = [0; LANES * HALVES as usize];
        let mut found = 0;
        // Two lanes at a time: fewer ends of loops that nobody can foresee.
        for lane in (0..LANES).step_by(2) {
            let both = |halves: &[u32; LANES]| {
                u64::from(halves[lane] & bunch.within[lane])
                    | u64::from(halves[lane + 1] & bunch.within[lane + 1]) << HALVES
            };
            let place = |bit: u32| bunch.first[lane + (bit / HALVES) as usize] + bit % HALVES;
            let mut yes = both(&below);
            for bit in bits(both(&at)) {
                yes |= u64::from(self.second(place(bit), p)) << bit;
            }
            for bit in bits(yes) {
                places[found] = place(bit);
                found += 1;
            }
        }
        *bunch = Bunch::default();
        come(&places[..found]);
    }
}

/// Blocks to be looked at together.
#[derive(Default)]
struct Bunch {
    blocks: [u64; LANES],
    /// The place of the first half-word of each.
    first: [u32; LANES],
    /// Which half-words of each belong to the row.
    within: [u32; LANES],
    len: usize,
}

impl Bunch {
    fn add(&mut self, block: u32, row: &Range<u32>) {
        let first = block * HALVES;
        let from = row.start.saturating_sub(first);
        let past = HALVES - (row.end - first).min(HALVES);
        self.blocks[self.len] = u64::from(block);
        self.first[self.len] = first;
        self.within[self.len] = u32::MAX << from & u32::MAX >> past;
        self.len += 1;
    }
}

/// The places of the bits that are set, ascending.
fn bits(mut mask: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros();
        (mask != 0).then(|| {
            mask &= mask - 1;
            place
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Purpose, Source};
    use super::*;

    fn trials(replicate: u64) -> Trials {
        Source::new(3, replicate).key(Purpose::Reach, 4).trials(6)
    }

    #[test]
    fn one_by_one_or_all_at_once_is_the_same() {
        let rows =
            [3..4, 10..10, 30..35, 64..96, 95..97, 200..501, 7..8, 1_000_000..1_000_040, 1 << 31..(1 << 31) + 70];
        for (replicate, p) in [0.0, 1e-9, 0.05, 0.25, 0.5, 0.999, 1.0].into_iter().enumerate() {
            let (mut trials, p) = (trials(replicate as u64), Chance48::new(p));
            let mut all = Vec::new();
            trials.clone().each(rows.iter().cloned(), p, |places| all.extend_from_slice(places));
            let single: Vec<u32> = rows.iter().cloned().flatten().filter(|&place| trials.at(place, p)).collect();
            assert_eq!(all, single);
        }
    }

    #[test]
    fn the_second_part_decides_where_the_first_is_at_the_limit() {
        // With p within 2^-16 above 1/2 the first parts of half of all say yes, and one in 65,536 is at the limit.
        let (mut trials, p) = (trials(0), Chance48::new(0.5 + 0.75 / 65_536.0));
        let (mut at, mut yes) = (0u32, 0u32);
        for place in 0..4_000_000 {
            let word = trials.firsts.bits32(u64::from(place / 2));
            if word >> (16 * (place % 2)) & 0xffff == 0x8000 {
                at += 1;
                yes += u32::from(trials.at(place, p));
            }
        }
        // 61 expected, and 3/4 of them; five standard errors fail by chance less than once in a million seeds.
        assert!((25..100).contains(&at), "{at}");
        assert!((f64::from(yes) / f64::from(at) - 0.75).abs() < 5.0 * (0.1875 / f64::from(at)).sqrt(), "{yes} of {at}");
    }

    #[test]
    fn a_larger_probability_keeps_every_yes_of_a_smaller_one() {
        let mut trials = trials(1);
        let mut often = |p: f64| {
            let mut all = Vec::new();
            trials.each(std::iter::once(0..100_000), Chance48::new(p), |places| all.extend_from_slice(places));
            all
        };
        let (few, many) = (often(0.05), often(0.07));
        assert!(few.iter().all(|place| many.binary_search(place).is_ok()));
        // Five standard errors: fails by chance less than once in a million seeds.
        assert!((few.len() as f64 / 1e5 - 0.05).abs() < 5.0 * (0.05 * 0.95 / 1e5f64).sqrt(), "{}", few.len());
        assert!((often(1.0).len(), often(0.0).len()) == (100_000, 0));
    }
}
