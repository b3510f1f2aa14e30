//! Eight blocks of ChaCha8 at once, from anywhere in a stream: the same words as [`Draws`](super::Draws) looks up one
//! stretch at a time, for those who hop.

/// Blocks computed together.
pub const LANES: usize = 8;
/// Half-words in a block.
pub const HALVES: u32 = 32;

/// A word of each of the blocks.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Words([u32; LANES]);

/// Half-words of some blocks held against a limit: bit h of a block stands for its half-word h, low halves first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    pub below: [u32; LANES],
    /// Those equal to the limit.
    pub at: [u32; LANES],
}

/// Compares all half-words of these blocks of the stream `nonce` with `limit` (at most 2^16).
pub fn compare(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES], limit: u32) -> Compared {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as known;
        // SAFETY: the processor knows the instructions, as is asked just before.
        if known!("avx512f") && known!("avx512vl") {
            return unsafe { compare_with_avx512(key, nonce, blocks, limit) };
        } else if known!("avx2") {
            return unsafe { compare_with_avx2(key, nonce, blocks, limit) };
        }
    }
    compare_anywhere(key, nonce, blocks, limit)
}

/// The same, translated for processors with twice the registers, and an instruction that turns words.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl")]
fn compare_with_avx512(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES], limit: u32) -> Compared {
    compare_anywhere(key, nonce, blocks, limit)
}

/// The same, translated for processors whose registers hold eight words.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn compare_with_avx2(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES], limit: u32) -> Compared {
    compare_anywhere(key, nonce, blocks, limit)
}

#[inline(always)]
fn compare_anywhere(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES], limit: u32) -> Compared {
    let (mut below, mut at) = ([0; LANES], [0; LANES]);
    for (place, Words(words)) in chacha8(key, nonce, blocks).into_iter().enumerate() {
        for lane in 0..LANES {
            let (low, high) = (words[lane] & 0xffff, words[lane] >> 16);
            below[lane] |= (u32::from(low < limit) | u32::from(high < limit) << 1) << (2 * place);
            at[lane] |= (u32::from(low == limit) | u32::from(high == limit) << 1) << (2 * place);
        }
    }
    Compared { below, at }
}

/// The cipher (Bernstein 2008): 16 words of key, position and nonce, stirred in four double rounds, added to what they
/// were. Written over lanes, so that every operation is one of vectors.
#[inline(always)]
fn chacha8(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES]) -> [Words; 16] {
    let all = |word: u32| Words([word; LANES]);
    let [a, b, c, d, e, f, g, h] = key.map(all);
    let begun = [
        all(0x6170_7865),
        all(0x3320_646e),
        all(0x7962_2d32),
        all(0x6b20_6574),
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        Words(blocks.map(|block| block as u32)),
        Words(blocks.map(|block| (block >> 32) as u32)),
        all(nonce as u32),
        all((nonce >> 32) as u32),
    ];
    let mut words = begun;
    // Written out: compilers make vectors of the lanes of this, and something slower of loops.
    for _ in 0..4 {
        stir(&mut words, 0, 4, 8, 12);
        stir(&mut words, 1, 5, 9, 13);
        stir(&mut words, 2, 6, 10, 14);
        stir(&mut words, 3, 7, 11, 15);
        stir(&mut words, 0, 5, 10, 15);
        stir(&mut words, 1, 6, 11, 12);
        stir(&mut words, 2, 7, 8, 13);
        stir(&mut words, 3, 4, 9, 14);
    }
    for (word, begun) in words.iter_mut().zip(begun) {
        *word = word.plus(begun);
    }
    words
}

/// The quarter round.
#[inline(always)]
fn stir(words: &mut [Words; 16], a: usize, b: usize, c: usize, d: usize) {
    words[a] = words[a].plus(words[b]);
    words[d] = words[d].mixed::<16>(words[a]);
    words[c] = words[c].plus(words[d]);
    words[b] = words[b].mixed::<12>(words[c]);
    words[a] = words[a].plus(words[b]);
    words[d] = words[d].mixed::<8>(words[a]);
    words[c] = words[c].plus(words[d]);
    words[b] = words[b].mixed::<7>(words[c]);
}

impl Words {
    #[inline(always)]
    fn plus(mut self, other: Words) -> Words {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word = word.wrapping_add(other));
        self
    }

    #[inline(always)]
    fn mixed<const TURN: u32>(mut self, other: Words) -> Words {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word = (*word ^ other).rotate_left(TURN));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Purpose, Source};
    use super::*;

    #[test]
    fn the_lanes_hold_the_words_of_the_streams() {
        let key = Source { seed: 7, replicate: 3, cell: 9 }.key(Purpose::Reach, 2);
        let blocks = [0, 1, 2, 77, 1 << 27, (1 << 32) - 1, 1 << 32, 12_345_678_901];
        for nonce in [0, 5, 1 << 40] {
            let words = chacha8(&key.words(), nonce, &blocks);
            let mut draws = key.draws(nonce);
            for (lane, block) in blocks.into_iter().enumerate() {
                for (place, word) in words.iter().enumerate() {
                    assert_eq!(word.0[lane], draws.bits32(16 * block + place as u64), "{block} {place}");
                }
            }
        }
    }

    #[test]
    fn comparing_is_the_same_with_and_without_wide_registers() {
        let key = Source::new(1, 2).key(Purpose::Reach, 0);
        let blocks = [5, 9, 1, 0, 3, 4, 100, 7];
        let mut draws = key.draws(3);
        for limit in [0, 1, 3277, 40_000, 65_535, 65_536] {
            let compared = compare(&key.words(), 3, &blocks, limit);
            assert_eq!(compared, compare_anywhere(&key.words(), 3, &blocks, limit));
            for (lane, block) in blocks.into_iter().enumerate() {
                for half in 0..HALVES {
                    let word = draws.bits32(16 * block + u64::from(half / 2));
                    let value = word >> (16 * (half % 2)) & 0xffff;
                    assert_eq!(compared.below[lane] >> half & 1 == 1, value < limit);
                    assert_eq!(compared.at[lane] >> half & 1 == 1, value == limit);
                }
            }
        }
    }
}
