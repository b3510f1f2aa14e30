//! The shipped scenarios: each loads, and has a world in every cell.

use super::*;
use crate::contagion::world::*;
use crate::formula::{Binary, Formula, View};
use crate::network::{Density, Maker};

const SHIPPED: [(&str, &str); 12] = [
    ("01_weak_ties.lua", include_str!("../../../scenarios/influence/01_weak_ties.lua")),
    ("02_hubs_vs_periphery.lua", include_str!("../../../scenarios/influence/02_hubs_vs_periphery.lua")),
    ("03_tipping.lua", include_str!("../../../scenarios/influence/03_tipping.lua")),
    ("04_homophily.lua", include_str!("../../../scenarios/influence/04_homophily.lua")),
    ("05_context_trust.lua", include_str!("../../../scenarios/influence/05_context_trust.lua")),
    ("06_living_ties.lua", include_str!("../../../scenarios/influence/06_living_ties.lua")),
    ("07_social_currency.lua", include_str!("../../../scenarios/influence/07_social_currency.lua")),
    ("08_community_vs_crowd.lua", include_str!("../../../scenarios/influence/08_community_vs_crowd.lua")),
    ("09_micro_vs_macro.lua", include_str!("../../../scenarios/influence/09_micro_vs_macro.lua")),
    ("10_scores.lua", include_str!("../../../scenarios/influence/10_scores.lua")),
    ("11_stepps.lua", include_str!("../../../scenarios/influence/11_stepps.lua")),
    ("12_twitter.lua", include_str!("../../../scenarios/influence/12_twitter.lua")),
];

