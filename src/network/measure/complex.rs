//! Paths of what needs reinforcement: how far it is, and to whom, when one source is not enough.

use crate::network::csr::{BySpeaker, Network};
use crate::rng::{Key, Stream};

/// How a complex contagion connects a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComplexPaths {
    /// Mean ties on a shortest path among adopters, over ordered pairs of a centre and another agent that adopts when it
    /// starts there; NaN when there is none. With a need of one for all it is the mean shortest path.
    pub length: f64,
    /// Mean share of agents that adopt when it starts at one of them, its initial adopters included, 0 to 1.
    pub reach: f64,
    /// Centres tried; fewer than all when the means are estimates.
    pub sampled: u32,
    pub exact: bool,
}

/// Mean over all `n` agents of the ties on the shortest path among adopters from a centre to each agent, 0 for those who do
/// not adopt and for the centre: large where much of the network adopts, by long chains of wide bridges.
///
/// A contagion starts at the centre and at as many agents that hear it, drawn from `key`, as make up what the centre itself
/// needs (`needed`, less one; all of them where there are fewer). Everybody adopts who hears as many adopters as it needs
/// (0: never). Paths run over ties between adopters, along speech.
///
/// Source: Guilbeault and Centola 2021, complex centrality. Their released code also gives a distance to agents next to an
/// adopter that did not adopt, and takes the centre out of its own start where it has too few neighbours; here neither.
/// Costs two passes over the ties of the adopters for each agent.
pub fn complex_centrality(network: &Network, needed: &[u32], key: Key) -> Vec<f64> {
    let n = network.agents();
    let speakers = network.by_speaker();
    let mut contagion = Contagion::new(&speakers, needed);
    (0..n as u32)
        .map(|centre| contagion.from(centre, &mut key.stream(centre.into())).distance as f64 / n as f64)
        .collect()
}

/// The same over the network: from all centres when that takes at most about `work` steps (agents x (agents + ties)), else
/// from as many, drawn by `rng` without repeats, as `work` allows, at least one.
pub fn complex_paths(network: &Network, needed: &[u32], work: u64, key: Key, rng: &mut Stream) -> ComplexPaths {
    let n = network.agents();
    let each = (n + network.ties()).max(1) as u64;
    let sampled = (work / each).clamp(1, n.max(1) as u64) as usize;
    let mut centres: Vec<u32> = (0..n as u32).collect();
    let exact = sampled >= n;
    if !exact {
        centres = rng.sample(&centres, sampled);
    }
    let speakers = network.by_speaker();
    let mut contagion = Contagion::new(&speakers, needed);
    let (mut distance, mut pairs, mut adopters) = (0, 0, 0);
    for &centre in &centres {
        let reached = contagion.from(centre, &mut key.stream(centre.into()));
        distance += reached.distance;
        pairs += reached.pairs;
        adopters += reached.adopters;
    }
    ComplexPaths {
        length: distance as f64 / pairs as f64,
        reach: adopters as f64 / (centres.len() as f64 * n as f64),
        sampled: centres.len() as u32,
        exact,
    }
}

/// What started at one centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reached {
    adopters: u64,
    /// Adopters other than the centre that a path among adopters leads to, and the sum of their distances.
    pairs: u64,
    distance: u64,
}

/// Contagions on one network, one after another; marks of one are void in the next.
struct Contagion<'a> {
    speakers: &'a BySpeaker,
    needed: &'a [u32],
    round: u32,
    heard: Vec<u32>,
    heard_in: Vec<u32>,
    adopted_in: Vec<u32>,
    seen_in: Vec<u32>,
    queue: Vec<u32>,
}

impl<'a> Contagion<'a> {
    fn new(speakers: &'a BySpeaker, needed: &'a [u32]) -> Self {
        let n = needed.len();
        Contagion {
            speakers,
            needed,
            round: 0,
            heard: vec![0; n],
            heard_in: vec![0; n],
            adopted_in: vec![0; n],
            seen_in: vec![0; n],
            queue: Vec::with_capacity(n),
        }
    }

    fn from(&mut self, centre: u32, draws: &mut Stream) -> Reached {
        self.round += 1;
        self.spread(centre, draws);
        let adopters = self.queue.len() as u64;
        let (pairs, distance) = self.walk(centre);
        Reached { adopters, pairs, distance }
    }

