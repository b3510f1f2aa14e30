//! The monotone case by the frontier kernel: needs that stand still, nobody leaves, and nothing is drawn but whether a
//! new adopter is heard.

use super::frontier::{
    Audience, Cascade, Countdown, needed_of_count, needed_of_share, spread, spread_by_chance, spread_in_turn,
};
use super::prepare::Prepared;
use super::rules::CompiledRoute;
use super::run::Outcome;
use super::seeding::Seeding;
use super::stepper::turns::Turns;
use crate::contagion::Selection;
use crate::contagion::State;
use crate::contagion::build::Built;
use crate::contagion::names::Quantity;
use crate::contagion::select::Trying;
use crate::contagion::state::{by_event, in_step};
use crate::contagion::world::{Count, Event, Order};
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::Source;
use crate::wide::widest;

/// Whether the rules are those the kernel knows: one stage with one route, entered for certain by an exposure count or
/// share that stands still (the same reach on all ties; below 1 where adopters speak once and all act at once), started at
/// time 0, observed at the start and the end only.
pub fn fits(prepared: &Prepared) -> bool {
    let rules = &prepared.rules;
    let [route] = &rules.routes[..] else { return false };
    rules.order != Order::Continuous
        && rules.updates.is_empty()
        && prepared.world.plain.is_empty()
        && rules.contacts.is_empty()
        && rules.rewirings.is_empty()
        && prepared.words.slots() == 1
        && !rules.explains()
        && is_monotone(route)
        && (prepared.world.order == Order::Synchronous || route.constant_reach().is_some_and(|reach| reach >= 1.0))
        && prepared.world.timeline.iter().all(|(time, event)| *time == 0 && matches!(event, Event::Start(_)))
        && prepared.observations.iter().all(|observed| {
            observed.at.is_none()
                || observed.at == Some(0)
                    && observed.value.reads().iter().all(|read| matches!(read, Quantity::Structure(_)))
        })
}

fn is_monotone(route: &CompiledRoute) -> bool {
    route.still
        && route.from == route.slot
        && route.after.is_none()
        && route.tries.is_none()
        && route.never_leaves()
        && matches!(route.count, Count::Sources | Count::Share)
        && route.constant_reach().is_some()
        && route.constant_weight() == Some(1.0)
        && route.base.constant() == Some(0.0)
        && route.chance.constant().is_some_and(|chance| chance >= 1.0)
}

/// The run, or none where somebody would adopt without any exposure (the kernel counts at least one).
pub fn run(prepared: &Prepared, built: &Built, source: Source, steps: u32) -> Result<Option<Outcome>, Mistake> {
    let route = &prepared.rules.routes[0];
    let mut state = built.state.clone();
    state.arrange_measures(&prepared.words.measures);
    prepared.begin_trace(&mut state);
    let needs = Needs::of(route, &state, source)?;
    if needs.somebody_needs_none() {
        return Ok(None);
    }
    let start = starting(prepared, &state, source)?;
    let order = prepared.world.order;
    // Countdowns of one byte stay in the cache where those of four do not.
    let cascade = if needs.largest <= u8::LARGEST {
        cascade(route, &state, source, order, needs.countdowns::<u8>(), &start, steps)
    } else {
        cascade(route, &state, source, order, needs.countdowns::<u32>(), &start, steps)
    };

    let mut observed = vec![f64::NAN; prepared.observations.len()];
    let mut scratch = Scratch::default();
    for (place, measure) in prepared.observations.iter().enumerate().filter(|(_, measure)| measure.at.is_some()) {
        observed[place] = prepared.observe(measure, &mut state, &[], source, &mut scratch)?;
    }
    let curves = [write_back(&cascade, route.slot, &mut state)];
    state.now = steps;
    for (place, measure) in prepared.observations.iter().enumerate().filter(|(_, measure)| measure.at.is_none()) {
        observed[place] = prepared.observe(measure, &mut state, &curves, source, &mut scratch)?;
    }
    Ok(Some(Outcome {
        totals: vec![state.standings[route.slot].total],
        population: state.population().len() as u32,
        steps: cascade.reached.len() as u32 - 1,
        curves: curves.into(),
        observed,
        clamped: 0,
        state,
    }))
}

/// All at once, or one after another in the order that the source draws.
fn cascade<C: Countdown>(
    route: &CompiledRoute,
    state: &State,
    source: Source,
    order: Order,
    mut left: Vec<C>,
    start: &[u32],
    steps: u32,
) -> Cascade {
    let audiences = audiences(route, state);
    let mut cascade = Cascade::default();
    match route.constant_reach() {
        _ if order == Order::Asynchronous => {
            spread_in_turn(&audiences, &mut left, start, steps, &mut cascade, |step| {
                let mut turns = Turns::of(source, step);
                move |agent| turns.rank(agent)
            });
        }
        Some(reach) if reach < 1.0 => {
            let trials = |number: usize, now| route.trials(route.layers[number], Moment { source, now });
            spread_by_chance(&audiences, reach, trials, &mut left, start, steps, &mut cascade);
        }
        _ => spread(&audiences, &mut left, start, steps, &mut cascade),
    }
    cascade
}

