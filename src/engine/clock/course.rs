//! Events as they happen, and what follows from each at the same instant: who enters, who leaves, who waits for what.

use super::listening::{Carry, leave_is_known};
use super::queue::Due;
use super::{Clock, Lane};
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::state::{by_event, in_step};
use crate::contagion::world::Count;
use crate::engine::credit::{self, HeardTie};
use crate::engine::stepper::Pace;
use crate::formula::Mistake;

impl Pace for Clock<'_> {
    fn announce(&mut self, slot: usize, agents: &[u32]) {
        agents.iter().for_each(|&agent| self.spells[slot][agent as usize] += 1);
        self.announced.extend(agents.iter().map(|&agent| (slot, agent)));
    }

    fn forget(&mut self, slots: &[usize], _: &State) {
        for (r, route) in self.rules.routes.iter().enumerate().filter(|(_, route)| slots.contains(&route.slot)) {
            self.listening[r].forget(route);
            let heard = &self.listening[r];
            let lanes = heard.lane..heard.lane + 2 + 2 * heard.layers.len();
            self.queue.retain(|due| !lanes.contains(&(due.lane as usize)));
        }
        slots.iter().for_each(|&slot| self.spells[slot].fill(0));
        self.announced.retain(|(slot, _)| !slots.contains(slot));
        self.stale = true;
    }

    fn written(&mut self, what: &dyn Fn(Quantity) -> bool) {
        self.stale |= self.rules.reads().into_iter().any(what);
    }

    fn fixed(&mut self) {
        self.stale = true;
    }
}

