//! `ccdf(y) | series / panel`: the share of runs that are at least as large as each size.

use super::{log_wish, panels, with_series};
use crate::chart::{
    error::ChartError,
    figure::{Axis, Figure, Line, LogWish, Marks, Numbers, Point, Shape},
    names, notes,
    study::{Groups, Study},
};

pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    let (y, _) = study.y()?;
    let (panel, series) = study.panels_and_series()?;
    let groups = Groups::new(study, y, &[&panel, &series]);
    let column = study.formula.y.column();

    let mut panels = panels(study, &panel);
    let mut numbers = Numbers::new(&[&panel, &series], &[column, "share", "runs", "of"]);
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mut sorted = groups.at(&[p, s]).values.clone();
            sorted.sort_by(f64::total_cmp);
            let all = sorted.len();
            let mut points = Vec::new();
            for (place, &size) in sorted.iter().enumerate() {
                if place > 0 && sorted[place - 1] == size {
                    continue;
                }
                let at_least = (all - place) as f64;
                let share = at_least / all as f64;
                points.push(Point { x: size, y: share, low: f64::NAN, high: f64::NAN });
                numbers.row(&[p, s], &[size, share, at_least, all as f64]);
            }
            drawn.lines.push(Line { series: s, shape: Shape::Steps, points, dots: Vec::new() });
        }
    }

    let points = || panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| &line.points);
    let spans = spans_decades(points().map(|point| point.x));
    let wish = |axis| match log_wish(study, axis)? {
        LogWish::Auto if spans => Ok(LogWish::Yes),
        LogWish::Auto => Ok(LogWish::No),
        asked => Ok::<_, ChartError>(asked),
    };
    let (across, up) = (wish('x')?, wish('y')?);
    let mut notes = notes::runs(study, groups.all(), "line");
    let at_zero = groups.all().iter().flat_map(|group| &group.values).filter(|size| **size <= 0.0).count();
    if across == LogWish::Yes && at_zero > 0 {
        let runs =
            if at_zero == 1 { "1 run of size 0 counts".into() } else { format!("{at_zero} runs of size 0 count") };
        notes.push(format!("{runs} but cannot be shown"));
    }
    let torn = groups.all().iter().filter(|group| notes::is_torn(group, notes::reach(groups.all()))).count();
    if torn > 0 {
        notes.push("flat stretches: no runs of those sizes, between two kinds".into());
    }
    notes.extend(notes::pooled(study));
    let figure = Figure {
        x: Axis { title: names::title(column, study.data, &study.request.titles), log: across, ..Axis::default() },
        y: Axis { title: study.y_title(), log: up, share: true, marks: Marks::Range },
        panels,
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// Whether the positive values differ by two orders of magnitude: then a linear axis would show the largest only.
fn spans_decades(values: impl Iterator<Item = f64>) -> bool {
    let (low, high) = values
        .filter(|value| *value > 0.0)
        .fold((f64::INFINITY, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
    high >= 100.0 * low
}
