//! The monotone case by the frontier kernel: thresholds that stand still, nobody leaves, nothing is drawn.

use super::frontier::{Audience, Cascade, Countdown, needed_of_count, needed_of_share, spread};
use super::rules::{CompiledRoute, Hearing};
use super::run::{Outcome, Prepared};
use crate::contagion::Selection;
use crate::contagion::State;
use crate::contagion::build::Built;
use crate::contagion::names::Quantity;
use crate::contagion::select::part_of;
use crate::contagion::state::{by_event, in_step};
use crate::contagion::world::{Count, Event};
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::Source;

/// Whether the rules are those the kernel knows: one stage with one route, entered for certain by an exposure count or
/// share that stands still, started at time 0, observed at the start and the end only.
pub fn fits(prepared: &Prepared) -> bool {
    let rules = &prepared.rules;
    let [route] = &rules.routes[..] else { return false };
    rules.updates.is_empty()
        && rules.contacts.is_empty()
        && rules.rewirings.is_empty()
        && prepared.words.slots() == 1
        && !rules.tracks[route.slot]
        && is_threshold(route)
        && prepared.world.timeline.iter().all(|(time, event)| *time == 0 && matches!(event, Event::Start(_)))
        && prepared.observations.iter().all(|observed| {
            observed.at.is_none()
                || observed.at == Some(0)
                    && observed.value.reads().iter().all(|read| matches!(read, Quantity::Structure(_)))
        })
}

fn is_threshold(route: &CompiledRoute) -> bool {
    route.hearing == Hearing::ByNews
        && route.from == route.slot
        && route.after.is_none()
        && route.tries.is_none()
        && route.never_leaves()
        && matches!(route.count, Count::Sources | Count::Share)
        && route.constant_reach().is_some_and(|reach| reach >= 1.0)
        && route.constant_weight() == Some(1.0)
        && route.base.constant() == Some(0.0)
        && route.chance.constant().is_some_and(|chance| chance >= 1.0)
}

/// The run, or none where somebody would adopt without any exposure (the kernel counts at least one).
pub fn run(prepared: &Prepared, built: &Built, source: Source, steps: u32) -> Result<Option<Outcome>, Mistake> {
    let route = &prepared.rules.routes[0];
    let mut state = built.state.clone();
    let Some(needed) = needed_exposures(prepared, &state, source)? else { return Ok(None) };
    let start = starting(prepared, &state, source)?;
    let mut cascade = Cascade::default();
    if needed.iter().all(|&needed| needed <= u8::LARGEST) {
        cascade_with::<u8>(route, &state, &needed, &start, steps, &mut cascade);
    } else {
        cascade_with::<u32>(route, &state, &needed, &start, steps, &mut cascade);
    }

    let mut observed = vec![f64::NAN; prepared.observations.len()];
    let mut scratch = Scratch::default();
    for (place, measure) in prepared.observations.iter().enumerate().filter(|(_, measure)| measure.at.is_some()) {
        observed[place] = prepared.observe(measure, &mut state, source, &mut scratch)?;
    }
    let curve = write_back(&cascade, route.slot, &mut state);
    state.now = steps;
    for (place, measure) in prepared.observations.iter().enumerate().filter(|(_, measure)| measure.at.is_none()) {
        observed[place] = prepared.observe(measure, &mut state, source, &mut scratch)?;
    }
    Ok(Some(Outcome {
        totals: vec![state.standings[route.slot].total],
        population: state.population().len() as u32,
        steps: cascade.reached.len() as u32 - 1,
        curves: vec![curve],
        observed,
        clamped: 0,
        state,
    }))
}

fn starting(prepared: &Prepared, state: &State, source: Source) -> Result<Vec<u32>, Mistake> {
    let moment = Moment { source, now: 0 };
    let mut numbering = prepared.numbering.clone();
    let mut start = Vec::new();
    for (number, (_, event)) in prepared.world.timeline.iter().enumerate() {
        if let Event::Start(described) = event {
            let part = part_of(&format!("event#{number}"));
            let mut selection = Selection { words: &prepared.words, state, numbering: &mut numbering, moment, part };
            start.extend(selection.agents(&described.who)?);
        }
    }
    start.sort_unstable();
    start.dedup();
    Ok(start)
}

/// How many exposures each agent needs; 0 means never. None when somebody needs none at all.
fn needed_exposures(prepared: &Prepared, state: &State, source: Source) -> Result<Option<Vec<u32>>, Mistake> {
    let route = &prepared.rules.routes[0];
    let n = state.agent_count();
    let mut thresholds = vec![0.0; n];
    match route.needs.constant() {
        Some(threshold) => thresholds.fill(threshold),
        None => {
            let (moment, mut scratch) = (Moment { source, now: 0 }, Scratch::default());
            route.needs.prepare(state, moment, &mut scratch);
            route.needs.agents(state, moment, &mut scratch, Rows::From(0), &mut thresholds);
        }
    }
    super::ear::check(&thresholds, route, "needs")?;
    if thresholds.iter().any(|&threshold| threshold <= 0.0) {
        return Ok(None);
    }
    if route.count == Count::Sources {
        return Ok(Some(thresholds.into_iter().map(needed_of_count).collect()));
    }
    let mut degrees = vec![0; n];
    for &layer in &route.layers {
        let offsets = state.layers[layer].network.offsets();
        degrees.iter_mut().zip(offsets.windows(2)).for_each(|(degree, row)| *degree += row[1] - row[0]);
    }
    let mut known = Vec::new();
    if let Some(threshold) = route.needs.constant() {
        let largest = degrees.iter().copied().max().unwrap_or(0);
        known = (0..=largest).map(|degree| needed_of_share(threshold, degree)).collect();
    }
    Ok(Some(
        thresholds
            .into_iter()
            .zip(degrees)
            .map(|(threshold, degree)| match known.get(degree as usize) {
                Some(&needed) => needed,
                None => needed_of_share(threshold, degree),
            })
            .collect(),
    ))
}

fn cascade_with<C: Countdown>(
    route: &CompiledRoute,
    state: &State,
    needed: &[u32],
    start: &[u32],
    steps: u32,
    cascade: &mut Cascade,
) {
    let mut left: Vec<C> = needed.iter().map(|&needed| C::new(needed)).collect();
    let audiences: Vec<Audience<'_>> = route
        .layers
        .iter()
        .map(|&layer| {
            let (offsets, hearers) = state.layers[layer].audience();
            Audience { offsets, hearers }
        })
        .collect();
    spread(&audiences, &mut left, start, steps, cascade);
}

/// Enters the adopters into the state and counts the population among them, time by time.
fn write_back(cascade: &Cascade, slot: usize, state: &mut State) -> Vec<u32> {
    let mut curve = Vec::with_capacity(cascade.reached.len());
    let mut first = 0;
    for (time, &reached) in cascade.reached.iter().enumerate() {
        let mark = if time == 0 { by_event(0) } else { in_step(time as u32 - 1) };
        for &agent in &cascade.adopters[first..reached as usize] {
            state.enter(slot, agent as usize, mark);
        }
        first = reached as usize;
        curve.push(state.standings[slot].held);
    }
    curve
}
