//! What a sweep comes to: its tables, figures and checks, from the rows in its parts.

use std::time::Duration;

use super::{chart, say};
use crate::record::Outcome;
use crate::script::Scenario;
use crate::store::{Scan, Store};
use crate::summary::Summary;
use crate::table::Table;

/// Merges what `scan` found and says what it is; figures and checks wait for the last run. Returns the exit code.
pub fn conclude(store: &Store, scan: Scan, scenario: &Scenario, figures: bool) -> anyhow::Result<u8> {
    if scan.torn() + scan.foreign() > 0 {
        eprintln!("{} torn and {} foreign lines in the parts were left out", scan.torn(), scan.foreign());
    }
    let mut summary = Summary::new(store.plan());
    let mut first_failure = None;
    let merged = store.merge_with(&scan, |run, record| {
        if let Outcome::Failed(why) = &record.outcome {
            first_failure.get_or_insert_with(|| why.clone());
        }
        summary.add(run, record);
    })?;
    store.write_cells(&summary.finish())?;
    say(format_args!("{}  {} runs in {}", store.plan().scenario, merged.rows, store.dir().display()))?;
    if merged.failed > 0 {
        say(format_args!("  {} runs failed; the column `error` of runs.csv says why", merged.failed))?;
        if let Some(why) = first_failure {
            say(format_args!("  the first: {why}"))?;
        }
    }
    let traced = store.traced(&scan);
    if let Some(traced) = &traced {
        store.write_boundary(traced)?;
        if traced.capped {
            eprintln!(
                "refine: the next round needs more cells than at_most allows; the crossing is known less narrowly than wanted"
            );
        }
    }
    if merged.missing > 0 {
        say(format_args!("  {} runs are missing; the same sweep command makes them", merged.missing))?;
        return Ok(3);
    }
    // What is where in the parts is of no more use, and of a million runs it takes as much room as their numbers.
    drop(scan);
    let table = store.runs_table()?;
    if figures {
        chart::Sheet::new(scenario.study(), store, &table, merged.missing)?.draw_all()?;
    }
    store.write_crate()?;
    clear_drafts(store);
    let failed_checks = tell_checks(scenario, &table)?;
    Ok(u8::from(merged.failed > 0 || failed_checks > 0))
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

/// Says which claims of the scenario hold, and the numbers they were told from. Returns how many do not.
fn tell_checks(scenario: &Scenario, table: &Table) -> anyhow::Result<usize> {
    let checks = scenario.check(table)?;
    for check in &checks {
        let word = if check.passed { "holds" } else { "FAILS" };
        say(format_args!("  {word}  {} (line {})", check.text, check.line))?;
        for told in &check.told {
            say(format_args!("         {told}"))?;
        }
    }
    Ok(checks.iter().filter(|check| !check.passed).count())
}
