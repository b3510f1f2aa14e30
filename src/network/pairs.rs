//! Unordered pairs, each once under its smaller agent: the shortest way to a mutual network.

use super::csr::Network;
use super::error::{NetworkError, require_ties};
use super::swap::sort_row;
use crate::rng::Stream;
use crate::stats::{log, log1p};

/// Pairs a < b among agents 0..n: `heads[starts[a] .. starts[a + 1]]` are the partners b of a, in any order.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    pub starts: Vec<u32>,
    pub heads: Vec<u32>,
}

/// All unordered pairs of n agents.
pub(super) fn possible_pairs(n: u32) -> u64 {
    u64::from(n) * u64::from(n).saturating_sub(1) / 2
}

impl Pairs {
    pub fn agents(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn row(&self, a: u32) -> &[u32] {
        &self.heads[self.starts[a as usize] as usize..self.starts[a as usize + 1] as usize]
    }

    pub fn has(&self, u: u32, v: u32) -> bool {
        self.row(u.min(v)).contains(&u.max(v))
    }

    /// `m` different pairs out of all, every set of them equally likely (the random graph G(n, m)).
    ///
    /// Two passes instead of a list of pairs and its sort: first only how many pairs fall to each smaller agent, then
    /// the partners, row by row. Repeats inside a row are dropped and drawn again from all pairs until there are m,
    /// which is the plain "draw, and draw again what is there already" in another order.
    pub fn random(n: u32, m: u64, rng: &mut Stream) -> Pairs {
        let possible = possible_pairs(n);
        assert!(m <= possible, "checked by the callers");
        if m > possible / 2 {
            return Self::random(n, possible - m, rng).complement();
        }
        let m = m as usize;
        let mut starts = vec![0u32; n as usize + 1];
        for _ in 0..m {
            starts[smaller_agent(n, rng) as usize + 1] += 1;
        }
        let mut heads = vec![0u32; m];
        let mut kept = 0;
        // The last row that has drawn each agent, one up.
        let mut drawn_by = vec![0u32; n as usize];
        for a in 0..n {
            let (first, width) = (a + 1, n - 1 - a);
            for _ in 0..starts[a as usize + 1] {
                let b = first + rng.below(width);
                let row = &mut drawn_by[b as usize];
                heads[kept] = b;
                kept += usize::from(*row != first);
                *row = first;
            }
            starts[a as usize + 1] = kept as u32;
        }
        drop(drawn_by);
        heads.truncate(kept);
        let mut pairs = Pairs { starts, heads };
        // Long rows are better searched in order.
        let dense = m as u64 > 16 * u64::from(n);
        while pairs.heads.len() < m {
            let mut more: Vec<(u32, u32)> = (0..m - pairs.heads.len())
                .map(|_| {
                    let a = smaller_agent(n, rng);
                    (a, a + 1 + rng.below(n - 1 - a))
                })
                .collect();
            more.sort_unstable();
            more.dedup();
            if dense {
                pairs.sort_rows();
                more.retain(|&(a, b)| pairs.row(a).binary_search(&b).is_err());
            } else {
                more.retain(|&(a, b)| !pairs.has(a, b));
            }
            pairs.insert(&more);
        }
        pairs
    }

    /// Every pair with the probability that `p(a)` gives for the columns of row a: runs of (end column, probability),
    /// ascending. Skips over pairs by geometric gaps, so it costs as much as there are pairs drawn.
    pub fn bernoulli(n: u32, runs: &[Run], rng: &mut Stream) -> Result<Pairs, NetworkError> {
        let skips: Vec<Option<Skips>> = runs.iter().map(|run| Skips::new(run.p)).collect();
        let mut left: Vec<u64> = skips.iter().map(|skip| skip.map_or(u64::MAX, |skip| skip.next(rng))).collect();
        let mut starts = Vec::with_capacity(n as usize + 1);
        let mut heads: Vec<u32> = Vec::new();
        starts.push(0);
        for a in 0..n {
            for (which, run) in runs.iter().enumerate() {
                let Some(skip) = skips[which] else { continue };
                let (mut column, end) = (run.columns)(a);
                // `left` pairs of this run are passed over before the next that is drawn.
                loop {
                    let here = u64::from(end.saturating_sub(column));
                    if left[which] >= here {
                        left[which] -= here;
                        break;
                    }
                    column += left[which] as u32;
                    heads.push(column);
                    column += 1;
                    left[which] = skip.next(rng);
                }
            }
            starts.push(require_ties(2 * heads.len() as u64)? / 2);
        }
        Ok(Pairs { starts, heads })
    }

    fn sort_rows(&mut self) {
        for a in 0..self.agents() {
            sort_row(&mut self.heads[self.starts[a] as usize..self.starts[a + 1] as usize]);
        }
    }

    /// All pairs that are not here.
    fn complement(mut self) -> Pairs {
        self.sort_rows();
        let n = self.agents() as u32;
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut heads = Vec::new();
        starts.push(0);
        for a in 0..n {
            let mut next = a + 1;
            for &b in self.row(a) {
                heads.extend(next..b);
                next = b + 1;
            }
            heads.extend(next..n);
            starts.push(heads.len() as u32);
        }
        Pairs { starts, heads }
    }

    /// Adds pairs (a < b), ascending by a, that are not here yet.
    pub fn insert(&mut self, more: &[(u32, u32)]) {
        let places: Vec<usize> = more.iter().map(|&(a, _)| self.starts[a as usize + 1] as usize).collect();
        let mut end = self.heads.len();
        self.heads.resize(end + more.len(), 0);
        for (added, (&place, &(_, b))) in places.iter().zip(more).enumerate().rev() {
            self.heads.copy_within(place..end, place + added + 1);
            self.heads[place + added] = b;
            end = place;
        }
        let mut added = 0;
        for a in 0..self.agents() {
            while added < more.len() && more[added].0 as usize == a {
                added += 1;
            }
            self.starts[a + 1] += added as u32;
        }
    }

    /// The mutual network of these pairs.
    ///
    /// No row is sorted. Handing out each agent, in ascending order, to its greater partners fills the front of their
    /// rows in order; handing it back from there to its smaller partners fills the rest of theirs in order.
    pub fn into_network(self) -> Network {
        let n = self.agents();
        let Pairs { starts, heads } = self;
        // offsets[i + 1] is the next free place of row i, and in the end the row's end (see `starts_from_counts`).
        let mut offsets = vec![0u32; n + 2];
        for &b in &heads {
            offsets[b as usize + 2] += 1;
        }
        for a in 0..n {
            offsets[a + 2] += offsets[a + 1] + (starts[a + 1] - starts[a]);
        }
        let mut sources = vec![0u32; 2 * heads.len()];
        for a in 0..n {
            for &b in &heads[starts[a] as usize..starts[a + 1] as usize] {
                let place = &mut offsets[b as usize + 1];
                sources[*place as usize] = a as u32;
                *place += 1;
            }
        }
        drop(heads);
        // Where the row of b begins: the end of the row before it, which has been filled when b has its turn.
        let mut begin = 0;
        for b in 0..n {
            let front_end = offsets[b + 1];
            for at in begin..front_end {
                let a = sources[at as usize] as usize;
                let place = &mut offsets[a + 1];
                sources[*place as usize] = b as u32;
                *place += 1;
            }
            begin = front_end + (starts[b + 1] - starts[b]);
        }
        offsets.truncate(n + 1);
        Network::from_rows(offsets, sources, true)
    }
}

/// Columns `columns(a) = (first, end)` of row a, each drawn with probability `p`.
pub(super) struct Run<'a> {
    pub p: f64,
    pub columns: &'a dyn Fn(u32) -> (u32, u32),
}

