//! One run of one world, from its start to its end.

use super::clock::Clock;
use super::fast;
use super::plain::{PlainRules, Scene};
use super::prepare::{Observed, Prepared};
use super::probe::probe;
use super::seeding::Seeding;
use super::stepper::{Pace, Stepper};
use crate::contagion::State;
use crate::contagion::build::Built;
use crate::contagion::cascade::{self, Entrances};
use crate::contagion::names::Quantity;
use crate::contagion::select::{Selection, Trying};
use crate::contagion::set::{apply_mark, apply_set, place_of};
use crate::contagion::state::by_event;
use crate::contagion::structure;
use crate::contagion::trace::{Keeps, Trace};
use crate::contagion::world::{Event, Order, Start, Who};
use crate::formula::{Mistake, Moment, Numbering, Scratch, View};
use crate::rng::Source;

/// What a run left.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// By slot: how many of the population hold it at time 0, 1, ... until nothing changed any more.
    pub curves: Vec<Vec<u32>>,
    /// By slot: how many of the population ever held it.
    pub totals: Vec<u32>,
    pub population: u32,
    /// Steps done until the end, or until nothing could change any more.
    pub steps: u32,
    /// By place in [`Prepared::observations`].
    pub observed: Vec<f64>,
    /// Probabilities that had to be cut to 0..1.
    pub clamped: u64,
    pub state: State,
}

impl Prepared {
    /// Fills in the measures of structure of a built world, if any are asked for.
    pub fn take_structure(&self, state: &mut State, source: Source) {
        for (place, name) in self.words.structure.iter().enumerate() {
            state.structure[place] = structure::take(name, &self.words, state, source);
        }
    }

    /// The same world, of which every run keeps at least this of the entries into all stages (in the trace of its state).
    pub fn keeping(mut self, keeps: Keeps) -> Prepared {
        (0..self.words.slots()).for_each(|slot| self.rules.keep(slot, keeps));
        self
    }

    /// The same world, of which every run keeps what the exposure curve of a stage (by its name in rows) needs.
    pub fn answering(mut self, stage: &str) -> Prepared {
        let slots = (0..self.words.slots()).filter(|&slot| self.words.slot_name(slot) == stage);
        slots.for_each(|slot| self.rules.keep_for_response(slot));
        self
    }

    /// How the stage of a slot is entered.
    pub fn entrances(&self, slot: usize) -> Entrances {
        self.rules.entrances(slot, self.world.order != Order::Synchronous)
    }

    pub(super) fn begin_trace(&self, state: &mut State) {
        state.trace = Trace::keeping(self.rules.keeps.clone());
        state.cascade = vec![f64::NAN; self.words.cascade.len()];
    }

    /// Runs a built world for at most `steps` steps.
    pub fn run(&self, built: &Built, source: Source, steps: u32) -> Result<Outcome, Mistake> {
        match fast::fits(self) {
            true => match fast::run(self, built, source, steps)? {
                Some(outcome) => Ok(outcome),
                None => self.run_general(built, source, steps),
            },
            false => self.run_general(built, source, steps),
        }
    }

    /// Runs a built world by the general stepper, whatever its rules are.
    pub fn run_general(&self, built: &Built, source: Source, steps: u32) -> Result<Outcome, Mistake> {
        match self.world.plain.first() {
            None if self.world.order == Order::Continuous => self.run_clock(built, source, steps),
            None => self.run_steps(built, source, steps, None),
            Some(rule) => {
                let message = format!("{} is a plain rule: its function has to come along with the run", rule.name);
                Err(Mistake::new(rule.line, message))
            }
        }
    }

    /// Runs a built world whose plain rules are `plain`.
    pub fn run_plain(
        &self,
        built: &Built,
        source: Source,
        steps: u32,
        plain: &mut dyn PlainRules,
    ) -> Result<Outcome, Mistake> {
        self.run_steps(built, source, steps, Some(plain))
    }

    fn run_steps(
        &self,
        built: &Built,
        source: Source,
        steps: u32,
        mut plain: Option<&mut dyn PlainRules>,
    ) -> Result<Outcome, Mistake> {
        let mut state = built.state.clone();
        state.arrange_measures(&self.words.measures);
        self.begin_trace(&mut state);
        let mut stepper = Stepper::new(&self.rules, &mut state, source);
        let mut run = Course::new(self, state.standings.len());
        let (mut done, mut settled) = (0, 0);
        for time in 0..=steps {
            self.happen(time, &mut state, &mut stepper, source, &mut run)?;
            run.look(time, &mut state, source, self)?;
            if time == steps {
                break;
            }
            let stirred = match &mut plain {
                None => stepper.step(&mut state)?,
                Some(plain) => stepper.step_with(&mut state, |state, moment| {
                    let mut scene = Scene { world: &self.world, words: &self.words, state };
                    (0..self.world.plain.len()).map(|number| plain.step(number, &mut scene, moment)).collect()
                })?,
            };
            done = time + 1;
            if stirred.stop {
                run.look(time + 1, &mut state, source, self)?;
                run.look_rest(time + 2, steps, &mut state, source, self)?;
                break;
            }
            if stirred.moved {
                settled = time + 1;
            } else if self.acts(time) {
                settled = settled.max(time);
            }
            if self.rules.timeless && !stirred.changed && !stirred.drew && !self.awaits(time + 1) {
                run.look_rest(time + 1, steps, &mut state, source, self)?;
                // Evidence may have changed since, which told nobody anything.
                run.curves.iter_mut().for_each(|curve| curve.truncate(settled as usize + 1));
                done = settled;
                break;
            }
        }
        run.look_end(&mut state, source, self)?;
        Ok(run.outcome(state, done, stepper.clamped))
    }

