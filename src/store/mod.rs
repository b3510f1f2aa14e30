//! Runs on disk, and the only writer of results.
//!
//! ```text
//! <out>/<scenario>/<identity>/
//!   plan.json            what is swept; never changed
//!   parts/part-N.rows    one file per attempt: rows as they finish, in any order
//!   runs.csv             one row per run, in run order; runs.parquet is the same with types
//!   cells.csv, .parquet  one row per cell
//!   curves.csv, .parquet adoption curves, when the plan keeps any
//!   responses.csv, .parquet  exposure curves, likewise
//!   boundary.csv, .parquet  where a transition crosses its level, when the design follows one
//!   data/                copies of the tables of points the design was read from
//!   scenario.lua         the scenario's text, as it is in the plan
//!   ro-crate-metadata.json  what all of this is, for archives
//!   ...                  whatever is derived: figures/, slurm/
//! ```
//!
//! Promises:
//! - The finished runs are the union of the rows in all parts. Interrupted, killed, started twice, split over machines:
//!   always the same case, "read what is there, make the rest". No locks.
//! - How many runs there are is a function of the rows where the design says so (`until`): decided on the replicates of
//!   a cell in order, so rows that were made too many are left out, whoever made them.
//!   The same holds for cells (`refine`): an opened sweep has those that the rows ask for, [`Store::follow`] looks again.
//! - A torn or changed line is noticed, counted and never read as a row. Two rows of one run must be equal.
//! - Tables depend on the rows alone: not on the order they came in, on parts, clocks, hosts or folders. They are
//!   whole or not there.
//! - Memory holds a few dozen bytes per run, never the rows themselves.
//!
//! ```no_run
//! # use std::path::Path;
//! # use uptake::{experiment::Plan, record::Record, store::{Store, StoreError}};
//! # fn all(plan: &Plan, make: impl Fn(uptake::design::Run) -> Record) -> Result<(), StoreError> {
//! let store = Store::open(Path::new("output"), plan)?;
//! let part = store.part()?;
//! for run in store.scan()?.pending() {
//!     part.begin(run);
//!     part.append(run, &make(run))?;
//! }
//! part.finish()?;
//! let merged = store.merge(&store.scan()?)?;
//! assert_eq!(merged.missing, 0);
//! # Ok(()) }
//! ```

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::design::Traced;
use crate::experiment::Plan;
use crate::experiment::plan::{RESULT_VERSION, response_of};

mod adopt;
mod cells;
mod error;
mod files;
mod format;
mod forms;
mod merge;
mod parquet;
mod part;
mod provenance;
mod scan;
mod tables;

pub use adopt::Adopted;
use cells::Cells;
pub use error::StoreError;
use format::Key;
pub use merge::Merged;
pub use part::PartWriter;
pub use provenance::data_name;
pub use scan::{PartFound, Scan};

/// The folder of one sweep.
pub struct Store {
    dir: PathBuf,
    /// As asked for, and the cells that rows asked for besides.
    plan: Plan,
    /// How many of the cells are in plan.json.
    asked: usize,
    identity: String,
    key: Key,
    cells: Cells,
}

