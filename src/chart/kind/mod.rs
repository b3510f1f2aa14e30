//! The kinds of figures, one a file: each turns a formula and the runs into a [`Figure`].

mod boundary;
mod curves;
mod distribution;
mod heat_map;
mod levels;
mod response;
mod scatter;

use super::{
    error::ChartError,
    factor::Factor,
    figure::{Figure, LogWish, Panel},
    formula::Measure,
    names::NOW,
    study::Study,
};

/// Which kind a formula is follows from its x: none (its measure then says it), time, two axes, a parameter, or something measured.
pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    match study.formula.x.as_slice() {
        _ if matches!(study.formula.y, Measure::Boundary { .. }) => boundary::figure(study),
        [] if matches!(study.formula.y, Measure::Response(_)) => response::figure(study),
        [] => distribution::figure(study),
        [x] if x == NOW => curves::figure(study),
        [x] => {
            let factor = Factor::new(x, study.data.runs, study.data)?;
            let measured = !study.is_parameter(x) && factor.numbers.is_some();
            if measured || study.is_sampled(&factor) { scatter::figure(study) } else { levels::figure(study, factor) }
        }
        [x, y, ..] => heat_map::figure(study, x, y),
    }
}

/// A parameter with one level has nothing to be drawn against.
fn varied(factor: &Factor) -> Result<(), ChartError> {
    if factor.levels() > 1 {
        return Ok(());
    }
    Err(ChartError::OneLevel { name: factor.name.clone(), level: factor.label(0) })
}

/// What the request says of one axis.
fn log_wish(study: &Study, axis: char) -> Result<LogWish, ChartError> {
    match study.request.log.as_deref() {
        None => Ok(LogWish::Auto),
        Some("none") => Ok(LogWish::No),
        Some(given @ ("x" | "y" | "xy")) => Ok(if given.contains(axis) { LogWish::Yes } else { LogWish::Auto }),
        Some(given) => Err(ChartError::LogWish { given: given.into() }),
    }
}

/// Panels without content, one a level.
fn panels(study: &Study, factor: &Factor) -> Vec<Panel> {
    let name = if factor.is_whole() { String::new() } else { study.title(&factor.name) };
    let label = |level| if factor.is_whole() { String::new() } else { factor.label(level) };
    let panel = |level: usize| Panel {
        factor: name.clone(),
        level: factor.texts[level].clone(),
        label: label(level),
        ..Panel::default()
    };
    (0..factor.levels()).map(panel).collect()
}

/// The legend's part of a figure.
fn with_series(study: &Study, figure: Figure, series: &Factor) -> Figure {
    if series.is_whole() {
        return Figure { series: vec![String::new()], ..figure };
    }
    let labels = (0..series.levels()).map(|level| series.label(level)).collect();
    let numbers = series.numbers.as_ref();
    let series_ascend = numbers.is_some_and(|numbers| numbers.is_sorted());
    let series_levels = series.texts.clone();
    Figure { series_title: study.title(&series.name), series: labels, series_levels, series_ascend, ..figure }
}

/// The words for the interval of a measure.
fn interval_words(measure: &Measure, drawn: &str) -> String {
    let law = match measure {
        Measure::Global(..) => "Wilson intervals",
        Measure::Paired { .. } => "intervals of the mean difference, run by run",
        _ => "intervals of the mean",
    };
    format!("{drawn}: 95% {law}")
}
