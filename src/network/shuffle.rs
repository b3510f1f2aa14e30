//! Null models: a network's degrees, or only its number of ties, and chance for everything else.

use super::csr::Network;
use super::error::{NetworkError, require_share};
use super::maker::{Made, with_degrees};
use super::note::note;
use super::pairs::{Pairs, Skips};
use super::swap::{Swaps, TRIES, sort_row};
use crate::rng::Stream;

/// Chance instead of structure. With `keep_degree` every agent keeps its number of ties (in a directed network both of
/// those heard and of hearers), else only their number in all stays.
pub fn shuffled(network: &Network, keep_degree: bool, rng: &mut Stream) -> Made {
    let n = network.agents();
    match (network.is_mutual(), keep_degree) {
        (true, true) => {
            let degrees: Vec<u32> = (0..n).map(|i| network.degree(i) as u32).collect();
            with_degrees("shuffled", &degrees, rng)
        }
        (true, false) if network.ties() == 0 => network.clone().into(),
        (true, false) => Pairs::random(n as u32, network.ties() as u64 / 2, rng).into_network().into(),
        (false, true) => permuted(network, rng),
        (false, false) => random_directed(n as u32, network.ties(), rng).into(),
    }
}

/// Every tie, with probability `share`, exchanges ends with a tie drawn from all, so that every degree stays (Maslov and
/// Sneppen 2002). Whether the network stays connected is not looked at. Mutual networks only.
pub fn swapped(network: Network, share: f64, rng: &mut Stream) -> Result<Made, NetworkError> {
    require_share("shuffled", "share", share)?;
    if !network.is_mutual() {
        return Err(NetworkError::argument("shuffled", "share", share, "1 for a directed network"));
    }
    let Some(skips) = Skips::new(share).filter(|_| network.ties() > 0) else { return Ok(network.into()) };
    let (offsets, mut sources, _) = network.into_parts();
    let mut ties: Vec<(u32, u32)> = Vec::with_capacity(sources.len() / 2);
    for (agent, row) in offsets.windows(2).enumerate() {
        let after = sources[row[0] as usize..row[1] as usize].iter().filter(|&&other| other as usize > agent);
        ties.extend(after.map(|&other| (agent as u32, other)));
    }
    let mut swaps = Swaps::new(&offsets, &mut sources);
    let mut stuck = 0;
    let mut tie = skips.next(rng);
    while tie < ties.len() as u64 {
        let one = tie as usize;
        let found = (0..TRIES).any(|_| {
            let other = rng.below(ties.len() as u32) as usize;
            let ((u, v), (x, y)) = (ties[one], ties[other]);
            // Which end of the other comes first is drawn too.
            let (x, y) = if rng.below(2) == 1 { (y, x) } else { (x, y) };
            let done = other != one && swaps.exchange((u, v), (x, y));
            if done {
                (ties[one], ties[other]) = ((u, x), (v, y));
            }
            done
        });
        stuck += u64::from(!found);
        tie = tie.saturating_add(1).saturating_add(skips.next(rng));
    }
    let mut made = Made::from(Network::from_rows(offsets, sources, true));
    note(&mut made.notes, "ties that found no partner to exchange ends with", stuck);
    Ok(made)
}

/// Deals the speakers anew to the hearers' places. What comes out as a self-tie or a repeat is exchanged with the tie of
/// another hearer; ten exchanges for every tie follow where that was more than one in a hundred. Where a fault finds no
/// partner, the exchanges start from the network itself, twenty for every tie.
fn permuted(network: &Network, rng: &mut Stream) -> Made {
    let hearer = network.hearers();
    let mut sources = network.sources().to_vec();
    rng.shuffle(&mut sources);
    let mut deal = Deal { offsets: network.offsets(), hearer: &hearer, sources };
    deal.sort_rows();
    let faults = deal.faults();
    let ties = network.ties() as u64;
    let repaired = deal.repair(&faults, rng);
    if !repaired {
        deal.sources = network.sources().to_vec();
        deal.mix(20 * ties, rng);
    } else if faults.len() as u64 * 100 > ties {
        deal.mix(10 * ties, rng);
    }
    deal.sort_rows();
    let Deal { sources, .. } = deal;
    let mut made = Made::from(Network::from_rows(network.offsets().to_vec(), sources, false));
    let same = made.network.sources() == network.sources();
    note(&mut made.notes, "shuffled: the degrees leave no other network, ties unchanged", if same { ties } else { 0 });
    made
}

