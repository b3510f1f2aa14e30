//! `uptake chart`: figures from rows that are there; nothing is run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;

use super::conclude::{Told, checks};
use super::origin::origin_of;
use super::overlay::{self, Known};
use super::say;
use crate::chart::{
    Data, Drawing, Drawn, Format, Formula, Made, Measure, Note, OverlayCurve, Palette, Request, Rows, Width,
};
use crate::chart::{draw, file_name, pdf, png, signed};
use crate::contagion::build::build;
use crate::design::{Cell, Crossing, Level, Refine, Traced};
use crate::engine::prepare;
use crate::experiment::Figure;
use crate::report;
use crate::rng::Source;
use crate::script::Scenario;
use crate::store::Store;
use crate::table::{Table, Values, are, counted, written};
use crate::theory::degrees::Degrees;

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
    let told = Told::of(&store, store.scan()?)?;
    if told.missing > 0 {
        let (of, are) = (counted(told.rows + told.missing, "run"), are(told.missing));
        eprintln!("{} of {of} {are} missing; the figures show the others", told.missing);
    }
    let table = store.runs_table()?;
    let sheet = Sheet::new(&scenario, &store, &table, told.missing)?;
    let mut drawn = sheet.draw_all(&wished)?;
    let refused = drawn.iter().any(|figure| figure.drawn.is_err());
    // The page shows the scenario's own figures too.
    let missed = study.figures.iter().filter(|figure| !wished.contains(figure));
    drawn.extend(missed.map(|figure| sheet.shown(figure)));
    super::report::write(&store, &scenario, (&told, &table), drawn, checks(&scenario, &table)?)?;
    if told.missing == 0 {
        store.write_crate()?;
    }
    Ok(u8::from(refused))
}

/// What the figures of a study are drawn from, and where they are kept.
pub struct Sheet<'a> {
    scenario: &'a Scenario,
    store: &'a Store,
    table: &'a Table,
    curves: Option<Table>,
    responses: Option<Table>,
    rows: Rows,
    /// The transition that the study follows.
    traced: Option<Traced>,
}

impl<'a> Sheet<'a> {
    /// `table` holds the rows as they were merged last; `missing` runs were not made yet.
    pub fn new(scenario: &'a Scenario, store: &'a Store, table: &'a Table, missing: u64) -> anyhow::Result<Sheet<'a>> {
        let parameters = &scenario.study().design.parameters;
        let curves = store.curves_table()?.map(|curves| shares(&curves, table, parameters));
        let rows = Rows { runs: table.rows() as u64, missing, hash: store.rows_hash()? };
        let traced = match &scenario.study().design.refine {
            Some(_) => store.traced(&store.scan()?),
            None => None,
        };
        Ok(Sheet { scenario, store, table, curves, responses: store.responses_table()?, rows, traced })
    }

    /// Draws figures into the sweep's folder, and says which, and where theory laid over them differs.
    pub fn draw_all(&self, figures: &[Figure]) -> anyhow::Result<Vec<report::Figure>> {
        let mut all = Vec::new();
        for figure in figures {
            let shown = self.shown(figure);
            match &shown.drawn {
                Ok(_) => say(format_args!("  {}.svg", self.store.dir().join(&shown.file).display()))?,
                Err(why) => eprintln!("chart \"{}\": {why}", figure.formula),
            }
            for sentence in &shown.theory {
                say(format_args!("    {sentence}"))?;
            }
            all.push(shown);
        }
        Ok(all)
    }

    /// Draws and keeps one figure, for the page.
    fn shown(&self, figure: &Figure) -> report::Figure {
        let drawn = self.draw(figure).and_then(|drawing| self.keep(figure, &drawing).map(|_| drawing));
        let theory = drawn.as_ref().map_or(Vec::new(), |drawing| drawing.agreement.clone());
        report::Figure {
            formula: figure.formula.clone(),
            file: self.name_of(figure),
            drawn: drawn.map(|drawing| drawing.svg).map_err(|error| format!("{error:#}")),
            theory,
        }
    }

    pub fn draw(&self, figure: &Figure) -> anyhow::Result<Drawing> {
        let study = self.scenario.study();
        let times = self.curves.as_ref().and_then(|curves| curves.numbers("now")).unwrap_or_default();
        let last_step = times.iter().copied().fold(0.0, f64::max) as usize;
        let known = Known { degrees: &|at| degrees_of(self.scenario, at), last_step };
        let mut overlay = overlay::curves(figure, study, &known)?;
        let design = &study.design;
        if let Some((refine, traced)) = design.refine.as_ref().zip(self.traced.as_ref()) {
            overlay.extend(boundary(refine, traced, &design.parameters, &Formula::parse(&figure.formula)?));
        }
        let request = Request {
            formula: figure.formula.clone(),
            title: figure.title.clone(),
            log: figure.log.clone(),
            width: figure.width.as_deref().map_or(Ok(Width::Single), Width::named)?,
            x: figure.x.clone(),
            y: figure.y.clone(),
            palette: figure.palette.as_deref().and_then(Palette::named).unwrap_or_default(),
            level: figure.level,
            notes: figure.notes.iter().map(|n| Note { text: n.text.clone(), x: n.x, y: n.y }).collect(),
            overlay,
            refined: design.refine.is_some(),
            ..Request::default()
        };
        let data = Data {
            runs: self.table,
            parameters: &study.parameters,
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
        let drawn = Drawn::Chart { figure: Box::new(figure.clone()), rows: self.rows.clone(), numbers: drawing.csv() };
        Made::new(&self.store.asked(), drawn)
    }

    /// What the files of a figure are called in the sweep's folder, without their endings. Two charts of one formula, as with and
    /// without a logarithm, are two files.
    fn name_of(&self, figure: &Figure) -> String {
        let same: Vec<&Figure> =
            self.scenario.study().figures.iter().filter(|known| known.formula == figure.formula).collect();
        match same.iter().position(|known| *known == figure) {
            Some(before @ 1..) => format!("figures/{}-{}", file_name(&figure.formula), before + 1),
            _ => format!("figures/{}", file_name(&figure.formula)),
        }
    }

    /// Writes a drawing in every format, each saying how it was made. Returns the name of the SVG in the sweep's folder.
    pub fn keep(&self, figure: &Figure, drawing: &Drawing) -> anyhow::Result<String> {
        let svg = signed(&drawing.svg, &self.made(figure, drawing).to_text());
        let name = self.name_of(figure);
        for (format, ending) in [(Format::Svg, "svg"), (Format::Png, "png"), (Format::Pdf, "pdf")] {
            self.store.write_bytes(&format!("{name}.{ending}"), &in_format(&svg, format)?)?;
        }
        self.store.write_table(&format!("{name}.csv"), &drawing.numbers)?;
        Ok(format!("{name}.svg"))
    }
}

/// The bytes of a finished figure as a file of this format.
pub fn in_format(svg: &str, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Svg => svg.as_bytes().to_vec(),
        Format::Png => png(svg, DPI)?,
        Format::Pdf => pdf(svg)?,
    })
}

