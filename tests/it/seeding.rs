//! Whom a contagion starts with: ranked by their place in the network, tried, or found by cascades followed backwards.

use uptake::contagion::*;
use uptake::engine::prepare;
use uptake::formula::{Formula, Name, View};
use uptake::network::Maker;
use uptake::rng::Distribution;

use crate::worlds::*;

fn measure(path: &[&str]) -> Formula {
    Formula::Name(Name { view: View::Me, path: path.iter().map(|word| word.to_string()).collect(), line: 3 })
}

fn top(n: f64, by: Formula) -> Who {
    Who::Top { n, by, among: None, line: 4 }
}

fn started(world: World) -> Vec<u32> {
    let state = run(&prepared(world), 0, 1).state;
    let entered = &state.standings[0].entered;
    (0..entered.len() as u32).filter(|&agent| entered[agent as usize] == 1).collect()
}

/// Two complete groups of `size` agents, joined by one tie, and a star whose centre is agent 0 of the first.
fn groups_and_star(size: u32, rays: u32) -> (u32, Vec<(u32, u32)>) {
    let group = |first: u32| (first..first + size).flat_map(move |i| (first..i).map(move |j| (j, i)));
    let star = (0..rays).map(|ray| (0, 2 * size + ray));
    (2 * size + rays, both_ways(&group(0).chain(group(size)).chain([(0, size)]).chain(star).collect::<Vec<_>>()))
}

fn greedy(n: f64, lazy: impl Into<Option<bool>>) -> Who {
    let (stage, lazy) = ("adopted".into(), lazy.into());
    let how = Greedy { stage, from: None, item: None, steps: 60, replicates: 1, lazy, count_all: false, line: 4 };
    Who::Greedy { n, how, among: None }
}

fn influential(n: f64) -> Who {
    let how = Influential { stage: "adopted".into(), item: None, steps: None, epsilon: 0.3, line: 4 };
    Who::Influential { n, how, among: None }
}

#[test]
fn measures_rank_agents_over_all_layers_or_in_one() {
    // Agent 0 is heard by most in "loud", agent 3 in "near".
    let mut world =
        world(6, exactly(&[(0, 1), (0, 2), (0, 4), (0, 5), (3, 1)]), vec![threshold(1.0)], random_start(1.0));
    world.setup[1] = layer("loud", exactly(&[(0, 1), (0, 2), (0, 4)]));
    world.setup.push(layer("near", exactly(&[(3, 1), (3, 2), (1, 0)])));
    let by = |path: &[&str]| {
        let mut world = world.clone();
        world.timeline = vec![begin("adopted", top(1.0, measure(path)), false)];
        started(world)
    };
    assert_eq!(by(&["followers"]), [0]);
    assert_eq!(by(&["followers", "near"]), [3]);
    assert_eq!(by(&["following", "near"]).len(), 1);
    assert_eq!(by(&["pagerank", "loud"]), [0]);
    // 3 -> 1 -> 0 -> 2 and 4: three pairs speak through 0, two through 1, and none in one layer alone.
    assert_eq!(by(&["betweenness"]), [0]);
    let mistake = {
        let mut world = world.clone();
        world.timeline = vec![begin("adopted", top(1.0, measure(&["pagerank", "nowhere"])), false)];
        prepare(world).expect_err("there is no such layer")
    };
    assert_eq!(mistake.message, "unknown layer \"nowhere\"; known: loud, near");
}

#[test]
fn complex_centrality_prefers_the_group_to_the_star() {
    let (n, ties) = groups_and_star(8, 20);
    let by = |path: &[&str]| started(world(n, exactly(&ties), vec![threshold(2.0)], top(1.0, measure(path))));
    assert_eq!(by(&["followers"]), [0]);
    // Twenty of the centre's 28 hearers lead nowhere: a drawn one is most likely a ray.
    assert!((1..16).contains(&by(&["complex_centrality", "(2)"])[0]));
    let mut column =
        world(n, exactly(&ties), vec![threshold(2.0)], top(1.0, measure(&["complex_centrality", "(doubt)"])));
    column.setup[0] = people(n, vec![("doubt", vec![2.0; n as usize])]);
    assert_eq!(started(column), by(&["complex_centrality", "(2)"]));
}

#[test]
fn where_several_are_needed_everybody_is_tried_again() {
    // Needs two: one agent adds only itself, so gains grow. Trying everybody again finds a second one that sets off a group.
    let (n, ties) = groups_and_star(8, 20);
    let found = started(world(n, exactly(&ties), vec![threshold(2.0)], greedy(4.0, false)));
    let reached = |who: Who| run(&prepared(world(n, exactly(&ties), vec![threshold(2.0)], who)), 0, 60).totals[0];
    assert_eq!(found.len(), 4);
    assert!(reached(greedy(4.0, false)) >= 16, "{found:?}");
    // One is enough: the first choice reaches all.
    let all = run(&prepared(world(n, exactly(&ties), vec![threshold(1.0)], greedy(1.0, true))), 0, 60).totals[0];
    assert_eq!(all, n);
}

