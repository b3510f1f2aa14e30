//! Attempts at a sweep by the program itself: shares, signals, deadlines, merging.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::command::results;

/// A sweep of 8 cells whose runs take a fraction of a millisecond each.
const RING: &str = include_str!("../ring.lua");

/// A folder with a scenario in it, where the program is run.
pub struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Place {
        Place::with(RING)
    }

    pub fn with(scenario: &str) -> Place {
        let dir = tempfile::tempdir().expect("there is room for a small folder");
        fs::write(dir.path().join("ring.lua"), scenario).expect("there is room for a small file");
        Place { dir }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_uptake"));
        command.current_dir(self.path()).args(arguments.split_whitespace());
        command
    }

    pub fn uptake(&self, arguments: &str) -> Output {
        self.command(arguments).output().expect("the program can be started")
    }

    /// Starts the program and leaves it alone.
    pub fn start(&self, arguments: &str) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program can be started")
    }

    /// The folder of the one sweep in `out`.
    pub fn sweep(&self, out: &str) -> PathBuf {
        let mut found = fs::read_dir(self.path().join(out).join("ring")).expect("the sweep has begun");
        found.next().expect("a sweep has a folder").expect("the folder can be read").path()
    }

    /// All results of the sweep in `out`.
    pub fn results(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        results(&self.sweep(out))
    }
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What the program is sent, by the shell's own `kill`: the only way to a signal without unsafe code.
pub fn signal(name: &str, child: &Child) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", child.id())]).status();
    assert!(sent.expect("there is a shell").success());
}

/// Waits until part number `part` in `out` has many rows.
pub fn wait_for_rows(place: &Place, out: &str, part: u32) {
    let begun = Instant::now();
    let grown = || {
        let sweep = fs::read_dir(place.path().join(out).join("ring")).ok()?.next()?.ok()?.path();
        Some(fs::metadata(sweep.join(format!("parts/part-{part:06}.rows"))).ok()?.len() >= 10_000)
    };
    while grown() != Some(true) {
        assert!(begun.elapsed() < Duration::from_secs(60), "no row after a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn shares_and_a_merge_give_the_files_of_one_sweep() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole -j 1")), 0);
    // Three shares of three, then none of it again for a fourth of five: N may change.
    for share in ["1/3", "2/3"] {
        assert_eq!(code(&place.uptake(&format!("sweep ring.lua --out shared --shard {share}"))), 0);
    }
    let merge = format!("merge {}", place.sweep("shared").display());
    let early = place.uptake(&merge);
    assert_eq!(code(&early), 3, "{}", told(&early));
    assert!(String::from_utf8_lossy(&early.stdout).contains("runs are missing"));
    assert!(!place.sweep("shared").join("figures").exists(), "figures wait for the last run");
    for share in ["0/5", "1/5", "2/5", "3/5", "4/5"] {
        assert_eq!(code(&place.uptake(&format!("sweep ring.lua --out shared --shard {share} --shard-base 0"))), 0);
    }
    let merged = place.uptake(&merge);
    assert_eq!(code(&merged), 0, "{}", told(&merged));
    assert!(String::from_utf8_lossy(&merged.stdout).contains("holds"));
    assert_eq!(place.results("whole"), place.results("shared"));
}

#[test]
fn told_to_stop_a_sweep_keeps_its_rows_and_says_that_it_can_be_resumed() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole --replicates 3000")), 0);
    for (part, name) in [(1, "TERM"), (2, "INT")] {
        let mut child = place.start("sweep ring.lua --out stopped --replicates 3000 -j 1");
        wait_for_rows(&place, "stopped", part);
        signal(name, &child);
        assert_eq!(child.wait().expect("it was started here").code(), Some(75), "after {name}");
    }
    let status = place.uptake(&format!("status {} --json", place.sweep("stopped").display()));
    assert_eq!(code(&status), 3);
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
    assert_eq!((&status["torn_lines"], &status["failed"], &status["duplicates"]), (&0.into(), &0.into(), &0.into()));
    assert_eq!(status["parts"].as_array().expect("a list").len(), 2);
    assert!(status["parts"][0]["state"] == "ended" && status["parts"][1]["state"] == "ended");
    // The folder alone is enough to go on, also when the scenario was edited or lost.
    fs::remove_file(place.path().join("ring.lua")).expect("it was there");
    assert_eq!(code(&place.uptake(&format!("sweep {}", place.sweep("stopped").display()))), 0);
    assert_eq!(place.results("whole"), place.results("stopped"));
}

#[test]
fn a_deadline_stops_a_sweep_and_without_a_new_run_it_says_so() {
    let place = Place::new();
    let none = place.uptake("sweep ring.lua --deadline 0");
    assert_eq!(code(&none), 76, "{}", told(&none));
    let some = place.uptake("sweep ring.lua --replicates 50000 --deadline 3 -j 1");
    assert_eq!(code(&some), 75, "{}", told(&some));
    assert!(told(&some).contains("the same command again makes the rest"));
}

