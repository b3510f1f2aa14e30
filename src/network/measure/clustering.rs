//! How often the neighbours of an agent are neighbours of each other.

use super::mutual;
use crate::network::csr::Network;

/// Both usual averages of clustering; they differ when degrees do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clustering {
    /// Mean over agents of the share of tied pairs among their neighbours; agents with fewer than two neighbours count 0.
    /// NaN without agents. Source: Watts and Strogatz 1998.
    pub mean_local: f64,
    /// Share of paths of two ties that are closed by a third; 0 when there is no such path.
    pub transitivity: f64,
    pub triangles: u64,
}

/// Clustering of a network, a directed one as if every tie went both ways.
///
/// Each triangle is found once, from its corner with fewest ties, so that hubs cost no more than others (Schank and
/// Wagner 2005): about ties^1.5 steps at worst.
pub fn clustering(network: &Network) -> Clustering {
    let network = mutual(network);
    let network = network.as_ref();
    let triangles = triangles_at(network);
    let (mut local, mut corners, mut paths) = (0.0, 0u64, 0u64);
    for (agent, &closed) in triangles.iter().enumerate() {
        local += share_closed(closed, network.degree(agent));
        corners += closed;
        paths += pairs_of(network.degree(agent));
    }
    Clustering {
        mean_local: local / triangles.len() as f64,
        transitivity: if paths > 0 { corners as f64 / paths as f64 } else { 0.0 },
        triangles: corners / 3,
    }
}

/// For each agent the share of pairs of its neighbours that are tied, 0 to 1; 0 with fewer than two neighbours. Directed
/// ties as if they went both ways.
pub fn local_clustering(network: &Network) -> Vec<f64> {
    let network = mutual(network);
    let network = network.as_ref();
    let triangles = triangles_at(network);
    (0..triangles.len()).map(|agent| share_closed(triangles[agent], network.degree(agent))).collect()
}

fn pairs_of(degree: usize) -> u64 {
    degree as u64 * (degree as u64).saturating_sub(1) / 2
}

fn share_closed(triangles: u64, degree: usize) -> f64 {
    match pairs_of(degree) {
        0 => 0.0,
        pairs => triangles as f64 / pairs as f64,
    }
}

/// How many triangles each agent is a corner of.
fn triangles_at(network: &Network) -> Vec<u64> {
    let n = network.agents();
    let rank = |i: u32| (network.degree(i as usize), i);
    let mut starts = Vec::with_capacity(n + 1);
    let mut upward = Vec::with_capacity(network.ties() / 2);
    starts.push(0);
    for i in 0..n {
        upward.extend(network.hears(i).iter().copied().filter(|&j| rank(j) > rank(i as u32)));
        starts.push(upward.len());
    }
    let above = |i: usize| &upward[starts[i]..starts[i + 1]];
    let mut triangles = vec![0u64; n];
    // One up, so that 0 means "not a neighbour of anybody yet".
    let mut seen_from = vec![0u32; n];
    for i in 0..n {
        let stamp = i as u32 + 1;
        for &j in above(i) {
            seen_from[j as usize] = stamp;
        }
        for &j in above(i) {
            for &k in above(j as usize) {
                if seen_from[k as usize] == stamp {
                    triangles[i] += 1;
                    triangles[j as usize] += 1;
                    triangles[k as usize] += 1;
                }
            }
        }
    }
    triangles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_averages_differ_on_a_kite() {
        // A triangle 0 1 2 with a tail 2 - 3.
        let kite = Network::from_ties(4, [(0, 1), (1, 2), (0, 2), (2, 3)], true).0;
        let found = clustering(&kite);
        assert_eq!(found.triangles, 1);
        assert!((found.mean_local - (1.0 + 1.0 + 1.0 / 3.0) / 4.0).abs() < 1e-15);
        assert_eq!(found.transitivity, 3.0 / 5.0);
        assert_eq!(local_clustering(&kite), [1.0, 1.0, 1.0 / 3.0, 0.0]);
    }

    #[test]
    fn a_complete_network_is_fully_clustered() {
        let all = Network::from_ties(6, (0..6).flat_map(|i| (0..i).map(move |j| (i, j))), true).0;
        assert_eq!(clustering(&all), Clustering { mean_local: 1.0, transitivity: 1.0, triangles: 20 });
    }
}
