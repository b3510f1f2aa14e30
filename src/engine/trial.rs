//! Trials: what would happen if somebody started it, on a copy of the world that stands still, without disturbing the run.

use super::clock::Clock;
use super::prepare::Prepared;
use super::rules::Rules;
use super::stepper::{Pace, Stepper};
use crate::contagion::State;
use crate::contagion::select::part_of;
use crate::contagion::state::{Standing, by_event};
use crate::contagion::trace::Trace;
use crate::contagion::world::Order;
use crate::formula::{Line, Mistake};
use crate::rng::Source;

/// What is tried, in the words of a scenario.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    /// The stage whose holders count.
    pub stage: &'a str,
    /// The stage they start in; the counted one if not said.
    pub from: Option<&'a str>,
    /// The first item if not said.
    pub item: Option<&'a str>,
    pub steps: u32,
    /// Whether agents of all kinds count, or the population only.
    pub count_all: bool,
    pub line: Line,
}

/// A world ready to be tried, again and again: no updates, no rewiring, ties open as they are, nobody holding any stage
/// of the item.
pub(super) struct Trial {
    rules: Rules,
    standings: Vec<Standing>,
    /// On a world that stands still standings and the time are all that a step changes: one copy does for every start.
    copy: State,
    now: u32,
    counted: usize,
    begun: usize,
    steps: u32,
    count_all: bool,
    /// By agent: how much of what it needs it had heard in the end.
    progress: Vec<f64>,
}

impl Trial {
    pub fn new(question: &Question<'_>, prepared: &Prepared, state: &State) -> Result<Trial, Mistake> {
        let words = &prepared.words;
        let stage = words.stage(question.stage, question.line)?;
        let begins = question.from.map_or(Ok(stage), |from| words.stage(from, question.line))?;
        let item = question.item.map_or(Ok(0), |item| words.item(item, question.line))?;
        let mut standings = state.standings.clone();
        for stage in 0..words.stages.len() {
            standings[words.slot(stage, item)] = Standing::new(state.agent_count());
        }
        let mut copy = state.clone();
        copy.trace = Trace::default();
        Ok(Trial {
            rules: prepared.rules.frozen(&prepared.world, words),
            standings,
            copy,
            now: state.now,
            counted: words.slot(stage, item),
            begun: words.slot(begins, item),
            steps: question.steps,
            count_all: question.count_all,
            progress: Vec::new(),
        })
    }

    /// Lets `starters` start it.
    pub fn run(&mut self, starters: &[u32], source: Source) -> Result<(), Mistake> {
        self.copy.standings.clone_from(&self.standings);
        self.copy.now = self.now;
        let end = self.now + self.steps;
        if self.rules.order == Order::Continuous {
            let mut clock = Clock::new(&self.rules, &mut self.copy, source, end);
            begin(&mut clock, &mut self.copy, self.begun, starters);
            clock.settle_events(&mut self.copy)?;
            while self.copy.now < end && !clock.is_at_rest() {
                clock.advance(&mut self.copy)?;
            }
            self.progress = (0..self.copy.agent_count()).map(|agent| clock.progress(self.counted, agent)).collect();
            return Ok(());
        }
        let mut stepper = Stepper::new(&self.rules, &mut self.copy, source);
        begin(&mut stepper, &mut self.copy, self.begun, starters);
        while self.copy.now < end {
            let stirred = stepper.step(&mut self.copy)?;
            if self.rules.timeless && !stirred.changed && !stirred.drew {
                break;
            }
        }
        self.progress = (0..self.copy.agent_count()).map(|agent| stepper.progress(self.counted, agent)).collect();
        Ok(())
    }

    /// The slot whose holders count.
    pub fn counted(&self) -> usize {
        self.counted
    }

    /// The agents that held the stage at any time since, of those that count, ascending.
    pub fn reached(&self) -> impl Iterator<Item = u32> + '_ {
        let ever = &self.copy.standings[self.counted].ever;
        self.all().filter(|&agent| ever[agent as usize])
    }

    /// Of those that count and never held the stage: how much of what they need they had heard in the end, 0 to 1.
    pub fn progress_of_others(&self) -> impl Iterator<Item = f64> + '_ {
        let ever = &self.copy.standings[self.counted].ever;
        self.all().filter(|&agent| !ever[agent as usize]).map(|agent| self.progress[agent as usize])
    }

    /// Those that count.
    fn all(&self) -> impl Iterator<Item = u32> + '_ {
        let population = self.copy.population();
        (0..self.copy.agent_count() as u32).filter(move |agent| self.count_all || population.contains(agent))
    }
}

fn begin(pace: &mut dyn Pace, copy: &mut State, slot: usize, starters: &[u32]) {
    let mark = by_event(copy.now);
    let entered: Vec<u32> = starters.iter().copied().filter(|&agent| copy.enter(slot, agent as usize, mark)).collect();
    pace.announce(slot, &entered);
}

/// A source of draws apart from those of the run and of other trials.
pub(super) fn apart(source: Source, name: &str) -> Source {
    Source { cell: u64::from(part_of(name)) << 32 | u64::from(part_of(&format!("{name}'"))), ..source }
}
