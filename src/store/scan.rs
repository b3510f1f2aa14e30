//! Reading all parts: which runs are finished, where their rows lie, and what is not a row.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::format::{HEADER, Row, RunId, Said, read_line};
use super::{Store, StoreError, is_identity};
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
        let paths = part_paths(&folder).map_err(|error| StoreError::reading(&folder, error))?;
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

    fn read_part(&mut self, store: &Store, path: PathBuf, file: File) -> Result<(), StoreError> {
        let reading = |error| StoreError::reading(&path, error);
        let mut found = PartFound {
            name: path.file_name().expect("a part is a file").to_string_lossy().into_owned(),
            ..PartFound::default()
        };
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut line = Vec::new();
        let mut offset = reader.read_until(b'\n', &mut line).map_err(reading)? as u64;
        let ours = line.strip_suffix(b"\n").and_then(header) == Some(store.identity());
        // A header torn or changed by itself costs nothing: the lines carry their own proof.
        let foreign = !ours && line.strip_suffix(b"\n").and_then(header).is_some();
        found.torn += u64::from(!ours && !foreign && !line.is_empty());

        let part = self.paths.len() as u32;
        let place_of = |measure: &str| store.plan.measures.iter().position(|name| *name == measure);
        let deciding: Vec<Option<usize>> = self.deciding.iter().map(|(measure, _)| place_of(measure)).collect();
        let mut begun = BTreeSet::new();
        let mut last = None;
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line).map_err(reading)?;
            if length == 0 {
                break;
            }
            let start = offset;
            offset += length as u64;
            let whole = line.strip_suffix(b"\n").and_then(|line| Some((line.len(), read_line(&store.key, line)?)));
            let Some((length, read)) = whole else {
                *(if foreign { &mut found.foreign } else { &mut found.torn }) += 1;
                continue;
            };
            match read.said {
                Said::End => found.ended = true,
                Said::Begin(id) => match self.number(store, id, &mut last) {
                    Some(number) => _ = begun.insert(number),
                    None => found.foreign += 1,
                },
                Said::Row(id, row) => match (self.number(store, id, &mut last), u32::try_from(length)) {
                    (Some(number), Ok(length)) => {
                        let failed = matches!(row, Row::Failed(_));
                        let place = Place { check: read.check, offset: start, part, length, failed };
                        begun.remove(&number);
                        found.rows += 1;
                        if self.places[number as usize].is_none() {
                            for ((_, values), measure) in self.deciding.iter_mut().zip(&deciding) {
                                let value = measure.and_then(|measure| row.value(measure));
                                values[number as usize] = value.unwrap_or(f64::NAN);
                            }
                        }
                        self.place_row(number, place);
                    }
                    _ => found.foreign += 1,
                },
            }
        }
        if !found.ended {
            for number in begun {
                *self.killed.entry(number).or_default() += 1;
            }
        }
        self.paths.push(path);
        self.parts.push(found);
        Ok(())
    }

    fn place_row(&mut self, number: u64, place: Place) {
        match &self.places[number as usize] {
            None => {
                self.places[number as usize] = Some(place);
            }
            Some(first) if first.check == place.check => self.duplicates += 1,
            Some(first) => {
                let conflict = Conflict { run: self.design.run(number), first: first.part, second: place.part };
                self.conflict.get_or_insert(conflict);
            }
        }
    }

    /// The run number of `id`, when the plan has it. Rows of a cell mostly follow each other: `last` saves the search.
    fn number(&self, store: &Store, id: RunId, last: &mut Option<(u64, u32)>) -> Option<u64> {
        let cell = match *last {
            Some((identity, cell)) if identity == id.cell => cell,
            _ => store.cells.find(id.cell)?,
        };
        *last = Some((id.cell, cell));
        let run = Run { cell, replicate: id.replicate };
        (id.replicate < self.design.replicates).then(|| self.design.number(run))
    }
}

