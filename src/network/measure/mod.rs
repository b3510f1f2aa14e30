//! Measures of structure, of networks and of attributes on them.
//!
//! Measures that are defined for mutual ties take a directed network as if every tie went both ways, and say so.

mod bridge;
mod clustering;
mod component;
mod degree;
mod mixing;
mod named;
mod path;

use std::borrow::Cow;

use super::csr::Network;

pub use bridge::{BridgeWidth, bridge_width, width_between};
pub use clustering::{Clustering, clustering};
pub use component::{Components, components};
pub use degree::{degree_assortativity, degree_heterogeneity, mean_degree};
pub use mixing::{assortativity, categories, modularity, numeric_assortativity, same_share};
pub use named::{BRIDGE_WORK, PATH_WORK, Structure};
pub use path::{PathLength, path_length};

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
