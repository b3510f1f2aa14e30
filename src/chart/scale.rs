//! From values to places along an axis, 0 at its start and 1 at its end.

use crate::stats::{log10, pow};

use super::{
    error::ChartError,
    figure::{Axis, LogWish, Marks},
    ticks::{self, Tick},
};

/// How values lie along an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    Linear {
        low: f64,
        high: f64,
    },
    /// `low` and `high` are powers of ten.
    Log {
        low: f64,
        high: f64,
    },
    /// Logarithmic with 0, which no logarithm reaches, at a place of its own before a break in the axis.
    Broken {
        zero: f64,
        start: f64,
        low: f64,
        high: f64,
    },
    Words(Vec<String>),
}

/// Room before the first and after the last level of a line, as a share of the axis.
const MARGIN: f64 = 0.035;

impl Scale {
    /// The scale of an axis that lines are drawn against; `values` are all that it must hold.
    pub fn of_lines(axis: &Axis, values: &[f64], which: &'static str) -> Result<Scale, ChartError> {
        let (low, high) = range(values);
        match &axis.marks {
            Marks::Words(_) if axis.log == LogWish::Yes => Err(refuse(axis, which, "its levels are words".into())),
            Marks::Words(words) => Ok(Scale::Words(words.clone())),
            Marks::Levels(levels) if logarithmic(axis, levels, which)? => {
                let positive = if levels[0] == 0.0 { &levels[1..] } else { &levels[..] };
                let span = log10(positive[positive.len() - 1]) - log10(positive[0]);
                let span = if span > 0.0 { span } else { 1.0 };
                let (low, high) = (log10(positive[0]), log10(positive[0]) + span);
                if levels[0] == 0.0 {
                    return Ok(Scale::Broken { zero: MARGIN, start: 0.2, low, high: high + MARGIN * span });
                }
                Ok(Scale::Log { low: low - MARGIN * span, high: high + MARGIN * span })
            }
            Marks::Levels(_) => Ok(widened(low, high, MARGIN)),
            Marks::Range if axis.log == LogWish::Yes => {
                let (low, high) = range(&values.iter().copied().filter(|v| *v > 0.0).collect::<Vec<_>>());
                if low > high {
                    return Err(refuse(axis, which, "it has no value above 0".into()));
                }
                let (low, high) = (log10(low), log10(high));
                let room = MARGIN * (high - low).max(0.3);
                Ok(Scale::Log {
                    low: low - room,
                    high: if axis.share { high.min(0.0) + room / 2.0 } else { high + room },
                })
            }
            Marks::Range => Ok(widened(low, high, 0.03)),
        }
    }

    /// The scale of a measure: from 0 where that is natural, up to 1 when shares come near it, and `room` beyond both
    /// ends so that points there are clear of the frame.
    pub fn of_measure(axis: &Axis, values: &[f64], room: f64, which: &'static str) -> Result<Scale, ChartError> {
        if axis.log == LogWish::Yes || axis.marks != Marks::Range {
            return Scale::of_lines(axis, values, which);
        }
        let (mut low, mut high) = range(values);
        if axis.share && high > 0.4 {
            return Ok(Scale::Linear { low: -room, high: 1.0 + room });
        }
        if low > 0.0 && low < 0.6 * high {
            low = 0.0;
        }
        if high <= low {
            // One value only: between it and 0.
            (low, high) = if low > 0.0 { (0.0, low) } else { (low, if low < 0.0 { 0.0 } else { 1.0 }) };
        }
        let step = ticks::step(high - low, 5) / 2.0;
        let (low, high) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        Ok(Scale::Linear { low: low - room * (high - low), high: high + room * (high - low) })
    }

    /// The scale of the colours of differences: as far below 0 as above.
    pub fn around_zero(values: &[f64]) -> Scale {
        let (low, high) = range(values);
        let most = low.abs().max(high.abs());
        let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
        let step = ticks::step(2.0 * most, 5) / 2.0;
        let end = (most / step - 1e-9).ceil() * step;
        Scale::Linear { low: -end, high: end }
    }

    /// The scale of one side of a heat map: every level has a cell, and the cells fill the axis.
    pub fn of_cells(axis: &Axis, which: &'static str) -> Result<Scale, ChartError> {
        let Marks::Levels(levels) = &axis.marks else { return Err(refuse(axis, which, "it has no levels".into())) };
        let log = logarithmic(axis, levels, which)?;
        let positive = if log && levels[0] == 0.0 { &levels[1..] } else { &levels[..] };
        let moved: Vec<f64> = positive.iter().map(|&v| if log { log10(v) } else { v }).collect();
        let n = moved.len();
        let gap = |a: usize, b: usize| if n > 1 { (moved[b] - moved[a]) / 2.0 } else { 0.5 };
        let (low, high) = (moved[0] - gap(0, 1), moved[n - 1] + gap(n.max(2) - 2, n - 1));
        Ok(match (log, positive.len() < levels.len()) {
            (false, _) => Scale::Linear { low, high },
            (true, false) => Scale::Log { low, high },
            (true, true) => {
                let cell = 1.0 / (n as f64 + 1.4);
                Scale::Broken { zero: cell / 2.0, start: 1.4 * cell, low, high }
            }
        })
    }

