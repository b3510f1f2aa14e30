//! What all parts hold together: which runs are finished, where their rows lie, and which are still to be made.

pub(super) mod reading;

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::{Store, StoreError};
use crate::design::{Design, Run};

/// A run that was begun this often in attempts that were killed, and never finished, is taken to have ended its process
/// and is not tried again.
const FATAL: u32 = 3;

/// What the parts hold: where the row of each run lies, not the rows themselves.
pub struct Scan<'a> {
    pub(super) design: &'a Design,
    /// By cell: how many replicates it has, as far as the rows tell.
    wanted: Vec<u32>,
    /// By run number; runs of twin cells share the place of the first.
    places: Vec<Option<Place>>,
    keepers: Vec<u32>,
    /// The measures that decide how many replicates or cells there are, by name and run number.
    deciding: Vec<(&'a str, Vec<f64>)>,
    pub(super) paths: Vec<PathBuf>,
    parts: Vec<PartFound>,
    finished: u64,
    failed: u64,
    missing: u64,
    duplicates: u64,
    /// By run number: in how many killed attempts it was begun and not finished. Finished runs are not listed.
    killed: BTreeMap<u64, u32>,
    pub(super) conflict: Option<Conflict>,
}

/// One part and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartFound {
    /// Its file name.
    pub name: String,
    pub rows: u64,
    /// Lines that fail their check: torn off when the attempt was killed, or changed since.
    pub torn: u64,
    /// Lines of another sweep, or of runs that the plan does not have.
    pub foreign: u64,
    /// The attempt ended in good order; otherwise it was killed or is still at work.
    pub ended: bool,
}

/// Where a row lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub check: u64,
    pub offset: u64,
    pub part: u32,
    /// Without its newline.
    pub length: u32,
    pub failed: bool,
}

/// Two different rows of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub run: Run,
    pub first: u32,
    pub second: u32,
}

impl<'a> Scan<'a> {
    /// Runs that have a row, failed ones included.
    pub fn finished(&self) -> u64 {
        self.finished
    }

    /// Runs whose row says that they failed, and runs given up.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// How many runs there are; where rows decide how many replicates a cell has, as far as they tell.
    pub fn total(&self) -> u64 {
        self.wanted.iter().map(|&wanted| u64::from(wanted)).sum()
    }

    /// The runs there are, in run order.
    pub fn runs(&self) -> impl Iterator<Item = Run> {
        (0..).zip(&self.wanted).flat_map(|(cell, &wanted)| (0..wanted).map(move |replicate| Run { cell, replicate }))
    }

    /// The runs that have a row in runs.csv, in its order.
    pub fn rows(&self) -> impl Iterator<Item = Run> {
        self.runs().filter(|&run| self.is_finished(run) || self.is_given_up(run))
    }

    /// Runs that are still to be made: they have no row and are not given up.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Runs whose row says that they failed, in run order.
    pub fn failed_runs(&self) -> impl Iterator<Item = Run> {
        self.runs().filter(|&run| self.place(run).is_some_and(|place| place.failed))
    }

    /// Whether two rows of one run differ: then nothing can be merged.
    pub fn contradicts(&self) -> bool {
        self.conflict.is_some()
    }

    /// Rows that were there already, equal to the first.
    pub fn duplicates(&self) -> u64 {
        self.duplicates
    }

    pub fn torn(&self) -> u64 {
        self.parts.iter().map(|part| part.torn).sum()
    }

    pub fn foreign(&self) -> u64 {
        self.parts.iter().map(|part| part.foreign).sum()
    }

    /// All parts in the order of their names.
    pub fn parts(&self) -> &[PartFound] {
        &self.parts
    }

    pub fn is_finished(&self, run: Run) -> bool {
        self.place(run).is_some()
    }

