//! Sweeps on a real Slurm: a throw-away cluster of four imitated nodes on this machine.
//!
//! `UPTAKE_SLURM` names a program that brings such a cluster up, as `$UPTAKE_SLURM --array-max 6 DIR`, and prints what
//! to export; its neighbour `down` takes `DIR` away again. Where a Slurm is at hand already (`SLURM_CONF` is set) that
//! one is used. Without either the tests say SKIPPED and pass.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// 8 cells; here with more agents, so that a run takes a few milliseconds.
const RING: &str = include_str!("../ring.lua");

/// A Slurm to talk to. Taken down at the end when it was brought up here.
struct Cluster {
    settings: Vec<(String, String)>,
    up: Option<(PathBuf, tempfile::TempDir)>,
}

impl Cluster {
    fn find() -> Option<Cluster> {
        if let Some(conf) = std::env::var_os("SLURM_CONF") {
            let mut settings = vec![("SLURM_CONF".to_string(), conf.to_string_lossy().into_owned())];
            settings.extend(std::env::var("SLURM_TEST_DIR").ok().map(|dir| ("SLURM_TEST_DIR".to_string(), dir)));
            return Some(Cluster { settings, up: None });
        }
        let up = PathBuf::from(std::env::var_os("UPTAKE_SLURM")?);
        let dir = tempfile::tempdir().expect("there is room for a small folder");
        let output = Command::new(&up).args(["--array-max", "6"]).arg(dir.path()).output().expect("it can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let exports = String::from_utf8_lossy(&output.stdout).into_owned();
        let settings = exports.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
        let settings = settings.map(|(name, value)| (name.to_string(), value.trim_matches('\'').to_string())).collect();
        Some(Cluster { settings, up: Some((up, dir)) })
    }

    fn command(&self, program: &str, place: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(place).envs(self.settings.iter().cloned());
        command
    }

    fn slurm(&self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let output = self.command(words[0], Path::new("/")).args(&words[1..]).output().expect("Slurm is there");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn uptake(&self, place: &Path, arguments: &str) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_uptake"), place);
        command.args(arguments.split_whitespace()).output().expect("the program can be started")
    }

    /// Waits until nothing of a sweep is in the queue.
    fn wait(&self, dir: &Path) {
        let begun = Instant::now();
        loop {
            let output = self.uptake(dir, "slurm status .");
            if String::from_utf8_lossy(&output.stdout).contains("nothing in the queue") {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(240), "{}", said(&output));
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Waits until a share runs and its part has grown; gives `job_index`.
    fn running(&self, dir: &Path) -> String {
        let begun = Instant::now();
        loop {
            let name = job_name(dir);
            let queue = self.slurm(&format!("squeue --noheader --array --states=RUNNING --name={name} --format=%F_%K"));
            let task = queue.lines().next().map(str::to_string);
            let grown = parts(dir).iter().any(|part| fs::metadata(part).is_ok_and(|part| part.len() > 5_000));
            if let (Some(task), true) = (task, grown) {
                return task;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "no task runs: {queue}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((up, dir)) = &self.up {
            // When this fails the daemons stay: nothing more can be done about it here.
            let _ = Command::new(up.with_file_name("down")).arg(dir.path()).output();
        }
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// How the array job of a sweep is called.
fn job_name(dir: &Path) -> String {
    format!("uptake-ring-{}", dir.file_name().expect("a sweep's folder has a name").to_string_lossy())
}

fn parts(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir.join("parts")).into_iter().flatten();
    entries.map(|entry| entry.expect("the folder can be read").path()).collect()
}

/// A folder with the scenario, and the results of one machine for it.
struct Study {
    place: tempfile::TempDir,
}

impl Study {
    fn new(cluster: &Cluster, replicates: u32) -> Study {
        let place = tempfile::tempdir().expect("there is room for a small folder");
        let text = RING
            .replace("400", "4000")
            .replace("steps = 200", "steps = 300")
            .replace("replicates = 25", &format!("replicates = {replicates}"));
        fs::write(place.path().join("ring.lua"), text).expect("there is room for a small file");
        let alone = cluster.uptake(place.path(), "sweep ring.lua --out alone");
        assert_eq!(alone.status.code(), Some(0), "{}", said(&alone));
        Study { place }
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    fn dir(&self, out: &str) -> PathBuf {
        let mut found = fs::read_dir(self.path().join(out).join("ring")).expect("the sweep has begun");
        found.next().expect("a sweep has a folder").expect("the folder can be read").path()
    }

    fn assert_same_results(&self, out: &str) {
        let (alone, array) = (results(&self.dir("alone")), results(&self.dir(out)));
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&alone), names(&array));
        for (name, bytes) in &alone {
            assert!(bytes == &array[name], "{} differs", name.display());
        }
    }
}

/// Every file of a sweep but its parts and what belongs to Slurm.
fn results(sweep: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![sweep.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true if path.ends_with("parts") || path.ends_with("slurm") => {}
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(sweep).expect("it is inside").to_path_buf();
                    files.insert(name, fs::read(&path).expect("the file can be read"));
                }
            }
        }
    }
    files
}

/// Said past the test runner, which keeps the output of tests that pass to itself.
fn skipped(why: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {why}").expect("standard error takes a line");
}

/// One test, because the claims share a cluster and take turns on it.
#[test]
fn sweeps_on_slurm() {
    let Some(cluster) = Cluster::find() else {
        skipped("no Slurm; set SLURM_CONF, or UPTAKE_SLURM to a program that brings one up");
        return;
    };
    type Claim = fn(&Cluster);
    let claims: [(&str, Claim); 6] = [
        ("an array and a merge give the files of one machine", array_and_merge),
        ("more shares than an array may have become as many as it may", more_shares_than_allowed),
        ("a killed task is made good by submitting again, with another N", killed_task),
        ("a task told to stop goes back into the queue", told_to_stop),
        ("cancelled is cancelled", cancelled),
        ("srun in one allocation, GNU parallel, mpirun and xargs give the files of one machine", recipes),
    ];
    let only = std::env::var("UPTAKE_SLURM_ONLY").unwrap_or_default();
    let hold = |claim: &str, holds: Claim| {
        if claim.contains(&only) {
            let begun = Instant::now();
            holds(&cluster);
            println!("holds ({:.0} s): {claim}", begun.elapsed().as_secs_f64());
        }
    };
    std::thread::scope(|scope| {
        // It mostly waits, as Slurm counts limits in minutes.
        scope.spawn(|| hold("a task that Slurm ends at its time limit loses nothing, told in time or not", time_limit));
        claims.into_iter().for_each(|(claim, holds)| hold(claim, holds));
    });
    // The last, because the node stays lost.
    hold("a node is lost and its process goes on writing while another makes the same share", lost_node);
}

fn array_and_merge(cluster: &Cluster) {
    let study = Study::new(cluster, 20);
    let dry = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 4 --dry-run -- --mem=200");
    assert!(dry.status.success() && said(&dry).contains("#SBATCH --mem=200\n"), "{}", said(&dry));
    let queue = || cluster.slurm(&format!("squeue --noheader --name={}", job_name(&study.dir("array"))));
    assert!(queue().is_empty(), "a dry run submits nothing");
    let submit = "slurm submit ring.lua --out array --shards 4 --concurrency 3 --time 10 -- --mem=200";
    let first = cluster.uptake(study.path(), submit);
    assert!(first.status.success() && said(&first).contains("shares 0-3 of 4"), "{}", said(&first));
    let again = cluster.uptake(study.path(), submit);
    assert!(
        again.status.success() && !said(&again).contains("array job"),
        "what waits is not submitted twice: {}",
        said(&again)
    );
    let beside = cluster.uptake(&study.dir("alone"), "slurm status .");
    assert!(said(&beside).contains("nothing in the queue"), "the same sweep in another folder: {}", said(&beside));
    cluster.wait(&study.dir("array"));
    study.assert_same_results("array");
    let done = cluster.uptake(study.path(), submit);
    assert!(done.status.success() && said(&done).contains("no run is missing"), "{}", said(&done));
}

fn more_shares_than_allowed(cluster: &Cluster) {
    let study = Study::new(cluster, 5);
    let config = cluster.slurm("scontrol show config");
    let limit = config.lines().find(|line| line.starts_with("MaxArraySize")).expect("Slurm has a limit");
    let limit: u32 = limit.split_once('=').expect("it is an assignment").1.trim().parse().expect("it is a number");
    if limit > 30 {
        skipped(&format!("this cluster takes arrays of {limit} tasks, too many for a test"));
        return;
    }
    let output = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 40");
    assert!(output.status.success() && said(&output).contains(&format!("at most {limit} tasks")), "{}", said(&output));
    cluster.wait(&study.dir("array"));
    study.assert_same_results("array");
}

fn killed_task(cluster: &Cluster) {
    let study = Study::new(cluster, 1500);
    let submitted = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 2");
    assert!(submitted.status.success(), "{}", said(&submitted));
    let dir = study.dir("array");
    cluster.running(&dir);
    // The imitated nodes are on this machine: the sweep's process is known by its folder, which no other has.
    signal("KILL", process_of(&dir, "/2").expect("a task is running"));
    cluster.wait(&dir);
    let status = cluster.uptake(&dir, "status .");
    assert_eq!(status.status.code(), Some(3), "{}", said(&status));
    let again = cluster.uptake(&dir, "slurm submit . --shards 3");
    assert!(again.status.success() && said(&again).contains("of 3"), "{}", said(&again));
    cluster.wait(&dir);
    study.assert_same_results("array");
}

fn signal(name: &str, process: u32) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {process}")]).status();
    assert!(sent.expect("there is a shell").success(), "{process} cannot be sent {name}");
}

