//! Whom to start with so that as many as possible are reached, by trying: for any rules.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::prepare::Prepared;
use super::trial::{Question, Trial, apart};
use crate::contagion::State;
use crate::contagion::world::Greedy;
use crate::formula::Mistake;
use crate::rng::{Purpose, Source};

/// `n` agents of `pool`, one after another the one that adds most to the mean number reached.
///
/// Every trial set meets the same draws, those of replicate 1, 2, ... Gains of earlier rounds are taken as upper bounds of
/// those that follow, so that few agents are tried again (CELF): exact where what one adds shrinks as the start grows, which
/// holds for independent cascades and for thresholds drawn anew. Without `lazy` everybody is tried in every round. Equal
/// gains are settled by a draw. Source: Kempe, Kleinberg and Tardos 2003; Leskovec et al. 2007.
pub(super) fn greedy(
    greedy: &Greedy,
    n: usize,
    pool: &[u32],
    prepared: &Prepared,
    state: &State,
    source: Source,
    part: u32,
) -> Result<Vec<u32>, Mistake> {
    let question = Question {
        stage: &greedy.stage,
        from: greedy.from.as_deref(),
        item: greedy.item.as_deref(),
        steps: greedy.steps,
        count_all: greedy.count_all,
        line: greedy.line,
    };
    let mut trial = Trial::new(&question, prepared, state)?;
    let sources: Vec<Source> = (0..greedy.replicates)
        .map(|replicate| apart(source, &format!("greedy {} {part} {replicate}", source.cell)))
        .collect();
    let mut worth = |start: &[u32]| -> Result<u64, Mistake> {
        let mut reached = 0;
        for &source in &sources {
            trial.run(start, source)?;
            reached += trial.reached().count() as u64;
        }
        Ok(reached)
    };
    let mut order = pool.to_vec();
    // Draws of the selector itself begin at the time; these begin far from it.
    source.key(Purpose::Selection, part).stream(1 << 32 | u64::from(state.now)).shuffle(&mut order);
    let mut chosen: Vec<u32> = Vec::with_capacity(n);
    let mut reached = 0u64;
    let mut queue: BinaryHeap<Candidate> = (0..order.len())
        .map(|place| Candidate { gain: i64::MAX, rank: place, agent: order[place], round: usize::MAX })
        .collect();
    while chosen.len() < n {
        let Some(mut best) = queue.pop() else { break };
        if best.round == chosen.len() {
            chosen.push(best.agent);
            reached = reached.saturating_add_signed(best.gain);
            if !greedy.lazy {
                // All gains are void; everybody is tried again.
                queue = queue.drain().map(|candidate| Candidate { gain: i64::MAX, ..candidate }).collect();
            }
            continue;
        }
        chosen.push(best.agent);
        best.gain = worth(&chosen)? as i64 - reached as i64;
        chosen.pop();
        best.round = chosen.len();
        queue.push(best);
    }
    Ok(chosen)
}

/// An agent, what it added when it was last tried, and how many had been chosen then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    gain: i64,
    /// Its place in a drawn order: among equals the first comes first.
    rank: usize,
    agent: u32,
    round: usize,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.cmp(&other.gain).then(other.rank.cmp(&self.rank))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
