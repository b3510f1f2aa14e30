//! What one route has heard so far, and the evidence that makes.

pub mod turn;

use super::last::LastSignals;
use super::rules::{CompiledRoute, Hearing};
use crate::contagion::State;
use crate::contagion::state::{Layer, Open, by_event, in_step};
use crate::contagion::world::{Count, Emit, Memory};
use crate::formula::{Mistake, Moment, Program, Rows, Scratch};
use crate::rng::{Chance48, Draws, Purpose, Trials};

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
        state: &mut State,
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

    /// Whether agent `i` has what it takes. Counts of unit weight are exact; sums of weights get a relative slack of 1e-9.
    fn suffices(&self, i: usize, exact: bool) -> bool {
        let (evidence, needs) = (self.evidence[i], self.needs[i]);
        evidence >= needs || (!exact && evidence >= needs - 1e-9 * needs.abs())
    }

    /// How much of what it needs agent `i` has heard, 0 to 1.
    pub fn progress(&self, i: usize) -> f64 {
        progress(self.evidence[i], self.needs[i])
    }

    fn agent_column(
        program: &super::rules::Compiled,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
        out: &mut Vec<f64>,
    ) {
        out.resize(state.agent_count(), 0.0);
        program.prepare(state, moment, scratch);
        program.agents(state, moment, scratch, Rows::From(0), out);
    }

    /// Needs and base of everybody, and who is ready without having heard anything.
    fn begin(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        moment: Moment,
        scratch: &mut Scratch,
    ) -> Result<(), Mistake> {
        Self::agent_column(&route.needs, state, moment, scratch, &mut self.needs);
        Self::agent_column(&route.base, state, moment, scratch, &mut self.base);
        check(&self.needs, route, "needs")?;
        check(&self.base, route, "base")?;
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

    fn hear_news(
        &mut self,
        route: &CompiledRoute,
        state: &mut State,
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

    fn per_whole(&self, i: usize) -> f64 {
        match self.whole.get(i) {
            None => self.sum[i],
            Some(&whole) if whole > 0.0 => self.sum[i] / whole,
            Some(_) => 0.0,
        }
    }

    fn hear_all(
        &mut self,
        route: &CompiledRoute,
        state: &mut State,
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
        Self::agent_column(&route.needs, state, moment, scratch, &mut self.needs);
        Self::agent_column(&route.base, state, moment, scratch, &mut self.base);
        check(&self.needs, route, "needs")?;
        check(&self.base, route, "base")?;
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
            Some(arrivals(ties, route.trials(layer, moment), listened, constant, reaches))
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
                let oldest = match memory {
                    Memory::Steps(steps) => (moment.now + 2).saturating_sub(steps).max(1),
                    _ => 1,
                };
                for (tie, &when) in when.iter().enumerate() {
                    if when >= oldest {
                        sum[hearers[tie] as usize] += weight(tie);
                    }
                }
            }
        }
        Ok(())
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
                        when != 0
                            && match route.memory {
                                Memory::Steps(steps) => now + 1 - when < steps,
                                _ => true,
                            }
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

/// Calls `each` for the open ties, or for all, ascending.
fn each_open(open: Option<&Open>, hearers: &[u32], each: impl FnMut(usize)) {
    match open {
        Some(open) => open.ties.iter().map(|&tie| tie as usize).for_each(each),
        None => (0..hearers.len()).for_each(each),
    }
}

/// By tie: whether what is said over it arrives, of the speakers that are listened to. The reach is the same for all ties,
/// or one of each.
fn arrivals(
    layer: &Layer,
    mut trials: Trials,
    listened: impl Fn(usize) -> bool,
    constant: Option<f64>,
    reaches: &[f64],
) -> Vec<bool> {
    let speakers = layer.by_speaker();
    let mut arrived = vec![false; speakers.ties.len()];
    let rows = speakers.offsets.windows(2).enumerate().filter(|(speaker, _)| listened(*speaker));
    let rows = rows.map(|(_, row)| row[0]..row[1]);
    match constant {
        Some(reach) => trials.each(rows, Chance48::new(reach), |places| {
            places.iter().for_each(|&at| arrived[speakers.ties[at as usize] as usize] = true);
        }),
        None => rows.flatten().for_each(|at| {
            let tie = speakers.ties[at as usize] as usize;
            arrived[tie] = trials.at(at, Chance48::new(reaches[tie]));
        }),
    }
    arrived
}

fn indecision_draws(route: &CompiledRoute, moment: Moment) -> Draws {
    moment.source.key(Purpose::Indecision, route.part).draws(moment.now.into())
}

fn tie_column(
    program: &Program<crate::contagion::Quantity>,
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

/// How much of what is needed was heard, 0 to 1. Of what nothing needs to be heard it is all or nothing.
pub fn progress(evidence: f64, needs: f64) -> f64 {
    match evidence >= needs {
        true => 1.0,
        false if needs > 0.0 => (evidence / needs).max(0.0),
        false => 0.0,
    }
}

/// A rule that gives NaN ends the run: nothing could be compared with it.
pub fn check(values: &[f64], route: &CompiledRoute, field: &str) -> Result<(), Mistake> {
    match values.iter().position(|value| value.is_nan()) {
        None => Ok(()),
        Some(row) => {
            let whose = if matches!(field, "weight" | "reach") { "a tie" } else { "an agent" };
            let (name, count) = (&route.name, values[row..].iter().filter(|value| value.is_nan()).count());
            let more = if count > 1 { format!(" and of {} more", count - 1) } else { String::new() };
            Err(Mistake::new(
                route.line,
                format!("{name}: {field} of {whose}{more} became NaN: 0/0, or log or sqrt of a negative number"),
            ))
        }
    }
}