/// The number of a process that sweeps a share in `dir` whose name ends in `share`.
fn process_of(dir: &Path, share: &str) -> Option<u32> {
    let dir = dir.canonicalize().expect("it is there");
    let processes = fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    processes.into_iter().find(|process: &u32| {
        let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = line.split(|&byte| byte == 0).collect();
        words.get(1) == Some(&&b"sweep"[..])
            && words.contains(&dir.as_os_str().as_encoded_bytes())
            && words.iter().any(|word| word.ends_with(share.as_bytes()))
    })
}

/// Looks until there is what is looked for.
fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Two shares are stopped in the midst of their runs, as by a file system that hangs, for as long as it takes. One goes on
/// when Slurm has told it to stop, and ends in good order; the other is ended by Slurm, a minute after it began.
fn time_limit(cluster: &Cluster) {
    let study = Study::new(cluster, 1400);
    let submitted = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 2 --time 1");
    assert!(submitted.status.success(), "{}", said(&submitted));
    let dir = study.dir("array");
    let [heeds, hangs] = ["0/2", "1/2"].map(|share| {
        let process = until("a share has rows", || process_of(&dir, share).filter(|&process| written(process) > 5_000));
        signal("STOP", process);
        process
    });
    until("it is told to stop", || is_told(heeds).then_some(()));
    signal("CONT", heeds);
    cluster.wait(&dir);
    assert!(!Path::new(&format!("/proc/{hangs}")).exists(), "Slurm ended it");
    let status = cluster.uptake(&dir, "status .");
    assert_eq!(status.status.code(), Some(3), "the merge came with runs missing: {}", said(&status));
    let words = said(&submitted);
    let job = words.split("array job ").nth(1).and_then(|rest| rest.split(' ').next()).expect("it says its number");
    let over = cluster.slurm(&format!("squeue --noheader --array --states=TIMEOUT --job={job} --format=%K"));
    assert_eq!(over.trim(), "1", "the share that ran into its limit");
    let logs = fs::read_dir(dir.join("slurm")).expect("tasks have logs").map(|log| log.expect("it is there").path());
    let log = logs.into_iter().find(|log| log.to_string_lossy().ends_with("_0.log")).expect("share 0 has a log");
    let log = fs::read_to_string(log).expect("it can be read");
    assert!(log.contains("stopped early") && log.contains("are there already"), "{log}");
    let again = cluster.uptake(&dir, "slurm submit . --shards 2");
    assert!(again.status.success() && said(&again).contains("makes shares 1 of 2"), "{}", said(&again));
    cluster.wait(&dir);
    study.assert_same_results("array");
}

