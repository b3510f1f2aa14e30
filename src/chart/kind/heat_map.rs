//! `y ~ a * b / panel`: a colour for every pair of levels of two numeric parameters.

use super::{levels, log_wish, panels, varied, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Cell, Figure, Marks, Numbers},
    formula::Measure,
    notes,
    scale::range,
    study::{Estimate, Groups, Study},
};

/// More levels on an axis than this cannot be told apart in print.
const MOST_LEVELS: usize = 200;
/// Into how many bins a refined axis is put.
const REFINED_BINS: usize = 64;

pub fn figure(study: &Study, across: &str, up: &str) -> Result<Figure, ChartError> {
    let (x, x_is_binned) = axis(study, across, up)?;
    let (y, y_is_binned) = axis(study, up, across)?;
    let (values, share) = study.y()?;
    let (panel, series) = study.panels_and_series()?;
    let groups = Groups::new(study, values, &[&panel, &x, &y]);
    let (columns, rows) = (x.ascending(), y.ascending());
    let measure = &study.formula.y;

    let mut panels = panels(study, &panel);
    let besides = share && matches!(measure, Measure::Mean(_));
    let names = levels::columns(measure, besides);
    let mut numbers = Numbers::new(&[&panel, &x, &y], &names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut without_value = 0;
    for (p, panel) in panels.iter_mut().enumerate() {
        for (i, &column) in columns.iter().enumerate() {
            for (j, &row) in rows.iter().enumerate() {
                let group = groups.at(&[p, column, row]);
                if group.values.len() + group.missing + group.failed == 0 {
                    continue;
                }
                let estimate = Estimate::of(measure, &group.values, share);
                without_value += usize::from(estimate.value.is_nan());
                panel.cells.push(Cell { x: i, y: j, value: estimate.value });
                numbers.row(&[p, column, row], &levels::row(measure, group, estimate, besides));
            }
        }
        if study.request.refined {
            fill(&mut panel.cells, columns.len(), rows.len());
        }
    }
    if panels.iter().flat_map(|panel| &panel.cells).all(|cell| cell.value.is_nan()) {
        return Err(ChartError::AllMissing { measure: measure.to_string(), runs: study.done.len() });
    }

    let mut notes = notes::runs(study, groups.all(), "cell");
    for (factor, is_binned) in [(&x, x_is_binned), (&y, y_is_binned)] {
        if is_binned {
            let how = if study.request.refined { "refined" } else { "sampled" };
            notes.push(format!("{} {how}, in {} bins", factor.name, factor.levels()));
        }
    }
    if study.request.refined {
        notes.push("between the cells that were run: the nearest".into());
    }
    if without_value > 0 {
        notes.push("grey: no value".into());
    }
    notes.extend(notes::pooled(study));
    // Within a bin the runs differ in their parameters too, so that two kinds of them mean nothing.
    if !(x_is_binned || y_is_binned) {
        notes.extend(notes::hidden_kinds(measure, groups.all(), share, notes::reach(groups.all())));
    }
    let ascending = |factor: &Factor, order: &[usize]| {
        let numbers = factor.numbers.as_ref().expect("axis() lets only numbers through");
        Marks::Levels(order.iter().map(|&level| numbers[level]).collect())
    };
    let share = share || matches!(measure, Measure::Global(..));
    let values: Vec<f64> = panels.iter().flat_map(|panel| &panel.cells).map(|cell| cell.value).collect();
    let contour = contour(study, &values, share);
    let figure = Figure {
        panels,
        x: Axis {
            title: study.title(across),
            marks: ascending(&x, &columns),
            log: log_wish(study, 'x')?,
            ..Axis::default()
        },
        y: Axis { title: study.title(up), marks: ascending(&y, &rows), log: log_wish(study, 'y')?, ..Axis::default() },
        colour: Some(Axis { title: study.y_title(), share, ..Axis::default() }),
        contour,
        difference: study.is_difference(),
        compared: Some(levels::compared(measure)),
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// The level of the contour: as asked for; for shares that pass one half on both sides by far, there.
fn contour(study: &Study, values: &[f64], share: bool) -> Option<f64> {
    let (low, high) = range(values);
    match study.request.level {
        Some(level) => (low < level && level <= high).then_some(level),
        None => (share && low < 0.25 && high > 0.75).then_some(0.5),
    }
}

/// A swept parameter with at least two levels, all of them numbers; put into bins when it was sampled.
fn axis(study: &Study, name: &str, other: &str) -> Result<(Factor, bool), ChartError> {
    let factor = Factor::new(name, study.data.runs, study.data)?;
    if !study.is_parameter(name) {
        return Err(study.not_swept(name, "the axis of a heat map"));
    }
    varied(&factor)?;
    if factor.numbers.is_none() {
        let instead = format!("{} ~ {other} | {name}", study.formula.y);
        return Err(ChartError::NotNumeric { name: name.into(), level: factor.texts[0].clone(), instead });
    }
    if study.request.refined && factor.levels() > REFINED_BINS {
        return Ok((factor.binned(REFINED_BINS), true));
    }
    if study.is_sampled(&factor) {
        // About eight runs a cell, if they were spread evenly.
        let cells = ((study.done.len() as f64 / 8.0).sqrt() as usize).clamp(4, 20);
        return Ok((factor.binned(cells), true));
    }
    if factor.levels() > MOST_LEVELS {
        let levels = factor.levels();
        return Err(ChartError::ManyLevels { name: name.into(), levels, most: MOST_LEVELS, role: "a heat map" });
    }
    Ok((factor, false))
}

/// Gives every place without a cell the value of the nearest cell, in steps of the map; of equally near ones the first.
fn fill(cells: &mut Vec<Cell>, columns: usize, rows: usize) {
    let known = cells.clone();
    for (x, y) in (0..columns).flat_map(|x| (0..rows).map(move |y| (x, y))) {
        let away = |cell: &&Cell| {
            let (dx, dy) = (cell.x.abs_diff(x), cell.y.abs_diff(y));
            dx * dx + dy * dy
        };
        if let Some(nearest) = known.iter().min_by_key(away).filter(|nearest| away(nearest) > 0) {
            cells.push(Cell { x, y, ..*nearest });
        }
    }
}
