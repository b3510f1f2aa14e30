//! The tables of a sweep as others open them: pandas and polars (`UPTAKE_PYTHON` names a Python that has both, and
//! pyarrow), and R where there is one (`Rscript`).

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

/// What a program says, once it has ended well.
fn said(command: &mut Command) -> String {
    let output = command.output().expect("it can be started");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

fn is_r_there() -> bool {
    let there = Command::new("Rscript").arg("--version").output().is_ok();
    if !there {
        skipped("there is no R (apt-get install r-base-core)");
    }
    there
}

#[test]
fn pandas_and_polars_read_the_same_from_both_forms() {
    match std::env::var("UPTAKE_PYTHON") {
        Ok(python) => print!("{}", said(Command::new(python).arg(script("tables.py")).arg(mixed().1))),
        Err(_) => skipped("UPTAKE_PYTHON names no Python with pandas, polars and pyarrow"),
    }
}

#[test]
fn r_reads_every_table() {
    if is_r_there() {
        let told = said(Command::new("Rscript").arg(script("tables.R")).arg(mixed().1));
        match told.strip_prefix("SKIPPED: ") {
            Some(why) => skipped(why.trim_end()),
            None => print!("{told}"),
        }
    }
}

#[test]
fn the_page_on_results_shows_what_r_prints() {
    if !is_r_there() {
        return;
    }
    let page = include_str!("../../docs/results.md");
    let block = |kind: &str, after: &str| {
        let text = page.split(after).nth(1).and_then(|rest| rest.split(&format!("```{kind}\n")).nth(1));
        text.and_then(|rest| rest.split("```").next()).expect("the page has it").to_string()
    };
    let (written, printed) = (block("r", "## R\n"), block("text", "## R\n"));
    let place = Place::with(include_str!("../ring.lua"));
    let folder = place.sweep(&["--no-figures"]).display().to_string();
    // Another version of the program may give the sweep another name.
    let name = written.split('"').find(|path| path.starts_with("output/ring/")).expect("the page opens a table");
    let written = written.replace(name, &format!("{folder}/runs.csv"));
    assert_eq!(said(Command::new("Rscript").args(["-e", &written]).current_dir(place.path())), printed);
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
