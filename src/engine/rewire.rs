//! Rewiring of living ties: hearers drop ties and pick new sources. Every hearer keeps its number of sources.

use super::rules::CompiledRewiring;
use crate::contagion::State;
use crate::formula::{Mistake, Moment, Scratch};
use crate::rng::{Purpose, Stream};

/// One step of rewiring of one layer: each tie is reconsidered with probability `rate`, dropped with probability `drop`, and
/// replaced by a candidate with odds `pick`. Candidates are drawn among the population, or among the sources of one's
/// sources. Where no candidate has any odds, the tie stays.
pub fn rewire(
    rewiring: &CompiledRewiring,
    state: &mut State,
    moment: Moment,
    scratch: &mut Scratch,
) -> Result<(), Mistake> {
    if moment.now < rewiring.from || rewiring.stop.is_some_and(|stop| moment.now >= stop) {
        return Ok(());
    }
    let layer = &state.layers[rewiring.layer];
    let hearers = layer.network.hearers();
    let key = moment.source.key(Purpose::Rewiring, rewiring.part);
    let mut odds = vec![0.0; hearers.len()];
    let mut dropped = vec![1.0; hearers.len()];
    for (factor, program, name) in [(0, &rewiring.rate, "rate"), (1, &rewiring.drop, "drop")] {
        program.prepare(state, moment, scratch);
        program.ties(state, moment, scratch, 0, &hearers, &mut odds);
        if let Some(odds) = odds.iter().find(|odds| odds.is_nan()) {
            return Err(Mistake::new(rewiring.line, format!("rewire: {name} became {odds}")));
        }
        let mut draws = key.draws(u64::from(moment.now) << 2 | factor);
        for (tie, odds) in odds.iter().enumerate() {
            dropped[tie] *= f64::from(u8::from(dropped[tie] > 0.0 && draws.bernoulli(tie as u64, *odds)));
        }
    }
    let mut sources = layer.sources().to_vec();
    let population: Vec<u32> = state.population().collect();
    rewiring.pick.prepare(state, moment, scratch);
    let mut changed = Vec::new();
    for tie in (0..hearers.len()).filter(|&tie| dropped[tie] > 0.0) {
        let hearer = hearers[tie];
        let mut stream = key.stream((u64::from(moment.now) << 34) | (tie as u64) << 2 | 2);
        let row = state.layers[rewiring.layer].network.row(hearer as usize);
        let candidates = candidates(rewiring, state, &sources, &population, hearer, &mut stream);
        let candidates: Vec<u32> = candidates
            .into_iter()
            .filter(|&candidate| candidate != hearer && !sources[row.clone()].contains(&candidate))
            .collect();
        let mut odds = vec![0.0; candidates.len()];
        rewiring.pick.pairs(state, moment, scratch, &candidates, &vec![hearer; candidates.len()], &mut odds);
        if let Some(odds) = odds.iter().find(|odds| odds.is_nan() || **odds < 0.0) {
            return Err(Mistake::new(rewiring.line, format!("rewire: pick became {odds}; odds are 0 or more")));
        }
        let whole: f64 = odds.iter().sum();
        if whole <= 0.0 {
            continue;
        }
        let mut at = stream.unit() * whole;
        let chosen = odds.iter().position(|odds| {
            at -= odds;
            at < 0.0
        });
        // Rounding can leave the last step of the wheel a hair too far: the last candidate with odds takes it.
        let chosen = chosen.or_else(|| odds.iter().rposition(|&odds| odds > 0.0)).expect("some odds are above 0");
        sources[tie] = candidates[chosen];
        changed.push(tie);
    }
    if !changed.is_empty() {
        state.rewire(rewiring.layer, sources, &changed);
    }
    Ok(())
}

fn candidates(
    rewiring: &CompiledRewiring,
    state: &State,
    sources: &[u32],
    population: &[u32],
    hearer: u32,
    stream: &mut Stream,
) -> Vec<u32> {
    let wanted = rewiring.candidates as usize;
    let mut pool: Vec<u32> = if rewiring.friends_of_friends {
        let network = &state.layers[rewiring.layer].network;
        network
            .row(hearer as usize)
            .flat_map(|tie| network.row(sources[tie] as usize))
            .map(|tie| sources[tie])
            .collect()
    } else if wanted >= population.len() {
        population.to_vec()
    } else {
        let mut drawn: Vec<u32> =
            (0..wanted).map(|_| population[stream.below(population.len() as u32) as usize]).collect();
        drawn.sort_unstable();
        drawn.dedup();
        return drawn;
    };
    pool.sort_unstable();
    pool.dedup();
    if pool.len() > wanted { stream.sample(&pool, wanted) } else { pool }
}
