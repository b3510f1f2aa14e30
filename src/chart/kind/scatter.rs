//! `y ~ measured`: every run a dot, and a line through the means of bins that hold equally many runs.

use super::{interval_words, log_wish, panels, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Figure, Line, Marks, Numbers, Point, Shape},
    formula::Measure,
    names, notes,
    study::{Estimate, Study},
};
use crate::stats::mean;
use crate::table::counted;

/// More dots than this are thinned: they would cover each other and swell the file.
const MOST_DOTS: usize = 4000;

pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    let name = &study.formula.x[0];
    let x = names::numbers(name, "the x of a scatter", study.data)?;
    let (y, share) = study.y()?;
    let (panel, series) = study.panels_and_series()?;
    let measure = &study.formula.y;

    let usable: Vec<usize> = study.done.iter().copied().filter(|&r| x[r].is_finite() && y[r].is_finite()).collect();
    if usable.is_empty() {
        let runs = study.done.len();
        return Err(ChartError::AllMissing { measure: format!("{measure} together with {name}"), runs });
    }
    let first = x[usable[0]];
    if usable.iter().all(|&row| x[row] == first) {
        return Err(ChartError::OneLevel { name: name.clone(), level: super::super::ticks::short(first) });
    }

    let every = usable.len().div_ceil(MOST_DOTS);
    let mut panels = panels(study, &panel);
    let is_bin = Factor { name: "what".into(), texts: vec!["run".into(), "bin".into()], ..Factor::whole(0) };
    let value = if matches!(measure, Measure::Mean(_)) { measure.column().to_string() } else { measure.to_string() };
    let mut numbers = Numbers::new(&[&panel, &series, &is_bin], &[name, &value, "low", "high", "runs"]);
    let mut most_bins = 0;
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mine = |row: &&usize| panel.of_row[**row] == p && series.of_row[**row] == s;
            let mut rows: Vec<usize> = usable.iter().filter(mine).copied().collect();
            let mut dots = Vec::new();
            if matches!(measure, Measure::Mean(_)) {
                for &row in &rows {
                    numbers.row(&[p, s, 0], &[x[row], y[row], f64::NAN, f64::NAN, 1.0]);
                }
                dots = rows.iter().step_by(every).map(|&row| (x[row], y[row])).collect();
            }
            rows.sort_by(|&a, &b| x[a].total_cmp(&x[b]).then(a.cmp(&b)));
            let mut points = Vec::new();
            for bin in bins(&rows, x) {
                let at = mean(&bin.iter().map(|&row| x[row]).collect::<Vec<_>>());
                let values: Vec<f64> = bin.iter().map(|&row| y[row]).collect();
                let estimate = Estimate::of(measure, &values, share);
                points.push(Point { x: at, y: estimate.value, low: estimate.low, high: estimate.high });
                let row = [at, estimate.value, estimate.low, estimate.high, values.len() as f64];
                numbers.row(&[p, s, 1], &row);
            }
            most_bins = most_bins.max(points.len());
            drawn.lines.push(Line { series: s, shape: Shape::Marked, points, dots });
        }
    }

    let mut notes = vec![
        format!("lines: up to {} of equally many runs", counted(most_bins, "bin")),
        interval_words(measure, "bands"),
    ];
    notes.push(counted(usable.len(), "run"));
    if every > 1 && matches!(measure, Measure::Mean(_)) {
        notes.push(format!("every {every}th run is a dot"));
    }
    notes.extend(notes::failures(study));
    let missing = study.done.len() - usable.len();
    if missing > 0 {
        notes.push(format!("{missing} of {} missing, left out", counted(study.done.len(), "value")));
    }
    notes.extend(notes::pooled(study));
    let figure = Figure {
        panels,
        x: Axis { title: study.title(name), marks: Marks::Range, log: log_wish(study, 'x')?, share: false },
        y: Axis {
            title: study.y_title(),
            marks: Marks::Range,
            log: log_wish(study, 'y')?,
            share: share || matches!(measure, Measure::Global(..)),
        },
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// Rows in the order of x, cut into bins of about equal size; equal x stay together. About as many bins as two thirds of
/// the root of the runs, at most 12: enough to show a bend, few enough for narrow intervals.
fn bins<'a>(rows: &'a [usize], x: &[f64]) -> Vec<&'a [usize]> {
    let wanted = (((rows.len() as f64).sqrt() / 1.5) as usize).clamp(1, 12);
    let mut bins = Vec::new();
    let mut start = 0;
    for bin in 1..=wanted {
        let mut end = (rows.len() * bin / wanted).max(start);
        while end > start && end < rows.len() && x[rows[end]] == x[rows[end - 1]] {
            end += 1;
        }
        if end > start {
            bins.push(&rows[start..end]);
        }
        start = end;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_hold_equally_many_runs_and_never_part_equal_ones() {
        let x: Vec<f64> = (0..36).map(f64::from).collect();
        let rows: Vec<usize> = (0..36).collect();
        assert_eq!(bins(&rows, &x).iter().map(|bin| bin.len()).collect::<Vec<_>>(), [9, 9, 9, 9]);
        let x: Vec<f64> = (0..36).map(|row| f64::from(row / 12)).collect();
        assert_eq!(bins(&rows, &x).iter().map(|bin| bin.len()).collect::<Vec<_>>(), [12, 12, 12]);
    }
}