impl Clock<'_> {
    /// Carries out what the events of this time bring about at once.
    pub fn settle_events(&mut self, state: &mut State) -> Result<(), Mistake> {
        self.mark = by_event(state.now);
        self.open_for_a_unit(state)?;
        let announced = std::mem::take(&mut self.announced);
        if std::mem::take(&mut self.stale) {
            self.begin_anew(state)?;
        } else {
            for (slot, agent) in announced {
                self.entered(state, slot, agent as usize)?;
            }
        }
        self.settle(state)
    }

    /// Everything that is due by the next whole time. Returns whether anybody entered or left.
    pub fn advance(&mut self, state: &mut State) -> Result<bool, Mistake> {
        for standing in state.standings.iter_mut().filter(|standing| !standing.credit.is_empty()) {
            standing.credit.fill(0.0);
            self.moved = true;
        }
        self.mark = in_step(state.now);
        self.stirred = false;
        self.settle(state)?;
        let until = f64::from(state.now + 1);
        while let Some(due) = self.queue.pop_until(until) {
            self.now = due.time;
            self.happens(due, state)?;
            self.settle(state)?;
        }
        self.now = until;
        self.end_unit(state)?;
        state.now += 1;
        Ok(self.stirred)
    }

    /// Whether nothing is due any more.
    pub fn is_at_rest(&self) -> bool {
        self.queue.is_empty()
    }

    /// Takes all rates and draws all waiting times anew: exact, since waiting has no memory. What was heard stays heard,
    /// for as long as it would have.
    fn begin_anew(&mut self, state: &mut State) -> Result<(), Mistake> {
        self.epoch += 1;
        self.pending.clear();
        let lanes = &self.lanes;
        self.queue.retain(|due| matches!(lanes[due.lane as usize], Lane::Forget(..)));
        let n = state.agent_count();
        for r in 0..self.listening.len() {
            self.measure(r, state)?;
            self.listening[r].waiting.fill(false);
            self.listening[r].soonest.fill(f64::INFINITY);
            self.hush(r, state);
            self.sum_up_all(r, state);
            let (route, heard) = (&self.rules.routes[r], &mut self.listening[r]);
            for i in 0..n {
                heard.weigh(route, i);
            }
            (0..n).for_each(|i| self.close_ears(r, state, i));
            self.take_rates(r, state)?;
        }
        let mut speakers = vec![Vec::new(); self.into.len()];
        for (slot, speakers) in speakers.iter_mut().enumerate() {
            let holders = (0..n).filter(|&i| state.standings[slot].holds(i));
            for &r in &self.into[slot] {
                self.listening[r].leaves.iter_mut().for_each(|leaves| *leaves += 1);
            }
            speakers.extend(holders.map(|i| (i, self.leaves_at(state, slot, i))));
        }
        for r in 0..self.listening.len() {
            let from = self.rules.routes[r].from;
            if self.listening[r].carry == Carry::Always {
                for place in 0..self.listening[r].layers.len() {
                    let layer = &state.layers[self.rules.routes[r].layers[place]];
                    for tie in (0..layer.network.ties()).filter(|&tie| layer.carries(tie)) {
                        self.wait_for_signal(r, place, tie);
                    }
                }
            }
            for &(i, leaves_at) in &speakers[from] {
                self.speak(r, state, i, leaves_at)?;
            }
            for i in (0..n).filter(|&i| self.listening[r].ready[i]).collect::<Vec<_>>() {
                self.consider(r, state, i);
            }
        }
        (self.moved, self.stirred) = (true, true);
        Ok(())
    }

    /// Lets an agent wait that may enter, and wait no more that may not.
    pub(super) fn consider(&mut self, r: usize, state: &State, i: usize) {
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
    pub(super) fn wait_to_leave(&mut self, r: usize, state: &State, i: usize) -> f64 {
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

    /// Draws when a holder leaves, by any route; as far as that is known now, else never.
    fn leaves_at(&mut self, state: &State, slot: usize, i: usize) -> f64 {
        let mut soonest = f64::INFINITY;
        for at in 0..self.into[slot].len() {
            soonest = soonest.min(self.wait_to_leave(self.into[slot][at], state, i));
        }
        if leave_is_known(self.rules, slot) { soonest } else { f64::INFINITY }
    }

    /// Whoever will not enter any more need not hear any more, unless what it hears makes it leave.
    fn close_ears(&mut self, r: usize, state: &State, i: usize) {
        let route = &self.rules.routes[r];
        let done = route.tries.is_some_and(|tries| self.spells[route.slot][i] >= tries)
            || (route.lasts && state.standings[route.slot].holds(i));
        let heard = &mut self.listening[r];
        heard.deaf[i] = done && !heard.hears_to_leave;
    }

    /// What was due happens, unless it has been overtaken.
    fn happens(&mut self, due: Due, state: &mut State) -> Result<(), Mistake> {
        let row = due.row as usize;
        match self.lanes[due.lane as usize] {
            Lane::Enter(r) => {
                let heard = &mut self.listening[r];
                if heard.waiting[row] && heard.enters[row] == due.count {
                    heard.waiting[row] = false;
                    self.pending.push_back((r, due.row));
                }
                Ok(())
            }
            Lane::Leave(r) => {
                let slot = self.rules.routes[r].slot;
                let standing = &state.standings[slot];
                let fixed = standing.fixed.get(row).is_some_and(|&fixed| fixed);
                if self.listening[r].leaves[row] != due.count || !standing.holds(row) || fixed {
                    return Ok(());
                }
                state.leave(slot, row);
                self.left(state, slot, row)
            }
            Lane::Arrive(r, _) if self.listening[r].alike => {
                let heard = &mut self.listening[r];
                if heard.deaf[row] {
                    return Ok(());
                }
                heard.sum[row] += 1.0;
                self.reconsider(r, state, row)
            }
            Lane::Arrive(r, place) => {
                let signals = &self.listening[r].layers[place];
                let overtaken = signals.drawn[row] != due.count;
                if overtaken || self.listening[r].deaf[signals.hearers[row] as usize] {
                    return Ok(());
                }
                self.arrives(r, place, row, state)
            }
            Lane::Forget(r, place) => {
                let route = &self.rules.routes[r];
                let layer = &state.layers[route.layers[place]];
                let still_said = self.listening[r].carry == Carry::AtOnce
                    && layer.carries(row)
                    && state.standings[route.from].holds(layer.sources()[row] as usize);
                let signals = &mut self.listening[r].layers[place];
                let one_by_one = route.count == Count::Signals;
                if signals.live[row] == 0 || still_said || (!one_by_one && signals.until[row] > due.time) {
                    return Ok(());
                }
                signals.live[row] -= 1;
                let hearer = signals.hearers[row] as usize;
                self.hear(r, state, hearer, -1.0)
            }
        }
    }

    /// An agent enters by a route; `only` is the tie whose signal alone made it, where it is one.
    pub(super) fn enter(
        &mut self,
        state: &mut State,
        r: usize,
        i: usize,
        only: Option<HeardTie>,
    ) -> Result<(), Mistake> {
        let route = &self.rules.routes[r];
        if !state.enter(route.slot, i, self.mark) {
            return Ok(());
        }
        self.spells[route.slot][i] += 1;
        if credit::is_asked_for(self.rules, route.slot) {
            let heard = match only {
                Some(tie) => vec![tie],
                None => self.heard_by_now(r, state, i),
            };
            let listening = &self.listening[r];
            credit::account(self.rules, r, i, (listening.evidence[i], listening.needs[i]), &heard, state);
        }
        self.entered(state, route.slot, i)
    }

    /// The ties through which an agent has its evidence: layer, tie, weight.
    fn heard_by_now(&self, r: usize, state: &State, i: usize) -> Vec<HeardTie> {
        let route = &self.rules.routes[r];
        let mut all = Vec::new();
        for (signals, &layer) in self.listening[r].layers.iter().zip(&route.layers) {
            for tie in state.layers[layer].network.row(i) {
                let source = state.layers[layer].sources()[tie] as usize;
                // A memory of the last signals does not say over which ties they came: as in steps, those count who hold it.
                let counts = signals.live.get(tie).map_or(state.standings[route.from].holds(source), |&live| live > 0);
                let weight = signals.weights.get(tie).copied().unwrap_or(1.0);
                if counts && weight > 0.0 {
                    all.push((layer, tie, weight));
                }
            }
        }
        all
    }

    /// What follows at once from an agent holding a stage.
    fn entered(&mut self, state: &mut State, slot: usize, i: usize) -> Result<(), Mistake> {
        (self.moved, self.stirred) = (true, true);
        for at in 0..self.into[slot].len() {
            let r = self.into[slot][at];
            self.listening[r].waiting[i] = false;
            self.close_ears(r, state, i);
        }
        for &r in &self.into[slot] {
            self.listening[r].leaves[i] += 1;
        }
        let leaves_at = self.leaves_at(state, slot, i);
        for at in 0..self.heard_by[slot].len() {
            self.speak(self.heard_by[slot][at], state, i, leaves_at)?;
        }
        for at in 0..self.follow[slot].len() {
            self.consider(self.follow[slot][at], state, i);
        }
        Ok(())
    }

    /// What follows at once from an agent having left a stage.
    fn left(&mut self, state: &mut State, slot: usize, i: usize) -> Result<(), Mistake> {
        (self.moved, self.stirred) = (true, true);
        for at in 0..self.heard_by[slot].len() {
            self.fall_silent(self.heard_by[slot][at], state, i)?;
        }
        for at in 0..self.into[slot].len() {
            let r = self.into[slot][at];
            self.close_ears(r, state, i);
            self.consider(r, state, i);
        }
        for at in 0..self.follow[slot].len() {
            self.consider(self.follow[slot][at], state, i);
        }
        Ok(())
    }

    /// All that follows at this instant: rates that hang on who holds what, and entries that wait for nothing.
    fn settle(&mut self, state: &mut State) -> Result<(), Mistake> {
        loop {
            if std::mem::take(&mut self.moved) {
                for r in 0..self.listening.len() {
                    if self.listening[r].moves {
                        self.take_anew(r, state)?;
                    }
                }
            }
            let Some((r, agent)) = self.pending.pop_front() else { return Ok(()) };
            let i = agent as usize;
            if self.listening[r].ready[i] && self.may_enter(state, r, i) {
                self.enter(state, r, i, None)?;
            }
        }
    }
}
