//! Evidence against what is needed: the comparison that every engine makes.

use super::rules::CompiledRoute;
use crate::formula::Mistake;

/// Whether the evidence is enough. Counts of unit weight are `exact`; sums of weights get a relative slack of 1e-9.
#[inline]
pub fn suffices(evidence: f64, needs: f64, exact: bool) -> bool {
    evidence >= needs || (!exact && evidence >= needs - 1e-9 * needs.abs())
}

/// How much of what is needed was heard, 0 to 1. Of what nothing needs to be heard it is all or nothing.
pub fn progress(evidence: f64, needs: f64) -> f64 {
    match evidence >= needs {
        true => 1.0,
        false if needs > 0.0 => (evidence / needs).max(0.0),
        false => 0.0,
    }
}

/// A rule that gives NaN ends the run: nothing could be compared with it.
pub fn check(values: &[f64], route: &CompiledRoute, field: &str) -> Result<(), Mistake> {
    match values.iter().position(|value| value.is_nan()) {
        None => Ok(()),
        Some(row) => {
            let whose = if matches!(field, "weight" | "reach") { "a tie" } else { "an agent" };
            let (name, count) = (&route.name, values[row..].iter().filter(|value| value.is_nan()).count());
            let more = if count > 1 { format!(" and of {} more", count - 1) } else { String::new() };
            Err(Mistake::new(
                route.line,
                format!("{name}: {field} of {whose}{more} became NaN: 0/0, or log or sqrt of a negative number"),
            ))
        }
    }
}
