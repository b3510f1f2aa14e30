//! Importance that comes from the importance of one's hearers.

use super::mutual;
use crate::network::csr::Network;

/// Share of its importance that an agent passes on over its ties; the rest is everybody's alike.
pub const DAMPING: f64 = 0.85;
/// The ranks are taken as found when a round moves less than this share of the whole.
const STILL: f64 = 1e-12;
/// Rounds after which what was found is returned: networks with nearly equal halves settle slowly.
const ROUNDS: u32 = 10_000;

/// PageRank, a share of 1 for each agent: everybody passes its rank on to those it hears, in equal parts, and one who
/// hears nobody to all. Those who are heard by many, who are themselves heard, have most. Source: Brin and Page 1998.
pub fn pagerank(network: &Network) -> Vec<f64> {
    let n = network.agents();
    let mut rank = vec![1.0 / n as f64; n];
    let mut next = vec![0.0; n];
    for _ in 0..ROUNDS {
        let silent: f64 = (0..n).filter(|&agent| network.degree(agent) == 0).map(|agent| rank[agent]).sum();
        next.fill((1.0 - DAMPING + DAMPING * silent) / n as f64);
        for (agent, passed) in rank.iter().enumerate() {
            let part = DAMPING * passed / network.degree(agent) as f64;
            network.hears(agent).iter().for_each(|&speaker| next[speaker as usize] += part);
        }
        std::mem::swap(&mut rank, &mut next);
        if moved(&rank, &next) < STILL {
            break;
        }
    }
    rank
}

/// Eigenvector centrality: in proportion to the sum of that of one's neighbours, with squares that add up to 1. Directed
/// ties as if they went both ways. Among several components only that with the largest eigenvalue is above 0.
/// Source: Bonacich 1972.
pub fn eigenvector(network: &Network) -> Vec<f64> {
    let network = mutual(network);
    let n = network.agents();
    let mut value = vec![(1.0 / n as f64).sqrt(); n];
    let mut next = vec![0.0; n];
    for _ in 0..ROUNDS {
        for agent in 0..n {
            // Its own value keeps networks of two sides from swinging between them, and changes no eigenvector.
            next[agent] = value[agent] + network.hears(agent).iter().map(|&j| value[j as usize]).sum::<f64>();
        }
        let length = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        next.iter_mut().for_each(|x| *x /= length);
        std::mem::swap(&mut value, &mut next);
        if moved(&value, &next) < STILL {
            break;
        }
    }
    value
}

fn moved(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::{close, karate};

    #[test]
    fn the_president_ranks_first_in_the_karate_club() {
        let found = pagerank(&karate());
        // As published with networkx for the club without weights.
        for (agent, rank) in [(33, 0.100_918), (0, 0.097_002), (32, 0.071_692), (2, 0.057_078), (1, 0.052_878)] {
            assert!((found[agent] - rank).abs() < 1e-5, "agent {agent}: {}", found[agent]);
        }
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // It solves its own equation.
        let club = karate();
        let of = |agent: usize| {
            0.15 / 34.0
                + 0.85
                    * club.hears(agent).iter().map(|&j| found[j as usize] / club.degree(j as usize) as f64).sum::<f64>()
        };
        close(&found, &(0..34).map(of).collect::<Vec<_>>(), 1e-11);
    }

    #[test]
    fn eigenvector_centrality_solves_its_equation() {
        let club = karate();
        let found = eigenvector(&club);
        for (agent, value) in [(33, 0.373_363), (0, 0.355_491), (2, 0.317_192)] {
            assert!((found[agent] - value).abs() < 1e-5, "agent {agent}: {}", found[agent]);
        }
        // The largest eigenvalue of the club's matrix.
        let sums: Vec<f64> = (0..34).map(|i| club.hears(i).iter().map(|&j| found[j as usize]).sum()).collect();
        close(&sums, &found.iter().map(|x| 6.725_697_73 * x).collect::<Vec<_>>(), 1e-7);
    }

    #[test]
    fn rank_flows_to_those_who_are_heard() {
        // 1 and 2 hear 0; 0 hears nobody: its rank goes to all.
        let star = Network::from_ties(3, [(0, 1), (0, 2)], false).0;
        let found = pagerank(&star);
        // r = .05 + .85 s / 3 for the leaves, s = .05 + .85 s / 3 + 1.7 r, with s + 2 r = 1.
        let r = found[1];
        assert!((found[0] + 2.0 * r - 1.0).abs() < 1e-12 && (r - (0.05 + 0.85 * found[0] / 3.0)).abs() < 1e-12);
        let even = Network::from_ties(6, (0..6).map(|i| (i, (i + 1) % 6)), true).0;
        close(&pagerank(&even), &[1.0 / 6.0; 6], 1e-12);
        close(&eigenvector(&even), &[(1.0f64 / 6.0).sqrt(); 6], 1e-12);
    }
}