/// The identity in the first part's first line.
pub(super) fn first_header(folder: &Path) -> Option<String> {
    let path = part_paths(folder).ok()?.into_iter().next()?;
    let mut line = Vec::new();
    BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut line).ok()?;
    header(line.strip_suffix(b"\n")?).map(str::to_string)
}

fn header(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok()?.strip_prefix(HEADER).filter(|identity| is_identity(identity))
}

/// Every part in the folder, in the order of their names, so that what is found does not depend on the file system.
fn part_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // A copy of a sweep may have been made without its parts.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rows") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{done, made, plan, run};
    use super::*;

    fn store(cells: u32, replicates: u32) -> (tempfile::TempDir, Store) {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(cells, replicates)).unwrap();
        (out, store)
    }

    fn only_part(store: &Store) -> PathBuf {
        let paths = part_paths(&store.parts_folder()).unwrap();
        assert_eq!(paths.len(), 1);
        paths[0].clone()
    }

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
    fn cut_at_any_byte_a_part_is_a_prefix_of_its_rows() {
        let (_out, store) = store(1, 12);
        let part = store.part().unwrap();
        let runs: Vec<Run> = (0..12).map(|replicate| run(1, replicate)).collect();
        let mut ends = Vec::new();
        for &run in &runs {
            part.begin(run);
            part.append(run, &made(run)).unwrap();
            ends.push(fs::metadata(part.path()).unwrap().len() as usize);
        }
        part.finish().unwrap();
        let path = only_part(&store);
        let bytes = fs::read(&path).unwrap();
        for cut in 0..=bytes.len() {
            fs::write(&path, &bytes[..cut]).unwrap();
            let scan = store.scan().unwrap();
            let whole = ends.iter().filter(|&&end| end <= cut).count();
            assert_eq!(scan.finished() as usize, whole, "cut at {cut}");
            assert!(scan.torn() <= 1 && scan.foreign() == 0 && scan.conflict.is_none());
            assert_eq!(scan.parts()[0].ended, cut == bytes.len());
            for &run in &runs[..whole] {
                assert_eq!(format!("{:?}", store.record(&scan, run).unwrap().unwrap()), format!("{:?}", made(run)));
            }
        }
    }

    #[test]
    fn a_flipped_bit_anywhere_loses_a_row_or_two_and_never_changes_one() {
        let (_out, store) = store(1, 4);
        let part = store.part().unwrap();
        let runs: Vec<Run> = (0..4).map(|replicate| run(1, replicate)).collect();
        for &run in &runs {
            part.append(run, &made(run)).unwrap();
        }
        part.finish().unwrap();
        let path = only_part(&store);
        let bytes = fs::read(&path).unwrap();
        let in_header = bytes.iter().position(|&byte| byte == b'\n').unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, &flipped).unwrap();
            let scan = store.scan().unwrap();
            // The newline after the header takes the first row with it; the one after a row takes two.
            let least = if bit / 8 < in_header { 4 } else { 2 };
            assert!(scan.finished() >= least, "bit {bit}: {}", scan.finished());
            assert!(scan.finished() == 4 || scan.torn() > 0, "bit {bit}");
            for &run in &runs {
                if let Some(record) = store.record(&scan, run).unwrap() {
                    assert_eq!(format!("{record:?}"), format!("{:?}", made(run)), "bit {bit}");
                }
            }
        }
    }

    #[test]
    fn a_part_of_another_sweep_is_counted_and_not_read() {
        let (_out, store) = store(1, 2);
        let other_out = tempfile::tempdir().unwrap();
        let mut other_plan = plan(1, 2);
        other_plan.seed = 8;
        let other = Store::open(other_out.path(), &other_plan).unwrap();
        let part = other.part().unwrap();
        part.append(run(0, 0), &done(0.9)).unwrap();
        let foreign = fs::read(part.path()).unwrap();
        fs::write(store.parts_folder().join("part-000001.rows"), &foreign).unwrap();
        let scan = store.scan().unwrap();
        assert_eq!((scan.finished(), scan.foreign(), scan.torn()), (0, 1, 0));
        assert_eq!(store.part().unwrap().path().file_name().unwrap(), "part-000002.rows");
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
