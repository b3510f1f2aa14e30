//! What the engine brings to a selection of agents: the rules, tried out.

use super::greedy::greedy;
use super::influence::influential;
use super::prepare::Prepared;
use super::rules::Rules;
use crate::contagion::State;
use crate::contagion::names::Vocabulary;
use crate::contagion::select::{Trying, nothing_to_try};
use crate::contagion::world::{Event, Greedy, Influential, Set, Setup, Who, World};
use crate::formula::Mistake;
use crate::rng::Source;

/// Refuses what cannot be chosen in this world, before anything is built: trying where there are no rules yet, cascades
/// that cannot be followed backwards.
pub(super) fn check(world: &World, rules: &Rules, words: &Vocabulary) -> Result<(), Mistake> {
    for who in world.setup.iter().flat_map(Setup::selectors).flat_map(nested) {
        let (word, line) = match who {
            Who::Greedy { how, .. } => ("greedy", how.line),
            Who::Influential { how, .. } => ("influential", how.line),
            _ => continue,
        };
        return Err(nothing_to_try(word, line));
    }
    for (_, event) in &world.timeline {
        let who = match event {
            Event::Start(start) | Event::Post(start) => &start.who,
            Event::Mark(mark) => &mark.who,
            Event::Probe(probe) => &probe.who,
            Event::Set(Set { who: Some(who), .. }) => who,
            Event::Set(_) | Event::Observe(_) => continue,
        };
        for who in nested(who) {
            match (event, who) {
                (Event::Set(_), Who::Greedy { how: Greedy { line, .. }, .. })
                | (Event::Set(_), Who::Influential { how: Influential { line, .. }, .. }) => {
                    let message = "set chooses nobody by trial: mark(name, who) first, and set(column, x, name)";
                    return Err(Mistake::new(*line, message));
                }
                (_, Who::Influential { how, .. }) => super::influence::check(how, world, rules, words)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// A selector and those inside it.
fn nested(who: &Who) -> impl Iterator<Item = &Who> {
    std::iter::successors(Some(who), |who| who.inner())
}

/// The rules of a world and its state when the selection is made.
pub(super) struct Seeding<'a> {
    pub prepared: &'a Prepared,
    pub state: &'a State,
    pub source: Source,
}

impl Trying for Seeding<'_> {
    fn greedy(&self, how: &Greedy, n: usize, pool: &[u32], part: u32) -> Result<Vec<u32>, Mistake> {
        greedy(how, n, pool, self.prepared, self.state, self.source, part)
    }

    fn influential(&self, how: &Influential, n: usize, pool: &[u32], part: u32) -> Result<Vec<u32>, Mistake> {
        influential(how, n, pool, self.prepared, self.state, self.source, part)
    }
}
