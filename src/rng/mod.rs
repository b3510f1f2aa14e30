//! Every random number of the engine, each with an *address*.
//!
//! A draw is never "the next number". It is named by the run it belongs to ([`Source`]: seed, replicate and,
//! if asked for, cell), by what it is for ([`Purpose`]), by the thing it is drawn for (an agent, a tie) and by the
//! step. Whoever asks for the same address gets the same number, in any order, on any number of threads, however much
//! else is observed. The generator is ChaCha with 8 rounds (Bernstein 2008): key = run and purpose, nonce = step,
//! position = row.
//!
//! Three shapes of access: a [`Stream`] is read from its start by one algorithm (a generator of networks, a shuffle);
//! [`Draws`] is looked up at any row (one decision of one agent in one step); [`Trials`] say for whole rows of places
//! which come true (what a speaker says, on all its ties).

pub mod distribution;
mod lanes;
pub mod trials;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

pub use distribution::Distribution;
pub use trials::{Chance48, Trials};

/// What a draw is for. The numbers are part of every published result: one is never reused or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Wiring a layer of ties.
    Wiring = 1,
    /// Shuffling or sampling agents for a selector (`random(10)`), and breaking its ties.
    Selection = 2,
    /// Initial values of an agent column.
    AgentColumn = 3,
    /// Initial values of a tie column.
    TieColumn = 4,
    /// Whether a message reaches its hearer (`reach`).
    Reach = 5,
    /// Whether an agent enters a stage (`chance`).
    Entry = 6,
    /// Whether an agent leaves a stage (`leave`).
    Leave = 7,
    /// A written `chance(p)` inside an expression.
    Expression = 8,
    /// Which ties a contact opens.
    Contact = 9,
    /// Rewiring of living ties: whether, which, to whom.
    Rewiring = 10,
    /// The random order of agents in asynchronous steps.
    Order = 11,
    /// Waiting times in continuous time.
    Waiting = 12,
    /// Pairs that meet, and draws inside plain Lua rules.
    Encounter = 13,
    /// Sampled estimates of structure (path length of a large network).
    Measure = 14,
    /// Resampling for intervals.
    Bootstrap = 15,
    /// How a memory or evidence that stands exactly at its threshold is settled.
    Indecision = 16,
    /// Scrambling or sampling of designs.
    Design = 17,
    /// Isolated re-runs on a copy of the world.
    Probe = 18,
}

/// Where all draws of one run come from. `cell` is 0 for common random numbers across cells (the default).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    pub seed: u64,
    pub replicate: u64,
    pub cell: u64,
}

impl Source {
    /// The common random numbers of a replicate: the same in every cell.
    pub fn new(seed: u64, replicate: u64) -> Self {
        Source { seed, replicate, cell: 0 }
    }

    /// Draws for one purpose. `part` tells apart several users of the same purpose: a column, a layer, a route.
    pub fn key(&self, purpose: Purpose, part: u32) -> Key {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.replicate.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.cell.to_le_bytes());
        bytes[24..28].copy_from_slice(&(purpose as u32).to_le_bytes());
        bytes[28..].copy_from_slice(&part.to_le_bytes());
        Key(bytes)
    }
}

/// All draws for one purpose of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    fn words(&self) -> [u32; 8] {
        std::array::from_fn(|word| u32::from_le_bytes(self.0.as_chunks::<4>().0[word]))
    }

    /// The draws numbered `nonce` (a step, or a row with a stream of its own), read from the start.
    pub fn stream(&self, nonce: u64) -> Stream {
        let mut rng = ChaCha8Rng::from_seed(self.0);
        rng.set_stream(nonce);
        Stream { rng }
    }

    /// The draws numbered `nonce`, looked up by row.
    pub fn draws(&self, nonce: u64) -> Draws {
        Draws { rng: self.stream(nonce).rng, first: u64::MAX, window: [0; WINDOW] }
    }
}

/// Draws read one after another by one algorithm.
#[derive(Clone, Debug)]
pub struct Stream {
    rng: ChaCha8Rng,
}

