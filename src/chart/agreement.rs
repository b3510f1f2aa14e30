//! What the runs say against what a theory says of the same points.

use crate::table::{Table, Values};

use super::{
    figure::{Figure, OverlayCurve},
    formula::Formula,
    ticks::short,
};

/// A difference is told where it leaves the 95 % interval by more than this: of networks without end theory is exact, of
/// finite ones it is off by about one agent's share.
const SLACK: f64 = 0.01;
/// More points than this are counted, not named.
const NAMED: usize = 4;

/// Gives the numbers two columns for each theory: what it says, and whether that is off. Returns a sentence for each.
pub fn agreement(figure: &mut Figure, formula: &Formula, overlay: &[OverlayCurve]) -> Vec<String> {
    let Some(columns) = figure.compared.clone() else { return Vec::new() };
    let table = &figure.numbers;
    let [value, low, high] = columns.map(|column| table.numbers(&column).unwrap_or_default().to_vec());
    let text = |name: &Option<String>| name.as_deref().and_then(|name| table.column(name));
    let (panels, series) = (text(&formula.panel), text(&formula.series));
    let axis = |place: usize| formula.x.get(place).and_then(|name| table.numbers(name));
    let Some(x) = axis(0).map(<[f64]>::to_vec) else { return Vec::new() };
    let y = (formula.x.len() > 1).then(|| axis(1).map(<[f64]>::to_vec)).flatten();

    let mut told = Vec::new();
    let mut names: Vec<(&str, &str)> = Vec::new();
    for curve in overlay.iter().filter(|curve| !curve.column.is_empty()) {
        if !names.iter().any(|(column, _)| *column == curve.column) {
            names.push((&curve.column, &curve.name));
        }
    }
    let mut more = Vec::new();
    for (column, name) in names {
        let curves: Vec<&OverlayCurve> = overlay.iter().filter(|curve| curve.column == column).collect();
        let says = |row: usize| {
            let level = |values: Option<&Values>| values.map(|values| values.written(row));
            let (panel, series) = (level(panels), level(series));
            let y = y.as_ref().map(|y| y[row]);
            curves.iter().find_map(|curve| curve.says(panel.as_deref(), series.as_deref(), x[row], y))
        };
        let theory: Vec<f64> = (0..table.rows()).map(|row| says(row).unwrap_or(f64::NAN)).collect();
        let off = |row: usize| {
            // Without an interval the value itself is all that is known.
            let end = |end: f64| if end.is_nan() { value[row] } else { end };
            theory[row] < end(low[row]) - SLACK || theory[row] > end(high[row]) + SLACK
        };
        let known: Vec<usize> = (0..table.rows()).filter(|&row| !(theory[row] - value[row]).is_nan()).collect();
        let is_off: Vec<usize> = known.iter().copied().filter(|&row| off(row)).collect();
        let place = |row: usize| place(table, formula, row);
        told.push(sentence(
            name,
            &known,
            &is_off,
            &theory,
            &value,
            place,
            if y.is_some() { "cells" } else { "points" },
        ));
        let whether =
            |row: usize| if known.contains(&row) { f64::from(u8::from(is_off.contains(&row))) } else { f64::NAN };
        let differs = (0..table.rows()).map(whether).collect();
        more.push((column.to_string(), theory));
        more.push((format!("{column}.differs"), differs));
    }
    for (name, values) in more {
        figure.numbers.push(name, Values::Number(values));
    }
    told
}

fn sentence(
    name: &str,
    known: &[usize],
    off: &[usize],
    theory: &[f64],
    value: &[f64],
    place: impl Fn(usize) -> String,
    unit: &str,
) -> String {
    let gap = |row: usize| (theory[row] - value[row]).abs();
    let Some(worst) = known.iter().copied().max_by(|&a, &b| gap(a).total_cmp(&gap(b))) else {
        return format!("{name}: says nothing of these points");
    };
    let agree = known.len() - off.len();
    let mut text = format!(
        "{name}: within the 95% interval at {agree} of {} {unit}; largest difference {} (runs {}, theory {}) at {}",
        known.len(),
        two(gap(worst)),
        two(value[worst]),
        two(theory[worst]),
        place(worst)
    );
    if !off.is_empty() && off.len() <= NAMED {
        let places: Vec<String> = off.iter().map(|&row| place(row)).collect();
        text += &format!("; outside at {}", places.join("; "));
    }
    text
}

/// A row's levels: `z = 5, phi = 0.18`.
fn place(table: &Table, formula: &Formula, row: usize) -> String {
    let level = |name: &str| match table.column(name) {
        Some(Values::Number(values)) => Some(format!("{name} = {}", short(values[row]))),
        Some(Values::Text(values)) => Some(format!("{name} = {}", values[row])),
        None => None,
    };
    formula.named().filter_map(level).collect::<Vec<_>>().join(", ")
}

/// A share in three decimals.
fn two(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
