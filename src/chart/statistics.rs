//! The few numbers that a figure computes by itself: means, quantiles and their intervals.

use crate::stats::special::{beta_quantile, normal_quantile};

/// A mean and the interval that covers the true mean with the confidence asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// The arithmetic mean, summed in order; NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The value below which a share `q` of the sorted values falls, between neighbours by straight lines (Hyndman and Fan's type 7).
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = q * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Student's interval of a mean. With fewer than two values the mean has no interval: its ends are NaN.
pub fn t_interval(values: &[f64], confidence: f64) -> Interval {
    let mean = mean(values);
    let free = values.len() as f64 - 1.0;
    if free < 1.0 {
        return Interval { mean, low: f64::NAN, high: f64::NAN };
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    // P(|T| > t) = I(free / (free + t^2); free / 2, 1 / 2).
    let x = beta_quantile(free / 2.0, 0.5, 1.0 - confidence);
    let t = (free * (1.0 - x) / x).sqrt();
    let half = t * (squares / free / (free + 1.0)).sqrt();
    Interval { mean, low: mean - half, high: mean + half }
}

/// Wilson's score interval of a share: honest also at 0 and at 1. Source: Wilson 1927, J. Am. Stat. Assoc. 22:209.
pub fn wilson(successes: u64, n: u64, confidence: f64) -> (f64, f64) {
    if n == 0 {
        return (f64::NAN, f64::NAN);
    }
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let z = normal_quantile(0.5 + confidence / 2.0);
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    // At the ends the formula is exactly 0 or 1, but for rounding.
    let low = if successes == 0 { 0.0 } else { centre - half };
    let high = if share == 1.0 { 1.0 } else { centre + half };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-5
    }

    #[test]
    fn intervals_agree_with_the_tables() {
        // t with 4 degrees of freedom is 2.7764; the standard error of 1..5 is sqrt(2.5 / 5).
        let interval = t_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
        assert_eq!(interval.mean, 3.0);
        assert!(near(interval.high - 3.0, 2.776445 * 0.5f64.sqrt()));
        let (low, high) = wilson(2, 10, 0.95);
        assert!(near(low, 0.05668) && near(high, 0.50984), "{low} {high}");
        assert_eq!(wilson(0, 20, 0.95).0, 0.0);
        assert_eq!(wilson(20, 20, 0.95).1, 1.0);
    }

    #[test]
    fn one_value_has_a_mean_and_no_interval() {
        let interval = t_interval(&[0.5], 0.95);
        assert!(interval.mean == 0.5 && interval.low.is_nan() && interval.high.is_nan());
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 4.0], 0.5), 1.5);
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 4.0], 1.0), 4.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
