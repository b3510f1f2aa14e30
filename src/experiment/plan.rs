//! What a stored study is: everything that changes its numbers, and nothing that changes only its speed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::design::Design;

/// Raised whenever an unchanged scenario gives other numbers than before (see CHANGELOG.md).
pub const RESULT_VERSION: u32 = 4;

/// The identity of a sweep, written once as plan.json and never changed. Its hash heads every part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub result_version: u32,
    pub scenario: String,
    /// The source text of the scenario file.
    pub text: String,
    /// Values set from outside (`--set`), by parameter or `steps`.
    pub set: BTreeMap<String, String>,
    /// Files the scenario reads, by the name it gives them, with the blake3 hash of their bytes.
    pub data: BTreeMap<String, String>,
    pub seed: u64,
    pub steps: u32,
    pub design: Design,
    /// Names of the measures of every row, after the parameters.
    pub measures: Vec<String>,
    /// Names of the curves that are kept: a stage's name for its adoption curve, `response(stage)` for its exposure curve.
    pub curves: Vec<String>,
}

/// The stage whose exposure curve has this name among the curves.
pub fn response_of(curve: &str) -> Option<&str> {
    curve.strip_prefix("response(")?.strip_suffix(')')
}

impl Plan {
    /// The text of plan.json: pretty JSON, keys in the order above.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a plan holds only strings and numbers") + "\n"
    }

    /// 16 hex digits that name this plan: the start of the blake3 hash of its JSON text.
    pub fn identity(&self) -> String {
        blake3::hash(self.to_json().as_bytes()).to_hex()[..16].to_string()
    }
}