impl Stream {
    /// A stream from a bare number, for tests and benchmarks that have no run.
    pub fn from_seed(seed: u64) -> Self {
        Source::new(seed, 0).key(Purpose::Wiring, 0).stream(0)
    }

    #[inline]
    pub fn bits32(&mut self) -> u32 {
        self.rng.next_u32()
    }

    #[inline]
    pub fn bits64(&mut self) -> u64 {
        self.rng.next_u64()
    }

    /// Uniform over the 2^53 multiples of 2^-53 in [0, 1).
    #[inline]
    pub fn unit(&mut self) -> f64 {
        unit(self.bits64())
    }

    /// Uniform in the open interval (0, 1): safe for logarithms.
    #[inline]
    pub fn open_unit(&mut self) -> f64 {
        open_unit(self.bits64())
    }

    /// Uniform over `0..n`, without bias (Lemire 2019). `n` must be at least 1.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        debug_assert!(n > 0, "below(0) has no value to give");
        let mut product = u64::from(self.bits32()) * u64::from(n);
        if (product as u32) < n {
            let reject = n.wrapping_neg() % n;
            while (product as u32) < reject {
                product = u64::from(self.bits32()) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }

    /// Uniform over `0..n` for ranges past 32 bits. `n` must be at least 1.
    #[inline]
    pub fn below64(&mut self, n: u64) -> u64 {
        debug_assert!(n > 0, "below64(0) has no value to give");
        let mut product = u128::from(self.bits64()) * u128::from(n);
        if (product as u64) < n {
            let reject = n.wrapping_neg() % n;
            while (product as u64) < reject {
                product = u128::from(self.bits64()) * u128::from(n);
            }
        }
        (product >> 64) as u64
    }

    /// True with probability `p`, to within 2^-64; always for p >= 1, never for p <= 0.
    #[inline]
    pub fn bernoulli(&mut self, p: f64) -> bool {
        happens(self.bits64(), p)
    }

    /// Fisher-Yates: every order equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below64(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }

    /// `k` distinct members of `items`, every subset equally likely, in the order drawn.
    pub fn sample<T: Copy>(&mut self, items: &[T], k: usize) -> Vec<T> {
        let mut pool = items.to_vec();
        let k = k.min(pool.len());
        for i in 0..k {
            let j = i + self.below64((pool.len() - i) as u64) as usize;
            pool.swap(i, j);
        }
        pool.truncate(k);
        pool
    }
}

const WINDOW: usize = 64;

/// Draws looked up by row: row r of step t is the same number however and whenever it is asked for.
/// Rows asked for in ascending order cost least (one block of the cipher serves 16 words).
#[derive(Clone, Debug)]
pub struct Draws {
    rng: ChaCha8Rng,
    first: u64,
    window: [u32; WINDOW],
}

impl Draws {
    /// Word `index` of the stream.
    #[inline]
    pub fn bits32(&mut self, index: u64) -> u32 {
        let first = index & !(WINDOW as u64 - 1);
        if first != self.first {
            self.fill(first);
        }
        self.window[(index - first) as usize]
    }

    /// The 64 bits of row `row`: words 2·row and 2·row + 1.
    #[inline]
    pub fn bits64(&mut self, row: u64) -> u64 {
        let low = self.bits32(2 * row);
        u64::from(low) | u64::from(self.bits32(2 * row + 1)) << 32
    }

    /// Uniform in [0, 1) for this row (uses the row's 64 bits).
    #[inline]
    pub fn unit(&mut self, row: u64) -> f64 {
        unit(self.bits64(row))
    }

    /// Uniform in the open interval (0, 1) for this row: safe for logarithms (uses the row's 64 bits).
    #[inline]
    pub fn open_unit(&mut self, row: u64) -> f64 {
        open_unit(self.bits64(row))
    }

    /// True with probability `p` for this row, to within 2^-64 (uses the row's 64 bits).
    #[inline]
    pub fn bernoulli(&mut self, row: u64, p: f64) -> bool {
        happens(self.bits64(row), p)
    }

