//! What one run left: whether it ended well, its measures, and the curves that were asked for.

use serde::{Deserialize, Serialize};

/// One run's result. A failed run is a record that says so and has no numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub outcome: Outcome,
    /// One value per measure of the plan, in its order; NaN where a measure has no value (a half never reached).
    pub values: Vec<f64>,
    /// One curve per curve of the plan: how many agents hold a stage at time 0, 1, ... until the run settled (the last
    /// value stays to the end); or, for an exposure curve, how many agents were exposed to one source and how many of
    /// them adopted, then the same of two sources, and so on.
    pub curves: Vec<Vec<u32>>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Done,
    /// With the message of the error that ended it.
    Failed(String),
}

impl Record {
    pub fn failed(message: impl Into<String>) -> Self {
        Record { outcome: Outcome::Failed(message.into()), values: Vec::new(), curves: Vec::new() }
    }

    pub fn is_done(&self) -> bool {
        self.outcome == Outcome::Done
    }
}
