//! What a sweep comes to: its tables, figures, checks and page, from the rows in its parts.

use std::collections::BTreeMap;
use std::time::Duration;

use super::scenario::{cell_name, located};
use super::{chart, report, say};
use crate::design::Run;
use crate::record::Outcome;
use crate::report::Check;
use crate::script::Scenario;
use crate::store::{Scan, Store, StoreError};
use crate::summary::Summary;
use crate::table::{Table, are, counted};

/// Reasons of failed runs that are counted apart: each run may have a reason of its own.
const REASONS: usize = 1_000;

/// The rows of a sweep, merged.
pub struct Told {
    pub cells: Table,
    pub rows: u64,
    pub failed: u64,
    pub missing: u64,
    /// Why runs failed: how many, and the row of the first in runs.csv, from 1.
    pub failures: BTreeMap<String, (u64, u64)>,
    /// The first failed run, and why it failed.
    first_failure: Option<(Run, String)>,
    /// A transition would need more cells than are allowed.
    is_capped: bool,
}

impl Told {
    /// Merges what `scan` found and writes the tables.
    pub fn of(store: &Store, scan: Scan) -> Result<Told, StoreError> {
        let mut summary = Summary::new(store.plan());
        let (mut row, mut failures, mut first_failure) = (0, BTreeMap::new(), None);
        let merged = store.merge_with(&scan, |run, record| {
            row += 1;
            if let Outcome::Failed(why) = &record.outcome {
                first_failure.get_or_insert_with(|| (run, why.clone()));
                let known = failures.len() < REASONS || failures.contains_key(why);
                let why = if known { why.as_str() } else { "other reasons" };
                failures.entry(why.to_string()).or_insert((0, row)).0 += 1;
            }
            summary.add(run, record);
        })?;
        let cells = summary.finish();
        store.write_cells(&cells)?;
        let traced = store.traced(&scan);
        if let Some(traced) = &traced {
            store.write_boundary(traced)?;
        }
        // What is where in the parts is of no more use, and of a million runs it takes as much room as their numbers.
        drop(scan);
        let (rows, failed, missing) = (merged.rows, merged.failed, merged.missing);
        let is_capped = traced.is_some_and(|traced| traced.capped);
        Ok(Told { cells, rows, failed, missing, failures, first_failure, is_capped })
    }
}

/// Merges what `scan` found and says what it is; figures, checks and page wait for the last run. Returns the exit code.
pub fn conclude(store: &Store, scan: Scan, scenario: &Scenario, figures: bool) -> anyhow::Result<u8> {
    if scan.torn() + scan.foreign() > 0 {
        eprintln!("{} torn and {} foreign lines in the parts were left out", scan.torn(), scan.foreign());
    }
    let told = Told::of(store, scan)?;
    say(format_args!("{}  {} in {}", store.plan().scenario, counted(told.rows, "run"), store.dir().display()))?;
    if told.failed > 0 {
        say(format_args!("  {} failed; the column `error` of runs.csv says why", counted(told.failed, "run")))?;
        if let Some((run, why)) = &told.first_failure {
            let design = &store.plan().design;
            let cell = design.cells.get(run.cell as usize).map(|cell| cell_name(&design.parameters, cell));
            let cell = cell.unwrap_or_else(|| format!("cell {}", run.cell));
            let why = located(scenario.file(), why);
            say(format_args!("  the first, with {cell} in replicate {}: {why}", run.replicate))?;
        }
    }
    if told.is_capped {
        eprintln!(
            "refine: the next round needs more cells than at_most allows; the crossing is known less narrowly than wanted"
        );
    }
    if told.missing > 0 {
        let (missing, are) = (counted(told.missing, "run"), are(told.missing));
        say(format_args!("  {missing} {are} missing; the same sweep command makes the rest"))?;
        return Ok(3);
    }
    let (study, table) = (scenario.study(), store.runs_table()?);
    let drawn = match figures {
        true => Some(chart::Sheet::new(scenario, store, &table, told.missing)?.draw_all(&study.figures)?),
        false => None,
    };
    let checks = checks(scenario, &table)?;
    tell_checks(&checks)?;
    if let Some(drawn) = drawn {
        report::write(store, scenario, (&told, &table), drawn, checks.clone())?;
        say(format_args!("  {}", store.dir().join(report::PAGE).display()))?;
    }
    store.write_crate()?;
    clear_drafts(store);
    let failed_checks = checks.iter().any(|check| !check.holds);
    Ok(u8::from(told.failed > 0 || failed_checks))
}

/// A draft that nobody has written to for so long belongs to a program that was killed.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// Removes what killed programs left half written. One that is at work writes, so its drafts are young; where the clock
/// or the file system does not say, they stay.
fn clear_drafts(store: &Store) {
    for draft in store.drafts() {
        let written = std::fs::metadata(&draft).and_then(|about| about.modified()).ok();
        if written.and_then(|written| written.elapsed().ok()).is_some_and(|age| age > FORGOTTEN) {
            // When it cannot be removed it is only litter.
            let _ = std::fs::remove_file(&draft);
        }
    }
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
