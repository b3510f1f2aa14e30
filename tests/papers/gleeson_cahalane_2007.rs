//! Gleeson and Cahalane 2007, Seed size strongly affects cascades on random networks, Phys. Rev. E 75:056103: the equations of
//! `theory`, held against the engine step by step.

use uptake::contagion::*;
use uptake::network::{self, Maker};
use uptake::rng::Distribution;
use uptake::theory::degrees::Degrees;
use uptake::theory::gleeson_cahalane::Cascade;
use uptake::theory::thresholds::Thresholds;

use crate::vocabulary::*;
use crate::worlds::*;

const N: u32 = 20_000;

/// The mean share over 20 runs at times 0 to `steps`, and at the end.
fn course(world: World, steps: usize) -> Vec<f64> {
    let curves = each_run(world, 20, 1000, |outcome| outcome.curves[0].clone());
    let at =
        |curve: &Vec<u32>, time: usize| f64::from(*curve.get(time).unwrap_or(&curve[curve.len() - 1])) / f64::from(N);
    let mut course: Vec<f64> = (0..=steps).map(|time| mean(curves.iter().map(|curve| at(curve, time)))).collect();
    course.push(mean(curves.iter().map(|curve| at(curve, usize::MAX))));
    course
}

fn agree(what: &str, theory: &Cascade, start: f64, world: World) {
    let found = course(world, 40);
    for (time, (found, expected)) in found.iter().zip(theory.course(start, 40)).enumerate() {
        close(&format!("{what} at time {time}"), *found, expected, 0.006);
    }
    close(&format!("{what} in the end"), found[41], theory.ends(start), 0.002);
}

/// n = 20 000, 20 runs, at least a tenth away from a jump. Time course within 0.006, end within 0.002: about 4 standard errors of
/// the means, once in 1000 by chance over all rows.
#[test]
fn a_cascade_runs_as_the_equations_say() {
    for (z, phi, start) in [(4.0, 0.18, 0.01), (5.0, 0.18, 0.05), (10.0, 0.18, 0.01), (6.0, 0.3, 0.1), (3.0, 0.5, 0.3)]
    {
        let route = Route { needs: f64::into(phi), count: Count::Share, ..Route::default() };
        let world = world(N, random(z), vec![route], random_start(start));
        let theory = Cascade::new(&Degrees::poisson(z), &Thresholds::Share(phi));
        agree(&format!("z = {z}, phi = {phi}, start {start}"), &theory, start, world);
    }
}

/// The same where everybody has 6 neighbours and needs two of them.
#[test]
fn a_number_of_neighbours_on_a_regular_network_does_too() {
    let world = world(N, Maker::Regular { k: 6 }, vec![threshold(2.0)], random_start(0.05));
    agree("regular", &Cascade::new(&Degrees::regular(6.0), &Thresholds::Sources(2.0)), 0.05, world);
}

/// The same without any start: with normal thresholds those at or below 0 act by themselves.
#[test]
fn some_act_without_anybody_where_thresholds_are_normal() {
    for (at, sd) in [(0.2, 0.2), (0.42, 0.2)] {
        let route = Route { needs: column("threshold"), count: Count::Share, ..Route::default() };
        let mut world = world(N, random(6.0), vec![route], random_start(0.0));
        let Setup::Agents(agents) = &mut world.setup[0] else { panic!("the first statement makes the agents") };
        let law = Distribution::normal(at, sd).expect("a deviation above 0 is allowed");
        agents.columns.push(("threshold".into(), Initial::Draw(law)));
        let theory = Cascade::new(&Degrees::poisson(6.0), &Thresholds::Normal { mean: at, sd });
        agree(&format!("normal thresholds around {at}"), &theory, 0.0, world);
    }
}

/// The same on a network whose degrees are those of a given one: 3, 6 and 12 neighbours, drawn from those degrees.
#[test]
fn the_degrees_of_the_very_network_can_be_given() {
    let degrees: Vec<u32> = (0..N).map(|agent| [3, 6, 12][agent as usize % 3]).collect();
    let sequence = Degrees::of_agents(degrees.iter().map(|&degree| degree as usize));
    let route = Route { needs: 0.3.into(), count: Count::Share, ..Route::default() };
    let world =
        world(N, Maker::Configuration { degrees: network::Degrees::List(degrees) }, vec![route], random_start(0.1));
    agree("given degrees", &Cascade::new(&sequence, &Thresholds::Share(0.3)), 0.1, world);
}
