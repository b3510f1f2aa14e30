//! How two quantities go together.

use super::{mean, ranks, sum};

/// Pearson's correlation, -1 to 1; NaN of fewer than two pairs or when one side never varies.
pub fn pearson(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len(), "a correlation needs pairs");
    let (centre_x, centre_y) = (mean(x), mean(y));
    let products = |a: &[f64], centre_a: f64, b: &[f64], centre_b: f64| {
        let terms: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a - centre_a) * (b - centre_b)).collect();
        sum(&terms)
    };
    let spread_x = products(x, centre_x, x, centre_x);
    let spread_y = products(y, centre_y, y, centre_y);
    // One root is exact where two would round; two are for products beyond the range of numbers.
    let both = spread_x * spread_y;
    let scale = if both.is_normal() { both.sqrt() } else { spread_x.sqrt() * spread_y.sqrt() };
    // Rounding must not lead beyond 1.
    (products(x, centre_x, y, centre_y) / scale).clamp(-1.0, 1.0)
}

/// Spearman's rank correlation, -1 to 1: Pearson's correlation of the mid-ranks; NaN as there.
pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_correlates_fully_and_a_constant_not_at_all() {
        let x = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(pearson(&x, &[3.0, 5.0, 7.0, 9.0]), 1.0);
        assert_eq!(pearson(&x, &[4.0, 3.0, 2.0, 1.0]), -1.0);
        assert!(pearson(&x, &[5.0; 4]).is_nan());
        assert!(pearson(&[], &[]).is_nan());
    }

    #[test]
    fn a_known_correlation_has_its_known_value() {
        // Covariance 1.5, variances 2.5 and 1.5 (by hand): 1.5 / sqrt(3.75).
        let r = pearson(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 4.0, 5.0, 4.0, 5.0]);
        assert!((r - 0.774_596_669_241_483_4).abs() < 1e-15);
    }

    #[test]
    fn ranks_see_only_order() {
        let x = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(spearman(&x, &[1.0, 10.0, 100.0, 1000.0, 1e9]), 1.0);
        // With d the differences of ranks: 1 - 6 sum d^2 / (n (n^2 - 1)) = 1 - 6 * 4 / 120.
        assert!((spearman(&x, &[2.0, 1.0, 4.0, 3.0, 5.0]) - 0.8).abs() < 1e-15);
    }
}
