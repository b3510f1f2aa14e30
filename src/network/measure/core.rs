//! How deep in the network agents sit: cores and shells.

use super::mutual;
use crate::network::csr::Network;

/// For each agent the k of its shell: the largest k such that it belongs to the k-core, the largest set of agents of whom
/// each has at least k neighbours in the set. 0 without neighbours. Directed ties as if they went both ways.
///
/// Agents are taken away in the order of the neighbours they have left, in one pass over the ties.
/// Source: Seidman 1983; Batagelj and Zaversnik 2003. As a rank of spreaders: Kitsak et al. 2010.
pub fn k_shell(network: &Network) -> Vec<u32> {
    let network = mutual(network);
    let n = network.agents();
    let mut left: Vec<u32> = (0..n).map(|agent| network.degree(agent) as u32).collect();
    let most = left.iter().copied().max().unwrap_or(0) as usize;
    // Agents sorted by neighbours left; `start[d]` is where those with d begin.
    let mut start = vec![0usize; most + 2];
    left.iter().for_each(|&degree| start[degree as usize + 1] += 1);
    (0..=most).for_each(|degree| start[degree + 1] += start[degree]);
    let mut next = start.clone();
    let (mut order, mut place) = (vec![0u32; n], vec![0usize; n]);
    for agent in 0..n {
        let at = &mut next[left[agent] as usize];
        order[*at] = agent as u32;
        place[agent] = *at;
        *at += 1;
    }
    for at in 0..n {
        let agent = order[at] as usize;
        for &other in network.hears(agent) {
            let other = other as usize;
            if left[other] <= left[agent] {
                continue;
            }
            // It changes places with the first of its kind, which thereby becomes one of the kind below.
            let first = &mut start[left[other] as usize];
            let swapped = order[*first] as usize;
            order.swap(place[other], *first);
            place[swapped] = place[other];
            place[other] = *first;
            *first += 1;
            left[other] -= 1;
        }
    }
    left
}

/// Share of agents in the k-core, 0 to 1; NaN without agents.
pub fn core_size(network: &Network, k: f64) -> f64 {
    let shells = k_shell(network);
    shells.iter().filter(|&&shell| f64::from(shell) >= k).count() as f64 / shells.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::{karate, random};

    /// From the definition: take away whoever has fewer than k neighbours left, until nobody has.
    fn by_peeling(network: &Network) -> Vec<u32> {
        let n = network.agents();
        let mut shell = vec![0; n];
        for k in 1..n as u32 {
            let mut inside = vec![true; n];
            loop {
                let left = |i: usize| network.hears(i).iter().filter(|&&j| inside[j as usize]).count() as u32;
                let Some(gone) = (0..n).find(|&i| inside[i] && left(i) < k) else { break };
                inside[gone] = false;
            }
            (0..n).filter(|&i| inside[i]).for_each(|i| shell[i] = k);
        }
        shell
    }

    #[test]
    fn ten_of_the_karate_club_are_in_its_innermost_core() {
        let shells = k_shell(&karate());
        let innermost: Vec<usize> = (0..34).filter(|&agent| shells[agent] == 4).collect();
        assert_eq!(innermost, [0, 1, 2, 3, 7, 8, 13, 30, 32, 33]);
        assert_eq!(shells.iter().max(), Some(&4));
        assert_eq!(shells[11], 1);
        assert_eq!(shells, by_peeling(&karate()));
        assert_eq!(core_size(&karate(), 4.0), 10.0 / 34.0);
    }

    #[test]
    fn shells_are_what_peeling_leaves() {
        for seed in 0..20 {
            let network = random(60, 30 + 10 * seed as usize, seed);
            assert_eq!(k_shell(&network), by_peeling(&network), "seed {seed}");
        }
    }

    #[test]
    fn agents_without_ties_are_in_no_core() {
        let network = Network::from_ties(5, [(0, 1), (1, 2), (0, 2)], true).0;
        assert_eq!(k_shell(&network), [2, 2, 2, 0, 0]);
        assert_eq!((core_size(&network, 2.0), core_size(&network, 3.0)), (0.6, 0.0));
    }
}
