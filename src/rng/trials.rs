//! Yes or no for many places at once: whether what a speaker says arrives, tie by tie.
//!
//! A trial at place p has 48 bits: half-word p of a stream, and below it word p of a second stream, which is looked up
//! only when the first 16 bits leave it open (once in 65,536 times). Trials of one row lie side by side, so that one
//! block of the cipher serves 32 of them.

use std::ops::Range;

use super::lanes::{Compared, HALVES, LANES, compare};
use super::{Draws, Key};
use crate::wide::widest;

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
        let Ok(limit) = u16::try_from(p.first()) else {
            return rows.for_each(|row| come(&row.collect::<Vec<u32>>())); // for certain
        };
        let mut bunch = Bunch::default();
        for row in rows {
            let mut at = u64::from(row.start / HALVES * HALVES);
            let mut others = (1 << (row.start % HALVES)) - 1;
            while at < row.end.into() {
                let left = u64::from(row.end) - at;
                let within = if left < 64 { (1 << left) - 1 } else { u64::MAX };
                bunch.put(at as u32, within & !others);
                if bunch.len >= LANES {
                    self.flush(&bunch, limit, p, &mut come);
                    bunch.keep_last();
                }
                (at, others) = (at + 64, 0);
            }
        }
        bunch.within[bunch.len..].fill(0);
        self.flush(&bunch, limit, p, &mut come);
    }

    fn flush(&mut self, bunch: &Bunch, limit: u16, p: Chance48, come: &mut impl FnMut(&[u32])) {
        let blocks = std::array::from_fn(|lane| u64::from(bunch.first[lane] / HALVES));
        let Compared { below: mut yes, at } = compare(&self.key.words(), self.nonce, &blocks, limit);
        let mut open = 0;
        for ((yes, &at), &within) in yes.iter_mut().zip(&at).zip(&bunch.within) {
            *yes &= within;
            open |= at & within;
        }
        if open != 0 {
            for lane in 0..LANES {
                for half in (0..HALVES).filter(|half| (at[lane] & bunch.within[lane]) >> half & 1 == 1) {
                    yes[lane] |= u32::from(self.second(bunch.first[lane] + half, p)) << half;
                }
            }
        }
        let mut places = [0; LANES * HALVES as usize + AT_ONCE];
        let found = places_of(&yes, &bunch.first, &mut places);
        come(&places[..found]);
    }
}

/// Blocks to be looked at together. They come in pairs, so that there may be one more than are looked at.
#[derive(Default)]
struct Bunch {
    /// The place of the first half-word of each.
    first: [u32; LANES + 2],
    /// Which half-words of each are asked for.
    within: [u32; LANES + 2],
    len: usize,
}

impl Bunch {
    /// The block that begins at place `first` and the one after it, of which nothing may be asked.
    fn put(&mut self, first: u32, within: u64) {
        let (low, high) = (within as u32, (within >> HALVES) as u32);
        (self.first[self.len], self.within[self.len]) = (first, low);
        (self.first[self.len + 1], self.within[self.len + 1]) = (first.wrapping_add(HALVES), high);
        self.len += 1 + usize::from(high != 0);
    }

    /// Drops all that were looked at.
    fn keep_last(&mut self) {
        (self.first[0], self.within[0]) = (self.first[LANES], self.within[LANES]);
        self.len -= LANES;
    }
}

/// How many places are written before it is asked whether there are as many.
const AT_ONCE: usize = 4;

widest! {
    /// Writes the places of the bits that are set, ascending lane by lane, and returns how many they are. `first`: the place
    /// of bit 0 of each lane.
    fn places_of(yes: &[u32; LANES], first: &[u32; LANES + 2], places: &mut [u32; LANES * HALVES as usize + AT_ONCE]) -> usize {
        let mut found = 0;
        // Two lanes at a time, and some bits whether they are set or not: fewer ends of loops that nobody can foresee.
        for lane in (0..LANES).step_by(2) {
            let mut bits = u64::from(yes[lane]) | u64::from(yes[lane + 1]) << HALVES;
            let count = bits.count_ones() as usize;
            let mut room = found;
            loop {
                for place in &mut places[room..room + AT_ONCE] {
                    let bit = bits.trailing_zeros();
                    *place = first[lane + (bit / HALVES) as usize].wrapping_add(bit % HALVES);
                    bits &= bits.wrapping_sub(1);
                }
                if bits == 0 {
                    break;
                }
                room += AT_ONCE;
            }
            found += count;
        }
        found
    }
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
