//! The command line as a user meets it: what is said, where, and with which exit code.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::command::{Place, Rows, sweep_of};

const RING: &str = r#"
return scenario "ring" {
  sweep = { k = {4, 8}, needs = {1, 2} },
  replicates = 2,
  steps = 50,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = p.k })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(3) }
  end,
  charts = { "adopted ~ k | needs" },
  checks = function(r)
    check("one is enough for all", r { needs = 1 }.adopted == 1)
  end,
}
"#;

/// The same with one run only, and a column that is listed.
const ALONE: &str = r#"
return scenario "alone" {
  steps = 1,
  world = function(p)
    agents("person", 3, { mood = {1, 2, 3} })
    ties("friend", graph.complete())
    stage("adopted", { needs = 1, memory = 1, tries = 1, leave = .5 })
    start { stage = "adopted", who = random(1) }
  end,
}
"#;

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/data").join(name).display().to_string()
}

/// The measures of a network, as told with --json.
fn network(arguments: &[&str]) -> serde_json::Value {
    let said = Place::empty().uptake(&[&["network"], arguments, &["--json"]].concat()).ends_with(0);
    serde_json::from_str(&said.out).expect("one object")
}

fn near(measures: &serde_json::Value, name: &str, expected: f64, tolerance: f64) {
    let value = measures[name].as_f64().unwrap_or_else(|| panic!("{name} is a number in {measures}"));
    assert!((value - expected).abs() <= tolerance, "{name} is {value}, not {expected}");
}

#[test]
fn help_lists_the_words_and_explains_each() {
    let place = Place::empty();
    place.uptake(&["help"]).ends_with(0).says("graph.ring").says("rewire").says("uptake help WORD says more");
    place.uptake(&["help", "stage"]).ends_with(0).says("how far an item has got in an agent");
    place.uptake(&["help", "graph.ring"]).ends_with(0).says("Watts and Strogatz 1998");
    place.uptake(&["help", "stag"]).ends_with(2).warns("there is no word \"stag\" (did you mean \"stage\"?)");
    place.uptake(&["help", "xyzzy"]).ends_with(2).warns("there is no word \"xyzzy\"; uptake help lists all");
}

#[test]
fn every_verb_explains_itself() {
    let place = Place::empty();
    for verb in [
        "run",
        "sweep",
        "check",
        "chart",
        "status",
        "rerun",
        "verify",
        "new",
        "help",
        "network",
        "reproduce",
        "picture",
        "describe",
    ] {
        place.uptake(&["--help"]).ends_with(0).says(verb);
        place.uptake(&[verb, "--help"]).ends_with(0).says("Usage: uptake");
    }
    place.uptake(&["run", "--help"]).ends_with(0).says("--trace <CSV>").says("who brought it");
}

#[test]
fn usage_errors_end_with_two() {
    let place = Place::with(RING);
    place.uptake(&[]).ends_with(2).warns("Usage: uptake");
    place.uptake(&["fly"]).ends_with(2).warns("unrecognized subcommand 'fly'");
    place.uptake(&["sweep"]).ends_with(2).warns("<SCENARIO>");
    place.uptake(&["sweep", "scenario.lua", "-j", "0"]).ends_with(2);
}

#[test]
fn check_says_what_the_rules_mean_and_what_they_cost() {
    let said = Place::with(RING).uptake(&["check", "scenario.lua"]).ends_with(0);
    said.says("ring: 4 cells x 2 replicates = 8 runs of at most 50 steps, seed 1")
        .says("entered when the ties heard from adopted number at least 1 (>=)")
        .says("entered when the ties heard from adopted number at least 2 (>=)")
        .says("all agents act at once")
        .says("of computing in all");
}

#[test]
fn a_run_tells_its_curve_and_its_numbers() {
    // On a ring of 100 with two neighbours on each side, three next but one span five, and grow by two at each end a
    // step: half of all after 12 steps, all after 24.
    let place = Place::with(RING);
    let said = place.uptake(&["run", "scenario.lua"]).ends_with(0);
    let said = said.warns("k = 4, needs = 1 (the first of 4 cells; choose with --set)");
    let said = said.says("share adopted\n  1 |").says("steps  24          until nothing changed any more");
    let said = said.says("adopted  1           share of the population that holds it at the end");
    let said = said.says("adopted.thalf  12          first step at half of the population");
    assert_eq!(said.out.lines().filter(|line| line.contains('|')).count(), 10);
    for replicate in ["0", "3"] {
        let numbers = place.run(&["--set", "k=8", "--replicate", replicate]);
        near(&numbers, "adopted", 1.0, 0.0);
        near(&numbers, "adopted.thalf", 6.0, 0.0);
        near(&numbers, "population", 100.0, 0.0);
    }
}

