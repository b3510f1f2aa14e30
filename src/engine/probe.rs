//! Probes: what would happen if somebody started it, on a copy of the world, without disturbing the run.

use super::prepare::Prepared;
use super::trial::{Question, Trial, apart};
use crate::contagion::State;
use crate::contagion::set::place_of;
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
    let question = Question {
        stage: &probe.stage,
        from: probe.from.as_deref(),
        item: probe.item.as_deref(),
        steps: probe.steps,
        count_all: probe.count_all,
        line: probe.line,
    };
    let mut trial = Trial::new(&question, prepared, state)?;
    let mut yields = vec![0.0; state.agent_count()];
    for &agent in chosen {
        let mut reached: u64 = 0;
        for replicate in 0..probe.replicates {
            // Every probe draws for itself, apart from the run's draws and from those of other agents' probes.
            trial.run(&[agent], apart(source, &format!("probe {} {part} {agent} {replicate}", source.cell)))?;
            reached += trial.reached().filter(|&other| other != agent).count() as u64;
        }
        yields[agent as usize] = reached as f64 / f64::from(probe.replicates.max(1));
    }
    let column = place_of(&prepared.words.agent_columns, &probe.column);
    *state.agent_column_mut(column) = yields;
    Ok(())
}
