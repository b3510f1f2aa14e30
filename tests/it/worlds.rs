//! Small worlds written in Rust, and a tiny vocabulary to write them in.

use uptake::contagion::build::build;
use uptake::contagion::*;
use uptake::engine::{Outcome, Prepared, prepare};
use uptake::network::{Density, Maker};
use uptake::rng::Source;

/// A world of one kind, one layer, one stage `adopted`, started at time 0.
pub fn world(n: u32, maker: Maker, routes: Vec<Route>, who: Who) -> World {
    World {
        setup: vec![
            Setup::Agents(Agents { kind: "person".into(), members: Members::Count(n), columns: vec![], line: 1 }),
            Setup::Ties(Ties {
                layer: "friend".into(),
                maker: TieMaker::Network(maker),
                columns: vec![],
                among: None,
                line: 2,
            }),
        ],
        stages: vec![Stage { name: "adopted".into(), routes, line: 3 }],
        timeline: vec![(0, Event::Start(Start { stage: "adopted".into(), who, item: None, fixed: false, line: 4 }))],
        ..World::default()
    }
}

pub fn ring(k: u32) -> Maker {
    Maker::Ring { k, rewire: 0.0, keep_degree: false }
}

pub fn random(k: f64) -> Maker {
    Maker::Random(Density::MeanDegree(k))
}

pub fn threshold(needs: f64) -> Route {
    Route { needs: needs.into(), ..Route::default() }
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
