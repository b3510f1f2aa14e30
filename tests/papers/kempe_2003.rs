//! Kempe, Kleinberg and Tardos 2003, Maximizing the spread of influence through a social network, KDD; on Zachary's karate
//! club, whose instructor and president are agents 0 and 33.

use uptake::contagion::*;
use uptake::formula::{Binary, Formula, View};
use uptake::network::{Maker, Network, ReadOptions, read_edges};
use uptake::rng::{Distribution, Stream};

use crate::vocabulary::*;
use crate::worlds::*;

fn karate() -> Network {
    let ties = include_bytes!("../../scenarios/data/karate.edges");
    read_edges(ties, None, &ReadOptions::default()).expect("the club is readable").network
}

/// Independent cascade with probability .1, weighted cascade with 1 / degree of the hearer, linear threshold with those
/// weights.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Model {
    Cascade,
    Weighted,
    Threshold,
}

const MODELS: [Model; 3] = [Model::Cascade, Model::Weighted, Model::Threshold];

fn one_by_degree() -> Formula {
    Formula::binary(Binary::Divide, 1.0.into(), column("following"))
}

fn route(model: Model) -> Route {
    match model {
        Model::Cascade => Route { reach: 0.1.into(), emit: Emit::Once, ..Route::default() },
        Model::Weighted => Route { reach: one_by_degree(), emit: Emit::Once, ..Route::default() },
        Model::Threshold => Route { weight: one_by_degree(), needs: column("doubt"), ..Route::default() },
    }
}

fn club(model: Model, who: Who) -> World {
    let network = karate();
    let ties = (0..34u32).flat_map(|i| network.hears(i as usize).iter().map(move |&j| (j, i)).collect::<Vec<_>>());
    let uniform = Initial::Draw(Distribution::uniform(0.0, 1.0).expect("0 is below 1"));
    let people = Agents {
        kind: "member".into(),
        members: Members::Count(34),
        columns: vec![("doubt".into(), uniform)],
        line: 1,
    };
    World {
        setup: vec![Setup::Agents(people), layer("friend", Maker::List { ties: ties.collect(), mutual: false })],
        stages: vec![stage("adopted", vec![route(model)])],
        timeline: vec![begin("adopted", who, false)],
        ..World::default()
    }
}

fn these(agents: &[u32]) -> Who {
    let one = |agent: &u32| Formula::binary(Binary::Equal, of(View::Me, "number"), f64::from(*agent).into());
    let any = agents.iter().map(one).reduce(|a, b| Formula::binary(Binary::Max, a, b)).expect("somebody starts");
    Who::Where(any, 4)
}

/// The world with a column that numbers its agents.
fn numbered(mut world: World) -> World {
    let Setup::Agents(agents) = &mut world.setup[0] else { unreachable!("the first statement declares the agents") };
    agents.columns.push(("number".into(), Initial::Values((0..34).map(f64::from).collect())));
    world
}

/// Brute force, 20 000 worlds, written apart from the engine; standard errors .02, .035 and .05 of theirs, here 4000
/// runs: tolerance 4 standard errors of the difference. Nine numbers: one fails by chance once in 1800.
#[test]
fn two_leaders_reach_less_than_one_and_the_other_added_up() {
    let table = [
        (Model::Cascade, [3.416, 3.497, 6.428], 0.2),
        (Model::Weighted, [9.99, 10.54, 17.73], 0.35),
        (Model::Threshold, [12.22, 13.12, 22.60], 0.5),
    ];
    for (model, expected, tolerance) in table {
        let reached = |start: &[u32]| {
            let found = each_run(numbered(club(model, these(start))), 4000, 40, |outcome| f64::from(outcome.totals[0]));
            mean(found)
        };
        let found = [reached(&[0]), reached(&[33]), reached(&[0, 33])];
        for (found, expected) in found.iter().zip(expected) {
            close(&format!("{model:?}"), *found, expected, tolerance);
        }
        assert!(found[2] < found[0] + found[1]);
    }
}