/// How much a process that sweeps has written into its part.
fn written(process: u32) -> u64 {
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten();
    let files = open.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
    let parts = files.filter(|file| file.extension().is_some_and(|extension| extension == "rows"));
    parts.filter_map(|part| Some(fs::metadata(part).ok()?.len())).max().unwrap_or(0)
}

/// Whether TERM waits for a process that is stopped.
fn is_told(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let waiting = status.lines().filter_map(|line| line.strip_prefix("ShdPnd:")?.trim().into());
    waiting.filter_map(|signals: &str| u64::from_str_radix(signals, 16).ok()).any(|signals| signals & (1 << 14) != 0)
}

fn told_to_stop(cluster: &Cluster) {
    let study = Study::new(cluster, 1500);
    let submitted = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 2 --time 10");
    assert!(submitted.status.success(), "{}", said(&submitted));
    let dir = study.dir("array");
    let task = cluster.running(&dir);
    // What Slurm does by itself some time before the end of a task: TERM to the batch shell alone.
    cluster.slurm(&format!("scancel --batch --signal=TERM {task}"));
    cluster.wait(&dir);
    study.assert_same_results("array");
    let log = fs::read_to_string(dir.join(format!("slurm/{task}.log"))).expect("the task has a log");
    assert!(log.contains("stopped early") && log.contains("are there already"), "{log}");
}

