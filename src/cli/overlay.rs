//! Theory for a chart: what a named theory says over the axes, series and panels of a formula.

use anyhow::{Context as _, bail};

use crate::chart::{Formula, Measure, OverlayCurve, contour};
use crate::design::{Level, Parameter};
use crate::experiment::{Figure, Overlay, OverlayInput, Study};
use crate::table::nearest;
use crate::theory::{self, Outcome, Setting, Takes, Theory, degrees::Degrees};

/// Points of a curve, and places to either side of a heat map's field.
const POINTS: usize = 240;
const FIELD: usize = 60;
/// The share of runs at which a boundary lies, and a heat map's contour, where nobody said so.
const HALF: f64 = 0.5;

/// The degrees of the network of a combination of parameters (names and levels).
pub type DegreesOf<'a> = dyn Fn(&[(&str, &Level)]) -> anyhow::Result<Degrees> + 'a;

/// What theories need to know beside the study: the degrees of its networks, and how long its curves last.
pub struct Known<'a> {
    pub degrees: &'a DegreesOf<'a>,
    pub last_step: usize,
}

/// Whether the theories of a figure can be laid over it: everything but the numbers.
pub fn check(figure: &Figure, study: &Study) -> anyhow::Result<()> {
    let Ok(formula) = Formula::parse(&figure.formula) else { return Ok(()) };
    let known = Known { degrees: &|_| Ok(Degrees::regular(4.0)), last_step: 1 };
    for overlay in &figure.theories {
        Laid::new(overlay, figure, &formula, study, &known)?.one()?;
    }
    Ok(())
}

/// The curves of all theories of a figure.
pub fn curves(figure: &Figure, study: &Study, known: &Known) -> anyhow::Result<Vec<OverlayCurve>> {
    let formula = Formula::parse(&figure.formula)?;
    let mut curves = Vec::new();
    for overlay in &figure.theories {
        curves.extend(Laid::new(overlay, figure, &formula, study, known)?.curves()?);
    }
    Ok(curves)
}

/// A theory over a formula.
struct Laid<'a> {
    theory: &'static Theory,
    overlay: &'a Overlay,
    formula: &'a Formula,
    study: &'a Study,
    known: &'a Known<'a>,
    level: f64,
    log: Option<&'a str>,
}

/// The place of a point: names of parameters and their levels.
type At<'a> = Vec<(&'a str, Level)>;

/// One of the curves of a theory: the levels of series and panel that it is of, and as tables write them.
#[derive(Default)]
struct Line<'a> {
    at: At<'a>,
    series: Option<String>,
    panel: Option<String>,
}

