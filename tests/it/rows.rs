//! Rows of `docs/requirements.md` that no scenario can show: they speak of many runs of one world under other names, or
//! with other measures.

use serde_json::Value;
use uptake::contagion::{Event, World};
use uptake::formula::{Formula, Name, View};
use uptake::table::{Table, Values};

use crate::studies::*;

/// A world in which a word is another one wherever it stands alone.
fn renamed(world: &mut World, from: &str, to: &str) {
    fn rename(tree: &mut Value, from: &str, to: &str) {
        match tree {
            Value::String(word) if word == from => *word = to.into(),
            Value::Array(parts) => parts.iter_mut().for_each(|part| rename(part, from, to)),
            Value::Object(parts) => parts.values_mut().for_each(|part| rename(part, from, to)),
            _ => {}
        }
    }
    let mut tree = serde_json::to_value(&*world).expect("a world is plain data");
    rename(&mut tree, from, to);
    *world = serde_json::from_value(tree).expect("still a world");
}

fn bits(table: &Table, column: &str) -> Vec<u64> {
    match table.column(column) {
        Some(Values::Number(values)) => values.iter().map(|value| value.to_bits()).collect(),
        _ => panic!("no numbers in {column}"),
    }
}

/// A cell of the growth of a service: near friends, acquaintances anywhere, no celebrity, no press.
const TWITTER: [(&str, &str); 5] =
    [("long", "4"), ("celebrity", "never"), ("needs", "2.5"), ("press", "0"), ("replicates", "12")];

#[test]
fn b4_what_a_medium_is_called_changes_no_run_where_its_ties_are_not_drawn() {
    let path = folder().join("influence/12_twitter.lua");
    let (_, sound) = run_study(&path, 0, &TWITTER, None);
    let (_, other) = run_changed(&path, 0, &TWITTER, None, &|world| renamed(world, "near", "dinner_table"));
    for column in ["joined", "joined.thalf", "local_share", "steps"] {
        assert_eq!(bits(&sound, column), bits(&other, column), "{column}");
    }
}

#[test]
fn b4_where_its_ties_are_drawn_the_law_is_the_same() {
    // A name addresses the draws of its layer, so that another name is another sample of the same law. The time to half
    // has a standard deviation of about 2 steps: the means of 12 runs differ by more than 4 less than once in 10^6.
    let path = folder().join("influence/12_twitter.lua");
    let (_, sound) = run_study(&path, 0, &TWITTER, None);
    let (_, other) = run_changed(&path, 0, &TWITTER, None, &|world| renamed(world, "far", "post"));
    let mean = |table: &Table, column| {
        let values = table.numbers(column).expect("it is measured");
        values.iter().sum::<f64>() / values.len() as f64
    };
    assert_ne!(bits(&sound, "joined.thalf"), bits(&other, "joined.thalf"));
    assert!((mean(&sound, "joined.thalf") - mean(&other, "joined.thalf")).abs() < 4.0);
    assert!((mean(&sound, "local_share") - mean(&other, "local_share")).abs() < 0.03);
}

#[test]
fn d2_a_scenario_that_observes_nothing_still_tells_the_share_of_every_stage() {
    let path = folder().join("influence/09_micro_vs_macro.lua");
    let cells = [("influencers", "10"), ("replicates", "1")];
    let (_, sound) = run_study(&path, 0, &cells, None);
    let (_, silent) = run_changed(&path, 0, &cells, None, &|world| world.observations.clear());
    for column in ["posted", "seen", "seen.t50", "acted", "acted.peak", "acted.total"] {
        assert_eq!(bits(&sound, column), bits(&silent, column), "{column}");
    }
}

#[test]
fn e14_a_score_more_or_under_another_name_changes_no_run() {
    let path = folder().join("influence/10_scores.lua");
    let cells = [("bots", "50"), ("bots_like", "1"), ("lists", "1"), ("replicates", "2")];
    let (_, sound) = run_study(&path, 0, &cells, None);
    let (_, other) = run_changed(&path, 0, &cells, None, &|world| {
        renamed(world, "klout", "fame");
        let score = |event: &Event| matches!(event, Event::Observe(observation) if observation.name == "given");
        let (time, event) = world.timeline.iter().find(|(_, event)| score(event)).expect("it is observed").clone();
        let Event::Observe(mut more) = event else { unreachable!("just found") };
        more.name = "more".into();
        let quality = Name { view: View::Me, path: vec!["quality".into()], line: 0 };
        if let Formula::RankCorrelation { x, .. } = &mut more.value {
            *x = Formula::Name(quality).into();
        }
        world.timeline.push((time, Event::Observe(more)));
    });
    assert_eq!(bits(&sound, "klout"), bits(&other, "fame"));
    for column in ["followers", "likes", "given", "merit", "relayed"] {
        assert_eq!(bits(&sound, column), bits(&other, column), "{column}");
    }
    assert_ne!(bits(&other, "more"), bits(&other, "given"));
}
