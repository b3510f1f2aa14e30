//! Gillespie 1976, A general method for numerically simulating the stochastic time evolution of coupled chemical reactions,
//! J. Comput. Phys. 22:403: continuous time is exact, so that what is known exactly must come out.

use uptake::contagion::*;
use uptake::formula::{Binary, Formula, Total, Unary, View};
use uptake::network::Maker;

use crate::vocabulary::*;
use crate::worlds::*;

fn continuous(world: World) -> World {
    World { order: Order::Continuous, ..world }
}

fn nobody() -> Who {
    random_start(0.0)
}

/// Equation: of those who enter at rate 2, exp(-2 t) have not at time t. n = 40 000: a standard error of .0025 at most; four
/// of them at three times, one seed in 5 000 by chance.
#[test]
fn waiting_is_exponential() {
    let route = Route { needs: 0.0.into(), chance: 2.0.into(), ..Route::default() };
    let world = continuous(world(40_000, exactly(&[]), vec![route], nobody()));
    let curve = each_run(world, 1, 3, |outcome| outcome.curves[0].clone()).remove(0);
    for (time, expected) in [(1, 0.135335), (2, 0.018316), (3, 0.002479)] {
        let error = (expected * (1.0f64 - expected) / 40_000.0).sqrt();
        let left = 1.0 - f64::from(curve[time]) / 40_000.0;
        close(&format!("not yet at {time}"), left, expected, 4.0 * error);
    }
}

/// Equation (mean field, exact up to O(1/n) on a complete graph): of n = 400 agents 1 - gamma / beta hold it. The spread at
/// one time is sqrt(gamma / (beta n)) = .035; 10 runs at 5 times far enough apart give .005. Tolerance .025: the mean lies
/// 1/n below, four standard errors more.
#[test]
fn recovery_without_immunity_settles_where_losses_meet_gains() {
    let n = 400;
    let beta = 2.0 / f64::from(n - 1);
    let route = Route { reach: beta.into(), memory: Memory::Steps(0), leave: 1.0.into(), ..Route::default() };
    let world = continuous(world(n, Maker::Complete, vec![route], random_start(200.0)));
    let shares = each_run(world, 10, 30, |outcome| {
        mean([10, 15, 20, 25, 30].map(|time| f64::from(outcome.curves[0][time]) / f64::from(n)))
    });
    close("endemic share", mean(shares), 0.5, 0.025);
}

/// Equation: on an infinite ring whose agents copy a random neighbour at rate 1, from half of each opinion, neighbours differ
/// with probability exp(-2t) (I0(2t) + I1(2t)) / 2: .261889, .138787, .070247 at t = 1, 4, 16 (Bessel functions). 20 rings of
/// 5000 agents. Where opinions meet are walks that annihilate; their number varies less than that of as many independent
/// ones, a standard error of .0016 at t = 1 and less later. Tolerance four of them, one seed in 5 000 by chance.
#[test]
fn voters_on_a_ring_coarsen_as_walks_that_meet() {
    let evidence = || Formula::name(View::Plain, "evidence");
    let route = Route {
        count: Count::Share,
        memory: Memory::Steps(0),
        needs: 0.0.into(),
        chance: evidence(),
        leave: Formula::binary(Binary::Subtract, 1.0.into(), evidence()),
        ..Route::default()
    };
    let mut world = continuous(world(5000, ring(2), vec![route], random_start(2500.0)));
    let apart =
        Formula::binary(Binary::Subtract, Formula::name(View::Src, "adopted"), Formula::name(View::Me, "adopted"));
    let differ = Formula::Total {
        total: Total::Mean,
        of: std::sync::Arc::new(Formula::unary(Unary::Abs, apart)),
        among: None,
        line: 5,
    };
    let times = [(1, 0.261889), (4, 0.138787), (16, 0.070247)];
    for (time, _) in times {
        world.observations.push(Observation {
            name: format!("at {time}"),
            value: differ.clone(),
            at: Some(time),
            line: 5,
        });
    }
    let runs = each_run(world, 20, 16, |outcome| outcome.observed);
    for (place, (time, expected)) in times.into_iter().enumerate() {
        close(&format!("density at {time}"), mean(runs.iter().map(|run| run[place])), expected, 0.0065);
    }
}

/// Equation (Newman 2002): with recovery at rate gamma a tie has carried with probability T = beta / (beta + gamma), and a
/// large outbreak has the size S = 1 - exp(-T z S) of percolation, whatever the times were. n = 20 000, z = 6, 40 runs.
/// Tolerance .01, six standard errors.
#[test]
fn an_outbreak_with_exponential_recovery_is_as_large_as_percolation() {
    for (carried, expected) in [(1.5f64, 0.58281), (2.0, 0.79681), (4.0, 0.98017)] {
        let transmits = carried / 6.0;
        let beta = transmits / (1.0 - transmits);
        let route = Route { reach: beta.into(), tries: Some(1), leave: 1.0.into(), ..Route::default() };
        let world = continuous(world(20_000, random(6.0), vec![route], random_start(1.0)));
        let ever = each_run(world, 40, 1000, |outcome| (f64::from(outcome.totals[0]) / 20_000.0, outcome.steps));
        close(&format!("T z = {carried}: size"), global(&ever).1, expected, 0.01);
    }
}
