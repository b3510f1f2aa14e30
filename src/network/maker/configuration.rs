//! Networks with given degrees and nothing else.

use std::collections::BinaryHeap;

use super::arguments::too_few;
use super::{Degrees, Made};
use crate::network::csr::{Network, starts_from_counts};
use crate::network::error::{NetworkError, require_ties};
use crate::network::note::{Note, note};
use crate::network::swap::{Swaps, sort_row};
use crate::rng::Stream;
use crate::stats::pow;

pub(super) fn regular(n: u32, k: u32, rng: &mut Stream) -> Result<Made, NetworkError> {
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    if k >= n {
        return Err(too_few("regular", n, k, "k"));
    }
    if n % 2 == 1 && k % 2 == 1 {
        let allowed = format!("an even number, as {n} agents are odd in number (each tie has two ends)");
        return Err(NetworkError::argument("regular", "k", k, allowed));
    }
    require_ties(u64::from(n) * u64::from(k))?;
    // Few missing neighbours are drawn as few neighbours.
    let dense = k > (n - 1) / 2;
    let degrees = vec![if dense { n - 1 - k } else { k }; n as usize];
    let mut made = with_degrees("regular", &degrees, rng);
    if dense {
        made.network = complement(&made.network);
    }
    Ok(made)
}

pub(super) fn configuration(n: u32, degrees: &Degrees, rng: &mut Stream) -> Result<Made, NetworkError> {
    if let Degrees::List(list) = degrees
        && list.len() != n as usize
    {
        let allowed = format!("one degree for each of the {n} agents");
        return Err(NetworkError::argument("configuration", "degrees", format!("a list of {}", list.len()), allowed));
    }
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    let mut notes = Vec::new();
    let mut drawn = draw_degrees(n, degrees, rng, &mut notes)?;
    let sum: u64 = drawn.iter().map(|&d| u64::from(d)).sum();
    require_ties(sum + sum % 2)?;
    if sum % 2 == 1 {
        // An odd number of stubs leaves one alone. With n - 1 neighbours for everybody the sum would be even.
        let room: Vec<u32> = (0..n).filter(|&i| drawn[i as usize] < n - 1).collect();
        drawn[room[rng.below(room.len() as u32) as usize] as usize] += 1;
        note(&mut notes, "configuration: the degrees' sum is odd, stubs added to an agent drawn at random", 1);
    }
    let mut made = with_degrees("configuration", &drawn, rng);
    made.notes.splice(0..0, notes);
    Ok(made)
}

fn draw_degrees(n: u32, degrees: &Degrees, rng: &mut Stream, notes: &mut Vec<Note>) -> Result<Vec<u32>, NetworkError> {
    let most = n - 1;
    let refuse = |field, given: String, allowed: String| {
        Err(NetworkError::Argument { maker: "configuration", field, given, allowed })
    };
    let mut drawn: Vec<u32> = match degrees {
        Degrees::List(list) => {
            if let Some(&above) = list.iter().find(|&&d| d > most) {
                return refuse("degree", above.to_string(), format!("at most {most}, as there are {n} agents"));
            }
            list.clone()
        }
        Degrees::Like(list) if list.is_empty() => {
            return refuse("degrees", "an empty list".into(), "at least one degree".into());
        }
        Degrees::Like(list) => (0..n).map(|_| list[rng.below(list.len() as u32) as usize]).collect(),
        Degrees::Law(law) => {
            (0..n).map(|_| law.quantile(rng.open_unit()).round().clamp(0.0, f64::from(u32::MAX)) as u32).collect()
        }
        Degrees::PowerLaw { exponent, min, max } => {
            let max = max.unwrap_or(most);
            if !exponent.is_finite() {
                return refuse("exponent", exponent.to_string(), "a finite number".into());
            }
            if *min == 0 {
                return refuse("min", "0".into(), "1 or more".into());
            }
            if *min > max || max > most {
                let allowed = format!("min <= max <= {most}, as there are {n} agents");
                return refuse("max", format!("{max} with min = {min}"), allowed);
            }
            let law = Lottery::new((*min..=max).map(|d| pow(f64::from(d), -exponent)));
            (0..n).map(|_| min + law.draw(rng)).collect()
        }
        Degrees::Shares(shares) => {
            if let Some(wrong) = shares.iter().find(|share| !share.is_finite() || **share < 0.0) {
                return refuse("degrees", wrong.to_string(), "finite shares, 0 or more".into());
            }
            if !shares.iter().any(|&share| share > 0.0) {
                return refuse("degrees", "no share above 0".into(), "at least one".into());
            }
            let law = Lottery::new(shares.iter().copied());
            (0..n).map(|_| law.draw(rng)).collect()
        }
    };
    let above = drawn.iter().filter(|&&d| d > most).count();
    drawn.iter_mut().for_each(|d| *d = (*d).min(most));
    note(notes, format!("configuration: degrees above {most} lowered to it, as there are {n} agents"), above as u64);
    Ok(drawn)
}

/// Draws a place in a list with odds in proportion to its entries.
struct Lottery {
    up_to: Vec<f64>,
    total: f64,
    /// Where to begin looking for a draw in the i-th of equal slices of the total.
    guide: Vec<u32>,
}

impl Lottery {
    const SLICES: usize = 1024;