/// Rows of a directed network while hearers exchange speakers. Rows need not be ascending.
struct Deal<'a> {
    offsets: &'a [u32],
    hearer: &'a [u32],
    sources: Vec<u32>,
}

impl Deal<'_> {
    fn row(&self, hearer: u32) -> &[u32] {
        &self.sources[self.offsets[hearer as usize] as usize..self.offsets[hearer as usize + 1] as usize]
    }

    fn sort_rows(&mut self) {
        for i in 0..self.offsets.len() - 1 {
            sort_row(&mut self.sources[self.offsets[i] as usize..self.offsets[i + 1] as usize]);
        }
    }

    /// Ties that are self-ties or repeat the tie before them. Needs ascending rows.
    fn faults(&self) -> Vec<u32> {
        let is_fault = |tie: usize| {
            let (hearer, source) = (self.hearer[tie], self.sources[tie]);
            hearer == source || (tie > self.offsets[hearer as usize] as usize && self.sources[tie - 1] == source)
        };
        (0..self.sources.len()).filter(|&tie| is_fault(tie)).map(|tie| tie as u32).collect()
    }

    /// Two ties exchange their speakers, unless that makes a self-tie or a repeat.
    fn exchange(&mut self, a: usize, b: usize) -> bool {
        let ((i, x), (j, y)) = ((self.hearer[a], self.sources[a]), (self.hearer[b], self.sources[b]));
        if i == j || x == y || i == y || j == x || self.row(i).contains(&y) || self.row(j).contains(&x) {
            return false;
        }
        self.sources.swap(a, b);
        true
    }

    fn repair(&mut self, faults: &[u32], rng: &mut Stream) -> bool {
        let ties = self.sources.len() as u32;
        faults.iter().all(|&fault| {
            (0..super::swap::TRIES).any(|_| {
                let partner = rng.below(ties) as usize;
                self.exchange(fault as usize, partner)
            })
        })
    }

    fn mix(&mut self, count: u64, rng: &mut Stream) {
        let ties = self.sources.len() as u32;
        if ties < 2 {
            return;
        }
        for _ in 0..count {
            let (a, b) = (rng.below(ties) as usize, rng.below(ties) as usize);
            self.exchange(a, b);
        }
    }
}

/// `ties` different (speaker, hearer) pairs out of all n (n - 1).
fn random_directed(n: u32, ties: usize, rng: &mut Stream) -> Network {
    if ties == 0 {
        return Network::from_rows(vec![0; n as usize + 1], Vec::new(), false);
    }
    let possible = u64::from(n) * u64::from(n - 1);
    let dense = ties as u64 > possible / 2;
    let wanted = if dense { (possible - ties as u64) as usize } else { ties };
    let mut places: Vec<u64> = Vec::with_capacity(wanted);
    while places.len() < wanted {
        let known = places.len();
        let more: Vec<u64> = (known..wanted).map(|_| rng.below64(possible)).collect();
        places.extend(more);
        places.sort_unstable();
        places.dedup();
    }
    let width = u64::from(n - 1);
    let tie = |place: u64| {
        let (hearer, other) = ((place / width) as u32, (place % width) as u32);
        (other + u32::from(other >= hearer), hearer)
    };
    if dense {
        let mut left_out = places.into_iter().peekable();
        let kept = (0..possible).filter(|place| left_out.next_if_eq(place).is_none());
        Network::from_ties(n as usize, kept.map(tie), false).0
    } else {
        Network::from_ties(n as usize, places.into_iter().map(tie), false).0
    }
}