    /// Where a value lies; none for what is missing or off a logarithmic axis.
    pub fn place(&self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        let along = |low: f64, high: f64, value: f64| (value - low) / (high - low);
        match self {
            Scale::Linear { low, high } => Some(along(*low, *high, value)),
            Scale::Log { low, high } => (value > 0.0).then(|| along(*low, *high, log10(value))),
            Scale::Broken { zero, .. } if value == 0.0 => Some(*zero),
            Scale::Broken { start, low, high, .. } => {
                (value > 0.0).then(|| start + (1.0 - start) * along(*low, *high, log10(value)))
            }
            Scale::Words(words) => Some((value + 0.5) / words.len() as f64),
        }
    }

    /// Where the cells of ascending `levels` begin and end.
    pub fn cells(&self, levels: &[f64]) -> Vec<(f64, f64)> {
        let places: Vec<f64> = levels.iter().map(|&level| self.place(level).unwrap_or(0.0)).collect();
        let n = places.len();
        let first = match self {
            Scale::Broken { .. } if levels[0] == 0.0 => 1,
            _ => 0,
        };
        let start = if let Scale::Broken { start, .. } = self { *start } else { 0.0 };
        (0..n)
            .map(|i| match (self, i) {
                (Scale::Broken { zero, .. }, 0) if first == 1 => (0.0, 2.0 * zero),
                _ => {
                    let low = if i == first { start } else { (places[i - 1] + places[i]) / 2.0 };
                    let high = if i + 1 == n { 1.0 } else { (places[i] + places[i + 1]) / 2.0 };
                    (low, high)
                }
            })
            .collect()
    }

    /// Where a point of a continuous curve lies: none before the break of an axis, where only 0 has a place.
    pub fn place_of_curve(&self, value: f64) -> Option<f64> {
        let place = self.place(value)?;
        self.gap().is_none_or(|gap| place > gap).then_some(place)
    }

    /// Where the axis is interrupted.
    pub fn gap(&self) -> Option<f64> {
        match self {
            Scale::Broken { zero, start, .. } => Some(if *zero < MARGIN + 1e-9 { 0.115 } else { zero + start / 2.0 }),
            _ => None,
        }
    }

    /// The marks of the axis: at most about `wanted` labels, and at the levels themselves when these are few.
    pub fn ticks(&self, marks: &Marks, wanted: usize) -> Vec<Tick> {
        match self {
            Scale::Linear { low, high } => {
                let round = ticks::linear(*low, *high, wanted);
                match marks {
                    Marks::Levels(levels) if self.can_be_marks(levels, wanted) => ticks::at(levels),
                    _ => round,
                }
            }
            Scale::Log { low, high } => ticks::logarithmic(pow(10.0, *low), pow(10.0, *high), wanted),
            Scale::Broken { low, high, .. } => {
                let zero = Tick { value: 0.0, label: "0".into() };
                let mut all = vec![zero];
                all.extend(ticks::logarithmic(pow(10.0, *low), pow(10.0, *high), wanted.max(3) - 1));
                all
            }
            Scale::Words(words) => {
                let tick = |(place, word): (usize, &String)| Tick { value: place as f64, label: word.clone() };
                words.iter().enumerate().map(tick).collect()
            }
        }
    }

    /// The marks of a side of a heat map: at most `most` in the middle of cells where the levels are round or the axis is
    /// logarithmic; else about `wanted` round numbers.
    pub fn cell_ticks(&self, marks: &Marks, most: usize, wanted: usize) -> Vec<Tick> {
        let Marks::Levels(levels) = marks else { return self.ticks(marks, wanted) };
        if matches!(self, Scale::Linear { .. }) {
            return self.ticks(marks, if self.can_be_marks(levels, most) { most } else { wanted });
        }
        let every = levels.len().div_ceil(most.max(1));
        let last = levels.len() - 1;
        let label = |place: usize| {
            if (last - place).is_multiple_of(every) { ticks::short(levels[place]) } else { String::new() }
        };
        levels.iter().enumerate().map(|(place, &value)| Tick { value, label: label(place) }).collect()
    }

    /// Whether levels are few and round, and neighbours have room for a label each.
    fn can_be_marks(&self, levels: &[f64], wanted: usize) -> bool {
        let places: Vec<f64> = levels.iter().filter_map(|&level| self.place(level)).collect();
        levels.len() <= wanted
            && levels.iter().copied().all(ticks::is_round)
            && places.windows(2).all(|pair| pair[1] - pair[0] > 0.75 / wanted as f64)
    }
}

