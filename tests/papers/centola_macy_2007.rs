//! Centola and Macy 2007, Complex contagions and the weakness of long ties, Am. J. Sociol. 113:702.
//!
//! DIFFERENCE: the paper lets agents act one after another in random order; here all act at once. Where a cascade ends is
//! the same, since nobody ever gives up what it adopted; how many rounds it takes is that of all at once.
//! DIFFERENCE: the paper keeps rewired networks connected; here they are as they come. With 8 ties each, none falls apart.

use uptake::network::Maker;

use crate::vocabulary::*;
use crate::worlds::*;

fn exchanged(k: u32, rewire: f64) -> Maker {
    Maker::Ring { k, rewire, keep_degree: true }
}

/// Derived: the front moves k / 2 - a + 1 agents a round on either side. Exact.
#[test]
fn on_a_ring_the_front_moves_by_half_the_neighbours_less_the_needs() {
    for (k, needs, rounds) in [(4, 1, 249), (4, 2, 498), (8, 1, 124), (8, 2, 166), (8, 3, 248), (8, 4, 495)] {
        let found = runs(world(1001, ring(k), vec![threshold(f64::from(needs))], neighbourhood(k)), 1, 2000);
        assert_eq!(found, [(1.0, rounds)], "k = {k}, needs = {needs}");
    }
}

/// Derived: a ring spreads what needs at most half of the neighbours. Exact.
#[test]
fn a_ring_spreads_what_half_of_the_neighbours_suffice_for_and_no_more() {
    for k in [2, 4, 6, 8, 10] {
        let share =
            |needs: u32| runs(world(500, ring(k), vec![threshold(needs.into())], neighbourhood(k)), 1, 2000)[0].0;
        assert_eq!(share(k / 2), 1.0);
        assert_eq!(share(k / 2 + 1), f64::from(k + 1) / 500.0);
    }
}

/// Brute force, n = 2000, k = 8, 25 runs a cell: mean final share by share of ties exchanged and needs. Tolerance 0.001
/// where the table says 0.005 or 1, exactly met. Else 0.2: the table's standard error is up to 0.09, ours (200 runs) up to
/// 0.035; with 400 runs and more we find 0.85, 0.27 and 0.72 where it says 0.92, 0.25 and 0.71, so that another seed of ours
/// would fail less than once in 1000.
#[test]
fn long_ties_help_what_needs_one_and_stop_what_needs_more() {
    let table: [(f64, [f64; 4]); 9] = [
        (0.0, [1.0, 1.0, 1.0, 1.0]),
        (0.001, [1.0, 1.0, 1.0, 0.12]),
        (0.01, [1.0, 1.0, 1.0, 0.02]),
        (0.03, [1.0, 1.0, 0.71, 0.01]),
        (0.1, [1.0, 1.0, 0.017, 0.005]),
        (0.2, [1.0, 0.92, 0.007, 0.005]),
        (0.3, [1.0, 0.25, 0.005, 0.005]),
        (0.5, [1.0, 0.005, 0.005, 0.005]),
        (1.0, [1.0, 0.005, 0.005, 0.005]),
    ];
    for (rewire, row) in table {
        for (needs, expected) in (1..).zip(row) {
            let replicates = if (0.2..0.95).contains(&expected) { 200 } else { 25 };
            let world = world(2000, exchanged(8, rewire), vec![threshold(needs.into())], neighbourhood(8));
            let found = runs(world, replicates, 2000);
            let found = mean(found.iter().map(|(share, _)| *share));
            let tolerance = if expected == 1.0 || expected == 0.005 { 0.001 } else { 0.2 };
            close(&format!("rewire {rewire}, needs {needs}"), found, expected, tolerance);
        }
    }
}

/// Brute force, the same table: mean rounds of the runs that reached everybody. Exact on the ring. Elsewhere 15 %: 4
/// standard errors where the rounds vary most (needs 1 at 0.001, one run's deviation a fifth); by chance less than once
/// in 10 000.
#[test]
fn a_few_long_ties_speed_up_what_they_do_not_stop() {
    let table: [(f64, f64, f64); 12] = [
        (0.0, 1.0, 249.0),
        (0.0, 2.0, 332.0),
        (0.0, 3.0, 498.0),
        (0.0, 4.0, 994.0),
        (0.001, 1.0, 100.0),
        (0.001, 2.0, 332.0),
        (0.01, 1.0, 20.0),
        (0.01, 2.0, 257.0),
        (0.03, 2.0, 103.0),
        (0.1, 1.0, 6.1),
        (0.1, 2.0, 36.0),
        (1.0, 1.0, 4.1),
    ];
    for (rewire, needs, expected) in table {
        let found = runs(world(2000, exchanged(8, rewire), vec![threshold(needs)], neighbourhood(8)), 25, 2000);
        let rounds = mean(found.iter().filter(|(share, _)| *share == 1.0).map(|(_, steps)| f64::from(*steps)));
        let tolerance = if rewire == 0.0 { 0.0 } else { 0.15 * expected };
        close(&format!("rewire {rewire}, needs {needs}"), rounds, expected, tolerance);
    }
}
