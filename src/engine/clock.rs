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
pub mod queue;
pub mod sayable;
mod whole;

use std::borrow::Cow;
use std::collections::VecDeque;

use super::credit;
use super::evidence::{check, progress, suffices};
use super::last::LastSignals;
use super::rules::{Compiled, CompiledRoute, Rules};
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::select::part_of;
use crate::contagion::world::{Count, Memory};
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::{Purpose, Source};
use queue::{Due, Queue, Waits};
use sayable::is_at_once;

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

/// How the signals of a route come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carry {
    /// Whoever holds the stage is heard at once.
    AtOnce,
    /// The first signal over a tie matters; no other is waited for.
    Once,
    /// Signals arrive for as long as the speaker holds the stage.
    Again,
    /// Signals arrive whether or not the speaker holds the stage: they say which.
    Always,
}

/// A rate of every agent, and what it hangs on.
#[derive(Debug)]
struct Rate {
    constant: Option<f64>,
    each: Vec<f64>,
    /// On the evidence and on what stands still, so that it changes for one agent at a time.
    by_evidence: bool,
}

/// What one route has heard, and who waits.
#[derive(Debug)]
struct Listening {
    carry: Carry,
    /// Nobody needs to hear anything.
    mute: bool,
    /// All ties weigh the same and carry at most one signal: who was heard is not remembered tie by tie.
    alike: bool,
    /// Whether formulas hang on who holds which stage, so that every event can change them for everybody.
    moves: bool,
    /// Whether evidence makes a holder leave.
    hears_to_leave: bool,
    /// Whether evidence is a count, which is compared without any slack.
    exact: bool,
    needs: Vec<f64>,
    base: Vec<f64>,
    sum: Vec<f64>,
    /// Empty when not a share.
    whole: Vec<f64>,
    evidence: Vec<f64>,
    ready: Vec<bool>,
    /// Agents that will not enter any more.
    deaf: Vec<bool>,
    /// When the first signal is due, where no other matters.
    soonest: Vec<f64>,
    chance: Rate,
    leave: Rate,
    waiting: Vec<bool>,
    /// How often each agent has waited to enter, and to leave: what was drawn at an earlier count is void.
    enters: Vec<u32>,
    leaves: Vec<u32>,
    layers: Vec<Signals>,
    last: LastSignals,
    /// The first of its lanes: those to enter and to leave, then two for each layer.
    lane: usize,
}

/// What was heard over the ties of a layer.
#[derive(Debug)]
struct Signals {
    hearers: Vec<u32>,
    weights: Vec<f64>,
    reaches: Vec<f64>,
    /// How many signals over each tie count now.
    live: Vec<u32>,
    /// Until when the last one counts, where that is limited.
    until: Vec<f64>,
    /// How often each tie has been waited for.
    drawn: Vec<u32>,
}

impl Rate {
    fn new(program: &Compiled, moves: bool) -> Rate {
        let by_evidence = program.reads().contains(&Quantity::Evidence) && !moves;
        Rate { constant: program.constant(), each: Vec::new(), by_evidence }
    }

    fn of(&self, agent: usize) -> f64 {
        self.constant.unwrap_or_else(|| self.each[agent])
    }
}

/// Whether a formula hangs on who holds which stage.
fn moves(program: &Compiled) -> bool {
    program
        .reads()
        .iter()
        .any(|read| matches!(read, Quantity::Held(_) | Quantity::Depth(_) | Quantity::Credit(_) | Quantity::Won(_)))
        || (program.reads().contains(&Quantity::Evidence) && !program.is_local())
}

/// Whether it is known when a holder leaves as soon as it has entered.
fn leave_is_known(rules: &Rules, slot: usize) -> bool {
    let mut into = rules.routes.iter().filter(|route| route.slot == slot);
    into.all(|route| !moves(&route.leave) && !route.leave.reads().contains(&Quantity::Evidence))
}

