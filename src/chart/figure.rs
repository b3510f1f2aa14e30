//! A figure after counting and before drawing: what every kind of chart is turned into.

use crate::table::{Table, Values};

use super::{
    factor::Factor,
    palette::{Look, Palette},
};

/// Everything that is drawn, in the data's own units.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub panels: Vec<Panel>,
    /// What the series differ in; no legend when empty.
    pub series_title: String,
    pub series: Vec<String>,
    /// The same as the table writes them.
    pub series_levels: Vec<String>,
    /// Whether the series are numbers in ascending order: many of them are then coloured as a scale.
    pub series_ascend: bool,
    pub x: Axis,
    pub y: Axis,
    /// What the colours of a heat map mean.
    pub colour: Option<Axis>,
    /// The value along which a heat map has its contour.
    pub contour: Option<f64>,
    /// Whether y is a difference: 0 has a line, and colours part there.
    pub difference: bool,
    /// Which columns of the numbers are y and its 95 % interval, to be compared with what is laid over it.
    pub compared: Option<[String; 3]>,
    pub palette: Palette,
    /// Whether theory is laid over it, to which dashes belong.
    pub has_theory: bool,
    /// Sentences for the caption.
    pub notes: Vec<String>,
    pub numbers: Table,
}

impl Figure {
    /// How a series looks, by its place.
    pub fn look(&self, series: usize) -> Look {
        let look = self.palette.look(series, self.series.len(), self.series_ascend);
        if self.has_theory { Look { dash: &[], ..look } } else { look }
    }
}

/// One of the small multiples.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// What the panels differ in, and this panel's level as tables and as figures write it; all empty for a single panel.
    pub factor: String,
    pub level: String,
    pub label: String,
    pub lines: Vec<Line>,
    pub cells: Vec<Cell>,
}

impl Panel {
    /// What stands over the panel, with the name of the factor or without.
    pub fn strip(&self, name: bool) -> String {
        if name && !self.factor.is_empty() { format!("{} = {}", self.factor, self.label) } else { self.label.clone() }
    }
}

/// One series within a panel.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its place in [`Figure::series`], which settles colour, marker and dash.
    pub series: usize,
    pub shape: Shape,
    pub points: Vec<Point>,
    /// Single runs, drawn small and pale.
    pub dots: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Measured at few places: joined markers with an interval band.
    Marked,
    /// Known everywhere: a line with an interval band.
    Smooth,
    /// Constant up to each point, then jumping: a distribution.
    Steps,
    /// Categories: markers with interval bars, not joined.
    Apart,
}

/// NaN in `y` is a missing point, NaN in `low` and `high` a missing interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
    pub low: f64,
    pub high: f64,
}

/// One cell of a heat map: places in the levels of both axes and the value, NaN when missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub x: usize,
    pub y: usize,
    pub value: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Axis {
    pub title: String,
    pub marks: Marks,
    pub log: LogWish,
    /// All values are shares: 0 and 1 are natural ends.
    pub share: bool,
}

/// What an axis is marked with.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Marks {
    /// Round numbers over the range of the data.
    #[default]
    Range,
    /// The levels of a parameter, ascending.
    Levels(Vec<f64>),
    /// Words; the x of a point is its place among them.
    Words(Vec<String>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogWish {
    /// Logarithmic where the levels are.
    #[default]
    Auto,
    Yes,
    No,
}

/// A theoretical curve, or anybody's numbers, over the data: drawn dashed, in every panel or in one, for all series or for one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverlayCurve {
    /// What the legend calls it.
    pub name: String,
    /// What its column in the plotted numbers is called.
    pub column: String,
    /// Joined by straight lines; a point that is NaN parts them.
    pub points: Vec<(f64, f64)>,
    /// The level of the panel that it belongs to, as the table writes it; all panels when none.
    pub panel: Option<String>,
    /// The level of the series that it belongs to, whose colour it takes; all series when none.
    pub series: Option<String>,
    /// What it says in the cells of a heat map: x, y and the value.
    pub field: Vec<(f64, f64, f64)>,
}

impl OverlayCurve {
    fn is_of(&self, panel: Option<&str>, series: Option<&str>) -> bool {
        let same = |own: &Option<String>, level: Option<&str>| {
            own.as_deref().is_none_or(|own| level.is_some_and(|level| own == level))
        };
        same(&self.panel, panel) && same(&self.series, series)
    }

    /// What the curve says at `x`.
    fn at(&self, x: f64) -> Option<f64> {
        if let Some(&(_, y)) = self.points.iter().find(|point| point.0 == x) {
            return Some(y);
        }
        let around = self.points.windows(2).find(|pair| pair[0].0 < x && x < pair[1].0)?;
        let (from, to) = (around[0], around[1]);
        Some(from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0))
    }

    /// What it says in the cell at (`x`, `y`) of a heat map.
    fn in_cell(&self, x: f64, y: f64) -> Option<f64> {
        self.field.iter().find(|cell| cell.0 == x && cell.1 == y).map(|cell| cell.2)
    }

    /// What it says of a point of the figure; nothing when it does not speak of that panel and series.
    pub fn says(&self, panel: Option<&str>, series: Option<&str>, x: f64, y: Option<f64>) -> Option<f64> {
        if !self.is_of(panel, series) {
            return None;
        }
        match y {
            Some(y) => self.in_cell(x, y),
            None => self.at(x),
        }
    }
}

/// The plotted numbers, row by row: first the levels of factors, then numbers.
pub struct Numbers<'a> {
    factors: Vec<(&'a Factor, Vec<usize>)>,
    columns: Vec<(String, Vec<f64>)>,
}

impl<'a> Numbers<'a> {
    /// Factors that are wholes have nothing to say and get no column.
    pub fn new(factors: &[&'a Factor], columns: &[&str]) -> Self {
        Numbers {
            factors: factors.iter().map(|factor| (*factor, Vec::new())).collect(),
            columns: columns.iter().map(|name| (name.to_string(), Vec::new())).collect(),
        }
    }

    pub fn row(&mut self, levels: &[usize], values: &[f64]) {
        assert_eq!((levels.len(), values.len()), (self.factors.len(), self.columns.len()), "a row of another width");
        for ((_, column), level) in self.factors.iter_mut().zip(levels) {
            column.push(*level);
        }
        for ((_, column), value) in self.columns.iter_mut().zip(values) {
            column.push(*value);
        }
    }

    pub fn table(self) -> Table {
        let mut table = Table::new();
        for (factor, levels) in self.factors.into_iter().filter(|(factor, _)| !factor.is_whole()) {
            let values = match &factor.numbers {
                Some(numbers) => Values::Number(levels.iter().map(|&level| numbers[level]).collect()),
                None => Values::texts(levels.iter().map(|&level| factor.texts[level].as_str())),
            };
            table.push(factor.name.clone(), values);
        }
        for (mut name, values) in self.columns {
            // A parameter may be called "runs".
            while table.column(&name).is_some() {
                name.push('_');
            }
            table.push(name, Values::Number(values));
        }
        table
    }
}
