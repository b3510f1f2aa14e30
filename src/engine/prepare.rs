//! A world checked and compiled, before any run of it.

use std::collections::BTreeMap;

use super::rules::{Compiled, Rules};
use super::seeding;
use crate::contagion::names::{Quantity, StructureName, Vocabulary};
use crate::contagion::select::part_of;
use crate::contagion::structure;
use crate::contagion::world::{Event, Observation, Order, PlainKind, Who, World};
use crate::formula::{Context, Mistake, Numbering, compile};

/// A world checked and compiled, ready to be built and run for any replicate.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub world: World,
    pub words: Vocabulary,
    pub rules: Rules,
    /// In the order of their columns in a row.
    pub observations: Vec<Observed>,
    /// Tells worlds that are set up alike from others.
    pub setup: Vec<u8>,
    pub(super) numbering: Numbering,
    /// The places of events in the timeline, by time, in the order written.
    pub(super) events: BTreeMap<u32, Vec<usize>>,
    /// By place in the timeline: tells the draws of one event from those of another.
    pub(super) event_parts: Vec<u32>,
    /// Whether measures of structure can change in the course of a run.
    pub(super) structure_moves: bool,
}

/// A measure of every run.
#[derive(Clone, Debug)]
pub struct Observed {
    pub name: String,
    pub value: Compiled,
    /// The end if not said.
    pub at: Option<u32>,
}

/// Checks every word of a world and compiles its rules.
pub fn prepare(world: World) -> Result<Prepared, Mistake> {
    let words = Vocabulary::of(&world)?;
    if world.order == Order::Asynchronous && world.stages.iter().all(|stage| stage.routes.is_empty()) {
        return Err(Mistake::new(
            world.order_line,
            "order: no stage here has a route, so there is nothing that agents do one after another (updates are made \
             at once); plain rules have an order of their own: each(who, { order = \"random\" }, f), meet(layer, f)",
        ));
    }
    // Formulas of the setup are compiled when the world is built, and counted apart.
    let mut numbering = Numbering::starting_at(1 << 20);
    let mut rules = Rules::compile(&world, &words, &mut numbering)?;
    let observations = compile_observations(&world, &words, &mut numbering)?;
    check_events(&world, &words, numbering.clone())?;
    let mut reads: Vec<Quantity> = rules.reads();
    observations.iter().for_each(|observed| reads.extend_from_slice(observed.value.reads()));
    rules.track(&reads);
    seeding::check(&world, &rules, &words)?;
    rules.keep_for(&words);
    rules.track(&event_reads(&world, &words, numbering.clone())?);
    check_plain(&world, &words, numbering.clone())?;
    let structure_moves = !world.rewirings.is_empty()
        || !world.plain.is_empty()
        || !world.updates.is_empty()
        || world
            .timeline
            .iter()
            .any(|(_, event)| !matches!(event, Event::Start(_) | Event::Post(_) | Event::Observe(_)));
    let mut events: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, (time, _)) in world.timeline.iter().enumerate() {
        events.entry(*time).or_default().push(place);
    }
    let event_parts = event_parts(&world);
    let setup = setup_identity(&world, &words);
    Ok(Prepared { world, words, setup, events, event_parts, rules, observations, numbering, structure_moves })
}

/// Events are counted by what they do, so that an observation more leaves the draws of the others alone.
fn event_parts(world: &World) -> Vec<u32> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut part = |(_, event): &(u32, Event)| {
        let kind = match event {
            Event::Start(_) => "start",
            Event::Post(_) => "post",
            Event::Set(_) => "set",
            Event::Mark(_) => "mark",
            Event::Probe(_) => "probe",
            Event::Observe(_) => "observe",
        };
        let count = counts.entry(kind).or_default();
        *count += 1;
        part_of(&format!("event {kind} {count}"))
    };
    world.timeline.iter().map(&mut part).collect()
}

/// Everything that a built world depends on, but the draws.
fn setup_identity(world: &World, words: &Vocabulary) -> Vec<u8> {
    let structure: Vec<(&str, Option<usize>)> =
        words.structure.iter().map(|name| (name.measure.as_str(), name.layer)).collect();
    let names = (&words.agent_columns, &words.tie_columns, &words.item_columns, &words.items, words.slots());
    serde_json::to_vec(&(&world.setup, &world.items, structure, names)).expect("a world holds only plain values")
}

fn compile_observations(
    world: &World,
    words: &Vocabulary,
    numbering: &mut Numbering,
) -> Result<Vec<Observed>, Mistake> {
    let timed = world.timeline.iter().filter_map(|(time, event)| match event {
        Event::Observe(observation) => Some((observation, Some(observation.at.unwrap_or(*time)))),
        _ => None,
    });
    let plain = world.observations.iter().map(|observation| (observation, observation.at));
    let mut all: Vec<Observed> = Vec::new();
    for (observation, at) in plain.chain(timed) {
        let Observation { name, value, line, .. } = observation;
        if all.iter().any(|known| known.name == *name) {
            return Err(Mistake::new(
                *line,
                format!("\"{name}\" is observed twice; give each measure a name of its own"),
            ));
        }
        numbering.observing(Some(part_of(name)));
        let placed =
            |mistake: Mistake| Mistake { line: if mistake.line == 0 { *line } else { mistake.line }, ..mistake };
        let value = compile(value, Context::World, &words.about(None).observing(), numbering).map_err(placed)?;
        all.push(Observed { name: name.clone(), value, at });
    }
    numbering.observing(None);
    for name in structure_names(world, words)? {
        structure::check(&name.0, words, name.1)?;
    }
    Ok(all)
}

