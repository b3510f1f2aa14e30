//! The general stepper: one step of any rules, all agents at once or one after another ([`turns`]).
//!
//! A synchronous step reads the state at its start and changes it at its end: contact, hearing, decisions, entries and
//! leaves, updates, rewiring. Every draw is addressed, so the order in which agents are visited does not matter.

pub mod turns;

use super::contact::open_ties;
use super::credit::{self, HeardTie};
use super::ear::Ear;
use super::evidence::check;
use super::plain::{Done, follow};
use super::rewire::rewire;
use super::rules::{CompiledRoute, Hearing, Rules};
use super::update::update;
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::state::{Phase, by_event, in_step};
use crate::contagion::world::Order;
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::{Purpose, Source};

/// Rules at work on a state.
#[derive(Debug)]
pub struct Stepper<'a> {
    rules: &'a Rules,
    source: Source,
    ears: Vec<Ear>,
    /// By slot: who holds it and may be heard for the first time in the coming step, ascending.
    fresh: Vec<Vec<u32>>,
    scratch: Scratch,
    /// Where agents act in turn: the place of each in the step before, and how much has changed so far.
    before: Vec<u32>,
    changes: u64,
    /// Probabilities that had to be cut to 0..1, counted.
    pub clamped: u64,
}

/// What a step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stirred {
    /// Somebody entered or left.
    pub moved: bool,
    /// Somebody entered or left, or evidence changed.
    pub changed: bool,
    /// A draw was made that could have gone the other way.
    pub drew: bool,
    /// A plain rule said that nothing can change any more.
    pub stop: bool,
}

/// What the agents of one step do, collected before any of it is done.
#[derive(Debug, Default)]
struct Decisions {
    /// Route number and agent.
    entries: Vec<(usize, u32)>,
    /// Slot and agent.
    leaves: Vec<(usize, u32)>,
}

/// What the events of a timeline make known to whoever carries out the rules.
pub trait Pace {
    /// An event let `agents` (who did not hold it) enter a stage: they are heard from now on.
    fn announce(&mut self, slot: usize, agents: &[u32]);
    /// Forgets all that was heard of the slots that a fresh wave takes back to nothing.
    fn forget(&mut self, slots: &[usize], state: &State);
    /// Columns were written, among them those that `what` is true of.
    fn written(&mut self, _what: &dyn Fn(Quantity) -> bool) {}
    /// Some who held a stage already will not leave it any more.
    fn fixed(&mut self) {}
}

impl Pace for Stepper<'_> {
    fn announce(&mut self, slot: usize, agents: &[u32]) {
        self.fresh[slot].extend_from_slice(agents);
        self.fresh[slot].sort_unstable();
    }

    fn forget(&mut self, slots: &[usize], state: &State) {
        for (ear, route) in self.ears.iter_mut().zip(&self.rules.routes) {
            if slots.contains(&route.slot) {
                *ear = Ear::new(route, state);
            }
        }
        slots.iter().for_each(|&slot| self.fresh[slot].clear());
    }
}