/// On a grid where everybody meets four others and two are needed, no first agent adds anybody but itself, and a second one only
/// if it stands two steps away from the first, which one in fifty does. Drawn agents hardly meet: here sixteen reach 26, and 256
/// when each is chosen for what it adds.
#[test]
fn where_nobody_adds_anybody_greedy_choice_finds_those_who_add_to_each_other() {
    let grid = || Maker::Grid { r: 1, border: false, moore: false, sides: None };
    let reached = |who: Who| run(&prepared(world(400, grid(), vec![threshold(2.0)], who)), 0, 60).totals[0];
    assert!(reached(greedy(16.0, None)) > 200, "{}", reached(greedy(16.0, None)));
    assert!(reached(random_start(16.0)) < 40, "{}", reached(random_start(16.0)));
}

#[test]
fn what_is_chosen_depends_on_nothing_but_the_draws() {
    let once = Route { reach: 0.2.into(), emit: Emit::Once, ..Route::default() };
    for who in [greedy(3.0, true), influential(3.0)] {
        let plain = world(60, random(5.0), vec![once.clone()], who);
        let mut watched = plain.clone();
        watched.observations.push(Observation {
            name: "mean".into(),
            value: measure(&["pagerank"]).into_total(),
            at: None,
            line: 5,
        });
        assert_eq!(started(plain.clone()), started(plain.clone()));
        assert_eq!(started(plain), started(watched));
    }
}

trait IntoTotal {
    fn into_total(self) -> Formula;
}

impl IntoTotal for Formula {
    fn into_total(self) -> Formula {
        Formula::Total { total: uptake::formula::Total::Mean, of: self.into(), among: None, line: 5 }
    }
}

#[test]
fn only_cascades_that_can_be_followed_backwards_are() {
    let once = |change: fn(&mut Route)| {
        let mut route = Route { reach: 0.2.into(), emit: Emit::Once, ..Route::default() };
        change(&mut route);
        route
    };
    let refused = |routes: Vec<Route>, why: &str| {
        let mistake = prepare(world(30, ring(4), routes, influential(2.0))).expect_err(why);
        assert!(mistake.message.contains(&format!("followed backwards: {why}; known are")), "{}", mistake.message);
    };
    refused(vec![once(|route| route.needs = 2.0.into())], "needs = 2 can take more than one source");
    refused(vec![once(|route| route.emit = Emit::Always)], "holders try again in every step");
    refused(vec![once(|route| route.leave = 0.1.into())], "it can be left");
    refused(vec![once(|route| route.chance = 0.5.into())], "it has a chance");
    refused(vec![once(|_| ()), once(|_| ())], "it has 2 routes");
    refused(vec![once(|route| route.weight = 2.0.into())], "ties differ in weight");
    refused(vec![share(0.3)], "needs = 0.3 can take more than one source");
}

#[test]
fn a_linear_threshold_of_shares_is_followed_backwards() {
    // Everybody hears agent 0 alone, but for 0 and 1, who hear each other: 0 reaches all.
    let ties: Vec<(u32, u32)> = (1..20).map(|hearer| (0, hearer)).chain([(1, 0)]).collect();
    let route = Route { count: Count::Share, needs: of(View::Me, "doubt"), ..Route::default() };
    let mut world = world(20, exactly(&ties), vec![route], influential(1.0));
    let uniform = Initial::Draw(Distribution::uniform(0.0, 1.0).expect("0 is below 1"));
    let Setup::Agents(agents) = &mut world.setup[0] else { unreachable!("the agents come first") };
    agents.columns.push(("doubt".into(), uniform));
    assert_eq!(started(world.clone()), [0]);
    let Setup::Agents(agents) = &mut world.setup[0] else { unreachable!("the agents come first") };
    agents.columns[0].1 = Initial::Values(vec![0.5; 20]);
    let mistake = prepare(world).expect_err("the thresholds are known");
    assert!(mistake.message.contains("its needs are not the uniform ones"), "{}", mistake.message);
}

#[test]
fn a_measure_is_taken_anew_when_ties_have_moved() {
    // All ties of the ring are rewired in the first step; a mark at time 1 ranks by the ties as they are then.
    let mut world =
        world(40, Maker::Ring { k: 4, rewire: 0.0, keep_degree: false }, vec![threshold(9.0)], random_start(1.0));
    world.rewirings.push(Rewiring {
        layer: "friend".into(),
        rate: 1.0.into(),
        drop: 1.0.into(),
        pick: 1.0.into(),
        friends_of_friends: false,
        candidates: 32,
        from: 0,
        stop: Some(1),
        line: 5,
    });
    let spread = |at: u32| Observation {
        name: format!("spread{at}"),
        value: Formula::Total {
            total: uptake::formula::Total::Std,
            of: measure(&["followers"]).into(),
            among: None,
            line: 6,
        },
        at: Some(at),
        line: 6,
    };
    world.observations = vec![spread(0), spread(2)];
    let observed = run(&prepared(world), 0, 3).observed;
    assert!(observed[0] == 0.0 && observed[1] > 0.5, "{observed:?}");
}
