//! Whom to start with so that as many as possible are reached, from samples of who would have reached a random agent.
//!
//! A reverse reachable set is the set of agents from whom a contagion would have come to one random agent. An agent that
//! is in many of them reaches many; `k` agents that together cover most of them are, with enough sets, nearly the best.
//! Source: Borgs et al. 2014; Tang, Shi and Xiao 2015 (IMM), with sets drawn anew for the choice (Chen 2018).

use crate::rng::Stream;
use crate::stats::log;

/// Members of all sets together before the search gives up: half a gigabyte, and as much again for the index.
pub const MOST_MEMBERS: usize = 1 << 27;
/// The promise below holds with probability 1 - 1 / agents to this power.
const CONFIDENCE: f64 = 1.0;

/// Who was chosen, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// In the order chosen: each covers most of what those before it leave.
    pub chosen: Vec<u32>,
    /// Expected number of agents reached, by the sets: a share of them covered, times the agents.
    pub reached: f64,
    pub sets: usize,
}

/// More sets are needed than memory is granted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

/// Reverse reachable sets: who would have reached a random agent. One member after another is given to the second argument.
pub trait Reverse {
    fn set(&mut self, draws: &mut Stream, members: &mut Vec<u32>);
}

/// `k` of the candidates (those of `agents` for whom it is true) that reach at least 1 - 1/e - `epsilon` of the most that
/// any `k` can, with probability 1 - 1 / `targets`. `targets` is the number of agents a set can start at; `stream` gives
/// the draws of each phase.
pub fn imm(
    k: usize,
    candidates: &[bool],
    targets: usize,
    epsilon: f64,
    sampler: &mut impl Reverse,
    stream: &dyn Fn(u64) -> Stream,
) -> Result<Choice, TooMany> {
    let n = targets as f64;
    let many = candidates.iter().filter(|&&candidate| candidate).count();
    let ways = log_binomial(many, k);
    let ell = CONFIDENCE * (1.0 + log(2.0) / log(n.max(2.0)));
    let (log_n, e) = (log(n.max(2.0)), std::f64::consts::E);

    // How many can be reached at least? Halved guesses, until the sets say that a guess is met.
    let coarse = std::f64::consts::SQRT_2 * epsilon;
    let guesses = (log_n / log(2.0)).floor().max(1.0);
    let weight = (2.0 + 2.0 / 3.0 * coarse) * (ways + ell * log_n + log(guesses.max(2.0))) * n / (coarse * coarse);
    let mut least = 1.0;
    let mut sets = Sets::new(candidates);
    for guess in 1..guesses as u64 {
        let met = n / (1u64 << guess) as f64;
        sets.fill((weight / met).ceil() as usize, sampler, &mut stream(guess))?;
        let choice = sets.choose(k, targets);
        if choice.reached >= (1.0 + coarse) * met {
            least = choice.reached / (1.0 + coarse);
            break;
        }
    }
    let alpha = (ell * log_n + log(2.0)).sqrt();
    let beta = ((1.0 - 1.0 / e) * (ways + ell * log_n + log(2.0))).sqrt();
    let enough = 2.0 * n * ((1.0 - 1.0 / e) * alpha + beta) * ((1.0 - 1.0 / e) * alpha + beta) / (epsilon * epsilon);
    let mut sets = Sets::new(candidates);
    sets.fill((enough / least).ceil().max(1.0) as usize, sampler, &mut stream(0))?;
    Ok(sets.choose(k, targets))
}

fn log_binomial(n: usize, k: usize) -> f64 {
    (0..k.min(n)).map(|i| log((n - i) as f64) - log((i + 1) as f64)).sum()
}

/// The members of all sets, one set after another; only candidates are kept.
struct Sets<'a> {
    candidates: &'a [bool],
    ends: Vec<usize>,
    members: Vec<u32>,
    one: Vec<u32>,
}

