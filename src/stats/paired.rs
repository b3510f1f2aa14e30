//! Two measurements of the same thing: what one makes of it against the other, pair by pair.

use super::{Interval, mean, t_interval, wilson};

/// How much the first of two measurements lies above the second, over pairs that share everything else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Pairs that were compared.
    pub pairs: u64,
    /// Mean of first - second.
    pub mean: f64,
    /// Interval of that mean (Student's t over the differences); unknown of fewer than two pairs.
    pub interval: Interval,
    /// Share of pairs in which the first is larger; equal ones count for neither side.
    pub positive: f64,
    /// Share of pairs in which the first is smaller.
    pub negative: f64,
    /// Interval of the share `positive` (Wilson).
    pub positive_interval: Interval,
}

/// Compares pair by pair. A pair with a missing value (NaN) on either side is left out; two equal values, infinite ones
/// too, differ by 0. NaN where there is no pair.
pub fn paired(first: &[f64], second: &[f64], confidence: f64) -> Paired {
    assert_eq!(first.len(), second.len(), "a comparison needs pairs");
    let differences: Vec<f64> = first
        .iter()
        .zip(second)
        .filter(|(a, b)| !a.is_nan() && !b.is_nan())
        .map(|(a, b)| if a == b { 0.0 } else { a - b })
        .collect();
    let pairs = differences.len() as u64;
    let positive = differences.iter().filter(|&&difference| difference > 0.0).count() as u64;
    let negative = differences.iter().filter(|&&difference| difference < 0.0).count() as u64;
    Paired {
        pairs,
        mean: mean(&differences),
        interval: t_interval(&differences, confidence),
        positive: positive as f64 / pairs as f64,
        negative: negative as f64 / pairs as f64,
        positive_interval: wilson(positive, pairs, confidence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_compared_one_by_one() {
        // Differences 1, 2, 0, -1: mean .5, sample sd sqrt(5/3).
        let found = paired(&[3.0, 5.0, 4.0, 1.0, f64::NAN], &[2.0, 3.0, 4.0, 2.0, 1.0], 0.95);
        assert_eq!((found.pairs, found.mean, found.positive, found.negative), (4, 0.5, 0.5, 0.25));
        assert_eq!(found.interval, t_interval(&[1.0, 2.0, 0.0, -1.0], 0.95));
        assert_eq!(found.positive_interval, wilson(2, 4, 0.95));
    }

    #[test]
    fn what_both_share_does_not_blur_the_difference() {
        let shared: Vec<f64> = (0..50).map(|i| f64::from(i * i)).collect();
        let above: Vec<f64> = shared.iter().map(|x| x + 1.0).collect();
        let found = paired(&above, &shared, 0.95);
        assert_eq!((found.mean, found.interval.low, found.interval.high, found.positive), (1.0, 1.0, 1.0, 1.0));
    }

    #[test]
    fn never_against_never_is_no_difference() {
        let never = f64::INFINITY;
        let found = paired(&[never, never], &[never, 3.0], 0.95);
        assert_eq!((found.positive, found.negative, found.mean), (0.5, 0.0, never));
        assert!(paired(&[], &[], 0.95).mean.is_nan());
    }
}
