//! Makers without structure: random pairs, all pairs, given pairs.

use super::arguments::require_finite;
use super::{Density, Made};
use crate::network::csr::Network;
use crate::network::error::{NetworkError, require_share, require_ties};
use crate::network::note::note;
use crate::network::pairs::{Pairs, Run, possible_pairs};
use crate::rng::Stream;

pub(super) fn random(n: u32, density: Density, rng: &mut Stream) -> Result<Made, NetworkError> {
    if n == 0 {
        return Ok(Network::empty(0).into());
    }
    let possible = possible_pairs(n);
    let pairs = match density {
        Density::MeanDegree(k) => {
            require_finite("random", "k", k)?;
            if k > f64::from(n - 1) {
                let allowed = format!("at most {}, as there are {n} agents", n - 1);
                return Err(NetworkError::argument("random", "k", k, allowed));
            }
            // Rounding may not ask for more pairs than there are.
            let m = ((f64::from(n) * k / 2.0).round() as u64).min(possible);
            require_ties(2 * m)?;
            Pairs::random(n, m, rng)
        }
        Density::Pairs(m) => {
            if m > possible {
                let allowed = format!("at most {possible}, as there are {n} agents");
                return Err(NetworkError::argument("random", "m", m, allowed));
            }
            require_ties(2 * m)?;
            Pairs::random(n, m, rng)
        }
        Density::Probability(p) => {
            require_share("random", "p", p)?;
            Pairs::bernoulli(n, &[Run { p, columns: &|a| (a + 1, n) }], rng)?
        }
    };
    Ok(pairs.into_network().into())
}

pub(super) fn complete(n: u32) -> Result<Made, NetworkError> {
    require_ties(2 * possible_pairs(n))?;
    let mut offsets = vec![0u32];
    let mut sources = Vec::with_capacity(2 * possible_pairs(n) as usize);
    for i in 0..n {
        sources.extend((0..n).filter(|&j| j != i));
        offsets.push(sources.len() as u32);
    }
    Ok(Network::from_rows(offsets, sources, true).into())
}

pub(super) fn list(n: u32, ties: &[(u32, u32)], mutual: bool) -> Result<Made, NetworkError> {
    if let Some(&(speaker, hearer)) = ties.iter().find(|tie| tie.0 >= n || tie.1 >= n) {
        return Err(NetworkError::NoSuchAgent { maker: "list", speaker, hearer, last: i64::from(n) - 1 });
    }
    require_ties(ties.len() as u64 * if mutual { 2 } else { 1 })?;
    let (network, dropped) = Network::from_ties(n as usize, ties.iter().copied(), mutual);
    let mut made = Made::from(network);
    note(&mut made.notes, "list: self-ties dropped", dropped.self_ties);
    note(&mut made.notes, "list: repeated ties dropped", dropped.repeats);
    Ok(made)
}