/// Who is reached from whom in drawn worlds: a mask of agents for each agent, world by world. In each world every tie
/// carries or does not, or every agent listens to at most one of its friends.
fn drawn_worlds(model: Model, count: usize) -> Vec<[u64; 34]> {
    let network = karate();
    let mut draws = Stream::from_seed(99);
    let mut world = || {
        let mut heard = [0u64; 34];
        for (i, heard) in heard.iter_mut().enumerate() {
            let row = network.hears(i);
            match model {
                Model::Threshold => *heard = 1 << row[draws.below(row.len() as u32) as usize],
                _ => {
                    let p = if model == Model::Cascade { 0.1 } else { 1.0 / row.len() as f64 };
                    row.iter().filter(|_| draws.unit() < p).for_each(|&j| *heard |= 1 << j);
                }
            }
        }
        let mut reached = [0u64; 34];
        for (start, reached) in reached.iter_mut().enumerate() {
            *reached = 1 << start;
            loop {
                let next = (0..34).filter(|&i| heard[i] & *reached != 0).fold(*reached, |all, i| all | 1 << i);
                if next == *reached {
                    break;
                }
                *reached = next;
            }
        }
        reached
    };
    (0..count).map(|_| world()).collect()
}

fn worth(worlds: &[[u64; 34]], start: &[u32]) -> f64 {
    let reached = |world: &[u64; 34]| start.iter().fold(0, |all, &agent| all | world[agent as usize]).count_ones();
    worlds.iter().map(|world| f64::from(reached(world))).sum::<f64>() / worlds.len() as f64
}

/// The agents a selector chooses at time 0.
fn chosen(model: Model, who: Who) -> Vec<u32> {
    let state = run(&prepared(club(model, who)), 0, 1).state;
    (0..34).filter(|&agent| state.standings[0].entered[agent as usize] == 1).collect()
}

fn influential(n: f64, epsilon: f64) -> Who {
    let how = Influential { stage: "adopted".into(), item: None, steps: None, epsilon, line: 4 };
    Who::Influential { n, how, among: None }
}

fn greedy(n: f64, replicates: u32, lazy: bool) -> Who {
    let stage = "adopted".into();
    let how =
        Greedy { stage, from: None, item: None, steps: 40, replicates, lazy: Some(lazy), count_all: false, line: 4 };
    Who::Greedy { n, how, among: None }
}

/// All 561 pairs by brute force over 4000 worlds. Theory promises 1 - 1/e - epsilon of the best pair; on the club both
/// choosers come within a tenth, which the estimates (standard error below 1 %) decide safely.
#[test]
fn both_choosers_find_nearly_the_best_pair() {
    for model in MODELS {
        let worlds = drawn_worlds(model, 4000);
        let pairs = (0..34u32).flat_map(|a| (0..a).map(move |b| [a, b]));
        let best = pairs.map(|pair| worth(&worlds, &pair)).fold(0.0, f64::max);
        // Greedy knows the drawn thresholds of its run, which are not those of others: it is judged by cascades alone.
        let tried = (model != Model::Threshold).then(|| worth(&worlds, &chosen(model, greedy(2.0, 300, true))));
        let followed = worth(&worlds, &chosen(model, influential(2.0, 0.2)));
        for found in tried.into_iter().chain([followed]) {
            assert!(found > (1.0 - 1.0 / std::f64::consts::E) * best, "{model:?}: {found} of {best}");
            assert!(found > 0.9 * best, "{model:?}: {found} of {best}");
        }
    }
}

/// The first of a greedy choice is the best single one; CELF leaves out tries, not results, where gains shrink.
#[test]
fn trying_fewer_again_chooses_the_same() {
    for model in [Model::Cascade, Model::Weighted] {
        assert_eq!(chosen(model, greedy(3.0, 200, true)), chosen(model, greedy(3.0, 200, false)), "{model:?}");
    }
    let worlds = drawn_worlds(Model::Weighted, 4000);
    let best = (0..34u32).max_by(|&a, &b| worth(&worlds, &[a]).total_cmp(&worth(&worlds, &[b]))).expect("34 members");
    assert_eq!(chosen(Model::Weighted, influential(1.0, 0.1)), [best]);
}
