//! What a sweep comes to: its tables, figures, checks and page, from the rows in its parts.

use std::collections::BTreeMap;

use super::{chart, report, say};
use crate::record::Outcome;
use crate::report::Check;
use crate::script::Scenario;
use crate::store::{Scan, Store, StoreError};
use crate::summary::Summary;
use crate::table::Table;

/// The rows of a sweep, merged.
pub struct Told {
    pub table: Table,
    pub cells: Table,
    pub rows: u64,
    pub failed: u64,
    pub missing: u64,
    /// Why runs failed: how many, and the row of the first in runs.csv, from 1.
    pub failures: BTreeMap<String, (u64, u64)>,
}

impl Told {
    /// Merges what `scan` found and writes the tables.
    pub fn of(store: &Store, scan: &Scan) -> Result<Told, StoreError> {
        let mut summary = Summary::new(store.plan());
        let (mut row, mut failures) = (0, BTreeMap::new());
        let merged = store.merge_with(scan, |run, record| {
            row += 1;
            if let Outcome::Failed(why) = &record.outcome {
                failures.entry(why.clone()).or_insert((0, row)).0 += 1;
            }
            summary.add(run, record);
        })?;
        let cells = summary.finish();
        store.write_table("cells.csv", &cells)?;
        let (rows, failed, missing) = (merged.rows, merged.failed, merged.missing);
        Ok(Told { table: store.runs_table()?, cells, rows, failed, missing, failures })
    }

    /// Why the first failed run failed.
    fn first_failure(&self) -> Option<&String> {
        self.failures.iter().min_by_key(|(_, (_, row))| *row).map(|(why, _)| why)
    }
}

/// Merges what `scan` found and says what it is; figures, checks and page wait for the last run. Returns the exit code.
pub fn conclude(store: &Store, scan: &Scan, scenario: &Scenario, figures: bool) -> anyhow::Result<u8> {
    if scan.torn() + scan.foreign() > 0 {
        eprintln!("{} torn and {} foreign lines in the parts were left out", scan.torn(), scan.foreign());
    }
    let told = Told::of(store, scan)?;
    say(format_args!("{}  {} runs in {}", store.plan().scenario, told.rows, store.dir().display()))?;
    if told.failed > 0 {
        say(format_args!("  {} runs failed; the column `error` of runs.csv says why", told.failed))?;
        if let Some(why) = told.first_failure() {
            say(format_args!("  the first: {why}"))?;
        }
    }
    if told.missing > 0 {
        say(format_args!("  {} runs are missing; the same sweep command makes them", told.missing))?;
        return Ok(3);
    }
    let drawn = match figures {
        true => {
            Some(chart::Sheet::new(scenario, store, &told.table, told.missing)?.draw_all(&scenario.study().figures)?)
        }
        false => None,
    };
    let checks = checks(scenario, &told.table)?;
    tell_checks(&checks)?;
    if let Some(drawn) = drawn {
        report::write(store, scenario, &told, drawn, checks.clone())?;
        say(format_args!("  {}", store.dir().join(report::PAGE).display()))?;
    }
    let failed_checks = checks.iter().any(|check| !check.holds);
    Ok(u8::from(told.failed > 0 || failed_checks))
}

/// What a scenario claims, and whether it holds.
pub fn checks(scenario: &Scenario, table: &Table) -> anyhow::Result<Vec<Check>> {
    let words = |known: crate::script::Check| Check {
        told: known.told.iter().map(ToString::to_string).collect(),
        text: known.text,
        holds: known.passed,
        line: known.line,
    };
    Ok(scenario.check(table)?.into_iter().map(words).collect())
}

/// Says which claims of the scenario hold, and the numbers they were told from.
fn tell_checks(checks: &[Check]) -> anyhow::Result<()> {
    for check in checks {
        let word = if check.holds { "holds" } else { "FAILS" };
        say(format_args!("  {word}  {} (line {})", check.text, check.line))?;
        for told in &check.told {
            say(format_args!("         {told}"))?;
        }
    }
    Ok(())
}
