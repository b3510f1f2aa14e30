//! Continuous time: whatever can happen waits for an exponential time at its rate, and what is due first happens first.
//!
//! Exact, without any step: one waiting time for everything that can happen, drawn when it becomes possible and drawn
//! anew when its rate changes (exponential waiting has no memory). After Gillespie (1976) and the next reaction method
//! of Gibson and Bruck (2000). A waiting time is addressed by what waits (a tie out of a speaker, an agent) and by how
//! often it has waited before.
//!
//! Three things happen: a signal arrives over a tie (`reach`), an agent whose evidence suffices enters (`chance`), a
//! holder leaves (`leave`). A rate that is not given, infinite, is no waiting: it happens at the same instant.

mod course;
mod listening;
pub mod queue;
mod rates;
pub mod sayable;
mod speaking;
mod whole;

use std::collections::VecDeque;

use super::credit;
use super::evidence::progress;
use super::rules::{CompiledRoute, Rules};
use crate::contagion::State;
use crate::contagion::select::part_of;
use crate::formula::{Moment, Scratch};
use crate::rng::{Purpose, Source};
use listening::Listening;
use queue::{Due, Queue, Waits};

/// Rules at work on a state, in continuous time.
#[derive(Debug)]
pub struct Clock<'a> {
    rules: &'a Rules,
    source: Source,
    now: f64,
    /// Nothing later is looked at.
    end: f64,
    queue: Queue,
    lanes: Vec<Lane>,
    /// By lane.
    waits: Vec<Waits>,
    listening: Vec<Listening>,
    /// By slot: the routes into it, those that hear its holders, those that come after it.
    into: Vec<Vec<usize>>,
    heard_by: Vec<Vec<usize>>,
    follow: Vec<Vec<usize>>,
    /// By slot and agent: how often it has entered, starts included.
    spells: Vec<Vec<u32>>,
    /// Route and agent: who enters at this instant.
    pending: VecDeque<(usize, u32)>,
    /// Slot and agent: whom an event let enter.
    announced: Vec<(usize, u32)>,
    /// Whether columns have changed, so that all rates have to be taken and all waiting times drawn anew.
    stale: bool,
    /// How often that has happened.
    epoch: u64,
    /// Whether anything happened since rates that depend on who holds what were last taken.
    moved: bool,
    /// Whether somebody entered or left since the last whole time.
    stirred: bool,
    /// The mark of whoever enters now.
    mark: u32,
    scratch: Scratch,
    /// Rates below 0, taken as 0, counted.
    pub clamped: u64,
}

/// What can be due.
#[derive(Clone, Copy, Debug)]
enum Lane {
    /// A signal of a route over a tie of the layer at this place: the row is a tie, or the hearer where ties are alike.
    Arrive(usize, usize),
    /// What was heard over a tie counts no more.
    Forget(usize, usize),
    Enter(usize),
    Leave(usize),
}

impl<'a> Clock<'a> {
    /// A clock that runs from `state.now` to `end` at most.
    pub fn new(rules: &'a Rules, state: &mut State, source: Source, end: u32) -> Clock<'a> {
        credit::prepare(rules, state);
        let slots = state.standings.len();
        let routes_of = |slot: usize, of: &dyn Fn(&CompiledRoute) -> Option<usize>| -> Vec<usize> {
            (0..rules.routes.len()).filter(|&r| of(&rules.routes[r]) == Some(slot)).collect()
        };
        let by_slot =
            |of: &dyn Fn(&CompiledRoute) -> Option<usize>| (0..slots).map(|slot| routes_of(slot, of)).collect();
        let (mut lanes, mut waits, mut listening) = (Vec::new(), Vec::new(), Vec::new());
        for (r, route) in rules.routes.iter().enumerate() {
            listening.push(Listening::new(route, rules, state, lanes.len()));
            let mut lane = |lane: Lane, name: String| {
                lanes.push(lane);
                waits.push(Waits::new(source.key(Purpose::Waiting, part_of(&name))));
            };
            lane(Lane::Enter(r), format!("enter {}", route.part));
            lane(Lane::Leave(r), format!("leave {}", route.part));
            for (place, layer) in route.layers.iter().enumerate() {
                lane(Lane::Arrive(r, place), format!("arrive {} {layer}", route.part));
                lane(Lane::Forget(r, place), format!("forget {} {layer}", route.part));
            }
        }
        Clock {
            rules,
            source,
            now: state.now.into(),
            end: end.into(),
            queue: Queue::default(),
            lanes,
            waits,
            listening,
            into: by_slot(&|route| Some(route.slot)),
            heard_by: by_slot(&|route| Some(route.from)),
            follow: by_slot(&|route| route.after),
            spells: state
                .standings
                .iter()
                .map(|standing| standing.entered.iter().map(|&entered| u32::from(entered != 0)).collect())
                .collect(),
            pending: VecDeque::new(),
            announced: Vec::new(),
            stale: true,
            epoch: 0,
            moved: false,
            stirred: false,
            mark: 0,
            scratch: Scratch::default(),
            clamped: 0,
        }
    }

    /// How much of what an agent needs to enter a stage it has heard, 0 to 1: by the route by which that is most.
    pub fn progress(&self, slot: usize, agent: usize) -> f64 {
        let into = self.into[slot].iter().map(|&r| &self.listening[r]);
        into.map(|heard| progress(heard.evidence[agent], heard.needs[agent])).fold(0.0, f64::max)
    }

    fn moment(&self, state: &State) -> Moment {
        Moment { source: self.source, now: state.now }
    }

    fn may_enter(&self, state: &State, r: usize, i: usize) -> bool {
        let route = &self.rules.routes[r];
        !state.standings[route.slot].holds(i)
            && route.after.is_none_or(|after| state.standings[after].holds(i))
            && route.tries.is_none_or(|tries| self.spells[route.slot][i] < tries)
    }

    fn due(&mut self, due: Due) {
        if due.time <= self.end {
            self.queue.push(due);
        }
    }
}
