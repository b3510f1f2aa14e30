//! Writing one attempt's rows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::format::{HEADER, RunId, write_begin, write_end, write_record};
use super::{Store, StoreError};
use crate::design::Run;
use crate::record::Record;

/// One attempt's file of rows: this writer's alone, and only ever added to.
///
/// Every line is handed to the system at once, so it outlives this process however that ends. Threads may share the
/// writer. Dropped without [`PartWriter::finish`], the part keeps its rows and counts as an attempt that was killed.
pub struct PartWriter<'a> {
    store: &'a Store,
    path: PathBuf,
    lines: Mutex<Lines<File>>,
}

impl<'a> PartWriter<'a> {
    pub(super) fn create(store: &'a Store) -> Result<Self, StoreError> {
        let folder = store.parts_folder();
        let (path, file) = claim(&folder).map_err(|error| StoreError::writing(&folder, error))?;
        let mut lines = Lines { out: file, text: String::new(), safe: 0, rows: 0, broken: false };
        lines.text = format!("{HEADER}{}\n", store.identity());
        lines.write().map_err(|error| StoreError::writing(&path, error))?;
        Ok(PartWriter { store, path, lines: Mutex::new(lines) })
    }

    /// Says that `run` is about to be made: a run that ends its process is known by having begun and not finished.
    ///
    /// A disk that does not take this line is no reason not to make the run: its row will meet the same disk and say so.
    pub fn begin(&self, run: Run) {
        let id = self.id(run);
        let _ = self.line(0, |text| write_begin(&self.store.key, id, text));
    }

    /// Keeps the record of a finished run.
    ///
    /// Panics when the record has not the plan's measures and curves: a bug of the caller.
    pub fn append(&self, run: Run, record: &Record) -> Result<(), StoreError> {
        let plan = &self.store.plan;
        if record.is_done() {
            assert_eq!(record.values.len(), plan.measures.len(), "a row has one value per measure of the plan");
            assert_eq!(record.curves.len(), plan.curves.len(), "a row has one curve per curve of the plan");
        }
        let id = self.id(run);
        self.line(1, |text| write_record(&self.store.key, id, record, text))
    }

    /// How many rows are kept so far.
    pub fn rows(&self) -> u64 {
        self.lines.lock().expect("a writer never panics").rows
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the attempt in good order: runs it began and did not finish are not held against them.
    /// Returns how many rows it kept.
    pub fn finish(self) -> Result<u64, StoreError> {
        self.close()
    }

    /// The same while other threads may still be at work: for a process that is about to end. A row that comes after
    /// is kept as any other, but may not outlive the machine.
    pub fn close(&self) -> Result<u64, StoreError> {
        self.line(0, |text| write_end(&self.store.key, text))?;
        let lines = self.lines.lock().expect("a writer never panics");
        // Once per attempt, so that its rows outlive the machine too; a row at a time would cost more than most runs.
        lines.out.sync_all().map_err(|error| StoreError::writing(&self.path, error))?;
        Ok(lines.rows)
    }

    fn id(&self, run: Run) -> RunId {
        RunId { cell: self.store.cells.identity(run.cell), replicate: run.replicate }
    }

    /// Adds one line, which holds so many `rows`.
    fn line(&self, rows: u64, text: impl FnOnce(&mut String)) -> Result<(), StoreError> {
        let mut lines = self.lines.lock().expect("a writer never panics");
        text(&mut lines.text);
        lines.write().map_err(|error| match StoreError::writing(&self.path, error) {
            StoreError::Full { path, source } => StoreError::PartFull { path, rows: lines.rows, source },
            other => other,
        })?;
        lines.rows += rows;
        Ok(())
    }
}

/// A new file that nobody else has: the next free number, and the one after when another attempt was quicker.
fn claim(folder: &Path) -> io::Result<(PathBuf, File)> {
    let mut number =
        1 + fs::read_dir(folder)?.filter_map(|entry| part_number(entry.ok()?.file_name().to_str()?)).max().unwrap_or(0);
    loop {
        let path = folder.join(format!("part-{number:06}.rows"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

fn part_number(name: &str) -> Option<u64> {
    name.strip_prefix("part-")?.strip_suffix(".rows")?.parse().ok()
}

/// Whole lines at the end of a file.
struct Lines<W> {
    out: W,
    text: String,
    /// Bytes of whole lines.
    safe: u64,
    rows: u64,
    /// Half a line may stand at the end: another would be lost behind it.
    broken: bool,
}

/// A file that can be cut back to its last whole line.
trait Cut: Write {
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Cut for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(drop)
    }
}

impl<W: Cut> Lines<W> {
    fn write(&mut self) -> io::Result<()> {
        if self.broken {
            return Err(io::Error::other("an earlier line could not be written"));
        }
        if let Err(error) = self.out.write_all(self.text.as_bytes()) {
            // A reader would skip half a line anyway; cutting it off only lets a later line be read.
            self.broken = self.out.cut(self.safe).is_err();
            return Err(error);
        }
        self.safe += self.text.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{done, plan, run};
    use super::*;

    /// A disk with room for so many bytes.
    struct Disk {
        bytes: Vec<u8>,
        room: usize,
        can_cut: bool,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room - self.bytes.len());
            if fits == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.bytes.extend(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Cut for Disk {
        fn cut(&mut self, length: u64) -> io::Result<()> {
            if !self.can_cut {
                return Err(io::ErrorKind::Other.into());
            }
            self.bytes.truncate(length as usize);
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_keeps_whole_lines_and_nothing_is_written_behind_half_a_line() {
        for can_cut in [true, false] {
            let out = Disk { bytes: Vec::new(), room: 25, can_cut };
            let mut lines = Lines { out, text: "ten bytes\n".into(), safe: 0, rows: 0, broken: false };
            assert!(lines.write().is_ok() && lines.write().is_ok());
            assert_eq!(lines.write().unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert_eq!(lines.out.bytes.len(), if can_cut { 20 } else { 25 });
            lines.out.room = 100;
            assert_eq!(lines.write().is_ok(), can_cut);
            assert_eq!(lines.out.bytes.len(), if can_cut { 30 } else { 25 });
        }
    }

    #[test]
    fn a_full_disk_is_reported_with_what_to_do() {
        let error = StoreError::writing(Path::new("out/x"), io::ErrorKind::StorageFull.into());
        assert!(matches!(error, StoreError::Full { .. }));
        assert!(error.to_string().contains("run the same command again"), "{error}");
    }

    #[test]
    fn attempts_at_once_get_parts_of_their_own() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(2, 10)).unwrap();
        let paths: Vec<PathBuf> = std::thread::scope(|scope| {
            let attempts: Vec<_> = (0..8)
                .map(|number| {
                    let store = &store;
                    scope.spawn(move || {
                        let part = store.part().unwrap();
                        part.append(run(0, number), &done(0.5)).unwrap();
                        part.path().to_path_buf()
                    })
                })
                .collect();
            attempts.into_iter().map(|attempt| attempt.join().unwrap()).collect()
        });
        let mut different = paths.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 8);
        assert_eq!(store.scan().unwrap().finished(), 8);
    }
}
