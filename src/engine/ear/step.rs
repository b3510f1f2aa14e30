//! Everybody hears over all ties in every step: what is forgotten, said again, or weighs more by then is taken in.

use super::arrivals;
use super::{Ear, Heard, Stir, indecision_draws, oldest, tie_column};
use crate::contagion::State;
use crate::contagion::state::{Open, by_event};
use crate::contagion::world::{Count, Emit, Memory};
use crate::engine::evidence::check;
use crate::engine::rules::CompiledRoute;
use crate::formula::{Mistake, Moment, Scratch};

impl Ear {
    /// Hears everything that is said in a step, and finds out who is ready.
    pub(super) fn hear_all(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<Stir, Mistake> {
        let mut stir = Stir { heard: !self.begun, drew: false };
        self.begun = true;
        let unit = route.constant_weight() == Some(1.0);
        if !unit || (route.count == Count::Share && !matches!(route.memory, Memory::Last { .. })) {
            self.weigh(route, state, moment, scratch)?;
        }
        let before = std::mem::take(&mut self.sum);
        let mut sum = vec![0.0; before.len()];
        for (place, &layer) in route.layers.iter().enumerate() {
            self.hear_layer(route, state, place, layer, moment, scratch, &mut sum, &mut stir)?;
        }
        match (route.count, route.memory) {
            (_, Memory::Last { .. }) => {
                let (standing, mut draws) = (&state.standings[route.slot], indecision_draws(route, moment));
                for (i, sum) in sum.iter_mut().enumerate() {
                    *sum = self.last.sum(route.count, i, standing.holds(i), &mut draws);
                }
            }
            (Count::Signals, Memory::Ever) => sum.iter_mut().zip(&before).for_each(|(sum, before)| *sum += before),
            (Count::Signals, Memory::Steps(steps)) => {
                self.window.push_back(sum.clone());
                if self.window.len() > steps as usize {
                    self.window.pop_front();
                }
                sum.fill(0.0);
                for earlier in &self.window {
                    sum.iter_mut().zip(earlier).for_each(|(sum, earlier)| *sum += earlier);
                }
            }
            (Count::Sources | Count::Share, _) => {}
        }
        stir.heard |= sum != before;
        self.sum = sum;
        self.take_needs(route, state, moment, scratch)?;
        self.ready.clear();
        let shares_last = route.count == Count::Share && matches!(route.memory, Memory::Last { .. });
        for i in 0..self.evidence.len() {
            let heard = if shares_last { self.sum[i] } else { self.per_whole(i) };
            self.evidence[i] = self.base[i] + heard;
            self.is_ready[i] = self.suffices(i, unit);
            if self.is_ready[i] && !state.standings[route.slot].holds(i) {
                self.ready.push(i as u32);
            }
        }
        Ok(stir)
    }

    /// Adds what every agent hears over one layer in this step (for windows and signals), or remembers (for sources).
    #[allow(clippy::too_many_arguments)]
    fn hear_layer(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        place: usize,
        layer: usize,
        moment: Moment,
        scratch: &mut Scratch,
        sum: &mut [f64],
        stir: &mut Stir,
    ) -> Result<(), Mistake> {
        let constant = route.reach[place].constant();
        if constant.is_none() {
            let heard = &mut self.layers[place];
            tie_column(&route.reach[place], state, &heard.hearers, moment, scratch, &mut heard.reaches);
            check(&heard.reaches, route, "reach")?;
        }
        let ties = &state.layers[layer];
        let sources = ties.sources();
        let speakers = &state.standings[route.from].entered;
        let newest = by_event(moment.now);
        let speaks = |speaker: usize| match (route.emit, speakers[speaker]) {
            (_, 0) => false,
            (Emit::Always, _) => true,
            (Emit::Once, mark) => mark + 1 >= newest,
        };
        let says = |tie: usize| speaks(sources[tie] as usize);
        let heard = &mut self.layers[place];
        let Heard { hearers, weights, reaches, when } = heard;
        let unit = route.constant_weight() == Some(1.0);
        let weight = |tie: usize| if unit { 1.0 } else { weights[tie] };
        let reach = |tie: usize| constant.unwrap_or_else(|| reaches[tie]);
        let arrived = if constant.is_some_and(|reach| reach >= 1.0) {
            None
        } else {
            let listened = |speaker: usize| matches!(route.memory, Memory::Last { .. }) || speaks(speaker);
            Some(arrivals::by_tie(ties, route.trials(layer, moment), listened, constant, reaches))
        };
        let mut arrives = |tie: usize| match &arrived {
            None => true,
            Some(arrived) => {
                stir.drew |= reach(tie) > 0.0 && reach(tie) < 1.0;
                arrived[tie]
            }
        };
        let open = if ties.gated { ties.open.as_ref() } else { None };
        match (route.count, route.memory) {
            (_, Memory::Last { .. }) => each_open(open, hearers, |tie| {
                if arrives(tie) {
                    let value = if says(tie) { weight(tie) } else { 0.0 };
                    self.last.remember(hearers[tie] as usize, value);
                }
            }),
            (Count::Signals, _) => each_open(open, hearers, |tie| {
                if says(tie) && arrives(tie) {
                    sum[hearers[tie] as usize] += weight(tie);
                }
            }),
            (Count::Sources | Count::Share, memory) => {
                each_open(open, hearers, |tie| {
                    let remembered = memory == Memory::Ever && when[tie] != 0;
                    if !remembered && says(tie) && arrives(tie) {
                        when[tie] = moment.now + 1;
                    }
                });
                let oldest = oldest(memory, moment.now);
                for (tie, &when) in when.iter().enumerate() {
                    if when >= oldest {
                        sum[hearers[tie] as usize] += weight(tie);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Calls `each` for the open ties, or for all, ascending.
fn each_open(open: Option<&Open>, hearers: &[u32], each: impl FnMut(usize)) {
    match open {
        Some(open) => open.ties.iter().map(|&tie| tie as usize).for_each(each),
        None => (0..hearers.len()).for_each(each),
    }
}