fn cancelled(cluster: &Cluster) {
    let study = Study::new(cluster, 1500);
    let submitted = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 2");
    assert!(submitted.status.success(), "{}", said(&submitted));
    let dir = study.dir("array");
    cluster.running(&dir);
    let cancelled = cluster.uptake(&dir, "slurm cancel .");
    assert!(cancelled.status.success() && said(&cancelled).contains("cancelled"), "{}", said(&cancelled));
    cluster.wait(&dir);
    assert_eq!(cluster.uptake(&dir, "status .").status.code(), Some(3));
}

/// The lines of docs/clusters.md.
fn recipes(cluster: &Cluster) {
    let study = Study::new(cluster, 20);
    let program = env!("CARGO_BIN_EXE_uptake");
    let lines = [
        (
            "parallel",
            format!(
                "parallel -S 2/: --workdir \"$PWD\" {program} sweep ring.lua --out parallel --jobs 1 --shard {{}}/3 ::: $(seq 1 3)"
            ),
        ),
        (
            "mpirun",
            format!(
                "mpirun --oversubscribe -n 3 bash -c '{program} sweep ring.lua --out mpirun --jobs 1 --shard \
                 \"$OMPI_COMM_WORLD_RANK/$OMPI_COMM_WORLD_SIZE\" --shard-base 0'"
            ),
        ),
        (
            "srun",
            format!(
                "srun --ntasks=4 bash -c '{program} sweep ring.lua --out srun --jobs 1 --shard \
                 \"$SLURM_PROCID/$SLURM_NTASKS\" --shard-base 0'"
            ),
        ),
        ("xargs", format!("seq 1 3 | xargs -P 3 -I{{}} {program} sweep ring.lua --out xargs --jobs 1 --shard {{}}/3")),
    ];
    for (out, line) in lines {
        let there = Command::new("sh").args(["-c", &format!("command -v {out}")]).output().expect("there is a shell");
        if !there.status.success() {
            skipped(&format!("{out} is not installed"));
            continue;
        }
        let output = cluster
            .command("bash", study.path())
            // Open MPI does not like to be run by root, who runs tests in containers.
            .envs([("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")])
            .args(["-c", &line])
            .output()
            .expect("there is a shell");
        assert!(output.status.success(), "{line}: {}", said(&output));
        let merged = cluster.uptake(&study.dir(out), "merge .");
        assert_eq!(merged.status.code(), Some(0), "{}", said(&merged));
        study.assert_same_results(out);
    }
}

fn lost_node(cluster: &Cluster) {
    let Some((_, state)) = cluster.settings.iter().find(|(name, _)| name == "SLURM_TEST_DIR") else {
        skipped("only an imitated node can be lost, and this cluster is a real one");
        return;
    };
    let study = Study::new(cluster, 1500);
    let submitted = cluster.uptake(study.path(), "slurm submit ring.lua --out array --shards 2");
    assert!(submitted.status.success(), "{}", said(&submitted));
    let dir = study.dir("array");
    let task = cluster.running(&dir);
    let node = cluster.slurm(&format!("squeue --noheader --job {task} --format=%N")).trim().to_string();
    let daemon = fs::read_to_string(format!("{state}/pids/slurmd-{node}")).expect("the daemon's number is kept");
    let number = daemon.split_whitespace().next().expect("a number and a time");
    signal("KILL", number.parse().expect("it is a number"));
    cluster.slurm(&format!("scontrol update nodename={node} state=down reason=test"));
    assert!(process_of(&dir, "/2").is_some(), "nobody told the old process");
    cluster.wait(&dir);
    // The merge may have come before the old process ended; its rows are equal, so another changes nothing.
    let merged = cluster.uptake(&dir, "merge . --wait=60");
    assert_eq!(merged.status.code(), Some(0), "{}", said(&merged));
    study.assert_same_results("array");
    let status = cluster.uptake(&dir, "status . --json");
    println!("  {}", String::from_utf8_lossy(&status.stdout).split("\"parts\"").next().unwrap_or_default());
}