    #[cold]
    fn fill(&mut self, first: u64) {
        self.rng.set_word_pos(u128::from(first));
        let mut bytes = [0; 4 * WINDOW];
        self.rng.fill_bytes(&mut bytes);
        for (word, bytes) in self.window.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        self.first = first;
    }
}

#[inline]
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

#[inline]
fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / 4_503_599_627_370_496.0)
}

/// Decides by integers: `bits / 2^64 < p`.
#[inline]
fn happens(bits: u64, p: f64) -> bool {
    if p >= 1.0 {
        return true;
    }
    // 0 < p < 1 scales exactly (a power of two), so the cast only drops a fraction; NaN and p <= 0 become 0.
    bits < (p * 18_446_744_073_709_551_616.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Source { seed: 7, replicate: 3, cell: 0 }.key(Purpose::Reach, 2)
    }

    #[test]
    fn a_draw_depends_on_its_address_only() {
        let mut forward = key().draws(5);
        let mut backward = key().draws(5);
        let up: Vec<u64> = (0..300).map(|row| forward.bits64(row)).collect();
        let mut down: Vec<u64> = (0..300).rev().map(|row| backward.bits64(row)).collect();
        down.reverse();
        assert_eq!(up, down);
        let mut stream = key().stream(5);
        assert_eq!(up[..4], [stream.bits64(), stream.bits64(), stream.bits64(), stream.bits64()]);
    }

    #[test]
    fn purpose_part_step_replicate_and_cell_all_tell_streams_apart() {
        let base = Source { seed: 7, replicate: 3, cell: 0 };
        let first = |source: Source, purpose, part, step| source.key(purpose, part).stream(step).bits64();
        let mut seen = vec![
            first(base, Purpose::Reach, 2, 5),
            first(base, Purpose::Entry, 2, 5),
            first(base, Purpose::Reach, 3, 5),
            first(base, Purpose::Reach, 2, 6),
            first(Source { replicate: 4, ..base }, Purpose::Reach, 2, 5),
            first(Source { cell: 1, ..base }, Purpose::Reach, 2, 5),
            first(Source { seed: 8, ..base }, Purpose::Reach, 2, 5),
        ];
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 7);
    }

    #[test]
    fn draws_are_pinned() {
        // A change of one of these values changes every published result. They agree with a ChaCha8 written
        // separately from the cipher's definition, with key = 7, 3, 0 (u64), 5, 2 (u32) and nonce = counter = 0.
        let mut stream = key().stream(0);
        let drawn: Vec<u32> = (0..4).map(|_| stream.bits32()).collect();
        assert_eq!(drawn, [928_530_546, 181_422_672, 2_407_775_639, 678_561_742]);
        assert_eq!(Stream::from_seed(1).below(1000), 565);
    }

    #[test]
    fn bernoulli_is_exact_at_its_ends() {
        let mut draws = key().draws(0);
        for row in 0..1000 {
            assert!(draws.bernoulli(row, 1.0) && !draws.bernoulli(row, 0.0) && !draws.bernoulli(row, f64::NAN));
        }
        let p = 0.05;
        let hits = (0..100_000).filter(|&row| draws.bernoulli(row, p)).count() as f64;
        // Five standard errors: fails by chance less than once in a million seeds.
        assert!((hits / 1e5 - p).abs() < 5.0 * (p * (1.0 - p) / 1e5f64).sqrt(), "{hits}");
    }

    #[test]
    fn below_and_sample_are_uniform() {
        let mut stream = Stream::from_seed(9);
        let mut counts = [0u32; 6];
        for _ in 0..60_000 {
            counts[stream.below(6) as usize] += 1;
        }
        let chi2: f64 = counts.iter().map(|&c| (f64::from(c) - 1e4) * (f64::from(c) - 1e4) / 1e4).sum();
        assert!(chi2 < 30.0, "{counts:?}"); // 5 degrees of freedom: p < 2e-5
        let mut drawn = stream.sample(&[1, 2, 3, 4, 5], 5);
        drawn.sort_unstable();
        assert_eq!(drawn, [1, 2, 3, 4, 5]);
    }
}
