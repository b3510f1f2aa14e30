//! Everybody sees everybody. Source: Granovetter 1978, Threshold models of collective behavior, Am. J. Sociol. 83:1420.
//!
//! In a crowd without end, with F(r) the share of people whose threshold is at most r, the share that acts goes from round to
//! round as r(t + 1) = F(r(t)), from r(0) = 0, and ends at the lowest fixed point.

use super::solve::{first_maximum, fixed_point};
use super::thresholds::Thresholds;
use crate::stats::special::{normal_cdf, normal_quantile};

/// The share that acts at times 0 to `steps`, of whom `start` act whatever the others do.
pub fn course(thresholds: &Thresholds, start: f64, steps: usize) -> Vec<f64> {
    let mut course = vec![start];
    for _ in 0..steps {
        course.push(next(thresholds, start, course[course.len() - 1]));
    }
    course
}

/// The share that acts in the end.
pub fn ends(thresholds: &Thresholds, start: f64) -> f64 {
    fixed_point(start, |acts| next(thresholds, start, acts))
}

fn next(thresholds: &Thresholds, start: f64, acts: f64) -> f64 {
    let convinced = match thresholds {
        Thresholds::Normal { mean, sd } => normal_cdf((acts - mean) / sd),
        Thresholds::Uniform { low, high } if high > low => ((acts - low) / (high - low)).clamp(0.0, 1.0),
        // Of shares, written as so many thousandths of a large crowd.
        other => other.convinced((acts * 1e6).round() as usize, 1_000_000),
    };
    start + (1.0 - start) * convinced
}

/// The standard deviation of normal thresholds around `mean` (below one half) above which a crowd of all alike no longer holds
/// together and nearly everybody acts: up to it r = F(r) has a solution below the mean.
pub fn critical_sd(mean: f64) -> f64 {
    let sd = |r: f64| (r - mean) / normal_quantile(r);
    sd(first_maximum(1e-9, mean.min(0.5 - 1e-9), 2000, sd))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Solutions of r = F(r), to five digits (PAPERS: derived).
    #[test]
    fn the_crowd_ends_at_the_lowest_fixed_point() {
        for (sd, expected) in [
            (0.10, 0.00770),
            (0.12, 0.04021),
            (0.122, 0.05479),
            (0.1225, 1.0),
            (0.2, 0.99991),
            (0.3, 0.99339),
            (0.5, 0.90485),
            (1.0, 0.65857),
            (2.0, 0.56198),
        ] {
            let found = ends(&Thresholds::Normal { mean: 0.25, sd }, 0.0);
            assert!((found - expected).abs() < 1e-5, "sd {sd}: {found}");
        }
    }

    #[test]
    fn the_jump_comes_at_a_deviation_of_0_122221() {
        for (mean, expected) in
            [(0.25, 0.122221), (0.15, 0.06384), (0.20, 0.09144), (0.30, 0.15668), (0.35, 0.19578), (0.40, 0.24135)]
        {
            assert!((critical_sd(mean) - expected).abs() < 6e-6, "mean {mean}: {}", critical_sd(mean));
        }
        let below = ends(&Thresholds::Normal { mean: 0.25, sd: 0.12222 }, 0.0);
        assert!((below - 0.0620).abs() < 1e-3, "{below}");
        assert!(ends(&Thresholds::Normal { mean: 0.25, sd: 0.12223 }, 0.0) > 0.9999);
    }

    #[test]
    fn the_time_course_leads_to_the_end() {
        let thresholds = Thresholds::Normal { mean: 0.25, sd: 0.3 };
        let course = course(&thresholds, 0.0, 60);
        assert!((course[60] - ends(&thresholds, 0.0)).abs() < 1e-9 && course.is_sorted());
        assert_eq!(super::course(&Thresholds::Uniform { low: 0.0, high: 1.0 }, 0.1, 2), [0.1, 0.19, 0.271]);
    }
}
