//! Ties between two sets of agents of one population: stars, members of groups, audiences, and choices by odds.
//!
//! Sets are ascending lists of agents' numbers below n. All networks here are directed, speaker -> hearer.

use super::csr::Network;
use super::error::{NetworkError, require_ties};
use super::maker::Made;
use super::note::note;
use crate::rng::Stream;

/// Everybody in `to` hears everybody in `from` (but itself).
pub fn star(n: u32, from: &[u32], to: &[u32]) -> Result<Made, NetworkError> {
    require_ties(from.len() as u64 * to.len() as u64)?;
    let network = by_hearer(n, to, |hearer, row| row.extend(from.iter().filter(|&&speaker| speaker != hearer)));
    Ok(network.into())
}

/// Each agent of `among` joins `each` different groups out of `of`, drawn at random; group and member hear each other.
pub fn members(n: u32, of: &[u32], among: &[u32], each: u32, rng: &mut Stream) -> Result<Made, NetworkError> {
    if each as usize > of.len() {
        return Err(NetworkError::argument(
            "members",
            "each",
            each,
            format!("at most {}, the number of groups", of.len()),
        ));
    }
    require_ties(2 * u64::from(each) * among.len() as u64)?;
    let mut pool = of.to_vec();
    let mut ties = Vec::with_capacity(2 * each as usize * among.len());
    for &agent in among {
        for &group in draw_others(&mut pool, agent, each as usize, rng) {
            ties.extend([(group, agent), (agent, group)]);
        }
    }
    // A group that is itself a member may have been drawn from both sides, and cannot join itself.
    let given = ties.len();
    let network = Network::from_ties(n as usize, ties, false).0;
    let mut made = Made { notes: Vec::new(), network };
    let short = 2 * each as usize * among.len() - given;
    note(&mut made.notes, "members: groups that could not join themselves, memberships missing", short as u64 / 2);
    note(&mut made.notes, "members: repeated ties dropped", (given - made.network.ties()) as u64);
    Ok(made)
}

/// Each speaker of `of` gets `size` different hearers out of `among`, drawn at random (never itself); with `disjoint` no
/// agent hears two of them.
pub fn audience(
    n: u32,
    of: &[u32],
    among: &[u32],
    size: u32,
    disjoint: bool,
    rng: &mut Stream,
) -> Result<Made, NetworkError> {
    let wanted = of.len() as u64 * u64::from(size);
    require_ties(wanted)?;
    let too_large = |allowed: String| Err(NetworkError::argument("audience", "size", size, allowed));
    if disjoint && wanted > among.len() as u64 {
        let most = among.len() / of.len();
        return too_large(format!("at most {most}, for {} disjoint audiences among {} agents", of.len(), among.len()));
    }
    if let Some(speaker) = of.iter().find(|speaker| {
        let others = among.len() - usize::from(among.binary_search(speaker).is_ok());
        size as usize > others
    }) {
        return too_large(format!("at most {}, those that agent {} can reach", among.len(), speaker + 1));
    }
    let mut pool = among.to_vec();
    let mut ties = Vec::with_capacity(wanted as usize);
    let mut short = 0;
    for &speaker in of {
        let drawn = draw_others(&mut pool, speaker, size as usize, rng);
        ties.extend(drawn.iter().map(|&hearer| (speaker, hearer)));
        let found = drawn.len();
        short += size as usize - found;
        if disjoint {
            pool.drain(..found);
        }
    }
    let mut made = Made::from(Network::from_ties(n as usize, ties, false).0);
    note(&mut made.notes, "audience: hearers missing, as nobody was left", short as u64);
    Ok(made)
}

/// What fills the odds of speakers for a hearer: `weight(hearer, speakers, odds)`.
pub type Weight<'a> = dyn FnMut(u32, &[u32], &mut [f64]) + 'a;