    /// A run in continuous time; what is recorded is how things stand at whole times.
    fn run_clock(&self, built: &Built, source: Source, steps: u32) -> Result<Outcome, Mistake> {
        let mut state = built.state.clone();
        self.begin_trace(&mut state);
        let mut clock = Clock::new(&self.rules, &mut state, source, steps);
        let mut run = Course::new(self, state.standings.len());
        let (mut done, mut settled) = (0, 0);
        for time in 0..=steps {
            self.happen(time, &mut state, &mut clock, source, &mut run)?;
            clock.settle_events(&mut state)?;
            run.look(time, &mut state, source, self)?;
            if time == steps {
                break;
            }
            let moved = clock.advance(&mut state)?;
            done = time + 1;
            if moved {
                settled = time + 1;
            } else if self.acts(time) {
                settled = settled.max(time);
            }
            if !moved && clock.is_at_rest() && !self.rules.has_steps() && !self.awaits(time + 1) {
                run.look_rest(time + 1, steps, &mut state, source, self)?;
                run.curves.iter_mut().for_each(|curve| curve.truncate(settled as usize + 1));
                done = settled;
                break;
            }
        }
        run.look_end(&mut state, source, self)?;
        Ok(run.outcome(state, done, clock.clamped))
    }

    /// Whether an event is still to come at `time` or later.
    fn awaits(&self, time: u32) -> bool {
        self.events.range(time..).any(|(_, places)| self.any_acts(places))
    }

    /// Whether something happens before step `time`.
    fn acts(&self, time: u32) -> bool {
        self.events.get(&time).is_some_and(|places| self.any_acts(places))
    }

    fn any_acts(&self, places: &[usize]) -> bool {
        places.iter().any(|&place| !matches!(self.world.timeline[place].1, Event::Observe(_)))
    }

    fn happen(
        &self,
        time: u32,
        state: &mut State,
        pace: &mut dyn Pace,
        source: Source,
        run: &mut Course,
    ) -> Result<(), Mistake> {
        let moment = Moment { source, now: time };
        for &number in self.events.get(&time).into_iter().flatten() {
            let event = &self.world.timeline[number].1;
            let part = self.event_parts[number];
            match event {
                Event::Start(start) => self.start(start, state, pace, moment, part, run)?,
                Event::Post(post) => {
                    let slots = self.slots_of_item(post)?;
                    for &slot in &slots {
                        let standing = &mut state.standings[slot];
                        standing.entered.fill(0);
                        standing.held = 0;
                    }
                    pace.forget(&slots, state);
                    self.start(post, state, pace, moment, part, run)?;
                }
                Event::Set(set) => {
                    apply_set(set, &self.words, state, &mut run.numbering, moment, part)?;
                    pace.written(&|read| match set.column.view {
                        View::Tie => matches!(read, Quantity::TieColumn(_)),
                        View::It => matches!(read, Quantity::ItemColumn(..)),
                        _ => matches!(read, Quantity::AgentColumn(_)),
                    });
                }
                Event::Mark(mark) => {
                    let chosen = self.choose(&mark.who, state, moment, part, run)?;
                    apply_mark(mark, &chosen, &self.words, state);
                    pace.written(&|read| read == self.column_of(&mark.name));
                }
                Event::Probe(described) => {
                    let chosen = self.choose(&described.who, state, moment, part, run)?;
                    probe(described, &chosen, self, state, source, part)?;
                    pace.written(&|read| read == self.column_of(&described.column));
                }
                Event::Observe(_) => {}
            }
        }
        Ok(())
    }

    fn column_of(&self, name: &str) -> Quantity {
        Quantity::AgentColumn(place_of(&self.words.agent_columns, name) as u32)
    }

    fn choose(
        &self,
        who: &Who,
        state: &State,
        moment: Moment,
        part: u32,
        run: &mut Course,
    ) -> Result<Vec<u32>, Mistake> {
        let trying = Some(&Seeding { prepared: self, state, source: moment.source } as &dyn Trying);
        Selection { words: &self.words, state, numbering: &mut run.numbering, moment, part, trying }.agents(who)
    }

