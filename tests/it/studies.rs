//! Scenario files read, swept and told as a table, as the command line does it but without a disk.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use uptake::contagion::World;
use uptake::design::{Cell, Design, Run};
use uptake::engine::{Prepared, prepare};
use uptake::experiment::{self, Study, Worlds, measures};
use uptake::record::{Outcome, Record};
use uptake::rng::Source;
use uptake::script::{Check, Files, Limits, Scenario, load};
use uptake::sweep::sweep;
use uptake::table::{Table, Values};

/// The folder of the scenarios.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Every `.lua` file below the folder of scenarios, in the order of their names.
pub fn all_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true => open.push(path),
                false if path.extension().is_some_and(|extension| extension == "lua") => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// Files beside a scenario.
struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        fs::read(self.0.join(path))
    }
}

/// The scenarios of a file.
pub fn scenarios(path: &Path) -> Vec<Scenario> {
    let text = fs::read_to_string(path).expect("the scenario can be read");
    let beside = Beside(path.parent().expect("a file is in a folder").to_path_buf());
    load(&text, &path.display().to_string(), beside, Limits::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The world of one cell, checked and compiled.
pub fn prepared(scenario: &Scenario, cell: usize) -> Prepared {
    prepared_with(scenario, &scenario.study().design.cells[cell], &|_| {})
}

fn prepared_with(scenario: &Scenario, cell: &Cell, change: &dyn Fn(&mut World)) -> Prepared {
    let study = scenario.study();
    let mut world = scenario.world(cell).unwrap_or_else(|error| panic!("{}: {error}", study.name));
    change(&mut world);
    prepare(world).unwrap_or_else(|mistake| panic!("{}: line {}: {}", study.name, mistake.line, mistake.message))
}

/// What a thread keeps from run to run: its scenario, and the worlds of the cells it has met.
struct Worker {
    scenario: Scenario,
    prepared: Vec<Option<Prepared>>,
}

/// Runs scenario number `place` of a file: these runs of its design, or all, with those that refining it asks for.
pub fn run_study(path: &Path, place: usize, set: &[(&str, &str)], some: Option<&[Run]>) -> (Scenario, Table) {
    run_changed(path, place, set, some, &|_| {})
}

/// The same, with every world changed before it is checked and compiled.
pub fn run_changed(
    path: &Path,
    place: usize,
    set: &[(&str, &str)],
    some: Option<&[Run]>,
    change: &(dyn Fn(&mut World) + Sync),
) -> (Scenario, Table) {
    let prepared = |scenario: &Scenario, cell: &Cell| prepared_with(scenario, cell, change);
    let own = || {
        let mut scenario = scenarios(path).swap_remove(place);
        for (name, value) in set {
            scenario.set(name, value).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        scenario
    };
    let scenario = own();
    let mut study = scenario.study().clone();
    let mut columns = Vec::new();
    for cell in &study.design.cells {
        for name in measures(&prepared(&scenario, cell)) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    let first = study.design.clone();
    let mut records: Vec<(Run, Record)> = Vec::new();
    loop {
        // Replicate by replicate, so that cells that differ in their rules only meet the network just built.
        let mut order: Vec<Run> = match some {
            Some(runs) => runs.to_vec(),
            None => (records.len() as u64..study.design.runs()).map(|number| study.design.run(number)).collect(),
        };
        order.sort_by_key(|run| (run.replicate, run.cell));
        records.extend(made(&study, &columns, &order, &own, &prepared));
        records.sort_by_key(|(run, _)| *run);
        let table = table(&study.design, &columns, &records);
        let refine = first.refine.as_ref().filter(|_| some.is_none());
        let cells = refine.map_or(Vec::new(), |refine| refine.trace_runs(&first, &table).cells);
        if first.cells.len() + cells.len() == study.design.cells.len() {
            return (scenario, table);
        }
        study.design.cells.truncate(first.cells.len());
        study.design.cells.extend(cells);
    }
}

/// Makes these runs of a study on all processors.
fn made(
    study: &Study,
    columns: &[String],
    order: &[Run],
    own: &(dyn Fn() -> Scenario + Sync),
    prepared: &(dyn Fn(&Scenario, &Cell) -> Prepared + Sync),
) -> Vec<(Run, Record)> {
    let worlds = Worlds::new(16);
    let make = |worker: &mut Worker, run: Run| {
        let cell = &study.design.cells[run.cell as usize];
        let Worker { scenario, prepared: known } = worker;
        let world = known[run.cell as usize].get_or_insert_with(|| prepared(scenario, cell));
        let mut source = Source::new(study.seed, u64::from(run.replicate));
        if study.independent {
            source.cell = study.design.identity(cell);
        }
        if world.world.plain.is_empty() {
            return experiment::run(world, &worlds, source, study.steps, columns, &[]);
        }
        let mut rules = worker.scenario.rules(cell).unwrap_or_else(|error| panic!("{}: {error}", study.name));
        experiment::run_plain(world, &worlds, source, study.steps, (columns, &[]), &mut rules)
    };
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let cells = study.design.cells.len();
    let worker = || Ok::<_, std::convert::Infallible>(Worker { scenario: own(), prepared: vec![None; cells] });
    let mut records = Vec::new();
    let keep = |run, record, _| {
        records.push((run, record));
        Ok(())
    };
    sweep(order, threads, worker, make, keep, &AtomicBool::new(false)).expect("nothing is in its way");
    records
}

/// The rows as the store writes them: parameters, replicate, status, measures.
fn table(design: &Design, columns: &[String], records: &[(Run, Record)]) -> Table {
    let mut table = Table::new();
    for (place, name) in design.parameters.iter().enumerate() {
        let levels = || records.iter().map(|(run, _)| &design.cells[run.cell as usize].levels[place]);
        let numbers: Option<Vec<f64>> = levels().map(|level| level.number()).collect();
        let values = numbers.map_or_else(|| Values::texts(levels().map(|level| level.written())), Values::Number);
        table = table.with(name, values);
    }
    let replicates = records.iter().map(|(run, _)| f64::from(run.replicate)).collect();
    let status = records.iter().map(|(run, record)| match &record.outcome {
        Outcome::Done => "done".to_string(),
        Outcome::Failed(reason) => panic!("{run:?} failed: {reason}"),
    });
    table = table.with("replicate", Values::Number(replicates)).with("status", Values::texts(status));
    for (place, name) in columns.iter().enumerate() {
        let values = records.iter().map(|(_, record)| record.values[place]).collect();
        table = table.with(name, Values::Number(values));
    }
    table
}

/// Runs a whole study and asks for its claims.
pub fn claims(path: &Path, place: usize) -> Vec<Check> {
    let (scenario, runs) = run_study(path, place, &[], None);
    let checks = scenario.check(&runs).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(!checks.is_empty(), "{} claims nothing", path.display());
    checks
}

/// A claim that does not hold, with its numbers.
pub fn failure(check: &Check) -> Option<String> {
    let numbers: Vec<String> = check.told.iter().map(|told| format!("\n  {told}")).collect();
    (!check.passed).then(|| format!("line {}: {}{}", check.line, check.text, numbers.concat()))
}