    /// The runs still to be made, in run order; but those that were under way when an attempt was killed come last,
    /// so that one which kills its process cannot keep the others from being made.
    pub fn pending(&self) -> Vec<Run> {
        let mut pending: Vec<(u32, Run)> = self
            .runs()
            .filter(|&run| !self.is_finished(run))
            .map(|run| (self.kills(run), run))
            .filter(|(kills, _)| *kills < FATAL)
            .collect();
        pending.sort_by_key(|(kills, _)| *kills);
        pending.into_iter().map(|(_, run)| run).collect()
    }

    /// Runs that ended their process three times and are not tried again. A row found later counts for more.
    pub fn given_up(&self) -> impl Iterator<Item = Run> {
        self.killed.iter().filter(|(_, kills)| **kills >= FATAL).map(|(&number, _)| self.design.run(number))
    }

    pub(super) fn is_given_up(&self, run: Run) -> bool {
        self.kills(run) >= FATAL
    }

    pub(super) fn place(&self, run: Run) -> Option<Place> {
        self.places[self.kept_number(run) as usize]
    }

    /// In how many killed attempts `run` was begun and not finished.
    pub fn kills(&self, run: Run) -> u32 {
        self.killed.get(&self.kept_number(run)).copied().unwrap_or(0)
    }

    fn kept_number(&self, run: Run) -> u64 {
        self.design.number(Run { cell: self.keepers[run.cell as usize], ..run })
    }

    pub(super) fn of(store: &'a Store) -> Result<Self, StoreError> {
        let design = &store.plan.design;
        let folder = store.parts_folder();
        let paths = reading::part_paths(&folder).map_err(|error| StoreError::reading(&folder, error))?;
        let mut scan = Scan {
            places: vec![None; design.runs() as usize],
            wanted: vec![design.replicates; design.cells.len()],
            deciding: Vec::new(),
            keepers: (0..design.cells.len() as u32).map(|cell| store.cells.keeper(cell)).collect(),
            design,
            paths: Vec::new(),
            parts: Vec::new(),
            finished: 0,
            failed: 0,
            missing: 0,
            duplicates: 0,
            killed: BTreeMap::new(),
            conflict: None,
        };
        let until = design.until.as_ref().map(|until| until.measure.as_str());
        for measure in until.into_iter().chain(design.refine.as_ref().map(|refine| refine.measure.as_str())) {
            if scan.deciding.iter().all(|(known, _)| *known != measure) {
                scan.deciding.push((measure, vec![f64::NAN; design.runs() as usize]));
            }
        }
        for path in paths {
            match File::open(&path) {
                Ok(file) => scan.read_part(store, path, file)?,
                // Removed since the folder was listed: its rows are simply not there.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::reading(&path, error)),
            }
        }
        let places = &scan.places;
        scan.killed.retain(|&number, _| places[number as usize].is_none());
        if let Some(until) = &design.until {
            let value = |cell, replicate| scan.value(&until.measure, Run { cell, replicate });
            let wanted = |cell| until.wanted(design.replicates, |replicate| value(cell, replicate));
            scan.wanted = (0..design.cells.len() as u32).map(wanted).collect();
        }
        let (mut finished, mut missing, mut failed) = (0, 0, 0);
        for run in scan.runs() {
            let place = scan.place(run);
            finished += u64::from(place.is_some());
            missing += u64::from(place.is_none() && !scan.is_given_up(run));
            failed += u64::from(place.map_or_else(|| scan.is_given_up(run), |place| place.failed));
        }
        (scan.finished, scan.missing, scan.failed) = (finished, missing, failed);
        Ok(scan)
    }

    /// A deciding measure of a run: NaN when the run failed or has no value, nothing when it is not there yet.
    fn value(&self, measure: &str, run: Run) -> Option<f64> {
        match self.place(run) {
            None => self.is_given_up(run).then_some(f64::NAN),
            Some(_) => {
                let (_, values) = self.deciding.iter().find(|(known, _)| *known == measure)?;
                Some(values[self.kept_number(run) as usize])
            }
        }
    }

