//! Rings, and what rewiring makes of them.

use super::{Made, arguments};
use crate::network::csr::Network;
use crate::network::error::{NetworkError, require_share, require_ties};
use crate::network::pairs::Skips;
use crate::network::shuffle;
use crate::network::swap::sort_row;
use crate::rng::Stream;

/// `k / 2` neighbours on each side; a part of the ties rewired.
pub(super) fn ring(n: u32, k: u32, rewire: f64, keep_degree: bool, rng: &mut Stream) -> Result<Made, NetworkError> {
    require_share("ring", "rewire", rewire)?;
    if k % 2 == 1 {
        let allowed =
            format!("an even number, k / 2 neighbours on each side, such as {} or {}", k - 1, u64::from(k) + 1);
        return Err(NetworkError::argument("ring", "k", k, allowed));
    }
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    if k >= n {
        return Err(arguments::too_few("ring", n, k, "k"));
    }
    require_ties(u64::from(n) * u64::from(k))?;
    if keep_degree {
        return shuffle::swapped(lattice(n, k / 2), rewire, rng);
    }
    let half = k / 2;
    let Some(skips) = Skips::new(rewire).filter(|_| half > 0) else { return Ok(lattice(n, half).into()) };
    let ends = FarEnds::rewired(n, half, skips, rng);
    Ok(ends.into_network().into())
}

/// The ring before rewiring.
fn lattice(n: u32, half: u32) -> Network {
    let k = 2 * half;
    let offsets = (0..=n).map(|i| i * k).collect();
    let mut sources = Vec::with_capacity(n as usize * k as usize);
    for i in 0..n {
        if i >= half && i + half < n {
            sources.extend(i - half..i);
            sources.extend(i + 1..=i + half);
        } else {
            let begin = sources.len();
            sources.extend((1..=half).flat_map(|d| [(i + d) % n, (i + n - d) % n]));
            sources[begin..].sort_unstable();
        }
    }
    Network::from_rows(offsets, sources, true)
}

/// Each tie of the ring under its near end: `far[u * half + j]` was u + j + 1 before rewiring.
struct FarEnds {
    n: u32,
    half: u32,
    far: Vec<u32>,
    /// The places in `far` that were redrawn, ascending.
    moved: Vec<u32>,
}

impl FarEnds {
    /// Watts and Strogatz 1998: every tie keeps its near end, and with the probability behind `skips` its far end is
    /// redrawn among the agents that are neither the near end nor tied to it; where there is none it stays.
    fn rewired(n: u32, half: u32, skips: Skips, rng: &mut Stream) -> Self {
        let mut far = Vec::with_capacity(n as usize * half as usize);
        for u in 0..n {
            if u + half < n {
                far.extend(u + 1..=u + half);
            } else {
                far.extend((1..=half).map(|d| (u + d) % n));
            }
        }
        let mut ends = FarEnds { n, half, far, moved: Vec::new() };
        let ties = ends.far.len() as u64;
        let mut tie = skips.next(rng);
        while tie < ties {
            let near = (tie / u64::from(half)) as u32;
            if let Some(end) = ends.free_end(near, rng) {
                ends.far[tie as usize] = end;
                ends.moved.push(tie as u32);
            }
            tie = tie.saturating_add(1).saturating_add(skips.next(rng));
        }
        ends
    }

    fn of(&self, u: u32) -> &[u32] {
        let begin = u as usize * self.half as usize;
        &self.far[begin..begin + self.half as usize]
    }

    fn has(&self, u: u32, w: u32) -> bool {
        self.of(u).contains(&w) || self.of(w).contains(&u)
    }

    /// An agent that is not `u` and not tied to it, all equally likely.
    fn free_end(&self, u: u32, rng: &mut Stream) -> Option<u32> {
        for _ in 0..64 {
            let w = rng.below(self.n);
            if w != u && !self.has(u, w) {
                return Some(w);
            }
        }
        let free: Vec<u32> = (0..self.n).filter(|&w| w != u && !self.has(u, w)).collect();
        (!free.is_empty()).then(|| free[rng.below(free.len() as u32) as usize])
    }

    fn into_network(self) -> Network {
        let FarEnds { n, half, far, moved } = self;
        let k = 2 * half;
        // The redrawn ties once more by their far end, ascending by near end.
        let mut from = vec![0u32; n as usize + 2];
        for &tie in &moved {
            from[far[tie as usize] as usize + 2] += 1;
        }
        let mut offsets = Vec::with_capacity(n as usize + 1);
        offsets.push(0u32);
        for i in 0..n as usize {
            // What the row gains; what it loses is subtracted below.
            offsets.push(k + from[i + 2]);
            from[i + 2] += from[i + 1];
        }
        let mut arrivals = vec![0u32; moved.len()];
        for &tie in &moved {
            let (near, step) = (tie / half, tie % half + 1);
            let place = &mut from[far[tie as usize] as usize + 1];
            arrivals[*place as usize] = near;
            *place += 1;
            let left = near + step;
            offsets[if left >= n { left - n } else { left } as usize + 1] -= 1;
        }
        drop(moved);
        for i in 0..n as usize {
            offsets[i + 1] += offsets[i];
        }
        let mut sources = vec![0u32; 2 * far.len()];
        for i in 0..n {
            let row = &mut sources[offsets[i as usize] as usize..offsets[i as usize + 1] as usize];
            let mut len = 0;
            for step in (1..=half).rev() {
                // The neighbour `step` back still tied to i: a redrawn tie never returns to its old far end.
                let near = if i >= step { i - step } else { i + n - step };
                let stays = far[near as usize * half as usize + step as usize - 1] == i;
                if stays {
                    row[len] = near;
                    len += 1;
                }
            }
            let own = &far[i as usize * half as usize..][..half as usize];
            row[len..len + own.len()].copy_from_slice(own);
            len += own.len();
            let arrived = &arrivals[from[i as usize] as usize..from[i as usize + 1] as usize];
            row[len..].copy_from_slice(arrived);
            sort_row(row);
        }
        Network::from_rows(offsets, sources, true)
    }
}
