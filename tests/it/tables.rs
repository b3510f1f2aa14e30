//! The tables of a sweep as others open them: pandas and polars (`UPTAKE_PYTHON` names a Python that has both, and
//! pyarrow), and R where there is one.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::command::Place;

/// Parameters of every kind, text with a comma, missing times, failed runs, curves.
const MIXED: &str = r#"
return scenario "mixed" {
  sweep = { rewire = {0, .1}, k = {4, 8}, rule = {"simple", "with, comma"}, loud = {true, false} },
  replicates = 3, steps = 20,
  world = function(p)
    agents("person", 60, { mood = 1 })
    ties("friend", graph.ring { k = p.k, rewire = p.rewire })
    local floor = p.loud and 1 or 0
    stage("adopted", { needs = p.rule == "simple" and 1 or 3, weight = log(src.mood - 1 + floor - .05 * now * (1 - floor)) + 1 })
    start { stage = "adopted", who = cluster(3) }
  end,
  charts = { "adopted ~ now | k" },
}
"#;

/// Said past the test runner, which keeps the output of tests that pass to itself.
fn skipped(why: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {why}").expect("standard error takes a line");
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name)
}

fn mixed() -> (Place, PathBuf) {
    let place = Place::with(MIXED);
    // Some runs fail, and the sweep says so.
    let said = place.uptake(&["sweep", "scenario.lua", "--no-figures"]).ends_with(1);
    let folder = place.path().join(super::command::sweep_of(&said));
    (place, folder)
}

fn read_with(program: &str, name: &str, folder: &Path) {
    let output = Command::new(program).arg(script(name)).arg(folder).output().expect("it can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    print!("{}", text(&output.stdout));
}

#[test]
fn pandas_and_polars_read_the_same_from_both_forms() {
    match std::env::var("UPTAKE_PYTHON") {
        Ok(python) => read_with(&python, "tables.py", &mixed().1),
        Err(_) => skipped("UPTAKE_PYTHON names no Python with pandas, polars and pyarrow"),
    }
}

#[test]
fn r_reads_the_tables() {
    match Command::new("Rscript").arg("--version").output() {
        Ok(_) => read_with("Rscript", "tables.R", &mixed().1),
        Err(_) => skipped("there is no R"),
    }
}

#[test]
fn equal_sweeps_have_equal_tables_in_both_forms() {
    let bytes = |jobs: &str| {
        let place = Place::with(MIXED);
        let said = place.uptake(&["sweep", "scenario.lua", "--no-figures", "-j", jobs]).ends_with(1);
        let folder = place.path().join(super::command::sweep_of(&said));
        ["runs", "cells", "curves"].map(|stem| {
            let read = |ending: &str| std::fs::read(folder.join(format!("{stem}.{ending}"))).expect("it was merged");
            (read("csv"), read("parquet"))
        })
    };
    assert!(bytes("1") == bytes("2"));
}
