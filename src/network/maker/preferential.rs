//! Growing networks, in which who has ties gets more.

use super::Made;
use super::arguments::too_few;
use crate::network::csr::Network;
use crate::network::error::{NetworkError, require_share, require_ties};
use crate::network::swap::sort_row;
use crate::rng::Stream;

pub(super) fn scale_free(n: u32, m: u32, mutual: bool, rng: &mut Stream) -> Result<Made, NetworkError> {
    check("scale_free", n, m, mutual)?;
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    let mut growth = Growth::new(n, m);
    for _ in m + 1..n {
        let begin = growth.targets.len();
        while growth.targets.len() < begin + m as usize {
            let popular = growth.popular(begin, rng);
            growth.tie_once(begin, popular);
        }
    }
    Ok(growth.into_network(mutual, rng).into())
}

pub(super) fn clustered(n: u32, m: u32, p: f64, rng: &mut Stream) -> Result<Made, NetworkError> {
    check("clustered", n, m, true)?;
    require_share("clustered", "p", p)?;
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    let mut growth = Growth::new(n, m);
    let mut followers: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    followers[0].extend(1..=m);
    for newcomer in m + 1..n {
        let begin = growth.targets.len();
        let mut drawn = 0;
        while growth.targets.len() < begin + m as usize {
            // The first tie goes to a drawn agent; so does every tie that finds no neighbour of the last drawn left.
            let friend = if growth.targets.len() > begin && rng.bernoulli(p) {
                growth.neighbour_of(drawn, begin, &followers[drawn as usize], rng)
            } else {
                None
            };
            match friend {
                Some(friend) => growth.targets.push(friend),
                None => {
                    let popular = growth.popular(begin, rng);
                    if growth.tie_once(begin, popular) {
                        drawn = popular;
                    }
                }
            }
        }
        for &target in &growth.targets[begin..] {
            followers[target as usize].push(newcomer);
        }
    }
    drop(followers);
    Ok(growth.into_network(true, rng).into())
}

fn check(maker: &'static str, n: u32, m: u32, mutual: bool) -> Result<(), NetworkError> {
    if m == 0 {
        return Err(NetworkError::argument(maker, "m", m, "1 or more ties for each newcomer"));
    }
    if n > 0 && n <= m {
        return Err(too_few(maker, n, m, "m"));
    }
    require_ties(u64::from(n.saturating_sub(m)) * u64::from(m) * if mutual { 2 } else { 1 })?;
    Ok(())
}

/// Agents in the order of their coming, each but the first with the targets of its ties: agents 1..=m one each (agent 0),
/// every later agent m.
struct Growth {
    n: u32,
    m: u32,
    targets: Vec<u32>,
}

impl Growth {
    fn new(n: u32, m: u32) -> Self {
        let mut targets = Vec::with_capacity((n - m) as usize * m as usize);
        targets.extend(std::iter::repeat_n(0, m as usize));
        Growth { n, m, targets }
    }

    /// An agent drawn in proportion to its ties among the first `count`: an end of a random tie. Half of the ends need
    /// no memory, because who came with a tie follows from the tie's number.
    #[inline]
    fn popular(&self, count: usize, rng: &mut Stream) -> u32 {
        let ends = 2 * count as u64;
        let end = if ends <= u64::from(u32::MAX) { u64::from(rng.below(ends as u32)) } else { rng.below64(ends) };
        let tie = (end / 2) as u32;
        if end % 2 == 1 {
            self.targets[tie as usize]
        } else if tie < self.m {
            tie + 1
        } else {
            tie / self.m + self.m
        }
    }

    /// Adds the target unless the newcomer, whose ties begin at `begin`, has it already.
    #[inline]
    fn tie_once(&mut self, begin: usize, target: u32) -> bool {
        let new = !self.targets[begin..].contains(&target);
        if new {
            self.targets.push(target);
        }
        new
    }

    fn own_targets(&self, agent: u32) -> &[u32] {
        let (agent, m) = (agent as usize, self.m as usize);
        match agent {
            0 => &[],
            _ if agent <= m => &self.targets[agent - 1..agent],
            _ => &self.targets[(agent - m) * m..(agent - m + 1) * m],
        }
    }

