//! A scenario file, read, checked in every cell, and ready to run.

mod figures;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::Which;
use super::data::data_folder;
use super::origin::{Beside, Origin, origin_of};
use crate::contagion::{Built, Keeps, enough};
use crate::design::{Cell, Run, read_spaced};
use crate::engine::{Outcome, Prepared, prepare};
use crate::experiment::plan::{Plan, RESULT_VERSION};
use crate::experiment::{self, Study, Worlds};
use crate::formula::Mistake;
use crate::record::Record;
use crate::rng::Source;
use crate::script::{self, Limits, Scenario};
use crate::store::Store;
use crate::table::{counted, nearest};

/// Cells up to this number are kept ready; of larger designs each thread prepares the cell it is at.
const KEPT_CELLS: usize = 2_000;

/// A scenario with every cell checked.
pub struct Planned {
    pub origin: Origin,
    pub scenario: Scenario,
    pub plan: Plan,
    /// The data files read with the scenario itself, before any world.
    read_first: Vec<String>,
    cells: Option<Vec<Arc<Prepared>>>,
    plain: bool,
    /// By cell: runs of cells that are set up alike share their network.
    pub alike: Vec<u64>,
}

/// Reads the scenarios a command names and checks all their cells.
pub fn plan(which: &Which, replicates: Option<u32>) -> anyhow::Result<Vec<Planned>> {
    let path = &which.scenario;
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the scenario {}", path.display()))?;
    let files = Beside::new(path.parent().unwrap_or(Path::new("")));
    let mut set = Vec::new();
    for assignment in &which.set {
        match assignment.split_once('=') {
            Some((name, value)) => set.push((name.trim().to_string(), value.trim().to_string())),
            None => bail!("--set {assignment}: expected NAME=VALUE, such as --set rewire=0.1"),
        }
    }
    for assignment in &which.param {
        let Some((name, range)) = assignment.split_once('=') else {
            bail!("--param {assignment}: expected NAME=A:B:N, such as --param rewire=0:1:11");
        };
        let values = read_spaced(range).map_err(|message| anyhow::anyhow!("--param {assignment}: {message}"))?;
        let values: Vec<String> = values.into_iter().map(crate::table::written).collect();
        set.push((name.trim().to_string(), values.join(",")));
    }
    set.extend(which.seed.map(|seed| ("seed".to_string(), seed.to_string())));
    set.extend(replicates.map(|replicates| ("replicates".to_string(), replicates.to_string())));
    let file = path.display().to_string();
    let all = script::load(&text, &file, files.clone(), Limits::default())?;
    let names: Vec<String> = all.iter().map(|scenario| scenario.study().name.clone()).collect();
    drop(all);
    let chosen: Vec<&String> = match &which.only {
        None => names.iter().collect(),
        Some(only) => match names.iter().find(|name| *name == only) {
            Some(name) => vec![name],
            None => {
                let meant = nearest(only, names.iter().map(String::as_str));
                let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
                bail!("{file} has no scenario \"{only}\"{meant}; it has: {}", names.join(", "));
            }
        },
    };
    chosen
        .into_iter()
        .map(|name| {
            let origin = Origin {
                text: text.clone(),
                file: file.clone(),
                files: files.clone(),
                sweep: None,
                name: name.clone(),
                set: set.clone(),
            };
            planned(origin)
        })
        .collect()
}

/// The scenario of a sweep, read from its plan. Its data files are in the folder `data`; where they were, if not said.
pub fn again(store: &Store, data: Option<&Path>) -> anyhow::Result<Planned> {
    let plan = store.plan();
    let mut planned = planned(origin_of(store, data_folder(store, data)?.as_deref()))?;
    if planned.plan.data != plan.data {
        bail!("the data files are not those of the sweep: their hashes differ");
    }
    planned.follow(store)?;
    Ok(planned)
}

