//! How many neighbours agents have, and whether neighbours have alike many.

use super::{mutual, pearson};
use crate::network::csr::Network;

/// Ties per agent: the mean number of agents heard, in a mutual network the mean number of neighbours. NaN without agents.
pub fn mean_degree(network: &Network) -> f64 {
    network.ties() as f64 / network.agents() as f64
}

/// Mean of the squared degrees over the square of their mean: 1 when all are alike, large with hubs. A directed network
/// as if every tie went both ways; NaN without ties.
pub fn degree_heterogeneity(network: &Network) -> f64 {
    let network = mutual(network);
    let squares: u64 = (0..network.agents()).map(|i| (network.degree(i) as u64) * (network.degree(i) as u64)).sum();
    let ties = network.ties() as f64;
    squares as f64 * network.agents() as f64 / (ties * ties)
}

/// Pearson correlation of the degrees at the two ends of ties, -1..1. A directed network as if every tie went both ways;
/// NaN when all degrees are alike. Source: Newman 2002.
pub fn degree_assortativity(network: &Network) -> f64 {
    let network = mutual(network);
    let network = network.as_ref();
    let degree = |i: usize| network.degree(i) as f64;
    pearson((0..network.agents()).flat_map(|i| network.hears(i).iter().map(move |&j| (degree(j as usize), degree(i)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_heterogeneous_and_disassortative() {
        let star = Network::from_ties(5, (1..5).map(|i| (0, i)), true).0;
        assert_eq!(mean_degree(&star), 1.6);
        assert_eq!(degree_heterogeneity(&star), 1.5625); // 4 over the square of 1.6
        assert!((degree_assortativity(&star) + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_directed_network_is_measured_both_ways() {
        let one_way = Network::from_ties(5, (1..5).map(|i| (0, i)), false).0;
        assert_eq!(degree_heterogeneity(&one_way), degree_heterogeneity(&one_way.undirected()));
        assert_eq!(mean_degree(&one_way), 0.8);
    }
}
