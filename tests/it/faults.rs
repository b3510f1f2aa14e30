//! What may happen to a sweep from outside: it is killed, the disk fills up, its parts are deleted, two make it at once.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use uptake::rng::Stream;

use super::attempts::{Place, code, told, wait_for_rows};

/// How many kills: a few always, 200 with `UPTAKE_KILLS=200`.
fn kills() -> u32 {
    std::env::var("UPTAKE_KILLS").ok().map_or(30, |kills| kills.parse().expect("UPTAKE_KILLS is a number"))
}

#[test]
fn killed_at_any_instant_a_sweep_comes_to_the_same_bytes() {
    let place = Place::new();
    let sweep = "sweep ring.lua --replicates 200 -j 2";
    let whole = std::time::Instant::now();
    assert_eq!(code(&place.uptake(&format!("{sweep} --out whole"))), 0);
    let whole = whole.elapsed();
    // Instants of a seeded draw; what the program is doing then differs from time to time, the result may not.
    let mut stream = Stream::from_seed(2);
    let (mut killed, mut torn) = (0, 0);
    let mut round = 0;
    while killed < kills() {
        // When one is whole, the next begins from nothing.
        let out = format!("killed{round}");
        let mut child = place.start(&format!("{sweep} --out {out}"));
        // Short lives, so that many attempts share a sweep: loading, making runs, merging and drawing all get hit.
        std::thread::sleep(whole.mul_f64(0.4 * stream.unit()));
        child.kill().expect("it is a child of this one");
        match child.wait().expect("it was started here").code() {
            None => killed += 1,
            Some(ended) => {
                assert_eq!(ended, 0);
                torn += torn_lines(&place, &out);
                assert_eq!(place.results("whole"), place.results(&out), "after {killed} kills");
                round += 1;
            }
        }
    }
    let out = format!("killed{round}");
    let last = place.uptake(&format!("{sweep} --out {out}"));
    assert_eq!(code(&last), 0, "{}", told(&last));
    torn += torn_lines(&place, &out);
    assert_eq!(place.results("whole"), place.results(&out));
    println!("{killed} kills over {} sweeps, {torn} torn lines", round + 1);
}

fn torn_lines(place: &Place, out: &str) -> u64 {
    let status = place.uptake(&format!("status {} --json", place.sweep(out).display()));
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
    assert_eq!((&status["failed"], &status["missing"], &status["foreign_lines"]), (&0.into(), &0.into(), &0.into()));
    status["torn_lines"].as_u64().expect("it is a number")
}

/// Runs the program in a shell that lets no file grow beyond so many blocks of 512 bytes: as a disk that is full.
fn with_little_room(place: &Place, blocks: u32, arguments: &str) -> Output {
    // The signal that comes with the limit is ignored, so that writing fails as it does on a full disk.
    let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec {} {arguments}", env!("CARGO_BIN_EXE_uptake"));
    let mut shell = Command::new("sh");
    shell.current_dir(place.path()).args(["-c", &line]).stdin(Stdio::null());
    shell.output().expect("there is a shell")
}

#[test]
fn a_disk_that_is_full_loses_nothing_and_says_what_to_do() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole")), 0);
    let mut attempts = 0;
    loop {
        let full = with_little_room(&place, 8, "sweep ring.lua --out full -j 2 --no-figures");
        attempts += 1;
        let words = told(&full);
        assert_eq!(code(&full), 2, "{words}");
        assert!(words.contains("cannot write") || words.contains("full"), "{words}");
        let status = place.uptake(&format!("status {} --json", place.sweep("full").display()));
        let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
        // Every attempt got some rows in; once all are there, only the table does not fit.
        if status["missing"] == 0 {
            break;
        }
        assert!(attempts < 50 && status["parts"].as_array().expect("a list").len() == attempts, "{status}");
    }
    assert!(attempts > 3, "the limit was met again and again, not {attempts} times");
    assert!(!place.sweep("full").join("runs.csv").exists(), "a table is whole or not there");
    // There is room again.
    assert_eq!(code(&place.uptake("sweep ring.lua --out full")), 0);
    assert_eq!(place.results("whole"), place.results("full"));
}

/// Said past the test runner, which keeps the output of tests that pass to itself.
fn skipped(why: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {why}").expect("standard error takes a line");
}

/// Whether a command of the system did what it was asked.
fn does(line: &str) -> bool {
    let done = Command::new("sh").args(["-c", line]).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// A small disk; taken away when dropped.
struct Disk<'a>(&'a Path);

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        does(&format!("umount '{}'", self.0.display()));
    }
}