impl Store {
    /// The folder of `plan` under `out`, made when it is not there yet.
    pub fn open(out: &Path, plan: &Plan) -> Result<Store, StoreError> {
        check_names(plan)?;
        let text = plan.to_json();
        let identity = hash(&text);
        let dir = out.join(&plan.scenario).join(&identity);
        let parts = dir.join("parts");
        fs::create_dir_all(&parts).map_err(|error| StoreError::writing(&parts, error))?;
        let path = dir.join(PLAN);
        match fs::read_to_string(&path) {
            Ok(found) if found == text => {}
            Ok(found) => return Err(StoreError::PlanEdited { path, expected: identity, found: hash(&found) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => files::write(&path, text.as_bytes())?,
            Err(error) => return Err(StoreError::reading(&path, error)),
        }
        Store::new(dir, plan.clone(), identity).followed()
    }

    /// The sweep in the folder `dir`, wherever that was moved to.
    pub fn at(dir: &Path) -> Result<Store, StoreError> {
        let path = dir.join(PLAN);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                StoreError::NotASweep { dir: dir.to_path_buf(), meant: sweeps_below(dir) }
            }
            _ => StoreError::reading(&path, error),
        })?;
        let unreadable =
            |error: serde_json::Error| StoreError::PlanUnreadable { path: path.clone(), reason: error.to_string() };
        // The version comes first: a plan of another version may have other fields.
        #[derive(serde::Deserialize)]
        struct Version {
            result_version: u64,
        }
        let Version { result_version: found } = serde_json::from_str(&text).map_err(unreadable)?;
        if found != u64::from(RESULT_VERSION) {
            return Err(StoreError::OtherVersion { path, found, ours: RESULT_VERSION });
        }
        let plan: Plan = serde_json::from_str(&text).map_err(unreadable)?;
        check_names(&plan)?;
        let identity = hash(&text);
        let store = Store::new(dir.to_path_buf(), plan, identity.clone());
        match store.expected_identity() {
            Some(expected) if expected != identity => Err(StoreError::PlanEdited { path, expected, found: identity }),
            _ => store.followed(),
        }
    }

    /// What is swept; where the design refines a transition, with the cells that the rows ask for.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What was asked for, as in plan.json.
    pub fn asked(&self) -> Plan {
        let mut plan = self.plan.clone();
        plan.design.cells.truncate(self.asked);
        plan
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// 16 hex digits that name the plan; they head every part.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// A new part for one attempt's rows.
    pub fn part(&self) -> Result<PartWriter<'_>, StoreError> {
        PartWriter::create(self)
    }

    /// Reads all parts: what is finished, what is torn.
    pub fn scan(&self) -> Result<Scan<'_>, StoreError> {
        Scan::of(self)
    }

    /// Adds the cells that the rows ask for by now; whether there are any. Cells keep their places.
    pub fn follow(&mut self) -> Result<bool, StoreError> {
        if self.plan.design.refine.is_none() {
            return Ok(false);
        }
        let before = self.plan.design.cells.len();
        loop {
            let (there, traced) = (self.plan.design.cells.len(), self.traced(&self.scan()?).unwrap_or_default());
            self.plan.design.cells.truncate(self.asked);
            self.plan.design.cells.extend(traced.cells);
            self.cells = Cells::of(&self.plan.design);
            // Rows of the cells just added are known from the next look on.
            if self.plan.design.cells.len() <= there {
                return Ok(self.plan.design.cells.len() > before);
            }
        }
    }

    /// The transition that the design follows, as far as the rows tell; none when it follows none.
    pub fn traced(&self, scan: &Scan) -> Option<Traced> {
        let refine = self.plan.design.refine.as_ref()?;
        Some(refine.trace(&self.asked().design, |cell| {
            let place = self.cells.find(self.plan.design.identity(cell))?;
            scan.values(&refine.measure, place).map(|values| refine.estimate(&values))
        }))
    }

    /// Keeps `bytes` as the file `name` (a path such as `figures/one.svg`) in the sweep's folder, whole or not at all.
    pub fn write_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        files::write(&self.place(name)?, bytes)
    }

    /// Files that are half written: by a program at work here, or by one that was killed.
    pub fn drafts(&self) -> Vec<PathBuf> {
        files::drafts(&self.dir)
    }

    fn new(dir: PathBuf, plan: Plan, identity: String) -> Store {
        let cells = Cells::of(&plan.design);
        Store { dir, key: Key::of(&identity), asked: plan.design.cells.len(), plan, identity, cells }
    }

    fn followed(mut self) -> Result<Store, StoreError> {
        self.follow()?;
        Ok(self)
    }

    fn parts_folder(&self) -> PathBuf {
        self.dir.join("parts")
    }

    /// Which plan the folder says it belongs to: by its name, or by its first part when the folder was renamed.
    fn expected_identity(&self) -> Option<String> {
        let resolved = self.dir.canonicalize().ok()?;
        let name = resolved.file_name().and_then(|name| name.to_str()).filter(|name| is_identity(name));
        name.map(str::to_string).or_else(|| scan::reading::first_header(&self.parts_folder()))
    }

    /// The path of the derived file `name`, its folder made.
    fn place(&self, name: &str) -> Result<PathBuf, StoreError> {
        let path = Path::new(name);
        let inside = path.components().all(|component| matches!(component, Component::Normal(_)));
        let owned = |name: &str| path.starts_with(name) || path == Path::new(name).with_extension("parquet");
        let owned = ["parts", PLAN, RUNS, CELLS, CURVES, RESPONSES, BOUNDARY].into_iter().any(owned);
        let reason = match () {
            () if name.is_empty() || !inside => "it must be a path below the sweep's folder",
            () if owned => "the sweep itself writes it",
            () => {
                let path = self.dir.join(path);
                let folder = path.parent().expect("a derived file lies in the sweep's folder");
                fs::create_dir_all(folder).map_err(|error| StoreError::writing(folder, error))?;
                return Ok(path);
            }
        };
        Err(StoreError::Name { name: name.into(), what: "a file", reason: reason.into() })
    }
}

