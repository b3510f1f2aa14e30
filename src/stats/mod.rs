//! Pure mathematics on plain numbers and slices, and the only door to `libm`: the elementary functions of the system's
//! C library differ in their last bits between processors, those of the `libm` crate do not.
//!
//! Sums run in slice order with compensation, so a result depends on the numbers alone and keeps its digits.

pub mod interval;
pub mod moments;
pub mod order;
pub mod paired;
pub mod relation;
pub mod special;

pub use interval::{CONFIDENCE, Interval, t_interval, t_quantile, wilson};
pub use libm::{acos, asin, atan, atan2, cos, exp, expm1, log, log1p, log10, pow, sin, tan, tanh};
pub use moments::{mean, sd, sum, variance};
pub use order::{gini, median, quantile, ranks, sorted};
pub use paired::{Paired, paired};
pub use relation::{pearson, spearman};
