//! Whom to start with so that as many as possible are reached, by trying: for any rules.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::influence::is_cascade;
use super::prepare::Prepared;
use super::trial::{Question, Trial, apart};
use crate::contagion::State;
use crate::contagion::world::Greedy;
use crate::formula::Mistake;
use crate::rng::{Purpose, Source};

/// `n` agents of `pool`, one after another the one that adds most to the mean number reached.
///
/// Every trial set meets the same draws, those of replicate 1, 2, ... When `lazy`, gains of earlier rounds are taken as upper
/// bounds of those that follow, so that few agents are tried again (CELF): exact where what one adds shrinks as the start
/// grows, which holds for independent cascades. Elsewhere everybody is tried in every round. Source: Kempe, Kleinberg and
/// Tardos 2003; Leskovec et al. 2007.
///
/// Where several sources are needed, the first of them add nothing but themselves. Of agents that add equally many, the one
/// comes first that brings those not reached nearest to adopting ([`nearness`]). What is equal then is settled by a
/// draw.
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
    let lazy = greedy.lazy.unwrap_or_else(|| is_cascade(prepared, trial.counted()));
    let sources: Vec<Source> = (0..greedy.replicates)
        .map(|replicate| apart(source, &format!("greedy {} {part} {replicate}", source.cell)))
        .collect();
    let mut worth = |start: &[u32]| -> Result<Worth, Mistake> {
        let mut worth = Worth::default();
        for &source in &sources {
            trial.run(start, source)?;
            worth.reached += trial.reached().count() as i64;
            worth.nearness += trial.progress_of_others().map(nearness).sum::<i64>();
        }
        Ok(worth)
    };
    let mut order = pool.to_vec();
    // Draws of the selector itself begin at the time; these begin far from it.
    source.key(Purpose::Selection, part).stream(1 << 32 | u64::from(state.now)).shuffle(&mut order);
    let mut chosen: Vec<u32> = Vec::with_capacity(n);
    let mut so_far = Worth::default();
    let mut queue: BinaryHeap<Candidate> = (0..order.len())
        .map(|place| Candidate { gain: Worth::UNKNOWN, rank: place, agent: order[place], round: usize::MAX })
        .collect();
    while chosen.len() < n {
        let Some(mut best) = queue.pop() else { break };
        if best.round == chosen.len() {
            chosen.push(best.agent);
            so_far =
                Worth { reached: so_far.reached + best.gain.reached, nearness: so_far.nearness + best.gain.nearness };
            if !lazy {
                // All gains are void; everybody is tried again.
                queue = queue.drain().map(|candidate| Candidate { gain: Worth::UNKNOWN, ..candidate }).collect();
            }
            continue;
        }
        chosen.push(best.agent);
        let Worth { reached, nearness } = worth(&chosen)?;
        best.gain = Worth { reached: reached - so_far.reached, nearness: nearness - so_far.nearness };
        chosen.pop();
        best.round = chosen.len();
        queue.push(best);
    }
    Ok(chosen)
}

/// What a start comes to, added up over replicates, or what an agent adds to it: more agents come before nearer ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    reached: i64,
    nearness: i64,
}

impl Worth {
    /// Whoever has not been tried comes first.
    const UNKNOWN: Worth = Worth { reached: i64::MAX, nearness: i64::MAX };
}

/// How near an agent is to adopting that has heard this share of what it needs, in whole millionths, so that sums are the
/// same in any order. A square, because what is needed must come together in one agent: two halves in two agents are no
/// step, and a sum of plain shares would be largest where no two of the chosen have a hearer in common.
fn nearness(progress: f64) -> i64 {
    (progress * progress * 1e6) as i64
}

/// An agent, what it added when it was last tried, and how many had been chosen then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    gain: Worth,
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