    fn slots_of_item(&self, start: &Start) -> Result<Vec<usize>, Mistake> {
        let items = self.items_of(start)?;
        Ok(items
            .iter()
            .flat_map(|&item| (0..self.words.stages.len()).map(move |stage| (stage, item)))
            .map(|(stage, item)| self.words.slot(stage, item))
            .collect())
    }

    fn items_of(&self, start: &Start) -> Result<Vec<usize>, Mistake> {
        match &start.item {
            Some(item) => Ok(vec![self.words.item(item, start.line)?]),
            None => Ok((0..self.words.items.len()).collect()),
        }
    }

    fn start(
        &self,
        start: &Start,
        state: &mut State,
        pace: &mut dyn Pace,
        moment: Moment,
        part: u32,
        run: &mut Course,
    ) -> Result<(), Mistake> {
        let chosen = self.choose(&start.who, state, moment, part, run)?;
        let stage = self.words.stage(&start.stage, start.line)?;
        for item in self.items_of(start)? {
            let slot = self.words.slot(stage, item);
            let entered: Vec<u32> = chosen
                .iter()
                .copied()
                .filter(|&agent| state.enter(slot, agent as usize, by_event(moment.now)))
                .collect();
            pace.announce(slot, &entered);
            if start.fixed {
                let standing = &mut state.standings[slot];
                standing.fixed.resize(standing.entered.len(), false);
                chosen.iter().for_each(|&agent| standing.fixed[agent as usize] = true);
                if entered.len() < chosen.len() {
                    pace.fixed();
                }
            }
        }
        Ok(())
    }

    /// The value of an observation of the state as it is. `curves`, by slot, are those until now.
    pub(super) fn observe(
        &self,
        observed: &Observed,
        state: &mut State,
        curves: &[Vec<u32>],
        source: Source,
        scratch: &mut Scratch,
    ) -> Result<f64, Mistake> {
        if self.structure_moves && observed.value.reads().iter().any(|read| matches!(read, Quantity::Structure(_))) {
            self.take_structure(state, source);
        }
        for read in observed.value.reads() {
            if let Quantity::Cascade(place) = *read {
                let name = &self.words.cascade[place as usize];
                let curve = curves.get(name.slot).map_or(&[][..], Vec::as_slice);
                state.cascade[place as usize] = cascade::take(name, state, curve, &self.entrances(name.slot));
            }
        }
        Ok(observed.value.scalar(state, Moment { source, now: state.now }, scratch))
    }
}

/// What is recorded while a run goes on.
struct Course {
    curves: Vec<Vec<u32>>,
    observed: Vec<f64>,
    numbering: Numbering,
    scratch: Scratch,
}

impl Course {
    fn new(prepared: &Prepared, slots: usize) -> Course {
        Course {
            curves: vec![Vec::new(); slots],
            observed: vec![f64::NAN; prepared.observations.len()],
            numbering: prepared.numbering.clone(),
            scratch: Scratch::default(),
        }
    }

    fn look(&mut self, time: u32, state: &mut State, source: Source, prepared: &Prepared) -> Result<(), Mistake> {
        for (curve, standing) in self.curves.iter_mut().zip(&state.standings) {
            curve.push(standing.held);
        }
        self.observe_at(Some(time), state, source, prepared)
    }

    /// The run has come to rest: what would be observed later is what can be observed now.
    fn look_rest(
        &mut self,
        from: u32,
        to: u32,
        state: &mut State,
        source: Source,
        prepared: &Prepared,
    ) -> Result<(), Mistake> {
        let mut times: Vec<u32> = prepared.observations.iter().filter_map(|observed| observed.at).collect();
        times.sort_unstable();
        times.dedup();
        for time in times.into_iter().filter(|time| (from..=to).contains(time)) {
            state.now = time;
            self.observe_at(Some(time), state, source, prepared)?;
        }
        state.now = to;
        Ok(())
    }

    fn outcome(self, state: State, steps: u32, clamped: u64) -> Outcome {
        Outcome {
            totals: state.standings.iter().map(|standing| standing.total).collect(),
            population: state.population().len() as u32,
            curves: self.curves,
            steps,
            observed: self.observed,
            clamped,
            state,
        }
    }

    fn look_end(&mut self, state: &mut State, source: Source, prepared: &Prepared) -> Result<(), Mistake> {
        self.observe_at(None, state, source, prepared)
    }

    fn observe_at(
        &mut self,
        at: Option<u32>,
        state: &mut State,
        source: Source,
        prepared: &Prepared,
    ) -> Result<(), Mistake> {
        for (place, observed) in prepared.observations.iter().enumerate().filter(|(_, observed)| observed.at == at) {
            self.observed[place] = prepared.observe(observed, state, &self.curves, source, &mut self.scratch)?;
        }
        Ok(())
    }
}
