//! The fast kernel for monotone thresholds: agents count down the exposures they still need.
//!
//! It visits each tie out of an adopter once, when the adopter is new, and nothing else: a cascade along a thin front
//! costs what it reaches. It holds where the general stepper would make no draw and where nothing but adoption moves; the
//! two give the same cascade (tested against each other and against an oracle), all at once ([`spread`]) or one after
//! another ([`spread_in_turn`]).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

pub use crate::network::measure::{needed_of_count, needed_of_share};

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
        for audience in audiences {
            found = expose(*audience, left, adopters, first, end, found);
        }
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
    let row = |agent: u32| audience.offsets[agent as usize] as usize..audience.offsets[agent as usize + 1] as usize;
    for place in first..end {
        if place + AHEAD < end {
            prefetch(audience.hearers, audience.offsets[adopters[place + AHEAD] as usize] as usize);
        }
        if place + 2 * AHEAD < end {
            prefetch(audience.offsets, adopters[place + 2 * AHEAD] as usize);
        }
        for &hearer in &audience.hearers[row(adopters[place])] {
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
