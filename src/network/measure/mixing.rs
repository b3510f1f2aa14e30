//! Whether ties join agents that are alike.

use super::pearson;
use crate::network::csr::Network;

/// Share of ties that join agents of the same category; NaN without ties.
pub fn same_share(network: &Network, category: &[u32]) -> f64 {
    Mixing::of(network, category).same
}

/// Newman's assortativity of a category, at most 1: (share of ties within - share expected) / (1 - share expected).
/// NaN when everybody tied is of one category. Directed ties count as they are. Source: Newman 2003, eq. 2.
pub fn assortativity(network: &Network, category: &[u32]) -> f64 {
    let mixing = Mixing::of(network, category);
    (mixing.same - mixing.expected) / (1.0 - mixing.expected)
}

/// Modularity of the division into categories: share of ties within, minus the share expected from the degrees alone.
/// Source: Newman and Girvan 2004; for directed ties Leicht and Newman 2008.
pub fn modularity(network: &Network, category: &[u32]) -> f64 {
    let mixing = Mixing::of(network, category);
    mixing.same - mixing.expected
}

/// Pearson correlation of a number at the two ends of ties; ties with a missing number (NaN) at an end do not count.
/// NaN when it does not vary.
pub fn numeric_assortativity(network: &Network, number: &[f64]) -> f64 {
    assert_eq!(number.len(), network.agents(), "one number for each agent");
    let ends = (0..network.agents())
        .flat_map(|i| network.hears(i).iter().map(move |&j| (number[j as usize], number[i])))
        .filter(|(x, y)| !x.is_nan() && !y.is_nan());
    pearson(ends)
}

/// The different values of a column as categories 0, 1, ..., by ascending value; missing numbers (NaN) are the last.
pub fn categories(number: &[f64]) -> Vec<u32> {
    let mut different: Vec<f64> = number.iter().copied().filter(|value| !value.is_nan()).collect();
    different.sort_by(f64::total_cmp);
    different.dedup_by(|a, b| a == b);
    let place = |value: &f64| {
        if value.is_nan() { different.len() } else { different.partition_point(|other| other < value) }
    };
    number.iter().map(|value| place(value) as u32).collect()
}

struct Mixing {
    same: f64,
    expected: f64,
}

impl Mixing {
    fn of(network: &Network, category: &[u32]) -> Self {
        assert_eq!(category.len(), network.agents(), "one category for each agent");
        let kinds = category.iter().max().map_or(0, |&most| most as usize + 1);
        let (mut speaks, mut hears) = (vec![0u64; kinds], vec![0u64; kinds]);
        let mut same = 0u64;
        for (i, &own) in category.iter().enumerate() {
            for &j in network.hears(i) {
                let other = category[j as usize];
                speaks[other as usize] += 1;
                hears[own as usize] += 1;
                same += u64::from(own == other);
            }
        }
        let ties = network.ties() as f64;
        let expected = speaks.iter().zip(&hears).map(|(&a, &b)| (a as f64 / ties) * (b as f64 / ties)).sum();
        Mixing { same: same as f64 / ties, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_separate_pairs_are_perfectly_assorted() {
        let network = Network::from_ties(4, [(0, 1), (2, 3)], true).0;
        assert_eq!(assortativity(&network, &[0, 0, 1, 1]), 1.0);
        assert_eq!(modularity(&network, &[0, 0, 1, 1]), 0.5);
        assert_eq!(assortativity(&network, &[0, 1, 0, 1]), -1.0);
        assert_eq!(same_share(&network, &[0, 0, 0, 1]), 0.5);
        assert_eq!(categories(&[2.5, f64::NAN, -1.0, 2.5, 0.0, -0.0]), [2, 3, 0, 2, 1, 1]);
        assert!((numeric_assortativity(&network, &[1.0, 1.0, 5.0, 5.0]) - 1.0).abs() < 1e-12);
    }
}
