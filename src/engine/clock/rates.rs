//! Rates and evidence as they are now: what the formulas of a route say, of everybody or of one agent.

use std::borrow::Cow;

use super::Clock;
use super::listening::{Carry, Signals, by_count};
use crate::contagion::State;
use crate::contagion::world::{Count, Memory};
use crate::engine::evidence::check;
use crate::engine::rules::{Compiled, CompiledRoute};
use crate::formula::{Mistake, Rows};

impl Clock<'_> {
    /// Takes the values of the formulas of a route that make evidence, and of its reach, as they are now.
    pub(super) fn measure(&mut self, r: usize, state: &State) -> Result<(), Mistake> {
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
    pub(super) fn take_rates(&mut self, r: usize, state: &mut State) -> Result<(), Mistake> {
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

    /// Takes all values of a route as they are now, and draws anew what waits at another rate than before.
    pub(super) fn take_anew(&mut self, r: usize, state: &mut State) -> Result<(), Mistake> {
        let heard = &self.listening[r];
        let rates = (heard.chance.each.clone(), heard.leave.each.clone());
        let reaches: Vec<Vec<f64>> = heard.layers.iter().map(|signals| signals.reaches.clone()).collect();
        self.measure(r, state)?;
        self.sum_up_all(r, state);
        for i in 0..state.agent_count() {
            self.weigh(r, i);
        }
        self.take_rates(r, state)?;
        for i in 0..state.agent_count() {
            let heard = &mut self.listening[r];
            if heard.chance.each.get(i) != rates.0.get(i) {
                heard.waiting[i] = false;
            }
            if heard.leave.each.get(i) != rates.1.get(i) {
                heard.leaves[i] += 1;
                self.wait_to_leave(r, state, i);
            }
            self.consider(r, state, i);
        }
        let from = self.rules.routes[r].from;
        for (place, before) in reaches.iter().enumerate() {
            for (tie, before) in before.iter().enumerate() {
                let signals = &self.listening[r].layers[place];
                let layer = &state.layers[self.rules.routes[r].layers[place]];
                let waited_for = match self.listening[r].carry {
                    Carry::Always => true,
                    Carry::Again => state.standings[from].holds(layer.sources()[tie] as usize),
                    Carry::Once => signals.live[tie] == 0 && state.standings[from].holds(layer.sources()[tie] as usize),
                    Carry::AtOnce => false,
                };
                if waited_for && layer.carries(tie) && signals.reaches[tie] != *before {
                    self.wait_for_signal(r, place, tie);
                }
            }
        }
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

    /// The sums of what counts now, where they are not kept up to date event by event.
    pub(super) fn sum_up_all(&mut self, r: usize, state: &State) {
        let heard = &self.listening[r];
        if by_count(&self.rules.routes[r], heard.alike || heard.mute) {
            (0..state.agent_count()).for_each(|i| self.sum_up(r, state, i));
        }
    }

    /// The sum of what counts now, tie by tie in row order.
    pub(super) fn sum_up(&mut self, r: usize, state: &State, i: usize) {
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
    pub(super) fn weigh(&mut self, r: usize, i: usize) -> bool {
        self.listening[r].weigh(&self.rules.routes[r], i)
    }

    /// The evidence of an agent has changed, or may have.
    pub(super) fn reconsider(&mut self, r: usize, state: &mut State, i: usize) -> Result<(), Mistake> {
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
}

/// A rate without end would leave no time for anything else.
fn finite(rates: &[f64], route: &CompiledRoute, field: &str) -> Result<(), Mistake> {
    match rates.contains(&f64::INFINITY) {
        false => Ok(()),
        true => Err(Mistake::new(route.line, format!("{}: {field} became infinite: a rate is a number", route.name))),
    }
}
