//! The finished runs that a figure is about, sorted into the points of the figure.

use std::collections::BTreeMap;

use crate::stats::{Interval, mean, t_interval, wilson};
use crate::table::{Values, nearest};

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
    /// The rows of the runs that finished, and of those that did not. Of pairs, the rows of their first.
    pub done: Vec<usize>,
    pub failed: Vec<usize>,
    /// What is drawn upwards, for every row of the runs.
    y: Vec<f64>,
}

impl<'a> Study<'a> {
    pub fn new(request: &'a Request, data: &'a Data<'a>, formula: &'a Formula) -> Result<Study<'a>, ChartError> {
        let is_done = |row: usize| match data.runs.column("status") {
            Some(Values::Text(status)) => &*status[row] == "done",
            _ => true,
        };
        let (done, failed): (Vec<usize>, Vec<usize>) = (0..data.runs.rows()).partition(|&row| is_done(row));
        if done.is_empty() {
            return Err(ChartError::NoFinishedRun { failed: failed.len(), first: first_failure(data, &failed) });
        }
        let study = Study { request, data, formula, done, failed, y: Vec::new() };
        match &formula.y {
            Measure::Paired { column, by, first, second } => study.in_pairs(column, by, [first, second]),
            _ => Ok(study),
        }
    }

    /// The rows of one level of `by`, each with what its measure is more than that of its partner: the run of the other level
    /// that shares the replicate and all other parameters.
    fn in_pairs(self, column: &str, by: &str, levels: [&String; 2]) -> Result<Study<'a>, ChartError> {
        let values = names::numbers(column, "the y of a chart", self.data)?;
        let factor = Factor::new(by, self.data.runs, self.data)?;
        if !self.is_parameter(by) {
            return Err(self.not_swept(by, "a comparison in pairs"));
        }
        let place = |level: &String| {
            factor.level(level).ok_or_else(|| ChartError::UnknownLevel {
                name: by.into(),
                given: level.clone(),
                meant: nearest(level, factor.texts.iter().map(String::as_str)).map(String::from),
                known: factor.texts.clone(),
            })
        };
        let (first, second) = (place(levels[0])?, place(levels[1])?);
        let mut shared = Vec::new();
        for name in self.data.parameters.iter().map(|parameter| parameter.name.as_str()).chain(["replicate"]) {
            if name != by && self.data.runs.column(name).is_some() {
                shared.push(Factor::new(name, self.data.runs, self.data)?);
            }
        }
        let key = |row: usize| -> Vec<usize> { shared.iter().map(|factor| factor.of_row[row]).collect() };
        let partners: BTreeMap<Vec<usize>, usize> =
            (0..self.data.runs.rows()).filter(|&row| factor.of_row[row] == second).map(|row| (key(row), row)).collect();
        let mut pairs = Study { done: Vec::new(), failed: Vec::new(), y: vec![f64::NAN; values.len()], ..self };
        for row in (0..values.len()).filter(|&row| factor.of_row[row] == first) {
            let Some(&partner) = partners.get(&key(row)) else { continue };
            let finished = |row: usize| self.done.binary_search(&row).is_ok();
            if finished(row) && finished(partner) {
                pairs.done.push(row);
                pairs.y[row] = values[row] - values[partner];
            } else {
                pairs.failed.push(row);
            }
        }
        match pairs.done.is_empty() {
            true => Err(ChartError::NoPair { name: by.into(), levels: levels.map(String::clone) }),
            false => Ok(pairs),
        }
    }

    /// Whether y is a difference, to which 0 means none.
    pub fn is_difference(&self) -> bool {
        matches!(self.formula.y, Measure::Paired { .. })
    }

    /// The column of y, and whether all of its values are shares of something.
    pub fn y(&self) -> Result<(&[f64], bool), ChartError> {
        let column = self.formula.y.column();
        let y = match self.is_difference() {
            true => &self.y[..],
            false => names::numbers(column, "the y of a chart", self.data)?,
        };
        let mut values = self.done.iter().map(|&row| y[row]).filter(|value| value.is_finite()).peekable();
        if values.peek().is_none() {
            return Err(ChartError::AllMissing { measure: column.into(), runs: self.done.len() });
        }
        Ok((y, !self.is_difference() && values.all(|value| (0.0..=1.0).contains(&value))))
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

/// Why the first of the failed runs failed.
fn first_failure(data: &Data, failed: &[usize]) -> String {
    match (data.runs.column("error"), failed.first()) {
        (Some(Values::Text(why)), Some(&row)) if !why[row].is_empty() => why[row].to_string(),
        _ => String::new(),
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
