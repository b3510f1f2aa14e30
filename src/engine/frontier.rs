//! The fast kernel for monotone cascades: agents count down the exposures they still need.
//!
//! It visits each tie out of an adopter once, when the adopter is new, and nothing else: a cascade along a thin front
//! costs what it reaches. An exposure comes about for certain ([`spread`], or one after another [`spread_in_turn`]) or by
//! chance ([`spread_by_chance`]), with the addressed draws of the general stepper. It holds where nothing but adoption moves;
//! the two give the same cascade (tested against each other and against oracles).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub use crate::network::measure::{needed_of_count, needed_of_share};
use crate::rng::{Chance48, Trials};

/// A countdown of needed exposures. 0 means: adopted, or never will.
pub trait Countdown: Copy {
    const LARGEST: u32;
    fn new(needed: u32) -> Self;
    /// One exposure. Returns whether it was the one that was needed.
    fn expose(&mut self) -> bool;
}

macro_rules! countdown {
    ($($kind:ty),*) => {$(
        impl Countdown for $kind {
            const LARGEST: u32 = <$kind>::MAX as u32;
            #[inline]
            fn new(needed: u32) -> Self {
                needed as $kind
            }
            #[inline]
            fn expose(&mut self) -> bool {
                let left = *self;
                *self = left - <$kind>::from(left != 0);
                left == 1
            }
        }
    )*};
}
countdown!(u8, u32);

/// Ties by speaker: who is heard by whom.
#[derive(Clone, Copy, Debug)]
pub struct Audience<'a> {
    pub offsets: &'a [u32],
    pub hearers: &'a [u32],
}

impl Audience<'_> {
    /// The places of those that hear `speaker`.
    fn row(&self, speaker: u32) -> std::ops::Range<u32> {
        self.offsets[speaker as usize]..self.offsets[speaker as usize + 1]
    }
}

/// Who adopted, in the order of adoption, and how many by each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cascade {
    pub adopters: Vec<u32>,
    /// How many had adopted at time 0, 1, ...
    pub reached: Vec<u32>,
}

/// How far ahead in the queue rows are fetched into the cache.
const AHEAD: usize = 8;

