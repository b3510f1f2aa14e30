//! Same scenario, same seed: same bytes, whatever happens around the runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use uptake::rng::Stream;

use crate::command::{Place, Rows, results, sweep_of};

/// Everything that draws, and everything that computes by exp, log and powers, in formulas and in Lua's own numbers.
const ALL_DRAWS: &str = r#"
return scenario "all-draws" {
  seed = 7,
  replicates = 4,
  steps = 40,
  sweep = { rewire = {0, .2}, slip = {.02, .3} },
  world = function(p)
    local steep = 2.1 ^ (1 + p.rewire) + math.exp(-p.slip) + math.sin(3) / math.log(7)
    agents("person", 300, { doubt = dist.normal(.4, .1), pull = dist.lognormal(0, .5) })
    ties("friend", graph.ring { k = 6, rewire = p.rewire }, { trust = dist.beta(2, 3) })
    ties("far", graph.random { k = 3 }, { trust = .2 })
    contact("far", { per = 1.5, prefer = tie.trust + src.pull })
    stage("heard", { reach = .5 * tie.trust ^ .3, tries = 3, chance = .8 })
    stage("adopted",
      { from = "heard", after = "heard", layer = "friend", weight = tie.trust * exp(-.5 * abs(me.pull - src.pull)),
        needs = me.doubt * steep / 2, leave = .02 },
      { after = "heard", needs = 0, chance = p.slip / 10 })
    update(me.doubt, abs(me.doubt) ^ 1.01 + .001 * log(1 + me.pull) * when(chance(.3), 1, -1))
    update(tie.trust, clamp(tie.trust + .01 * (sqrt(src.pull) - 1), 0, 1))
    rewire { layer = "friend", rate = .02, pick = exp(-abs(me.doubt - src.doubt)) }
    start { stage = "heard", who = random(10) }
    start { stage = "adopted", who = cluster(5), at = 3 }
    --observed
    observe("doubt", mean(me.doubt))
    observe("lucky", mean(chance(.5)))
    observe("steep", steep)
  end,
  --structure
  charts = { "adopted ~ rewire | slip" },
}
"#;

/// Agents in turn, over a contact, with updates and rewiring beside them.
const IN_TURN: &str = r#"
return scenario "in-turn" {
  replicates = 4,
  steps = 40,
  sweep = { memory = {4, 5}, tie = {"draw", "stay"} },
  world = function(p)
    order "asynchronous"
    agents("person", 200, { doubt = dist.uniform(0, 1) })
    ties("friend", graph.random { k = 8 }, { trust = .5 })
    contact("friend", { per = 1, prefer = tie.trust })
    stage("uses", { count = "share", memory = last(p.memory, { tie = p.tie }), needs = .5, leave = lt(evidence, .5) })
    stage("tells", { after = "uses", from = "uses", reach = .4 * me.doubt, emit = "once", chance = .5 + .5 * share "uses" })
    update(tie.trust, clamp(tie.trust + .05 * src.uses - .02, .01, 1))
    rewire { layer = "friend", rate = .02 }
    start { stage = "uses", who = random(.3), fixed = true }
    --observed
    observe("doubtful", mean(me.doubt * me.tells))
  end,
  --structure
  charts = { "uses ~ memory | tie" },
}
"#;

/// Everything that waits.
const CONTINUOUS: &str = r#"
return scenario "continuous" {
  replicates = 4,
  steps = 20,
  sweep = { rate = {.3, .6}, memory = {0, 2} },
  world = function(p)
    order "continuous"
    agents("person", 200, { doubt = dist.uniform(.5, 2) })
    ties("friend", graph.random { k = 8 }, { trust = dist.beta(2, 2) })
    stage("ill", { reach = p.rate * tie.trust, memory = p.memory, leave = .5 * me.doubt })
    stage("wary", { from = "ill", memory = 0, count = "share", needs = .2, chance = evidence * 2, leave = 1 - evidence })
    stage("knows", { reach = p.rate })
    stage("loud", { after = "wary", needs = 0, chance = share "ill", tries = 2, leave = .3 })
    start { stage = "ill", who = random(10) }
    start { stage = "knows", who = random(2) }
    start { stage = "ill", who = random(5), at = 3, fixed = true }
    at(5, function() set(me.doubt, .1 * me.doubt, random(20)) end)
    --observed
    observe("afraid", mean(me.doubt * me.wary))
  end,
  --structure
  charts = { "ill ~ rate | memory" },
}
"#;

/// Rules that the fast kernel knows.
const THRESHOLD: &str = r#"
return scenario "threshold" {
  replicates = 5,
  steps = 100,
  sweep = { rewire = {0, .1}, needs = {1, 2} },
  world = function(p)
    agents("person", 500)
    ties("friend", graph.ring { k = 8, rewire = p.rewire })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(9) }
    --observed
    observe("followers", std(me.followers))
  end,
  --structure
  charts = { "adopted ~ rewire | needs" },
}
"#;