#[test]
fn a_new_scenario_is_sound_and_runs() {
    let place = Place::empty();
    place.uptake(&["new", "my-first-cascade"]).ends_with(0).says("my-first-cascade.lua");
    place.uptake(&["check", "my-first-cascade.lua"]).ends_with(0).says("my-first-cascade: ");
    place.uptake(&["run", "my-first-cascade.lua"]).ends_with(0).says("share adopted");
    place.uptake(&["new", "my-first-cascade"]).ends_with(2).warns("cannot make my-first-cascade.lua: File exists");
    place.uptake(&["new", "a b"]).ends_with(2).warns("letters, digits, - and _ only");
}

#[test]
fn the_karate_club_has_its_published_numbers() {
    let club = network(&[&data("karate.edges"), "--nodes", &data("karate.nodes.csv")]);
    near(&club, "agents", 34.0, 0.0);
    near(&club, "ties", 78.0, 0.0);
    near(&club, "mean_degree", 4.5882, 5e-5);
    near(&club, "clustering", 0.5706, 5e-5);
    near(&club, "transitivity", 0.2557, 5e-5);
    near(&club, "largest_component", 1.0, 0.0);
    near(&club, "same_share.club", 0.8590, 5e-5);
    near(&club, "assortativity.club", 0.7175, 5e-5);
    let women = network(&[&data("davis_women.edges")]);
    near(&women, "ties", 89.0, 0.0);
    near(&women, "mean_degree", 5.5625, 5e-5);
    near(&women, "clustering", 0.0, 0.0);
}

#[test]
fn a_maker_is_measured_as_a_scenario_would_make_it() {
    let ring = network(&["ring { k = 10 }", "--agents", "500"]);
    near(&ring, "ties", 2500.0, 0.0);
    // A ring lattice: 3 (k - 2) / (4 (k - 1)).
    near(&ring, "clustering", 2.0 / 3.0, 1e-9);
    let place = Place::empty();
    place
        .uptake(&["network", "rings { k = 4 }"])
        .ends_with(2)
        .warns("unknown maker \"rings\" (did you mean \"ring\"?)");
    place.uptake(&["network", "ring { k = 5 }"]).ends_with(2).warns("k: 5 is odd");
    place.uptake(&["network", "nofile.edges"]).ends_with(2).warns("nofile.edges: there is no such file");
}

#[test]
fn a_network_written_and_read_again_is_the_same() {
    let place = Place::empty();
    place.uptake(&["network", "ring { k = 6, rewire = .2 }", "--agents", "200", "--write", "ring.csv"]).ends_with(0);
    let (made, read) = (network(&["ring { k = 6, rewire = .2 }", "--agents", "200"]), {
        let said = place.uptake(&["network", "ring.csv", "--json"]).ends_with(0);
        serde_json::from_str::<serde_json::Value>(&said.out).expect("one object")
    });
    for (name, tolerance) in [("ties", 0.0), ("mean_degree", 0.0), ("clustering", 1e-12), ("transitivity", 1e-12)] {
        near(&read, name, made[name].as_f64().expect("a number"), tolerance);
    }
}

#[test]
fn a_sweep_keeps_rows_means_and_figures_and_tells_its_checks() {
    let place = Place::with(RING);
    let said = place.uptake(&["sweep", "scenario.lua"]).ends_with(0);
    let folder = sweep_of(&said);
    said.says("ring  8 runs in output")
        .says("holds  one is enough for all (line 14)")
        .says("figures/adopted-by-k-needs.svg");
    let rows = Rows::of(&place.read(folder.join("runs.csv")));
    assert_eq!(rows.columns[..4], ["k", "needs", "replicate", "status"].map(String::from));
    assert_eq!(rows.column("k"), ["4", "4", "4", "4", "8", "8", "8", "8"]);
    assert_eq!(rows.column("replicate"), ["0", "1"].repeat(4));
    assert_eq!(rows.column("status"), ["done"; 8]);
    assert_eq!(rows.column("adopted"), ["1"; 8]);
    let cells = Rows::of(&place.read(folder.join("cells.csv")));
    assert_eq!(cells.rows.len(), 4);
    for kind in ["svg", "png", "pdf", "csv"] {
        let figure = place.path().join(&folder).join(format!("figures/adopted-by-k-needs.{kind}"));
        assert!(fs::metadata(&figure).is_ok_and(|about| about.len() > 50), "{}", figure.display());
    }
    place
        .uptake(&["status", &folder.to_string_lossy()])
        .ends_with(0)
        .says("8 of 8 runs finished, 0 failed, 0 missing, in 1 part");
}

