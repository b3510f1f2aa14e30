//! New speakers are heard once, by those that hear them: where what is heard stays heard, no other tie is visited.

use super::Ear;
use crate::contagion::State;
use crate::contagion::world::Count;
use crate::engine::evidence::check;
use crate::engine::rules::CompiledRoute;
use crate::formula::{Mistake, Moment, Scratch};
use crate::rng::Chance48;

impl Ear {
    /// Hears the agents of `fresh`, and finds out who is ready and who is no more.
    pub(super) fn hear_news(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        fresh: &[u32],
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<(), Mistake> {
        if !self.begun {
            self.begin(route, state, moment, scratch)?;
        }
        let unit = route.constant_weight() == Some(1.0);
        let mut touched: Vec<u32> = Vec::new();
        for place in 0..route.layers.len() {
            for (tie, hearer) in self.arrivals(route, state, fresh, place, moment, scratch)? {
                // Who has entered for good decides nothing any more.
                if route.lasts && state.standings[route.slot].holds(hearer as usize) {
                    continue;
                }
                let heard = &mut self.layers[place];
                if !heard.when.is_empty()
                    && std::mem::replace(&mut heard.when[tie as usize], moment.now + 1) != 0
                    && route.count != Count::Signals
                {
                    continue;
                }
                if unit {
                    self.sum[hearer as usize] += 1.0;
                }
                touched.push(hearer);
            }
        }
        if route.constant_reach().is_some_and(|reach| reach >= 1.0) {
            fresh.iter().for_each(|&speaker| self.spoke[speaker as usize] = true);
        }
        touched.sort_unstable();
        touched.dedup();
        let mut fell = false;
        for &agent in &touched {
            let i = agent as usize;
            if !unit {
                self.sum[i] = self.remembered_sum(route, state, i);
            }
            self.evidence[i] = self.base[i] + self.per_whole(i);
            match (self.is_ready[i], self.suffices(i, unit)) {
                (false, true) => self.ready.push(agent),
                // A counter-signal: some weights are negative.
                (true, false) => fell = true,
                _ => continue,
            }
            self.is_ready[i] = !self.is_ready[i];
        }
        if fell {
            let is_ready = &self.is_ready;
            self.ready.retain(|&agent| is_ready[agent as usize]);
        }
        Ok(())
    }

    /// Needs and base of everybody, and who is ready without having heard anything.
    fn begin(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<(), Mistake> {
        self.take_needs(route, state, moment, scratch)?;
        let unit = route.constant_weight() == Some(1.0);
        if !unit || route.count == Count::Share {
            self.weigh(route, state, moment, scratch)?;
        }
        self.evidence.copy_from_slice(&self.base);
        for i in 0..self.evidence.len() {
            if self.suffices(i, unit) {
                self.is_ready[i] = true;
                self.ready.push(i as u32);
            }
        }
        self.begun = true;
        Ok(())
    }

    /// Tie and hearer of everything that new speakers say over a layer and that arrives.
    fn arrivals(
        &self,
        route: &CompiledRoute,
        state: &State,
        fresh: &[u32],
        place: usize,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<Vec<(u32, u32)>, Mistake> {
        let layer = route.layers[place];
        let speakers = state.layers[layer].by_speaker();
        let row = |speaker: u32| speakers.offsets[speaker as usize]..speakers.offsets[speaker as usize + 1];
        let said = |at: u32| (speakers.ties[at as usize], speakers.hearers[at as usize]);
        let mut arrived = Vec::new();
        match route.reach[place].constant() {
            Some(reach) if reach >= 1.0 => {
                let unheard = fresh.iter().filter(|&&speaker| !self.spoke[speaker as usize]);
                unheard.for_each(|&speaker| arrived.extend(row(speaker).map(said)));
            }
            Some(reach) => {
                let rows = fresh.iter().map(|&speaker| row(speaker));
                let mut trials = route.trials(layer, moment);
                trials.each(rows, Chance48::new(reach), |places| arrived.extend(places.iter().map(|&at| said(at))));
            }
            None if fresh.is_empty() => {}
            None => {
                let program = &route.reach[place];
                program.prepare(state, moment, scratch);
                let mut trials = route.trials(layer, moment);
                let mut odds = Vec::new();
                for &speaker in fresh {
                    let row = row(speaker);
                    let places = row.start as usize..row.end as usize;
                    odds.resize(places.len(), 0.0);
                    let (ties, hearers) = (&speakers.ties[places.clone()], &speakers.hearers[places]);
                    program.listed_ties(state, moment, scratch, ties, hearers, &mut odds);
                    check(&odds, route, "reach")?;
                    let arrives = row.zip(&odds).filter(|&(at, &reach)| trials.at(at, Chance48::new(reach)));
                    arrived.extend(arrives.map(|(at, _)| said(at)));
                }
            }
        }
        Ok(arrived)
    }

    /// The weights of all ties agent `i` has heard, in row order.
    fn remembered_sum(&self, route: &CompiledRoute, state: &State, i: usize) -> f64 {
        let mut sum = 0.0;
        for (place, &layer) in route.layers.iter().enumerate() {
            let heard = &self.layers[place];
            for tie in state.layers[layer].network.row(i) {
                if heard.when[tie] != 0 {
                    sum += heard.weights[tie];
                }
            }
        }
        sum
    }
}
