//! Many blocks of ChaCha8 at once, from anywhere in a stream: the same words as [`Draws`](super::Draws) looks up one
//! stretch at a time, for those who hop.

use crate::wide::widest;

/// Blocks computed together.
pub const LANES: usize = 16;
/// Half-words in a block.
pub const HALVES: u32 = 32;

/// Half-words of some blocks held against a limit: bit h of a block stands for its half-word h, low halves first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    pub below: [u32; LANES],
    /// Those equal to the limit.
    pub at: [u32; LANES],
}

widest! {
    /// Compares all half-words of these blocks of the stream `nonce` with `limit`.
    pub fn compare(key: &[u32; 8], nonce: u64, blocks: &[u64; LANES], limit: u16) -> Compared {
        let limit = u32::from(limit);
        let (mut below, mut at) = ([0; LANES], [0; LANES]);
        // A turn holds no loop and nothing that depends on another lane: compilers make one turn of vectors of all.
        for ((&block, below), at) in blocks.iter().zip(&mut below).zip(&mut at) {
            let words = chacha8(key, nonce, block);
            macro_rules! held {
                ($($place:literal)*) => {$(
                    let (low, high) = (words[$place] & 0xffff, words[$place] >> 16);
                    *below |= if low < limit { 1 << (2 * $place) } else { 0 };
                    *below |= if high < limit { 2 << (2 * $place) } else { 0 };
                    *at |= if low == limit { 1 << (2 * $place) } else { 0 };
                    *at |= if high == limit { 2 << (2 * $place) } else { 0 };
                )*};
            }
            held!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        }
        Compared { below, at }
    }
}

/// The cipher (Bernstein 2008): 16 words of constants, key, position and nonce, stirred in four double rounds, added to what
/// they were.
#[inline(always)]
fn chacha8(key: &[u32; 8], nonce: u64, block: u64) -> [u32; 16] {
    let [a, b, c, d, e, f, g, h] = *key;
    let (low, high) = (|long: u64| long as u32, |long: u64| (long >> 32) as u32);
    let [k, l, m, n] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
    let begun = [k, l, m, n, a, b, c, d, e, f, g, h, low(block), high(block), low(nonce), high(nonce)];
    let words = double_round(double_round(double_round(double_round(begun))));
    std::array::from_fn(|place| words[place].wrapping_add(begun[place]))
}

#[inline(always)]
fn double_round(mut words: [u32; 16]) -> [u32; 16] {
    stir(&mut words, 0, 4, 8, 12);
    stir(&mut words, 1, 5, 9, 13);
    stir(&mut words, 2, 6, 10, 14);
    stir(&mut words, 3, 7, 11, 15);
    stir(&mut words, 0, 5, 10, 15);
    stir(&mut words, 1, 6, 11, 12);
    stir(&mut words, 2, 7, 8, 13);
    stir(&mut words, 3, 4, 9, 14);
    words
}

/// The quarter round.
#[inline(always)]
fn stir(words: &mut [u32; 16], a: usize, b: usize, c: usize, d: usize) {
    words[a] = words[a].wrapping_add(words[b]);
    words[d] = (words[d] ^ words[a]).rotate_left(16);
    words[c] = words[c].wrapping_add(words[d]);
    words[b] = (words[b] ^ words[c]).rotate_left(12);
    words[a] = words[a].wrapping_add(words[b]);
    words[d] = (words[d] ^ words[a]).rotate_left(8);
    words[c] = words[c].wrapping_add(words[d]);
    words[b] = (words[b] ^ words[c]).rotate_left(7);
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
            let mut draws = key.draws(nonce);
            for block in blocks {
                for (place, word) in (0..).zip(chacha8(&key.words(), nonce, block)) {
                    assert_eq!(word, draws.bits32(16 * block + place), "{block} {place}");
                }
            }
        }
    }

    #[test]
    fn comparing_says_of_every_half_word_what_it_is_to_the_limit() {
        let key = Source::new(1, 2).key(Purpose::Reach, 0);
        let blocks = [5, 9, 1, 0, 3, 4, 100, 7, 6, 8, 10, 1 << 20, 12, 13, 14, 15];
        let mut draws = key.draws(3);
        let first = draws.bits32(16 * 9 + 4) >> 16; // a limit that one of them is equal to
        for limit in [0, 1, 3277, 40_000, first as u16, 65_535] {
            let compared = compare(&key.words(), 3, &blocks, limit);
            for (lane, block) in blocks.into_iter().enumerate() {
                for half in 0..HALVES {
                    let word = draws.bits32(16 * block + u64::from(half / 2));
                    let value = (word >> (16 * (half % 2))) as u16;
                    assert_eq!(compared.below[lane] >> half & 1 == 1, value < limit, "{limit} {block} {half}");
                    assert_eq!(compared.at[lane] >> half & 1 == 1, value == limit, "{limit} {block} {half}");
                }
            }
        }
    }
}
