//! The floors and the doors, read from the source: who imports whom, and who meets which crate.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The lowest floor first; those on one floor never import each other.
const FLOORS: [&[&str]; 9] = [
    &["stats", "table", "wide"],
    &["rng"],
    &["formula", "design", "network"],
    &["contagion"],
    &["engine"],
    &["record"],
    &["experiment"],
    &["script", "sweep", "store", "summary", "theory", "chart", "report", "cluster"],
    &["cli"],
];

/// Crates that are met in one place only.
const DOORS: [(&str, &str); 15] = [
    ("mlua", "script"),
    ("rayon", "sweep"),
    ("plotters", "chart"),
    ("resvg", "chart"),
    ("svg2pdf", "chart"),
    ("usvg", "chart"),
    ("clap", "cli"),
    ("anyhow", "cli"),
    ("indicatif", "cli"),
    ("libm", "stats"),
    ("rand", "rng"),
    ("rand_chacha", "rng"),
    ("flate2", "network"),
    ("strsim", "table"),
    ("parquet", "store"),
];

/// What only the command line does: print, exit, look at the clock.
const LOUD: [&str; 8] =
    ["println!", "eprintln!", "print!(", "eprint!(", "dbg!(", "process::exit", "Instant::now", "SystemTime"];

/// One line of the product: comments and tests are left out.
struct Line {
    file: PathBuf,
    number: usize,
    module: String,
    text: String,
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.number, self.text.trim())
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("src can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("src can be read").path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// Everything a file says up to its tests. Where the tests are a file of their own, their parent declares them behind
/// `#[cfg(test)] mod`: such files are named in `tests_apart`.
fn lines_of(file: &Path, source: &Path, lines: &mut Vec<Line>, tests_apart: &mut Vec<PathBuf>) {
    let text = std::fs::read_to_string(file).expect("src can be read");
    let inside = file.strip_prefix(source).expect("found below src").to_path_buf();
    let first = inside.iter().next().expect("a file has a name").to_string_lossy();
    let module = first.trim_end_matches(".rs").to_string();
    let mut rest = text.lines().enumerate().peekable();
    while let Some((number, line)) = rest.next() {
        let code = line.split("//").next().unwrap_or_default();
        if code.trim() == "#[cfg(test)]" {
            let declared = rest.next().map_or("", |(_, line)| line.trim());
            match declared.split("mod ").nth(1).and_then(|name| name.strip_suffix(';')) {
                Some(name) => {
                    let folder = file.parent().expect("src is above");
                    let stem = file.file_stem().expect("a file has a name");
                    let beside = if stem == "mod" || stem == "lib" { folder.to_path_buf() } else { folder.join(stem) };
                    tests_apart.push(beside.join(format!("{name}.rs")));
                    tests_apart.push(beside.join(name));
                    continue;
                }
                None => break, // tests come last
            }
        }
        if !code.trim().is_empty() {
            lines.push(Line { file: inside.clone(), number: number + 1, module: module.clone(), text: code.into() });
        }
    }
}

fn product() -> Vec<Line> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&source, &mut found);
    let (mut lines, mut tests_apart) = (Vec::new(), Vec::new());
    found.iter().for_each(|file| lines_of(file, &source, &mut lines, &mut tests_apart));
    lines.retain(|line| !tests_apart.iter().any(|apart| source.join(&line.file).starts_with(apart)));
    assert!(lines.len() > 5_000, "only {} lines of src were understood", lines.len());
    lines
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Whether `word` stands in `text` as a word of its own.
fn says(text: &str, word: &str) -> bool {
    let part_of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let starts = !word.starts_with(part_of_a_name) || !text[..at].ends_with(part_of_a_name);
        starts && (!word.ends_with(part_of_a_name) || !text[at + word.len()..].starts_with(part_of_a_name))
    })
}

/// The modules that a line names after `crate::`, in braces too.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let before = &text[..at];
        if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !word.is_empty() {
                found.push(word);
            }
        }
    }
    found
}

fn none_of(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let mut modules: Vec<String> = product().into_iter().map(|line| line.module).collect();
    modules.dedup();
    let homeless = modules.into_iter().filter(|module| !["lib", "main"].contains(&module.as_str()));
    none_of(homeless.filter(|module| floor(module).is_none()).collect(), "no floor is known for");
}

#[test]
fn a_module_imports_lower_floors_only() {
    let mut broken = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in product() {
        let Some(here) = floor(&line.module) else { continue };
        for import in imports(&line.text).into_iter().filter(|import| *import != line.module) {
            *seen.entry(line.module.clone()).or_default() += 1;
            match floor(&import) {
                Some(there) if there < here => {}
                Some(_) => broken.push(format!("{line}   (`{}` may not know `{import}`)", line.module)),
                None => broken.push(format!("{line}   (`{import}` is no module)")),
            }
        }
    }
    none_of(broken, "imports that go up or sideways");
    assert!(seen["cli"] > 20 && seen["engine"] > 20, "the imports were not found: {seen:?}");
}

#[test]
fn every_crate_is_met_at_its_door() {
    let mut broken = Vec::new();
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    for line in product() {
        for (name, door) in DOORS {
            if says(&line.text, &format!("{name}::")) || says(&line.text, &format!("use {name}")) {
                *opened.entry(name).or_default() += 1;
                if line.module != door {
                    broken.push(format!("{line}   (`{name}` belongs to `{door}`)"));
                }
            }
        }
    }
    none_of(broken, "crates met outside of their door");
    assert_eq!(opened.len(), DOORS.iter().filter(|(name, _)| *name != "rand").count(), "some doors are never used");
}

#[test]
fn only_the_command_line_prints_exits_or_reads_a_clock() {
    let mut broken = Vec::new();
    for line in product().into_iter().filter(|line| line.module != "cli") {
        if LOUD.iter().any(|word| says(&line.text, word)) {
            broken.push(line.to_string());
        }
    }
    none_of(broken, "the library is silent and harmless, but");
}

#[test]
fn nothing_is_kept_in_an_order_that_differs_between_two_starts() {
    let unordered = ["HashMap", "HashSet", "RandomState", "DefaultHasher"];
    let lines = product().into_iter().filter(|line| unordered.iter().any(|word| says(&line.text, word)));
    none_of(lines.map(|line| line.to_string()).collect(), "std hash tables iterate in another order at every start");
}

#[test]
fn nothing_outlives_a_run_in_a_static() {
    let lines = product().into_iter().filter(|line| says(&line.text, "static") && !line.text.contains("'static"));
    none_of(lines.map(|line| line.to_string()).collect(), "state that is shared between runs");
}
