//! Measures of structure, of networks and of attributes on them.
//!
//! Measures that are defined for mutual ties take a directed network as if every tie went both ways, and say so.

mod agent;
mod betweenness;
mod bridge;
mod clustering;
mod complex;
mod component;
mod core;
mod degree;
mod exposure;
mod mixing;
mod named;
mod path;
mod rank;
mod vulnerable;

use std::borrow::Cow;

use super::csr::Network;

pub use agent::{AgentMeasure, BETWEENNESS_WORK};
pub use betweenness::betweenness;
pub use bridge::{BridgeWidth, bridge_width, bridge_width_quantile, local_bridge_width, width_between};
pub use clustering::{Clustering, clustering, local_clustering};
pub use complex::{ComplexPaths, complex_centrality, complex_paths};
pub use component::{Components, components};
pub use core::{core_size, k_shell};
pub use degree::{degree_assortativity, degree_heterogeneity, mean_degree};
pub use exposure::{needed, needed_of_count, needed_of_share};
pub use mixing::{assortativity, categories, modularity, numeric_assortativity, same_share};
pub use named::{BRIDGE_WORK, PATH_WORK, Structure, ThresholdStructure};
pub use path::{PathLength, path_length};
pub use rank::{eigenvector, pagerank};
pub use vulnerable::vulnerable_cluster;

/// The network in which every tie goes both ways; itself when it is mutual already.
fn mutual(network: &Network) -> Cow<'_, Network> {
    if network.is_mutual() { Cow::Borrowed(network) } else { Cow::Owned(network.undirected()) }
}

/// Pearson correlation over pairs; NaN when one side does not vary.
fn pearson(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let (mut count, mut sum_x, mut sum_y) = (0.0, 0.0, 0.0);
    for (x, y) in pairs.clone() {
        count += 1.0;
        sum_x += x;
        sum_y += y;
    }
    let (mean_x, mean_y) = (sum_x / count, sum_y / count);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xx += (x - mean_x) * (x - mean_x);
        yy += (y - mean_y) * (y - mean_y);
        xy += (x - mean_x) * (y - mean_y);
    }
    if xx > 0.0 && yy > 0.0 { xy / (xx.sqrt() * yy.sqrt()) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{ReadOptions, read_edges};
    use crate::rng::{Key, Purpose, Source, Stream};

    /// Zachary's karate club: 34 members, 78 ties; agents 0 and 33 are the instructor and the president.
    pub(super) fn karate() -> Network {
        let ties = include_bytes!("../../../scenarios/data/karate.edges");
        read_edges(ties, None, &ReadOptions::default()).expect("the club is readable").network
    }

    pub(super) fn ring(n: u32, k: u32) -> Network {
        Network::from_ties(n as usize, (0..n).flat_map(|i| (1..=k / 2).map(move |d| (i, (i + d) % n))), true).0
    }

    /// About this many ties both ways, at random.
    pub(super) fn random(n: u32, ties: usize, seed: u64) -> Network {
        let mut draws = Stream::from_seed(seed);
        Network::from_ties(n as usize, (0..ties).map(|_| (draws.below(n), draws.below(n))).collect::<Vec<_>>(), true).0
    }

    pub(super) fn key() -> Key {
        Source::new(1, 0).key(Purpose::Measure, 0)
    }

    pub(super) fn close(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (place, (a, b)) in found.iter().zip(expected).enumerate() {
            assert!((a - b).abs() <= tolerance, "at {place}: {a} is not {b}");
        }
    }

    #[test]
    fn the_karate_club_is_read_as_published() {
        let club = karate();
        assert_eq!((club.agents(), club.ties(), club.degree(0), club.degree(33)), (34, 156, 16, 17));
    }
}
