//! `y ~ parameter | series / panel`: lines with interval bands over numeric levels, markers with bars over words.

use super::{interval_words, log_wish, panels, varied, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Figure, Line, Marks, Numbers, Point, Shape},
    formula::Measure,
    notes::{self, GLOBAL},
    study::{Estimate, Group, Groups, Study},
};

pub fn figure(study: &Study, x: Factor) -> Result<Figure, ChartError> {
    varied(&x)?;
    let (y, share) = study.y()?;
    let (panel, series) = study.panels_and_series()?;
    let groups = Groups::new(study, y, &[&panel, &series, &x]);
    let order = x.ascending();
    let measure = &study.formula.y;

    let (scale, mut has_dots) = (notes::reach(groups.all()), false);
    let mut panels = panels(study, &panel);
    let besides = share && matches!(measure, Measure::Mean(_));
    let columns = columns(measure, besides);
    let mut numbers = Numbers::new(&[&panel, &series, &x], &columns.iter().map(String::as_str).collect::<Vec<_>>());
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mut points = Vec::with_capacity(order.len());
            let mut dots = Vec::new();
            for (place, &level) in order.iter().enumerate() {
                let group = groups.at(&[p, s, level]);
                if group.values.len() + group.missing + group.failed == 0 {
                    continue;
                }
                let estimate = Estimate::of(measure, &group.values, share);
                let at = x.numbers.as_ref().map_or(place as f64, |numbers| numbers[level]);
                points.push(Point { x: at, y: estimate.value, low: estimate.low, high: estimate.high });
                // A mean that hides two kinds of runs shows both.
                if matches!(measure, Measure::Mean(_)) && notes::is_torn(group, scale) {
                    dots.extend(group.values.iter().map(|&value| (at, value)));
                }
                numbers.row(&[p, s, level], &row(measure, group, estimate, besides));
            }
            let shape = if x.numbers.is_some() { Shape::Marked } else { Shape::Apart };
            has_dots |= !dots.is_empty();
            drawn.lines.push(Line { series: s, shape, points, dots });
        }
    }
    if panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| &line.points).all(|point| point.y.is_nan()) {
        return Err(ChartError::AllMissing { measure: measure.to_string(), runs: study.done.len() });
    }

    let drawn = if x.numbers.is_some() { "bands" } else { "bars" };
    let mut notes = Vec::new();
    if panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| &line.points).any(|point| point.low.is_finite()) {
        notes.push(interval_words(measure, drawn));
    }
    notes.extend(notes::runs(study, groups.all(), "point"));
    notes.extend(notes::pooled(study));
    notes.extend(notes::hidden_kinds(measure, groups.all(), share, scale));
    if has_dots {
        notes.push("dots: their single runs".into());
    }
    let marks = match &x.numbers {
        Some(numbers) => Marks::Levels(order.iter().map(|&level| numbers[level]).collect()),
        None => Marks::Words((0..x.levels()).map(|level| x.label(level)).collect()),
    };
    let share = share || matches!(measure, Measure::Global(..));
    let figure = Figure {
        panels,
        x: Axis { title: study.title(&x.name), marks, log: log_wish(study, 'x')?, share: false },
        y: Axis { title: study.y_title(), marks: Marks::Range, log: log_wish(study, 'y')?, share },
        compared: Some(compared(measure)),
        difference: study.is_difference(),
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// Which of the columns are the measure and its interval.
pub fn compared(measure: &Measure) -> [String; 3] {
    let names = columns(measure, false);
    [names[0].clone(), names[1].clone(), names[2].clone()]
}

/// The numbers of a point: the measure with its interval, how many runs it rests on; beside a mean of shares also how
/// many cascades were global and how large those were, because cascades are all or nothing.
pub fn columns(measure: &Measure, besides: bool) -> Vec<String> {
    let column = measure.column();
    let mut names: Vec<String> = match measure {
        Measure::Mean(_) => ["mean", "low", "high"].map(|what| format!("{column}.{what}")).into(),
        _ => vec![measure.to_string(), "low".into(), "high".into()],
    };
    names.extend(["runs", "missing", "failed"].map(String::from));
    if besides {
        names.extend(["global", "given"].map(|what| format!("{what}({column}, {GLOBAL})")));
    }
    names
}

/// The values of one row of [`columns`].
pub fn row(measure: &Measure, group: &Group, estimate: Estimate, besides: bool) -> Vec<f64> {
    let mut row = vec![estimate.value, estimate.low, estimate.high];
    row.extend([group.values.len(), group.missing, group.failed].map(|count| count as f64));
    if besides {
        let column = || measure.column().to_string();
        for measure in [Measure::Global(column(), GLOBAL), Measure::Given(column(), GLOBAL)] {
            let beside = Estimate::of(&measure, &group.values, true).value;
            row.push(beside);
        }
    }
    row
}