    /// The values of a deciding measure in all runs of a cell that have one; nothing while one of its runs is missing.
    pub(super) fn values(&self, measure: &str, cell: u32) -> Option<Vec<f64>> {
        let values: Option<Vec<f64>> =
            (0..self.wanted[cell as usize]).map(|replicate| self.value(measure, Run { cell, replicate })).collect();
        values.map(|values| values.into_iter().filter(|value| !value.is_nan()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{done, made, plan, run, store};
    use super::*;

    #[test]
    fn an_attempt_that_was_killed_keeps_its_rows_and_the_rest_is_pending() {
        let (_out, store) = store(2, 5);
        let part = store.part().unwrap();
        for replicate in 0..3 {
            part.append(run(1, replicate), &made(run(1, replicate))).unwrap();
        }
        // Forgotten, not dropped: as after SIGKILL, nothing runs at the end.
        std::mem::forget(part);
        let scan = store.scan().unwrap();
        assert_eq!((scan.finished(), scan.total(), scan.torn()), (3, 20, 0));
        assert!(!scan.parts()[0].ended);
        let pending = scan.pending();
        assert_eq!(pending.len(), 17);
        assert!(pending.is_sorted() && !pending.contains(&run(1, 2)) && pending.contains(&run(1, 3)));
    }

    #[test]
    fn equal_duplicates_count_once_and_unequal_ones_are_a_conflict() {
        let (_out, store) = store(1, 2);
        for _ in 0..2 {
            let part = store.part().unwrap();
            part.append(run(0, 0), &done(0.5)).unwrap();
            part.finish().unwrap();
        }
        let scan = store.scan().unwrap();
        assert_eq!((scan.finished(), scan.duplicates(), scan.conflict), (1, 1, None));
        let part = store.part().unwrap();
        part.append(run(0, 0), &done(0.25)).unwrap();
        part.finish().unwrap();
        let error = store.merge(&store.scan().unwrap()).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, StoreError::Conflict { .. }));
        for named in ["part-000001.rows", "part-000003.rows", "rewire = 0, rule = simple, replicate 0"] {
            assert!(text.contains(named), "{text}");
        }
    }

    #[test]
    fn a_run_that_ends_its_process_three_times_is_given_up_and_comes_last_until_then() {
        let (_out, store) = store(1, 2);
        for attempt in 0..3 {
            let scan = store.scan().unwrap();
            assert_eq!(scan.given_up().count(), 0);
            let pending = scan.pending();
            assert_eq!(pending.len(), 4);
            assert_eq!(pending[if attempt == 0 { 0 } else { 3 }], run(0, 0));
            let part = store.part().unwrap();
            part.begin(run(0, 0));
            std::mem::forget(part);
        }
        let scan = store.scan().unwrap();
        assert_eq!(scan.given_up().collect::<Vec<_>>(), [run(0, 0)]);
        assert_eq!((scan.failed(), scan.pending().len()), (1, 3));
        // An attempt that ended in good order holds nothing against the runs it left.
        let part = store.part().unwrap();
        part.begin(run(1, 0));
        part.finish().unwrap();
        assert_eq!(store.scan().unwrap().kills(run(1, 0)), 0);
        // A row found after all counts for more.
        let part = store.part().unwrap();
        part.append(run(0, 0), &done(0.5)).unwrap();
        let scan = store.scan().unwrap();
        assert_eq!((scan.given_up().count(), scan.finished()), (0, 1));
    }

    #[test]
    fn cells_that_coincide_share_their_rows() {
        let mut plan = plan(1, 2);
        plan.design.cells.push(plan.design.cells[0].clone());
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan).unwrap();
        let part = store.part().unwrap();
        part.append(run(2, 1), &done(0.5)).unwrap();
        let scan = store.scan().unwrap();
        assert_eq!(scan.finished(), 2);
        assert!(scan.is_finished(run(0, 1)) && scan.is_finished(run(2, 1)));
    }
}
