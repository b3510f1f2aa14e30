//! What columns are called on axes, and what a misspelt one was meant to be.

use crate::table::{Values, nearest};

use super::{Data, error::ChartError, formula::Measure};

/// The column of time in a table of adoption curves.
pub const NOW: &str = "now";

/// The columns of a table of exposure curves: the number of sources, and what follows the name of a stage.
pub const SOURCES: &str = "sources";
pub const EXPOSED: &str = ".exposed";
pub const ADOPTED: &str = ".adopted";

/// What is measured of a stage, and how its axis says it.
const OF_A_STAGE: [(&str, &str); 4] = [
    (".peak", "largest share"),
    (".total", "share ever"),
    (".t50", "steps to half of the peak"),
    (".thalf", "steps to half of the population"),
];

/// The axis title of a column: its name in words, or what the request calls it.
pub fn title(column: &str, data: &Data, given: &[(String, String)]) -> String {
    if let Some((_, title)) = given.iter().find(|(name, _)| name == column) {
        return title.clone();
    }
    let stages = stages(data);
    match column {
        NOW => return "step".into(),
        SOURCES => return "neighbours who adopted, k".into(),
        _ => {}
    }
    if stages.contains(&column) {
        return format!("share {}", words(column));
    }
    for (suffix, phrase) in OF_A_STAGE {
        match column.strip_suffix(suffix) {
            Some(stage) if phrase.starts_with("steps") && stages == [stage] => return phrase.into(),
            Some(stage) if phrase.starts_with("steps") => return format!("{}: {phrase}", words(stage)),
            Some(stage) if stages.contains(&stage) => return format!("{phrase} {}", words(stage)),
            _ => {}
        }
    }
    words(column)
}

/// The axis title of a measure.
pub fn measure_title(measure: &Measure, data: &Data, given: &[(String, String)]) -> String {
    let name = title(measure.column(), data, given);
    match measure {
        Measure::Mean(_) => name,
        Measure::Global(column, above) => format!("share of runs with {} > {above}", words(column)),
        Measure::Given(_, above) => format!("{name}, given > {above}"),
        Measure::Ccdf(_) => "share of runs at least as large".into(),
        Measure::Paired { first, second, .. } => format!("{name}: {} \u{2212} {}", words(first), words(second)),
        Measure::Boundary { along, .. } => title(along, data, given),
        Measure::Response(_) => "share adopting on k, p(k)".into(),
    }
}

/// The stages of a study: columns that something more is known of, such as their peak or their curve.
fn stages<'a>(data: &'a Data) -> Vec<&'a str> {
    let names = data.runs.names();
    if let Some(curves) = data.curves {
        let about_runs =
            |name: &str| name == NOW || name == "replicate" || data.parameters.iter().any(|p| p.name == name);
        let stages: Vec<&str> = curves.names().into_iter().filter(|name| !about_runs(name)).collect();
        if !stages.is_empty() {
            return stages;
        }
    }
    let has_more =
        |name: &str| OF_A_STAGE.iter().any(|(suffix, _)| names.contains(&format!("{name}{suffix}").as_str()));
    names.iter().copied().filter(|name| has_more(name)).collect()
}

fn words(column: &str) -> String {
    column.replace('_', " ")
}

/// The error for a column that is not there: what was probably meant, and what there is.
pub fn unknown(name: &str, data: &Data) -> ChartError {
    let service = ["status", "message"];
    let mut known: Vec<&str> = data.runs.names().into_iter().filter(|name| !service.contains(name)).collect();
    if data.curves.is_some() {
        known.push(NOW);
    }
    let meant = nearest(name, known.iter().copied()).map(String::from);
    let shown = known.len().min(16);
    let more = if known.len() > shown { format!(" and {} more", known.len() - shown) } else { String::new() };
    ChartError::UnknownColumn { name: name.into(), meant, known: known[..shown].join(", ") + &more }
}

/// The numbers of a column of the runs, or why it has none.
pub fn numbers<'a>(name: &str, role: &'static str, data: &'a Data) -> Result<&'a [f64], ChartError> {
    match data.runs.column(name) {
        Some(Values::Number(numbers)) => Ok(numbers),
        Some(Values::Text(_)) => Err(ChartError::Text { name: name.into(), role }),
        None => Err(unknown(name, data)),
    }
}
