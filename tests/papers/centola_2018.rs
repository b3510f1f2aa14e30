//! Centola, Becker, Brackbill & Baronchelli 2018, Experimental evidence for tipping points in social convention, Science
//! 360:1116: everybody plays the best response to its last 12 encounters, the committed never change.

use uptake::contagion::*;
use uptake::formula::{Binary, Formula, View};
use uptake::network::Maker;

use crate::vocabulary::*;
use crate::worlds::*;

/// In how many of the runs the uncommitted change over, and what share of them uses the new convention in the others.
///
/// DIFFERENCE: in the paper a random pair meets at a time, so that how often one hears in a unit of time varies; here
/// everybody hears one random other per step, in random order. The mean field is the same.
fn committed(n: u32, committed: u32, tie: Tie, steps: u32, replicates: u64) -> (f64, f64) {
    let evidence = Formula::name(View::Plain, "evidence");
    let route = Route {
        count: Count::Share,
        memory: Memory::Last { n: 12, full: true, tie },
        needs: 0.5.into(),
        leave: Formula::binary(Binary::Less, evidence, 0.5.into()),
        ..Route::default()
    };
    let mut world = world(n, Maker::Complete, vec![route], nobody());
    world.timeline = vec![begin("adopted", random_start(f64::from(committed)), true)];
    world.contacts.push(Contact {
        layer: "friend".into(),
        per: Some(1.0.into()),
        by: Chooser::Hearer,
        prefer: 1.0.into(),
        gates: true,
        line: 5,
    });
    world.order = Order::Asynchronous;
    let others = f64::from(n - committed);
    let converted = each_run(world, replicates, steps, |outcome| {
        let holders = f64::from(*outcome.curves[0].last().expect("a curve begins at time 0"));
        (holders - f64::from(committed)) / others
    });
    let tipped = converted.iter().filter(|share| **share > 0.5).count() as f64;
    (tipped / replicates as f64, mean(converted.into_iter().filter(|share| *share <= 0.5)))
}

fn nobody() -> Who {
    random_start(0.0)
}

/// Mean field (equation): the critical share is .24191 where a draw decides, .21005 where half is enough, .29169 where it is
/// not. N = 1000, 500 steps, 4 runs a side; a fixed seed. Away from the critical share by .015 (twice the standard deviation
/// of what N = 1000 random pairs do to it) a run falls on the wrong side less than once in a hundred.
#[test]
fn what_half_a_memory_counts_as_moves_the_tipping_point_as_the_mean_field_says() {
    for (tie, below, above) in [(Tie::Draw, 227, 257), (Tie::Yes, 195, 225), (Tie::No, 277, 307)] {
        assert_eq!(committed(1000, below, tie, 500, 4).0, 0.0, "{tie:?}: {below} of 1000");
        assert_eq!(committed(1000, above, tie, 500, 4).0, 1.0, "{tie:?}: {above} of 1000");
    }
}

/// Whoever stays with what it does when half says so is less easily moved than by a draw, and more than where half means no.
#[test]
fn staying_lies_between_a_draw_and_no() {
    assert_eq!((committed(1000, 245, Tie::Draw, 500, 4).0, committed(1000, 230, Tie::Stay, 500, 4).0), (1.0, 0.0));
    assert_eq!((committed(1000, 275, Tie::Stay, 500, 4).0, committed(1000, 275, Tie::No, 500, 4).0), (1.0, 0.0));
}

/// Mean field (equation), below the tipping point: c = .20 .01578, .22 .03050. N = 2000, 200 steps, 4 runs. Tolerance .005.
#[test]
fn below_it_few_use_the_new_convention() {
    for (c, expected) in [(400, 0.01578), (440, 0.03050)] {
        let (tipped, low) = committed(2000, c, Tie::Draw, 200, 4);
        assert_eq!(tipped, 0.0);
        close(&format!("{c} of 2000"), low, expected, 0.005);
    }
}

/// Brute force with random pairs, N = 24: of 100 steps' runs 3 % tip with 5 committed, 58 % with 6, all with 7; of 1000 steps'
/// none with 4, 73 % with 5, all with 6. With one hearing for everybody a step: 4 %, 79 %, all; none, 64 %, all (400 and 200
/// runs). 200 runs; tolerance 4 standard errors.
#[test]
fn groups_of_24_tip_between_a_fifth_and_a_quarter() {
    for (steps, committed_of_24, expected, tolerance) in
        [(100, 5, 0.04, 0.06), (100, 6, 0.79, 0.12), (100, 7, 1.0, 0.02), (1000, 4, 0.0, 0.02), (1000, 5, 0.64, 0.14)]
    {
        let tipped = committed(24, committed_of_24, Tie::Draw, steps, 200).0;
        close(&format!("{committed_of_24} of 24 after {steps}"), tipped, expected, tolerance);
    }
}
