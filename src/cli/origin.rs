//! Where a scenario comes from: its text, its data files, and what was set from outside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::Context as _;

use crate::script::{self, Limits, Scenario};
use crate::store::{Store, data_name};

/// Data files beside the scenario file, but for those that were found elsewhere, each read once: what is done to them under
/// a running sweep does nothing to it.
#[derive(Clone)]
pub struct Beside {
    folder: PathBuf,
    /// Where those are that were found elsewhere, by the names the scenario gives them.
    found: BTreeMap<String, PathBuf>,
    read: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Beside {
    pub fn new(folder: &Path) -> Beside {
        Beside::with(folder, BTreeMap::new())
    }

    pub fn with(folder: &Path, found: BTreeMap<String, PathBuf>) -> Beside {
        Beside { folder: folder.to_path_buf(), found, read: Arc::default() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl script::Files for Beside {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let mut read = self.read.lock().expect("no thread panics while it holds the files");
        if let Some(bytes) = read.get(path) {
            return Ok(bytes.clone());
        }
        let bytes = std::fs::read(self.found.get(path).cloned().unwrap_or_else(|| self.folder.join(path)))?;
        read.insert(path.to_string(), bytes.clone());
        Ok(bytes)
    }
}

/// Copies of data files in a sweep's own folder: those that are read with the scenario itself, before any world, so
/// that rows can be merged and drawn where the scenario's folder is not.
struct Kept(PathBuf);

impl script::Files for Kept {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.0.join(data_name(path)))
    }
}

/// A scenario's text and what was set from outside: enough to read it again, on any thread.
#[derive(Clone)]
pub struct Origin {
    pub text: String,
    /// How messages call the file.
    pub file: String,
    /// Its data files.
    pub files: Beside,
    /// The sweep's folder, when its copies are read instead.
    pub sweep: Option<PathBuf>,
    /// Which of the file's scenarios.
    pub name: String,
    pub set: Vec<(String, String)>,
}

impl Origin {
    pub fn load(&self) -> anyhow::Result<Scenario> {
        let all = match &self.sweep {
            Some(dir) => script::load(&self.text, &self.file, Kept(dir.clone()), Limits::default())?,
            None => script::load(&self.text, &self.file, self.files.clone(), Limits::default())?,
        };
        let mut scenario = all
            .into_iter()
            .find(|scenario| scenario.study().name == self.name)
            .context("the scenario is not in its file")?;
        for (name, value) in &self.set {
            scenario.set(name, value)?;
        }
        Ok(scenario)
    }
}

/// What a sweep's plan keeps of its scenario.
pub fn origin_of(store: &Store, data: Option<&Path>) -> Origin {
    let plan = store.plan();
    Origin {
        text: plan.text.clone(),
        file: plan.scenario.clone(),
        files: Beside::new(data.unwrap_or(Path::new(""))),
        sweep: data.is_none().then(|| store.dir().to_path_buf()),
        name: plan.scenario.clone(),
        set: plan.set.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
    }
}
