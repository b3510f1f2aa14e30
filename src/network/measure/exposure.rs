//! How many exposures meet a threshold: in exact numbers, as the engine and the measures count them.

use crate::network::csr::Network;

/// The fewest exposures that meet a threshold, 0 when no number of them does (or there is nobody to hear).
///
/// A share is compared by division, so that 3 of 10 meets 0.3: need is the least m with m / degree >= threshold.
#[inline]
pub fn needed_of_share(threshold: f64, degree: u32) -> u32 {
    let possible = degree > 0 && threshold <= 1.0;
    // What is below the product, if that meets the threshold, else one more: the product is never further off.
    let below = (threshold * f64::from(degree)) as u32;
    let needed = below.saturating_add(u32::from(f64::from(below) / f64::from(degree) < threshold)).max(1);
    if possible { needed } else { 0 }
}

/// The fewest exposures that meet a count, 0 when no number of them does.
pub fn needed_of_count(threshold: f64) -> u32 {
    if threshold.is_nan() || threshold > f64::from(u32::MAX) { 0 } else { threshold.ceil().max(1.0) as u32 }
}

/// For each agent the fewest exposures that meet its threshold: one below 1 is a share of those it hears, one of 1 or more
/// is their number. 0: no number does.
pub fn needed(network: &Network, threshold: impl Fn(usize) -> f64) -> Vec<u32> {
    let of_agent = |agent: usize| match threshold(agent) {
        share if share < 1.0 => needed_of_share(share, network.degree(agent) as u32),
        count => needed_of_count(count),
    };
    (0..network.agents()).map(of_agent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_met_exactly_where_division_says_so() {
        // 13 pairs of a whole percent and a degree up to 100 come out wrong by ceil(threshold * degree).
        let mut naive_is_wrong = 0;
        for percent in 1..=100u32 {
            let threshold = f64::from(percent) / 100.0;
            for degree in 1..=100u32 {
                let exact = (percent * degree).div_ceil(100).max(1);
                assert_eq!(needed_of_share(threshold, degree), exact, "{percent} % of {degree}");
                naive_is_wrong += u32::from((threshold * f64::from(degree)).ceil() as u32 != exact);
            }
        }
        assert_eq!(naive_is_wrong, 13);
        assert_eq!((needed_of_share(0.3, 0), needed_of_share(1.01, 5), needed_of_share(-1.0, 5)), (0, 0, 1));
        assert_eq!(
            (needed_of_count(2.0), needed_of_count(1.5), needed_of_count(-3.0), needed_of_count(f64::INFINITY)),
            (2, 2, 1, 0)
        );
    }

    #[test]
    fn no_threshold_next_to_a_quotient_is_taken_for_it() {
        for degree in [1u32, 3, 7, 10, 49, 1000] {
            let least = |threshold: f64| (1..=degree).find(|&m| f64::from(m) / f64::from(degree) >= threshold);
            for exposures in 0..=degree {
                let exact = f64::from(exposures) / f64::from(degree);
                for threshold in [exact, exact.next_up(), exact.next_down(), exact + 1e-12, exact - 1e-12] {
                    let needed = needed_of_share(threshold, degree);
                    assert_eq!(needed, least(threshold).unwrap_or(0), "{threshold} of {degree}");
                }
            }
        }
        let (most, threshold) = (u32::MAX, 0.999_999_999f64);
        let needed = f64::from(needed_of_share(threshold, most));
        assert!(needed / f64::from(most) >= threshold && (needed - 1.0) / f64::from(most) < threshold);
    }

    #[test]
    fn a_threshold_below_one_is_a_share() {
        let star = Network::from_ties(5, (1..5).map(|i| (0, i)), true).0;
        assert_eq!(needed(&star, |_| 0.5), [2, 1, 1, 1, 1]);
        assert_eq!(needed(&star, |agent| agent as f64), [1, 1, 2, 3, 4]);
    }
}
