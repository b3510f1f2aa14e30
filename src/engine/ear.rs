//! What one route has heard so far, and the evidence that makes.
//!
//! There are three ways to hear, each in a file of its own, and a route has one of them ([`Hearing`]): new speakers only
//! (`news`), everybody over all ties in every step (`step`), one agent after another (`turn`).

mod arrivals;
mod news;
mod step;
pub mod turn;

use super::evidence::{self, check, suffices};
use super::last::LastSignals;
use super::rules::{Compiled, CompiledRoute, Hearing};
use crate::contagion::State;
use crate::contagion::state::in_step;
use crate::contagion::world::{Count, Memory};
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::{Draws, Purpose};

/// The memory of one route: evidence of every agent, and what it rests on.
#[derive(Clone, Debug)]
pub struct Ear {
    /// Evidence of every agent, base included: what `needs` is compared with.
    pub evidence: Vec<f64>,
    pub needs: Vec<f64>,
    /// Agents whose evidence suffices and who do not hold the stage (some may have entered by another route since).
    pub ready: Vec<u32>,
    is_ready: Vec<bool>,
    /// Decisions left to each agent; empty when unlimited.
    pub tries: Vec<u32>,
    base: Vec<f64>,
    /// The sum of what was heard, before dividing by `whole`.
    sum: Vec<f64>,
    /// What all that could speak would add up to; empty when not a share.
    whole: Vec<f64>,
    layers: Vec<Heard>,
    /// By agent: whether it was heard by everybody that hears it (reach 1).
    spoke: Vec<bool>,
    /// Sums of earlier steps, oldest first, for signals within a window of steps.
    window: std::collections::VecDeque<Vec<f64>>,
    last: LastSignals,
    begun: bool,
}

/// What was heard over one layer.
#[derive(Clone, Debug, Default)]
struct Heard {
    hearers: Vec<u32>,
    weights: Vec<f64>,
    reaches: Vec<f64>,
    /// 1 + the step each tie was last heard in; 0 when never. Empty where nothing has to be remembered.
    when: Vec<u32>,
}

/// What a step of hearing did that matters for stopping.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stir {
    /// Evidence changed.
    pub heard: bool,
    /// A draw was made that could have gone the other way.
    pub drew: bool,
}

impl Ear {
    pub fn new(route: &CompiledRoute, state: &State) -> Ear {
        let n = state.standings.first().map_or(0, |standing| standing.entered.len());
        let by_step = route.hearing != Hearing::ByNews;
        let weighs = route.constant_weight() != Some(1.0);
        let remembers = by_step || weighs || route.constant_reach().is_none_or(|reach| reach < 1.0);
        Ear {
            evidence: vec![0.0; n],
            needs: Vec::new(),
            ready: Vec::new(),
            is_ready: vec![false; n],
            tries: route.tries.map_or(Vec::new(), |tries| vec![tries; n]),
            base: Vec::new(),
            sum: vec![0.0; n],
            whole: Vec::new(),
            layers: route
                .layers
                .iter()
                .map(|&layer| {
                    let network = &state.layers[layer].network;
                    let ties = if remembers { network.ties() } else { 0 };
                    let hearers = if by_step || weighs { network.hearers() } else { Vec::new() };
                    Heard { hearers, when: vec![0; ties], ..Heard::default() }
                })
                .collect(),
            spoke: vec![false; n],
            window: std::collections::VecDeque::new(),
            last: LastSignals::new(route.memory, n),
            begun: false,
        }
    }

    /// The ties of the layer at `place` among the route's have changed: what was heard over those that stayed is kept.
    pub fn retie(&mut self, place: usize, kept: &[Option<u32>], network: &crate::network::Network) {
        let heard = &mut self.layers[place];
        heard.hearers = network.hearers();
        heard.when =
            kept.iter().map(|tie| tie.and_then(|tie| heard.when.get(tie as usize).copied()).unwrap_or(0)).collect();
        heard.weights.clear();
        heard.reaches.clear();
    }

