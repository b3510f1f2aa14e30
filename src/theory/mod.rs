//! Analytical curves to lay over charts, by name.

mod watts;

pub use watts::watts_window;

/// A curve to lay over a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What the legend calls it.
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

/// The theories a chart can name, with what they are about.
pub const KNOWN: [(&str, &str); 1] = [(
    "watts_window",
    "where global cascades are possible on a random network; for charts over mean degree * threshold",
)];

/// The curves of a theory, within the range of the chart's axes.
pub fn curves(name: &str, x: (f64, f64), y: (f64, f64)) -> Result<Vec<Curve>, Unknown> {
    match name {
        "watts_window" => Ok(watts_window(x, y)),
        other => Err(Unknown { given: other.to_string() }),
    }
}

/// No theory has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown theory \"{given}\"; known: {}", KNOWN.map(|(name, _)| name).join(", "))]
pub struct Unknown {
    pub given: String,
}