/// Checks every cell of a scenario and collects the columns of its rows.
pub fn planned(origin: Origin) -> anyhow::Result<Planned> {
    let scenario = origin.load()?;
    let read_first = scenario.data().into_keys().collect();
    let study = scenario.study().clone();
    let mut measures: Vec<String> = Vec::new();
    let mut curves: Vec<String> = Vec::new();
    let mut alike = Vec::with_capacity(study.design.cells.len());
    let mut plain = false;
    let mut kept = (study.design.cells.len() <= KEPT_CELLS).then(Vec::new);
    for cell in &study.design.cells {
        let prepared = prepared_and_named(&scenario, &origin.file, cell)?;
        extend(&mut measures, experiment::measures(&prepared));
        extend(&mut curves, experiment::curves(&prepared));
        plain |= !prepared.world.plain.is_empty();
        alike.push(setup_of(&study, cell, &prepared));
        if let Some(kept) = &mut kept {
            kept.push(Arc::new(prepared));
        }
    }
    figures::check(&study, &measures, &curves, &origin.file)?;
    let until = study.design.until.as_ref().map(|until| ("until_known", &until.measure));
    let refine = study.design.refine.as_ref().map(|refine| ("refine", &refine.measure));
    let mut deciding = until.into_iter().chain(refine);
    if let Some((word, measure)) = deciding.find(|(_, measure)| !measures.contains(measure)) {
        let meant = nearest(measure, measures.iter().map(String::as_str));
        let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
        let (file, all) = (&origin.file, measures.join(", "));
        bail!("{file}: {word}: no run has the measure \"{measure}\"{meant}; it has: {all}");
    }
    let formulas = figures::formulas(&study);
    if !formulas.iter().any(|formula| formula.x == ["now"]) {
        curves.clear();
    }
    extend(&mut curves, figures::responses(&study).iter().map(|stage| format!("response({stage})")).collect());
    let plan = Plan {
        result_version: RESULT_VERSION,
        scenario: study.name.clone(),
        text: origin.text.clone(),
        set: scenario.set_from_outside().clone(),
        data: scenario.data(),
        seed: study.seed,
        steps: study.steps,
        design: study.design.clone(),
        measures,
        curves,
    };
    Ok(Planned { origin, scenario, plan, read_first, cells: kept, plain, alike })
}

/// The same, with the cell's name in the message where that says something.
fn prepared_and_named(scenario: &Scenario, file: &str, cell: &Cell) -> anyhow::Result<Prepared> {
    let parameters = &scenario.study().design.parameters;
    prepared(scenario, file, cell).map_err(|error| match parameters.is_empty() {
        true => error,
        false => anyhow::anyhow!("{error:#} (with {})", cell_name(parameters, cell)),
    })
}

