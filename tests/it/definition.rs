//! The whole of hearing, deciding and leaving, written straight from the definition and held against the engine.
//!
//! Two stages, `heard` and `adopted`, with any mixture of routes over two layers of directed ties. The definition keeps
//! every hearing there ever was and adds them up anew for everybody in every step; it takes the same addressed draws as
//! the engine, so the two must agree on everybody at every time.

use proptest::prelude::*;
use uptake::contagion::build::{Built, build};
use uptake::contagion::*;
use uptake::engine::Prepared;
use uptake::formula::{Formula, View};
use uptake::rng::{Chance48, Purpose, Source};

use crate::worlds::*;

const STAGES: [&str; 2] = ["heard", "adopted"];
const LAYERS: [&str; 2] = ["near", "far"];
const STEPS: u32 = 14;

/// A small world with everything in it.
#[derive(Clone, Debug)]
struct Case {
    n: u32,
    ties: [Vec<(u32, u32)>; 2],
    /// Columns of agents. Eighths, so that sums are exact whatever their order.
    pull: Vec<f64>,
    need: Vec<f64>,
    voice: Vec<f64>,
    /// By stage: who begins with it.
    begins: [Vec<f64>; 2],
    /// Whether those who begin with the second stage keep it whatever the rules say.
    fixed: bool,
    /// By stage.
    routes: [Vec<Route>; 2],
    replicate: u64,
}

impl Case {
    fn world(&self) -> World {
        let columns = vec![
            ("pull", self.pull.clone()),
            ("need", self.need.clone()),
            ("voice", self.voice.clone()),
            ("begins0", self.begins[0].clone()),
            ("begins1", self.begins[1].clone()),
        ];
        World {
            setup: vec![
                people(self.n, columns),
                layer(LAYERS[0], exactly(&self.ties[0])),
                layer(LAYERS[1], exactly(&self.ties[1])),
            ],
            stages: (0..2).map(|at| stage(STAGES[at], self.routes[at].clone())).collect(),
            timeline: vec![begin(STAGES[0], marked("begins0"), false), begin(STAGES[1], marked("begins1"), self.fixed)],
            ..World::default()
        }
    }

    /// What a formula of a route is for a speaker and a hearer: a number, or a column of either.
    fn value(&self, formula: &Formula, speaker: usize, hearer: usize) -> f64 {
        match formula {
            Formula::Number(value) => *value,
            Formula::Name(name) => {
                let agent = if name.view == View::Src { speaker } else { hearer };
                match name.path[0].as_str() {
                    "pull" => self.pull[agent],
                    "need" => self.need[agent],
                    "voice" => self.voice[agent],
                    other => unreachable!("no route of this test reads {other}"),
                }
            }
            other => unreachable!("no route of this test computes {other:?}"),
        }
    }
}

/// One route: every time each tie was heard, and every signal each agent ever got.
struct Memories {
    /// By layer of the route, by tie.
    heard: Vec<Vec<Vec<u32>>>,
    signals: Vec<Vec<f64>>,
    tries: Vec<u32>,
}

