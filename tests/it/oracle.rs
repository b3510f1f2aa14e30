//! A slow contagion written straight from the definition, held against the engine over random small worlds.

use proptest::prelude::*;
use uptake::contagion::build::build;
use uptake::contagion::*;
use uptake::network::{Maker, Network};
use uptake::rng::{Chance48, Purpose, Source};

use crate::worlds::*;

/// Step by step, every agent looks at everybody it hears: enough, or a large enough share, and it adopts.
fn oracle(heard: &[Vec<usize>], start: &[usize], needs: f64, share: bool, steps: u32) -> Vec<u32> {
    let mut adopted = vec![false; heard.len()];
    start.iter().for_each(|&agent| adopted[agent] = true);
    let mut curve = vec![adopted.iter().filter(|&&yes| yes).count() as u32];
    for _ in 0..steps {
        let before = adopted.clone();
        for (agent, heard) in heard.iter().enumerate() {
            let adopters = heard.iter().filter(|&&other| before[other]).count() as f64;
            let evidence = match (share, heard.len()) {
                (false, _) => adopters,
                (true, 0) => 0.0,
                (true, degree) => adopters / degree as f64,
            };
            adopted[agent] |= evidence >= needs;
        }
        if adopted == before {
            break;
        }
        curve.push(adopted.iter().filter(|&&yes| yes).count() as u32);
    }
    curve
}

proptest! {
    #![proptest_config(cases(300, 2002))]

    #[test]
    fn kernel_stepper_and_oracle_give_the_same_cascade(
        n in 1u32..60,
        degree in 0.0f64..8.0,
        starters in 0u32..6,
        share in any::<bool>(),
        level in 0u32..8,
        replicate in 0u64..1000,
    ) {
        // Shares from 0 to 0.7 in tenths (where m / k can meet the threshold exactly), counts from 0 to 7.
        let needs = if share { f64::from(level) / 10.0 } else { f64::from(level) };
        let count = if share { Count::Share } else { Count::Sources };
        let degree = degree.min(f64::from(n - 1));
        let who = random_start(f64::from(starters.min(n)));
        let world = world(n, random(degree), vec![Route { needs: needs.into(), count, ..Route::default() }], who);
        let prepared = prepared(world);
        let fast = run(&prepared, replicate, 100);
        let general = run_general(&prepared, replicate, 100);

        let built = build(&prepared.world, &prepared.words, Source::new(1, replicate)).expect("the world can be built");
        let network = &built.state.layers[0].network;
        let heard: Vec<Vec<usize>> =
            (0..n as usize).map(|agent| network.hears(agent).iter().map(|&other| other as usize).collect()).collect();
        let start: Vec<usize> = (0..n as usize).filter(|&agent| general.state.standings[0].entered[agent] == 1).collect();
        prop_assert_eq!(start.len() as u32, starters.min(n));
        let expected = until(&oracle(&heard, &start, needs, share, 100), 100);
        prop_assert_eq!((&fast.curves, fast.steps), (&general.curves, general.steps));
        prop_assert_eq!(until(&general.curves[0], 100), expected.clone());
        prop_assert_eq!(until(&fast.curves[0], 100), expected);
        prop_assert_eq!(&fast.state.standings[0].entered, &general.state.standings[0].entered);
    }
}

proptest! {
    #![proptest_config(cases(300, 2007))]

    #[test]
    fn one_after_another_kernel_and_stepper_give_the_same_cascade_and_end_where_all_at_once_does(
        n in 1u32..60,
        degree in 0.0f64..8.0,
        starters in 0u32..6,
        share in any::<bool>(),
        level in 0u32..8,
        replicate in 0u64..1000,
    ) {
        let needs = if share { f64::from(level) / 10.0 } else { f64::from(level) };
        let count = if share { Count::Share } else { Count::Sources };
        let who = random_start(f64::from(starters.min(n)));
        let routes = vec![Route { needs: needs.into(), count, ..Route::default() }];
        let at_once = world(n, random(degree.min(f64::from(n - 1))), routes, who);
        let in_turn = World { order: Order::Asynchronous, ..at_once.clone() };
        let (at_once, in_turn) = (prepared(at_once), prepared(in_turn));
        let (fast, general) = (run(&in_turn, replicate, 100), run_general(&in_turn, replicate, 100));
        prop_assert_eq!((&fast.curves, fast.steps), (&general.curves, general.steps));
        prop_assert_eq!(&fast.state.standings[0].entered, &general.state.standings[0].entered);
        let together = run(&at_once, replicate, 100);
        prop_assert_eq!(holders(&fast), holders(&together));
        // Whoever sees the latest state is never later.
        let (sooner, later) = (until(&fast.curves[0], 101), until(&together.curves[0], 101));
        prop_assert!(sooner.iter().zip(&later).all(|(sooner, later)| sooner >= later));
    }
}