/// Each agent of `among` hears `k` different others, drawn one after another with odds in proportion to `weight`, out of
/// `candidates` others drawn at random for it (all others when there are no more). Who finds fewer than k others with
/// odds above 0 hears fewer, noted.
pub fn kernel(
    n: u32,
    among: &[u32],
    k: u32,
    candidates: u32,
    weight: &mut Weight,
    rng: &mut Stream,
) -> Result<Made, NetworkError> {
    if k > 0 && !among.is_empty() && k as usize >= among.len() {
        return Err(NetworkError::argument(
            "kernel",
            "k",
            k,
            format!("at most {}, the number of others", among.len() - 1),
        ));
    }
    if candidates < k {
        return Err(NetworkError::argument("kernel", "candidates", candidates, format!("at least k = {k}")));
    }
    require_ties(u64::from(k) * among.len() as u64)?;
    let mut pool = among.to_vec();
    let mut odds = Vec::new();
    let (mut lonely, mut missing) = (0, 0);
    let mut rows: Vec<u32> = Vec::with_capacity(k as usize * among.len());
    let mut ends = Vec::with_capacity(among.len());
    for &hearer in among {
        let speakers = draw_others(&mut pool, hearer, candidates as usize, rng);
        odds.clear();
        odds.resize(speakers.len(), 0.0);
        weight(hearer, speakers, &mut odds);
        if let Some(at) = odds.iter().position(|odd| !odd.is_finite() || *odd < 0.0) {
            return Err(NetworkError::Weight { hearer, speaker: speakers[at], weight: odds[at].to_string() });
        }
        let begin = rows.len();
        draw_by_odds(&mut odds, k as usize, rng, |at| rows.push(speakers[at]));
        rows[begin..].sort_unstable();
        let found = rows.len() - begin;
        lonely += u64::from(found == 0 && k > 0);
        missing += (k as usize - found) as u64;
        ends.push(rows.len());
    }
    let mut at = 0;
    let network = by_hearer(n, among, |_, row| {
        let begin = if at == 0 { 0 } else { ends[at - 1] };
        row.extend_from_slice(&rows[begin..ends[at]]);
        at += 1;
    });
    let mut made = Made::from(network);
    note(&mut made.notes, "kernel: ties missing, as too few candidates had a weight above 0", missing);
    note(&mut made.notes, "kernel: agents that hear nobody, as no candidate had a weight above 0", lonely);
    Ok(made)
}

/// A directed network whose rows are filled for each of `hearers`, ascending, with speakers ascending.
fn by_hearer(n: u32, hearers: &[u32], mut fill: impl FnMut(u32, &mut Vec<u32>)) -> Network {
    debug_assert!(hearers.is_sorted(), "sets of agents are ascending");
    let mut offsets = vec![0];
    let mut sources = Vec::new();
    for &hearer in hearers {
        offsets.resize(hearer as usize + 1, sources.len() as u32);
        fill(hearer, &mut sources);
    }
    offsets.resize(n as usize + 1, sources.len() as u32);
    Network::from_rows(offsets, sources, false)
}

/// Up to `k` different members of the pool other than `agent`, every set equally likely, in the order drawn. The pool is
/// left in another order, those drawn (and perhaps `agent`) first.
fn draw_others<'p>(pool: &'p mut [u32], agent: u32, k: usize, rng: &mut Stream) -> &'p [u32] {
    let mut found = 0;
    while found < k && found < pool.len() {
        let at = found + rng.below((pool.len() - found) as u32) as usize;
        pool.swap(found, at);
        if pool[found] == agent {
            // Aside to the end, where one draw fewer can reach it.
            let last = pool.len() - 1;
            pool.swap(found, last);
            while found < k && found < last {
                let at = found + rng.below((last - found) as u32) as usize;
                pool.swap(found, at);
                found += 1;
            }
            break;
        }
        found += 1;
    }
    &pool[..found]
}