/// How many hold each stage at every time, and who holds them at the end.
fn definition(case: &Case, prepared: &Prepared, built: &Built, source: Source) -> ([Vec<u32>; 2], [Vec<bool>; 2]) {
    let n = case.n as usize;
    let mut holds: [Vec<bool>; 2] = case.begins.clone().map(|begins| begins.iter().map(|&yes| yes != 0.0).collect());
    let mut newly = holds.clone();
    let count = |holds: &[Vec<bool>; 2], at: usize| holds[at].iter().filter(|&&yes| yes).count() as u32;
    let mut curves = [vec![count(&holds, 0)], vec![count(&holds, 1)]];
    let routes: Vec<(usize, &Route)> =
        (0..2).flat_map(|stage| case.routes[stage].iter().map(move |route| (stage, route))).collect();
    let place = |names: &[&str], name: &str| names.iter().position(|known| *known == name).expect("a known name");
    let layers_of = |route: &Route| match &route.layer {
        Some(layer) => vec![place(&LAYERS, layer)],
        None => vec![0, 1],
    };
    let ties = |layer: usize| built.state.layers[layer].network.ties();
    let mut memories: Vec<Memories> = routes
        .iter()
        .map(|(_, route)| Memories {
            heard: layers_of(route).into_iter().map(|layer| vec![Vec::new(); ties(layer)]).collect(),
            signals: vec![Vec::new(); n],
            tries: vec![route.tries.unwrap_or(u32::MAX); n],
        })
        .collect();
    for now in 0..STEPS {
        let (mut entering, mut leaving) = (Vec::new(), Vec::new());
        for (number, (stage, route)) in routes.iter().enumerate() {
            let part = prepared.rules.routes[number].part;
            let memory = &mut memories[number];
            let from = route.from.as_ref().map_or(*stage, |from| place(&STAGES, from));
            let after = route.after.as_ref().map(|after| place(&STAGES, after));
            for (at, &layer) in layers_of(route).iter().enumerate() {
                let network = &built.state.layers[layer].network;
                let of_layer = part.wrapping_add(0x9e37_79b9u32.wrapping_mul(layer as u32));
                let mut trials = source.key(Purpose::Reach, of_layer).trials(now.into());
                let speakers = network.by_speaker();
                for hearer in 0..n {
                    for tie in network.row(hearer) {
                        let speaker = network.sources()[tie] as usize;
                        let reach = case.value(&route.reach, speaker, hearer);
                        let place = speakers.ties.iter().position(|&of_place| of_place == tie as u32);
                        let place = place.expect("every tie has a speaker") as u32;
                        if !trials.at(place, Chance48::new(reach)) {
                            continue;
                        }
                        let speaks = holds[from][speaker] && (route.emit == Emit::Always || newly[from][speaker]);
                        let weight = case.value(&route.weight, speaker, hearer);
                        memory.signals[hearer].push(if speaks { weight } else { 0.0 });
                        if speaks {
                            memory.heard[at][tie].push(now);
                        }
                    }
                }
            }
            let mut decides = source.key(Purpose::Entry, part).draws(now.into());
            let mut leaves = source.key(Purpose::Leave, part).draws(now.into());
            #[allow(clippy::needless_range_loop)] // an agent is a number here, as in the definition
            for agent in 0..n {
                let needs = case.value(&route.needs, agent, agent);
                let evidence = case.value(&route.base, agent, agent) + evidence(case, built, route, memory, agent, now);
                let slack = if route.weight == Formula::Number(1.0) { 0.0 } else { 1e-9 * needs.abs() };
                let enough = evidence >= needs - slack;
                let may = !holds[*stage][agent] && after.is_none_or(|after| holds[after][agent]);
                if enough && may && memory.tries[agent] > 0 {
                    memory.tries[agent] -= 1;
                    if decides.bernoulli(agent as u64, case.value(&route.chance, agent, agent)) {
                        entering.push((*stage, agent));
                    }
                }
                let keeps = case.fixed && *stage == 1 && case.begins[1][agent] != 0.0;
                let leave = case.value(&route.leave, agent, agent);
                if holds[*stage][agent] && !keeps && leaves.bernoulli(agent as u64, leave) {
                    leaving.push((*stage, agent));
                }
            }
        }
        newly.iter_mut().for_each(|newly| newly.fill(false));
        leaving.into_iter().for_each(|(stage, agent)| holds[stage][agent] = false);
        for (stage, agent) in entering {
            holds[stage][agent] = true;
            newly[stage][agent] = true;
        }
        curves.iter_mut().enumerate().for_each(|(at, curve)| curve.push(count(&holds, at)));
    }
    (curves, holds)
}

/// What an agent has heard that counts, added up.
fn evidence(case: &Case, built: &Built, route: &Route, memory: &Memories, agent: usize, now: u32) -> f64 {
    if let Memory::Last { n, full } = route.memory {
        let all = &memory.signals[agent];
        let last = &all[all.len().saturating_sub(n as usize)..];
        let sum: f64 = last.iter().sum();
        return match (route.count, if full { n as usize } else { last.len() }) {
            (Count::Share, 0) => 0.0,
            (Count::Share, out_of) => sum / out_of as f64,
            _ => sum,
        };
    }
    let counts = |heard: u32| match route.memory {
        Memory::Steps(steps) => now - heard < steps,
        _ => true,
    };
    let (mut sum, mut whole) = (0.0, 0.0);
    for (at, heard) in memory.heard.iter().enumerate() {
        let layer = route.layer.as_ref().map_or(at, |layer| usize::from(layer == LAYERS[1]));
        let network = &built.state.layers[layer].network;
        for tie in network.row(agent) {
            let weight = case.value(&route.weight, network.sources()[tie] as usize, agent);
            let times = heard[tie].iter().filter(|&&heard| counts(heard)).count();
            whole += weight;
            sum += weight * if route.count == Count::Signals { times as f64 } else { f64::from(u8::from(times > 0)) };
        }
    }
    match route.count {
        Count::Share if whole > 0.0 => sum / whole,
        Count::Share => 0.0,
        _ => sum,
    }
}

