//! A committed minority against an old norm, where the others do what most of those they last met did. Source: Centola, Becker,
//! Brackbill and Baronchelli 2018, Experimental evidence for tipping points in social convention, Science 360:1116.
//!
//! Everybody meets everybody. With c the share that is committed and x the share of the others that plays the new norm, a partner
//! plays it with chance q = c + (1 - c) x, and x = P(Bin(M, q) > M / 2) for a memory of M plays, ties counted as said.

use super::solve::{first_maximum, fixed_point};
use crate::stats::special::beta_cdf;

/// What is played when a memory holds as many plays of the new norm as of the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    Random,
    New,
    Old,
}

/// The share of all, the committed included, that plays the new norm in the end when nobody else did at the start.
pub fn ends(committed: f64, memory: u32, tie: Tie) -> f64 {
    let all = |x: f64| committed + (1.0 - committed) * x;
    all(fixed_point(0.0, |x| plays_new(all(x), memory, tie)))
}

/// The committed share above which everybody is won over: up to it c = (q - f(q)) / (1 - f(q)) has a solution of low q.
pub fn critical(memory: u32, tie: Tie) -> f64 {
    let committed = |q: f64| {
        let plays = plays_new(q, memory, tie);
        (q - plays) / (1.0 - plays)
    };
    committed(first_maximum(0.0, 0.9, 3000, committed))
}

/// The chance to play the new norm when each remembered play was new with chance `q`.
fn plays_new(q: f64, memory: u32, tie: Tie) -> f64 {
    // P(Bin(M, q) >= j) is the incomplete beta function I_q(j, M - j + 1).
    let at_least = |j: u32| beta_cdf(f64::from(j), f64::from(memory - j + 1), q);
    let most = at_least(memory / 2 + 1);
    if memory % 2 == 1 {
        return most;
    }
    let half = if memory == 0 { 1.0 } else { at_least(memory / 2) };
    match tie {
        Tie::Random => 0.5 * (most + half),
        Tie::New => half,
        Tie::Old => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_critical_minority_grows_with_memory() {
        // Memory, and critical shares for ties at random, to the new norm, to the old (PAPERS: derived).
        for (memory, random, new, old) in [
            (3, 0.11111, 0.11111, 0.11111),
            (4, 0.11111, 0.05078, 0.27516),
            (5, 0.16512, 0.16512, 0.16512),
            (6, 0.16512, 0.11287, 0.26902),
            (7, 0.19919, 0.19919, 0.19919),
            (8, 0.19919, 0.15572, 0.27548),
            (11, 0.24191, 0.24191, 0.24191),
            (12, 0.24191, 0.21005, 0.29169),
            (15, 0.26882, 0.26882, 0.26882),
            (16, 0.26882, 0.24379, 0.30569),
            (24, 0.30247, 0.28496, 0.32666),
            (30, 0.31904, 0.30474, 0.33823),
            (50, 0.35232, 0.34342, 0.36362),
            (100, 0.38854, 0.38394, 0.39406),
        ] {
            for (tie, expected) in [(Tie::Random, random), (Tie::New, new), (Tie::Old, old)] {
                let found = critical(memory, tie);
                assert!((found - expected).abs() < 6e-6, "memory {memory}, {tie:?}: {found}, expected {expected}");
            }
        }
    }

    #[test]
    fn below_it_the_old_norm_stays() {
        for (committed, expected) in [(0.20, 0.01578), (0.22, 0.03050), (0.24, 0.07426)] {
            let others = (ends(committed, 12, Tie::Random) - committed) / (1.0 - committed);
            assert!((others - expected).abs() < 6e-6, "{committed}: {others}");
        }
        assert!(ends(0.243, 12, Tie::Random) > 0.999);
    }
}
