//! Pure mathematics on plain numbers and slices, and the only door to `libm`: the elementary functions of the system's
//! C library differ in their last bits between processors, those of the `libm` crate do not.

pub mod special;

pub use libm::{acos, asin, atan, atan2, cos, exp, expm1, log, log1p, log10, pow, sin, tan, tanh};
