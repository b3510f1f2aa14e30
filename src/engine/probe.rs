//! Probes: what would happen if somebody started it, on a copy of the world, without disturbing the run.

use super::run::Prepared;
use super::stepper::Stepper;
use crate::contagion::State;
use crate::contagion::select::part_of;
use crate::contagion::set::place_of;
use crate::contagion::state::{Standing, by_event};
use crate::contagion::trace::Trace;
use crate::contagion::world::Probe;
use crate::formula::Mistake;
use crate::rng::Source;

/// Writes into the probe's column, for every agent of `chosen`, how many others on average hold the stage `steps` steps
/// after the agent alone started it. The world is frozen: no updates, no rewiring, ties open as they are.
pub fn probe(
    probe: &Probe,
    chosen: &[u32],
    prepared: &Prepared,
    state: &mut State,
    source: Source,
    part: u32,
) -> Result<(), Mistake> {
    let words = &prepared.words;
    let stage = words.stage(&probe.stage, probe.line)?;
    let begins = probe.from.as_ref().map_or(Ok(stage), |from| words.stage(from, probe.line))?;
    let item = probe.item.as_ref().map_or(Ok(0), |item| words.item(item, probe.line))?;
    let (counted, begun) = (words.slot(stage, item), words.slot(begins, item));
    let rules = prepared.rules.frozen(&prepared.world, words);
    let mut standings = state.standings.clone();
    for stage in 0..words.stages.len() {
        standings[words.slot(stage, item)] = Standing::new(state.agent_count());
    }
    // On a frozen world standings and the time are all that a step changes: one copy does for every start.
    let mut copy = state.clone();
    copy.trace = Trace::default();
    let population = state.population();
    let mut yields = vec![0.0; state.agent_count()];
    for &agent in chosen {
        let mut reached: u64 = 0;
        for replicate in 0..probe.replicates {
            // Every probe draws for itself, apart from the run's draws and from those of other agents' probes.
            let source = Source { cell: probe_cell(source, part, agent, replicate), ..source };
            copy.standings.clone_from(&standings);
            copy.now = state.now;
            let mut stepper = Stepper::new(&rules, &mut copy, source);
            copy.enter(begun, agent as usize, by_event(copy.now));
            stepper.announce(begun, &[agent]);
            for _ in 0..probe.steps {
                let stirred = stepper.step(&mut copy)?;
                if rules.timeless && !stirred.changed && !stirred.drew {
                    break;
                }
            }
            let ever = &copy.standings[counted].ever;
            reached += (0..ever.len() as u32)
                .filter(|&other| {
                    other != agent && ever[other as usize] && (probe.count_all || population.contains(&other))
                })
                .count() as u64;
        }
        yields[agent as usize] = reached as f64 / f64::from(probe.replicates.max(1));
    }
    let column = place_of(&words.agent_columns, &probe.column);
    *state.agent_column_mut(column) = yields;
    Ok(())
}

fn probe_cell(source: Source, part: u32, agent: u32, replicate: u32) -> u64 {
    let name = format!("probe {} {part} {agent} {replicate}", source.cell);
    u64::from(part_of(&name)) << 32 | u64::from(part_of(&format!("{name}'")))
}
