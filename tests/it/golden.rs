//! Pinned runs: one line for every rule on every network. A line that moves is a bug, or a change of results that users
//! must be told of.
//!
//! After such a change: `UPTAKE_BLESS=1 cargo test --release --test it golden`, raise `RESULT_VERSION`, and say in
//! `CHANGELOG.md` what moved and why.

use std::fs;
use std::path::Path;

use uptake::design::{Design, Run};
use uptake::experiment::{self, Worlds, measures};
use uptake::rng::Source;

use crate::studies::{prepared, scenarios};

#[test]
fn every_rule_on_every_network_gives_the_run_it_gave() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let scenario = scenarios(&folder.join("runs.lua")).remove(0);
    let study = scenario.study();
    let Design { cells, replicates, .. } = &study.design;
    let worlds = Worlds::new(4);
    let mut told = String::new();
    for (number, cell) in cells.iter().enumerate() {
        let prepared = prepared(&scenario, number);
        let (measures, curves) = (measures(&prepared), experiment::curves(&prepared));
        let mut hasher = blake3::Hasher::new();
        let mut sizes = Vec::new();
        for replicate in 0..*replicates {
            let run = Run { cell: number as u32, replicate };
            let source = Source::new(study.seed, run.replicate.into());
            let record = experiment::run(&prepared, &worlds, source, study.steps, &measures, &curves);
            assert!(record.is_done(), "{record:?}");
            for value in &record.values {
                hasher.update(&value.to_bits().to_le_bytes());
            }
            for held in &record.curves[0] {
                hasher.update(&held.to_le_bytes());
            }
            sizes.push(record.curves[0].last().copied().unwrap_or(0).to_string());
        }
        let words: Vec<String> = cell.levels.iter().map(|level| level.written()).collect();
        let hash = hasher.finalize().to_hex();
        told += &format!("{:<17} {:<13} {:>8}  {}\n", words[0], words[1], sizes.join(" "), &hash[..16]);
    }
    let pinned = folder.join("fingerprints.txt");
    if std::env::var_os("UPTAKE_BLESS").is_some() {
        fs::write(&pinned, &told).expect("the fingerprints can be written");
    }
    let expected = fs::read_to_string(&pinned).unwrap_or_default();
    let moved: Vec<String> = expected
        .lines()
        .chain(std::iter::repeat(""))
        .zip(told.lines())
        .filter(|(expected, told)| expected != told)
        .map(|(expected, told)| format!("{expected}\n{told}"))
        .collect();
    assert!(
        moved.is_empty() && expected.lines().count() == told.lines().count(),
        "{} of {} runs moved:\n{}\nif they should: UPTAKE_BLESS=1, RESULT_VERSION, CHANGELOG.md",
        moved.len(),
        told.lines().count(),
        moved.join("\n")
    );
}
