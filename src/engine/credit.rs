//! Who gets the credit of an entry: kept where a formula or the trace asks for it.

use super::rules::Rules;
use crate::contagion::State;
use crate::contagion::trace::{Keeps, Source as Voice};

/// A tie that was heard: layer, row, weight.
pub type HeardTie = (usize, usize, f64);

/// Room for depth, credit and won of the slots that some formula asks for.
pub fn prepare(rules: &Rules, state: &mut State) {
    let n = state.agent_count();
    for (standing, _) in state.standings.iter_mut().zip(&rules.tracks).filter(|(_, tracked)| **tracked) {
        standing.depth = vec![0.0; n];
        standing.credit = vec![0.0; n];
        standing.won = vec![0.0; n];
        standing.tie_won = state.layers.iter().map(|layer| vec![0.0; layer.network.ties()]).collect();
    }
}

/// Whether anybody asks why agents enter a slot.
pub fn is_asked_for(rules: &Rules, slot: usize) -> bool {
    rules.tracks[slot] || rules.keeps[slot] == Keeps::Sources
}

/// `agent` has just entered by route `number`, on this evidence, against these needs. The heard ties (of weights above 0) split
/// one unit of credit in proportion to their weights; depth is one more than the least of the heard. The trace is told the
/// same.
pub fn account(
    rules: &Rules,
    number: usize,
    agent: usize,
    (evidence, needs): (f64, f64),
    heard: &[HeardTie],
    state: &mut State,
) {
    let route = &rules.routes[number];
    let whole: f64 = heard.iter().map(|(_, _, weight)| weight).sum();
    if rules.keeps[route.slot] == Keeps::Sources {
        let State { layers, standings, trace, .. } = state;
        let sources = heard.iter().map(|&(layer, tie, weight)| Voice {
            agent: layers[layer].sources()[tie],
            layer: layer as u32,
            credit: weight / whole,
        });
        let entered = &standings[route.from].entered;
        trace.explain((number, evidence, needs), sources, |source| entered[source as usize]);
    }
    if !rules.tracks[route.slot] {
        return;
    }
    let mut depth = f64::INFINITY;
    for &(layer, tie, weight) in heard {
        let source = state.layers[layer].sources()[tie] as usize;
        let share = weight / whole;
        if let Some(&of_source) = state.standings[route.from].depth.get(source) {
            depth = depth.min(of_source);
        }
        let standing = &mut state.standings[route.slot];
        standing.credit[source] += share;
        standing.won[source] += share;
        standing.tie_won[layer][tie] += share;
    }
    state.standings[route.slot].depth[agent] = if depth.is_finite() { depth + 1.0 } else { 0.0 };
}
