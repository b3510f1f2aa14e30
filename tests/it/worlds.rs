//! Small worlds written in Rust, and a tiny vocabulary to write them in.

// Two test binaries speak it, each a part of it.
#![allow(dead_code)]

use proptest::prelude::*;
use uptake::contagion::build::build;
use uptake::contagion::*;
use uptake::engine::{Outcome, Prepared, prepare};
use uptake::formula::{Formula, Name, View};
use uptake::network::{Density, Maker};
use uptake::rng::Source;

/// A world of one kind, one layer, one stage `adopted`, started at time 0.
pub fn world(n: u32, maker: Maker, routes: Vec<Route>, who: Who) -> World {
    World {
        setup: vec![people(n, vec![]), layer("friend", maker)],
        stages: vec![stage("adopted", routes)],
        timeline: vec![begin("adopted", who, false)],
        ..World::default()
    }
}

/// A kind of agents with columns of given values.
pub fn people(n: u32, columns: Vec<(&str, Vec<f64>)>) -> Setup {
    let columns = columns.into_iter().map(|(name, values)| (name.to_string(), Initial::Values(values))).collect();
    Setup::Agents(Agents { kind: "person".into(), members: Members::Count(n), columns, line: 1 })
}

pub fn layer(name: &str, maker: Maker) -> Setup {
    Setup::Ties(Ties { layer: name.into(), maker: TieMaker::Network(maker), columns: vec![], among: None, line: 2 })
}

pub fn stage(name: &str, routes: Vec<Route>) -> Stage {
    Stage { name: name.into(), routes, line: 3 }
}

/// A start at time 0.
pub fn begin(stage: &str, who: Who, fixed: bool) -> (u32, Event) {
    (0, Event::Start(Start { stage: stage.into(), who, item: None, fixed, line: 4 }))
}

/// Those whose column is not 0.
pub fn marked(column: &str) -> Who {
    Who::Where(of(View::Me, column), 4)
}

/// `me.column`, `src.column`.
pub fn of(view: View, column: &str) -> Formula {
    Formula::Name(Name { view, path: vec![column.into()], line: 3 })
}

pub fn ring(k: u32) -> Maker {
    Maker::Ring { k, rewire: 0.0, keep_degree: false }
}

pub fn random(k: f64) -> Maker {
    Maker::Random(Density::MeanDegree(k))
}

/// Exactly these ties, from speaker to hearer.
pub fn exactly(ties: &[(u32, u32)]) -> Maker {
    Maker::List { ties: ties.to_vec(), mutual: false }
}

pub fn threshold(needs: f64) -> Route {
    Route { needs: needs.into(), ..Route::default() }
}

/// Enough of those heard, as a share.
pub fn share(needs: f64) -> Route {
    Route { needs: needs.into(), count: Count::Share, ..Route::default() }
}

pub fn random_start(n: f64) -> Who {
    Who::Random { n, among: None, line: 4 }
}

pub fn prepared(world: World) -> Prepared {
    prepare(world).expect("the world is sound")
}

/// Replicate `replicate` of seed 1.
pub fn run(prepared: &Prepared, replicate: u64, steps: u32) -> Outcome {
    let source = Source::new(1, replicate);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    prepared.run(&built, source, steps).expect("the world runs")
}

pub fn run_general(prepared: &Prepared, replicate: u64, steps: u32) -> Outcome {
    let source = Source::new(1, replicate);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    prepared.run_general(&built, source, steps).expect("the world runs")
}

/// A curve continued by its last value.
pub fn until(curve: &[u32], time: usize) -> Vec<u32> {
    (0..time).map(|at| curve.get(at).or(curve.last()).copied().unwrap_or(0)).collect()
}

/// Who holds the first stage at the end.
pub fn holders(outcome: &Outcome) -> Vec<bool> {
    outcome.state.standings[0].entered.iter().map(|&entered| entered != 0).collect()
}

/// So many cases of a property, the same at every run.
pub fn cases(cases: u32, seed: u64) -> ProptestConfig {
    let rng_seed = proptest::test_runner::RngSeed::Fixed(seed);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// Directed ties among `n` agents, at most `most`, without self-ties; repeats are dropped by the maker.
pub fn some_ties(n: u32, most: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    let pairs = proptest::collection::vec((0..n, 0..n), 0..most);
    pairs.prop_map(|pairs| pairs.into_iter().filter(|(from, to)| from != to).collect())
}

/// Both directions of every tie.
pub fn both_ways(ties: &[(u32, u32)]) -> Vec<(u32, u32)> {
    ties.iter().flat_map(|&(from, to)| [(from, to), (to, from)]).collect()
}