#[test]
fn a_small_disk_that_fills_up_keeps_every_finished_run() {
    let place = Place::new();
    let mount = place.path().join("disk");
    fs::create_dir(&mount).expect("there is room for a folder");
    if !does(&format!("mount -t tmpfs -o size=48k tmpfs '{}'", mount.display())) {
        return skipped("a small disk cannot be mounted; it takes root");
    }
    let disk = Disk(&mount);
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole")), 0);
    let full = place.uptake("sweep ring.lua --out disk -j 2");
    assert!(code(&full) == 2 && told(&full).contains("the disk is full"), "{}", told(&full));
    let status = place.uptake(&format!("status {} --json", place.sweep("disk").display()));
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
    let finished = status["finished"].as_u64().expect("a number");
    assert!(finished > 0 && status["failed"] == 0, "{status}");
    assert!(does(&format!("mount -o remount,size=20m '{}'", mount.display())));
    let more = place.uptake("sweep ring.lua --out disk");
    assert_eq!(code(&more), 0, "{}", told(&more));
    assert!(told(&more).contains(&format!("{finished} runs are there already")), "{}", told(&more));
    assert_eq!(place.results("whole"), place.results("disk"));
    drop(disk);
}

/// The program run by somebody whom rights stop: this user, or nobody where this is root.
fn as_ordinary_user(place: &Place, arguments: &str) -> Option<Output> {
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
    if !does("[ $(id -u) = 0 ]") {
        return Some(place.uptake(arguments));
    }
    // The program may lie where nobody may look.
    let program = place.path().join("uptake");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_uptake"), &program).expect("there is room for the program");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    command.current_dir(place.path()).args(arguments.split_whitespace()).output().ok()
}

#[test]
fn a_folder_that_may_only_be_read_is_said_and_its_results_can_be_looked_at() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua")), 0);
    let (sweep, before) = (place.sweep("output"), place.results("output"));
    let folders = [place.path().join("output"), place.path().join("output/ring"), sweep.clone(), sweep.join("parts")];
    let allow = |mode| {
        folders
            .iter()
            .for_each(|folder| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("it is ours"))
    };
    allow(0o555);
    let Some(status) = as_ordinary_user(&place, &format!("status {}", sweep.display())) else {
        allow(0o755);
        return skipped("this is root, and there is no setpriv to become somebody else");
    };
    assert_eq!(code(&status), 0, "{}", told(&status));
    for verb in ["merge", "sweep"] {
        let refused =
            as_ordinary_user(&place, &format!("{verb} {}", sweep.display())).expect("it could be started before");
        let words = told(&refused);
        assert!(code(&refused) == 2 && words.contains("cannot write") && words.contains("--out"), "{verb}: {words}");
    }
    let other = as_ordinary_user(&place, "sweep ring.lua --seed 2").expect("it could be started before");
    assert!(code(&other) == 2 && told(&other).contains("give a folder that can be written to with --out"));
    allow(0o755);
    assert_eq!(place.results("output"), before);
}

#[test]
fn a_part_deleted_under_a_running_sweep_is_missed_at_its_end_and_made_again() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole --replicates 1000")), 0);
    let mut child = place.start("sweep ring.lua --replicates 1000 -j 1");
    wait_for_rows(&place, "output", 1);
    fs::remove_file(place.sweep("output").join("parts/part-000001.rows")).expect("it is being written");
    assert_eq!(child.wait().expect("it was started here").code(), Some(3), "runs are missing");
    assert_eq!(code(&place.uptake("sweep ring.lua --replicates 1000")), 0);
    assert_eq!(place.results("whole"), place.results("output"));
}

#[test]
fn a_scenario_edited_under_a_running_sweep_changes_nothing_of_it() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole --replicates 1000")), 0);
    let mut child = place.start("sweep ring.lua --replicates 1000 -j 1");
    wait_for_rows(&place, "output", 1);
    fs::write(place.path().join("ring.lua"), "this is no scenario any more").expect("there is room");
    assert_eq!(child.wait().expect("it was started here").code(), Some(0));
    assert_eq!(place.results("whole"), place.results("output"));
}

#[test]
fn a_data_file_deleted_under_a_running_sweep_changes_nothing_of_it() {
    // A plain rule makes every run read the scenario, and its data, afresh.
    let place = Place::with(
        "return scenario \"ring\" { steps = 100, replicates = 60, sweep = { points \"points.csv\" }, world = function(p)\n\
         agents(\"person\", 400)\n ties(\"friend\", graph.ring { k = 8 })\n stage(\"adopted\", { needs = p.needs })\n\
         start { stage = \"adopted\", who = cluster(9) }\n each(\"person\", function(me) end)\n end }",
    );
    let points = place.path().join("points.csv");
    fs::write(&points, "needs\n1\n2\n").expect("there is room");
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole")), 0);
    let mut child = place.start("sweep ring.lua -j 1");
    wait_for_rows(&place, "output", 1);
    fs::remove_file(points).expect("it was there");
    assert_eq!(child.wait().expect("it was started here").code(), Some(0));
    assert_eq!(place.results("whole"), place.results("output"));
}

