//! The network itself: compressed rows, one row per hearer.

use std::ops::Range;

/// Ties among agents 0..n, by hearer: row i lists the agents that i hears, ascending, no repeats, no self-ties.
///
/// ```
/// use uptake::network::Network;
/// // 0 speaks to 1 and 2; said twice, the second time is dropped.
/// let (network, dropped) = Network::from_ties(3, [(0, 1), (0, 2), (0, 1)], false);
/// assert_eq!(network.hears(1), [0]);
/// assert_eq!((network.ties(), dropped.repeats), (2, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    offsets: Vec<u32>,
    sources: Vec<u32>,
    mutual: bool,
}

/// The same ties by speaker: entry `offsets[j] .. offsets[j + 1]` are the hearers of j, ascending, each with the number
/// that its tie has in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BySpeaker {
    pub offsets: Vec<u32>,
    pub hearers: Vec<u32>,
    pub ties: Vec<u32>,
}

/// What [`Network::from_ties`] left out: ties of an agent to itself, and ties that were there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    pub self_ties: u64,
    pub repeats: u64,
}

impl Network {
    /// `n` agents without a tie; mutual, as nothing contradicts it.
    pub fn empty(n: usize) -> Self {
        Network { offsets: vec![0; n + 1], sources: Vec::new(), mutual: true }
    }

    /// Rows that are known to keep the promises of the type.
    pub(super) fn from_rows(offsets: Vec<u32>, sources: Vec<u32>, mutual: bool) -> Self {
        let network = Network { offsets, sources, mutual };
        debug_assert!(network.is_sound(), "rows are ascending, without repeats and self-ties, symmetric when mutual");
        network
    }

