//! What a sweep comes to: its tables, figures and checks, from the rows in its parts.

use super::{chart, say};
use crate::record::Outcome;
use crate::script::Scenario;
use crate::store::{Scan, Store};
use crate::summary::Summary;
use crate::table::Table;

/// Merges what `scan` found and says what it is; figures and checks wait for the last run. Returns the exit code.
pub fn conclude(store: &Store, scan: &Scan, scenario: &Scenario, figures: bool) -> anyhow::Result<u8> {
    if scan.torn() + scan.foreign() > 0 {
        eprintln!("{} torn and {} foreign lines in the parts were left out", scan.torn(), scan.foreign());
    }
    let mut summary = Summary::new(store.plan());
    let mut first_failure = None;
    let merged = store.merge_with(scan, |run, record| {
        if let Outcome::Failed(why) = &record.outcome {
            first_failure.get_or_insert_with(|| why.clone());
        }
        summary.add(run, record);
    })?;
    store.write_table("cells.csv", &summary.finish())?;
    say(format_args!("{}  {} runs in {}", store.plan().scenario, merged.rows, store.dir().display()))?;
    if merged.failed > 0 {
        say(format_args!("  {} runs failed; the column `error` of runs.csv says why", merged.failed))?;
        if let Some(why) = first_failure {
            say(format_args!("  the first: {why}"))?;
        }
    }
    if merged.missing > 0 {
        say(format_args!("  {} runs are missing; the same sweep command makes them", merged.missing))?;
        return Ok(3);
    }
    let table = store.runs_table()?;
    if figures {
        chart::Sheet::new(scenario.study(), store, &table, merged.missing)?.draw_all()?;
    }
    let failed_checks = tell_checks(scenario, &table)?;
    Ok(u8::from(merged.failed > 0 || failed_checks > 0))
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
