//! The built program in a folder of its own: a tiny vocabulary for what a user would type.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A fresh folder in which commands are given; gone when dropped.
pub struct Place {
    folder: TempDir,
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, to be given arguments.
pub fn program() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("uptake"));
    command.env("NO_COLOR", "1").env_remove("RUST_BACKTRACE");
    command
}

impl Said {
    fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("messages are UTF-8");
        let code = output.status.code().expect("the program was not killed");
        Said { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Panics with everything that was said unless the command ended with `code`.
    pub fn ends_with(self, code: i32) -> Said {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    /// Panics unless standard error has `text`.
    pub fn warns(self, text: &str) -> Said {
        assert!(self.err.contains(text), "expected: {text}\n{}", self.err);
        self
    }

    /// Panics unless standard output has `text`.
    pub fn says(self, text: &str) -> Said {
        assert!(self.out.contains(text), "expected: {text}\n{}\n{}", self.out, self.err);
        self
    }
}

impl Place {
    /// A folder with one file `scenario.lua`.
    pub fn with(scenario: &str) -> Place {
        let place = Place::empty();
        place.write("scenario.lua", scenario);
        place
    }

    pub fn empty() -> Place {
        Place { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("a file can be written");
    }

    pub fn read(&self, name: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path().join(&name))
            .unwrap_or_else(|error| panic!("{}: {error}", name.as_ref().display()))
    }

    /// The command, as typed in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.path()).args(arguments);
        command
    }

    pub fn uptake(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().expect("the program starts"))
    }

    /// Sweeps `scenario.lua` to its end, without any failure, and gives the folder of the sweep.
    pub fn sweep(&self, more: &[&str]) -> PathBuf {
        let said = self.uptake(&[&["sweep", "scenario.lua"], more].concat()).ends_with(0);
        sweep_of(&said)
    }

    /// runs.csv of a sweep of `scenario.lua` without figures.
    pub fn rows(&self, more: &[&str]) -> Rows {
        let folder = self.sweep(&[&["--no-figures"], more].concat());
        Rows::of(&self.read(folder.join("runs.csv")))
    }

    /// The numbers of one run of `scenario.lua`.
    pub fn run(&self, more: &[&str]) -> serde_json::Value {
        let said = self.uptake(&[&["run", "scenario.lua", "--json"], more].concat()).ends_with(0);
        serde_json::from_str(&said.out).expect("a run with --json says one object")
    }
}

/// The folder that a sweep's first line names.
pub fn sweep_of(said: &Said) -> PathBuf {
    let folder =
        |line: &str| line.split_once(" runs in ").or(line.split_once(" run in ")).map(|(_, folder)| folder.into());
    said.out.lines().find_map(folder).expect("a sweep says where its rows are")
}

/// A table as text: cells are compared as they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    pub fn of(csv: &str) -> Rows {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let texts = |record: &csv::StringRecord| record.iter().map(str::to_string).collect::<Vec<_>>();
        let columns = texts(reader.headers().expect("a table has a header"));
        let rows = reader.records().map(|row| texts(&row.expect("a row has all cells"))).collect();
        Rows { columns, rows }
    }

    /// Only these columns, in this order.
    pub fn only(&self, columns: &[String]) -> Rows {
        let places: Vec<usize> = columns
            .iter()
            .map(|wanted| self.columns.iter().position(|column| column == wanted).expect("the column is there"))
            .collect();
        let rows = self.rows.iter().map(|row| places.iter().map(|&place| row[place].clone()).collect()).collect();
        Rows { columns: columns.to_vec(), rows }
    }

    /// Only the rows that stand in `others` too.
    pub fn among(&self, others: &Rows) -> Rows {
        assert_eq!(self.columns, others.columns);
        let rows = self.rows.iter().filter(|row| others.rows.contains(row)).cloned().collect();
        Rows { columns: self.columns.clone(), rows }
    }

    /// The cells of one column.
    pub fn column(&self, name: &str) -> Vec<&str> {
        let place = self.columns.iter().position(|column| column == name).expect("the column is there");
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }
}

/// Every file below the folder of a sweep but its parts, by name, with its bytes. A draft that was cut off with the program
/// that wrote it is nobody's result.
pub fn results(sweep: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![sweep.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true if path.ends_with("parts") => {}
                true => open.push(path),
                false if path.extension().is_some_and(|extension| extension == "draft") => {}
                false => {
                    let name = path.strip_prefix(sweep).expect("it is inside").to_path_buf();
                    files.insert(name, fs::read(&path).expect("the file can be read"));
                }
            }
        }
    }
    files
}