    fn hearers(&self, agent: u32) -> &'a [u32] {
        let offsets = &self.speakers.offsets;
        &self.speakers.hearers[offsets[agent as usize] as usize..offsets[agent as usize + 1] as usize]
    }

    /// Leaves all adopters in the queue.
    fn spread(&mut self, centre: u32, draws: &mut Stream) {
        let beside = self.needed[centre as usize].saturating_sub(1) as usize;
        let hearers = self.hearers(centre);
        self.queue.clear();
        self.queue.push(centre);
        if beside >= hearers.len() {
            self.queue.extend_from_slice(hearers);
        } else if beside > 0 {
            self.queue.extend(draws.sample(hearers, beside));
        }
        for place in 0..self.queue.len() {
            self.adopted_in[self.queue[place] as usize] = self.round;
        }
        let mut head = 0;
        while head < self.queue.len() {
            let agent = self.queue[head];
            head += 1;
            for &hearer in self.hearers(agent) {
                let i = hearer as usize;
                if self.adopted_in[i] == self.round {
                    continue;
                }
                if self.heard_in[i] != self.round {
                    (self.heard_in[i], self.heard[i]) = (self.round, 0);
                }
                self.heard[i] += 1;
                if self.heard[i] == self.needed[i] {
                    self.adopted_in[i] = self.round;
                    self.queue.push(hearer);
                }
            }
        }
    }

    /// How many adopters a path among adopters leads to, and the sum of their distances.
    fn walk(&mut self, centre: u32) -> (u64, u64) {
        self.queue.clear();
        self.queue.push(centre);
        self.seen_in[centre as usize] = self.round;
        let (mut head, mut far, mut sum) = (0, 0, 0);
        while head < self.queue.len() {
            let level_end = self.queue.len();
            sum += far * (level_end - head) as u64;
            far += 1;
            while head < level_end {
                for &hearer in self.hearers(self.queue[head]) {
                    let i = hearer as usize;
                    if self.adopted_in[i] == self.round && self.seen_in[i] != self.round {
                        self.seen_in[i] = self.round;
                        self.queue.push(hearer);
                    }
                }
                head += 1;
            }
        }
        (self.queue.len() as u64 - 1, sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::{key, random, ring};
    use crate::network::measure::{needed, path_length};

    fn paths(network: &Network, threshold: f64) -> ComplexPaths {
        let needed = needed(network, |_| threshold);
        complex_paths(network, &needed, u64::MAX, key(), &mut Stream::from_seed(0))
    }

    #[test]
    fn what_needs_one_source_travels_by_shortest_paths() {
        for seed in 0..5 {
            let network = random(60, 150, seed);
            let plain = path_length(&network, u64::MAX, &mut Stream::from_seed(0));
            let found = paths(&network, 1.0);
            assert!((found.length - plain.mean).abs() < 1e-12);
            assert!((found.reach * 60.0 - (1.0 + plain.connected * 59.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn on_a_ring_paths_are_whole_up_to_half_the_neighbours() {
        // Centola and Macy 2007: on a ring with k neighbours it spreads where a <= k / 2; there every agent adopts, and
        // paths among adopters are those of the ring.
        for (a, spreads) in [(1.0, true), (2.0, true), (3.0, false)] {
            let found = paths(&ring(100, 4), a);
            let whole = path_length(&ring(100, 4), u64::MAX, &mut Stream::from_seed(0)).mean;
            assert!(found.exact);
            if spreads {
                assert_eq!((found.length, found.reach), (whole, 1.0));
            } else {
                assert!(found.reach < 0.1 && found.length < 2.0);
            }
        }
    }

    #[test]
    fn a_narrow_bridge_carries_only_what_needs_little() {
        // Two complete groups of five, joined by one tie.
        let group = |first: u32| (first..first + 5).flat_map(move |i| (first..i).map(move |j| (j, i)));
        let network = Network::from_ties(10, group(0).chain(group(5)).chain([(4, 5)]), true).0;
        assert_eq!(paths(&network, 1.0).reach, 1.0);
        let found = paths(&network, 2.0);
        // From 4 and 5 the drawn neighbour can be the one across, from whom nothing spreads but the two.
        assert!(found.reach <= 0.5 && found.reach > 0.4, "{found:?}");
        let needed = needed(&network, |_| 2.0);
        let each = complex_centrality(&network, &needed, key());
        assert_eq!(each[..4], [0.4; 4]); // four at one tie, of ten agents
    }

    #[test]
    fn nobody_adopts_who_never_does() {
        let network = ring(20, 4);
        let centrality = complex_centrality(&network, &[0; 20], key());
        assert_eq!(centrality, [0.0; 20]);
        let found = complex_paths(&network, &[0; 20], 300, key(), &mut Stream::from_seed(0));
        assert!(found.length.is_nan() && found.reach == 0.05 && found.sampled == 3 && !found.exact);
    }
}
