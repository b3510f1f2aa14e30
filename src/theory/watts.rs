//! Cascades from a single agent. Source: Watts 2002, A simple model of global cascades on random networks, PNAS 99:5766.
//!
//! An agent is vulnerable when a single neighbour convinces it. A single initial adopter sets off a global cascade when it
//! touches the giant cluster of vulnerable agents, which exists where the sum over k of k (k - 1) p(k) v(k) exceeds z, with p(k)
//! the share of agents of degree k, v(k) the share of those who are vulnerable, and z the mean degree (equation 5).

use super::Curve;
use super::degrees::{Degrees, poisson_cdf};
use super::solve::{edge, fixed_point};
use super::thresholds::Thresholds;

/// How many vulnerable neighbours a vulnerable neighbour leads on to, on average: global cascades are possible above 1.
pub fn spread(degrees: &Degrees, thresholds: &Thresholds) -> f64 {
    let met = degrees.met();
    met.iter().enumerate().skip(1).map(|(k, share)| (k - 1) as f64 * share * thresholds.convinced(1, k)).sum()
}

/// The chance that what lies behind a tie is not the giant cluster of vulnerable agents: that the one met is not vulnerable, or
/// that none of its other ties leads there.
fn leads_nowhere(degrees: &Degrees, thresholds: &Thresholds) -> f64 {
    if spread(degrees, thresholds) <= 1.0 {
        return 1.0;
    }
    let met: Vec<f64> = degrees.met().iter().enumerate().map(|(k, s)| s * thresholds.convinced(1, k.max(1))).collect();
    let not_vulnerable = 1.0 - met.iter().skip(1).sum::<f64>();
    fixed_point(0.0, |u| not_vulnerable + met.iter().skip(1).rev().fold(0.0, |sum, share| sum * u + share))
}

/// How often one random agent sets off a global cascade.
pub fn often(degrees: &Degrees, thresholds: &Thresholds) -> f64 {
    1.0 - degrees.generating(leads_nowhere(degrees, thresholds))
}

/// How often a random one of the best connected `share` does.
pub fn often_from_top(degrees: &Degrees, thresholds: &Thresholds, share: f64) -> f64 {
    1.0 - degrees.top(share).generating(leads_nowhere(degrees, thresholds))
}

/// The share of all agents that are vulnerable and hang together.
pub fn vulnerable_cluster(degrees: &Degrees, thresholds: &Thresholds) -> f64 {
    let u = leads_nowhere(degrees, thresholds);
    let mut power = 1.0;
    let mut cluster = 0.0;
    for (k, share) in degrees.shares().iter().enumerate() {
        cluster += share * thresholds.convinced(1, k.max(1)) * (1.0 - power);
        power *= u;
    }
    cluster
}

/// The boundary of the window of global cascades on a Poisson random network: x is the mean degree z, y the threshold phi.
/// Agents whom a single neighbour convinces (degree at most K = 1 / phi) hold together where z P(Poisson(z) <= K - 2) > 1.
pub fn window(z: (f64, f64), phi: (f64, f64)) -> Curve {
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
    lower.into_iter().filter(|(at, _)| (z.0..=z.1).contains(at)).collect()
}

/// The mean degrees between which global cascades are possible, if there are any.
pub fn edges(largest_degree: u32) -> Option<(f64, f64)> {
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
    let holds = |z: f64| excess(z) > 0.0;
    Some((edge(best, 0.0, 60, holds), edge(best, 10.0 * f64::from(largest_degree + 2), 60, holds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_the_edges_of_the_cascade_condition() {
        // Solutions of z P(Poisson(z) <= K - 2) = 1, to four digits.
        for (largest_degree, low, high) in [
            (4, 1.1141, 3.8631),
            (5, 1.0207, 5.7647),
            (6, 1.0037, 7.4771),
            (7, 1.0006, 9.0970),
            (8, 1.0001, 10.6574),
            (9, 1.0, 12.1750),
            (10, 1.0, 13.6593),
            (11, 1.0, 15.117),
        ] {
            let (found_low, found_high) = edges(largest_degree).expect("there is a window");
            assert!((found_low - low).abs() < 6e-5 && (found_high - high).abs() < 6e-5, "{found_low} {found_high}");
        }
        assert_eq!(edges(3), None);
        assert!(window((0.5, 14.0), (0.1, 0.3)).iter().all(|(_, phi)| *phi <= 0.25));
    }

    #[test]
    fn a_single_adopter_sets_off_as_much_as_the_table_says() {
        // z, often, vulnerable cluster, often from the best connected tenth; phi = 0.18 (PAPERS: derived, confirmed by brute force).
        let table = [
            (1.2, 0.2798, 0.2785, 0.6589),
            (1.5, 0.5489, 0.5444, 0.9380),
            (2.0, 0.7542, 0.7377, 0.9953),
            (3.0, 0.8735, 0.7896, 0.9990),
            (4.0, 0.8653, 0.6526, 0.9948),
            (5.0, 0.6953, 0.3680, 0.9141),
            (5.5, 0.3761, 0.1477, 0.5888),
            (5.7, 0.1144, 0.0385, 0.1970),
        ];
        let phi = Thresholds::Share(0.18);
        for (z, expected, cluster, from_top) in table {
            let degrees = Degrees::poisson(z);
            let found =
                [often(&degrees, &phi), vulnerable_cluster(&degrees, &phi), often_from_top(&degrees, &phi, 0.1)];
            for (found, expected) in found.into_iter().zip([expected, cluster, from_top]) {
                assert!((found - expected).abs() < 6e-5, "z = {z}: {found}, expected {expected}");
            }
        }
        for z in [0.9, 8.0] {
            assert_eq!(often(&Degrees::poisson(z), &phi), 0.0);
        }
    }

    #[test]
    fn normal_thresholds_widen_the_window() {
        // PAPERS: mean 0.18, sd 0.05: 1.057 to 7.870; mean 0.2, sd 0.05: 1.099 to 6.152.
        for (mean, low, high) in [(0.18, 1.057, 7.870), (0.2, 1.099, 6.152)] {
            let law = Thresholds::Normal { mean, sd: 0.05 };
            let holds = |z: f64| spread(&Degrees::poisson(z), &law) > 1.0;
            let (found_low, found_high) = (edge(3.0, 0.5, 40, holds), edge(3.0, 30.0, 40, holds));
            assert!((found_low - low).abs() < 6e-4 && (found_high - high).abs() < 6e-4, "{found_low} {found_high}");
        }
    }
}