    fn new(odds: impl Iterator<Item = f64>) -> Self {
        let mut total = 0.0;
        let up_to: Vec<f64> = odds
            .map(|x| {
                total += x;
                total
            })
            .collect();
        let mut at = 0;
        let guide = (0..Self::SLICES)
            .map(|slice| {
                while up_to[at] <= total * slice as f64 / Self::SLICES as f64 {
                    at += 1;
                }
                at as u32
            })
            .collect();
        Lottery { up_to, total, guide }
    }

    #[inline]
    fn draw(&self, rng: &mut Stream) -> u32 {
        let unit = rng.unit();
        let x = unit * self.total;
        let mut at = self.guide[(unit * Self::SLICES as f64) as usize] as usize;
        // Rounding could carry x up to the total itself: then the last place.
        while at + 1 < self.up_to.len() && self.up_to[at] <= x {
            at += 1;
        }
        at as u32
    }
}

/// A mutual network with exactly these degrees (their sum even, none above n - 1), everything else random.
///
/// Stubs are paired at random; self-ties and repeats, few in a sparse network, are exchanged with ties drawn at random.
/// Where more than one pair in a hundred needed that, ten exchanges for every tie follow, because then the repairs alone
/// would be felt. Where a repair finds no partner, the network is built from the degrees (Havel and Hakimi) and mixed by
/// twenty exchanges for every tie. Where the degrees are those of no network, faulty pairs are left out, noted.
pub(in crate::network) fn with_degrees(maker: &'static str, degrees: &[u32], rng: &mut Stream) -> Made {
    let mut offsets = starts_from_counts(degrees.len(), |_| ());
    for (i, &degree) in degrees.iter().enumerate() {
        offsets[i + 2] = offsets[i + 1] + degree;
    }
    let stubs_in_all = *offsets.last().expect("never empty") as usize;
    let mut sources = pair_stubs(degrees, &mut offsets, stubs_in_all, rng);
    offsets.truncate(degrees.len() + 1);
    for i in 0..degrees.len() {
        sort_row(&mut sources[offsets[i] as usize..offsets[i + 1] as usize]);
    }
    let mut swaps = Swaps::new(&offsets, &mut sources);
    let faults = swaps.faults();
    let pairs = stubs_in_all as u64 / 2;
    if swaps.repair(&faults, rng) {
        if faults.len() as u64 * 100 > pairs {
            swaps.mix(10 * pairs, rng);
        }
        return Network::from_rows(offsets, sources, true).into();
    }
    if let Some(network) = havel_hakimi(degrees) {
        let (offsets, mut sources, _) = network.into_parts();
        Swaps::new(&offsets, &mut sources).mix(20 * pairs, rng);
        return Network::from_rows(offsets, sources, true).into();
    }
    let hearers = (0..degrees.len()).flat_map(|i| std::iter::repeat_n(i as u32, degrees[i] as usize));
    let (network, _) = Network::from_ties(degrees.len(), hearers.zip(sources.iter().copied()), true);
    let missing = pairs - network.ties() as u64 / 2;
    let mut made = Made::from(network);
    note(&mut made.notes, format!("{maker}: no network has these degrees, ties left out"), missing);
    made
}

/// A random perfect matching of stubs, both ways into the rows. `starts` as made by `starts_from_counts`.
fn pair_stubs(degrees: &[u32], starts: &mut [u32], count: usize, rng: &mut Stream) -> Vec<u32> {
    let mut stubs = Vec::with_capacity(count);
    for (i, &degree) in degrees.iter().enumerate() {
        stubs.extend(std::iter::repeat_n(i as u32, degree as usize));
    }
    let mut rows = vec![0u32; count];
    while let Some(a) = stubs.pop() {
        // The last stub with any other, all equally likely; the gap is filled by the then last.
        let b = stubs.swap_remove(rng.below(stubs.len() as u32) as usize);
        for (one, other) in [(a, b), (b, a)] {
            let place = &mut starts[one as usize + 1];
            rows[*place as usize] = other;
            *place += 1;
        }
    }
    rows
}

/// The network in which the agent with most neighbours to find is tied to those with most to find after it, again and
/// again. None when no network has these degrees (Havel 1955, Hakimi 1962).
fn havel_hakimi(degrees: &[u32]) -> Option<Network> {
    let mut heap: BinaryHeap<(u32, u32)> =
        degrees.iter().enumerate().filter(|(_, d)| **d > 0).map(|(i, &d)| (d, i as u32)).collect();
    let mut ties = Vec::new();
    let mut partners = Vec::new();
    while let Some((degree, agent)) = heap.pop() {
        partners.clear();
        for _ in 0..degree {
            let (left, partner) = heap.pop()?;
            ties.push((agent, partner));
            partners.push((left - 1, partner));
        }
        heap.extend(partners.iter().copied().filter(|&(left, _)| left > 0));
    }
    Some(Network::from_ties(degrees.len(), ties, true).0)
}

/// The mutual network of all pairs that are not tied.
fn complement(network: &Network) -> Network {
    let n = network.agents();
    let mut offsets = vec![0];
    let mut sources = Vec::with_capacity(n * n.saturating_sub(1) - network.ties());
    for agent in 0..n {
        let mut next = 0;
        for &heard in network.hears(agent).iter().chain([&(n as u32)]) {
            sources.extend((next..heard).filter(|&other| other as usize != agent));
            next = heard + 1;
        }
        offsets.push(sources.len() as u32);
    }
    Network::from_rows(offsets, sources, true)
}
