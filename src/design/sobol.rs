//! Sobol's sequence: points that fill a cube evenly, however many are taken.
//!
//! Direction numbers: Joe & Kuo 2008, "Constructing Sobol sequences with better two-dimensional projections", SIAM J.
//! Sci. Comput. 30, the table new-joe-kuo-6. Scrambling: nested uniform (Owen 1995), which keeps every stratification
//! and makes each point uniform by itself.

/// How many dimensions there are numbers for.
pub const DIMENSIONS: usize = 21;

const BITS: usize = 32;

/// Dimensions 2 to 21: the inner coefficients of a primitive polynomial, read as a binary number, and the first
/// direction numbers, as many as the polynomial's degree.
const JOE_KUO: [(u32, &[u32]); DIMENSIONS - 1] = [
    (0, &[1]),
    (1, &[1, 3]),
    (1, &[1, 3, 1]),
    (2, &[1, 1, 1]),
    (1, &[1, 1, 3, 3]),
    (4, &[1, 3, 5, 13]),
    (2, &[1, 1, 5, 5, 17]),
    (4, &[1, 1, 5, 5, 5]),
    (7, &[1, 1, 7, 11, 19]),
    (11, &[1, 1, 5, 1, 1]),
    (13, &[1, 1, 1, 3, 11]),
    (14, &[1, 3, 5, 5, 31]),
    (1, &[1, 3, 3, 9, 7, 49]),
    (13, &[1, 1, 1, 15, 21, 21]),
    (16, &[1, 3, 1, 13, 27, 49]),
    (19, &[1, 1, 1, 15, 7, 5]),
    (22, &[1, 3, 1, 15, 13, 25]),
    (25, &[1, 1, 5, 5, 19, 61]),
    (1, &[1, 3, 7, 11, 23, 15, 103]),
    (4, &[1, 3, 7, 13, 13, 15, 69]),
];

/// One coordinate of the sequence.
pub struct Coordinate {
    directions: [u32; BITS],
}

impl Coordinate {
    /// Of dimension `dimension`, from 0; there are [`DIMENSIONS`].
    pub fn new(dimension: usize) -> Coordinate {
        let mut directions = [0; BITS];
        match dimension.checked_sub(1).map(|row| JOE_KUO[row]) {
            // The first dimension is van der Corput's: bits in reverse.
            None => directions.iter_mut().enumerate().for_each(|(bit, direction)| *direction = 1 << (BITS - 1 - bit)),
            Some((inner, first)) => {
                let degree = first.len();
                for bit in 0..BITS {
                    directions[bit] = match first.get(bit) {
                        Some(number) => number << (BITS - 1 - bit),
                        None => {
                            let last = directions[bit - degree];
                            let start = last ^ (last >> degree);
                            (1..degree).fold(start, |sum, back| {
                                let counts = inner >> (degree - 1 - back) & 1;
                                sum ^ (counts * directions[bit - back])
                            })
                        }
                    };
                }
            }
        }
        Coordinate { directions }
    }

    /// Of point number `number`, as a binary fraction of 32 digits.
    pub fn bits(&self, number: u32) -> u32 {
        let chosen = self.directions.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1);
        chosen.fold(0, |sum, (_, direction)| sum ^ direction)
    }
}

/// Flips each binary digit or not, by a coin of its own for every combination of the digits before it.
pub fn scrambled(bits: u32, key: u64) -> u32 {
    (0..BITS).fold(0, |sum, place| {
        let before = u64::from(bits) >> (BITS - place);
        let coin = mixed(key ^ mixed(before << 6 | place as u64)) >> 63;
        sum | ((bits >> (BITS - 1 - place) & 1) ^ coin as u32) << (BITS - 1 - place)
    })
}

/// The finalizer of SplitMix64 (Steele, Lea & Flood 2014): every bit in decides every bit out.
fn mixed(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(dimension: usize, points: u32) -> Vec<f64> {
        let coordinate = Coordinate::new(dimension);
        (0..points).map(|number| f64::from(coordinate.bits(number)) / 4_294_967_296.0).collect()
    }

    #[test]
    fn the_first_points_are_those_of_the_published_sequence() {
        // The published order runs along a Gray code; these are the same points by their plain number.
        assert_eq!(shares(0, 8), [0.0, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875]);
        assert_eq!(shares(1, 8), [0.0, 0.5, 0.75, 0.25, 0.625, 0.125, 0.375, 0.875]);
        assert_eq!(shares(2, 8), [0.0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]);
    }

    #[test]
    fn every_dimension_has_one_point_in_each_of_as_many_equal_parts_scrambled_or_not() {
        for dimension in 0..DIMENSIONS {
            let coordinate = Coordinate::new(dimension);
            for key in [None, Some(1), Some(u64::MAX)] {
                for power in [1, 5, 10] {
                    let part = |number| {
                        let bits = coordinate.bits(number);
                        key.map_or(bits, |key| scrambled(bits, key)) >> (BITS - power)
                    };
                    let mut parts: Vec<u32> = (0..1 << power).map(part).collect();
                    parts.sort();
                    assert_eq!(parts, (0..1 << power).collect::<Vec<u32>>(), "dimension {dimension}");
                }
            }
        }
    }

    #[test]
    fn the_first_two_dimensions_fill_every_box_of_equal_area_with_one_point() {
        let (x, y) = (Coordinate::new(0), Coordinate::new(1));
        for wide in 0..=8 {
            let place = |number| {
                let column = u64::from(scrambled(x.bits(number), 3)) >> (BITS - wide);
                let row = u64::from(scrambled(y.bits(number), 4)) >> (BITS - (8 - wide));
                column << (8 - wide) | row
            };
            let mut boxes: Vec<u64> = (0..256).map(place).collect();
            boxes.sort();
            assert_eq!(boxes, (0..256).collect::<Vec<u64>>(), "boxes 1/{} wide", 1 << wide);
        }
    }

    #[test]
    fn scrambling_moves_points_and_makes_each_of_them_uniform() {
        // Mean of point 0 over 10000 keys: standard deviation 0.0029, so 5 of them are passed once in a million keys.
        let mean = (0..10_000).map(|key| f64::from(scrambled(0, mixed(key))) / 4_294_967_296.0).sum::<f64>() / 1e4;
        assert!((mean - 0.5).abs() < 0.0145, "{mean}");
        assert_ne!(scrambled(0, 1), scrambled(0, 2));
    }
}
