//! How many ties apart agents are.

use crate::network::csr::Network;
use crate::rng::Stream;

/// Mean number of ties on a shortest path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLength {
    /// Mean over ordered pairs of different agents of which the first can reach the second; NaN when there is none.
    pub mean: f64,
    /// Share of ordered pairs that are connected by a path.
    pub connected: f64,
    /// The longest of the shortest paths found.
    pub longest: u32,
    /// Agents from which distances were measured; fewer than all when the mean is an estimate.
    pub sampled: u32,
    /// Whether distances from all agents were measured.
    pub exact: bool,
}

/// Path length along the direction of speech; in a mutual network direction does not matter.
///
/// Breadth-first from every agent when that takes at most `work` steps (agents x (agents + ties)), else from as many
/// agents, drawn without repeats, as `work` allows, at least one. A thousand agents with ten neighbours take 1.1e7 steps,
/// and 1e9 steps some seconds.
pub fn path_length(network: &Network, work: u64, rng: &mut Stream) -> PathLength {
    let n = network.agents();
    let each = (n + network.ties()).max(1) as u64;
    let sampled = (work / each).clamp(1, n.max(1) as u64) as usize;
    let exact = sampled >= n;
    let mut ends: Vec<u32> = (0..n as u32).collect();
    if !exact {
        ends = rng.sample(&ends, sampled);
    }
    // Rows list speakers: the search runs from the hearer back to everybody whose words can reach it. Over all pairs
    // that is the same mean, and it saves turning the network round.
    let mut reached = vec![0u32; n];
    let mut queue: Vec<u32> = Vec::with_capacity(n);
    let (mut sum, mut pairs, mut longest) = (0u64, 0u64, 0);
    for (round, &end) in ends.iter().enumerate() {
        let stamp = round as u32 + 1;
        queue.clear();
        queue.push(end);
        reached[end as usize] = stamp;
        let (mut head, mut distance) = (0, 0);
        while head < queue.len() {
            let level_end = queue.len();
            sum += distance * (level_end - head) as u64;
            longest = longest.max(distance);
            distance += 1;
            while head < level_end {
                for &speaker in network.hears(queue[head] as usize) {
                    if reached[speaker as usize] != stamp {
                        reached[speaker as usize] = stamp;
                        queue.push(speaker);
                    }
                }
                head += 1;
            }
        }
        pairs += queue.len() as u64 - 1;
    }
    let possible = ends.len() as f64 * n.saturating_sub(1) as f64;
    PathLength {
        mean: sum as f64 / pairs as f64,
        connected: pairs as f64 / possible,
        longest: longest as u32,
        sampled: ends.len() as u32,
        exact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_n_has_mean_distance_a_third_of_n_plus_one() {
        let chain = Network::from_ties(10, (0..9).map(|i| (i, i + 1)), true).0;
        let found = path_length(&chain, u64::MAX, &mut Stream::from_seed(0));
        assert!((found.mean - 11.0 / 3.0).abs() < 1e-12);
        assert_eq!((found.longest, found.exact, found.connected), (9, true, 1.0));
    }

    #[test]
    fn words_travel_one_way_only() {
        let chain = Network::from_ties(3, [(0, 1), (1, 2)], false).0;
        let found = path_length(&chain, u64::MAX, &mut Stream::from_seed(0));
        assert!((found.mean - 4.0 / 3.0).abs() < 1e-12);
        assert_eq!(found.connected, 0.5);
    }

    #[test]
    fn a_sample_says_that_it_is_one() {
        let circle = Network::from_ties(1001, (0..1001).map(|i| (i, (i + 1) % 1001)), true).0;
        let found = path_length(&circle, 30_000, &mut Stream::from_seed(0));
        assert_eq!((found.sampled, found.exact), (9, false));
        assert_eq!(found.mean, 250.5); // every agent of a circle sees the same distances
    }
}
