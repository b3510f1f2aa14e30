//! The data files of a sweep that is taken up again: copies in its folder, or where they were when it was planned.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::scenario::Planned;
use crate::script;
use crate::store::{Store, data_name};

/// Where the data files were, seen from the sweep's folder. Hidden, as it is no result: a guess of where to look, and
/// hashes decide.
const FOLDER: &str = ".data-folder";

/// Keeps the files that were read with the scenario itself, and where the others are.
pub fn keep_data(store: &Store, planned: &Planned) -> anyhow::Result<()> {
    for path in planned.read_first() {
        let bytes = script::Files::read(&planned.origin.files, path).with_context(|| format!("cannot read {path}"))?;
        store.write_bytes(&data_name(path), &bytes)?;
    }
    let resolved = |folder: &Path| folder.canonicalize().ok();
    if !not_kept(store).is_empty()
        && let (Some(from), Some(to)) = (resolved(store.dir()), resolved(planned.origin.files.folder()))
        && let Some(folder) = seen_from(&from, &to).to_str()
    {
        store.write_bytes(FOLDER, folder.as_bytes())?;
    }
    Ok(())
}

/// The folder that the data files of a sweep are read from: the one that is given, else none where its own copies are all
/// there is, else the one it was planned with if they are still there as they were.
pub fn data_folder(store: &Store, given: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    let files = not_kept(store);
    if given.is_some() || files.is_empty() {
        return Ok(given.map(Path::to_path_buf));
    }
    let say_where =
        "say where (sweep, slurm: --data DIR, the folder of the scenario file; rerun, verify: --scenario FILE)";
    let Ok(folder) = fs::read_to_string(store.dir().join(FOLDER)) else {
        bail!("the scenario reads {}, and where that was is not known here; {say_where}", files.join(", "));
    };
    let folder = store.dir().join(folder);
    let folder = folder.canonicalize().unwrap_or(folder);
    for (path, hash) in &store.plan().data {
        if let Err(instead) = holding(hash, &[folder.join(path)]) {
            bail!("the sweep was planned with the file {path} with the blake3 hash {hash}; {instead}; {say_where}");
        }
    }
    Ok(Some(folder))
}

/// The first of these places with the bytes of this hash; what is there instead if none has them.
pub fn holding(wanted: &str, places: &[PathBuf]) -> Result<PathBuf, String> {
    let mut others = Vec::new();
    for place in places {
        match fs::read(place).map(|bytes| blake3::hash(&bytes).to_hex().to_string()) {
            Ok(hash) if hash == wanted => return Ok(place.clone()),
            Ok(hash) => others.push(format!("{} has {hash}", place.display())),
            Err(_) => {}
        }
    }
    let looked: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
    Err(match (others.is_empty(), &looked[..]) {
        (false, _) => others.join(", "),
        (true, [place]) => format!("{place} is not there"),
        (true, _) => format!("neither {} is there", looked.join(" nor ")),
    })
}

/// The data files of a sweep that have no copy in its folder.
fn not_kept(store: &Store) -> Vec<&str> {
    let kept = |path: &str| store.dir().join(data_name(path)).is_file();
    store.plan().data.keys().map(String::as_str).filter(|path| !kept(path)).collect()
}

/// One folder as a path from another, both without detours: a project that is moved as a whole still knows its way.
fn seen_from(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_path_buf();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_seen_from_another() {
        let seen = |from: &str, to: &str| seen_from(Path::new(from), Path::new(to));
        assert_eq!(seen("/project/output/club/0123", "/project/studies"), Path::new("../../../studies"));
        assert_eq!(seen("/project/output", "/project"), Path::new(".."));
        assert_eq!(seen("/project", "/project/output"), Path::new("output"));
    }
}