    /// Number of agents.
    pub fn agents(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Number of directed ties: a mutual pair counts two.
    pub fn ties(&self) -> usize {
        self.sources.len()
    }

    /// Where each row starts, and the end of the last: `agents() + 1` numbers.
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The speaker of every tie, in tie order.
    pub fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// The agents that `agent` hears, ascending.
    #[inline]
    pub fn hears(&self, agent: usize) -> &[u32] {
        &self.sources[self.row(agent)]
    }

    /// The numbers of the ties that `agent` hears through.
    #[inline]
    pub fn row(&self, agent: usize) -> Range<usize> {
        self.offsets[agent] as usize..self.offsets[agent + 1] as usize
    }

    /// Number of agents that `agent` hears (in a mutual network its degree).
    #[inline]
    pub fn degree(&self, agent: usize) -> usize {
        self.row(agent).len()
    }

    /// Whether `hearer` hears `speaker`.
    pub fn has(&self, speaker: u32, hearer: u32) -> bool {
        self.hears(hearer as usize).binary_search(&speaker).is_ok()
    }

    /// Whether every tie has its reverse (an undirected network).
    pub fn is_mutual(&self) -> bool {
        self.mutual
    }

    /// For each tie its hearer.
    pub fn hearers(&self) -> Vec<u32> {
        let mut hearers = Vec::with_capacity(self.ties());
        for agent in 0..self.agents() {
            hearers.extend(std::iter::repeat_n(agent as u32, self.degree(agent)));
        }
        hearers
    }

    /// The same ties by speaker.
    pub fn by_speaker(&self) -> BySpeaker {
        let mut offsets = starts_from_counts(self.agents(), |add| self.sources.iter().for_each(|&j| add(j)));
        let mut hearers = vec![0; self.ties()];
        let mut ties = vec![0; self.ties()];
        for agent in 0..self.agents() {
            for tie in self.row(agent) {
                let place = &mut offsets[self.sources[tie] as usize + 1];
                hearers[*place as usize] = agent as u32;
                ties[*place as usize] = tie as u32;
                *place += 1;
            }
        }
        offsets.truncate(self.agents() + 1);
        BySpeaker { offsets, hearers, ties }
    }

    /// For every tie of a mutual network the number of the opposite tie; none when the network is not mutual.
    pub fn reverse_ties(&self) -> Option<Vec<u32>> {
        if !self.mutual {
            return None;
        }
        // Row j lists its sources ascending, and agents are visited ascending: the next unused tie of j is the one back.
        let mut next = self.offsets.clone();
        let mut reverse = Vec::with_capacity(self.ties());
        for &source in &self.sources {
            reverse.push(next[source as usize]);
            next[source as usize] += 1;
        }
        Some(reverse)
    }

    /// The network of these (speaker, hearer) pairs; `mutual` adds every reverse, and then a pair given both ways is a
    /// repeat. Panics when an agent is not below `n`, or when there are more than 2^32 - 1 ties: check before.
    pub fn from_ties(n: usize, ties: impl IntoIterator<Item = (u32, u32)>, mutual: bool) -> (Network, Dropped) {
        let mut dropped = Dropped::default();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (speaker, hearer) in ties {
            assert!((speaker as usize) < n && (hearer as usize) < n, "a tie names an agent that is not there");
            if speaker == hearer {
                dropped.self_ties += 1;
            } else if mutual {
                pairs.push((speaker.min(hearer), speaker.max(hearer)));
            } else {
                pairs.push((speaker, hearer));
            }
        }
        let given = pairs.len();
        let mut network = Self::by_hearer(n, &pairs);
        network.drop_repeats();
        dropped.repeats = (given - network.ties()) as u64;
        drop(pairs);
        if mutual {
            network = network.both_ways();
        }
        (network, dropped)
    }

    /// The network in which every tie goes both ways.
    pub fn undirected(&self) -> Network {
        if self.mutual {
            return self.clone();
        }
        let n = self.agents();
        let out = self.by_speaker();
        let mut offsets = Vec::with_capacity(n + 1);
        let mut sources = Vec::with_capacity(2 * self.ties());
        offsets.push(0);
        for agent in 0..n {
            let heard = self.hears(agent);
            let hearers = &out.hearers[out.offsets[agent] as usize..out.offsets[agent + 1] as usize];
            merge(heard, hearers, &mut sources);
            offsets.push(u32::try_from(sources.len()).expect("at most 2^32 - 1 ties"));
        }
        sources.shrink_to_fit();
        Network::from_rows(offsets, sources, true)
    }

    /// The same ties among `n` agents, of which `agents` (ascending, one for each of ours) are the tied ones.
    pub fn placed(&self, agents: &[u32], n: usize) -> Network {
        assert_eq!(agents.len(), self.agents(), "one place for each agent");
        let mut offsets = vec![0; n + 1];
        for (local, &agent) in agents.iter().enumerate() {
            offsets[agent as usize + 1] = self.degree(local) as u32;
        }
        for i in 0..n {
            offsets[i + 1] += offsets[i];
        }
        let sources = self.sources.iter().map(|&source| agents[source as usize]).collect();
        Network::from_rows(offsets, sources, self.mutual)
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        4 * (self.offsets.capacity() + self.sources.capacity())
    }

    /// The rows and their ends, and whether the network is mutual: for an owner that rewires in place.
    pub fn into_parts(self) -> (Vec<u32>, Vec<u32>, bool) {
        (self.offsets, self.sources, self.mutual)
    }

    /// Whether all promises of the type hold. Costs a search per tie when mutual: for tests and assertions.
    pub fn is_sound(&self) -> bool {
        let n = self.agents();
        !self.offsets.is_empty()
            && self.offsets[n] as usize == self.sources.len()
            && self.offsets.windows(2).all(|pair| pair[0] <= pair[1])
            && (0..n).all(|agent| {
                let row = self.hears(agent);
                row.windows(2).all(|pair| pair[0] < pair[1])
                    && row.last().is_none_or(|&last| (last as usize) < n)
                    && row.binary_search(&(agent as u32)).is_err()
            })
            && (!self.mutual || (0..n).all(|i| self.hears(i).iter().all(|&j| self.has(i as u32, j))))
    }

    /// Rows from (speaker, hearer) pairs, ascending but with repeats: sorted by speaker, then stably by hearer.
    fn by_hearer(n: usize, pairs: &[(u32, u32)]) -> Network {
        u32::try_from(pairs.len()).expect("at most 2^32 - 1 ties");
        let mut order = starts_from_counts(n, |add| pairs.iter().for_each(|&(speaker, _)| add(speaker)));
        let mut sorted = vec![(0, 0); pairs.len()];
        for &pair in pairs {
            let place = &mut order[pair.0 as usize + 1];
            sorted[*place as usize] = pair;
            *place += 1;
        }
        let mut offsets = starts_from_counts(n, |add| pairs.iter().for_each(|&(_, hearer)| add(hearer)));
        let mut sources = vec![0; pairs.len()];
        for &(speaker, hearer) in &sorted {
            let place = &mut offsets[hearer as usize + 1];
            sources[*place as usize] = speaker;
            *place += 1;
        }
        offsets.truncate(n + 1);
        Network { offsets, sources, mutual: false }
    }

    /// The mutual network of rows in which everybody hears smaller agents only. The reverses follow each row's own ties
    /// and arrive in order, because the hearers are visited in order.
    fn both_ways(self) -> Network {
        let n = self.agents();
        let mut offsets = starts_from_counts(n, |add| self.sources.iter().for_each(|&j| add(j)));
        for i in 0..n {
            offsets[i + 2] += self.offsets[i + 1];
        }
        u32::try_from(2 * self.sources.len()).expect("at most 2^32 - 1 ties");
        let mut sources = vec![0; 2 * self.sources.len()];
        for hearer in 0..n {
            for &speaker in self.hears(hearer) {
                for (row, entry) in [(hearer, speaker), (speaker as usize, hearer as u32)] {
                    let place = &mut offsets[row + 1];
                    sources[*place as usize] = entry;
                    *place += 1;
                }
            }
        }
        offsets.truncate(n + 1);
        Network::from_rows(offsets, sources, true)
    }

    fn drop_repeats(&mut self) {
        let mut kept = 0;
        let mut begin = 0;
        for agent in 0..self.agents() {
            let end = self.offsets[agent + 1] as usize;
            let row_start = kept;
            for tie in begin..end {
                if kept == row_start || self.sources[kept - 1] != self.sources[tie] {
                    self.sources[kept] = self.sources[tie];
                    kept += 1;
                }
            }
            begin = end;
            self.offsets[agent + 1] = kept as u32;
        }
        self.sources.truncate(kept);
    }
}

/// Row starts for a counting sort, shifted by one: `starts[i + 1]` is where row i starts. Whoever fills the rows moves it
/// on, and when all are filled, `starts[.. n + 1]` are the offsets. `visit` calls its argument once for every entry.
pub(super) fn starts_from_counts(n: usize, visit: impl FnOnce(&mut dyn FnMut(u32))) -> Vec<u32> {
    let mut starts = vec![0u32; n + 2];
    visit(&mut |row| starts[row as usize + 2] += 1);
    for i in 2..n + 2 {
        starts[i] += starts[i - 1];
    }
    starts
}

/// Appends the union of two ascending rows.
fn merge(a: &[u32], b: &[u32], into: &mut Vec<u32>) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        into.push(x.min(y));
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    into.extend_from_slice(&a[i..]);
    into.extend_from_slice(&b[j..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Network {
        Network::from_ties(4, [(2, 0), (1, 0), (0, 3), (3, 1), (1, 3)], false).0
    }

    #[test]
    fn a_row_lists_the_agents_heard() {
        let network = small();
        assert_eq!(network.hears(0), [1, 2]);
        assert_eq!(network.hears(1), [3]);
        assert_eq!(network.hears(2), [0; 0]);
        assert_eq!(network.hears(3), [0, 1]);
        assert_eq!(network.hearers(), [0, 0, 1, 3, 3]);
        assert!(network.has(2, 0) && !network.has(0, 2) && network.is_sound());
    }

    #[test]
    fn by_speaker_is_the_transpose() {
        let out = small().by_speaker();
        assert_eq!(out.offsets, [0, 1, 3, 4, 5]);
        assert_eq!(out.hearers, [3, 0, 3, 0, 1]);
        assert_eq!(out.ties, [3, 0, 4, 1, 2]);
    }

    #[test]
    fn self_ties_and_repeats_are_dropped_and_counted() {
        let ties = [(0, 1), (1, 0), (1, 1), (0, 1), (2, 0)];
        let (directed, dropped) = Network::from_ties(3, ties, false);
        assert_eq!((directed.ties(), dropped), (3, Dropped { self_ties: 1, repeats: 1 }));
        let (mutual, dropped) = Network::from_ties(3, ties, true);
        assert_eq!((mutual.ties(), dropped), (4, Dropped { self_ties: 1, repeats: 2 }));
        assert_eq!(mutual.hears(0), [1, 2]);
        assert!(mutual.is_sound() && mutual.is_mutual());
    }

    #[test]
    fn the_opposite_tie_leads_back() {
        let network = small().undirected();
        let reverse = network.reverse_ties().unwrap();
        let hearers = network.hearers();
        for tie in 0..network.ties() {
            let back = reverse[tie] as usize;
            assert_eq!((network.sources()[back], hearers[back]), (hearers[tie], network.sources()[tie]));
        }
        assert_eq!(small().reverse_ties(), None);
    }

    #[test]
    fn placing_keeps_the_ties_and_moves_the_agents() {
        let placed = small().placed(&[1, 3, 4, 7], 9);
        assert_eq!(placed.hears(1), [3, 4]);
        assert_eq!(placed.hears(7), [1, 3]);
        assert!(placed.is_sound());
        assert_eq!((placed.agents(), placed.ties()), (9, 5));
    }
}