/// Whether the levels of an axis call for logarithms: asked for, or (nearly) geometric over two decades or more.
fn logarithmic(axis: &Axis, levels: &[f64], which: &'static str) -> Result<bool, ChartError> {
    let positive: Vec<f64> = levels.iter().copied().filter(|level| *level > 0.0).collect();
    if axis.log == LogWish::Yes {
        if let Some(negative) = levels.iter().find(|level| **level < 0.0) {
            return Err(refuse(axis, which, format!("it has the level {negative}")));
        }
        return if positive.is_empty() { Err(refuse(axis, which, "it has no level above 0".into())) } else { Ok(true) };
    }
    if axis.log == LogWish::No || levels.iter().any(|level| *level < 0.0) || positive.len() < 3 {
        return Ok(false);
    }
    let gaps: Vec<f64> = positive.windows(2).map(|pair| log10(pair[1] / pair[0])).collect();
    let (least, most) = range(&gaps);
    Ok(positive[positive.len() - 1] >= 99.9 * positive[0] && most <= 3.5 * least)
}

fn refuse(axis: &Axis, which: &'static str, why: String) -> ChartError {
    ChartError::LogAxis { axis: which, name: axis.title.clone(), why }
}

/// The smallest and the largest finite value; (infinity, -infinity) of nothing.
pub fn range(values: &[f64]) -> (f64, f64) {
    values
        .iter()
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)))
}

fn widened(low: f64, high: f64, share: f64) -> Scale {
    if low > high {
        return Scale::Linear { low: 0.0, high: 1.0 };
    }
    let room = if high > low { (high - low) * share } else { 0.5 };
    Scale::Linear { low: low - room, high: high + room }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(levels: &[f64], log: LogWish) -> Axis {
        Axis { title: "p".into(), marks: Marks::Levels(levels.to_vec()), log, share: false }
    }

    fn scale(levels: &[f64]) -> Scale {
        Scale::of_lines(&axis(levels, LogWish::Auto), levels, "x").unwrap()
    }

    #[test]
    fn an_axis_is_logarithmic_where_its_levels_are() {
        assert!(matches!(scale(&[0.001, 0.01, 0.1, 1.0]), Scale::Log { .. }));
        assert!(matches!(scale(&[0.0, 0.01, 0.1, 0.3, 1.0]), Scale::Broken { .. }));
        assert!(matches!(scale(&[1.0, 2.0, 4.0, 8.0]), Scale::Linear { .. }), "less than two decades");
        assert!(matches!(scale(&[1.0, 50.0, 100.0]), Scale::Linear { .. }), "far from geometric");
        assert!(matches!(scale(&[-1.0, 0.01, 0.1, 1.0]), Scale::Linear { .. }), "a negative level");
    }

    #[test]
    fn zero_has_a_place_before_the_break() {
        let scale = scale(&[0.0, 0.01, 0.1, 1.0]);
        let places: Vec<f64> = [0.0, 0.01, 0.1, 1.0].map(|level| scale.place(level).unwrap()).into();
        assert!(places[0] < scale.gap().unwrap() && scale.gap().unwrap() < places[1]);
        assert!((places[2] - places[1] - (places[3] - places[2])).abs() < 1e-12, "decades are equally wide");
        assert_eq!(scale.ticks(&Marks::Range, 6)[0].label, "0");
        assert_eq!((scale.place_of_curve(0.0), scale.place_of_curve(1e-9)), (None, None));
        assert_eq!(scale.place_of_curve(0.1), scale.place(0.1));
    }

    #[test]
    fn cells_fill_the_axis_without_overlap() {
        for levels in [vec![0.0, 0.01, 0.1, 1.0], vec![1.0, 2.0, 3.0, 7.0], vec![0.001, 0.01, 0.1]] {
            let scale = Scale::of_cells(&axis(&levels, LogWish::Auto), "x").unwrap();
            let cells = scale.cells(&levels);
            assert!(cells[0].0.abs() < 1e-9 && (cells[levels.len() - 1].1 - 1.0).abs() < 1e-9, "{cells:?}");
            assert!(cells.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{cells:?}");
            for (cell, level) in cells.iter().zip(&levels) {
                let place = scale.place(*level).unwrap();
                assert!(cell.0 < place && place < cell.1, "{cells:?} {level}");
            }
        }
    }

    #[test]
    fn a_logarithm_of_what_has_none_is_refused() {
        let refused = Scale::of_lines(&axis(&[-1.0, 1.0], LogWish::Yes), &[], "x").unwrap_err().to_string();
        assert_eq!(refused, "the x axis (p) cannot be logarithmic: it has the level -1");
        let words = Axis { marks: Marks::Words(vec!["a".into()]), ..axis(&[], LogWish::Yes) };
        assert!(Scale::of_lines(&words, &[], "x").unwrap_err().to_string().contains("its levels are words"));
    }
}