    /// Hears what is said in step `state.now` and brings evidence and readiness up to date. `fresh` are the agents that
    /// hold `from` and may be heard for the first time in this step, ascending.
    pub fn listen(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        fresh: &[u32],
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<Stir, Mistake> {
        match route.hearing {
            // New speakers are heard now or never, and who is ready decides now: where nobody moves, nothing is left to
            // wait for.
            Hearing::ByNews => self.hear_news(route, state, fresh, moment, scratch).map(|()| Stir::default()),
            Hearing::ByStep => self.hear_all(route, state, moment, scratch),
            Hearing::InTurn => unreachable!("agents that act in turn listen one by one"),
        }
    }

    /// Whether agent `i` has what it takes.
    fn suffices(&self, i: usize, exact: bool) -> bool {
        suffices(self.evidence[i], self.needs[i], exact)
    }

    /// How much of what it needs agent `i` has heard, 0 to 1.
    pub fn progress(&self, i: usize) -> f64 {
        evidence::progress(self.evidence[i], self.needs[i])
    }

    /// Needs and base of everybody, as they are now.
    fn take_needs(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<(), Mistake> {
        for (program, out, field) in [(&route.needs, &mut self.needs, "needs"), (&route.base, &mut self.base, "base")] {
            out.resize(state.agent_count(), 0.0);
            program.prepare(state, moment, scratch);
            program.agents(state, moment, scratch, Rows::From(0), out);
            check(out, route, field)?;
        }
        Ok(())
    }

    /// Weights of all ties, and what they add up to for each agent where that is asked for.
    fn weigh(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<(), Mistake> {
        let unit = route.constant_weight() == Some(1.0);
        if route.count == Count::Share {
            self.whole.clear();
            self.whole.resize(self.evidence.len(), 0.0);
        }
        for (place, &layer) in route.layers.iter().enumerate() {
            let ties = &state.layers[layer];
            let heard = &mut self.layers[place];
            if !unit {
                tie_column(&route.weight[place], state, &heard.hearers, moment, scratch, &mut heard.weights);
                check(&heard.weights, route, "weight")?;
            }
            if route.count == Count::Share {
                let only_open = ties.gated && route.memory == Memory::Steps(1);
                for (i, whole) in self.whole.iter_mut().enumerate() {
                    for tie in ties.network.row(i) {
                        if !only_open || ties.open.as_ref().is_none_or(|open| open.is[tie]) {
                            *whole += if unit { 1.0 } else { heard.weights[tie] };
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The sum of agent `i`, divided where a share is counted.
    fn per_whole(&self, i: usize) -> f64 {
        match self.whole.get(i) {
            None => self.sum[i],
            Some(&whole) if whole > 0.0 => self.sum[i] / whole,
            Some(_) => 0.0,
        }
    }

    /// The ties through which agent `i` has its evidence, with their weights: who gets the credit of its entry.
    /// `each(layer, tie, weight)`.
    pub fn heard_by(
        &self,
        route: &CompiledRoute,
        state: &State,
        now: u32,
        i: usize,
        mut each: impl FnMut(usize, usize, f64),
    ) {
        let unit = route.constant_weight() == Some(1.0);
        for (place, &layer) in route.layers.iter().enumerate() {
            let ties = &state.layers[layer];
            let heard = &self.layers[place];
            for tie in ties.network.row(i) {
                let source = ties.sources()[tie] as usize;
                let counts = match heard.when.get(tie) {
                    Some(&when) if route.count != Count::Signals && !matches!(route.memory, Memory::Last { .. }) => {
                        when >= oldest(route.memory, now)
                    }
                    // Whoever enters in this very step was not heard in it, but by those whose turn came later.
                    Some(_) => match state.standings[route.from].entered[source] {
                        mark if mark == in_step(now) => route.hearing == Hearing::InTurn,
                        mark => mark != 0,
                    },
                    None => self.spoke[source],
                };
                if counts {
                    each(layer, tie, if unit { 1.0 } else { heard.weights[tie] });
                }
            }
        }
    }

    /// Takes those off the list who need no further look: `keep` says who stays.
    pub fn retain_ready(&mut self, mut keep: impl FnMut(u32) -> bool) {
        let is_ready = &mut self.is_ready;
        self.ready.retain(|&agent| {
            let stays = keep(agent);
            is_ready[agent as usize] &= stays;
            stays
        });
    }
}

/// The earliest mark in [`Heard::when`] that still counts in step `now`.
fn oldest(memory: Memory, now: u32) -> u32 {
    match memory {
        Memory::Steps(steps) => (now + 2).saturating_sub(steps).max(1),
        Memory::Ever | Memory::Last { .. } => 1,
    }
}

/// What decides in a step for agents whose last signals are half and half.
fn indecision_draws(route: &CompiledRoute, moment: Moment) -> Draws {
    moment.source.key(Purpose::Indecision, route.part).draws(moment.now.into())
}

/// The values for all ties of a layer, as they are now.
fn tie_column(
    program: &Compiled,
    state: &State,
    hearers: &[u32],
    moment: Moment,
    scratch: &mut Scratch,
    out: &mut Vec<f64>,
) {
    out.resize(hearers.len(), 0.0);
    match program.constant() {
        Some(value) => out.fill(value),
        None => {
            program.prepare(state, moment, scratch);
            program.ties(state, moment, scratch, 0, hearers, out);
        }
    }
}