fn shipped(number: usize) -> Vec<Scenario> {
    let (name, text) = SHIPPED[number - 1];
    load(text, name, NoFiles, Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn me(name: &str) -> Formula {
    Formula::name(View::Me, name)
}

/// The formula without its lines.
fn bare(formula: &Formula) -> Formula {
    let both = |a: &Formula, b: &Formula| (bare(a), bare(b));
    match formula {
        Formula::Name(name) => Formula::name(name.view, &name.path.join(".")),
        Formula::Unary(operator, a) => Formula::unary(*operator, bare(a)),
        Formula::Binary(operator, a, b) => {
            let (a, b) = both(a, b);
            Formula::binary(*operator, a, b)
        }
        other => other.clone(),
    }
}

#[test]
fn every_shipped_scenario_has_a_world_in_every_cell() {
    let mut worlds = 0;
    for number in 1..=12 {
        for scenario in shipped(number) {
            assert!(!scenario.study().figures.is_empty() && scenario.study().design.replicates > 0);
            for cell in &scenario.study().design.cells {
                let world = scenario.world(cell).unwrap_or_else(|error| panic!("{error}"));
                assert!(!world.stages.is_empty() && !world.timeline.is_empty());
                crate::engine::prepare(world).unwrap_or_else(|error| panic!("{}: {error}", scenario.study().name));
                worlds += 1;
            }
            assert_eq!(scenario.warnings(), [], "{}", scenario.study().name);
            assert!(scenario.printed().is_empty() && scenario.data().is_empty());
        }
    }
    assert!(worlds > 250, "{worlds}");
}

#[test]
fn a_study_is_read_in_the_order_written() {
    let scenario = shipped(1).remove(0);
    let study = scenario.study();
    assert_eq!((study.name.as_str(), study.steps, study.seed, study.independent), ("weak-ties", 600, 1, false));
    assert_eq!(study.design.parameters, ["rewire", "needs", "slip"]);
    assert_eq!(study.parameters[1].levels, numbers(&[1.0, 2.0, 3.0]));
    assert_eq!(study.design.cells.len(), 6 * study.parameters[0].levels.len());
    assert_eq!(study.design.replicates, 20);
    assert_eq!(study.figures[1].formula, "adopted.thalf ~ rewire | needs / slip");
    assert_eq!(study.figures[1].line, 29);
}

#[test]
fn weak_ties_are_a_ring_and_two_routes() {
    let scenario = shipped(1).remove(0);
    let world = scenario.world(&scenario.study().design.cells[3]).unwrap();
    let Setup::Ties(ties) = &world.setup[1] else { panic!("{:?}", world.setup) };
    assert_eq!((ties.layer.as_str(), ties.line), ("friend", 20));
    assert_eq!(ties.maker, TieMaker::Network(Maker::Ring { k: 10, rewire: 0.0, keep_degree: false }));
    let stage = &world.stages[0];
    assert_eq!(stage.routes[0], Route { needs: 2.0.into(), line: 22, ..Route::default() });
    assert_eq!(stage.routes[1], Route { needs: 1.0.into(), chance: 0.05.into(), line: 23, ..Route::default() });
    let who = Who::Cluster { n: 10.0, centre: None, layer: None, line: 24 };
    let start = Start { stage: "adopted".into(), who, item: None, fixed: false, line: 24 };
    assert_eq!(world.timeline, [(0, Event::Start(start))]);
}

#[test]
fn tipping_remembers_shares_and_commits_for_good() {
    let scenario = shipped(3).remove(0);
    let world = scenario.world(&scenario.study().design.cells[1]).unwrap();
    let route = &world.stages[0].routes[0];
    assert_eq!((route.count, route.memory), (Count::Share, Memory::Last { n: 13, full: true, tie: Tie::Half }));
    let evidence = Formula::name(View::Plain, "evidence");
    assert_eq!(bare(&route.leave), Formula::binary(Binary::Less, evidence, 0.5.into()));
    assert_eq!(world.contacts[0].per, Some(1.0.into()));
    let Event::Start(start) = &world.timeline[0].1 else { panic!() };
    assert!(start.fixed && matches!(start.who, Who::Random { n, .. } if n == 0.06));
}

#[test]
fn homophily_meets_by_kernel_offline_and_by_rewiring_online() {
    let scenario = shipped(4).remove(0);
    let cells = &scenario.study().design.cells;
    let (offline, online) = (scenario.world(&cells[0]).unwrap(), scenario.world(&cells[1]).unwrap());
    let maker = |world: &World| match &world.setup[1] {
        Setup::Ties(ties) => ties.maker.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(maker(&offline), TieMaker::Kernel { k: 10, candidates: 1000, .. }));
    assert_eq!(maker(&online), TieMaker::Network(Maker::Random(Density::MeanDegree(10.0))));
    assert!(offline.rewirings.is_empty());
    let rewiring = &online.rewirings[0];
    assert_eq!((rewiring.candidates, rewiring.from, rewiring.stop), (200, 0, Some(60)));
    assert!(!rewiring.friends_of_friends);
    let observation = &online.observations[0];
    assert_eq!((observation.name.as_str(), observation.at), ("clustering", Some(60)));
    let Formula::Structure { measure, layer, .. } = &observation.value else { panic!("{observation:?}") };
    assert_eq!((measure.as_str(), layer.as_deref()), ("clustering", Some("friend")));
}

#[test]
fn trust_is_per_topic_and_a_tie_column_is_set_by_chance() {
    let [tim, context] = &shipped(5)[..] else { panic!() };
    let world = tim.world(&tim.study().design.cells[4]).unwrap();
    let Setup::Agents(agents) = &world.setup[0] else { panic!() };
    assert_eq!(agents.members, Members::Named(vec!["susan".into(), "tim".into(), "mike".into()]));
    assert_eq!(world.items[0].columns, [("topic".to_string(), ItemValue::Text("running".into()))]);
    let Event::Start(start) = &world.timeline[0].1 else { panic!() };
    let Who::Where(not_mike, _) = &start.who else { panic!("{:?}", start.who) };
    assert_eq!(bare(not_mike), Formula::binary(Binary::Subtract, 1.0.into(), me("mike")));

    let world = context.world(&context.study().design.cells[0]).unwrap();
    let Setup::Set(set) = &world.setup[2] else { panic!() };
    assert_eq!(set.column, Target { view: View::Tie, path: vec!["trust".into(), "parenting".into()] });
    assert!(matches!(&set.given, Some(Formula::Chance { token: 1, .. })), "{:?}", set.given);
    let Setup::Agents(agents) = &world.setup[0] else { panic!() };
    let Initial::Formula(Formula::When(c, ..)) = &agents.columns[0].1 else { panic!() };
    assert!(matches!(**c, Formula::Chance { token: 0, .. }));
}

#[test]
fn the_timeline_is_written_out_in_time_order() {
    let scenario = shipped(7).remove(0);
    // ask_every = 4, answer = "engage".
    let world = scenario.world(&scenario.study().design.cells[6]).unwrap();
    assert!(world.timeline.is_sorted_by_key(|(time, _)| *time));
    let posts = |item: &str| {
        let of_item = |event: &Event| matches!(event, Event::Post(start) if start.item.as_deref() == Some(item));
        world.timeline.iter().filter(|(_, event)| of_item(event)).map(|(time, _)| *time).collect::<Vec<u32>>()
    };
    assert_eq!((posts("offer").len(), posts("story").len()), (60, 180));
    assert_eq!(posts("reply"), (170..=240).step_by(4).collect::<Vec<u32>>());
    // At one time in the order written: the story of step 165 before the complaint.
    let at_165: Vec<&Event> = world.timeline.iter().filter(|(time, _)| *time == 165).map(|(_, event)| event).collect();
    assert!(matches!(at_165[..], [Event::Post(_), Event::Start(_)]));
    let measures: Vec<_> = world.observations.iter().map(|o| (o.name.as_str(), o.at)).collect();
    assert_eq!(measures, [("currency", Some(164)), ("after", Some(220)), ("sales", Some(164)), ("leak", None)]);
}

#[test]
fn what_is_declared_inside_at_happens_then() {
    let scenario = shipped(10).remove(0);
    let world = scenario.world(&scenario.study().design.cells[15]).unwrap();
    assert!(world.timeline.iter().skip(1).all(|(time, _)| *time == 60 || *time == 0));
    let probes: Vec<&Probe> = world
        .timeline
        .iter()
        .filter_map(|(_, event)| match event {
            Event::Probe(probe) => Some(probe),
            _ => None,
        })
        .collect();
    assert_eq!((probes[0].steps, probes[0].replicates, probes[0].count_all), (1, 4, true));
    assert_eq!((probes[1].steps, probes[1].replicates, probes[1].count_all), (12, 6, false));
    let observed = world.timeline.iter().filter(|(_, event)| matches!(event, Event::Observe(_))).count();
    assert_eq!((observed, world.observations.len()), (10, 0));
    // (1 + src.followers)^p.lists with p.lists = 1 stays a power of an expression.
    let mut powers = 0;
    world.rewirings[0].pick.walk(&mut |part| powers += u32::from(matches!(part, Formula::Binary(Binary::Power, ..))));
    assert_eq!(powers, 2);
}