/// About two seconds of computing on one core, in many short runs.
const LONG: &str = r#"
return scenario "long" {
  replicates = 100,
  steps = 300,
  sweep = { rewire = {0, .01, .1}, slip = {0, .01} },
  world = function(p)
    agents("person", 1500, { doubt = dist.uniform(0, 1) })
    ties("friend", graph.ring { k = 8, rewire = p.rewire })
    stage("adopted", { needs = 2 }, { needs = 1, chance = p.slip * me.doubt })
    start { stage = "adopted", who = cluster(9) }
  end,
}
"#;

/// Panics with the name of the first result that differs.
fn same_bytes(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let different: Vec<_> = one.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(different.is_empty(), "these differ: {different:?}");
}

#[test]
fn d13_threads_and_folders_leave_no_trace_in_tables_and_figures() {
    [ALL_DRAWS, IN_TURN, CONTINUOUS].into_iter().for_each(leaves_no_trace);
}

fn leaves_no_trace(scenario: &str) {
    let (here, there) = (Place::with(scenario), Place::empty());
    let one = results(&here.path().join(here.sweep(&["-j", "1"])));
    fs::create_dir(there.path().join("deep")).expect("a folder can be made");
    there.write("deep/other name.lua", scenario);
    let said = there.uptake(&["sweep", "deep/other name.lua", "-j", "2", "--out", "elsewhere"]).ends_with(0);
    let two = results(&there.path().join(sweep_of(&said)));
    assert!(one.len() >= 7, "{:?}", one.keys());
    assert!(one.contains_key(Path::new("runs.csv")) && one.contains_key(Path::new("cells.csv")));
    assert!(
        ["svg", "png", "pdf"].iter().all(|kind| one.keys().any(|name| name.extension().is_some_and(|e| e == *kind)))
    );
    same_bytes(&one, &two);
}

#[test]
fn a_processor_without_fma_and_avx2_gives_the_same_bytes() {
    let (with, without) = (Place::with(ALL_DRAWS), Place::with(ALL_DRAWS));
    let expected = results(&with.path().join(with.sweep(&[])));
    let mut command = without.command(&["sweep", "scenario.lua"]);
    command.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX,-FMA4");
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = with_one_folder(&without.path().join("output/all-draws"));
    same_bytes(&expected, &results(&folder));
}

/// The only folder inside a folder.
fn with_one_folder(folder: &Path) -> PathBuf {
    let mut inside = fs::read_dir(folder).expect("the folder is there");
    let only = inside.next().expect("there is a folder").expect("it can be read").path();
    assert!(inside.next().is_none(), "one sweep was made");
    only
}

#[test]
fn killed_at_any_instant_and_resumed_the_rows_are_the_same() {
    let (whole, killed) = (Place::with(LONG), Place::with(LONG));
    let whole = whole.path().join(whole.sweep(&["--no-figures"]));
    let expected = results(&whole);
    // Where and how the threads are when the signal comes is not for a seed to say; the waiting times are.
    let mut stream = Stream::from_seed(1906);
    let mut interrupted = 0;
    for attempt in 0..20 {
        let jobs = if attempt % 2 == 0 { "2" } else { "1" };
        let mut command = killed.command(&["sweep", "scenario.lua", "--no-figures", "-j", jobs]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(5 + u64::from(stream.below(150))));
        let ended = child.try_wait().expect("the program can be asked").is_some();
        child.kill().expect("SIGKILL can be sent");
        child.wait().expect("the program has ended");
        interrupted += u32::from(!ended);
        if ended {
            break;
        }
    }
    assert!(interrupted >= 3, "only {interrupted} attempts were interrupted: the sweep is too short for this test");
    let said = killed.uptake(&["sweep", "scenario.lua", "--no-figures"]).ends_with(0);
    same_bytes(&expected, &results(&killed.path().join(sweep_of(&said))));
    killed
        .uptake(&["status", &sweep_of(&said).to_string_lossy()])
        .ends_with(0)
        .says("600 of 600 runs finished, 0 failed");
}

/// Sweeps a scenario as it is and with more observed; the rows of both under the columns of the first.
fn observing_more(scenario: &str, observed: &str) -> (Rows, Rows) {
    let plain = Place::with(scenario).rows(&[]);
    let more = scenario.replace("--observed", observed).replace("\"adopted ~", "\"adopted ~ now\", \"adopted ~");
    assert_ne!(more, scenario);
    let curious = Place::with(&more).rows(&[]);
    assert!(curious.columns.len() > plain.columns.len());
    let columns = plain.columns.clone();
    (plain, curious.only(&columns))
}

#[test]
fn observing_more_changes_no_other_column() {
    let (plain, curious) = observing_more(
        ALL_DRAWS,
        "observe('early', share 'adopted', 4) observe('luck', mean(chance(.5))) observe('clustered', clustering 'friend', 5) \
         observe('deep', mean(me.depth.adopted)) observe('credit', sum(me.won.heard)) \
         at(7, function() observe('seventh', mean(when(chance(.2), me.pull, 0))) end)",
    );
    assert_eq!(plain, curious);
}

