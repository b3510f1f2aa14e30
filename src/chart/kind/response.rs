//! `response(stage) | series / panel`: how adoption answers to exposure, p(k) against the number of sources k.

use std::collections::BTreeSet;

use super::{log_wish, panels, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Figure, Line, Marks, Numbers, Point, Shape},
    names::{self, ADOPTED, EXPOSED, SOURCES},
    notes,
    study::{CONFIDENCE, Groups, Study},
};
use crate::stats::wilson;
use crate::table::counted;

/// Of fewer agents nothing can be seen: the interval of a share is as wide as the axis.
const FEWEST: f64 = 10.0;
/// More places than this are marked with round numbers.
const MOST_MARKS: usize = 12;

pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    let stage = study.formula.y.column();
    let table = study.data.responses.ok_or_else(|| ChartError::NoResponse { stage: stage.into() })?;
    let inner = crate::chart::Data { runs: table, ..*study.data };
    let of_stage = |what: &str| match table.numbers(&format!("{stage}{what}")) {
        Some(numbers) => Ok(numbers),
        None => Err(ChartError::NoResponse { stage: stage.into() }),
    };
    let (exposed, adopted) = (of_stage(EXPOSED)?, of_stage(ADOPTED)?);
    let sources = names::numbers(SOURCES, "the x of an exposure curve", &inner)?;
    let panel = Factor::optional(&study.formula.panel, table, &inner)?;
    let series = Factor::optional(&study.formula.series, table, &inner)?;
    let (panels_of_runs, series_of_runs) = study.panels_and_series()?;
    let runs = Groups::new(study, study.y()?.0, &[&panels_of_runs, &series_of_runs]);

    let most = sources.iter().copied().fold(0.0, f64::max) as usize;
    let mut counts = vec![[0.0; 2]; panel.levels() * series.levels() * most];
    let place = |p: usize, s: usize, k: usize| (p * series.levels() + s) * most + k - 1;
    for row in (0..table.rows()).filter(|&row| exposed[row].is_finite()) {
        let count = &mut counts[place(panel.of_row[row], series.of_row[row], sources[row] as usize)];
        count[0] += exposed[row];
        count[1] += adopted[row];
    }

    let mut panels = panels(study, &panel);
    let mut numbers = Numbers::new(&[&panel, &series], &[SOURCES, "p", "low", "high", "exposed", "adopted"]);
    let (mut few, mut drawn_at) = (0, BTreeSet::new());
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mut points = Vec::new();
            for k in 1..=most {
                let [exposed, adopted] = counts[place(p, s, k)];
                if exposed == 0.0 {
                    continue;
                }
                let interval = wilson(adopted as u64, exposed as u64, CONFIDENCE);
                let (x, y) = (k as f64, adopted / exposed);
                numbers.row(&[p, s], &[x, y, interval.low, interval.high, exposed, adopted]);
                if exposed < FEWEST {
                    few += 1;
                    continue;
                }
                drawn_at.insert(k);
                points.push(Point { x, y, low: interval.low, high: interval.high });
            }
            drawn.lines.push(Line { series: s, shape: Shape::Marked, points, dots: Vec::new() });
        }
    }
    if drawn_at.is_empty() {
        return Err(ChartError::AllMissing { measure: study.formula.y.to_string(), runs: study.done.len() });
    }

    let mut notes = vec!["bands: 95% Wilson intervals over agents".to_string()];
    notes.extend(notes::runs(study, runs.all(), "line"));
    if few > 0 {
        let points = counted(few, "point");
        notes.push(format!("not drawn: {points} of fewer than {FEWEST} agents"));
    }
    notes.extend(notes::pooled(study));
    let marks = match drawn_at.len() {
        few if few <= MOST_MARKS => Marks::Levels(drawn_at.iter().map(|&k| k as f64).collect()),
        _ => Marks::Range,
    };
    let figure = Figure {
        panels,
        x: Axis { title: study.title(SOURCES), marks, log: log_wish(study, 'x')?, share: false },
        y: Axis { title: study.y_title(), marks: Marks::Range, log: log_wish(study, 'y')?, share: true },
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}
