//! Sums, means and spreads.

/// The sum, in slice order, with the rounding errors carried along (Neumaier 1974): as exact as if added in twice the
/// precision and rounded once.
pub fn sum(values: &[f64]) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for &value in values {
        let next = total + value;
        // What the addition dropped is recovered from the larger of the two.
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    // Infinities make `lost` meaningless; the plain total then says it all.
    if lost.is_finite() { total + lost } else { total }
}

/// Arithmetic mean; NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    sum(values) / values.len() as f64
}

/// Sample variance, with n - 1 below the line; NaN of fewer than two values.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let centre = mean(values);
    let squares: Vec<f64> = values.iter().map(|value| (value - centre) * (value - centre)).collect();
    sum(&squares) / (values.len() - 1) as f64
}

/// Sample standard deviation, with n - 1 below the line; NaN of fewer than two values.
pub fn sd(values: &[f64]) -> f64 {
    variance(values).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_keeps_what_a_plain_sum_loses() {
        assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert_eq!(sum(&[]), 0.0);
    }

    #[test]
    fn moments_of_eight_known_numbers() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(mean(&values), 5.0);
        assert_eq!(variance(&values), 32.0 / 7.0);
        assert!((sd(&values) - 2.138_089_935_299_395).abs() < 1e-15);
        // A large offset costs no digits.
        let shifted: Vec<f64> = values.iter().map(|value| value + 1e9).collect();
        assert_eq!(variance(&shifted), 32.0 / 7.0);
    }

    #[test]
    fn nothing_has_no_mean_and_one_value_no_spread() {
        assert!(mean(&[]).is_nan());
        assert!(sd(&[3.0]).is_nan());
    }
}
