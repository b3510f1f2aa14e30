//! `uptake chart`: figures from rows that are there; nothing is run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;

use super::conclude::{Told, checks};
use super::say;
use super::scenario::origin_of;
use crate::chart::{Data, Drawing, Drawn, Format, Formula, Made, OverlayCurve, Request, Rows, Width};
use crate::chart::{draw, file_name, pdf, png, signed};
use crate::design::Level;
use crate::experiment::{Figure, Study};
use crate::report;
use crate::store::Store;
use crate::table::{Table, Values};
use crate::theory;

/// Dots per inch of PNG figures.
const DPI: f64 = 300.0;

#[derive(clap::Args)]
pub struct Chart {
    /// The folder of a sweep
    dir: PathBuf,
    /// Charts to draw instead of the scenario's own, such as 'adopted ~ rewire | needs'
    formulas: Vec<String>,
    /// Logarithmic axes: x, y, xy or none
    #[arg(long)]
    log: Option<String>,
    /// single or double column
    #[arg(long)]
    width: Option<String>,
    #[arg(long)]
    title: Option<String>,
}

pub fn main(args: &Chart) -> anyhow::Result<u8> {
    let store = super::sweep_in(&args.dir)?;
    let scenario = origin_of(&store, None).load()?;
    let study = scenario.study();
    let wished = args.formulas.iter().map(|formula| Figure {
        formula: formula.clone(),
        title: args.title.clone(),
        log: args.log.clone(),
        width: args.width.clone(),
        ..Figure::default()
    });
    let wished: Vec<Figure> = if args.formulas.is_empty() { study.figures.clone() } else { wished.collect() };
    let told = Told::of(&store, &store.scan()?)?;
    if told.missing > 0 {
        eprintln!("{} of {} runs are missing; the figures show the others", told.missing, told.rows + told.missing);
    }
    let sheet = Sheet::new(study, &store, &told.table, told.missing)?;
    let mut drawn = sheet.draw_all(&wished)?;
    let refused = drawn.iter().any(|figure| figure.drawn.is_err());
    // The page shows the scenario's own figures too.
    let missed = study.figures.iter().filter(|figure| !wished.contains(figure));
    drawn.extend(missed.map(|figure| sheet.shown(figure)));
    super::report::write(&store, &scenario, &told, drawn, checks(&scenario, &told.table)?)?;
    Ok(u8::from(refused))
}

/// What the figures of a study are drawn from, and where they are kept.
pub struct Sheet<'a> {
    study: &'a Study,
    store: &'a Store,
    table: &'a Table,
    curves: Option<Table>,
    responses: Option<Table>,
    rows: Rows,
}

