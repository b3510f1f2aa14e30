//! `stage ~ now | series / panel`: adoption curves, the mean of the runs and the band that holds nine in ten of them.

use std::collections::BTreeMap;

use super::{log_wish, panels, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Figure, Line, Marks, Numbers, Point, Shape},
    formula::Measure,
    names::{self, NOW},
    notes,
    study::{CONFIDENCE, Group, Study},
};
use crate::stats::{mean, quantile, t_interval};

/// The band: from the fifth to the ninety-fifth percentile of the runs.
const BAND: [f64; 2] = [0.05, 0.95];

pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    let Measure::Mean(column) = &study.formula.y else {
        let (measure, column) = (study.formula.y.to_string(), study.formula.y.column().to_string());
        return Err(ChartError::MeasureOverTime { measure, column });
    };
    let table = study.data.curves.ok_or(ChartError::NoCurves)?;
    // The same checks as for the runs, with the curves' own columns as what is known.
    let inner = crate::chart::Data { runs: table, ..*study.data };
    let y = names::numbers(column, "the y of a chart", &inner)?;
    let now = names::numbers(NOW, "the x of adoption curves", &inner)?;
    let panel = Factor::optional(&study.formula.panel, table, &inner)?;
    let series = Factor::optional(&study.formula.series, table, &inner)?;
    study.panels_and_series()?;

    let mut times: Vec<f64> = now.iter().copied().filter(|time| time.is_finite()).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    if times.len() < 2 {
        return Err(ChartError::OneLevel {
            name: NOW.into(),
            level: times.first().map_or("none".into(), f64::to_string),
        });
    }
    let curves = curves(&inner, y, now)?;
    if curves.is_empty() {
        return Err(ChartError::AllMissing { measure: column.clone(), runs: study.done.len() });
    }

    let mut panels = panels(study, &panel);
    let ends = ["mean", "low", "median", "high", "mean.low", "mean.high"].map(|what| format!("{column}.{what}"));
    let compared = Some([ends[0].clone(), ends[4].clone(), ends[5].clone()]);
    let names: Vec<&str> = [NOW].into_iter().chain(ends.iter().map(String::as_str)).chain(["runs"]).collect();
    let mut numbers = Numbers::new(&[&panel, &series], &names);
    let mut last = Vec::new();
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mine: Vec<&Curve> =
                curves.iter().filter(|curve| panel.of_row[curve.row] == p && series.of_row[curve.row] == s).collect();
            if mine.is_empty() {
                continue;
            }
            let mut points = Vec::with_capacity(times.len());
            let mut places = vec![0; mine.len()];
            for &time in &times {
                let mut values: Vec<f64> =
                    mine.iter().zip(&mut places).filter_map(|(curve, place)| curve.at(time, place)).collect();
                if values.is_empty() {
                    continue;
                }
                values.sort_by(f64::total_cmp);
                let [low, high] = BAND.map(|q| quantile(&values, q));
                let average = mean(&values);
                points.push(Point { x: time, y: average, low, high });
                let median = quantile(&values, 0.5);
                let sure = t_interval(&values, CONFIDENCE);
                numbers.row(&[p, s], &[time, average, low, median, high, sure.low, sure.high, values.len() as f64]);
            }
            let ends = mine.iter().filter_map(|curve| curve.points.last()).map(|point| point.1).collect();
            last.push(Group { values: ends, ..Group::default() });
            drawn.lines.push(Line { series: s, shape: Shape::Smooth, points, dots: Vec::new() });
        }
    }

    let share = y.iter().all(|value| value.is_nan() || (0.0..=1.0).contains(value));
    let mut notes = vec!["lines: means, bands: the middle 90% of runs".to_string()];
    notes.extend(notes::runs(study, &last, "line"));
    notes.extend(notes::pooled(study));
    notes.extend(notes::hidden_kinds(&study.formula.y, &last, share, notes::reach(&last)));
    let figure = Figure {
        panels,
        x: Axis { title: study.title(NOW), log: log_wish(study, 'x')?, ..Axis::default() },
        y: Axis { title: study.title(column), log: log_wish(study, 'y')?, share, marks: Marks::Range },
        compared,
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// One run's curve, by time, and the first row it was found in.
struct Curve {
    row: usize,
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// The value at `time`: that of the last point until then, because a run whose curve ends has settled. `place`
    /// remembers how far the last call came; times must ascend.
    fn at(&self, time: f64, place: &mut usize) -> Option<f64> {
        while *place < self.points.len() && self.points[*place].0 <= time {
            *place += 1;
        }
        (*place > 0).then(|| self.points[*place - 1].1)
    }
}

/// The table's rows put together run by run: a run is one combination of parameters and a replicate.
fn curves(data: &crate::chart::Data, y: &[f64], now: &[f64]) -> Result<Vec<Curve>, ChartError> {
    let mut factors = Vec::new();
    for name in data.parameters.iter().map(|parameter| parameter.name.as_str()).chain(["replicate"]) {
        if data.runs.column(name).is_some() {
            factors.push(Factor::new(name, data.runs, data)?);
        }
    }
    let mut curves: BTreeMap<Vec<usize>, Curve> = BTreeMap::new();
    for row in (0..data.runs.rows()).filter(|&row| y[row].is_finite() && now[row].is_finite()) {
        let run = factors.iter().map(|factor| factor.of_row[row]).collect();
        curves.entry(run).or_insert(Curve { row, points: Vec::new() }).points.push((now[row], y[row]));
    }
    let mut curves: Vec<Curve> = curves.into_values().collect();
    for curve in &mut curves {
        curve.points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    Ok(curves)
}