/// Where the level is crossed, in a figure over the refined parameters: as a curve over two of them, as a line from the
/// axis up to the level over one.
fn boundary(refine: &Refine, traced: &Traced, parameters: &[String], formula: &Formula) -> Vec<OverlayCurve> {
    let place = |name: &String| parameters.iter().position(|parameter| parameter == name);
    let refined = |name: &&String| refine.within.iter().any(|(refined, _)| refined == *name);
    let axes: Vec<usize> = formula.x.iter().filter(refined).filter_map(place).collect();
    let is_of_it = formula.x.len() > 1 || formula.y.column() == refine.measure;
    if axes.len() != formula.x.len() || axes.len() != refine.within.len() || !is_of_it {
        return Vec::new();
    }
    let name = match refine.share_above {
        Some(above) => Measure::Global(refine.measure.clone(), above).to_string(),
        None => refine.measure.clone(),
    };
    let panel = formula.panel.as_ref().and_then(place);
    let curve = |line: &Vec<Crossing>| {
        let at = |crossing: &Crossing, axis: usize| crossing.levels[axis].number().unwrap_or(f64::NAN);
        OverlayCurve {
            name: format!("{name} = {}", written(refine.level)),
            points: match axes.as_slice() {
                [x, y] => line.iter().map(|crossing| (at(crossing, *x), at(crossing, *y))).collect(),
                _ => line.iter().flat_map(|end| [0.0, refine.level].map(|up| (at(end, axes[0]), up))).collect(),
            },
            panel: panel.map(|panel| line[0].levels[panel].written()),
            ..OverlayCurve::default()
        }
    };
    traced.lines().iter().map(curve).collect()
}

/// The degrees of the network that the first run of a cell has; of the parameters that are not named, the first levels.
fn degrees_of(scenario: &Scenario, at: &[(&str, &Level)]) -> anyhow::Result<Degrees> {
    let study = scenario.study();
    let design = &study.design;
    let has = |cell: &&Cell| {
        let is = |(name, level): &(&str, &Level)| {
            let place = design.parameters.iter().position(|parameter| parameter == name);
            place.is_none_or(|place| cell.levels[place] == **level)
        };
        at.iter().all(is)
    };
    let cell = design.cells.iter().find(has).context("no cell of the study has the levels of this point")?;
    let cell_draws = if study.independent { design.identity(cell) } else { 0 };
    let source = Source { seed: study.seed, replicate: 0, cell: cell_draws };
    let prepared = prepare(scenario.world(cell)?).map_err(|mistake| anyhow::anyhow!("{mistake}"))?;
    let built = build(&prepared.world, &prepared.words, source).map_err(|mistake| anyhow::anyhow!("{mistake}"))?;
    let layer = built.state.layers.first().context("the world has no ties")?;
    Ok(Degrees::of_agents((0..layer.network.agents()).map(|agent| layer.network.degree(agent))))
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