impl Listening {
    fn new(route: &CompiledRoute, rules: &Rules, state: &State, lane: usize) -> Listening {
        let n = state.agent_count();
        let at_once = route.reach.iter().all(is_at_once);
        let lasting = route.memory == Memory::Ever && route.count != Count::Signals;
        let carry = match (at_once, route.memory) {
            (true, _) => Carry::AtOnce,
            (false, Memory::Last { .. }) => Carry::Always,
            (false, _) if lasting => Carry::Once,
            (false, _) => Carry::Again,
        };
        let deciding = [&route.needs, &route.base, &route.chance, &route.leave];
        let moving = deciding.into_iter().chain(&route.weight).chain(&route.reach).any(moves);
        let unit = route.constant_weight() == Some(1.0);
        let constants = (route.needs.constant(), route.base.constant());
        let reads_evidence =
            [&route.chance, &route.leave].iter().any(|program| program.reads().contains(&Quantity::Evidence));
        let mute = unit && !reads_evidence && matches!(constants, (Some(needs), Some(base)) if base >= needs);
        // Whoever speaks once only is heard over a tie once only.
        let speaks_once = !rules.can_end[route.from] || rules.once[route.from];
        // One signal makes its hearer enter for good, at once: only the first that is due matters.
        let first_is_enough = carry == Carry::Once
            && route.count == Count::Sources
            && matches!(constants, (Some(needs), Some(base)) if base + 1.0 >= needs)
            && (route.lasts || rules.once[route.slot])
            && is_at_once(&route.chance)
            && route.after.is_none();
        // After a restart of all waiting it has to be known over which ties a signal came; where one was enough it is.
        let alike = lasting
            && unit
            && speaks_once
            && !moving
            && !credit::is_asked_for(rules, route.slot)
            && leave_is_known(rules, route.from)
            && (first_is_enough || !rules.restarts);
        let first_is_enough = alike && first_is_enough;
        let by_tie = |wanted: bool, layer: usize| if wanted { state.layers[layer].network.ties() } else { 0 };
        let counted = by_count(route, alike || mute);
        Listening {
            carry,
            mute,
            alike,
            moves: moving,
            hears_to_leave: route.leave.reads().contains(&Quantity::Evidence),
            exact: unit,
            needs: vec![0.0; n],
            base: vec![0.0; n],
            sum: vec![0.0; n],
            whole: Vec::new(),
            evidence: vec![0.0; n],
            ready: vec![false; n],
            deaf: vec![false; n],
            soonest: vec![f64::INFINITY; if first_is_enough { n } else { 0 }],
            chance: Rate::new(&route.chance, moving),
            leave: Rate::new(&route.leave, moving),
            waiting: vec![false; n],
            enters: vec![0; n],
            leaves: vec![0; n],
            layers: route
                .layers
                .iter()
                .map(|&layer| Signals {
                    hearers: if alike || mute { Vec::new() } else { state.layers[layer].network.hearers() },
                    weights: Vec::new(),
                    reaches: Vec::new(),
                    live: vec![0; by_tie(counted, layer)],
                    until: vec![0.0; by_tie(counted && matches!(route.memory, Memory::Steps(_)), layer)],
                    drawn: vec![0; by_tie(!alike && !mute && carry != Carry::AtOnce, layer)],
                })
                .collect(),
            last: LastSignals::new(route.memory, n),
            lane,
        }
    }

    /// Brings evidence and readiness of an agent up to date with its sum. Returns whether the evidence changed.
    #[inline]
    fn weigh(&mut self, route: &CompiledRoute, i: usize) -> bool {
        let sum = self.sum[i];
        let share = match self.whole.get(i) {
            // The sum of a memory of the last signals is a share already.
            Some(&whole) if !matches!(route.memory, Memory::Last { .. }) => {
                if whole > 0.0 {
                    sum / whole
                } else {
                    0.0
                }
            }
            _ => sum,
        };
        let evidence = self.base[i] + share;
        self.ready[i] = suffices(evidence, self.needs[i], self.exact);
        std::mem::replace(&mut self.evidence[i], evidence) != evidence
    }

    fn enter_lane(&self) -> u32 {
        self.lane as u32
    }

    fn leave_lane(&self) -> u32 {
        self.lane as u32 + 1
    }

    fn arrive_lane(&self, place: usize) -> u32 {
        (self.lane + 2 + 2 * place) as u32
    }

    fn forget_lane(&self, place: usize) -> u32 {
        (self.lane + 3 + 2 * place) as u32
    }
}

