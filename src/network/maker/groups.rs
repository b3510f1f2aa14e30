//! Networks of groups: circles of acquaintances with some ties leading out, and stochastic blocks.

use super::Made;
use super::arguments::{require_finite, too_few};
use crate::network::csr::Network;
use crate::network::error::{NetworkError, require_share, require_ties};
use crate::network::note::note;
use crate::network::pairs::{Pairs, Run, Skips, possible_pairs};
use crate::rng::Stream;

pub(super) fn groups(n: u32, size: u32, k: f64, out: f64, rng: &mut Stream) -> Result<Made, NetworkError> {
    require_finite("groups", "k", k)?;
    require_share("groups", "out", out)?;
    if size == 0 {
        return Err(NetworkError::argument("groups", "size", size, "1 or more agents in a group"));
    }
    if k > f64::from(size - 1) {
        return Err(NetworkError::argument("groups", "k", k, format!("at most size - 1 = {}", size - 1)));
    }
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    if n < size {
        return Err(too_few("groups", n, size - 1, "size - 1"));
    }
    require_ties((f64::from(n) * k).ceil() as u64 + 1)?;
    let mut pairs = Pairs { starts: vec![0], heads: Vec::new() };
    let mut first = 0;
    while first < n {
        let here = size.min(n - first);
        let m = ((f64::from(here) * k / 2.0).round() as u64).min(possible_pairs(here));
        let group = if m > 0 {
            Pairs::random(here, m, rng)
        } else {
            Pairs { starts: vec![0; here as usize + 1], heads: vec![] }
        };
        let before = pairs.heads.len() as u32;
        pairs.starts.extend(group.starts[1..].iter().map(|start| before + start));
        pairs.heads.extend(group.heads.iter().map(|b| first + b));
        first += here;
    }
    let mut notes = Vec::new();
    note(
        &mut notes,
        format!("groups: {n} agents are no multiple of size = {size}, agents in the last group"),
        (n % size).into(),
    );
    if let Some(skips) = Skips::new(out) {
        let lost = lead_out(&mut pairs, skips, rng);
        note(&mut notes, "groups: ties that found no place anywhere, dropped", lost);
    }
    Ok(Made { network: pairs.into_network(), notes })
}

/// Takes ties out with the probability behind `skips`; then each keeps one end, drawn, and looks for another anywhere.
/// Returns how many found none.
fn lead_out(pairs: &mut Pairs, skips: Skips, rng: &mut Stream) -> u64 {
    let n = pairs.agents() as u32;
    let mut leaving: Vec<(u32, u32)> = Vec::new();
    let (mut kept, mut begin) = (0, 0);
    let mut next = skips.next(rng);
    for a in 0..n {
        let end = pairs.starts[a as usize + 1] as usize;
        for tie in begin..end {
            if tie as u64 == next {
                leaving.push((a, pairs.heads[tie]));
                next = next.saturating_add(1).saturating_add(skips.next(rng));
            } else {
                pairs.heads[kept] = pairs.heads[tie];
                kept += 1;
            }
        }
        begin = end;
        pairs.starts[a as usize + 1] = kept as u32;
    }
    pairs.heads.truncate(kept);

    let mut moved = Moved::new(n, leaving.len());
    let mut lost = 0;
    for (a, b) in leaving {
        let ends = if rng.below(2) == 0 { [a, b] } else { [b, a] };
        let place = ends.into_iter().find_map(|near| free_end(near, pairs, &moved, rng).map(|far| (near, far)));
        match place {
            Some((near, far)) => moved.add(near, far),
            None => lost += 1,
        }
    }
    let mut more = moved.pairs;
    more.iter_mut().for_each(|pair| *pair = (pair.0.min(pair.1), pair.0.max(pair.1)));
    more.sort_unstable();
    pairs.insert(&more);
    lost
}

/// An agent that is neither `near` nor tied to it, all equally likely.
fn free_end(near: u32, pairs: &Pairs, moved: &Moved, rng: &mut Stream) -> Option<u32> {
    let n = pairs.agents() as u32;
    let free = |far: u32| far != near && !pairs.has(near, far) && !moved.has(near, far);
    for _ in 0..64 {
        let far = rng.below(n);
        if free(far) {
            return Some(far);
        }
    }
    let places: Vec<u32> = (0..n).filter(|&far| free(far)).collect();
    (!places.is_empty()).then(|| places[rng.below(places.len() as u32) as usize])
}

/// Pairs found so far, with a chain through those of each agent.
struct Moved {
    pairs: Vec<(u32, u32)>,
    /// The last pair of each agent, one up; 0 is none.
    last: Vec<u32>,
    /// For each pair the pair before it of its first and of its second agent, one up.
    before: Vec<(u32, u32)>,
}

impl Moved {
    fn new(n: u32, most: usize) -> Self {
        Moved { pairs: Vec::with_capacity(most), last: vec![0; n as usize], before: Vec::with_capacity(most) }
    }

    fn add(&mut self, u: u32, v: u32) {
        self.pairs.push((u, v));
        let number = self.pairs.len() as u32;
        let before_u = std::mem::replace(&mut self.last[u as usize], number);
        let before_v = std::mem::replace(&mut self.last[v as usize], number);
        self.before.push((before_u, before_v));
    }

    fn has(&self, u: u32, v: u32) -> bool {
        let mut at = self.last[u as usize];
        while at != 0 {
            let pair = self.pairs[at as usize - 1];
            if pair == (u, v) || pair == (v, u) {
                return true;
            }
            let before = self.before[at as usize - 1];
            at = if pair.0 == u { before.0 } else { before.1 };
        }
        false
    }
}

pub(super) fn blocks(n: u32, sizes: &[u32], p_in: f64, p_out: f64, rng: &mut Stream) -> Result<Made, NetworkError> {
    require_share("blocks", "p_in", p_in)?;
    require_share("blocks", "p_out", p_out)?;
    let sum: u64 = sizes.iter().map(|&size| u64::from(size)).sum();
    if sum != u64::from(n) {
        return Err(NetworkError::argument("blocks", "sum of sizes", sum, format!("{n}, the number of agents")));
    }
    let mut block_end = Vec::with_capacity(n as usize);
    for &size in sizes {
        let end = block_end.len() as u32 + size;
        block_end.extend(std::iter::repeat_n(end, size as usize));
    }
    let inside = |a: u32| (a + 1, block_end[a as usize]);
    let across = |a: u32| (block_end[a as usize], n);
    let runs = [Run { p: p_in, columns: &inside }, Run { p: p_out, columns: &across }];
    Ok(Pairs::bernoulli(n, &runs, rng)?.into_network().into())
}
