//! A sweep of a million runs: what reading and merging it take. Its rows are written by the test, as making them would take
//! longer than all else.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use uptake::record::{Outcome, Record};
use uptake::store::Store;

use super::attempts::{Place, code, told};

/// 1000 cells of 1000 runs.
const MILLION: &str = "return scenario \"ring\" { replicates = 1000, steps = 50,
  sweep = { rewire = linspace(0, 1, 25), needs = linspace(1, 4, 40) },
  world = function(p)
    agents(\"person\", 20)
    ties(\"friend\", graph.ring { k = 4, rewire = p.rewire })
    stage(\"adopted\", { needs = p.needs })
    start { stage = \"adopted\", who = random(2) }
  end }";

/// What a process came to: seconds of computing, and the most memory it held.
struct Cost {
    seconds: f64,
    megabytes: f64,
}

/// Watches a process until it ends; what it takes is read again and again, as nobody tells it afterwards.
fn cost_of(mut child: Child) -> Cost {
    let mut cost = Cost { seconds: 0.0, megabytes: 0.0 };
    loop {
        // Hundredths of a second in its own code and in the system's, behind its name in parentheses.
        let about = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
        let fields: Vec<&str> = about.rsplit(')').next().expect("there is one").split_whitespace().collect();
        if let [Some(own), Some(system)] =
            [11, 12].map(|place| fields.get(place).and_then(|field| field.parse::<f64>().ok()))
        {
            cost.seconds = (own + system) / 100.0;
        }
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        if let Some(peak) = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<f64>().ok()) {
            cost.megabytes = peak / 1000.0;
        }
        if let Some(ended) = child.try_wait().expect("it was started here") {
            assert_eq!(ended.code(), Some(0));
            return cost;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn fill(sweep: &Path) {
    let store = Store::at(sweep).expect("it was begun");
    let part = store.part().expect("there is room");
    let measures = store.plan().measures.len();
    for run in store.scan().expect("nothing is there yet").pending() {
        let values = (0..measures).map(|measure| f64::from(run.cell * 7 + run.replicate * measure as u32) / 64.0);
        let record = Record { outcome: Outcome::Done, values: values.collect(), curves: vec![] };
        part.begin(run);
        part.append(run, &record).expect("there is room");
    }
    part.finish().expect("there is room");
}

#[test]
fn a_million_runs_are_read_and_merged_within_200_megabytes() {
    let place = Place::with(MILLION);
    let begun = place.uptake("sweep ring.lua --deadline 0");
    assert_eq!(code(&begun), 76, "{}", told(&begun));
    fill(&place.sweep("output"));
    let sweep = place.sweep("output");
    // A resumed sweep reads and merges.
    for verb in ["status", "merge", "sweep"] {
        let mut command = place.command(&format!("{verb} {}", sweep.display()));
        let cost = cost_of(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it can be started"));
        println!("{verb}: {:.2} s of computing, {:.0} MB", cost.seconds, cost.megabytes);
        assert!(cost.megabytes < 200.0, "{verb} takes {} MB", cost.megabytes);
    }
}