/// Multiples of 1/8.
fn eighths(from: i32, to: i32, n: u32) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((from..=to).prop_map(|eighths| f64::from(eighths) / 8.0), n as usize)
}

/// Any route into a stage.
fn a_route(stage: usize) -> impl Strategy<Value = Route> {
    let number = |values: &'static [f64]| prop::sample::select(values).prop_map(Formula::Number);
    let hearing = (
        prop_oneof![3 => number(&[1.0]), 2 => number(&[0.25, 0.5]), 1 => Just(of(View::Src, "voice"))],
        prop::sample::select(vec![Emit::Always, Emit::Always, Emit::Once]),
        prop_oneof![3 => number(&[1.0]), 1 => number(&[0.5, -0.25]), 2 => Just(of(View::Src, "pull"))],
        prop::sample::select(vec![Count::Sources, Count::Share, Count::Signals]),
        prop_oneof![
            4 => Just(Memory::Ever),
            2 => (1u32..5).prop_map(Memory::Steps),
            1 => (1u32..5, any::<bool>()).prop_map(|(n, full)| Memory::Last { n, full }),
        ],
        prop::sample::select(vec![None, None, Some(LAYERS[0]), Some(LAYERS[1])]),
    );
    let deciding = (
        prop_oneof![3 => number(&[0.0]), 1 => number(&[0.25, -0.5])],
        prop_oneof![3 => number(&[0.25, 0.5, 1.0, 2.0, 3.0]), 1 => Just(of(View::Me, "need"))],
        prop_oneof![3 => number(&[1.0]), 2 => number(&[0.3, 0.7]), 1 => Just(of(View::Me, "voice"))],
        prop::sample::select(vec![None, None, Some(1), Some(3)]),
        prop_oneof![3 => number(&[0.0]), 1 => number(&[0.1, 0.6])],
        prop::sample::select(vec![None, Some(STAGES[0]), Some(STAGES[1])]),
        any::<bool>(),
    );
    (hearing, deciding).prop_map(move |(hearing, deciding)| {
        let (reach, emit, weight, mut count, memory, layer) = hearing;
        let (base, mut needs, chance, tries, leave, from, after_heard) = deciding;
        if matches!(memory, Memory::Last { .. }) && count == Count::Sources {
            count = Count::Signals; // sources are not signals: refused
        }
        if let (Count::Share, Formula::Number(more)) = (count, &needs) {
            needs = Formula::Number(more / 4.0);
        }
        Route {
            from: from.map(str::to_string),
            after: (stage == 1 && after_heard).then(|| STAGES[0].to_string()),
            layer: layer.map(str::to_string),
            items: None,
            reach,
            emit,
            weight,
            count,
            memory,
            base,
            needs,
            chance,
            tries,
            leave,
            line: 3,
        }
    })
}

fn a_case() -> impl Strategy<Value = Case> {
    (2u32..22).prop_flat_map(|n| {
        let begins = || proptest::collection::vec(prop_oneof![3 => Just(0.0), 1 => Just(1.0)], n as usize);
        let routes = (proptest::collection::vec(a_route(0), 0..3), proptest::collection::vec(a_route(1), 1..3));
        let columns = (eighths(-2, 8, n), eighths(0, 20, n), eighths(0, 8, n));
        let ties = (some_ties(n, 4 * n as usize), some_ties(n, 2 * n as usize));
        (ties, columns, begins(), begins(), routes, any::<bool>(), 0u64..1000).prop_map(
            move |(ties, (pull, need, voice), first, second, routes, fixed, replicate)| Case {
                n,
                ties: [ties.0, ties.1],
                pull,
                need,
                voice,
                begins: [first, second],
                fixed,
                routes: [routes.0, routes.1],
                replicate,
            },
        )
    })
}

proptest! {
    #![proptest_config(cases(2000, 2007))]

    #[test]
    fn the_engine_does_what_the_definition_says(case in a_case()) {
        let prepared = prepared(case.world());
        let source = Source::new(1, case.replicate);
        let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
        let (curves, holds) = definition(&case, &prepared, &built, source);
        for outcome in [run(&prepared, case.replicate, STEPS), run_general(&prepared, case.replicate, STEPS)] {
            for stage in 0..2 {
                prop_assert_eq!(&until(&outcome.curves[stage], STEPS as usize + 1), &curves[stage], "{}", STAGES[stage]);
                let entered = &outcome.state.standings[stage].entered;
                let held: Vec<bool> = entered.iter().map(|&entered| entered != 0).collect();
                prop_assert_eq!(&held, &holds[stage], "{}", STAGES[stage]);
            }
        }
    }
}