/// Geometric gaps between successes of probability p.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skips {
    scale: f64,
}

impl Skips {
    /// None when p is 0: there is never a success.
    pub fn new(p: f64) -> Option<Self> {
        (p > 0.0).then(|| Skips { scale: 1.0 / log1p(-p.min(1.0)) })
    }

    /// How many failures come before the next success.
    #[inline]
    pub fn next(&self, rng: &mut Stream) -> u64 {
        (log(rng.open_unit()) * self.scale) as u64
    }
}

/// The smaller agent of a pair drawn uniformly.
#[inline]
fn smaller_agent(n: u32, rng: &mut Stream) -> u32 {
    let x = rng.below(n);
    let y = rng.below(n - 1);
    x.min(y + u32::from(y >= x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_of_pairs_is_equally_likely() {
        // 3 of the 10 pairs of 5 agents: 120 sets, 24 000 draws, 200 expected of each.
        let mut rng = Stream::from_seed(4);
        let mut counts = [0u32; 1 << 10];
        for _ in 0..24_000 {
            let pairs = Pairs::random(5, 3, &mut rng);
            let mut set = 0usize;
            for a in 0..5u32 {
                for &b in pairs.row(a) {
                    set |= 1 << (a * (7 - a) / 2 + b - 1);
                }
            }
            counts[set] += 1;
        }
        let seen: Vec<f64> = counts.iter().filter(|&&c| c > 0).map(|&c| f64::from(c)).collect();
        let chi2: f64 = seen.iter().map(|c| (c - 200.0) * (c - 200.0) / 200.0).sum();
        assert_eq!(seen.len(), 120);
        assert!(chi2 < 119.0 + 5.0 * 15.4, "{chi2}"); // mean 119, sd 15.4: p < 1e-5
    }

    #[test]
    fn inserted_pairs_find_their_places() {
        let mut pairs = Pairs { starts: vec![0, 2, 2, 3, 3], heads: vec![1, 3, 3] };
        pairs.insert(&[(0, 2), (1, 2), (1, 3)]);
        assert_eq!((pairs.starts, pairs.heads), (vec![0, 3, 5, 6, 6], vec![1, 3, 2, 2, 3, 3]));
    }

    #[test]
    fn a_complement_has_the_other_pairs() {
        let pairs = Pairs { starts: vec![0, 1, 2, 2, 2], heads: vec![2, 3] };
        let other = pairs.complement();
        assert_eq!((other.starts, other.heads), (vec![0, 2, 3, 4, 4], vec![1, 3, 2, 3]));
    }
}