#[test]
fn a_run_that_outlasts_the_grace_is_cut_off_and_not_held_against_it() {
    let endless = RING.replace("steps = 200", "steps = 1000000000").replace(
        "stage(\"adopted\", { needs = p.needs })",
        "stage(\"adopted\", { needs = 1, chance = .5, leave = .5 })",
    );
    let place = Place::with(&endless);
    for _ in 0..4 {
        let begun = Instant::now();
        let stopped = place.uptake("sweep ring.lua --deadline 0.2 --grace 0.1");
        assert_eq!(code(&stopped), 76, "{}", told(&stopped));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    let status = place.uptake(&format!("status {} --json", place.sweep("output").display()));
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
    assert_eq!((&status["failed"], &status["missing"]), (&0.into(), &200.into()));
}

#[test]
fn merge_waits_for_rows_that_are_on_their_way() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --shard 1/2")), 0);
    let merge = place.start(&format!("merge {} --wait=60", place.sweep("output").display()));
    assert_eq!(code(&place.uptake("sweep ring.lua --shard 2/2")), 0);
    let mut merge = merge;
    assert_eq!(merge.wait().expect("it was started here").code(), Some(0));
    assert!(place.sweep("output").join("figures").exists());
}

#[test]
fn rows_that_contradict_each_other_stop_a_merge_with_both_parts_named() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --no-figures")), 0);
    let parts = place.sweep("output").join("parts");
    let first = fs::read_to_string(parts.join("part-000001.rows")).expect("it was written");
    // Another program's row of the same run: its check is sound, its numbers differ. The key is public on purpose.
    let (header, rows) = first.split_once('\n').expect("a part has lines");
    let row = rows.lines().find(|line| line.contains(" done ")).expect("a run was done");
    let said = row[17..].replace(" done ", " done 9");
    let key = blake3::hash(header.as_bytes());
    let check = &blake3::keyed_hash(key.as_bytes(), said.as_bytes()).to_hex()[..16];
    fs::write(parts.join("part-000002.rows"), format!("{header}\n{check} {said}\n")).expect("there is room");
    let merge = place.uptake(&format!("merge {}", place.sweep("output").display()));
    assert_eq!(code(&merge), 4, "{}", told(&merge));
    assert!(told(&merge).contains("part-000001.rows") && told(&merge).contains("part-000002.rows"), "{}", told(&merge));
}

#[test]
fn a_folder_takes_no_other_values_and_a_share_must_exist() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --no-figures")), 0);
    let changed = place.uptake(&format!("sweep {} --set needs=1", place.sweep("output").display()));
    assert_eq!(code(&changed), 2);
    assert!(told(&changed).contains("whose plan does not change"), "{}", told(&changed));
    let beyond = place.uptake("sweep ring.lua --shard 0/4");
    assert!(code(&beyond) == 2 && told(&beyond).contains("--shard-base 0"), "{}", told(&beyond));
}

#[test]
fn cells_are_repeated_until_they_are_known_whoever_makes_them() {
    let until = RING.replace(
        "replicates = 25",
        "replicates = until_known { \"adopted\", width = .1, share_above = .5, at_most = 120 }",
    );
    let place = Place::with(&until);
    assert_eq!(code(&place.uptake("sweep ring.lua --out one -j 1")), 0);
    assert_eq!(code(&place.uptake("sweep ring.lua --out two -j 2")), 0);
    for share in ["1/3", "2/3", "3/3"] {
        assert_eq!(code(&place.uptake(&format!("sweep ring.lua --out three --shard {share}"))), 0);
    }
    let merged = place.uptake(&format!("merge {}", place.sweep("three").display()));
    assert_eq!(code(&merged), 0, "{}", told(&merged));
    // More rows than are wanted: those of a fixed number of replicates, taken over from a sweep of the same scenario.
    assert_eq!(code(&place.uptake("sweep ring.lua --out more --replicates 120 --no-figures")), 0);
    let more = place.uptake("sweep ring.lua --out more");
    assert!(code(&more) == 0 && told(&more).contains("960 rows taken over"), "{}", told(&more));
    let one = place.sweep("one");
    let same = place.path().join("more/ring").join(one.file_name().expect("a sweep has a name")).join("runs.csv");
    assert_eq!(fs::read(same).expect("it was merged"), place.results("one")[Path::new("runs.csv")]);
    let cells = |out: &str| {
        let cells = &place.results(out)[Path::new("cells.csv")];
        let text = String::from_utf8_lossy(cells).into_owned();
        let runs = text.lines().next().expect("there is a head").split(',').position(|name| name == "runs");
        let runs = runs.expect("a table of cells counts runs");
        text.lines()
            .skip(1)
            .map(|line| line.split(',').nth(runs).expect("a number").parse().expect("a number"))
            .collect()
    };
    let runs: Vec<u32> = cells("one");
    assert!(runs.iter().all(|runs| [10, 15, 22, 33, 49, 73, 109, 120].contains(runs)), "{runs:?}");
    assert!(runs.contains(&49), "a share of one is known to a tenth after 35 runs, looked at after 49: {runs:?}");
    assert_eq!(place.results("one"), place.results("two"));
    assert_eq!(place.results("one"), place.results("three"));
    let verify = place.uptake(&format!("verify {} --sample 10", place.sweep("one").display()));
    assert_eq!(code(&verify), 0, "{}", told(&verify));
    let row = place.uptake(&format!("rerun {} --row 60", place.sweep("one").display()));
    assert_eq!(code(&row), 0, "{}", told(&row));
}