/// Cells with the same number are set up alike, on the same draws.
fn setup_of(study: &Study, cell: &Cell, prepared: &Prepared) -> u64 {
    if study.independent {
        return study.design.identity(cell);
    }
    let hash = blake3::hash(&prepared.setup);
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

fn prepared(scenario: &Scenario, file: &str, cell: &Cell) -> anyhow::Result<Prepared> {
    let placed = |mistake: Mistake| match mistake.line {
        0 => anyhow::anyhow!("{file}: {mistake}"),
        line => anyhow::anyhow!("{file}:{line}: {mistake}"),
    };
    let prepared = prepare(scenario.world(cell)?).map_err(placed)?;
    enough(&prepared.world, &prepared.words, scenario.study().steps).map_err(placed)?;
    Ok(figures::responses(scenario.study()).iter().fold(prepared, |prepared, stage| prepared.answering(stage)))
}

/// Why a run failed, as a place in the scenario file.
pub fn located(file: &str, why: &str) -> String {
    match why.strip_prefix("line ") {
        Some(rest) => format!("{file}:{rest}"),
        None => format!("{file}: {why}"),
    }
}

fn extend(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// `rewire = 0.1, needs = 2`.
pub fn cell_name(parameters: &[String], cell: &Cell) -> String {
    let pairs = parameters.iter().zip(&cell.levels).map(|(name, level)| format!("{name} = {}", level.written()));
    match pairs.collect::<Vec<_>>() {
        none if none.is_empty() => "the only cell".to_string(),
        pairs => pairs.join(", "),
    }
}

impl Planned {
    pub fn source(&self, run: Run) -> Source {
        let design = &self.plan.design;
        let cell = match self.scenario.study().independent {
            true => design.identity(&design.cells[run.cell as usize]),
            false => 0,
        };
        Source { seed: self.plan.seed, replicate: run.replicate.into(), cell }
    }

    /// Takes over the cells that a store's rows ask for.
    pub fn follow(&mut self, store: &Store) -> anyhow::Result<()> {
        for cell in &store.plan().design.cells[self.plan.design.cells.len()..] {
            let prepared = prepared_and_named(&self.scenario, &self.origin.file, cell)?;
            self.alike.push(setup_of(self.scenario.study(), cell, &prepared));
            self.plain |= !prepared.world.plain.is_empty();
            if let Some(cells) = &mut self.cells {
                cells.push(Arc::new(prepared));
            }
            self.plan.design.cells.push(cell.clone());
        }
        Ok(())
    }

    /// The compiled cell, if all are kept ready.
    pub fn kept(&self, cell: u32) -> Option<&Arc<Prepared>> {
        self.cells.as_ref().map(|cells| &cells[cell as usize])
    }

    pub fn prepared(&self, cell: u32) -> anyhow::Result<Arc<Prepared>> {
        match self.kept(cell) {
            Some(prepared) => Ok(prepared.clone()),
            None => {
                let cell = &self.plan.design.cells[cell as usize];
                Ok(Arc::new(prepared(&self.scenario, &self.origin.file, cell)?))
            }
        }
    }

    /// The data files that were read with the scenario itself, before any world.
    pub fn read_first(&self) -> &[String] {
        &self.read_first
    }

    /// One run, on this thread.
    pub fn run(&self, run: Run, worlds: &Worlds) -> anyhow::Result<Record> {
        let prepared = self.prepared(run.cell)?;
        let cell = &self.plan.design.cells[run.cell as usize];
        Ok(record(&self.scenario, cell, &prepared, worlds, self.source(run), &self.plan))
    }

    /// The compiled cell, of whose runs it is kept who brought what to whom.
    pub fn traced(&self, cell: u32) -> anyhow::Result<Arc<Prepared>> {
        Ok(Arc::new(self.prepared(cell)?.as_ref().clone().keeping(Keeps::Sources)))
    }

    /// One run, looked at while its state is still there.
    pub fn outcome(&self, run: Run, prepared: &Prepared, worlds: &Worlds) -> anyhow::Result<(Arc<Built>, Outcome)> {
        let (source, steps) = (self.source(run), self.plan.steps);
        let cell = &self.plan.design.cells[run.cell as usize];
        let placed = |mistake: Mistake| anyhow::anyhow!("{}:{}: {mistake}", self.origin.file, mistake.line);
        let built = worlds.get(prepared, source).map_err(placed)?;
        let outcome = match prepared.world.plain.is_empty() {
            true => prepared.run(&built, source, steps),
            false => prepared.run_plain(&built, source, steps, &mut self.scenario.rules(cell)?),
        };
        Ok((built, outcome.map_err(placed)?))
    }

    /// Writes who adopted what and when in one run, and who brought it.
    pub fn write_trace(&self, path: &Path, prepared: &Prepared, outcome: &Outcome) -> anyhow::Result<()> {
        let table = experiment::trace(prepared, &outcome.state);
        std::fs::write(path, table.csv()).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!(
            "{}: {}, who brought each: {}",
            self.plan.scenario,
            counted(outcome.state.trace.adoptions().len(), "adoption"),
            path.display()
        );
        Ok(())
    }

    /// Says what is allowed and probably not meant.
    pub fn tell_warnings(&self) {
        for warning in self.scenario.warnings() {
            eprintln!("{}:{}: warning: {warning}", self.origin.file, warning.line);
        }
    }

    /// Whether a cell has plain rules, for which every thread needs its own reading of the scenario.
    pub fn is_plain(&self) -> bool {
        self.plain
    }
}

/// One run, with the plain rules of its world if it has any.
fn record(
    scenario: &Scenario,
    cell: &Cell,
    prepared: &Prepared,
    worlds: &Worlds,
    source: Source,
    plan: &Plan,
) -> Record {
    let Plan { steps, measures, curves, .. } = plan;
    if prepared.world.plain.is_empty() {
        return experiment::run(prepared, worlds, source, *steps, measures, curves);
    }
    match scenario.rules(cell) {
        Ok(mut rules) => experiment::run_plain(prepared, worlds, source, *steps, (measures, curves), &mut rules),
        Err(error) => Record::failed(error.to_string()),
    }
}

/// What a thread of a large sweep keeps: its own reading of the scenario and the cell it is at.
pub struct Reader {
    scenario: Scenario,
    file: String,
    at: Option<(u32, Arc<Prepared>)>,
}

impl Reader {
    pub fn new(origin: &Origin) -> anyhow::Result<Reader> {
        Ok(Reader { scenario: origin.load()?, file: origin.file.clone(), at: None })
    }

    pub fn prepared(&mut self, number: u32, cell: &Cell) -> anyhow::Result<Arc<Prepared>> {
        if let Some((at, prepared)) = &self.at
            && *at == number
        {
            return Ok(prepared.clone());
        }
        let prepared = Arc::new(prepared(&self.scenario, &self.file, cell)?);
        self.at = Some((number, prepared.clone()));
        Ok(prepared)
    }

    /// One run of a prepared cell.
    pub fn run(&self, cell: &Cell, prepared: &Prepared, worlds: &Worlds, source: Source, plan: &Plan) -> Record {
        record(&self.scenario, cell, prepared, worlds, source, plan)
    }
}

/// The cell that takes the first level of every parameter: what a single run is of.
pub fn first_cell(plan: &Plan) -> (u32, &Cell) {
    (0, &plan.design.cells[0])
}

/// Says which cell a single run is of, where there are several.
pub fn tell_first_cell(plan: &Plan) {
    let (_, cell) = first_cell(plan);
    let cells = plan.design.cells.len();
    if cells > 1 {
        let name = cell_name(&plan.design.parameters, cell);
        eprintln!("{}: {name} (the first of {cells} cells; choose with --set)", plan.scenario);
    }
}
