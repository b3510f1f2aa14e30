//! Which rules stand still: what no step of a run can change needs no look in every step.

use super::rules::{Compiled, CompiledRoute, Rules};
use crate::contagion::measured::{MeasureName, Threshold};
use crate::contagion::names::{Quantity, Vocabulary};
use crate::contagion::world::*;
use crate::formula::View;

/// What changes in the course of a run.
pub(super) struct Moving {
    agent_columns: Vec<bool>,
    tie_columns: Vec<bool>,
    item_columns: bool,
    gated: Vec<bool>,
    rewired: Vec<bool>,
    /// Those that stand still.
    measures: Vec<bool>,
}

impl Moving {
    pub(super) fn of(world: &World, words: &Vocabulary, rules: &Rules) -> Moving {
        // A plain function may write any column of agents and ties, and cut and make ties.
        let plain = !world.plain.is_empty();
        let mut moving = Moving {
            agent_columns: vec![plain; words.agent_columns.len()],
            tie_columns: vec![plain; words.tie_columns.len()],
            item_columns: false,
            gated: vec![false; words.layers.len()],
            rewired: vec![plain; words.layers.len()],
            measures: Vec::new(),
        };
        let targets = world.updates.iter().map(|update| &update.column);
        let events = world.timeline.iter().filter_map(|(_, event)| match event {
            Event::Set(set) => Some(&set.column),
            _ => None,
        });
        for target in targets.chain(events) {
            let column = target.path.join(".");
            let of_topic = |known: &str| known.strip_prefix(&column).is_some_and(|rest| rest.starts_with('.'));
            let marks = |names: &[String], moves: &mut [bool]| {
                names.iter().zip(moves).for_each(|(name, moves)| *moves |= *name == column || of_topic(name));
            };
            match target.view {
                View::Me => marks(&words.agent_columns, &mut moving.agent_columns),
                View::Tie => marks(&words.tie_columns, &mut moving.tie_columns),
                _ => moving.item_columns = true,
            }
        }
        for (_, event) in &world.timeline {
            let name = match event {
                Event::Mark(mark) => &mark.name,
                Event::Probe(probe) => &probe.column,
                _ => continue,
            };
            if let Some(place) = words.agent_columns.iter().position(|known| known == name) {
                moving.agent_columns[place] = true;
            }
        }
        rules.contacts.iter().filter(|contact| contact.gates).for_each(|contact| moving.gated[contact.layer] = true);
        rules.rewirings.iter().for_each(|rewiring| moving.rewired[rewiring.layer] = true);
        let ties_stand = |layer: Option<usize>| match layer {
            Some(layer) => !moving.rewired[layer],
            None => !moving.rewired.contains(&true),
        };
        let thresholds_stand = |threshold: Option<Threshold>| match threshold {
            Some(Threshold::Column(column)) => !moving.agent_columns[column],
            _ => true,
        };
        let stands = |name: &MeasureName| ties_stand(name.layer) && thresholds_stand(name.threshold);
        moving.measures = words.measures.iter().map(stands).collect();
        moving
    }

    pub(super) fn is_still(&self, program: &Compiled) -> bool {
        !program.draws()
            && program.reads().iter().all(|read| match *read {
                Quantity::AgentColumn(column) => !self.agent_columns[column as usize],
                Quantity::TieColumn(column) => !self.tie_columns[column as usize],
                Quantity::ItemColumn(..) => !self.item_columns,
                Quantity::Kind(_) | Quantity::Individual(_) => true,
                Quantity::Measure(place) => self.measures[place as usize],
                _ => false,
            })
    }
}

pub(super) fn stands_still(route: &CompiledRoute, moving: &Moving, can_end: &[bool]) -> bool {
    let certain = route.constant_reach().is_some_and(|reach| reach >= 1.0);
    let layers_stand = route.layers.iter().all(|&layer| !moving.gated[layer] && !moving.rewired[layer]);
    let once_is_enough = match route.emit {
        Emit::Once => true,
        Emit::Always => certain,
    };
    let sums_stand = match route.count {
        Count::Sources | Count::Share => route.memory == Memory::Ever,
        // Said once, a signal counts once; said always, it counts in every step.
        Count::Signals => route.memory == Memory::Ever && route.emit == Emit::Once && !can_end[route.from],
    };
    let formulas_stand = route.weight.iter().all(|weight| moving.is_still(weight))
        && moving.is_still(&route.base)
        && moving.is_still(&route.needs);
    layers_stand && once_is_enough && sums_stand && formulas_stand
}
