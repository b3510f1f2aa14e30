//! From speaking to hearing: when the signals of a holder arrive, what each makes of its hearer, and how long it counts.

use super::Clock;
use super::listening::Carry;
use super::queue::Due;
use crate::contagion::State;
use crate::contagion::world::{Count, Memory};
use crate::formula::Mistake;
use crate::rng::Purpose;
use crate::stats::{exp, log};

impl Clock<'_> {
    /// An agent that holds the stage is heard from now on: at once, or when its signals arrive. Signals that would arrive
    /// after it has left are not waited for.
    pub(super) fn speak(&mut self, r: usize, state: &mut State, speaker: usize, leaves_at: f64) -> Result<(), Mistake> {
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
    pub(super) fn speak_once(&mut self, r: usize, state: &State, place: usize, speaker: usize, leaves_at: f64) {
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

    /// Waits for the next signal over a tie; any time drawn before is void.
    pub(super) fn wait_for_signal(&mut self, r: usize, place: usize, tie: usize) {
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

    /// A signal arrives over a tie that is told apart from others.
    pub(super) fn arrives(&mut self, r: usize, place: usize, tie: usize, state: &mut State) -> Result<(), Mistake> {
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
                let key = self.source.key(Purpose::Indecision, route.part);
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
    pub(super) fn hear(&mut self, r: usize, state: &mut State, hearer: usize, change: f64) -> Result<(), Mistake> {
        match self.rules.routes[r].constant_weight() {
            Some(1.0) => self.listening[r].sum[hearer] += change,
            _ => self.sum_up(r, state, hearer),
        }
        self.reconsider(r, state, hearer)
    }

    /// Where a memory is limited, whoever was heard at once is forgotten after it has left.
    pub(super) fn fall_silent(&mut self, r: usize, state: &mut State, speaker: usize) -> Result<(), Mistake> {
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
}
