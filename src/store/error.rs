//! What can go wrong on disk, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why results cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "the disk is full: {rows} rows of this attempt are safe in {}; free some space and run the same command again, \
         which makes the rest", path.display()
    )]
    PartFull { path: PathBuf, rows: u64, source: io::Error },

    #[error("the disk is full: cannot write {}; no row is lost: free some space and run the same command again", path.display())]
    Full { path: PathBuf, source: io::Error },

    #[error("cannot write {}; give a folder that can be written to with --out", path.display())]
    ReadOnly { path: PathBuf, source: io::Error },

    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },

    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },

    #[error("{} is not the folder of a sweep: {}", dir.display(), instead(dir, meant))]
    NotASweep {
        dir: PathBuf,
        /// The sweeps further down.
        meant: Vec<PathBuf>,
    },

    #[error("{} is not the plan of a sweep: {reason}", path.display())]
    PlanUnreadable { path: PathBuf, reason: String },

    #[error(
        "{} was changed after the sweep began: it describes sweep {found}, its folder belongs to {expected}; put the \
         original back, or change the scenario instead and sweep it, which gets a folder of its own", path.display()
    )]
    PlanEdited { path: PathBuf, expected: String, found: String },

    #[error(
        "{} was written by result version {found}, this program gives the results of version {ours}: they must not \
         be mixed; sweep the scenario again, or use the program it was written by", path.display()
    )]
    OtherVersion { path: PathBuf, found: u64, ours: u32 },

    #[error("`{name}` cannot name {what} of a sweep: {reason}")]
    Name { name: String, what: &'static str, reason: String },

    /// Two attempts at one run gave different rows: the runs are not reproducible, so no result can be trusted.
    #[error(
        "run {run} has two different rows, in {} and in {}: the same run must give the same numbers, so one of them \
         was changed or made by another program; remove the part that is wrong", first.display(), second.display()
    )]
    Conflict { run: String, first: PathBuf, second: PathBuf },

    #[error("{} changed while its rows were read: {reason}; run the same command again", path.display())]
    PartChanged { path: PathBuf, reason: String },

    #[error("{} is not the table that was written (line {line}: {reason}); the same sweep command writes it again", path.display())]
    Table { path: PathBuf, line: u64, reason: String },
}

/// Sweeps that are told when a folder that holds several is given for one.
const TOLD: usize = 8;

/// Why `dir` is no sweep, and which were probably meant.
fn instead(dir: &Path, meant: &[PathBuf]) -> String {
    let told = meant.iter().take(TOLD).map(|sweep| sweep.display().to_string()).collect::<Vec<_>>().join(", ");
    match meant.len() {
        0 if dir.is_dir() => "it has no plan.json".to_string(),
        0 if dir.exists() => "it is a file; a sweep's folder is OUT/SCENARIO/IDENTITY".to_string(),
        0 => "there is no such folder".to_string(),
        1 => format!("it has no plan.json (did you mean {told}?)"),
        n if n <= TOLD => format!("it holds {n} of them: {told}"),
        n => format!("it holds {n} of them: {told}, ..."),
    }
}

impl StoreError {
    /// An error met while writing `path`, sorted by what the user can do about it.
    pub(super) fn writing(path: &Path, source: io::Error) -> StoreError {
        use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let path = path.to_path_buf();
        match source.kind() {
            StorageFull | QuotaExceeded => StoreError::Full { path, source },
            PermissionDenied | ReadOnlyFilesystem => StoreError::ReadOnly { path, source },
            _ => StoreError::Write { path, source },
        }
    }

    pub(super) fn reading(path: &Path, source: io::Error) -> StoreError {
        StoreError::Read { path: path.to_path_buf(), source }
    }
}
