//! What happens when, and what follows from it at the same instant.

use super::{Carry, Clock, Lane, Listening, leave_is_known};
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::state::{by_event, in_step};
use crate::contagion::world::{Count, Memory};
use crate::engine::clock::queue::Due;
use crate::engine::credit::{self, HeardTie};
use crate::engine::rules::CompiledRoute;
use crate::engine::stepper::Pace;
use crate::formula::Mistake;
use crate::stats::{exp, log};

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

impl Listening {
    /// Nothing has been heard, and nobody has waited, as far as this route goes.
    fn forget(&mut self, route: &CompiledRoute) {
        self.sum.fill(0.0);
        for signals in &mut self.layers {
            signals.live.fill(0);
            signals.until.fill(0.0);
        }
        self.last = crate::engine::last::LastSignals::new(route.memory, self.sum.len());
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

    /// A signal arrives over a tie that is told apart from others.
    fn arrives(&mut self, r: usize, place: usize, tie: usize, state: &mut State) -> Result<(), Mistake> {
        let route = &self.rules.routes[r];
        let layer = route.layers[place];
        let says = state.standings[route.from].holds(state.layers[layer].sources()[tie] as usize);
        let carry = self.listening[r].carry;
        if carry != Carry::Always && !says {
            return Ok(());
        }
        if carry != Carry::Once {
            self.wait_for_signal(r, place, tie);
        }
        let now = self.now;
        let heard = &mut self.listening[r];
        let signals = &mut heard.layers[place];
        let hearer = signals.hearers[tie] as usize;
        let weight = signals.weights.get(tie).copied().unwrap_or(1.0);
        match route.memory {
            Memory::Last { .. } => {
                heard.last.remember(hearer, if says { weight } else { 0.0 });
                let holds = state.standings[route.slot].holds(hearer);
                let key = self.source.key(crate::rng::Purpose::Indecision, route.part);
                let mut draws = key.draws(heard.last.heard(hearer));
                heard.sum[hearer] = heard.last.sum(route.count, hearer, holds, &mut draws);
                self.reconsider(r, state, hearer)
            }
            Memory::Steps(0) => {
                // It counts at this instant, alone.
                heard.sum[hearer] = weight;
                self.weigh(r, hearer);
                if self.listening[r].ready[hearer] && self.may_enter(state, r, hearer) {
                    self.enter(state, r, hearer, Some((layer, tie, weight)))?;
                }
                self.listening[r].sum[hearer] = 0.0;
                self.weigh(r, hearer);
                Ok(())
            }
            memory => {
                if let Memory::Steps(units) = memory {
                    let time = now + f64::from(units);
                    signals.until[tie] = time;
                    let lane = heard.forget_lane(place);
                    self.due(Due { time, lane, row: tie as u32, count: 0 });
                }
                let live = &mut self.listening[r].layers[place].live[tie];
                if route.count != Count::Signals && *live > 0 {
                    return Ok(());
                }
                *live += 1;
                self.hear(r, state, hearer, 1.0)
            }
        }
    }

    /// What counts for an agent has changed by one signal more or less.
    fn hear(&mut self, r: usize, state: &mut State, hearer: usize, change: f64) -> Result<(), Mistake> {
        match self.rules.routes[r].constant_weight() {
            Some(1.0) => self.listening[r].sum[hearer] += change,
            _ => self.sum_up(r, state, hearer),
        }
        self.reconsider(r, state, hearer)
    }

    /// Waits for the next signal over a tie; any time drawn before is void.
    fn wait_for_signal(&mut self, r: usize, place: usize, tie: usize) {
        let heard = &mut self.listening[r];
        if heard.mute {
            return;
        }
        let lane = heard.arrive_lane(place);
        let signals = &mut heard.layers[place];
        signals.drawn[tie] += 1;
        if heard.deaf[signals.hearers[tie] as usize] {
            return;
        }
        let count = signals.drawn[tie];
        let rate = self.rules.routes[r].reach[place].constant().unwrap_or_else(|| signals.reaches[tie]);
        if rate > 0.0 {
            let time = self.now + self.waits[lane as usize].wait(count.into(), tie as u64, rate);
            self.due(Due { time, lane, row: tie as u32, count });
        }
    }

    /// An agent that holds the stage is heard from now on: at once, or when its signals arrive. Signals that would arrive
    /// after it has left are not waited for.
    fn speak(&mut self, r: usize, state: &mut State, speaker: usize, leaves_at: f64) -> Result<(), Mistake> {
        let heard = &self.listening[r];
        if heard.mute || heard.carry == Carry::Always {
            return Ok(());
        }
        let (carry, alike, moves) = (heard.carry, heard.alike, heard.moves);
        for place in 0..heard.layers.len() {
            if carry == Carry::Once && !moves {
                self.speak_once(r, state, place, speaker, leaves_at);
                continue;
            }
            let layer = self.rules.routes[r].layers[place];
            let speakers = state.layers[layer].shared_by_speaker();
            let row = speakers.offsets[speaker] as usize..speakers.offsets[speaker + 1] as usize;
            for (&tie, &hearer) in speakers.ties[row.clone()].iter().zip(&speakers.hearers[row]) {
                let (tie, hearer) = (tie as usize, hearer as usize);
                if self.listening[r].deaf[hearer] || !state.layers[layer].carries(tie) {
                    continue;
                }
                // What was to be forgotten is heard again.
                if let (Carry::AtOnce, Some(until)) = (carry, self.listening[r].layers[place].until.get_mut(tie)) {
                    *until = 0.0;
                }
                match (carry, self.listening[r].layers[place].live.get_mut(tie)) {
                    (Carry::AtOnce, None) if alike => self.hear(r, state, hearer, 1.0)?,
                    (Carry::AtOnce, Some(live)) if *live == 0 => {
                        *live = 1;
                        self.hear(r, state, hearer, 1.0)?;
                    }
                    (Carry::Once, Some(live)) if *live == 0 => self.wait_for_signal(r, place, tie),
                    (Carry::Again, _) => self.wait_for_signal(r, place, tie),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The first signals of one speaker over all its ties, at rates that stand still. They are addressed by the speaker's
    /// ties, side by side, whether or not it is remembered which of them was heard.
    fn speak_once(&mut self, r: usize, state: &State, place: usize, speaker: usize, leaves_at: f64) {
        let route = &self.rules.routes[r];
        let layer = &state.layers[route.layers[place]];
        let heard = &mut self.listening[r];
        let lane = heard.arrive_lane(place);
        let waits = &mut self.waits[lane as usize];
        let nonce = self.epoch << 32 | u64::from(self.spells[route.from][speaker]);
        let now = self.now;
        let room = leaves_at.min(self.end) - now;
        let constant = route.reach[place].constant();
        // Below this draw a signal comes too late, whatever its hearer: no logarithm is taken for nothing.
        let too_late = constant.map_or(0.0, |rate| exp(-rate * room));
        let (offsets, hearers) = layer.audience();
        let tie_at = |at: usize| layer.by_speaker().ties[at] as usize;
        let row = offsets[speaker] as usize..offsets[speaker + 1] as usize;
        for (at, &hearer) in row.clone().zip(&hearers[row]) {
            let hearer = hearer as usize;
            if heard.deaf[hearer] || layer.gated && !layer.carries(tie_at(at)) {
                continue;
            }
            let (mut row, mut count) = (hearer as u32, 0);
            if !heard.alike {
                let (signals, tie) = (&mut heard.layers[place], tie_at(at));
                if signals.live[tie] > 0 {
                    continue;
                }
                signals.drawn[tie] += 1;
                (row, count) = (tie as u32, signals.drawn[tie]);
            }
            let unit = waits.unit(nonce, at as u64);
            if unit < too_late {
                continue;
            }
            let rate = constant.unwrap_or_else(|| heard.layers[place].reaches[tie_at(at)]);
            if rate <= 0.0 {
                continue;
            }
            let time = now - log(unit) / rate;
            if time > now + room {
                continue;
            }
            if let Some(soonest) = heard.soonest.get_mut(hearer) {
                if time >= *soonest {
                    continue;
                }
                *soonest = time;
            }
            self.queue.push(Due { time, lane, row, count });
        }
    }

    /// An agent enters by a route; `only` is the tie whose signal alone made it, where it is one.
    fn enter(&mut self, state: &mut State, r: usize, i: usize, only: Option<HeardTie>) -> Result<(), Mistake> {
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

    /// Where a memory is limited, whoever was heard at once is forgotten after it has left.
    fn fall_silent(&mut self, r: usize, state: &mut State, speaker: usize) -> Result<(), Mistake> {
        let route = &self.rules.routes[r];
        let Memory::Steps(units) = route.memory else { return Ok(()) };
        if self.listening[r].carry != Carry::AtOnce || self.listening[r].mute {
            return Ok(());
        }
        for place in 0..route.layers.len() {
            let layer = route.layers[place];
            let speakers = state.layers[layer].shared_by_speaker();
            for at in speakers.offsets[speaker] as usize..speakers.offsets[speaker + 1] as usize {
                let (tie, hearer) = (speakers.ties[at] as usize, speakers.hearers[at] as usize);
                let lane = self.listening[r].forget_lane(place);
                let signals = &mut self.listening[r].layers[place];
                if signals.live[tie] == 0 || !state.layers[layer].carries(tie) {
                    continue;
                }
                if units == 0 {
                    signals.live[tie] = 0;
                    self.hear(r, state, hearer, -1.0)?;
                } else {
                    let time = self.now + f64::from(units);
                    signals.until[tie] = time;
                    self.due(Due { time, lane, row: tie as u32, count: 0 });
                }
            }
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

    /// Takes all values of a route as they are now, and draws anew what waits at another rate than before.
    fn take_anew(&mut self, r: usize, state: &mut State) -> Result<(), Mistake> {
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
}