fn starting(prepared: &Prepared, state: &State, source: Source) -> Result<Vec<u32>, Mistake> {
    let moment = Moment { source, now: 0 };
    let mut numbering = prepared.numbering.clone();
    let mut start = Vec::new();
    for (number, (_, event)) in prepared.world.timeline.iter().enumerate() {
        if let Event::Start(described) = event {
            let part = prepared.event_parts[number];
            let trying = Some(&Seeding { prepared, state, source } as &dyn Trying);
            let words = &prepared.words;
            let mut selection = Selection { words, state, numbering: &mut numbering, moment, part, trying };
            start.extend(selection.agents(&described.who)?);
        }
    }
    start.sort_unstable();
    start.dedup();
    Ok(start)
}

/// How many exposures agents need.
struct Needs<'a> {
    thresholds: Thresholds,
    /// The rows of the layers whose ties a share is of; none for a number of exposures.
    degrees: Vec<&'a [u32]>,
    agents: usize,
    /// No agent needs more.
    largest: u32,
}

enum Thresholds {
    /// The same for everybody, and what it comes to for each degree.
    One(f64, Vec<u32>),
    Each(Vec<f64>),
}

impl<'a> Needs<'a> {
    fn of(route: &CompiledRoute, state: &'a State, source: Source) -> Result<Self, Mistake> {
        let agents = state.agent_count();
        let degrees: Vec<&[u32]> = match route.count {
            Count::Share => route.layers.iter().map(|&layer| state.layers[layer].network.offsets()).collect(),
            _ => Vec::new(),
        };
        let most = match degrees[..] {
            [] => 0,
            _ => (0..agents).map(|agent| degree(&degrees, agent)).max().unwrap_or(0),
        };
        let needed = |threshold, degree| match route.count {
            Count::Share => needed_of_share(threshold, degree),
            _ => needed_of_count(threshold),
        };
        let thresholds = match route.needs.constant() {
            Some(threshold) => {
                super::evidence::check(&[threshold], route, "needs")?;
                Thresholds::One(threshold, (0..=most).map(|degree| needed(threshold, degree)).collect())
            }
            None => {
                let (moment, mut scratch) = (Moment { source, now: 0 }, Scratch::default());
                let mut thresholds = vec![0.0; agents];
                route.needs.prepare(state, moment, &mut scratch);
                route.needs.agents(state, moment, &mut scratch, Rows::From(0), &mut thresholds);
                super::evidence::check(&thresholds, route, "needs")?;
                Thresholds::Each(thresholds)
            }
        };
        let largest = match (&thresholds, route.count) {
            (Thresholds::One(_, known), _) => known.iter().copied().max().unwrap_or(0),
            // A share is met by all that could speak, or never.
            (Thresholds::Each(_), Count::Share) => most,
            (Thresholds::Each(each), _) => each.iter().map(|&one| needed_of_count(one)).max().unwrap_or(0),
        };
        Ok(Needs { thresholds, degrees, agents, largest })
    }

    fn somebody_needs_none(&self) -> bool {
        match &self.thresholds {
            Thresholds::One(threshold, _) => *threshold <= 0.0 && self.agents > 0,
            Thresholds::Each(thresholds) => thresholds.iter().any(|&threshold| threshold <= 0.0),
        }
    }

    fn countdowns<C: Countdown>(&self) -> Vec<C> {
        let degree = |agent| degree(&self.degrees, agent);
        match &self.thresholds {
            Thresholds::One(_, known) => {
                let known: Vec<C> = known.iter().map(|&needed| C::new(needed)).collect();
                match &self.degrees[..] {
                    [] => vec![known[0]; self.agents],
                    // The usual case, written so that it is read off in one pass over the rows.
                    [offsets] => offsets.windows(2).map(|row| known[(row[1] - row[0]) as usize]).collect(),
                    _ => (0..self.agents).map(|agent| known[degree(agent) as usize]).collect(),
                }
            }
            Thresholds::Each(thresholds) if self.degrees.is_empty() => {
                thresholds.iter().map(|&threshold| C::new(needed_of_count(threshold))).collect()
            }
            Thresholds::Each(thresholds) => {
                let mut degrees: Vec<u32> = (0..self.agents).map(degree).collect();
                needed_of_shares(thresholds, &mut degrees);
                degrees.into_iter().map(C::new).collect()
            }
        }
    }
}

widest! {
    /// For each agent, in place of how many it hears: how many exposures meet its threshold.
    fn needed_of_shares(thresholds: &[f64], degrees: &mut [u32]) {
        for (degree, &threshold) in degrees.iter_mut().zip(thresholds) {
            *degree = needed_of_share(threshold, *degree);
        }
    }
}

/// Over all these layers.
fn degree(layers: &[&[u32]], agent: usize) -> u32 {
    layers.iter().map(|offsets| offsets[agent + 1] - offsets[agent]).sum()
}

fn audiences<'a>(route: &CompiledRoute, state: &'a State) -> Vec<Audience<'a>> {
    let heard = |&layer: &usize| {
        let (offsets, hearers) = state.layers[layer].audience();
        Audience { offsets, hearers }
    };
    route.layers.iter().map(heard).collect()
}

/// Enters the adopters into the state and counts the population among them, time by time.
fn write_back(cascade: &Cascade, slot: usize, state: &mut State) -> Vec<u32> {
    let mut curve = Vec::with_capacity(cascade.reached.len());
    let mut first = 0;
    for (time, &reached) in cascade.reached.iter().enumerate() {
        let mark = if time == 0 { by_event(0) } else { in_step(time as u32 - 1) };
        state.enter_first(slot, &cascade.adopters[first..reached as usize], mark);
        first = reached as usize;
        curve.push(state.standings[slot].held);
    }
    curve
}