impl<'a> Stepper<'a> {
    pub fn new(rules: &'a Rules, state: &mut State, source: Source) -> Stepper<'a> {
        credit::prepare(rules, state);
        Stepper {
            rules,
            source,
            ears: rules.routes.iter().map(|route| Ear::new(route, state)).collect(),
            fresh: vec![Vec::new(); state.standings.len()],
            scratch: Scratch::default(),
            before: Vec::new(),
            changes: 0,
            clamped: 0,
        }
    }

    /// One step: from time `state.now` to the next.
    pub fn step(&mut self, state: &mut State) -> Result<Stirred, Mistake> {
        self.step_with(state, |_, _| Ok(Vec::new()))
    }

    /// One step in which `plain` carries out the plain rules.
    pub fn step_with(
        &mut self,
        state: &mut State,
        plain: impl FnOnce(&mut State, Moment) -> Result<Vec<Done>, Mistake>,
    ) -> Result<Stirred, Mistake> {
        let moment = Moment { source: self.source, now: state.now };
        for contact in &self.rules.contacts {
            open_ties(contact, state, moment, &mut self.scratch)?;
        }
        for standing in state.standings.iter_mut().filter(|standing| !standing.credit.is_empty()) {
            standing.credit.fill(0.0);
        }
        let mut stirred = Stirred::default();
        if self.rules.order == Order::Asynchronous {
            self.take_turns(state, moment, &mut stirred)?;
        } else {
            let mut decisions = Decisions::default();
            for number in 0..self.rules.routes.len() {
                self.decide(number, state, moment, &mut decisions, &mut stirred)?;
            }
            stirred.moved = !decisions.entries.is_empty() || !decisions.leaves.is_empty();
            stirred.changed |= stirred.moved;
            self.carry_out(decisions, state, moment);
        }
        state.phase = Phase::Updating;
        update(&self.rules.updates, state, moment, &mut self.scratch)?;
        for done in plain(state, moment)? {
            stirred.stop |= done.stop;
            for &(slot, agent) in &done.entered {
                if !state.standings[slot].holds(agent as usize) {
                    continue; // a later rule of the step undid it
                }
                if self.rules.order == Order::Asynchronous {
                    // After the last turn: everybody's next one follows it, as after an event of the coming time.
                    state.standings[slot].entered[agent as usize] = by_event(moment.now + 1);
                }
                self.fresh[slot].push(agent);
            }
            if !done.entered.is_empty() {
                // Somebody may have entered, left and entered again in one step.
                self.fresh.iter_mut().for_each(|fresh| {
                    fresh.sort_unstable();
                    fresh.dedup();
                });
            }
            for (layer, kept) in &done.retied {
                follow(&mut self.ears, self.rules, *layer, kept, state);
            }
        }
        for rewiring in &self.rules.rewirings {
            rewire(rewiring, state, moment, &mut self.scratch)?;
        }
        state.now += 1;
        state.phase = Phase::Standing;
        Ok(stirred)
    }

    /// How much of what an agent needs to enter a stage it has heard, 0 to 1: by the route by which that is most.
    pub fn progress(&self, slot: usize, agent: usize) -> f64 {
        let into = self.rules.routes.iter().zip(&self.ears).filter(|(route, _)| route.slot == slot);
        into.map(|(_, ear)| ear.progress(agent)).fold(0.0, f64::max)
    }

    /// Who enters and who leaves by one route.
    fn decide(
        &mut self,
        number: usize,
        state: &mut State,
        moment: Moment,
        decisions: &mut Decisions,
        stirred: &mut Stirred,
    ) -> Result<(), Mistake> {
        let route = &self.rules.routes[number];
        let ear = &mut self.ears[number];
        let stir = ear.listen(route, state, &self.fresh[route.from], moment, &mut self.scratch)?;
        stirred.changed |= stir.heard;
        stirred.drew |= stir.drew;

        let may_end = self.rules.can_end[route.slot];
        let slot = &state.standings[route.slot];
        if route.hearing == Hearing::ByNews && !may_end {
            ear.retain_ready(|agent| !slot.holds(agent as usize));
        }
        let mut deciding: Vec<u32> = ear
            .ready
            .iter()
            .copied()
            .filter(|&agent| {
                let i = agent as usize;
                !slot.holds(i)
                    && route.after.is_none_or(|after| state.standings[after].holds(i))
                    && ear.tries.get(i).is_none_or(|&tries| tries > 0)
            })
            .collect();
        deciding.sort_unstable();
        for &agent in &deciding {
            if let Some(tries) = ear.tries.get_mut(agent as usize) {
                *tries -= 1;
            }
        }
        let entering = self.draw(number, Purpose::Entry, &deciding, state, moment, stirred)?;
        decisions.entries.extend(entering.into_iter().map(|agent| (number, agent)));
        if !route.never_leaves() {
            let slot = &state.standings[route.slot];
            let holders: Vec<u32> = (0..slot.entered.len() as u32)
                .filter(|&agent| slot.holds(agent as usize) && !slot.fixed.get(agent as usize).is_some_and(|&f| f))
                .collect();
            let leaving = self.draw(number, Purpose::Leave, &holders, state, moment, stirred)?;
            decisions.leaves.extend(leaving.into_iter().map(|agent| (route.slot, agent)));
        }
        Ok(())
    }

    /// Those of `agents` for whom the route's chance (or leave) comes true.
    fn draw(
        &mut self,
        number: usize,
        purpose: Purpose,
        agents: &[u32],
        state: &mut State,
        moment: Moment,
        stirred: &mut Stirred,
    ) -> Result<Vec<u32>, Mistake> {
        let route = &self.rules.routes[number];
        let (program, field) = match purpose {
            Purpose::Leave => (&route.leave, "leave"),
            _ => (&route.chance, "chance"),
        };
        if agents.is_empty() || program.constant().is_some_and(|p| p >= 1.0) {
            return Ok(agents.to_vec());
        }
        let mut odds = vec![0.0; agents.len()];
        match program.constant() {
            Some(p) => odds.fill(p),
            None => {
                std::mem::swap(&mut state.evidence, &mut self.ears[number].evidence);
                program.prepare(state, moment, &mut self.scratch);
                program.agents(state, moment, &mut self.scratch, Rows::Listed(agents), &mut odds);
                std::mem::swap(&mut state.evidence, &mut self.ears[number].evidence);
                check(&odds, route, field)?;
            }
        }
        let mut draws = moment.source.key(purpose, route.part).draws(moment.now.into());
        self.clamped += odds.iter().filter(|p| !(0.0..=1.0).contains(*p)).count() as u64;
        stirred.drew |= odds.iter().any(|&p| p > 0.0 && p < 1.0);
        Ok(agents
            .iter()
            .zip(odds)
            .filter(|(agent, p)| draws.bernoulli(u64::from(**agent), *p))
            .map(|(a, _)| *a)
            .collect())
    }

    /// Does what was decided: leaves first, then entries in the order of routes and agents.
    fn carry_out(&mut self, decisions: Decisions, state: &mut State, moment: Moment) {
        self.fresh.iter_mut().for_each(Vec::clear);
        for (slot, agent) in decisions.leaves {
            if state.standings[slot].holds(agent as usize) {
                state.leave(slot, agent as usize);
            }
        }
        let mark = in_step(moment.now);
        for &(number, agent) in &decisions.entries {
            let route = &self.rules.routes[number];
            if !state.enter(route.slot, agent as usize, mark) {
                continue; // by an earlier route of the same step
            }
            self.fresh[route.slot].push(agent);
            self.credit(number, agent as usize, state, moment);
        }
        self.fresh.iter_mut().for_each(|fresh| fresh.sort_unstable());
    }

    /// Who was heard gets the credit of an entry by a route.
    fn credit(&mut self, number: usize, agent: usize, state: &mut State, moment: Moment) {
        let route: &CompiledRoute = &self.rules.routes[number];
        if !credit::is_asked_for(self.rules, route.slot) {
            return;
        }
        let mut heard: Vec<HeardTie> = Vec::new();
        self.ears[number].heard_by(route, state, moment.now, agent, |layer, tie, weight| {
            if weight > 0.0 {
                heard.push((layer, tie, weight));
            }
        });
        let ear = &self.ears[number];
        credit::account(self.rules, number, agent, (ear.evidence[agent], ear.needs[agent]), &heard, state);
    }
}