/// Up to `k` different places of `odds`, one after another, each with a chance in proportion to its odds among those left.
fn draw_by_odds(odds: &mut [f64], k: usize, rng: &mut Stream, mut found: impl FnMut(usize)) {
    let mut left = odds.iter().filter(|odd| **odd > 0.0).count().min(k);
    let mut up_to = vec![0.0; odds.len()];
    while left > 0 {
        let mut total = 0.0;
        for (sum, odd) in up_to.iter_mut().zip(odds.iter()) {
            total += odd;
            *sum = total;
        }
        // A place drawn again is passed over, which is the same as drawing among those left; when that happens often,
        // the sums are made anew without them.
        let mut vain = 0;
        while left > 0 && vain < 8 {
            let x = rng.unit() * total;
            let at = up_to.partition_point(|&sum| sum <= x).min(odds.len() - 1);
            if odds[at] > 0.0 {
                odds[at] = 0.0;
                left -= 1;
                found(at);
            } else {
                vain += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_heard_by_all_but_itself() {
        let made = star(6, &[1, 4], &[0, 1, 5]).unwrap();
        assert_eq!(made.network.hears(0), [1, 4]);
        assert_eq!(made.network.hears(1), [4]);
        assert_eq!(made.network.hears(4), [0; 0]);
        assert_eq!(made.network.hears(5), [1, 4]);
        assert!(!made.network.is_mutual() && made.network.is_sound());
    }

    #[test]
    fn members_and_their_groups_hear_each_other() {
        let people: Vec<u32> = (0..200).collect();
        let groups: Vec<u32> = (200..210).collect();
        let made = members(210, &groups, &people, 3, &mut Stream::from_seed(1)).unwrap();
        assert!(people.iter().all(|&i| made.network.degree(i as usize) == 3));
        assert_eq!(made.network.ties(), 2 * 3 * 200);
        assert_eq!(made.network.undirected().ties(), made.network.ties());
        let sizes: Vec<f64> = groups.iter().map(|&g| made.network.degree(g as usize) as f64).collect();
        // Binomial(200, 0.3): mean 60, sd 6.5; six sd fail by chance less than once in ten million.
        assert!(sizes.iter().all(|size| (size - 60.0).abs() < 39.0), "{sizes:?}");
        let refused = members(210, &groups, &people, 11, &mut Stream::from_seed(1)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "members: each = 11 is not possible, allowed is at most 10, the number of groups"
        );
    }

    #[test]
    fn disjoint_audiences_share_nobody() {
        let people: Vec<u32> = (0..2000).collect();
        let stars: Vec<u32> = (2000..2010).collect();
        let made = audience(2010, &stars, &people, 200, true, &mut Stream::from_seed(2)).unwrap();
        assert!(people.iter().all(|&i| made.network.degree(i as usize) == 1));
        let out = made.network.by_speaker();
        assert!(stars.iter().all(|&s| out.offsets[s as usize + 1] - out.offsets[s as usize] == 200));
        assert!(made.notes.is_empty());
        let refused = audience(2010, &stars, &people, 201, true, &mut Stream::from_seed(2)).unwrap_err();
        assert!(refused.to_string().contains("at most 200"), "{refused}");
        let shared = audience(2010, &stars, &people, 1500, false, &mut Stream::from_seed(2)).unwrap();
        assert_eq!(shared.network.ties(), 15_000);
    }

    #[test]
    fn a_speaker_in_its_own_audience_does_not_hear_itself() {
        let all: Vec<u32> = (0..10).collect();
        for seed in 0..50 {
            let made = audience(10, &[2, 3], &all, 5, true, &mut Stream::from_seed(seed)).unwrap();
            assert!(made.network.is_sound());
            assert!(made.network.ties() >= 9, "{made:?}");
            let others = audience(10, &[2, 3], &all, 9, false, &mut Stream::from_seed(seed)).unwrap();
            assert_eq!(others.network.ties(), 18);
        }
    }

    #[test]
    fn a_kernel_chooses_by_its_odds() {
        // Agents 0..100, odds 3 for even others, 1 for odd ones: about 3/4 of the first choices are even.
        let all: Vec<u32> = (0..2000).collect();
        let mut odds = |_: u32, speakers: &[u32], odds: &mut [f64]| {
            for (odd, speaker) in odds.iter_mut().zip(speakers) {
                *odd = if speaker % 2 == 0 { 3.0 } else { 1.0 };
            }
        };
        let made = kernel(2000, &all, 2, 200, &mut odds, &mut Stream::from_seed(3)).unwrap();
        assert_eq!(made.network.ties(), 4000);
        assert!(made.network.is_sound());
        let even = made.network.sources().iter().filter(|&&s| s % 2 == 0).count() as f64 / 4000.0;
        // Standard error 0.007: five of them fail by chance less than once in a million.
        assert!((even - 0.75).abs() < 0.035, "{even}");
    }

    #[test]
    fn a_kernel_without_odds_leaves_agents_alone_and_says_so() {
        let all: Vec<u32> = (0..10).collect();
        let mut only_zero = |_: u32, speakers: &[u32], odds: &mut [f64]| {
            for (odd, speaker) in odds.iter_mut().zip(speakers) {
                *odd = f64::from(u8::from(*speaker == 0));
            }
        };
        let made = kernel(10, &all, 2, 1000, &mut only_zero, &mut Stream::from_seed(3)).unwrap();
        assert!((1..10).all(|i| made.network.hears(i) == [0]) && made.network.degree(0) == 0);
        assert_eq!(made.notes[0].count, 11);
        let mut wrong = |_: u32, _: &[u32], odds: &mut [f64]| odds[0] = f64::NAN;
        let refused = kernel(10, &all, 2, 1000, &mut wrong, &mut Stream::from_seed(3)).unwrap_err();
        assert!(refused.to_string().contains("is NaN, allowed are finite numbers from 0 up"), "{refused}");
    }
}
