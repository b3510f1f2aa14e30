//! A small plan and its records, for the tests of this folder.

use std::collections::BTreeMap;

use super::Store;
use crate::design::{Design, Level, Parameter, Run};
use crate::experiment::Plan;
use crate::experiment::plan::RESULT_VERSION;
use crate::record::{Outcome, Record};

/// `cells` levels of `rewire`, two of `rule`, two measures.
pub fn plan(cells: u32, replicates: u32) -> Plan {
    let rewire = (0..cells).map(|level| Level::Number(f64::from(level) / 10.0)).collect();
    let rule = ["simple", "with, comma"].map(|rule| Level::Text(rule.into())).to_vec();
    let parameters =
        [Parameter { name: "rewire".into(), levels: rewire }, Parameter { name: "rule".into(), levels: rule }];
    Plan {
        result_version: RESULT_VERSION,
        scenario: "ring".into(),
        text: "scenario \"ring\"".into(),
        set: BTreeMap::new(),
        data: BTreeMap::new(),
        seed: 7,
        steps: 100,
        design: Design::grid(&parameters, replicates),
        measures: vec!["adopted".into(), "half".into()],
        curves: vec![],
    }
}

/// A new store of that plan, and the folder it is in.
pub fn store(cells: u32, replicates: u32) -> (tempfile::TempDir, Store) {
    let out = tempfile::tempdir().unwrap();
    let store = Store::open(out.path(), &plan(cells, replicates)).unwrap();
    (out, store)
}

pub fn run(cell: u32, replicate: u32) -> Run {
    Run { cell, replicate }
}

pub fn done(adopted: f64) -> Record {
    Record { outcome: Outcome::Done, values: vec![adopted, f64::NAN], curves: vec![] }
}

/// What `run` gives: always the same, sometimes a failure.
pub fn made(run: Run) -> Record {
    match (run.cell + run.replicate) % 11 {
        10 => Record::failed("no one to begin with,\nsaid \"the rule\""),
        mixed => {
            let values = vec![f64::from(mixed) / 3.0, if mixed == 4 { f64::NAN } else { f64::from(run.replicate) }];
            Record { outcome: Outcome::Done, values, curves: vec![] }
        }
    }
}
