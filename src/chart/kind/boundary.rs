//! `boundary(y, size, phi) ~ x | series / panel`: where along phi the share of large cascades passes one half.

use super::{log_wish, panels, varied, with_series};
use crate::chart::{
    error::ChartError,
    factor::Factor,
    figure::{Axis, Figure, Line, Marks, Numbers, Point, Shape},
    formula::Measure,
    notes,
    study::{CONFIDENCE, Groups, Study},
};
use crate::stats::wilson;

/// The share of runs at which the boundary lies where nobody said so.
const HALF: f64 = 0.5;

pub fn figure(study: &Study) -> Result<Figure, ChartError> {
    let Measure::Boundary { above, along, .. } = &study.formula.y else {
        unreachable!("boundaries alone are drawn here");
    };
    let level = study.request.level.unwrap_or(HALF);
    let x = Factor::new(&study.formula.x[0], study.data.runs, study.data)?;
    let other = Factor::new(along, study.data.runs, study.data)?;
    for (factor, role) in [(&x, "the x of a boundary"), (&other, "what a boundary is looked for along")] {
        if !study.is_parameter(&factor.name) {
            return Err(study.not_swept(&factor.name, role));
        }
        varied(factor)?;
    }
    let Some(places) = &other.numbers else {
        let (name, level) = (along.clone(), other.texts[0].clone());
        let instead = format!("global({}, {above}) ~ {along} | {}", study.formula.y.column(), x.name);
        return Err(ChartError::NotNumeric { name, level, instead });
    };
    let (y, _) = study.y()?;
    let (panel, series) = study.panels_and_series()?;
    let groups = Groups::new(study, y, &[&panel, &series, &x, &other]);
    let (order, up) = (x.ascending(), other.ascending());

    let mut panels = panels(study, &panel);
    let mut numbers = Numbers::new(&[&panel, &series, &x], &["crossing", along, "low", "high", "runs"]);
    let (mut without, mut twice, mut extent) = (0, 0, (f64::INFINITY, f64::NEG_INFINITY));
    for (p, drawn) in panels.iter_mut().enumerate() {
        for s in 0..series.levels() {
            let mut lines: Vec<Vec<Point>> = Vec::new();
            for (place, &column) in order.iter().enumerate() {
                let shares: Vec<Share> = up
                    .iter()
                    .filter_map(|&row| Share::of(places[row], &groups.at(&[p, s, column, row]).values, *above))
                    .collect();
                if shares.is_empty() {
                    continue;
                }
                extent = shares.iter().fold(extent, |(low, high), share| (low.min(share.share), high.max(share.share)));
                let found = crossings(&shares, level);
                without += usize::from(found.is_empty());
                twice += usize::from(found.len() > 1);
                let at = x.numbers.as_ref().map_or(place as f64, |numbers| numbers[column]);
                let runs: usize = up.iter().map(|&row| groups.at(&[p, s, column, row]).values.len()).sum();
                lines.resize(lines.len().max(found.len()), Vec::new());
                for (nth, line) in lines.iter_mut().enumerate() {
                    let [y, low, high] = found.get(nth).copied().unwrap_or([f64::NAN; 3]);
                    line.push(Point { x: at, y, low, high });
                }
                for (nth, [y, low, high]) in found.into_iter().enumerate() {
                    numbers.row(&[p, s, column], &[(nth + 1) as f64, y, low, high, runs as f64]);
                }
            }
            let shape = if x.numbers.is_some() { Shape::Marked } else { Shape::Apart };
            drawn.lines.extend(lines.into_iter().map(|points| Line { series: s, shape, points, dots: Vec::new() }));
        }
    }
    if panels.iter().all(|panel| panel.lines.is_empty()) {
        let (measure, along) = (study.formula.y.to_string(), along.clone());
        return Err(ChartError::NoCrossing { measure, level, along, low: extent.0, high: extent.1 });
    }

    let mut notes = vec![
        format!("where the share of runs above {above} passes {level}"),
        "bands: where its 95% Wilson interval holds that share".to_string(),
    ];
    notes.extend(notes::runs(study, groups.all(), "cell"));
    for (count, what) in [(without, "no crossing"), (twice, "several crossings")] {
        if count > 0 {
            notes.push(format!("{what} at {count} of {}", order.len() * panels.len() * series.levels()));
        }
    }
    notes.extend(notes::pooled(study));
    let marks = match &x.numbers {
        Some(numbers) => Marks::Levels(order.iter().map(|&level| numbers[level]).collect()),
        None => Marks::Words((0..x.levels()).map(|level| x.label(level)).collect()),
    };
    let figure = Figure {
        panels,
        x: Axis { title: study.title(&x.name), marks, log: log_wish(study, 'x')?, share: false },
        y: Axis { title: study.y_title(), log: log_wish(study, 'y')?, ..Axis::default() },
        compared: Some([along.clone(), "low".into(), "high".into()]),
        notes,
        numbers: numbers.table(),
        ..Figure::default()
    };
    Ok(with_series(study, figure, &series))
}

