//! Values between two ends, evenly.

use crate::stats::{exp, log};

/// `n` numbers from `a` to `b`, equally far apart.
pub fn linear(a: f64, b: f64, n: u32) -> Vec<f64> {
    spaced(n, a, b, |part| a + (b - a) * part)
}

/// `n` numbers from `a` to `b`, both above 0, each the same multiple of the one before.
pub fn logarithmic(a: f64, b: f64, n: u32) -> Vec<f64> {
    let (low, high) = (log(a), log(b));
    spaced(n, a, b, |part| exp(low + (high - low) * part))
}

/// Reads `a:b:n`, or `a:b:n:log`.
pub fn read_spaced(text: &str) -> Result<Vec<f64>, String> {
    let wrong = || format!("\"{text}\" is no range: write low:high:n, such as 0:1:11, or low:high:n:log");
    let mut parts = text.split(':').map(str::trim);
    let mut number = || parts.next()?.parse().ok().filter(|number: &f64| number.is_finite());
    let (a, b, n) = number().zip(number()).zip(number()).map(|((a, b), n)| (a, b, n)).ok_or_else(wrong)?;
    if n.fract() != 0.0 || !(1.0..=1e6).contains(&n) {
        return Err(format!("\"{text}\": {n} values are not possible: a whole number, 1 to 1000000"));
    }
    match (parts.next(), parts.next()) {
        (None, _) => Ok(linear(a, b, n as u32)),
        (Some("log"), None) if a > 0.0 && b > 0.0 => Ok(logarithmic(a, b, n as u32)),
        (Some("log"), None) => Err(format!("\"{text}\": both ends of a logarithmic range are above 0")),
        _ => Err(wrong()),
    }
}

/// n values from a to b: the ends exactly, those between by `at`, rounded to 12 digits so that 0.30000000000000004 is
/// 0.3.
fn spaced(n: u32, a: f64, b: f64, at: impl Fn(f64) -> f64) -> Vec<f64> {
    let last = n.saturating_sub(1);
    (0..n)
        .map(|i| match i {
            0 => a,
            i if i == last => b,
            i => rounded(at(f64::from(i) / f64::from(last))),
        })
        .collect()
}

/// To 12 digits.
pub(super) fn rounded(exact: f64) -> f64 {
    format!("{exact:.11e}").parse().expect("a written number can be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_evenly_spaced_and_short() {
        assert_eq!(linear(0.0, 1.0, 11)[3], 0.3);
        assert_eq!(logarithmic(0.01, 100.0, 5), [0.01, 0.1, 1.0, 10.0, 100.0]);
        assert_eq!(linear(2.0, 3.0, 1), [2.0]);
    }

    #[test]
    fn a_range_is_read_from_a_command_line() {
        assert_eq!(read_spaced("0:1:5").unwrap(), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(read_spaced("1 : 100 : 3 : log").unwrap(), [1.0, 10.0, 100.0]);
        for wrong in ["0:1", "a:1:5", "0:1:5:lin", "0:1:2.5", "0:1:0", "0:1:5:log", "1:2:3:log:4"] {
            assert!(read_spaced(wrong).unwrap_err().contains(wrong), "{wrong}");
        }
    }
}