/// Whether live signals are counted tie by tie.
fn by_count(route: &CompiledRoute, alike: bool) -> bool {
    !alike && !matches!(route.memory, Memory::Last { .. })
}

/// A rate without end would leave no time for anything else.
fn finite(rates: &[f64], route: &CompiledRoute, field: &str) -> Result<(), Mistake> {
    match rates.contains(&f64::INFINITY) {
        false => Ok(()),
        true => Err(Mistake::new(route.line, format!("{}: {field} became infinite: a rate is a number", route.name))),
    }
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

    /// Takes the values of the formulas of a route that make evidence, and of its reach, as they are now.
    fn measure(&mut self, r: usize, state: &State) -> Result<(), Mistake> {
        let moment = self.moment(state);
        let route = &self.rules.routes[r];
        let heard = &mut self.listening[r];
        let scratch = &mut self.scratch;
        let n = state.agent_count();
        let mut agents = |program: &Compiled, state: &State, out: &mut Vec<f64>, field: &str| {
            out.resize(n, 0.0);
            program.prepare(state, moment, scratch);
            program.agents(state, moment, scratch, Rows::From(0), out);
            check(out, route, field)
        };
        agents(&route.needs, state, &mut heard.needs, "needs")?;
        agents(&route.base, state, &mut heard.base, "base")?;
        let unit = route.constant_weight() == Some(1.0);
        if route.count == Count::Share {
            heard.whole.clear();
            heard.whole.resize(n, 0.0);
        }
        for (place, &layer) in route.layers.iter().enumerate() {
            let network = state.layers[layer].network.clone();
            let signals = &mut heard.layers[place];
            let Signals { hearers, weights, reaches, .. } = signals;
            let mut of_ties = |program: &Compiled, out: &mut Vec<f64>, field: &str| {
                let hearers =
                    if hearers.is_empty() { Cow::Owned(network.hearers()) } else { Cow::Borrowed(&hearers[..]) };
                out.resize(hearers.len(), 0.0);
                program.prepare(state, moment, scratch);
                program.ties(state, moment, scratch, 0, &hearers, out);
                check(out, route, field)
            };
            if !unit {
                of_ties(&route.weight[place], weights, "weight")?;
            }
            if route.reach[place].constant().is_none() {
                of_ties(&route.reach[place], reaches, "reach")?;
                finite(reaches, route, "reach")?;
                self.clamped += reaches.iter().filter(|rate| **rate < 0.0).count() as u64;
            }
            if route.count == Count::Share {
                for (i, whole) in heard.whole.iter_mut().enumerate() {
                    let row = network.row(i);
                    // Of the present, only what can be heard now is a part.
                    let layer = &state.layers[layer];
                    let counts = |&tie: &usize| route.memory != Memory::Steps(0) || layer.carries(tie);
                    let weight = |tie: usize| if unit { 1.0 } else { weights[tie] };
                    *whole += row.filter(counts).map(weight).sum::<f64>();
                }
            }
        }
        Ok(())
    }

    /// Takes the rates of entering and leaving of everybody as they are now, evidence included.
    fn take_rates(&mut self, r: usize, state: &mut State) -> Result<(), Mistake> {
        let moment = self.moment(state);
        let route = &self.rules.routes[r];
        let heard = &mut self.listening[r];
        std::mem::swap(&mut state.evidence, &mut heard.evidence);
        for (program, rate, field) in
            [(&route.chance, &mut heard.chance, "chance"), (&route.leave, &mut heard.leave, "leave")]
        {
            if rate.constant.is_none() {
                rate.each.resize(state.agent_count(), 0.0);
                program.prepare(state, moment, &mut self.scratch);
                program.agents(state, moment, &mut self.scratch, Rows::From(0), &mut rate.each);
                check(&rate.each, route, field)?;
                finite(&rate.each, route, field)?;
                self.clamped += rate.each.iter().filter(|rate| **rate < 0.0).count() as u64;
            }
        }
        std::mem::swap(&mut state.evidence, &mut heard.evidence);
        Ok(())
    }

    /// The sums of what counts now, where they are not kept up to date event by event.
    fn sum_up_all(&mut self, r: usize, state: &State) {
        let heard = &self.listening[r];
        if by_count(&self.rules.routes[r], heard.alike || heard.mute) {
            (0..state.agent_count()).for_each(|i| self.sum_up(r, state, i));
        }
    }

    /// The sum of what counts now, tie by tie in row order.
    fn sum_up(&mut self, r: usize, state: &State, i: usize) {
        let route = &self.rules.routes[r];
        let heard = &mut self.listening[r];
        let mut sum = 0.0;
        for (signals, &layer) in heard.layers.iter().zip(&route.layers) {
            for tie in state.layers[layer].network.row(i) {
                if signals.live[tie] > 0 {
                    sum += f64::from(signals.live[tie]) * signals.weights.get(tie).copied().unwrap_or(1.0);
                }
            }
        }
        heard.sum[i] = sum;
    }

    /// Brings evidence and readiness of an agent up to date with its sum. Returns whether the evidence changed.
    fn weigh(&mut self, r: usize, i: usize) -> bool {
        self.listening[r].weigh(&self.rules.routes[r], i)
    }

    /// The evidence of an agent has changed, or may have.
    fn reconsider(&mut self, r: usize, state: &mut State, i: usize) -> Result<(), Mistake> {
        if self.weigh(r, i) {
            self.moved |= self.listening[r].moves;
            if self.listening[r].chance.by_evidence && self.ask(r, state, i, true)? {
                self.listening[r].waiting[i] = false;
            }
            if self.listening[r].leave.by_evidence && self.ask(r, state, i, false)? {
                self.listening[r].leaves[i] += 1;
                self.wait_to_leave(r, state, i);
            }
        }
        self.consider(r, state, i);
        Ok(())
    }

    /// Takes the rate of entering (or leaving) of one agent anew. Returns whether it changed.
    fn ask(&mut self, r: usize, state: &mut State, i: usize, enters: bool) -> Result<bool, Mistake> {
        let moment = self.moment(state);
        let route = &self.rules.routes[r];
        let heard = &mut self.listening[r];
        let (program, rate, field) = match enters {
            true => (&route.chance, &mut heard.chance, "chance"),
            false => (&route.leave, &mut heard.leave, "leave"),
        };
        let mut out = [0.0];
        std::mem::swap(&mut state.evidence, &mut heard.evidence);
        program.prepare(state, moment, &mut self.scratch);
        program.agents(state, moment, &mut self.scratch, Rows::Listed(&[i as u32]), &mut out);
        std::mem::swap(&mut state.evidence, &mut heard.evidence);
        check(&out, route, field)?;
        finite(&out, route, field)?;
        self.clamped += u64::from(out[0] < 0.0);
        Ok(std::mem::replace(&mut rate.each[i], out[0]) != out[0])
    }

    /// Lets an agent wait that may enter, and wait no more that may not.
    fn consider(&mut self, r: usize, state: &State, i: usize) {
        let may = self.listening[r].ready[i] && self.may_enter(state, r, i);
        let heard = &mut self.listening[r];
        if !may || heard.waiting[i] {
            heard.waiting[i] &= may;
            return;
        }
        let rate = heard.chance.of(i);
        if rate == f64::INFINITY {
            self.pending.push_back((r, i as u32));
        } else if rate > 0.0 {
            heard.waiting[i] = true;
            heard.enters[i] += 1;
            let (lane, count) = (heard.enter_lane(), heard.enters[i]);
            let time = self.now + self.waits[lane as usize].wait(count.into(), i as u64, rate);
            self.due(Due { time, lane, row: i as u32, count });
        }
    }

    /// Draws when a holder leaves by a route. Never is infinitely late.
    fn wait_to_leave(&mut self, r: usize, state: &State, i: usize) -> f64 {
        let slot = self.rules.routes[r].slot;
        let standing = &state.standings[slot];
        let heard = &mut self.listening[r];
        let rate = heard.leave.of(i);
        if rate <= 0.0 || !standing.holds(i) || standing.fixed.get(i).is_some_and(|&fixed| fixed) {
            return f64::INFINITY;
        }
        let (lane, count) = (heard.leave_lane(), heard.leaves[i]);
        let time = self.now + self.waits[lane as usize].wait(count.into(), i as u64, rate);
        self.due(Due { time, lane, row: i as u32, count });
        time
    }

    fn due(&mut self, due: Due) {
        if due.time <= self.end {
            self.queue.push(due);
        }
    }
}