/// The share of large cascades at one place, with its Wilson interval.
#[derive(Clone, Copy, Debug)]
struct Share {
    at: f64,
    share: f64,
    low: f64,
    high: f64,
}

impl Share {
    fn of(at: f64, values: &[f64], above: f64) -> Option<Share> {
        let large = values.iter().filter(|value| **value > above).count();
        let interval = wilson(large as u64, values.len() as u64, CONFIDENCE);
        let share = large as f64 / values.len() as f64;
        (!values.is_empty()).then_some(Share { at, share, low: interval.low, high: interval.high })
    }
}

/// Every place where the share, joined by straight lines, passes the level, with the stretch around it in which the interval,
/// joined in the same way, holds the level.
fn crossings(shares: &[Share], level: f64) -> Vec<[f64; 3]> {
    let between = |a: f64, b: f64, from: &Share, to: &Share| from.at + (level - a) / (b - a) * (to.at - from.at);
    let holds = |share: &Share| share.low <= level && level <= share.high;
    // Where, on the way from a place that holds the level to one that does not, it is lost.
    let lost = |from: &Share, to: &Share| {
        if to.low > level { between(from.low, to.low, from, to) } else { between(from.high, to.high, from, to) }
    };
    let mut found = Vec::new();
    for i in 1..shares.len() {
        let (a, b) = (&shares[i - 1], &shares[i]);
        if (a.share >= level) == (b.share >= level) {
            continue;
        }
        // Outwards from the crossing, on either side, as long as the level is held; between two places that do not hold it
        // the ends of the interval pass the level on the way.
        let inwards = |end: &Share, other: &Share| {
            if end.low > level {
                between(other.low, end.low, other, end)
            } else {
                between(other.high, end.high, other, end)
            }
        };
        let low = match (0..i).rev().find(|&place| !holds(&shares[place])) {
            Some(place) if place + 1 == i => inwards(a, b),
            Some(place) => lost(&shares[place + 1], &shares[place]),
            None => shares[0].at,
        };
        let high = match (i..shares.len()).find(|&place| !holds(&shares[place])) {
            Some(place) if place == i => inwards(b, a),
            Some(place) => lost(&shares[place - 1], &shares[place]),
            None => shares[shares.len() - 1].at,
        };
        found.push([between(a.share, b.share, a, b), low, high]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(list: &[(f64, u64)], n: u64) -> Vec<Share> {
        let share = |&(at, large): &(f64, u64)| {
            let interval = wilson(large, n, CONFIDENCE);
            Share { at, share: large as f64 / n as f64, low: interval.low, high: interval.high }
        };
        list.iter().map(share).collect()
    }

    #[test]
    fn a_sharp_transition_is_known_to_a_part_of_a_step() {
        let [[at, low, high]] = crossings(&shares(&[(0.1, 100), (0.2, 100), (0.3, 0), (0.4, 0)], 100), 0.5)[..] else {
            panic!("one crossing")
        };
        assert!((at - 0.25).abs() < 1e-12 && low > 0.24 && low < at && at < high && high < 0.26, "{low} {high}");
    }

    #[test]
    fn a_gentle_one_has_a_band_as_wide_as_its_runs_are_few() {
        let list = |n: u64| shares(&[(0.0, 0), (1.0, n / 4), (2.0, n / 2), (3.0, 3 * n / 4), (4.0, n)], n);
        let width = |n| crossings(&list(n), 0.5).iter().map(|found| found[2] - found[1]).sum::<f64>();
        assert_eq!(crossings(&list(40), 0.5)[0][0], 2.0);
        assert!(width(8) > width(40) && width(40) > width(400) && width(400) < 0.5);
    }

    #[test]
    fn a_window_is_passed_twice() {
        let found = crossings(&shares(&[(1.0, 0), (2.0, 20), (3.0, 20), (4.0, 0)], 20), 0.5);
        assert_eq!(found.iter().map(|found| found[0]).collect::<Vec<_>>(), [1.5, 3.5]);
        assert!(crossings(&shares(&[(1.0, 0), (2.0, 3)], 20), 0.5).is_empty());
    }
}
