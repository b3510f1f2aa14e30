//! Moving ties without changing any degree: two ties exchange their ends.

use crate::rng::Stream;

/// Rows of a mutual network while ties are exchanged. Each row stays ascending; its length never changes. Repeats and
/// self-ties may be present at first (a self-tie is twice in its row) and are what [`Swaps::repair`] removes.
pub(super) struct Swaps<'a> {
    offsets: &'a [u32],
    rows: &'a mut [u32],
}

/// How often one tie looks for a partner before it is given up.
pub(super) const TRIES: usize = 200;

impl<'a> Swaps<'a> {
    pub fn new(offsets: &'a [u32], rows: &'a mut [u32]) -> Self {
        Swaps { offsets, rows }
    }

    pub fn row(&self, agent: u32) -> &[u32] {
        &self.rows[self.offsets[agent as usize] as usize..self.offsets[agent as usize + 1] as usize]
    }

    pub fn has(&self, u: u32, v: u32) -> bool {
        let (a, b) = (self.row(u), self.row(v));
        if a.len() <= b.len() { a.binary_search(&v).is_ok() } else { b.binary_search(&u).is_ok() }
    }

    /// Turns u-v and x-y into u-x and v-y, unless that makes a self-tie or a repeat. Returns whether it did.
    pub fn exchange(&mut self, (u, v): (u32, u32), (x, y): (u32, u32)) -> bool {
        if u == x || v == y || (u == v && x == y) || self.has(u, x) || self.has(v, y) {
            return false;
        }
        self.replace(u, v, x);
        self.replace(v, u, y);
        self.replace(x, y, u);
        self.replace(y, x, v);
        true
    }

    /// Self-ties and surplus copies of repeated ties, each once, smaller agent first.
    pub fn faults(&self) -> Vec<(u32, u32)> {
        let mut faults = Vec::new();
        for agent in 0..self.offsets.len() as u32 - 1 {
            let row = self.row(agent);
            let mut at = 0;
            while at < row.len() {
                let other = row[at];
                let copies = row[at..].iter().take_while(|&&x| x == other).count();
                if other == agent {
                    faults.extend(std::iter::repeat_n((agent, agent), copies / 2));
                } else if agent < other {
                    faults.extend(std::iter::repeat_n((agent, other), copies - 1));
                }
                at += copies;
            }
        }
        faults
    }

    /// Exchanges every faulty tie with a tie drawn from all until none is left. False when one found no partner.
    pub fn repair(&mut self, faults: &[(u32, u32)], rng: &mut Stream) -> bool {
        faults.iter().all(|&(u, v)| {
            !self.is_faulty(u, v)
                || (0..TRIES).any(|_| {
                    let partner = self.draw(rng);
                    self.exchange((u, v), partner)
                })
        })
    }

    /// `count` attempts to exchange two ties drawn from all: the switch chain, whose resting law is uniform over the
    /// networks with these degrees. Needs rows without faults.
    pub fn mix(&mut self, count: u64, rng: &mut Stream) {
        let ties = self.rows.len() as u32;
        if ties < 4 {
            return;
        }
        let mut hearer = Vec::with_capacity(self.rows.len());
        for agent in 0..self.offsets.len() - 1 {
            let degree = self.offsets[agent + 1] - self.offsets[agent];
            hearer.extend(std::iter::repeat_n(agent as u32, degree as usize));
        }
        for _ in 0..count {
            let (a, b) = (rng.below(ties) as usize, rng.below(ties) as usize);
            self.exchange((hearer[a], self.rows[a]), (hearer[b], self.rows[b]));
        }
    }

    fn is_faulty(&self, u: u32, v: u32) -> bool {
        let row = self.row(u);
        let first = row.partition_point(|&x| x < v);
        let copies = row[first..].iter().take_while(|&&x| x == v).count();
        copies > 1
    }

    /// A tie drawn uniformly, in either direction.
    fn draw(&self, rng: &mut Stream) -> (u32, u32) {
        let tie = rng.below(self.rows.len() as u32);
        let hearer = self.offsets.partition_point(|&start| start <= tie) - 1;
        (hearer as u32, self.rows[tie as usize])
    }

    /// Puts `new` in the place of one `old` in the row of `agent`, and keeps the row ascending.
    fn replace(&mut self, agent: u32, old: u32, new: u32) {
        let row = &mut self.rows[self.offsets[agent as usize] as usize..self.offsets[agent as usize + 1] as usize];
        let from = row.binary_search(&old).expect("a tie that is exchanged is in the rows of both its ends");
        let to = row.partition_point(|&x| x < new);
        if to > from {
            row.copy_within(from + 1..to, from);
            row[to - 1] = new;
        } else {
            row.copy_within(to..from, to + 1);
            row[to] = new;
        }
    }
}

/// Sorts short rows by insertion, long ones by the library.
#[inline]
pub(super) fn sort_row(row: &mut [u32]) {
    if row.len() > 32 {
        row.sort_unstable();
        return;
    }
    for i in 1..row.len() {
        let x = row[i];
        let mut j = i;
        while j > 0 && row[j - 1] > x {
            row[j] = row[j - 1];
            j -= 1;
        }
        row[j] = x;
    }
}
