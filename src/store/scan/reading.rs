//! Reading one part, line by line: what is a row of ours, what is torn, what belongs to another sweep.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::{Conflict, PartFound, Place, Scan};
use crate::design::Run;
use crate::store::format::{HEADER, Row, RunId, Said, read_line};
use crate::store::{Store, StoreError, is_identity};

impl Scan<'_> {
    /// Takes in what a part holds, line by line.
    pub(super) fn read_part(&mut self, store: &Store, path: PathBuf, file: File) -> Result<(), StoreError> {
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
pub(in crate::store) fn first_header(folder: &Path) -> Option<String> {
    let path = part_paths(folder).ok()?.into_iter().next()?;
    let mut line = Vec::new();
    BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut line).ok()?;
    header(line.strip_suffix(b"\n")?).map(str::to_string)
}

fn header(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line).ok()?.strip_prefix(HEADER).filter(|identity| is_identity(identity))
}

/// Every part in the folder, in the order of their names, so that what is found does not depend on the file system.
pub(super) fn part_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
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
    use super::*;
    use crate::store::testing::{done, made, plan, run, store};

    fn only_part(store: &Store) -> PathBuf {
        let paths = part_paths(&store.parts_folder()).unwrap();
        assert_eq!(paths.len(), 1);
        paths[0].clone()
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
}
