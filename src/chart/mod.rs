//! Figures from tables: a description in one line becomes an SVG, a PNG or PDF of it, and the plotted numbers beside.
//!
//! A chart is `y ~ x | series / panel` (see [`Formula`]). What kind of figure it is follows from x:
//!
//! | formula | figure |
//! |---|---|
//! | `adopted ~ rewire \| needs / slip` | lines with 95% bands, a colour for each level of `needs`, a panel for each of `slip` |
//! | `adopted ~ kind` | over words: markers with 95% bars, in the order of the study |
//! | `adopted ~ z * phi / kind` | a heat map |
//! | `adopted ~ clustering` | over a measured column: every run a dot, a line through bins |
//! | `adopted ~ now \| rewire` | adoption curves: the mean and the middle 90% of the runs |
//! | `ccdf(adopted) \| z` | the distribution of sizes, on logarithmic axes where it spans decades |
//! | `response(adopted) \| needs` | the exposure curve: the share that adopts on k sources, with Wilson's intervals |
//! | `global(adopted, .1) ~ z` | the share of runs above .1 with Wilson's intervals |
//! | `given(adopted, .1) ~ z` | the mean size of those |
//! | `paired(adopted, from, hubs - any) ~ budget` | the difference of two levels, run by run, with its interval |
//! | `boundary(adopted, .1, phi) ~ z \| kind` | the phi at which half of the runs are above .1, with the band that the runs allow |
//!
//! It promises: the same tables give the same bytes of SVG on every machine; nothing is left out in silence (pooled
//! parameters, failed runs, missing values and means that hide two kinds of runs are told in the caption); there is no
//! empty picture, but an error that says why. Files are written by others.
//!
//! A figure that is [`signed`] says how it was [`Made`]: the SVG, and the PNG and PDF of it.

mod agreement;
mod annotations;
mod compare;
mod contour;
mod convert;
mod draw;
mod error;
mod factor;
mod figure;
mod formula;
mod kind;
mod layout;
mod legend;
mod made;
mod marks;
mod names;
mod notes;
mod palette;
mod paper;
pub mod picture;
mod provenance;
mod scale;
mod study;
mod svg;
mod ticks;

#[cfg(test)]
mod gallery;
#[cfg(test)]
mod tests;

use crate::design::Parameter;
use crate::table::Table;

pub use compare::difference;
pub use contour::contour;
pub use convert::{pdf, png};
pub use error::ChartError;
pub use figure::OverlayCurve;
pub use formula::{Formula, Measure, file_name};
pub use made::{Drawn, Made, MadeError, Rows, made_from};
pub use palette::Palette;
pub use provenance::{Format, into_svg as signed};

/// What is wished for. Only the formula must be given:
///
/// ```
/// let request = uptake::chart::Request { formula: "adopted ~ rewire | needs".into(), ..Default::default() };
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    pub formula: String,
    /// Printed above the figure.
    pub title: Option<String>,
    /// Logarithmic axes: "x", "y", "xy" or "none"; where nothing is said, x is logarithmic if its levels are.
    pub log: Option<String>,
    pub width: Width,
    /// What columns are called on axes, instead of their names.
    pub titles: Vec<(String, String)>,
    /// What stands at the axes, whatever their columns are called.
    pub x: Option<String>,
    pub y: Option<String>,
    pub palette: Palette,
    /// Where a heat map has its contour, and a boundary its crossing: one half if nothing is said.
    pub level: Option<f64>,
    /// Words and lines of reference in the picture.
    pub notes: Vec<Note>,
    /// Theory laid over the data.
    pub overlay: Vec<OverlayCurve>,
    /// Cells lie close together where something happens, and far apart elsewhere: a heat map is drawn in even bins, and
    /// those without a run look like the nearest that has one.
    pub refined: bool,
}

/// A text at a place of a figure; with one coordinate only a line through the whole of it, named if there is a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    pub text: String,
    pub x: Option<f64>,
    pub y: Option<f64>,
}

/// The width of a figure in a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// One column, 3.4 inches.
    #[default]
    Single,
    /// Both columns, 7 inches.
    Double,
}

impl Width {
    /// The width that a scenario names "single" or "double".
    pub fn named(name: &str) -> Result<Width, ChartError> {
        match name {
            "single" => Ok(Width::Single),
            "double" => Ok(Width::Double),
            _ => Err(ChartError::Width { given: name.into() }),
        }
    }

    pub fn points(self) -> f64 {
        match self {
            Width::Single => 3.4 * 72.0,
            Width::Double => 7.0 * 72.0,
        }
    }
}

/// What a figure is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// One row per run: the parameters, `replicate`, `status` ("done" or not; all done when there is no such column),
    /// and everything measured, NaN where a run has no value.
    pub runs: &'a Table,
    /// What was swept, with its levels in the order of the study.
    pub parameters: &'a [Parameter],
    /// Adoption curves when they were kept: the parameters, `replicate`, `now`, and a column for each stage. A run's
    /// curve may end early; its last value then stays.
    pub curves: Option<&'a Table>,
    /// Exposure curves when they were kept: the parameters, `replicate`, `sources`, and for each stage how many agents
    /// were `exposed` to so many and how many of them `adopted`, as `adopted.exposed` and `adopted.adopted`.
    pub responses: Option<&'a Table>,
}

/// A figure and everything beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub svg: String,
    /// Every number that was drawn, and how many runs it rests on.
    pub numbers: Table,
    /// What stands under the figure.
    pub caption: String,
    /// A sentence for each theory laid over it: where runs and theory differ.
    pub agreement: Vec<String>,
}

impl Drawing {
    /// The plotted numbers as a CSV file: a missing number is an empty field.
    pub fn csv(&self) -> String {
        self.numbers.csv()
    }
}

/// Draws what the request asks for.
pub fn draw(request: &Request, data: &Data) -> Result<Drawing, ChartError> {
    let formula = Formula::parse(&request.formula)?;
    let study = study::Study::new(request, data, &formula)?;
    let mut figure = kind::figure(&study)?;
    figure.palette = request.palette;
    figure.has_theory = !request.overlay.is_empty();
    if let Some(title) = &request.x {
        figure.x.title.clone_from(title);
    }
    if let Some(title) = &request.y {
        figure.y.title.clone_from(title);
    }
    let agreement = agreement::agreement(&mut figure, &formula, &request.overlay);
    let numbers = figure.numbers.clone();
    let (svg, caption) = draw::draw(figure, request)?;
    Ok(Drawing { svg, numbers, caption, agreement })
}
