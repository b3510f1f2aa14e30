//! What belongs to a step happens at whole times where time is continuous: updates, rewiring and contacts, held against what
//! follows on paper. And what a run says of itself: the ties it ended with, the place of its mistakes.
//!
//! Shares are of 20000 agents, standard error at most .0036: they lie farther than .018 from the truth once in 10^6.

use uptake::stats::{exp, pow};

use crate::command::Place;

/// The numbers of one run.
fn numbers(world: &str) -> serde_json::Value {
    let scenario =
        format!("return scenario 's' {{ steps = 3, world = function(p)\n order 'continuous'\n{world}\n end }}");
    let said = Place::with(&scenario).uptake(&["run", "scenario.lua", "--json"]).ends_with(0);
    serde_json::from_str(&said.out).expect("one JSON object")
}

fn near(numbers: &serde_json::Value, name: &str, expected: f64) {
    let found = numbers[name].as_f64().unwrap_or_else(|| panic!("{name} is no number: {numbers}"));
    assert!((found - expected).abs() < 0.018, "{name}: {found} instead of {expected}");
}

/// Of three units of time, in each of which the rate of leaving a state is 1 or 0 with equal chances, how often it is left.
fn left_at_rate_of_coins() -> f64 {
    1.0 - pow((1.0 + exp(-1.0)) / 2.0, 3.0)
}

#[test]
fn updates_of_continuous_time_change_rates_at_whole_times() {
    // Rates 0.1, 0.5 and 0.9 in the first three units of time.
    let told = numbers(
        "agents('person', 20000, { rate = .1 })\n update(me.rate, me.rate + .4)\n update(me.seen, me.seen + me.new.out)\n\
         stage('out', { needs = 0, chance = me.rate })\n observe('counted', sum(me.seen) / 20000)\n \
         observe('first', share 'out', 1)",
    );
    near(&told, "first", 1.0 - exp(-0.1));
    near(&told, "out", 1.0 - exp(-1.5));
    // Everybody that entered was new at the end of exactly one unit of time.
    assert_eq!(told["counted"], told["out"]);
}

#[test]
fn nobody_waits_for_signals_that_nobody_needs() {
    let told = numbers(
        "agents('person', 20000)\n ties('friend', graph.ring { k = 4 })\n\
         stage('out', { needs = 0, count = 'signals', memory = last(3), reach = .5, chance = .2 })",
    );
    near(&told, "out", 1.0 - exp(-0.6));
}

#[test]
fn rewiring_of_continuous_time_gives_new_sources_at_whole_times() {
    let world = |rewiring: &str| {
        numbers(&format!(
            "agents('person', 20000)\n ties('friend', graph.kernel {{ k = 1, weight = 1 }})\n{rewiring}\n stage 'on'\n\
             stage('out', {{ from = 'on', memory = 0, chance = 1 }})\n start {{ stage = 'on', who = random(.5) }}"
        ))
    };
    near(&world(""), "out", 0.5 * (1.0 - exp(-3.0)));
    near(&world("rewire { layer = 'friend' }"), "out", left_at_rate_of_coins());
}

#[test]
fn contacts_of_continuous_time_open_ties_for_a_unit_of_time() {
    let told = numbers(
        "agents('person', 20000)\n agents('on', 1)\n agents('off', 1)\n ties('news', graph.star('on', 'person'))\n \
         ties('news', graph.star('off', 'person'))\n contact('news', { per = 1 })\n stage 'told'\n\
         stage('now', { from = 'told', memory = 0, chance = 1 })\n stage('share', { from = 'told', count = 'share', \
         memory = 0, needs = .9, chance = 1 })\n stage('carried', { from = 'told', reach = 1 })\n\
         stage('late', { from = 'told', memory = 1, chance = 1 })\n stage('ever', { from = 'told' })\n\
         start { stage = 'told', who = 'on' }\n observe('at_first', share 'ever', 0)",
    );
    for stage in ["now", "share", "carried"] {
        near(&told, stage, left_at_rate_of_coins());
    }
    // Remembered for a unit of time after the tie was closed: of the eight courses of three coins one has no such unit, one has
    // one, three have two, three have three.
    let e = exp(-1.0);
    near(&told, "late", 1.0 - (1.0 + e + 3.0 * e * e + 3.0 * e * e * e) / 8.0);
    near(&told, "at_first", 0.5);
    near(&told, "ever", 1.0 - pow(0.5, 4.0));
}

#[test]
fn contacts_that_do_not_gate_only_say_which_ties_are_open() {
    let told = numbers(
        "agents('person', 20000)\n agents('on', 1)\n ties('news', graph.star('on', 'person'))\n\
         contact('news', { per = .5, gates = false })\n update(me.met, me.met + sum_in(tie.open))\n stage 'told'\n\
         stage('carried', { from = 'told', reach = 1 })\n start { stage = 'told', who = 'on' }\n\
         observe('met', mean(me.met) / 3)",
    );
    near(&told, "carried", 1.0 - exp(-3.0));
    near(&told, "met", 0.5);
}

#[test]
fn a_run_says_which_ties_it_ended_with() {
    let place = Place::with(
        "return scenario 's' { steps = 9, world = function(p)\n agents('person', {'ann', 'bob', 'cyd', 'dan'}, { camp = 0 })\n\
         set(me.camp, 1, 'cyd') set(me.camp, 1, 'dan')\n ties('talks', graph.list { {'ann', 'bob'}, {'ann', 'cyd'} }, \
         { trust = .5 })\n ties('hears', graph.list { {'bob', 'ann'} })\n rewire { layer = 'talks', drop = ne(me.camp, \
         src.camp), pick = eq(me.camp, src.camp) }\n update(tie.trust, tie.trust * .5)\n stage 's' end }",
    );
    place.uptake(&["run", "scenario.lua", "--ties", "ties.csv"]).ends_with(0).warns("3 ties at the end: ties.csv");
    let lines = ["layer,from,to,trust", "talks,ann,bob,0.0009765625", "talks,dan,cyd,", "hears,bob,ann,"];
    let told = place.read("ties.csv");
    // The new tie began with the declared trust, and has been halved since, as often as it could.
    for (told, line) in told.lines().zip(lines) {
        assert!(told.starts_with(line), "{told}\n{line}");
    }
    assert_eq!(told.lines().count(), lines.len());
}

#[test]
fn a_failed_run_of_a_sweep_is_told_with_file_line_agent_step_and_run() {
    let place = Place::with(
        "return scenario 's' { steps = 9, replicates = 2, sweep = { k = {1, 2} }, world = function(p)\n agents('person', 9, \
         { x = 0 })\n each('person', function(me)\n   if me:number() == 7 and p.k == 2 then error('too much') end\n \
         end) end }",
    );
    let said = place.uptake(&["sweep", "scenario.lua", "--no-figures"]).ends_with(1);
    said.says("the first, with k = 2 in replicate 0: scenario.lua:4: each \"person\": too much (agent 7, step 0)");
}
