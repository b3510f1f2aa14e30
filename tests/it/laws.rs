//! What must hold for every cascade, whatever its network.

use proptest::prelude::*;
use uptake::contagion::*;
use uptake::formula::View;
use uptake::network::Maker;

use crate::worlds::*;

const STEPS: u32 = 80;

/// Agents, ties from speaker to hearer, and who begins (1) or not (0).
fn directed() -> impl Strategy<Value = (u32, Vec<(u32, u32)>, Vec<f64>)> {
    (2u32..40).prop_flat_map(|n| {
        let begins = proptest::collection::vec(prop_oneof![4 => Just(0.0), 1 => Just(1.0)], n as usize);
        (Just(n), some_ties(n, 4 * n as usize), begins)
    })
}

/// Deterministic contagion by one route over the layers, from those marked.
fn cascade(n: u32, layers: &[(&str, Maker)], begins: &[f64], route: Route) -> World {
    let mut setup = vec![people(n, vec![("begins", begins.to_vec()), ("one", vec![1.0; n as usize])])];
    setup.extend(layers.iter().map(|(name, maker)| layer(name, maker.clone())));
    World {
        setup,
        stages: vec![stage("adopted", vec![route])],
        timeline: vec![begin("adopted", marked("begins"), false)],
        ..World::default()
    }
}

/// Whether nobody is reached later in `faster`, or left out.
fn covers(faster: &uptake::engine::Outcome, slower: &uptake::engine::Outcome) -> bool {
    let time = STEPS as usize + 1;
    let (fast, slow) = (until(&faster.curves[0], time), until(&slower.curves[0], time));
    let sooner = fast.iter().zip(&slow).all(|(fast, slow)| fast >= slow);
    sooner && holders(faster).iter().zip(holders(slower)).all(|(fast, slow)| *fast || !slow)
}

fn same(one: &uptake::engine::Outcome, other: &uptake::engine::Outcome) -> bool {
    let time = STEPS as usize + 1;
    until(&one.curves[0], time) == until(&other.curves[0], time) && holders(one) == holders(other)
}

