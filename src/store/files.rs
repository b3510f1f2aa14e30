//! Files that are either whole or not there: written beside their place, then renamed into it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::StoreError;

/// A file on its way to `path`; until [`Draft::publish`] what was at `path` before stays as it is.
pub(super) struct Draft {
    path: PathBuf,
    beside: PathBuf,
    out: BufWriter<File>,
    published: bool,
}

impl Draft {
    pub fn new(path: &Path) -> Result<Draft, StoreError> {
        let name = path.file_name().expect("a draft has a file's name").to_string_lossy();
        // Two programs may draft the same file at once: each gets its own draft, the last one published stays.
        for number in 1.. {
            let beside = path.with_file_name(format!(".{name}.{number}.draft"));
            match OpenOptions::new().write(true).create_new(true).open(&beside) {
                Ok(file) => {
                    let out = BufWriter::with_capacity(1 << 18, file);
                    return Ok(Draft { path: path.to_path_buf(), beside, out, published: false });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(StoreError::writing(path, error)),
            }
        }
        unreachable!("numbers do not end")
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the whole file in its place, also for a machine that loses power right after.
    pub fn publish(mut self) -> Result<(), StoreError> {
        let whole = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        whole.and_then(|()| fs::rename(&self.beside, &self.path)).map_err(|e| StoreError::writing(&self.path, e))?;
        self.published = true;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.published {
            // An unfinished draft is of no use; when it cannot be removed it is only litter.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// What was being written in `dir` and the folders below it but its parts: by a program at work, or by one that was killed.
pub(super) fn drafts(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    // What cannot be looked at is no reason to stop: drafts are litter at worst.
    for path in fs::read_dir(dir).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "parts" {
            found.extend(drafts(&path));
        } else if name.starts_with('.') && name.ends_with(".draft") {
            found.push(path);
        }
    }
    found
}

/// Writes `bytes` to `path`, whole or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut draft = Draft::new(path)?;
    draft.write_all(bytes).map_err(|error| StoreError::writing(path, error))?;
    draft.publish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("table.csv");
        write(&path, b"old").unwrap();
        let mut draft = Draft::new(&path).unwrap();
        draft.write_all(b"ne").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(draft);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no drafts are left behind");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let error = write(&dir.path().join("gone/table.csv"), b"x").unwrap_err();
        assert!(error.to_string().contains("gone/table.csv"), "{error}");
    }
}
