//! Watts and Strogatz 1998, Collective dynamics of 'small-world' networks, Nature 393:440.

use uptake::network::measure::{clustering, path_length};
use uptake::network::{Maker, make};
use uptake::rng::Stream;

use crate::vocabulary::*;
use crate::worlds::ring;

/// Mean clustering and path length of `graphs` networks of 1000 agents with 10 neighbours.
fn measured(rewire: f64, graphs: u64) -> (f64, f64) {
    let each: Vec<(f64, f64)> = (0..graphs)
        .map(|graph| {
            let maker = Maker::Ring { k: 10, rewire, keep_degree: false };
            let mut rng = Stream::from_seed(1998 + graph);
            let network = make(&maker, 1000, &mut rng).expect("the ring can be made").network;
            (clustering(&network).mean_local, path_length(&network, 1 << 30, &mut rng).mean)
        })
        .collect();
    (mean(each.iter().map(|(clustering, _)| *clustering)), mean(each.iter().map(|(_, length)| *length)))
}

/// Equations C(0) = 3 (k - 2) / (4 (k - 1)) and, for 1000 agents with 10 neighbours, L(0) = 50.4505. Exact.
#[test]
fn a_ring_is_clustered_and_large() {
    let (clustering, length) = measured(0.0, 1);
    close("clustering", clustering, 2.0 / 3.0, 1e-12);
    close("path length", length, 50.4505, 5e-5);
}

/// Brute force on 5 graphs: clustering and path length as shares of the ring's. Ours: 20 graphs. Tolerance for
/// clustering 0.01, 0.02 at p = 0.1 (the standard error of 5 graphs there is 0.005); for paths 5 %, 15 % at p <= 0.001,
/// where few ties decide. By chance about one row in 1000.
#[test]
fn a_few_shortcuts_make_a_large_world_small_while_it_stays_clustered() {
    let table = [
        (0.0001, 0.9999, 0.954),
        (0.001, 0.997, 0.587),
        (0.01, 0.971, 0.176),
        (0.03, 0.916, 0.119),
        (0.1, 0.746, 0.0887),
        (0.3, 0.351, 0.0716),
        (1.0, 0.0130, 0.0647),
    ];
    for (rewire, of_clustering, of_length) in table {
        let (clustering, length) = measured(rewire, 20);
        let tolerance = if rewire == 0.1 { 0.02 } else { 0.01 };
        close(&format!("clustering at {rewire}"), clustering / (2.0 / 3.0), of_clustering, tolerance);
        let tolerance = if rewire <= 0.001 { 0.15 } else { 0.05 };
        close(&format!("path length at {rewire}"), length / 50.4505, of_length, tolerance * of_length);
    }
}

/// Path length of a ring, measured by what always infects: it needs as many steps as the farthest agent is away.
#[test]
fn what_always_infects_needs_as_many_steps_as_the_farthest_is_away() {
    let found = runs(
        crate::worlds::world(1000, ring(10), vec![crate::worlds::threshold(1.0)], crate::worlds::random_start(1.0)),
        3,
        200,
    );
    assert_eq!(found, [(1.0, 100); 3]);
}