#[test]
fn observing_more_in_any_order_changes_no_other_column() {
    let more = |first: &str, second: &str| {
        format!(
            "observe('early', share '{first}', 4) observe('luck', mean(chance(.5))) observe('clustered', clustering \
             'friend', 5) observe('deep', mean(me.depth.{second})) observe('credit', sum(me.won.{first})) \
             at(7, function() observe('seventh', mean(when(chance(.2), me.doubt, 0))) end) \
             at(9, function() probe('yields', {{ who = random(5), stage = '{first}', steps = 3 }}) end) \
             observe('yield', mean(me.yields))"
        )
    };
    for (scenario, observed) in [(IN_TURN, more("uses", "tells")), (CONTINUOUS, more("ill", "knows"))] {
        let (plain, curious) = observing_more(scenario, &observed);
        assert_eq!(plain, curious);
    }
}

#[test]
fn observing_more_of_a_threshold_cascade_changes_no_other_column() {
    // Depth and won take the run from the fast kernel to the general stepper: they must tell the same story.
    let (plain, curious) = observing_more(
        THRESHOLD,
        "observe('deep', mean(me.depth.adopted)) observe('won', max(0, mean(me.won.adopted))) \
         observe('third', share 'adopted', 3) observe('path', path_length 'friend')",
    );
    assert_eq!(plain, curious);
}

#[test]
fn more_levels_and_more_replicates_leave_all_other_rows_alone() {
    for scenario in [ALL_DRAWS.to_string(), ALL_DRAWS.replace("seed = 7,", "seed = 7, independent = true,")] {
        let before = Place::with(&scenario).rows(&[]);
        assert_eq!(before.rows.len(), 16);
        let levels = scenario.replace("rewire = {0, .2}", "rewire = {.1, 0, .05, .2}");
        let more_levels = Place::with(&levels).rows(&[]);
        assert_eq!(more_levels.rows.len(), 32);
        assert_eq!(before.among(&more_levels), before);
        let more_replicates = Place::with(&scenario).rows(&["--replicates", "6"]);
        assert_eq!(more_replicates.rows.len(), 24);
        assert_eq!(before.among(&more_replicates), before);
    }
}

#[test]
fn cells_share_their_draws_unless_they_are_independent() {
    let lucky = |scenario: &str| {
        let rows = Place::with(scenario).rows(&[]);
        let first = rows.column("replicate").into_iter().zip(rows.column("lucky").into_iter().map(str::to_string));
        let mut drawn: Vec<String> = first.filter(|(replicate, _)| *replicate == "0").map(|(_, lucky)| lucky).collect();
        drawn.sort_unstable();
        drawn.dedup();
        drawn.len()
    };
    assert_eq!(lucky(ALL_DRAWS), 1);
    // Four shares of 300 coins: two are equal by chance in one of seven seeds; the seed is fixed.
    assert!(lucky(&ALL_DRAWS.replace("seed = 7,", "seed = 7, independent = true,")) >= 3);
}

#[test]
fn verify_and_rerun_have_every_row_again() {
    let place = Place::with(ALL_DRAWS);
    let folder = place.sweep(&["--no-figures"]);
    let name = folder.to_string_lossy();
    place.uptake(&["verify", &name]).ends_with(0).says("16 of 16 rows are the same, byte by byte");
    let rows = place.read(folder.join("runs.csv"));
    let sixth = rows.lines().nth(6).expect("there are sixteen rows");
    let said = place.uptake(&["rerun", &name, "--row", "6"]).ends_with(0);
    said.says("the same as in the sweep").says("rewire = 0, slip = 0.3, replicate 1").says(sixth);
}

#[test]
fn an_edited_row_is_found_and_made_again() {
    let place = Place::with(THRESHOLD);
    let folder = place.sweep(&["--no-figures"]);
    let rows = place.read(folder.join("runs.csv"));
    let part = place.path().join(&folder).join("parts/part-000001.rows");
    let text = fs::read_to_string(&part).expect("the part can be read");
    let line = text.lines().rfind(|line| line.contains("500")).expect("a row says how many agents there are");
    fs::write(&part, text.replace(line, &line.replace("500", "501"))).expect("the part can be written");
    let name = folder.to_string_lossy();
    place.uptake(&["status", &name]).ends_with(3).says("19 of 20 runs finished").says("1 torn");
    place.uptake(&["sweep", "scenario.lua", "--no-figures"]).ends_with(0).warns("19 runs are there already, 1 to do");
    assert_eq!(place.read(folder.join("runs.csv")), rows);
    place.uptake(&["status", &name]).ends_with(0).says("20 of 20 runs finished, 0 failed, 0 missing, in 2 parts");
}

#[test]
fn an_edited_plan_is_refused() {
    let place = Place::with(THRESHOLD);
    let folder = place.sweep(&["--no-figures"]);
    let plan = place.read(folder.join("plan.json"));
    place.write(
        &folder.join("plan.json").to_string_lossy(),
        &plan.replace("\"seed\":1", "\"seed\":2").replace("\"seed\": 1", "\"seed\": 2"),
    );
    assert_ne!(place.read(folder.join("plan.json")), plan);
    place.uptake(&["status", &folder.to_string_lossy()]).ends_with(2).warns("was changed after the sweep began");
}