impl<'a> Laid<'a> {
    fn new(
        overlay: &'a Overlay,
        figure: &'a Figure,
        formula: &'a Formula,
        study: &'a Study,
        known: &'a Known<'a>,
    ) -> anyhow::Result<Laid<'a>> {
        let theory = theory::named(&overlay.theory)?;
        for (name, _) in &overlay.inputs {
            theory.input(name)?;
        }
        if let Measure::Ccdf(_) | Measure::Response(_) | Measure::Paired { .. } = formula.y {
            bail!(
                "theory {} is laid over means, global(...), given(...) and boundary(...), not over {}",
                theory.name,
                formula.y
            );
        }
        let column = formula.y.column();
        if let Some(ending) = [".t50", ".thalf", ".peak"].iter().find(|ending| column.ends_with(**ending)) {
            bail!("theory {} speaks of shares at the end or over time, not of {ending}", theory.name);
        }
        let (level, log) = (figure.level.unwrap_or(HALF), figure.log.as_deref());
        Ok(Laid { theory, overlay, formula, study, known, level, log })
    }

    /// The parameter that an input takes its value from, if it is one.
    fn parameter_of(&self, input: &'a theory::Input) -> anyhow::Result<Option<&'a str>> {
        let parameter = |name: &str| self.parameter(name).is_some() || self.formula.x.iter().any(|x| x == name);
        match self.overlay.inputs.iter().find(|(name, _)| name == input.name).map(|(_, value)| value) {
            None => Ok(parameter(input.name).then_some(input.name)),
            Some(OverlayInput::Number(_)) => Ok(None),
            Some(OverlayInput::Levels(name, _)) if parameter(name) => Ok(Some(name)),
            Some(OverlayInput::Word(word)) if parameter(word) => Ok(Some(word)),
            Some(OverlayInput::Word(word)) if matches!(input.takes, Takes::Word(words) if words.contains(&word.as_str())) => {
                Ok(None)
            }
            Some(OverlayInput::Word(word) | OverlayInput::Levels(word, _)) => {
                let known: Vec<&str> = self.study.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                let meant =
                    nearest(word, known.iter().copied()).map_or(String::new(), |n| format!(" (did you mean \"{n}\"?)"));
                let or =
                    if let Takes::Word(_) = input.takes { format!(", nor {}", input.takes) } else { String::new() };
                bail!(
                    "theory {}: {} = \"{word}\" is no parameter{meant}{or}; the study has {}",
                    self.theory.name,
                    input.name,
                    if known.is_empty() { "none".into() } else { known.join(", ") }
                )
            }
        }
    }

    fn parameter(&self, name: &str) -> Option<&'a Parameter> {
        self.study.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether the theory says something else at other levels of a parameter.
    fn depends_on(&self, name: &str) -> anyhow::Result<bool> {
        for input in self.theory.inputs {
            if self.parameter_of(input)? == Some(name) {
                return Ok(true);
            }
        }
        Ok(self.takes_networks())
    }

    fn takes_networks(&self) -> bool {
        self.overlay.inputs.iter().any(|(_, value)| *value == OverlayInput::Word("network".into()))
    }

    /// The values of all inputs at a point.
    fn settings(&self, at: &At) -> anyhow::Result<theory::Settings> {
        let mut given = Vec::new();
        for input in self.theory.inputs {
            let own = self.overlay.inputs.iter().find(|(name, _)| name == input.name).map(|(_, value)| value);
            if let Some(name) = self.parameter_of(input)? {
                let level = self.level_at(name, at)?;
                let value = match own {
                    Some(OverlayInput::Levels(_, values)) => {
                        let value = values.iter().find(|(written, _)| *written == level.written());
                        let (_, value) = value.with_context(|| {
                            format!(
                                "theory {}: {} says nothing for {name} = {}",
                                self.theory.name,
                                input.name,
                                level.written()
                            )
                        })?;
                        Setting::Number(*value)
                    }
                    _ => level.number().map_or_else(|| Setting::Word(level.written()), Setting::Number),
                };
                given.push((input.name, value));
                continue;
            }
            match own {
                None => {}
                Some(OverlayInput::Number(number)) => given.push((input.name, Setting::Number(*number))),
                Some(OverlayInput::Word(word)) if word == "network" => {
                    let levels: Vec<(&str, &Level)> = at.iter().map(|(name, level)| (*name, level)).collect();
                    given.push((input.name, Setting::Network((self.known.degrees)(&levels)?)));
                }
                Some(OverlayInput::Word(word)) => given.push((input.name, Setting::Word(word.clone()))),
                Some(OverlayInput::Levels(..)) => unreachable!("levels name a parameter"),
            }
        }
        Ok(self.theory.settings(given)?)
    }

    /// The level of a parameter at a point; one that has a single level need not be named by the formula.
    fn level_at(&self, name: &str, at: &At) -> anyhow::Result<Level> {
        if let Some((_, level)) = at.iter().find(|(known, _)| *known == name) {
            return Ok(level.clone());
        }
        match self.parameter(name).map(|parameter| parameter.levels.as_slice()) {
            Some([only]) => Ok(only.clone()),
            _ => bail!(
                "theory {} needs {name}, which this chart averages over: name it in the formula, or give the theory a number",
                self.theory.name
            ),
        }
    }

    /// What the chart's measure is of an outcome.
    fn measured(&self, outcome: Outcome) -> f64 {
        match self.formula.y {
            Measure::Given(_, above) if outcome.size <= above => f64::NAN,
            Measure::Given(..) => outcome.size,
            Measure::Global(_, above) | Measure::Boundary { above, .. } if outcome.size <= above => 0.0,
            Measure::Global(..) | Measure::Boundary { .. } => outcome.often,
            _ => outcome.often * outcome.size,
        }
    }

    fn value(&self, at: &At) -> anyhow::Result<f64> {
        Ok(self.measured(self.theory.outcome(&self.settings(at)?)?))
    }

    /// Says it at one point, to find what is wrong before anything is run.
    fn one(&self) -> anyhow::Result<()> {
        let (x, y) = self.axes();
        if self.formula.x == ["now"] {
            let at = self.rest()?.into_iter().next().unwrap_or_default().at;
            self.theory.course(&self.settings(&at)?, 1)?;
            return Ok(());
        }
        if self.theory.window((0.0, 1.0), (0.0, 1.0)).is_some() {
            return self.window_axes(x, y).map(drop);
        }
        let mut at = self.rest()?.into_iter().next().unwrap_or_default().at;
        for name in [x, y].into_iter().flatten() {
            if let Some(level) = self.parameter(name).and_then(|parameter| parameter.levels.first()) {
                at.push((name, level.clone()));
            }
        }
        self.theory.outcome(&self.settings(&at)?)?;
        Ok(())
    }

    /// The two axes in which the points of a figure lie: the second of a heat map, or what a boundary runs along.
    fn axes(&self) -> (Option<&'a str>, Option<&'a str>) {
        let second = match &self.formula.y {
            Measure::Boundary { along, .. } => Some(along.as_str()),
            _ => self.formula.x.get(1).map(String::as_str),
        };
        (self.formula.x.first().map(String::as_str), second)
    }

    /// Every combination of the levels of series and panel on which the theory depends, with those levels as tables write them.
    fn rest(&self) -> anyhow::Result<Vec<Line<'a>>> {
        let levels = |name: &'a Option<String>| -> anyhow::Result<Vec<Option<(&'a str, Level)>>> {
            match name {
                Some(name) if self.depends_on(name)? => {
                    let parameter = self.parameter(name).with_context(|| format!("{name} is no parameter"))?;
                    Ok(parameter.levels.iter().map(|level| Some((name.as_str(), level.clone()))).collect())
                }
                _ => Ok(vec![None]),
            }
        };
        let mut all = Vec::new();
        for series in levels(&self.formula.series)? {
            for panel in levels(&self.formula.panel)? {
                let written = |level: &Option<(&str, Level)>| level.as_ref().map(|(_, level)| level.written());
                let (of_series, of_panel) = (written(&series), written(&panel));
                let at = series.clone().into_iter().chain(panel).collect();
                all.push(Line { at, series: of_series, panel: of_panel });
            }
        }
        Ok(all)
    }

    fn curves(&self) -> anyhow::Result<Vec<OverlayCurve>> {
        let (x, y) = self.axes();
        let x = x.context("a distribution has no theory")?;
        let mut curves = Vec::new();
        for Line { at, series, panel } in self.rest()? {
            let mut curve = OverlayCurve {
                name: self.theory.label.into(),
                column: self.theory.name.into(),
                panel,
                series,
                ..OverlayCurve::default()
            };
            if x == "now" {
                let course = self.theory.course(&self.settings(&at)?, self.known.last_step)?;
                curve.points = course.into_iter().enumerate().map(|(time, share)| (time as f64, share)).collect();
            } else if let Some(y) = y {
                self.over_a_plane(&mut curve, (x, y), &at)?;
            } else {
                self.over_a_line(&mut curve, x, &at)?;
            }
            curves.push(curve);
        }
        Ok(curves)
    }

    fn over_a_line(&self, curve: &mut OverlayCurve, x: &'a str, at: &At<'a>) -> anyhow::Result<()> {
        let value = |level: Level| {
            let mut at = at.clone();
            at.push((x, level));
            self.value(&at)
        };
        let parameter = self
            .parameter(x)
            .with_context(|| format!("theory {} needs a parameter on the x axis", self.theory.name))?;
        if !self.depends_on(x)? && parameter.levels.iter().any(|level| level.number().is_none()) {
            bail!("theory {} does not depend on {x}, whose levels are words", self.theory.name);
        }
        if let Some(places) = self.places(parameter, POINTS) {
            for place in places {
                curve.points.push((place, value(Level::Number(place))?));
            }
            return Ok(());
        }
        for (place, level) in parameter.levels.iter().enumerate() {
            let (place, says) = (place as f64, value(level.clone())?);
            curve.points.extend([(place - 0.32, says), (place, says), (place + 0.32, says), (f64::NAN, f64::NAN)]);
        }
        Ok(())
    }

    /// Over a heat map the line along which theory passes the level, and what it says in every cell; of a boundary the line.
    fn over_a_plane(&self, curve: &mut OverlayCurve, axes: (&'a str, &'a str), at: &At<'a>) -> anyhow::Result<()> {
        let (x, y) = (self.numbers(axes.0)?, self.numbers(axes.1)?);
        if self.theory.window((0.0, 1.0), (0.0, 1.0)).is_some() {
            let swapped = self.window_axes(Some(axes.0), Some(axes.1))?;
            let ends = |levels: &[f64]| (levels[0], levels[levels.len() - 1]);
            let points = match swapped {
                false => self.theory.window(ends(&x), ends(&y)),
                true => self.theory.window(ends(&y), ends(&x)),
            };
            let points = points.unwrap_or_default();
            curve.points = if swapped { points.into_iter().map(|(x, y)| (y, x)).collect() } else { points };
            // A window says where, not how much: there is nothing to compare.
            curve.column = String::new();
            return Ok(());
        }
        let value = |x: f64, y: f64| {
            let mut at = at.clone();
            at.extend([(axes.0, Level::Number(x)), (axes.1, Level::Number(y))]);
            self.value(&at)
        };
        let parameter = |name: &str| self.parameter(name).expect("its levels are numbers");
        let fine = |name: &str| self.places(parameter(name), FIELD).unwrap_or_default();
        let (fine_x, fine_y) = (fine(axes.0), fine(axes.1));
        let mut values = Vec::with_capacity(fine_x.len() * fine_y.len());
        for &y in &fine_y {
            for &x in &fine_x {
                values.push(value(x, y)?);
            }
        }
        for line in contour(&fine_x, &fine_y, &values, self.level) {
            curve.points.extend(line);
            curve.points.push((f64::NAN, f64::NAN));
        }
        if !matches!(self.formula.y, Measure::Boundary { .. }) {
            for &y in &y {
                for &x in &x {
                    curve.field.push((x, y, value(x, y)?));
                }
            }
        }
        Ok(())
    }

    /// The levels of a parameter, ascending, all of which must be numbers.
    fn numbers(&self, name: &str) -> anyhow::Result<Vec<f64>> {
        let parameter =
            self.parameter(name).with_context(|| format!("theory {} needs the parameter {name}", self.theory.name))?;
        let mut levels: Vec<f64> = parameter.levels.iter().filter_map(Level::number).collect();
        levels.sort_by(f64::total_cmp);
        match levels.len() == parameter.levels.len() && !levels.is_empty() {
            true => Ok(levels),
            false => bail!("theory {} needs numbers on both axes; {name} has words", self.theory.name),
        }
    }

    /// Whether the window's axes are exchanged: its first input upwards.
    fn window_axes(&self, x: Option<&str>, y: Option<&str>) -> anyhow::Result<bool> {
        let [first, second, ..] = self.theory.inputs else { bail!("a window has two inputs") };
        let (first, second) = (self.parameter_of(first)?, self.parameter_of(second)?);
        if x.is_some() && y.is_some() && (x, y) == (first, second) {
            return Ok(false);
        }
        if x.is_some() && y.is_some() && (x, y) == (second, first) {
            return Ok(true);
        }
        // Says which axes it needs.
        self.theory.outcome(&self.theory.settings([])?)?;
        Ok(false)
    }

    /// Places along a numeric parameter, its levels among them: evenly spread, and evenly by their logarithm too where they span
    /// decades.
    fn places(&self, parameter: &Parameter, wanted: usize) -> Option<Vec<f64>> {
        let levels: Vec<f64> = parameter.levels.iter().map(Level::number).collect::<Option<_>>()?;
        if self.takes_networks() {
            // There are networks at the levels only.
            return Some(crate::stats::sorted(&levels));
        }
        let (low, high) = levels.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
        let least = levels.iter().copied().filter(|&level| level > 0.0).fold(f64::INFINITY, f64::min);
        let share = |part: usize| part as f64 / (wanted - 1) as f64;
        let mut places: Vec<f64> = (0..wanted).map(|part| low + (high - low) * share(part)).collect();
        if low >= 0.0 && (high >= 30.0 * least || self.log.is_some_and(|log| log.contains('x'))) {
            places.extend((0..wanted).map(|part| least * crate::stats::pow(high / least, share(part))));
        }
        // Next to a level the level itself alone: a hair beside it a theory with a jump may say something else.
        let near = (high - low) * 1e-9;
        places.retain(|place| levels.iter().all(|level| (level - place).abs() > near));
        places.extend(levels);
        places.sort_by(f64::total_cmp);
        places.dedup();
        Some(places)
    }
}