const PLAN: &str = "plan.json";
const RUNS: &str = "runs.csv";
const BOUNDARY: &str = "boundary.csv";
const CELLS: &str = "cells.csv";
const CURVES: &str = "curves.csv";
const RESPONSES: &str = "responses.csv";
/// The column of responses.csv that counts the sources.
const SOURCES: &str = "sources";

/// Columns that the tables of runs, cells and curves have of their own.
const OWN_COLUMNS: [&str; 6] = ["replicate", "status", "error", "now", "runs", "failed"];

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_string()
}

/// Whether `text` looks like the identity of a plan.
fn is_identity(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Every name must be able to stand where the tables and folders put it.
fn check_names(plan: &Plan) -> Result<(), StoreError> {
    let refuse =
        |name: &str, what, reason: &str| Err(StoreError::Name { name: name.into(), what, reason: reason.into() });
    let scenario = plan.scenario.as_str();
    if scenario.is_empty() || scenario.starts_with('.') || scenario.contains(['/', '\\', ':', '\0']) {
        return refuse(
            scenario,
            "the scenario",
            "it names the folder of its results: no `/`, `\\` or `:`, no `.` first",
        );
    }
    for (what, names) in
        [("a parameter", &plan.design.parameters), ("a measure", &plan.measures), ("a curve", &plan.curves)]
    {
        for (place, name) in names.iter().enumerate() {
            if OWN_COLUMNS.contains(&name.as_str()) {
                return refuse(name, what, "the tables have a column of that name already");
            }
            if name == SOURCES && what == "a parameter" && plan.curves.iter().any(|curve| response_of(curve).is_some())
            {
                return refuse(name, what, "the table of exposure curves has a column of that name already");
            }
            if names[..place].contains(name) {
                return refuse(name, what, "there are two of that name");
            }
            if what != "a parameter" && plan.design.parameters.contains(name) {
                return refuse(name, what, "a parameter has that name, and each is a column of the same table");
            }
        }
    }
    Ok(())
}

/// The sweeps in a folder of sweeps (`OUT/SCENARIO`, or `OUT` itself), in the order of their names.
fn sweeps_below(dir: &Path) -> Vec<PathBuf> {
    let mut sweeps = Vec::new();
    for folder in folders_in(dir).into_iter().flat_map(|folder| [vec![folder.clone()], folders_in(&folder)].concat()) {
        if folder.join(PLAN).is_file() {
            sweeps.push(folder);
        }
    }
    sweeps
}

/// The folders in a folder, in the order of their names; none where it cannot be read.
fn folders_in(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::{done, plan, run};
    use super::*;

    #[test]
    fn a_sweep_is_opened_again_by_its_plan_and_by_its_folder() {
        let out = tempfile::tempdir().unwrap();
        let plan = plan(2, 3);
        let dir = Store::open(out.path(), &plan).unwrap().dir().to_path_buf();
        assert_eq!(dir, out.path().join("ring").join(plan.identity()));
        assert_eq!(Store::open(out.path(), &plan).unwrap().plan(), &plan);
        let again = Store::at(&dir).unwrap();
        assert_eq!((again.plan(), again.identity()), (&plan, plan.identity().as_str()));
        let renamed = out.path().join("for the paper");
        fs::rename(&dir, &renamed).unwrap();
        assert_eq!(Store::at(&renamed).unwrap().plan(), &plan);
    }

    #[test]
    fn an_edited_plan_is_refused() {
        let out = tempfile::tempdir().unwrap();
        let plan = plan(2, 3);
        let dir = {
            let store = Store::open(out.path(), &plan).unwrap();
            let part = store.part().unwrap();
            part.append(run(0, 0), &done(0.5)).unwrap();
            store.dir().to_path_buf()
        };
        let text = plan.to_json().replace("\"seed\": 7", "\"seed\": 8");
        fs::write(dir.join(PLAN), text).unwrap();
        for error in [Store::open(out.path(), &plan).err(), Store::at(&dir).err()] {
            let error = error.expect("the plan was edited");
            assert!(matches!(error, StoreError::PlanEdited { .. }), "{error}");
        }
        // In a renamed folder the parts still know their plan.
        let renamed = out.path().join("for the paper");
        fs::rename(&dir, &renamed).unwrap();
        assert!(matches!(Store::at(&renamed), Err(StoreError::PlanEdited { .. })));
    }

    #[test]
    fn a_plan_of_another_result_version_is_refused() {
        let out = tempfile::tempdir().unwrap();
        let text =
            plan(1, 1).to_json().replace(&format!("\"result_version\": {RESULT_VERSION}"), "\"result_version\": 99");
        fs::write(out.path().join(PLAN), text).unwrap();
        let error = Store::at(out.path()).err().unwrap();
        assert!(matches!(error, StoreError::OtherVersion { found: 99, .. }), "{error}");
    }

    #[test]
    fn a_folder_without_a_plan_is_no_sweep_and_those_inside_were_meant() {
        let out = tempfile::tempdir().unwrap();
        let dir = Store::open(out.path(), &plan(1, 1)).unwrap().dir().to_path_buf();
        let said = |folder: &Path| Store::at(folder).err().unwrap().to_string();
        for above in [out.path(), &out.path().join("ring")] {
            let words = format!("{} is not the folder of a sweep: it has no plan.json", above.display());
            assert_eq!(said(above), format!("{words} (did you mean {}?)", dir.display()));
        }
        assert!(said(&out.path().join("nowhere")).ends_with("no such folder"));
        assert!(said(&dir.join(PLAN)).contains("it is a file"));
        let other = Store::open(out.path(), &plan(1, 2)).unwrap().dir().to_path_buf();
        let both = said(out.path());
        assert!(both.contains("holds 2 of them") && both.contains(&*other.to_string_lossy()), "{both}");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_an_error_that_names_it() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("ring"), "a file where the folder should be").unwrap();
        let error = Store::open(out.path(), &plan(1, 1)).err().unwrap();
        assert!(error.to_string().starts_with("cannot write "), "{error}");
        let denied = StoreError::writing(Path::new("out"), io::ErrorKind::ReadOnlyFilesystem.into());
        assert!(matches!(denied, StoreError::ReadOnly { .. }) && denied.to_string().contains("--out"));
    }

    #[test]
    fn names_that_cannot_stand_in_the_tables_are_refused() {
        let out = tempfile::tempdir().unwrap();
        let mut bad: Vec<Plan> = (0..5).map(|_| plan(1, 1)).collect();
        bad[0].scenario = "../ring".into();
        bad[1].measures[0] = "status".into();
        bad[2].measures[1] = "rewire".into();
        bad[3].design.parameters[0] = "replicate".into();
        bad[4].measures[1] = "adopted".into();
        for plan in bad {
            assert!(matches!(Store::open(out.path(), &plan), Err(StoreError::Name { .. })));
        }
    }

    #[test]
    fn derived_files_stay_inside_the_folder_and_leave_the_rows_alone() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(1, 1)).unwrap();
        store.write_bytes("figures/one.svg", b"<svg/>").unwrap();
        assert_eq!(fs::read(store.dir().join("figures/one.svg")).unwrap(), b"<svg/>");
        for name in ["", "../x", "/x", "plan.json", "runs.csv", "parts/part-000001.rows"] {
            assert!(matches!(store.write_bytes(name, b""), Err(StoreError::Name { .. })), "{name}");
        }
    }
}