#[test]
fn one_of_a_thing_is_told_in_the_singular() {
    let place = Place::with(ALONE);
    let checked = place.uptake(&["check", "scenario.lua"]).ends_with(0);
    let checked = checked.says("alone: 1 cell x 1 replicate = 1 run of at most 1 step, seed 1");
    checked.says("within 1 step at least 1").says("at most 1 try");
    let swept = place.uptake(&["sweep", "scenario.lua"]).ends_with(0);
    let swept = swept.says("alone  1 run in output").warns("alone: 1 cell x 1 replicate = 1 run, seed 1");
    let folder = sweep_of(&swept).display().to_string();
    place.uptake(&["status", &folder]).ends_with(0).says("1 of 1 run finished, 0 failed, 0 missing, in 1 part");
    place.uptake(&["verify", &folder]).ends_with(0).says("1 of 1 row is the same, byte by byte");
    let described = place.uptake(&["describe", "scenario.lua"]).ends_with(0);
    let described = described.says("There is one cell with 1 replicate, 1 run of at most 1 step.");
    described.says("3 agents of the kind \"person\", each with mood given as a list.");
}

/// A scenario whose world reads a file beside it, which the sweep's folder has no copy of.
const CLUB: &str = r#"
return scenario "club" {
  replicates = 3, steps = 20,
  world = function(p)
    agents("member", 6)
    ties("friend", graph.file("data/club.edges", { directed = false }))
    stage("adopted")
    start { stage = "adopted", who = random(1) }
  end,
}
"#;

#[test]
fn a_sweep_taken_up_by_its_folder_finds_the_data_it_was_planned_with() {
    let edges = "0 1\n1 2\n2 3\n3 4\n4 5\n5 0\n";
    let place = Place::empty();
    fs::create_dir_all(place.path().join("studies/data")).unwrap();
    place.write("studies/club.lua", CLUB);
    place.write("studies/data/club.edges", edges);
    let shared = ["sweep", "studies/club.lua", "--shard", "1/2"];
    place.uptake(&shared).ends_with(0);
    let out = fs::read_dir(place.path().join("output/club")).unwrap().next().unwrap().unwrap().path();
    let folder = out.to_str().unwrap();
    let submit = ["slurm", "submit", folder, "--dry-run"];
    let studies = place.path().join("studies").canonicalize().unwrap().display().to_string();
    place.uptake(&submit).ends_with(0).says(&format!(" --data {studies} --shard "));

    // Other bytes are another network: which file, what it was and what is there now.
    place.write("studies/data/club.edges", "0 1\n");
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let (was, is) = (hash(edges), hash("0 1\n"));
    place.uptake(&submit).ends_with(2).warns(&format!(
        "the sweep was planned with the file data/club.edges with the blake3 hash {was}; {studies}/data/club.edges has {is}; \
         say where (sweep, slurm: --data DIR, the folder of the scenario file; rerun, verify: --scenario FILE)"
    ));
    fs::remove_file(place.path().join("studies/data/club.edges")).unwrap();
    place.uptake(&["verify", folder]).ends_with(2).warns(&format!("{studies}/data/club.edges is not there; say where"));

    // Somewhere else, where one says; a folder that moved with the study still knows where it is.
    fs::create_dir_all(place.path().join("kept/data")).unwrap();
    place.write("kept/data/club.edges", edges);
    place.uptake(&["slurm", "submit", folder, "--dry-run", "--data", "kept"]).ends_with(0).says("/kept --shard ");
    place.write("studies/data/club.edges", edges);
    place.uptake(&["sweep", folder]).ends_with(0).says("club  3 runs in ");
    fs::remove_file(out.join(".data-folder")).unwrap();
    place
        .uptake(&submit)
        .ends_with(2)
        .warns("the scenario reads data/club.edges, and where that was is not known here");
}

#[test]
fn a_check_that_fails_ends_with_one() {
    let place = Place::with(&RING.replace("adopted == 1", "adopted < 1"));
    place
        .uptake(&["sweep", "scenario.lua", "--no-figures"])
        .ends_with(1)
        .says("FAILS  one is enough for all (line 14)");
    let place = Place::with(&RING.replace("{ needs = 1 }", "{ needs = 3 }"));
    place
        .uptake(&["sweep", "scenario.lua", "--no-figures"])
        .ends_with(1)
        .says("no finished run matches; needs is 1, 2");
}

#[test]
fn any_chart_can_be_drawn_from_rows_that_are_there() {
    let place = Place::with(RING);
    let folder = place.sweep(&["--no-figures"]);
    let name = folder.to_string_lossy();
    place.uptake(&["chart", &name, "adopted.thalf ~ needs | k"]).ends_with(0).says("adopted-thalf-by-needs-k.svg");
    let plotted = Rows::of(&place.read(folder.join("figures/adopted-thalf-by-needs-k.csv")));
    assert_eq!(plotted.rows.len(), 4);
    let misspelt = place.uptake(&["chart", &name, "adoptd ~ k"]).ends_with(1);
    misspelt.warns("adoptd is not a column that can be drawn, did you mean adopted?");
    place.uptake(&["chart", &name, "adopted over k"]).ends_with(1).warns("a chart is \"y ~ x | series / panel\"");
}

