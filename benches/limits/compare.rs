//! The C programs, the files they make, and measurements taken in turn.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ours::CHILD;

/// What one process measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measured {
    pub seconds: f64,
    pub mib: f64,
    pub result: f64,
    /// Standard error of the difference of two results, where results are averages of draws.
    pub error: f64,
}

/// When two results agree.
#[derive(Clone, Copy, Debug)]
pub enum Agree {
    Equal,
    /// Within this share of theirs.
    Near(f64),
    /// Within four standard errors of the difference: by chance wrong once in 16,000.
    Drawn,
}

/// What is compared: name, rounds, when results agree, the C program's command, ours.
pub struct Line(pub &'static str, pub usize, pub Agree, pub &'static str, pub &'static str);

/// One workload, theirs against ours.
pub struct Compared<'a> {
    line: &'a Line,
    theirs: Measured,
    ours: Measured,
}

/// The compiled C program in a folder with the files that it made.
pub struct Programs<'a> {
    folder: tempfile::TempDir,
    files: &'a [(&'a str, &'a str)],
}

/// Initial adopters of the ring: agent 0 and its neighbours.
const NEIGHBOURHOOD: &str = "near0";

impl<'a> Programs<'a> {
    /// Compiles the C program; none where there is no source. A source that does not compile is an error worth a stop.
    pub fn find(files: &'a [(&'a str, &'a str)]) -> Option<Programs<'a>> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/limits");
        let sources = std::env::var_os("UPTAKE_LIMITS").map_or(beside, PathBuf::from);
        let source = sources.join("limit.c");
        if !source.is_file() {
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let mut compiler = Command::new("cc");
        compiler.args(["-O3", "-march=native", "-o"]).arg(folder.path().join("limit")).arg(&source).arg("-lm");
        assert!(compiler.status().expect("a C compiler named cc").success(), "limit.c compiles");
        Some(Programs { folder, files })
    }

    /// Theirs and ours in turn.
    pub fn compare<'l>(&self, line: &'l Line) -> Compared<'l> {
        let Line(_, rounds, _, theirs, ours) = *line;
        theirs.split(' ').for_each(|word| self.provide(word));
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            a.push(self.theirs(theirs));
            b.push(self.ours(ours));
        }
        Compared { line, theirs: median(a), ours: median(b) }
    }

    /// Makes the file called `name`, if it is one and not there yet.
    fn provide(&self, name: &str) {
        let path = self.folder.path().join(name);
        if path.exists() {
            return;
        }
        if let Some((_, made_by)) = self.files.iter().find(|(known, _)| *known == name) {
            self.theirs(made_by);
        } else if name == NEIGHBOURHOOD {
            let network = crate::worlds::load(&self.folder.path().join("ring"));
            let start = std::iter::once(&0).chain(network.hears(0));
            let bytes: Vec<u8> = start.flat_map(|agent: &u32| agent.to_le_bytes()).collect();
            fs::write(path, bytes).expect("a small file");
        }
    }

    fn theirs(&self, command: &str) -> Measured {
        self.measure(Command::new(self.folder.path().join("limit")).args(command.split(' ')))
    }

    fn ours(&self, command: &str) -> Measured {
        let myself = std::env::current_exe().expect("the path of this program");
        self.measure(Command::new(myself).arg(CHILD).args(command.split(' ')))
    }

    /// Runs a program that says in its last line, as JSON, what it measured.
    fn measure(&self, command: &mut Command) -> Measured {
        let output = command.current_dir(self.folder.path()).output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        let line = said.lines().last().expect("a line of measurements");
        let values: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let number = |name: &str| values[name].as_f64().unwrap_or(0.0);
        Measured {
            seconds: number("time_s"),
            mib: number("peak_mib"),
            result: number("result"),
            error: number("error"),
        }
    }
}

impl Compared<'_> {
    pub fn head() -> String {
        format!(
            "{:<22} {:>9} {:>9} {:>6}  {:>7} {:>7}  {}",
            "workload", "C s", "uptake s", "ratio", "C MiB", "MiB", "results"
        )
    }

    pub fn row(&self) -> String {
        let (Line(name, _, agree, ..), c, u) = (self.line, self.theirs, self.ours);
        let (agrees, how) = match *agree {
            Agree::Equal => (c.result == u.result, "equal".to_string()),
            Agree::Near(share) => ((c.result - u.result).abs() <= share * c.result.abs(), format!("within {share:e}")),
            Agree::Drawn => ((c.result - u.result).abs() <= 4.0 * u.error, format!("within 4 se of {:.4}", u.error)),
        };
        let verdict = if agrees { how } else { format!("NOT {how}") };
        format!(
            "{name:<22} {:>9.4} {:>9.4} {:>6.2}  {:>7.0} {:>7.0}  {verdict}: {} and {}",
            c.seconds,
            u.seconds,
            u.seconds / c.seconds,
            c.mib,
            u.mib,
            c.result,
            u.result
        )
    }
}

/// The median time, the largest memory, the last result (they are all the same, or drawn the same way).
fn median(mut measured: Vec<Measured>) -> Measured {
    measured.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let mib = measured.iter().map(|one| one.mib).fold(0.0, f64::max);
    Measured { mib, ..measured[measured.len() / 2] }
}