#[test]
fn ties_that_all_weigh_half_need_twice_as_many() {
    let half = Route { weight: 0.5.into(), needs: 1.0.into(), ..Route::default() };
    let start = || Who::Cluster { n: 5.0, centre: None, layer: None, line: 4 };
    let of_halves = run(&prepared(world(50, ring(4), vec![half], start())), 0, 100);
    let of_two = run(&prepared(world(50, ring(4), vec![threshold(2.0)], start())), 0, 100);
    assert_eq!((of_halves.curves, of_halves.steps), (of_two.curves, of_two.steps));
}

#[test]
fn few_and_many_contacts_of_the_same_draws_are_the_same_ties() {
    // 32 contacts are chosen in one way, 33 in another: who opens 33 opens the 32 too, since the draws are the same.
    let at = |per: f64| {
        let route = Route {
            count: Count::Share,
            memory: Memory::Steps(1),
            needs: 2.0.into(),
            base: 0.0001.into(),
            ..Route::default()
        };
        let mut world = world(60, uptake::network::Maker::Complete, vec![route], random_start(30.0));
        world.contacts.push(Contact {
            layer: "friend".into(),
            per: Some(per.into()),
            by: Chooser::Hearer,
            prefer: 1.0.into(),
            gates: true,
            line: 5,
        });
        run(&prepared(world), 0, 1).state.layers[0].open.clone().expect("a contact opens ties")
    };
    let (few, many) = (at(32.0), at(33.0));
    assert_eq!((few.ties.len(), many.ties.len()), (60 * 32, 60 * 33));
    assert!(few.is.iter().zip(&many.is).all(|(few, many)| !few || *many));
}

/// Step by step, whoever is new speaks once over each of its ties; enough that arrives, and the hearer adopts.
fn percolation(
    network: &Network,
    route: (u32, f64, Source),
    start: &[u32],
    needs: f64,
    share: bool,
    steps: u32,
) -> Vec<Option<u32>> {
    let (part, reach, source) = route;
    let speakers = network.by_speaker();
    let mut adopted: Vec<Option<u32>> = vec![None; network.agents()];
    start.iter().for_each(|&agent| adopted[agent as usize] = Some(0));
    let mut heard = vec![0.0; network.agents()];
    for now in 0..steps {
        let mut trials = source.key(Purpose::Reach, part).trials(now.into());
        for speaker in (0..network.agents()).filter(|&speaker| adopted[speaker] == Some(now)) {
            for place in speakers.offsets[speaker]..speakers.offsets[speaker + 1] {
                let arrives = trials.at(place, Chance48::new(reach));
                heard[speakers.hearers[place as usize] as usize] += f64::from(u8::from(arrives));
            }
        }
        for agent in (0..network.agents()).filter(|&agent| adopted[agent].is_none()).collect::<Vec<_>>() {
            let evidence = match (share, network.degree(agent)) {
                (false, _) => heard[agent],
                (true, 0) => 0.0,
                (true, degree) => heard[agent] / degree as f64,
            };
            if evidence >= needs {
                adopted[agent] = Some(now + 1);
            }
        }
    }
    adopted
}

proptest! {
    #![proptest_config(cases(300, 2003))]

    #[test]
    fn heard_by_chance_kernel_stepper_and_oracle_give_the_same_cascade(
        n in 1u32..60,
        ties in some_ties(60, 400),
        both in any::<bool>(),
        starters in 0u32..6,
        share in any::<bool>(),
        level in 1u32..4,
        reach in prop_oneof![0.0f64..1.0, Just(0.5), Just(0.0)],
        steps in prop_oneof![Just(100u32), 0u32..6],
        replicate in 0u64..1000,
    ) {
        let ties: Vec<(u32, u32)> = ties.into_iter().filter(|&(from, to)| from.max(to) < n).collect();
        let ties = if both { both_ways(&ties) } else { ties };
        let maker = Maker::List { ties, mutual: both };
        let needs = if share { f64::from(level) / 5.0 } else { f64::from(level) };
        let count = if share { Count::Share } else { Count::Sources };
        let route =
            Route { needs: needs.into(), count, reach: reach.into(), emit: Emit::Once, ..Route::default() };
        let prepared = prepared(world(n, maker, vec![route], random_start(f64::from(starters.min(n)))));
        let fast = run(&prepared, replicate, steps);
        let general = run_general(&prepared, replicate, steps);
        let source = Source::new(1, replicate);
        let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
        let start: Vec<u32> = (0..n).filter(|&agent| general.state.standings[0].entered[agent as usize] == 1).collect();
        let route = (prepared.rules.routes[0].part, reach, source);
        let expected = percolation(&built.state.layers[0].network, route, &start, needs, share, steps);
        // The mark of an entry is 1 at the start, 2 t + 2 in the step t, which leads to time t + 1.
        let expected: Vec<u32> =
            expected.into_iter().map(|adopted| adopted.map_or(0, |time| (2 * time).max(1))).collect();
        prop_assert_eq!(&general.state.standings[0].entered, &expected);
        prop_assert_eq!(&fast.state.standings[0].entered, &expected);
        prop_assert_eq!((&fast.curves, fast.steps), (&general.curves, general.steps));
        prop_assert_eq!((&fast.totals, &fast.state.standings[0].ever), (&general.totals, &general.state.standings[0].ever));
    }
}