impl<'a> Sets<'a> {
    fn new(candidates: &'a [bool]) -> Self {
        Sets { candidates, ends: Vec::new(), members: Vec::new(), one: Vec::new() }
    }

    /// Adds sets until there are `count`.
    fn fill(&mut self, count: usize, sampler: &mut impl Reverse, draws: &mut Stream) -> Result<(), TooMany> {
        while self.ends.len() < count {
            self.one.clear();
            sampler.set(draws, &mut self.one);
            self.members.extend(self.one.iter().filter(|&&member| self.candidates[member as usize]));
            self.ends.push(self.members.len());
            if self.members.len() + self.ends.len() > MOST_MEMBERS {
                return Err(TooMany);
            }
        }
        Ok(())
    }

    /// One after another the agent that is in most sets not yet covered; among equals the first.
    fn choose(&self, k: usize, targets: usize) -> Choice {
        let agents = self.candidates.len();
        let mut covers = vec![0u32; agents];
        self.members.iter().for_each(|&member| covers[member as usize] += 1);
        let mut starts = vec![0usize; agents + 1];
        (0..agents).for_each(|agent| starts[agent + 1] = starts[agent] + covers[agent] as usize);
        let mut next = starts.clone();
        let mut sets_of = vec![0u32; self.members.len()];
        let mut begin = 0;
        for (set, &end) in self.ends.iter().enumerate() {
            for &member in &self.members[begin..end] {
                sets_of[next[member as usize]] = set as u32;
                next[member as usize] += 1;
            }
            begin = end;
        }
        let mut covered = vec![false; self.ends.len()];
        let mut taken = vec![false; agents];
        let (mut chosen, mut total) = (Vec::with_capacity(k), 0usize);
        for _ in 0..k {
            let free = (0..agents).filter(|&agent| self.candidates[agent] && !taken[agent]);
            // The last of the largest is the first agent when they are visited backwards.
            let Some(best) = free.rev().max_by_key(|&agent| covers[agent]) else { break };
            taken[best] = true;
            chosen.push(best as u32);
            for &set in &sets_of[starts[best]..starts[best + 1]] {
                let set = set as usize;
                if std::mem::replace(&mut covered[set], true) {
                    continue;
                }
                total += 1;
                let begin = if set == 0 { 0 } else { self.ends[set - 1] };
                self.members[begin..self.ends[set]].iter().for_each(|&member| covers[member as usize] -= 1);
            }
        }
        let reached = total as f64 / self.ends.len().max(1) as f64 * targets as f64;
        Choice { chosen, reached, sets: self.ends.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Source};

    /// Agents 0 and 1 reach forty and thirty others, the rest reach only themselves.
    struct Stars;

    impl Reverse for Stars {
        fn set(&mut self, draws: &mut Stream, members: &mut Vec<u32>) {
            let target = draws.below(100);
            members.push(target);
            match target {
                2..=41 => members.push(0),
                42..=71 => members.push(1),
                _ => {}
            }
        }
    }

    fn choose(k: usize, candidates: &[bool]) -> Choice {
        let stream = |phase| Source::new(3, 0).key(Purpose::Selection, 0).stream(phase);
        imm(k, candidates, 100, 0.2, &mut Stars, &stream).expect("few sets are needed")
    }

    #[test]
    fn the_largest_stars_are_chosen_in_their_order() {
        let choice = choose(2, &[true; 100]);
        assert_eq!(choice.chosen, [0, 1]);
        // 41 and 31 of 100: four standard errors of the estimate with so many sets.
        assert!(choice.sets > 1_500 && (choice.reached - 72.0).abs() < 4.6, "{choice:?}");
    }

    #[test]
    fn only_candidates_are_chosen() {
        let mut candidates = [true; 100];
        candidates[0] = false;
        assert_eq!(choose(1, &candidates).chosen, [1]);
        let none = [false; 100];
        assert_eq!(choose(3, &none).chosen, [0u32; 0]);
    }
}