/// The measures of structure formulas ask for, with the line of each.
fn structure_names(world: &World, words: &Vocabulary) -> Result<Vec<(StructureName, u32)>, Mistake> {
    let mut found = Vec::new();
    world.each_formula(&mut |formula| {
        formula.walk(&mut |part| {
            if let crate::formula::Formula::Structure { measure, layer, line } = part {
                found.push((measure.clone(), layer.clone(), *line));
            }
        });
    });
    found
        .into_iter()
        .map(|(measure, layer, line)| {
            let layer = layer.map(|layer| words.layer(&layer, line)).transpose()?;
            Ok((StructureName { measure, layer }, line))
        })
        .collect()
}

/// Compiles what events will need, to find mistakes before anything runs.
fn check_events(world: &World, words: &Vocabulary, mut numbering: Numbering) -> Result<(), Mistake> {
    for (_, event) in &world.timeline {
        match event {
            Event::Start(start) | Event::Post(start) => {
                words.stage(&start.stage, start.line)?;
                start.item.as_ref().map(|item| words.item(item, start.line)).transpose()?;
                check_who(&start.who, words, &mut numbering)?;
            }
            Event::Set(set) => {
                set.who.as_ref().map(|who| check_who(who, words, &mut numbering)).transpose()?;
            }
            Event::Mark(mark) => check_who(&mark.who, words, &mut numbering)?,
            Event::Probe(probe) => {
                words.stage(&probe.stage, probe.line)?;
                probe.from.as_ref().map(|from| words.stage(from, probe.line)).transpose()?;
                probe.item.as_ref().map(|item| words.item(item, probe.line)).transpose()?;
                check_who(&probe.who, words, &mut numbering)?;
            }
            Event::Observe(_) => {}
        }
    }
    Ok(())
}

/// Checks whom plain rules are called for.
fn check_plain(world: &World, words: &Vocabulary, mut numbering: Numbering) -> Result<(), Mistake> {
    world.plain.iter().try_for_each(|rule| match &rule.kind {
        PlainKind::Each { who, .. } => check_who(who, words, &mut numbering),
        PlainKind::Meet { layer, .. } => words.layer(layer, rule.line).map(|_| ()),
    })
}

fn check_who(who: &Who, words: &Vocabulary, numbering: &mut Numbering) -> Result<(), Mistake> {
    let named = |stage: &str, item: &Option<String>, line| {
        words.stage(stage, line)?;
        item.as_ref().map(|item| words.item(item, line)).transpose()
    };
    match who {
        Who::All => Ok(()),
        Who::Named(name, line) => match words.known_sets() {
            known if known.contains(&name.as_str()) => Ok(()),
            known => Err(Mistake::unknown(*line, "set of agents", name, &known)),
        },
        Who::Where(formula, _) => compile(formula, Context::Agents, &words.about(None), numbering).map(|_| ()),
        Who::Top { by, among, .. } | Who::Bottom { by, among, .. } => {
            compile(by, Context::Agents, &words.about(None), numbering)?;
            among.as_deref().map_or(Ok(()), |among| check_who(among, words, numbering))
        }
        Who::Greedy { how, among, .. } => {
            named(&how.stage, &how.item, how.line)?;
            how.from.as_ref().map(|from| words.stage(from, how.line)).transpose()?;
            among.as_deref().map_or(Ok(()), |among| check_who(among, words, numbering))
        }
        Who::Influential { how, among, .. } => {
            named(&how.stage, &how.item, how.line)?;
            among.as_deref().map_or(Ok(()), |among| check_who(among, words, numbering))
        }
        Who::Random { among, .. } => among.as_deref().map_or(Ok(()), |among| check_who(among, words, numbering)),
        Who::Cluster { centre, layer, line, .. } => {
            layer.as_ref().map(|layer| words.layer(layer, *line)).transpose()?;
            centre.as_deref().map_or(Ok(()), |centre| check_who(centre, words, numbering))
        }
    }
}

/// What the formulas of events read.
fn event_reads(world: &World, words: &Vocabulary, mut numbering: Numbering) -> Result<Vec<Quantity>, Mistake> {
    let mut reads = Vec::new();
    for (_, event) in &world.timeline {
        if let Event::Set(set) = event {
            let context = match set.column.view {
                crate::formula::View::Me => Context::Agents,
                crate::formula::View::Tie => Context::Ties(0),
                _ => Context::World,
            };
            if context == Context::Ties(0) && words.layers.is_empty() {
                return Err(Mistake::new(set.line, "there are no ties to set anything on"));
            }
            let program = compile(&set.to, context, &words.about(None).or_first(), &mut numbering)?;
            reads.extend_from_slice(program.reads());
        }
    }
    Ok(reads)
}
