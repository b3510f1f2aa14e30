//! Newman 2002, Spread of epidemic disease on networks, Phys. Rev. E 66:016128: one tie is enough, reach below 1.

use uptake::contagion::*;

use crate::vocabulary::*;
use crate::worlds::*;

/// Equation S = 1 - exp(-reach z S): the size of a large outbreak, and how often one random agent starts one. n = 20 000,
/// z = 4, 200 runs. Tolerance: 0.01 for the size; 4 standard errors, 0.14 at most, for the frequency: one row in 10 000
/// by chance.
#[test]
fn an_outbreak_is_as_large_as_it_is_likely() {
    for (reach, expected) in [(0.375, 0.58281), (0.5, 0.79681), (1.0, 0.98017)] {
        let route = Route { reach: f64::into(reach), emit: Emit::Once, ..Route::default() };
        let (often, size) = global(&runs(world(20_000, random(4.0), vec![route], random_start(1.0)), 200, 2000));
        close(&format!("reach {reach}: size"), size, expected, 0.01);
        let error = (expected * (1.0f64 - expected) / 200.0).sqrt();
        close(&format!("reach {reach}: how often"), often, expected, 4.0 * error);
    }
}

/// Equation: the threshold is reach z = 1. At 0.8 outbreaks stay far below a tenth of 20 000.
#[test]
fn nothing_spreads_below_the_threshold_of_one_over_the_mean_degree() {
    let route = Route { reach: 0.2.into(), emit: Emit::Once, ..Route::default() };
    assert_eq!(global(&runs(world(20_000, random(4.0), vec![route], random_start(1.0)), 100, 2000)).0, 0.0);
}
