//! Where one source is enough: the agents from which a cascade can start at all.

use super::component::components;
use crate::network::csr::Network;

/// Share of all agents in the largest cluster of vulnerable ones: agents that one exposure convinces (`needed` is 1),
/// connected by ties among themselves in either direction. 0 without any; NaN without agents.
///
/// Global cascades from one agent need this cluster to be a finite share of the network. Source: Watts 2002.
pub fn vulnerable_cluster(network: &Network, needed: &[u32]) -> f64 {
    let n = network.agents();
    assert_eq!(needed.len(), n, "what each agent needs");
    let vulnerable = |agent: usize| needed[agent] == 1 && network.degree(agent) > 0;
    let among = (0..n).filter(|&hearer| vulnerable(hearer)).flat_map(|hearer| {
        let speakers = network.hears(hearer).iter().filter(|&&speaker| vulnerable(speaker as usize));
        speakers.map(move |&speaker| (speaker, hearer as u32))
    });
    let clusters = components(&Network::from_ties(n, among, false).0);
    let mut sizes = vec![0u32; clusters.count()];
    (0..n).filter(|&agent| vulnerable(agent)).for_each(|agent| sizes[clusters.of[agent] as usize] += 1);
    f64::from(sizes.into_iter().max().unwrap_or(0)) / n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::needed;
    use crate::network::measure::tests::ring;
    use crate::network::{Density, Maker, make};
    use crate::rng::Stream;

    #[test]
    fn hubs_cut_the_vulnerable_apart() {
        // A path of seven whose middle is also tied to three leaves: at a third, only the middle (degree 5) holds out.
        let ties = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (3, 7), (3, 8), (3, 9)];
        let network = Network::from_ties(10, ties, true).0;
        let at = |phi| vulnerable_cluster(&network, &needed(&network, |_| phi));
        assert_eq!((at(1.0 / 3.0), at(0.2), at(0.6)), (0.3, 1.0, 0.1));
        let circle = ring(50, 2);
        assert_eq!(vulnerable_cluster(&circle, &needed(&circle, |_| 0.5)), 1.0);
        assert_eq!(vulnerable_cluster(&circle, &needed(&circle, |_| 0.51)), 0.0);
    }

    /// Watts 2002 at phi = .18, from the equation for n without end. n = 50 000, one network each: the largest cluster's
    /// share has a standard deviation of about .002 to .004 away from the edges (.01 at z = 1.2); tolerance four of them.
    #[test]
    fn the_giant_vulnerable_cluster_is_as_large_as_the_equation_says() {
        for (z, share, tolerance) in [
            (1.2, 0.2785, 0.04),
            (1.5, 0.5444, 0.02),
            (2.0, 0.7377, 0.012),
            (3.0, 0.7896, 0.012),
            (4.0, 0.6526, 0.015),
            (5.0, 0.3680, 0.03),
        ] {
            let maker = Maker::Random(Density::MeanDegree(z));
            let network = make(&maker, 50_000, &mut Stream::from_seed(7)).expect("a random network").network;
            let found = vulnerable_cluster(&network, &needed(&network, |_| 0.18));
            assert!((found - share).abs() < tolerance, "z = {z}: {found} is not {share}");
        }
    }
}