#[test]
fn mistyped_names_are_answered_with_what_was_meant() {
    let place = Place::with(RING);
    let no_file = place.uptake(&["sweep", "nofile.lua"]).ends_with(2);
    no_file.warns("cannot read the scenario nofile.lua: No such file or directory");
    let parameter = place.uptake(&["sweep", "scenario.lua", "--set", "need=1"]).ends_with(2);
    parameter.warns("unknown parameter \"need\" (did you mean \"needs\"?); known: k, needs");
    place.uptake(&["sweep", "scenario.lua", "--set", "needs"]).ends_with(2).warns("expected NAME=VALUE");
    place.uptake(&["sweep", "scenario.lua", "--set", "needs=few"]).ends_with(2).warns("\"few\" is no number");
    place.uptake(&["run", "scenario.lua", "--only", "rings"]).ends_with(2).warns("did you mean \"ring\"?");
    place
        .uptake(&["status", "nowhere"])
        .ends_with(2)
        .warns("nowhere is not the folder of a sweep: there is no such folder");
    let folder = place.sweep(&["--no-figures"]);
    let row = place.uptake(&["rerun", &folder.to_string_lossy(), "--row", "9"]).ends_with(2);
    row.warns("there is no row 9; runs.csv has rows 1 to 8");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_once_and_plainly() {
    let place = Place::with(RING);
    place.write("file", "");
    let said = place.uptake(&["sweep", "scenario.lua", "--out", "file"]).ends_with(2);
    assert_eq!(said.err.matches("Not a directory").count(), 1, "{}", said.err);
    said.warns("cannot write file/ring/");
    let shut = place.path().join("shut");
    fs::create_dir(&shut).expect("a folder can be made");
    let mut rights = fs::metadata(&shut).expect("it is there").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&shut, rights).expect("it is ours");
    // Whoever may write everywhere is not stopped by rights.
    if fs::write(shut.join("probe"), "").is_err() {
        let said = place.uptake(&["sweep", "scenario.lua", "--out", "shut"]).ends_with(2);
        said.warns("give a folder that can be written to with --out");
    }
}

#[test]
fn a_run_that_fails_is_a_row_and_the_sweep_goes_on() {
    let scenario = r#"
return scenario "partly" {
  sweep = { floor = {1, 0} },
  replicates = 2,
  steps = 20,
  world = function(p)
    agents("person", 60, { mood = 1 })
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 1, weight = log(src.mood - 1 + p.floor - .05 * now * (1 - p.floor)) + 1 })
    start { stage = "adopted", who = cluster(3) }
  end,
}
"#;
    let place = Place::with(scenario);
    let said = place
        .uptake(&["sweep", "scenario.lua"])
        .ends_with(1)
        .says("2 runs failed; the column `error` of runs.csv says why");
    let rows = Rows::of(&place.read(sweep_of(&said).join("runs.csv")));
    assert_eq!(rows.column("status"), ["done", "done", "failed", "failed"]);
    assert_eq!(rows.column("adopted"), ["1", "1", "", ""]);
    let why = rows.column("error")[2];
    assert!(why.starts_with("line 9: stage \"adopted\": weight of a tie"), "{why}");
    assert!(rows.column("error")[0].is_empty());
    // Again: nothing to do, the same answer.
    place.uptake(&["sweep", "scenario.lua"]).ends_with(1).warns("4 runs are there already, 0 to do");
}

#[test]
fn runs_that_are_missing_end_with_three() {
    let place = Place::with(RING);
    let folder = place.sweep(&["--no-figures"]);
    fs::remove_file(place.path().join(&folder).join("parts/part-000001.rows")).expect("the part is there");
    place.uptake(&["status", &folder.to_string_lossy()]).ends_with(3).says("0 of 8 runs finished");
}

#[test]
fn rows_of_another_sweep_are_left_out() {
    let place = Place::with(RING);
    let folder = place.path().join(place.sweep(&["--no-figures"]));
    let other = Place::with(RING);
    let foreign = other.path().join(other.sweep(&["--no-figures", "--seed", "2"]));
    fs::copy(foreign.join("parts/part-000001.rows"), folder.join("parts/part-000009.rows")).expect("it can be copied");
    let said = place.uptake(&["status", &folder.to_string_lossy()]).ends_with(0);
    said.says("8 of 8 runs finished, 0 failed").says("foreign lines left out");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::with(RING);
    for arguments in [vec!["help"], vec!["run", "scenario.lua"], vec!["check", "scenario.lua"]] {
        let mut child = place
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {err}");
        assert!(!err.contains("panicked") && !err.contains("Broken pipe"), "{arguments:?}: {err}");
    }
}
