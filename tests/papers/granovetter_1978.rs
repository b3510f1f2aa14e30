//! Granovetter 1978, Threshold models of collective behavior, Am. J. Sociol. 83:1420.

use uptake::contagion::*;
use uptake::network::Maker;
use uptake::rng::Distribution;

use crate::vocabulary::*;
use crate::worlds::*;

/// 100 people who all see each other, and act when as many act as their threshold says. Nobody is made to start.
fn crowd(thresholds: Initial) -> World {
    let needs = column("threshold");
    let route = Route { needs, ..Route::default() };
    let mut world = world(100, Maker::Complete, vec![route], random_start(0.0));
    let Setup::Agents(agents) = &mut world.setup[0] else { panic!("the first statement makes the agents") };
    agents.columns.push(("threshold".into(), thresholds));
    world
}

/// The paper's first example. Exact.
#[test]
fn one_threshold_of_two_instead_of_one_stops_a_riot_of_a_hundred() {
    let mut thresholds: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(runs(crowd(Initial::Values(thresholds.clone())), 1, 200)[0].0, 1.0);
    thresholds[1] = 2.0;
    assert_eq!(runs(crowd(Initial::Values(thresholds)), 1, 200)[0].0, 0.01);
}

/// Thresholds normal around 25: the share of crowds of 100 of which more than half act in the end. Brute force, 4000
/// samples, stated +- 0.03. Ours has 2000; tolerance 0.055 = 4 standard errors at 0.374: once in 10 000 by chance a row.
#[test]
fn a_crowd_tips_where_thresholds_vary_enough() {
    let table = [(10.0, 0.004), (12.0, 0.159), (12.2, 0.192), (13.0, 0.374), (15.0, 0.802), (20.0, 0.997)];
    for (sd, expected) in table {
        let law = Distribution::normal(25.0, sd).expect("a deviation above 0 is allowed");
        let found = runs(crowd(Initial::Draw(law)), 2000, 200);
        let tipped = mean(found.iter().map(|(share, _)| f64::from(u8::from(*share > 0.5))));
        close(&format!("sd {sd}"), tipped, expected, 0.055);
    }
}

/// The equation r = F(r) for an infinite crowd, thresholds and deviations as shares of it. Ours: 20 000 people of whom
/// everybody sees 200. Tolerance 0.015: 4 standard errors of a share of 20 000.
///
/// DIFFERENCE: the share of 200 that act differs from the crowd's by 0.04 at most, which the normal law averages out.
#[test]
fn a_large_crowd_ends_where_the_equation_says() {
    for (sd, expected) in [(0.5, 0.90485), (1.0, 0.65857), (0.3, 0.99339)] {
        let needs = column("threshold");
        let route = Route { needs, count: Count::Share, ..Route::default() };
        let mut world = world(20_000, random(200.0), vec![route], random_start(0.0));
        let Setup::Agents(agents) = &mut world.setup[0] else { panic!("the first statement makes the agents") };
        let law = Distribution::normal(0.25, sd).expect("a deviation above 0 is allowed");
        agents.columns.push(("threshold".into(), Initial::Draw(law)));
        close(&format!("sd {sd}"), runs(world, 1, 500)[0].0, expected, 0.015);
    }
}
