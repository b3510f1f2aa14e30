//! Confidence intervals: how far off an estimate may be.

use serde::{Deserialize, Serialize};

use super::special::{beta_quantile, normal_quantile};
use super::{mean, sd};

/// Of all intervals that tables, checks and charts show.
pub const CONFIDENCE: f64 = 0.95;

/// From `low` to `high`, both included; NaN where the data do not say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub const UNKNOWN: Interval = Interval { low: f64::NAN, high: f64::NAN };

    /// `half` to either side of `centre`.
    pub fn around(centre: f64, half: f64) -> Interval {
        Interval { low: centre - half, high: centre + half }
    }

    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// Interval of a share of which `successes` of `n` were seen; stays within 0 and 1, holds its confidence for small
/// `n` and for shares near 0 and 1. Unknown when n is 0.
/// Source: Wilson 1927, J. Am. Stat. Assoc. 22:209; Brown, Cai and DasGupta 2001 recommend it.
pub fn wilson(successes: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval::UNKNOWN;
    }
    let z = normal_quantile(0.5 + confidence / 2.0);
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let scale = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / scale;
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    let around = Interval::around(centre, half);
    // At 0 and n the formula gives exactly 0 and 1; rounding must not blur that.
    Interval {
        low: if share == 0.0 { 0.0 } else { around.low.max(0.0) },
        high: if share == 1.0 { 1.0 } else { around.high.min(1.0) },
    }
}

/// Interval of the mean of the population that `values` are a sample of, by Student's t; unknown of fewer than two
/// values. Source: Student 1908, Biometrika 6:1.
pub fn t_interval(values: &[f64], confidence: f64) -> Interval {
    if values.len() < 2 {
        return Interval::UNKNOWN;
    }
    let t = t_quantile(0.5 + confidence / 2.0, (values.len() - 1) as f64);
    Interval::around(mean(values), t * sd(values) / (values.len() as f64).sqrt())
}

/// The value below which a share `u` (0 < u < 1) of Student's t with `freedom` (> 0) degrees of freedom falls.
pub fn t_quantile(u: f64, freedom: f64) -> f64 {
    if u == 0.5 {
        return 0.0;
    }
    // freedom / (freedom + t^2) is Beta(freedom / 2, 1 / 2), its complement Beta(1 / 2, freedom / 2): whichever of the
    // two is small is computed, because the other would lose its digits next to 1.
    let outside = 2.0 * u.min(1.0 - u);
    let far = beta_quantile(freedom / 2.0, 0.5, outside);
    let t = if far < 0.5 {
        (freedom * (1.0 - far) / far).sqrt()
    } else {
        let near = beta_quantile(0.5, freedom / 2.0, 1.0 - outside);
        (freedom * near / (1.0 - near)).sqrt()
    };
    if u < 0.5 { -t } else { t }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }

    #[test]
    fn eight_of_ten_lie_between_49_and_94_percent() {
        let Interval { low, high } = wilson(8, 10, 0.95);
        close(low, 0.490_162_5, 1e-6);
        close(high, 0.943_317_8, 1e-6);
    }

    #[test]
    fn none_and_all_still_leave_room() {
        // With none seen the upper end is z^2 / (n + z^2).
        let none = wilson(0, 20, 0.95);
        assert_eq!(none.low, 0.0);
        close(none.high, 3.841_458_820_694_124 / 23.841_458_820_694_124, 1e-12);
        let all = wilson(20, 20, 0.95);
        assert_eq!(all.high, 1.0);
        close(all.low, 1.0 - none.high, 1e-12);
        assert!(wilson(0, 0, 0.95).low.is_nan());
    }

    #[test]
    fn quantiles_of_students_t_are_those_of_the_printed_tables() {
        for (u, freedom, t) in [
            (0.975, 1.0, 12.706_204_736_174_7),
            (0.975, 4.0, 2.776_445_105_197_8),
            (0.95, 10.0, 1.812_461_122_811_7),
            (0.995, 29.0, 2.756_385_903_670_6),
            (0.975, 999.0, 1.962_341_461_133_4),
            (0.75, 1.0, 1.0),
        ] {
            close(t_quantile(u, freedom), t, 1e-9);
            close(t_quantile(1.0 - u, freedom), -t, 1e-9);
        }
        assert_eq!(t_quantile(0.5, 3.0), 0.0);
        close(t_quantile(0.975, 1e6), 1.959_966, 1e-6);
    }

    #[test]
    fn a_mean_of_five_is_known_to_within_t_standard_errors() {
        let interval = t_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
        let half = 2.776_445_105_197_8 * (2.5_f64 / 5.0).sqrt();
        close(interval.low, 3.0 - half, 1e-9);
        close(interval.high, 3.0 + half, 1e-9);
        assert!(interval.contains(3.0) && !interval.contains(5.0));
        assert_eq!(t_interval(&[0.5; 4], 0.95), Interval { low: 0.5, high: 0.5 });
        assert!(t_interval(&[1.0], 0.95).low.is_nan());
    }
}
