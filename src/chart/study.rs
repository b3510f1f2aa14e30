//! The finished runs that a figure is about, sorted into the points of the figure.

use crate::stats::{Interval, mean, t_interval, wilson};
use crate::table::Values;

use super::{
    Data, Request,
    error::ChartError,
    factor::Factor,
    formula::{Formula, Measure},
    names,
};

/// The confidence of every interval in a figure.
pub const CONFIDENCE: f64 = 0.95;

/// A formula and the runs it speaks of.
pub struct Study<'a> {
    pub request: &'a Request,
    pub data: &'a Data<'a>,
    pub formula: &'a Formula,
    /// The rows of the runs that finished, and of those that did not.
    pub done: Vec<usize>,
    pub failed: Vec<usize>,
}

impl<'a> Study<'a> {
    pub fn new(request: &'a Request, data: &'a Data<'a>, formula: &'a Formula) -> Result<Study<'a>, ChartError> {
        let is_done = |row: usize| match data.runs.column("status") {
            Some(Values::Text(status)) => &*status[row] == "done",
            _ => true,
        };
        let (done, failed): (Vec<usize>, Vec<usize>) = (0..data.runs.rows()).partition(|&row| is_done(row));
        if done.is_empty() {
            return Err(ChartError::NoFinishedRun { failed: failed.len() });
        }
        Ok(Study { request, data, formula, done, failed })
    }

    /// The column of y, and whether all of its values are shares of something.
    pub fn y(&self) -> Result<(&'a [f64], bool), ChartError> {
        let column = self.formula.y.column();
        let y = names::numbers(column, "the y of a chart", self.data)?;
        let mut values = self.done.iter().map(|&row| y[row]).filter(|value| value.is_finite()).peekable();
        if values.peek().is_none() {
            return Err(ChartError::AllMissing { measure: column.into(), runs: self.done.len() });
        }
        Ok((y, values.all(|value| (0.0..=1.0).contains(&value))))
    }

    /// The factor of the panels and that of the series.
    pub fn panels_and_series(&self) -> Result<(Factor, Factor), ChartError> {
        let panel = Factor::optional(&self.formula.panel, self.data.runs, self.data)?;
        let series = Factor::optional(&self.formula.series, self.data.runs, self.data)?;
        for (factor, role, most) in [(&panel, "panels", 24), (&series, "series", 48)] {
            if factor.levels() > most {
                let (name, levels) = (factor.name.clone(), factor.levels());
                return Err(ChartError::ManyLevels { name, levels, most, role });
            }
            let swept = self.is_parameter(&factor.name) || factor.name == "replicate" || factor.numbers.is_none();
            if !swept {
                return Err(self.not_swept(&factor.name, role));
            }
        }
        Ok((panel, series))
    }

    pub fn is_parameter(&self, name: &str) -> bool {
        self.data.parameters.iter().any(|parameter| parameter.name == name)
    }

    /// A parameter that takes another value in nearly every run was sampled: joining its values by a line, or giving each
    /// a cell, would say nothing.
    pub fn is_sampled(&self, factor: &Factor) -> bool {
        factor.numbers.is_some() && factor.levels() > 20 && self.done.len() < 3 * factor.levels()
    }

    pub fn not_swept(&self, name: &str, role: &'static str) -> ChartError {
        let parameters = self.data.parameters.iter().map(|parameter| parameter.name.clone()).collect();
        ChartError::NotSwept { name: name.into(), role, parameters }
    }

    pub fn title(&self, column: &str) -> String {
        names::title(column, self.data, &self.request.titles)
    }

    pub fn y_title(&self) -> String {
        names::measure_title(&self.formula.y, self.data, &self.request.titles)
    }
}

/// The runs of one point.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub values: Vec<f64>,
    /// Finished runs in which y has no value, as a half that was never reached.
    pub missing: usize,
    pub failed: usize,
}

/// Runs sorted by the levels of factors; the last factor changes fastest.
pub struct Groups {
    sizes: Vec<usize>,
    groups: Vec<Group>,
}

impl Groups {
    pub fn new(study: &Study, y: &[f64], factors: &[&Factor]) -> Groups {
        let sizes: Vec<usize> = factors.iter().map(|factor| factor.levels()).collect();
        let mut groups = vec![Group::default(); sizes.iter().product()];
        let place = |row: usize| factors.iter().fold(0, |place, f| place * f.levels() + f.of_row[row]);
        for &row in &study.done {
            let group = &mut groups[place(row)];
            if y[row].is_finite() { group.values.push(y[row]) } else { group.missing += 1 }
        }
        for &row in &study.failed {
            groups[place(row)].failed += 1;
        }
        Groups { sizes, groups }
    }

    pub fn at(&self, levels: &[usize]) -> &Group {
        let place = self.sizes.iter().zip(levels).fold(0, |place, (size, level)| place * size + level);
        &self.groups[place]
    }

    pub fn all(&self) -> &[Group] {
        &self.groups
    }
}

/// A measure over the runs of one point. NaN where there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Estimate {
    /// `share`: the whole column lies between 0 and 1, and so does the interval.
    pub fn of(measure: &Measure, values: &[f64], share: bool) -> Estimate {
        match measure {
            Measure::Global(_, above) if !values.is_empty() => {
                let global = values.iter().filter(|value| *value > above).count();
                let Interval { low, high } = wilson(global as u64, values.len() as u64, CONFIDENCE);
                Estimate { value: global as f64 / values.len() as f64, low, high }
            }
            Measure::Given(_, above) => {
                let global: Vec<f64> = values.iter().copied().filter(|value| value > above).collect();
                Estimate::mean(&global, share)
            }
            _ => Estimate::mean(values, share),
        }
    }

    fn mean(values: &[f64], share: bool) -> Estimate {
        if values.is_empty() {
            return Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
        }
        let interval = t_interval(values, CONFIDENCE);
        // The comparison keeps a missing end missing, as f64::max would not.
        let low = if share && interval.low < 0.0 { 0.0 } else { interval.low };
        let high = if share && interval.high > 1.0 { 1.0 } else { interval.high };
        Estimate { value: mean(values), low, high }
    }
}