/// Who can be reached along ties from those who begin.
fn reached(n: u32, ties: &[(u32, u32)], begins: &[f64]) -> Vec<bool> {
    let mut found: Vec<bool> = begins.iter().map(|&begins| begins != 0.0).collect();
    let mut open: Vec<u32> = (0..n).filter(|&agent| found[agent as usize]).collect();
    while let Some(speaker) = open.pop() {
        for &(_, hearer) in ties.iter().filter(|(from, _)| *from == speaker) {
            if !std::mem::replace(&mut found[hearer as usize], true) {
                open.push(hearer);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(cases(150, 1978))]

    #[test]
    fn where_evidence_only_grows_every_order_ends_with_the_same_holders((n, ties, begins) in directed(), level in 0u32..5) {
        let layers = [("friend", exactly(&ties))];
        for route in [threshold(f64::from(level)), share(f64::from(level) / 10.0)] {
            // In continuous time everybody acts at rate 1: 40 agents that wait one after another need 40 units on average,
            // and 400 once in 10^100 runs.
            let ends = |order, chance: f64| {
                let route = Route { chance: chance.into(), ..route.clone() };
                holders(&run(&prepared(World { order, ..cascade(n, &layers, &begins, route) }), 0, 400))
            };
            let together = ends(Order::Synchronous, 1.0);
            prop_assert_eq!(&ends(Order::Asynchronous, 1.0), &together);
            prop_assert_eq!(&ends(Order::Continuous, 1.0), &together);
        }
    }

    #[test]
    fn lower_thresholds_never_shrink_a_cascade((n, ties, begins) in directed(), low in 0u32..5, more in 0u32..4) {
        let (few, many) = (f64::from(low), f64::from(low + more));
        let layers = [("friend", exactly(&ties))];
        let outcome = |route| run(&prepared(cascade(n, &layers, &begins, route)), 0, STEPS);
        prop_assert!(covers(&outcome(threshold(few)), &outcome(threshold(many))));
        prop_assert!(covers(&outcome(share(few / 10.0)), &outcome(share(many / 10.0))));
    }

    #[test]
    fn lower_thresholds_of_some_never_shrink_a_cascade(
        (n, ties, begins) in directed(),
        needs in proptest::collection::vec(0u32..8, 40),
        eased in proptest::collection::vec(0u32..3, 40),
    ) {
        let outcome = |needs: Vec<f64>, count| {
            let route = Route { needs: of(View::Me, "need"), count, ..Route::default() };
            let mut world = cascade(n, &[("friend", exactly(&ties))], &begins, route);
            world.setup[0] = people(n, vec![("begins", begins.clone()), ("need", needs[..n as usize].to_vec())]);
            run(&prepared(world), 0, STEPS)
        };
        for (count, scale) in [(Count::Sources, 1.0), (Count::Share, 8.0)] {
            let given = needs.iter().map(|&need| f64::from(need) / scale).collect();
            let lowered = needs.iter().zip(&eased).map(|(&need, &less)| (f64::from(need) - f64::from(less)) / scale);
            prop_assert!(covers(&outcome(lowered.collect(), count), &outcome(given, count)));
        }
    }

    #[test]
    fn a_threshold_of_one_reaches_exactly_whom_breadth_first_search_reaches((n, ties, begins) in directed()) {
        let expected = reached(n, &ties, &begins);
        let mutual = both_ways(&ties);
        let layers = [("friend", exactly(&ties))];
        prop_assert_eq!(holders(&run(&prepared(cascade(n, &layers, &begins, threshold(1.0))), 0, STEPS)), expected);
        let layers = [("friend", exactly(&mutual))];
        let component = reached(n, &mutual, &begins);
        prop_assert_eq!(holders(&run(&prepared(cascade(n, &layers, &begins, threshold(1.0))), 0, STEPS)), component);
    }

    #[test]
    fn one_more_initial_adopter_never_shrinks_a_cascade((n, ties, begins) in directed(), who in 0u32..40, needs in 0u32..5) {
        let mut more = begins.clone();
        more[(who % n) as usize] = 1.0;
        let layers = [("friend", exactly(&ties))];
        for route in [threshold(f64::from(needs)), share(f64::from(needs) / 5.0)] {
            let outcome = |begins: &[f64]| run(&prepared(cascade(n, &layers, begins, route.clone())), 0, STEPS);
            prop_assert!(covers(&outcome(&more), &outcome(&begins)));
        }
    }

    #[test]
    fn a_chance_a_reach_and_a_weight_of_one_are_none((n, ties, begins) in directed(), needs in 0u32..4) {
        let layers = [("friend", exactly(&ties))];
        let outcome = |route: Route| run(&prepared(cascade(n, &layers, &begins, route)), 3, STEPS);
        for plain in [threshold(f64::from(needs)), share(f64::from(needs) / 4.0)] {
            let expected = outcome(plain.clone());
            // Written as columns, so that they are drawn and weighed for every agent and tie.
            let written = [
                Route { chance: of(View::Me, "one"), ..plain.clone() },
                Route { reach: of(View::Src, "one"), ..plain.clone() },
                Route { weight: of(View::Src, "one"), ..plain.clone() },
                Route { memory: Memory::Steps(STEPS + 1), ..plain.clone() },
            ];
            for route in written {
                let outcome = outcome(route);
                prop_assert!(same(&outcome, &expected));
            }
        }
    }

    #[test]
    fn two_equal_layers_count_twice_and_share_once((n, ties, begins) in directed(), needs in 0u32..5) {
        let (one, two) = (vec![("a", exactly(&ties))], vec![("a", exactly(&ties)), ("b", exactly(&ties))]);
        let outcome = |layers: &[(&str, Maker)], route| run(&prepared(cascade(n, layers, &begins, route)), 0, STEPS);
        let count = f64::from(needs);
        prop_assert!(same(&outcome(&one, threshold(count)), &outcome(&two, threshold(2.0 * count))));
        prop_assert!(same(&outcome(&one, share(count / 5.0)), &outcome(&two, share(count / 5.0))));
    }

    #[test]
    fn a_message_said_once_reaches_no_more_than_one_said_always((n, ties, begins) in directed(), reach in 0.0f64..1.0) {
        let layers = [("friend", exactly(&ties))];
        let route = |emit| Route { reach: reach.into(), emit, ..Route::default() };
        let outcome = |emit| run(&prepared(cascade(n, &layers, &begins, route(emit))), 5, STEPS);
        prop_assert!(covers(&outcome(Emit::Always), &outcome(Emit::Once)));
    }

    #[test]
    fn more_reach_never_shrinks_a_cascade((n, ties, begins) in directed(), reach in 0.0f64..1.0, more in 0.0f64..1.0) {
        // Draws are addressed: what is heard in a step with little reach is heard with more. (Not so for messages said
        // once: heard sooner, they are said sooner, with other draws.)
        let layers = [("friend", exactly(&ties))];
        let route = |reach: f64| Route { reach: reach.into(), ..Route::default() };
        let outcome = |reach| run(&prepared(cascade(n, &layers, &begins, route(reach))), 5, STEPS);
        prop_assert!(covers(&outcome((reach + more).min(1.0)), &outcome(reach)));
    }

    #[test]
    fn kernel_and_stepper_agree_on_directed_networks_of_several_layers(
        (n, near, begins) in directed(),
        far in proptest::collection::vec((0u32..40, 0u32..40), 0..80),
        needs in 0u32..10,
        only_far in any::<bool>(),
    ) {
        let far: Vec<(u32, u32)> = far.into_iter().map(|(a, b)| (a % n, b % n)).filter(|(a, b)| a != b).collect();
        let layers = [("near", exactly(&near)), ("far", exactly(&far))];
        for route in [threshold(f64::from(needs)), share(f64::from(needs) / 10.0)] {
            let route = Route { layer: only_far.then(|| "far".to_string()), ..route };
            let prepared = prepared(cascade(n, &layers, &begins, route));
            let (fast, general) = (run(&prepared, 0, STEPS), run_general(&prepared, 0, STEPS));
            prop_assert_eq!(&fast.curves, &general.curves);
            prop_assert_eq!(&fast.state.standings[0].entered, &general.state.standings[0].entered);
            prop_assert_eq!((fast.steps, fast.totals), (general.steps, general.totals));
        }
    }
}