/// Spreads from `start` until nothing changes or `steps` are done. `left[i]` is how many more exposures agent i needs; it is
/// used up. Within a step adopters come in the order of their last needed exposure.
pub fn spread<C: Countdown>(
    audiences: &[Audience<'_>],
    left: &mut [C],
    start: &[u32],
    steps: u32,
    cascade: &mut Cascade,
) {
    advance(left, start, steps, cascade, |_, left, adopters, Front { first, end }| {
        audiences.iter().fold(end, |found, audience| expose(*audience, left, adopters, first, end, found))
    });
}

/// The same where an adopter is heard over each of its ties with probability `p`, in the step after its adoption and never
/// again. `trials(number, step)` are the draws for audience `number`, a place for each of its hearers.
pub fn spread_by_chance<C: Countdown>(
    audiences: &[Audience<'_>],
    p: f64,
    trials: impl Fn(usize, u32) -> Trials,
    left: &mut [C],
    start: &[u32],
    steps: u32,
    cascade: &mut Cascade,
) {
    let p = Chance48::new(p);
    advance(left, start, steps, cascade, |step, left, adopters, Front { first, end }| {
        let (speakers, room) = adopters.split_at_mut(end);
        let mut found = 0;
        for (number, audience) in audiences.iter().enumerate() {
            let mut expose = |places: &[u32]| {
                for &place in places {
                    let hearer = audience.hearers[place as usize];
                    let adopts = left[hearer as usize].expose();
                    room[found] = hearer;
                    found += usize::from(adopts);
                }
            };
            let rows = speakers[first..].iter().map(|&speaker| audience.row(speaker));
            // One bunch of places is fetched into the cache while the next one is drawn.
            let mut fetched: Vec<u32> = Vec::new();
            trials(number, step).each(rows, p, |places| {
                places.iter().for_each(|&place| prefetch(audience.hearers, place as usize));
                expose(&fetched);
                fetched.clear();
                fetched.extend_from_slice(places);
            });
            expose(&fetched);
        }
        end + found
    });
}

/// The adopters `first..end`, who speak in this step.
struct Front {
    first: usize,
    end: usize,
}

/// Step after step: `hear(step, left, adopters, front)` appends who adopts, and returns how many adopters there are then.
fn advance<C: Countdown>(
    left: &mut [C],
    start: &[u32],
    steps: u32,
    cascade: &mut Cascade,
    mut hear: impl FnMut(u32, &mut [C], &mut [u32], Front) -> usize,
) {
    let Cascade { adopters, reached } = cascade;
    reached.clear();
    // One place more than there are agents: the kernel writes before it knows whether to keep. What is there from an
    // earlier cascade is overwritten, so nothing is cleared.
    adopters.resize(left.len() + 1, 0);
    let mut found = 0;
    for &agent in start {
        left[agent as usize] = C::new(0);
        adopters[found] = agent;
        found += 1;
    }
    reached.push(found as u32);
    let mut first = 0;
    while first < found && (reached.len() as u64) <= u64::from(steps) {
        let end = found;
        found = hear(reached.len() as u32 - 1, left, adopters, Front { first, end });
        first = end;
        if found > end {
            reached.push(found as u32);
        }
    }
    adopters.truncate(found);
}

/// Spreads from `start` as [`spread`] does, but within a step agents act one after another: whoever has had the last
/// exposure it needs adopts when its turn comes, in this step or in the next. `ranks(step)` says who comes before whom in
/// that step; it is asked for those only who adopt.
pub fn spread_in_turn<C: Countdown, R: FnMut(u32) -> (u64, u32)>(
    audiences: &[Audience<'_>],
    left: &mut [C],
    start: &[u32],
    steps: u32,
    cascade: &mut Cascade,
    mut ranks: impl FnMut(u32) -> R,
) {
    let Cascade { adopters, reached } = cascade;
    reached.clear();
    adopters.clear();
    start.iter().for_each(|&agent| left[agent as usize] = C::new(0));
    adopters.extend_from_slice(start);
    reached.push(adopters.len() as u32);
    let mut ready = Vec::new();
    start.iter().for_each(|&agent| expose_all(audiences, agent, left, |hearer| ready.push(hearer)));
    let mut turns = BinaryHeap::new();
    for step in 0..steps {
        if ready.is_empty() {
            break;
        }
        let mut rank = ranks(step);
        turns.extend(ready.drain(..).map(|agent| Reverse(rank(agent))));
        while let Some(Reverse(turn)) = turns.pop() {
            adopters.push(turn.1);
            expose_all(audiences, turn.1, left, |hearer| match rank(hearer) {
                later if later > turn => turns.push(Reverse(later)),
                _ => ready.push(hearer),
            });
        }
        reached.push(adopters.len() as u32);
    }
}

/// All ties out of one adopter; `ready` is told who has had its last needed exposure.
fn expose_all<C: Countdown>(audiences: &[Audience<'_>], adopter: u32, left: &mut [C], mut ready: impl FnMut(u32)) {
    for audience in audiences {
        let row = audience.offsets[adopter as usize] as usize..audience.offsets[adopter as usize + 1] as usize;
        for &hearer in &audience.hearers[row] {
            if left[hearer as usize].expose() {
                ready(hearer);
            }
        }
    }
}

/// All ties out of the adopters `first..end`. Returns how many adopters there are then.
fn expose<C: Countdown>(
    audience: Audience<'_>,
    left: &mut [C],
    adopters: &mut [u32],
    first: usize,
    end: usize,
    mut found: usize,
) -> usize {
    for place in first..end {
        if place + AHEAD < end {
            prefetch(audience.hearers, audience.offsets[adopters[place + AHEAD] as usize] as usize);
        }
        if place + 2 * AHEAD < end {
            prefetch(audience.offsets, adopters[place + 2 * AHEAD] as usize);
        }
        let row = audience.row(adopters[place]);
        for &hearer in &audience.hearers[row.start as usize..row.end as usize] {
            // Free of branches: the place after the last adopter is written each time, and kept if this was the one.
            let adopts = left[hearer as usize].expose();
            adopters[found] = hearer;
            found += usize::from(adopts);
        }
    }
    found
}

/// Asks the processor to fetch an element before it is needed. Changes nothing but the time.
#[inline(always)]
fn prefetch<T>(slice: &[T], place: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(element) = slice.get(place) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is that of an element; a prefetch reads nothing the program can see.
        unsafe { _mm_prefetch((element as *const T).cast::<i8>(), _MM_HINT_T0) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (slice, place);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_of_one_reaches_everybody_in_breadth_first_order() {
        // A path 0 - 1 - 2 - 3.
        let audience = Audience { offsets: &[0, 1, 3, 5, 6], hearers: &[1, 0, 2, 1, 3, 2] };
        let mut cascade = Cascade::default();
        spread(&[audience], &mut [1u8; 4], &[0], 100, &mut cascade);
        assert_eq!(cascade, Cascade { adopters: vec![0, 1, 2, 3], reached: vec![1, 2, 3, 4] });
        spread(&[audience], &mut [1u32; 4], &[0], 2, &mut cascade);
        assert_eq!(cascade.reached, [1, 2, 3]);
    }
}