impl<'a> Sheet<'a> {
    /// `table` holds the rows as they were merged last; `missing` runs were not made yet.
    pub fn new(study: &'a Study, store: &'a Store, table: &'a Table, missing: u64) -> anyhow::Result<Sheet<'a>> {
        let curves = store.curves_table()?.map(|curves| shares(&curves, table, &study.design.parameters));
        let rows = Rows { runs: table.rows() as u64, missing, hash: store.rows_hash()? };
        Ok(Sheet { study, store, table, curves, responses: store.responses_table()?, rows })
    }

    /// Draws figures into the sweep's folder, and says which.
    pub fn draw_all(&self, figures: &[Figure]) -> anyhow::Result<Vec<report::Figure>> {
        let mut all = Vec::new();
        for figure in figures {
            let shown = self.shown(figure);
            match &shown.drawn {
                Ok(_) => say(format_args!("  {}.svg", self.store.dir().join(&shown.file).display()))?,
                Err(why) => eprintln!("chart \"{}\": {why}", figure.formula),
            }
            all.push(shown);
        }
        Ok(all)
    }

    /// Draws and keeps one figure, for the page.
    fn shown(&self, figure: &Figure) -> report::Figure {
        let drawn = self.draw(figure).and_then(|drawing| self.keep(figure, &drawing).map(|_| drawing.svg));
        report::Figure {
            formula: figure.formula.clone(),
            file: name_of(figure),
            drawn: drawn.map_err(|error| format!("{error:#}")),
        }
    }

    pub fn draw(&self, figure: &Figure) -> anyhow::Result<Drawing> {
        let overlay = match &figure.theory {
            Some(name) => theory_of(name, &figure.formula, self.study)?,
            None => Vec::new(),
        };
        let width = figure.width.as_deref().map_or(Ok(Width::Single), Width::named)?;
        let request = Request {
            formula: figure.formula.clone(),
            title: figure.title.clone(),
            log: figure.log.clone(),
            width,
            overlay,
            ..Request::default()
        };
        let data = Data {
            runs: self.table,
            parameters: &self.study.parameters,
            curves: self.curves.as_ref(),
            responses: self.responses.as_ref(),
        };
        Ok(draw(&request, &data)?)
    }

    /// What the figures say of their rows.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// How a figure was made.
    fn made(&self, figure: &Figure, drawing: &Drawing) -> Made {
        let drawn = Drawn::Chart { figure: figure.clone(), rows: self.rows.clone(), numbers: drawing.csv() };
        Made::new(self.store.plan(), drawn)
    }

    /// Writes a drawing in every format, each saying how it was made. Returns the name of the SVG in the sweep's folder.
    pub fn keep(&self, figure: &Figure, drawing: &Drawing) -> anyhow::Result<String> {
        let svg = signed(&drawing.svg, &self.made(figure, drawing).to_text());
        let name = name_of(figure);
        for (format, ending) in [(Format::Svg, "svg"), (Format::Png, "png"), (Format::Pdf, "pdf")] {
            self.store.write_bytes(&format!("{name}.{ending}"), &in_format(&svg, format)?)?;
        }
        self.store.write_table(&format!("{name}.csv"), &drawing.numbers)?;
        Ok(format!("{name}.svg"))
    }
}

/// What the files of a figure are called in the sweep's folder, without their endings.
fn name_of(figure: &Figure) -> String {
    format!("figures/{}", file_name(&figure.formula))
}

/// The bytes of a finished figure as a file of this format.
pub fn in_format(svg: &str, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Svg => svg.as_bytes().to_vec(),
        Format::Png => png(svg, DPI)?,
        Format::Pdf => pdf(svg)?,
    })
}

/// A theory's curves over the range of the levels on the two axes of a figure.
fn theory_of(name: &str, formula: &str, study: &Study) -> anyhow::Result<Vec<OverlayCurve>> {
    let axes = Formula::parse(formula)?.x;
    let range = |place: usize| {
        let axis = axes.get(place).and_then(|axis| study.parameters.iter().find(|parameter| parameter.name == *axis));
        let levels: Vec<f64> = axis.map_or(Vec::new(), |axis| axis.levels.iter().filter_map(Level::number).collect());
        let bound = |pick: fn(f64, f64) -> f64| levels.iter().copied().reduce(pick);
        bound(f64::min).zip(bound(f64::max))
    };
    let x = range(0).with_context(|| format!("theory {name} needs a numeric parameter on the x axis"))?;
    let y = range(1).unwrap_or((0.0, 1.0));
    let curves = theory::curves(name, x, y)?;
    Ok(curves.into_iter().map(|curve| OverlayCurve { name: curve.name, points: curve.points, panel: None }).collect())
}

/// Curves as they are kept count agents; a chart shows shares of the run's population.
fn shares(curves: &Table, runs: &Table, parameters: &[String]) -> Table {
    let key = |table: &Table, row: usize| {
        let columns = parameters.iter().map(String::as_str).chain(["replicate"]);
        columns.filter_map(|column| Some(table.column(column)?.written(row))).collect::<Vec<_>>().join("\u{1f}")
    };
    let sizes = runs.numbers("population").unwrap_or_default();
    let population: BTreeMap<String, f64> =
        sizes.iter().enumerate().map(|(row, &size)| (key(runs, row), size)).collect();
    let divisors: Vec<f64> =
        (0..curves.rows()).map(|row| population.get(&key(curves, row)).copied().unwrap_or(f64::NAN)).collect();
    let known = |name: &str| name == "now" || name == "replicate" || parameters.iter().any(|known| known == name);
    let mut table = Table::new();
    for column in curves.columns() {
        let values = match &column.values {
            Values::Number(counts) if !known(&column.name) => {
                Values::Number(counts.iter().zip(&divisors).map(|(count, size)| count / size).collect())
            }
            other => other.clone(),
        };
        table.push(column.name.clone(), values);
    }
    table
}