#[test]
fn rows_outlive_an_edit_of_the_scenario_that_leaves_their_worlds_alone() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --no-figures")), 0);
    let edit = |from: &str, to: &str| {
        let path = place.path().join("ring.lua");
        let text = fs::read_to_string(&path).expect("it was written");
        assert!(text.contains(from));
        fs::write(path, text.replace(from, to)).expect("there is room");
    };
    let again = || {
        let swept = place.uptake("sweep ring.lua --no-figures");
        assert_eq!(code(&swept), 0, "{}", told(&swept));
        told(&swept)
    };
    // A level, a chart, a remark and more replicates: 8 cells of 25 are there.
    edit("return scenario", "-- A remark.\n\nreturn scenario");
    edit("rewire = {0, .01,", "rewire = {0, .001, .01,");
    edit("replicates = 25", "replicates = 30");
    edit("charts = { ", "charts = { \"adopted ~ needs\", ");
    let words = again();
    assert!(words.contains("200 rows taken over") && words.contains("100 to do"), "{words}");
    let fresh = place.uptake("sweep ring.lua --no-figures --out fresh");
    assert_eq!(code(&fresh), 0, "{}", told(&fresh));
    let fresh = place.sweep("fresh");
    let grown = place.path().join("output/ring").join(fresh.file_name().expect("a sweep has a name"));
    let table = |sweep: &Path| fs::read(sweep.join("runs.csv")).expect("it was merged");
    assert!(table(&fresh) == table(&grown));
    // Half of the cells have another world: the runs of the others are the same.
    edit("needs = p.needs }", "needs = p.needs == 2 and 3 or p.needs }");
    assert!(again().contains("150 runs are there already"));
    // All have another world, or other draws.
    edit("k = 8", "k = 6");
    assert!(!again().contains("taken over"));
    edit("steps = 200", "steps = 200, independent = true");
    assert!(!again().contains("taken over"));
}

#[test]
fn designs_and_ranges_reach_the_command_line() {
    let points = RING.replace(
        "sweep = { rewire = {0, .01, .1, 1}, needs = {1, 2} }",
        "sweep = { points \"points.csv\", sample { n = 4, spread = {0, 1} } }",
    );
    let place = Place::with(
        &points.replace("rewire = 1 }.adopted", "}.adopted").replace("r { needs = 1, }", "r { needs = 1 }"),
    );
    fs::write(place.path().join("points.csv"), "rewire,needs\n0,1\n0.5,2\n").expect("there is room");
    let swept = place.uptake("sweep ring.lua --no-figures");
    assert_eq!(code(&swept), 0, "{}", told(&swept));
    let sweep = place.sweep("output");
    fs::remove_file(place.path().join("points.csv")).expect("it was there");
    // The table of points is kept with the rows: they can be merged, verified and drawn without it.
    for verb in ["merge", "verify", "sweep"] {
        let output = place.uptake(&format!("{verb} {}", sweep.display()));
        assert_eq!(code(&output), 0, "{verb}: {}", told(&output));
    }
    let place = Place::new();
    let swept = place.uptake("sweep ring.lua --param rewire=0.01:1:3:log --set needs=1 --replicates 1 --no-figures");
    assert_eq!(code(&swept), 0, "{}", told(&swept));
    let table = fs::read_to_string(place.sweep("output").join("runs.csv")).expect("it was merged");
    let levels: Vec<&str> = table.lines().skip(1).map(|line| line.split(',').next().expect("a field")).collect();
    assert_eq!(levels, ["0.01", "0.1", "1"]);
    let wrong = place.uptake("sweep ring.lua --param rewire=0:1");
    assert!(code(&wrong) == 2 && told(&wrong).contains("low:high:n"), "{}", told(&wrong));
}
