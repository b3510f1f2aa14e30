//! The checks are worth something: break a mechanism on purpose, and some claim no longer holds.
//!
//! A mutant changes the plain description of a world between the script and the engine. Each is run on the cells its
//! claims speak of, with the fewest replicates that decide; the same cells unchanged keep the claim.

use serde_json::{Value, json};
use uptake::contagion::{Count, Emit, ItemValue, Memory, Route, World};
use uptake::formula::Formula;

use crate::studies::*;

type Change = fn(&mut World);

/// The claims that begin so hold in this scenario of the file and fail in the mutant. `set` chooses cells.
fn caught(change: Change, file: &str, place: usize, set: &[(&str, &str)], claims: &[&str]) {
    let path = folder().join("influence").join(file);
    let told = |change: Change| {
        let (scenario, runs) = run_changed(&path, place, set, None, &change);
        scenario.check(&runs).unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    let (sound, broken) = (told(|_| {}), told(change));
    for claim in claims {
        let passed = |checks: &[uptake::script::Check]| {
            let check = checks.iter().find(|check| check.text.starts_with(claim));
            check.unwrap_or_else(|| panic!("{file} claims nothing that begins {claim:?}: {checks:#?}")).passed
        };
        assert!(passed(&sound), "{file}: {claim} does not hold in these cells");
        assert!(!passed(&broken), "{file}: {claim} does not notice the mutant: {broken:#?}");
    }
}

fn each_route(world: &mut World, mut change: impl FnMut(&mut Route)) {
    world.stages.iter_mut().flat_map(|stage| &mut stage.routes).for_each(&mut change);
}

#[test]
fn repeated_signals_counted_as_sources_are_caught() {
    let change: Change = |world| each_route(world, |route| route.count = Count::Signals);
    let cells = [("rewire", "0, 0.3, 1"), ("replicates", "2")];
    caught(change, "01_weak_ties.lua", 0, &cells, &["A8: long ties stop"]);
}

#[test]
fn a_memory_of_one_length_is_caught() {
    let change: Change = |world| {
        each_route(world, |route| {
            if let Memory::Last { n, .. } = &mut route.memory {
                *n = 13;
            }
        })
    };
    let cells = [("replicates", "2")];
    caught(change, "03_tipping.lua", 0, &cells, &["A15: memory 3 tips", "A15: memory 41 resists"]);
}

#[test]
fn one_trust_for_all_topics_is_caught() {
    let change: Change = |world| {
        for (_, value) in world.items.iter_mut().flat_map(|item| &mut item.columns) {
            if let ItemValue::Text(topic) = value {
                *topic = "running".into();
            }
        }
    };
    let cells = [("replicates", "2")];
    caught(change, "05_context_trust.lua", 0, &[], &["D12: Tim needs one, and only on her topic"]);
    caught(change, "05_context_trust.lua", 1, &cells, &["D5: trust is per topic", "D9, E2: the influenced decide"]);
}

#[test]
fn attention_without_limit_is_caught() {
    let change: Change = |world| world.contacts.iter_mut().for_each(|contact| contact.per = None);
    let few = [("replicates", "2")];
    caught(change, "06_living_ties.lua", 0, &few, &["A18: many friends, few strong ones", "A19: so many friends"]);
    caught(change, "08_community_vs_crowd.lua", 0, &few, &["B7, B8: too many groups"]);
    caught(change, "09_micro_vs_macro.lua", 0, &few, &["A1, C28: same traffic", "C28: best in between"]);
    caught(change, "10_scores.lua", 1, &few, &["answers are what trust is made of"]);
    caught(change, "variants/favour.lua", 0, &few, &["B5: the care of one host is limited"]);
}

#[test]
fn ties_of_one_weight_are_caught() {
    let change: Change = |world| each_route(world, |route| route.weight = 1.0.into());
    let few = [("replicates", "2")];
    let cells = [("m", "2"), ("replicates", "4")];
    caught(change, "02_hubs_vs_periphery.lua", 0, &cells, &["A5, D14: the periphery wins"]);
    caught(change, "05_context_trust.lua", 0, &[], &["D12: Mike needs both", "D12: Tim needs one"]);
    caught(change, "05_context_trust.lua", 1, &few, &["D5: trust is per topic", "D9, E2: the influenced decide"]);
    caught(change, "07_social_currency.lua", 0, &few, &["C17: currency shields"]);
}

#[test]
fn speakers_that_never_stop_are_caught() {
    let change: Change = |world| each_route(world, |route| route.emit = Emit::Always);
    let cells = [("m", "2"), ("replicates", "4")];
    caught(change, "02_hubs_vs_periphery.lua", 0, &cells, &["D3: hubs win for news"]);
    caught(change, "11_stepps.lua", 0, &[("replicates", "2")], &["C5, C7: public and trigger"]);
}

#[test]
fn stages_that_are_never_left_are_caught() {
    let change: Change = |world| each_route(world, |route| route.leave = 0.0.into());
    let cells = [("m", "2"), ("replicates", "4")];
    caught(change, "02_hubs_vs_periphery.lua", 0, &cells, &["A6: a fad peaks and dies"]);
}

#[test]
fn new_ties_to_anybody_are_caught() {
    let change: Change = |world| world.rewirings.iter_mut().for_each(|rewiring| rewiring.pick = 1.0.into());
    caught(change, "04_homophily.lua", 0, &[("replicates", "2")], &["A17: online sorts like offline"]);
}

#[test]
fn stars_that_follow_nobody_are_caught() {
    let change: Change = |world| each_route(world, |route| route.base = 0.0.into());
    caught(change, "12_twitter.lua", 0, &[("long", "4"), ("replicates", "4")], &["D10: press speeds it up"]);
}

#[test]
fn credit_to_a_random_neighbour_is_caught() {
    let change: Change = |world| world.observations.iter_mut().for_each(|observed| blur(&mut observed.value));
    caught(change, "12_twitter.lua", 0, &[("long", "4"), ("replicates", "2")], &["A11: it travelled by near ties"]);
    let cells = [("long", "0.5"), ("replicates", "2")];
    caught(change, "variants/sparks_and_nets.lua", 0, &cells, &["A13: sparks over-use long ties"]);
}

/// Gives every tie of an adopter the same share of the credit: `tie.won.joined` becomes `dst.joined / dst.following`.
fn blur(formula: &mut Formula) {
    let mut tree = serde_json::to_value(&*formula).expect("a formula is plain data");
    blur_tree(&mut tree);
    *formula = serde_json::from_value(tree).expect("still a formula");
}

fn blur_tree(tree: &mut Value) {
    if tree.pointer("/Name/view") == Some(&json!("Tie")) && tree.pointer("/Name/path/0") == Some(&json!("won")) {
        let of_hearer = |word: Value| json!({ "Name": { "view": "Dst", "path": [word], "line": 0 } });
        let stage = tree["Name"]["path"][1].clone();
        *tree = json!({ "Binary": ["Divide", of_hearer(stage), of_hearer(json!("following"))] });
        return;
    }
    match tree {
        Value::Array(parts) => parts.iter_mut().for_each(blur_tree),
        Value::Object(parts) => parts.values_mut().for_each(blur_tree),
        _ => {}
    }
}
