//! The cascade condition. Source: Watts 2002, PNAS 99:5766, equation 5.

use super::Curve;
use crate::stats::exp;

/// The boundary of the window of global cascades on a Poisson random network: x is the mean degree z, y the threshold phi.
/// Agents whom a single neighbour convinces (degree at most K = 1 / phi) hold together where z P(Poisson(z) <= K - 2) > 1.
pub fn watts_window(z: (f64, f64), phi: (f64, f64)) -> Vec<Curve> {
    let mut lower = Vec::new();
    let mut upper = Vec::new();
    // The window changes at phi = 1 / K only: it is a staircase, drawn from the highest step down.
    let first = (1.0 / phi.1.min(1.0)).floor().max(1.0) as u32;
    let last = (1.0 / phi.0.max(1e-3)).floor() as u32;
    for largest_degree in first..=last {
        let Some((low, high)) = edges(largest_degree) else { continue };
        let top = (1.0 / f64::from(largest_degree)).min(phi.1);
        let bottom = (1.0 / f64::from(largest_degree + 1)).max(phi.0);
        lower.extend([(low, top), (low, bottom)]);
        upper.extend([(high, top), (high, bottom)]);
    }
    // Up one side, over the top, down the other.
    lower.reverse();
    lower.extend(upper);
    let points = lower.into_iter().filter(|(at, _)| (z.0..=z.1).contains(at)).collect();
    vec![Curve { name: "cascade condition (Watts 2002)".into(), points }]
}

/// The mean degrees between which global cascades are possible, if there are any.
fn edges(largest_degree: u32) -> Option<(f64, f64)> {
    if largest_degree < 2 {
        return None;
    }
    let excess = |z: f64| z * poisson_cdf(largest_degree - 2, z) - 1.0;
    // The condition rises to one maximum and falls; the maximum lies below the largest degree.
    let grid = (1..=1000).map(|step| f64::from(step) * f64::from(largest_degree + 2) / 1000.0);
    let best = grid.max_by(|a, b| excess(*a).total_cmp(&excess(*b)))?;
    if excess(best) <= 0.0 {
        return None;
    }
    let bisect = |mut inside: f64, mut outside: f64| {
        for _ in 0..200 {
            let middle = 0.5 * (inside + outside);
            if excess(middle) > 0.0 { inside = middle } else { outside = middle }
        }
        inside
    };
    Some((bisect(best, 0.0), bisect(best, 10.0 * f64::from(largest_degree + 2))))
}

fn poisson_cdf(most: u32, mean: f64) -> f64 {
    let mut term = exp(-mean);
    let mut sum = term;
    for k in 1..=most {
        term *= mean / f64::from(k);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_the_edges_of_the_cascade_condition() {
        // Solutions of z P(Poisson(z) <= K - 2) = 1, to four digits.
        for (largest_degree, low, high) in
            [(4, 1.1141, 3.8631), (5, 1.0207, 5.7647), (6, 1.0037, 7.4771), (8, 1.0001, 10.6574), (11, 1.0, 15.117)]
        {
            let (found_low, found_high) = edges(largest_degree).expect("there is a window");
            assert!((found_low - low).abs() < 6e-5 && (found_high - high).abs() < 6e-5, "{found_low} {found_high}");
        }
        assert_eq!(edges(3), None);
        let [curve] = &watts_window((0.5, 14.0), (0.1, 0.3))[..] else { panic!("one boundary") };
        assert!(curve.points.iter().all(|(_, phi)| *phi <= 0.25));
    }
}
