//! Who is tied to whom.
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    offsets: Vec<u32>,
    sources: Vec<u32>,
    mutual: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Density {
    MeanDegree(f64),
    Pairs(u64),
    Probability(f64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Degrees {
    List(Vec<u32>),
    PowerLaw { exponent: f64, min: u32, max: u32 },
    Law(crate::rng::Distribution),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Maker {
    Ring { k: u32, rewire: f64, keep_degree: bool },
    Random(Density),
    Regular { k: u32 },
    Configuration { degrees: Degrees },
    ScaleFree { m: u32, mutual: bool },
    Clustered { m: u32, p: f64 },
    Grid { r: u32, border: bool, moore: bool },
    Complete,
    Groups { size: u32, k: u32, out: f64 },
    Blocks { sizes: Vec<u32>, p_in: f64, p_out: f64 },
}