    /// A neighbour of `agent` that the newcomer is not tied to, all equally likely.
    fn neighbour_of(&self, agent: u32, begin: usize, followers: &[u32], rng: &mut Stream) -> Option<u32> {
        let own = self.own_targets(agent);
        let taken = &self.targets[begin..];
        let neighbour = |i: usize| if i < own.len() { own[i] } else { followers[i - own.len()] };
        let degree = own.len() + followers.len();
        for _ in 0..16 {
            let candidate = neighbour(rng.below(degree as u32) as usize);
            if !taken.contains(&candidate) {
                return Some(candidate);
            }
        }
        let free: Vec<u32> = (0..degree).map(neighbour).filter(|x| !taken.contains(x)).collect();
        (!free.is_empty()).then(|| free[rng.below(free.len() as u32) as usize])
    }

    /// Shuffles who is who, and lets everybody hear its targets; when mutual, be heard by them too.
    fn into_network(mut self, mutual: bool, rng: &mut Stream) -> Network {
        let n = self.n as usize;
        let mut rank: Vec<u32> = (0..self.n).collect();
        rng.shuffle(&mut rank);
        let mut agent_of = vec![0; n];
        for (agent, &rank) in rank.iter().enumerate() {
            agent_of[rank as usize] = agent as u32;
        }
        if mutual {
            return self.both_ways(&rank, &agent_of);
        }
        self.targets.iter_mut().for_each(|target| *target = agent_of[*target as usize]);
        let mut offsets = Vec::with_capacity(n + 1);
        let mut sources = Vec::with_capacity(self.targets.len());
        offsets.push(0);
        // Fetching and sorting apart: the fetches, from all over the memory, then overlap.
        for rank in rank {
            sources.extend_from_slice(self.own_targets(rank));
            offsets.push(sources.len() as u32);
        }
        for row in offsets.windows(2) {
            sort_row(&mut sources[row[0] as usize..row[1] as usize]);
        }
        Network::from_rows(offsets, sources, false)
    }

    /// Each row first its own targets, then its followers; both are ascending and are merged at the end.
    fn both_ways(mut self, rank: &[u32], agent_of: &[u32]) -> Network {
        let n = self.n as usize;
        let mut followers = vec![0u32; n];
        for &target in &self.targets {
            followers[target as usize] += 1;
        }
        self.targets.iter_mut().for_each(|target| *target = agent_of[*target as usize]);
        let own = |rank: u32| self.own_targets(rank).len();
        let mut offsets = Vec::with_capacity(n + 1);
        // Where the next follower of each agent goes.
        let mut next = Vec::with_capacity(n);
        let mut end = 0;
        offsets.push(0);
        for &rank in rank {
            next.push(end + own(rank) as u32);
            end += own(rank) as u32 + followers[rank as usize];
            offsets.push(end);
        }
        drop(followers);
        let mut sources = vec![0u32; 2 * self.targets.len()];
        // Fetching, handing out and sorting apart: accesses all over the memory then overlap.
        for (agent, &rank) in rank.iter().enumerate() {
            let begin = offsets[agent] as usize;
            sources[begin..begin + own(rank)].copy_from_slice(self.own_targets(rank));
        }
        for (agent, &rank) in rank.iter().enumerate() {
            let begin = offsets[agent] as usize;
            for at in begin..begin + own(rank) {
                let place = &mut next[sources[at] as usize];
                sources[*place as usize] = agent as u32;
                *place += 1;
            }
        }
        let mut front = Vec::with_capacity(self.m as usize);
        for (agent, &rank) in rank.iter().enumerate() {
            let row = &mut sources[offsets[agent] as usize..offsets[agent + 1] as usize];
            sort_row(&mut row[..own(rank)]);
            merge_front(row, own(rank), &mut front);
        }
        Network::from_rows(offsets, sources, true)
    }
}

/// Merges the first `split` entries of a row, ascending, with the others, ascending. `front` is room to work in.
fn merge_front(row: &mut [u32], split: usize, front: &mut Vec<u32>) {
    front.clear();
    front.extend_from_slice(&row[..split]);
    let (mut taken, mut back) = (0, split);
    // Entries left in `front` are as many as places between the next to write and `back`: nothing is overwritten.
    while taken < split {
        let place = taken + back - split;
        if back < row.len() && row[back] < front[taken] {
            row[place] = row[back];
            back += 1;
        } else {
            row[place] = front[taken];
            taken += 1;
        }
    }
}
