//! What passes along each tie with some chance, once: bond percolation, independent cascades, epidemics. Source: Newman 2002,
//! Spread of epidemic disease on networks, Phys. Rev. E 66:016128.
//!
//! With G(x) the sum over k of p(k) x^k and H(x) the same for the further neighbours of one met along a tie, and T the chance that
//! a tie carries, u = H(1 - T + T u) is the chance that a tie leads to no large outbreak, and the size of one is 1 - G(1 - T + T u).
//! When all are contagious equally long, that is also how often one random agent starts a large outbreak; when times differ, it
//! happens less often, because the ties of one agent then carry together or not at all.

use super::degrees::Degrees;
use super::solve::fixed_point;
use crate::stats::pow;

/// The share that a large outbreak reaches where each tie carries with chance `carries`.
pub fn size(degrees: &Degrees, carries: f64) -> f64 {
    if carries * degrees.excess() <= 1.0 {
        return 0.0;
    }
    let u = fixed_point(0.0, |u| degrees.generating_met(1.0 - carries + carries * u));
    1.0 - degrees.generating(1.0 - carries + carries * u)
}

/// The chance of a tie to carry above which large outbreaks are possible.
pub fn threshold(degrees: &Degrees) -> f64 {
    1.0 / degrees.excess()
}

/// The chance that a tie carries at all when it does so with chance `reach` in each step, and its speaker stops with chance
/// `leave` at the end of each step.
pub fn carries(reach: f64, leave: f64) -> f64 {
    1.0 - leave * (1.0 - reach) / (1.0 - (1.0 - leave) * (1.0 - reach))
}

/// How often one random agent starts a large outbreak in that case.
pub fn often(degrees: &Degrees, reach: f64, leave: f64) -> f64 {
    if carries(reach, leave) * degrees.excess() <= 1.0 {
        return 0.0;
    }
    // The chances to speak for 1, 2, ... steps, and that a tie has not carried by then.
    let mut times = Vec::new();
    let mut left = 1.0;
    while left > 1e-12 && times.len() < 10_000 {
        times.push((left * leave, pow(1.0 - reach, (times.len() + 1) as f64)));
        left *= 1.0 - leave;
    }
    let over = |of: &dyn Fn(f64) -> f64| times.iter().map(|&(chance, silent)| chance * of(silent)).sum::<f64>() + left;
    let v = fixed_point(0.0, |v| over(&|silent| degrees.generating_met(silent + (1.0 - silent) * v)));
    1.0 - over(&|silent| degrees.generating(silent + (1.0 - silent) * v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giant_components_have_the_sizes_of_erdos_and_renyi() {
        for (z, expected) in [(1.5, 0.58281), (2.0, 0.79681), (4.0, 0.98017)] {
            assert!((size(&Degrees::poisson(z), 1.0) - expected).abs() < 6e-6, "z = {z}");
            // A Poisson network of which a share of the ties carries is one of fewer ties.
            assert!((size(&Degrees::poisson(2.0 * z), 0.5) - expected).abs() < 6e-6, "z = {z}");
        }
    }

    #[test]
    fn outbreaks_begin_above_one_over_the_further_neighbours() {
        assert!((threshold(&Degrees::poisson(4.0)) - 0.25).abs() < 1e-12);
        assert!((threshold(&Degrees::regular(5.0)) - 0.25).abs() < 1e-12);
        assert_eq!(size(&Degrees::poisson(4.0), 0.25), 0.0);
        assert!(size(&Degrees::regular(5.0), 0.26) > 0.0);
    }

    #[test]
    fn times_that_differ_make_outbreaks_rarer_not_smaller() {
        let degrees = Degrees::poisson(4.0);
        assert!((carries(0.3, 1.0) - 0.3).abs() < 1e-15);
        assert!((often(&degrees, 0.5, 1.0) - size(&degrees, 0.5)).abs() < 1e-9, "one step for all");
        let long = carries(0.05, 0.05);
        assert!((long - 0.05 / (1.0 - 0.95 * 0.95)).abs() < 1e-12);
        let (found, same) = (often(&degrees, 0.05, 0.05), size(&degrees, long));
        assert!(found < same - 0.05 && found > 0.3, "{found} {same}");
    }
}
