//! Through whom the shortest paths between others run.

use crate::network::csr::Network;
use crate::rng::Stream;

/// For each agent the share of shortest paths between two others that run through it, 0 to 1: for every ordered pair the
/// share of its shortest paths, averaged over all pairs, also those without a path. Along the direction of speech. 0 with
/// fewer than three agents.
///
/// Exact when the search from every agent takes at most `work` steps (agents x (agents + ties)); else from as many pivots,
/// drawn without repeats, as `work` allows, at least one, scaled up. Four thousand agents with ten neighbours take 1.8e8
/// steps, a second or two. Source: Freeman 1977; Brandes 2001; pivots: Brandes and Pich 2007.
pub fn betweenness(network: &Network, work: u64, rng: &mut Stream) -> Vec<f64> {
    let n = network.agents();
    let each = (n + network.ties()).max(1) as u64;
    let sampled = (work / each).clamp(1, n.max(1) as u64) as usize;
    let mut ends: Vec<u32> = (0..n as u32).collect();
    if sampled < n {
        ends = rng.sample(&ends, sampled);
    }
    let mut through = vec![0.0; n];
    let mut search = Search::new(n);
    for &end in &ends {
        search.from(network, end, &mut through);
    }
    let pairs = ends.len() as f64 / n as f64 * (n as f64 - 1.0) * (n as f64 - 2.0);
    through.iter_mut().for_each(|share| *share = if pairs > 0.0 { *share / pairs } else { 0.0 });
    through
}

/// Breadth-first from one hearer back to everybody whose words can reach it, with the number of shortest paths.
struct Search {
    queue: Vec<u32>,
    distance: Vec<u32>,
    paths: Vec<f64>,
    /// What an agent passes on, of all paths to the end from those behind it.
    passed: Vec<f64>,
}

const UNSEEN: u32 = u32::MAX;

impl Search {
    fn new(n: usize) -> Self {
        Search { queue: Vec::with_capacity(n), distance: vec![UNSEEN; n], paths: vec![0.0; n], passed: vec![0.0; n] }
    }

    fn from(&mut self, network: &Network, end: u32, through: &mut [f64]) {
        self.queue.clear();
        self.queue.push(end);
        self.distance[end as usize] = 0;
        self.paths[end as usize] = 1.0;
        let mut head = 0;
        while head < self.queue.len() {
            let agent = self.queue[head] as usize;
            head += 1;
            for &speaker in network.hears(agent) {
                let speaker = speaker as usize;
                if self.distance[speaker] == UNSEEN {
                    self.distance[speaker] = self.distance[agent] + 1;
                    self.queue.push(speaker as u32);
                }
                if self.distance[speaker] == self.distance[agent] + 1 {
                    self.paths[speaker] += self.paths[agent];
                }
            }
        }
        for &agent in self.queue.iter().rev() {
            let agent = agent as usize;
            let mut passed = 0.0;
            for &speaker in network.hears(agent) {
                let speaker = speaker as usize;
                if self.distance[speaker] == self.distance[agent] + 1 {
                    passed += self.paths[agent] / self.paths[speaker] * (1.0 + self.passed[speaker]);
                }
            }
            self.passed[agent] = passed;
            if agent != end as usize {
                through[agent] += passed;
            }
        }
        for &agent in &self.queue {
            let agent = agent as usize;
            (self.distance[agent], self.paths[agent], self.passed[agent]) = (UNSEEN, 0.0, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::{close, karate, random};

    fn exactly(network: &Network) -> Vec<f64> {
        betweenness(network, u64::MAX, &mut Stream::from_seed(0))
    }

    /// From the definition: all distances and numbers of paths, then every pair and everybody between.
    fn by_definition(network: &Network) -> Vec<f64> {
        let n = network.agents();
        let far = 1 << 20;
        let mut distance = vec![vec![far; n]; n];
        let mut paths = vec![vec![0.0; n]; n];
        for start in 0..n {
            distance[start][start] = 0;
            paths[start][start] = 1.0;
            for step in 0..n {
                for hearer in 0..n {
                    if distance[start][hearer] < far {
                        continue;
                    }
                    let before = network.hears(hearer).iter().filter(|&&j| distance[start][j as usize] == step);
                    let ways: f64 = before.map(|&j| paths[start][j as usize]).sum();
                    if ways > 0.0 {
                        (distance[start][hearer], paths[start][hearer]) = (step + 1, ways);
                    }
                }
            }
        }
        let between = |v: usize| {
            let mut sum = 0.0;
            for s in 0..n {
                for t in 0..n {
                    let apart = s != t && s != v && t != v && distance[s][t] < far;
                    if apart && distance[s][v] + distance[v][t] == distance[s][t] {
                        sum += paths[s][v] * paths[v][t] / paths[s][t];
                    }
                }
            }
            sum / ((n - 1) * (n - 2)) as f64
        };
        (0..n).map(between).collect()
    }

    #[test]
    fn the_instructor_stands_between_most_of_the_karate_club() {
        let found = exactly(&karate());
        // As published with networkx 3 for the club without weights.
        for (agent, share) in [
            (0, 0.437_635_281),
            (33, 0.304_074_976),
            (32, 0.145_247_114),
            (2, 0.143_656_806),
            (31, 0.138_275_613),
            (11, 0.0),
        ] {
            assert!((found[agent] - share).abs() < 1e-8, "agent {agent}: {}", found[agent]);
        }
        close(&found, &by_definition(&karate()), 1e-12);
    }

    #[test]
    fn directed_paths_count_along_speech() {
        for seed in 0..10 {
            let both = random(25, 40, seed);
            // Some ties are left out one way, some both ways.
            let ties = both
                .sources()
                .iter()
                .copied()
                .zip(both.hearers())
                .filter(|(from, to)| !(2 * from + to).is_multiple_of(3));
            let one_way = Network::from_ties(25, ties, false).0;
            close(&exactly(&both), &by_definition(&both), 1e-12);
            close(&exactly(&one_way), &by_definition(&one_way), 1e-12);
        }
        let chain = Network::from_ties(3, [(0, 1), (1, 2)], false).0;
        assert_eq!(exactly(&chain), [0.0, 0.5, 0.0]);
    }

    #[test]
    fn pivots_give_all_of_a_circle_alike() {
        let circle = Network::from_ties(101, (0..101).map(|i| (i, (i + 1) % 101)), true).0;
        let whole = exactly(&circle);
        let some = betweenness(&circle, 303 * 20, &mut Stream::from_seed(1));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / 101.0;
        // Every pivot has the same sum over all agents, so the mean of an estimate is exact.
        assert!((mean(&whole) - mean(&some)).abs() < 1e-12);
        assert!(some.iter().any(|share| *share != whole[0]));
    }
}
