//! The whole of hearing, deciding and leaving, written straight from the definition and held against the engine.
//!
//! Two stages, `heard` and `adopted`, with any mixture of routes over two layers of directed ties. The definition keeps
//! every hearing there ever was and adds them up anew for everybody in every step; it takes the same addressed draws as
//! the engine, so the two must agree on everybody at every time. A step is a row of rounds: in one round some agents hear,
//! decide, and then all do what they decided. All agents in one round: synchronous. A round for each agent, in the
//! order of its draw: asynchronous.

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
    order: Order,
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
            order: self.order,
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
    // Rounds are counted over the whole run, from 1; 0 is before the first.
    let mut entered_in = [vec![0; n], vec![0; n]];
    let mut heard_in = vec![0; n];
    let mut round = 0;
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
        let mut ranks = source.key(Purpose::Order, 0).draws(now.into());
        let mut in_turn: Vec<usize> = (0..n).collect();
        in_turn.sort_by_key(|&agent| (ranks.bits64(agent as u64), agent));
        let rounds: Vec<Vec<usize>> = match case.order {
            Order::Asynchronous => in_turn.into_iter().map(|agent| vec![agent]).collect(),
            _ => vec![(0..n).collect()],
        };
        for agents in rounds {
            round += 1;
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
                    for &hearer in &agents {
                        for tie in network.row(hearer) {
                            let speaker = network.sources()[tie] as usize;
                            let reach = case.value(&route.reach, speaker, hearer);
                            let place = speakers.ties.iter().position(|&of_place| of_place == tie as u32);
                            let place = place.expect("every tie has a speaker") as u32;
                            if !trials.at(place, Chance48::new(reach)) {
                                continue;
                            }
                            let newly = entered_in[from][speaker] >= heard_in[hearer];
                            let speaks = holds[from][speaker] && (route.emit == Emit::Always || newly);
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
                let mut coins = source.key(Purpose::Indecision, part).draws(now.into());
                for &agent in &agents {
                    let needs = case.value(&route.needs, agent, agent);
                    let heard = evidence(
                        case,
                        built,
                        route,
                        memory,
                        agent,
                        (now, holds[*stage][agent], coins.bernoulli(agent as u64, 0.5)),
                    );
                    let evidence = case.value(&route.base, agent, agent) + heard;
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
            agents.iter().for_each(|&agent| heard_in[agent] = round);
            leaving.into_iter().for_each(|(stage, agent)| holds[stage][agent] = false);
            for (stage, agent) in entering {
                holds[stage][agent] = true;
                entered_in[stage][agent] = round;
            }
        }
        curves.iter_mut().enumerate().for_each(|(at, curve)| curve.push(count(&holds, at)));
    }
    (curves, holds)
}

/// What an agent has heard that counts, added up.
fn evidence(
    case: &Case,
    built: &Built,
    route: &Route,
    memory: &Memories,
    agent: usize,
    (now, holds, coin): (u32, bool, bool),
) -> f64 {
    if let Memory::Last { n, full, tie } = route.memory {
        let all = &memory.signals[agent];
        let last = &all[all.len().saturating_sub(n as usize)..];
        let sum: f64 = last.iter().sum();
        let out_of = if full { n as usize } else { last.len() };
        let leans_to_yes = match tie {
            Tie::Half => None,
            Tie::Stay => Some(holds),
            Tie::Draw => Some(coin),
            Tie::Yes => Some(true),
            Tie::No => Some(false),
        };
        let sum = match leans_to_yes {
            Some(yes) if out_of > 0 && sum == out_of as f64 / 2.0 => sum + if yes { 0.5 } else { -0.5 },
            _ => sum,
        };
        return match (route.count, out_of) {
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
    let ties = prop::sample::select(vec![Tie::Half, Tie::Stay, Tie::Draw, Tie::Yes, Tie::No]);
    let hearing = (
        prop_oneof![3 => number(&[1.0]), 2 => number(&[0.25, 0.5]), 1 => Just(of(View::Src, "voice"))],
        prop::sample::select(vec![Emit::Always, Emit::Always, Emit::Once]),
        prop_oneof![3 => number(&[1.0]), 1 => number(&[0.5, -0.25]), 2 => Just(of(View::Src, "pull"))],
        prop::sample::select(vec![Count::Sources, Count::Share, Count::Signals]),
        prop_oneof![
            4 => Just(Memory::Ever),
            2 => (1u32..5).prop_map(Memory::Steps),
            1 => (1u32..5, any::<bool>(), ties).prop_map(|(n, full, tie)| Memory::Last { n, full, tie }),
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
        let order = prop::sample::select(vec![Order::Synchronous, Order::Asynchronous]);
        (ties, columns, begins(), begins(), routes, any::<bool>(), order, 0u64..1000).prop_map(
            move |(ties, (pull, need, voice), first, second, routes, fixed, order, replicate)| Case {
                n,
                ties: [ties.0, ties.1],
                pull,
                need,
                voice,
                begins: [first, second],
                fixed,
                routes: [routes.0, routes.1],
                order,
                replicate,
            },
        )
    })
}

proptest! {
    #![proptest_config(cases(4000, 2007))]

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