#[test]
fn a_clock_that_was_set_changes_no_result() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole")), 0);
    let days = Duration::from_secs(2 * 86_400);
    // As if the clock had been two days ahead, and then two days behind.
    for (number, then) in [(1, SystemTime::now() + days), (2, SystemTime::now() - days)] {
        assert_eq!(code(&place.uptake(&format!("sweep ring.lua --shard {number}/2"))), 0);
        let part = place.sweep("output").join(format!("parts/part-{number:06}.rows"));
        File::options().append(true).open(part).and_then(|part| part.set_modified(then)).expect("it is ours");
        let status = place.uptake(&format!("status {} --json", place.sweep("output").display()));
        serde_json::from_slice::<serde_json::Value>(&status.stdout).expect("it is JSON");
    }
    assert_eq!(code(&place.uptake(&format!("merge {}", place.sweep("output").display()))), 0);
    assert_eq!(place.results("whole"), place.results("output"));
}

#[test]
fn what_a_killed_program_left_half_written_is_cleared_and_what_another_writes_stays() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua")), 0);
    let [old, young] = [".runs.csv.7.draft", "figures/.one.svg.1.draft"].map(|name| place.sweep("output").join(name));
    for draft in [&old, &young] {
        fs::write(draft, "half a ta").expect("there is room");
    }
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    File::options().append(true).open(&old).and_then(|file| file.set_modified(yesterday)).expect("it is ours");
    assert_eq!(code(&place.uptake(&format!("merge {}", place.sweep("output").display()))), 0);
    assert!(!old.exists() && young.exists());
}

#[test]
fn a_deleted_part_is_made_again() {
    let place = Place::new();
    for share in ["1/2", "2/2"] {
        assert_eq!(code(&place.uptake(&format!("sweep ring.lua --shard {share}"))), 0);
    }
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole")), 0);
    fs::remove_file(place.sweep("output").join("parts/part-000001.rows")).expect("it was there");
    let merge = place.uptake(&format!("merge {}", place.sweep("output").display()));
    assert_eq!(code(&merge), 3, "{}", told(&merge));
    assert_eq!(code(&place.uptake("sweep ring.lua")), 0);
    assert_eq!(place.results("whole"), place.results("output"));
}

#[test]
fn two_at_once_in_one_folder_do_no_harm() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole --replicates 100")), 0);
    let mut both: Vec<_> = (0..2).map(|_| place.start("sweep ring.lua --out both --replicates 100 -j 1")).collect();
    for child in &mut both {
        assert_eq!(child.wait().expect("it was started here").code(), Some(0));
    }
    assert_eq!(place.results("whole"), place.results("both"));
}

#[test]
fn an_edited_scenario_is_another_sweep() {
    let place = Place::new();
    assert_eq!(code(&place.uptake("sweep ring.lua --shard 1/2")), 0);
    let before = place.sweep("output");
    let path = place.path().join("ring.lua");
    let text = fs::read_to_string(&path).expect("it was written");
    fs::write(&path, text.replace("k = 8", "k = 6")).expect("there is room");
    assert_eq!(code(&place.uptake("sweep ring.lua --shard 2/2")), 0);
    let status = place.uptake(&format!("status {} --json", before.display()));
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("it is JSON");
    assert_eq!((&status["finished"], &status["missing"]), (&100.into(), &100.into()));
    assert_eq!(fs::read_dir(before.parent().expect("it is in a folder")).expect("it is there").count(), 2);
}

#[test]
fn a_run_that_ends_its_process_is_given_up_after_three_attempts() {
    // A run that takes for ever stands for one that kills: the attempt is killed while it is under way.
    let endless = "return scenario \"ring\" { steps = 1000000000, sweep = { flicker = {0, 1} },\n  world = function(p)\n\
                   agents(\"person\", 400)\n ties(\"friend\", graph.ring { k = 8 })\n\
                   stage(\"adopted\", { needs = 1, chance = .5, leave = p.flicker / 2 })\n\
                   start { stage = \"adopted\", who = cluster(9) }\n end }";
    let place = Place::with(endless);
    for _ in 0..3 {
        let mut child = place.start("sweep ring.lua -j 2 --no-figures");
        std::thread::sleep(Duration::from_millis(1500));
        child.kill().expect("it is a child of this one");
        child.wait().expect("it was started here");
    }
    let last = place.uptake("sweep ring.lua --no-figures");
    assert_eq!(code(&last), 1, "{}", told(&last));
    let table = fs::read_to_string(place.sweep("output").join("runs.csv")).expect("it was merged");
    assert_eq!(table.matches("its process ended three times while this run was under way").count(), 1, "{table}");
    let none = place.uptake("sweep ring.lua --deadline 1 --grace 0");
    assert_eq!(code(&none), 1, "nothing is left to do: {}", told(&none));
    let again = place.uptake("sweep ring.lua --retry --deadline 1 --grace 0");
    assert_eq!(code(&again), 76, "{}", told(&again));
    assert!(told(&again).contains("1 run is there already, 1 to do"), "{}", told(&again));
}
