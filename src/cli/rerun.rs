//! `uptake rerun` and `uptake verify`: rows of a sweep had again, alone, and compared byte by byte.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::scenario::{Planned, again, cell_name};
use super::{say, sweep_in};
use crate::design::Run;
use crate::experiment::Worlds;
use crate::rng::{Purpose, Source};
use crate::store::{Scan, Store};
use crate::table::{are, counted};

#[derive(clap::Args)]
pub struct Rerun {
    /// The folder of a sweep
    dir: PathBuf,
    /// The row of runs.csv, from 1
    #[arg(long, value_name = "N")]
    row: u64,
    /// Also write who adopted when, on what evidence, and who brought it, to this CSV file
    ///
    /// A row for each tie that brought it, one for an adoption that came of itself; one row of each adoption has parent = 1.
    /// now: from when on the agent holds the stage. by: start, route or function. evidence, needs: what it had heard, and the
    /// threshold that met. sources: how many agents it had it from. from, layer, credit: one of them, over which ties, and its
    /// share of the credit.
    #[arg(long, value_name = "CSV")]
    trace: Option<PathBuf>,
    /// The scenario file, whose folder holds the data files; where they were when the sweep was planned, if not said
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct Verify {
    /// The folder of a sweep
    dir: PathBuf,
    /// How many rows, drawn at random
    #[arg(long, value_name = "N", default_value_t = 20)]
    sample: u64,
    /// The scenario file, whose folder holds the data files; where they were when the sweep was planned, if not said
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

pub fn main(args: &Rerun) -> anyhow::Result<u8> {
    let store = sweep_in(&args.dir)?;
    let planned = again(&store, args.scenario.as_deref().and_then(Path::parent))?;
    let scan = store.scan()?;
    let place = args.row.checked_sub(1).and_then(|place| usize::try_from(place).ok());
    let Some(run) = place.and_then(|place| scan.rows().nth(place)) else {
        bail!("there is no row {}; runs.csv has rows 1 to {}", args.row, scan.rows().count());
    };
    let same = same(&store, &scan, &planned, run, true)?;
    if let Some(path) = &args.trace {
        let prepared = planned.traced(run.cell)?;
        let (_, outcome) = planned.outcome(run, &prepared, &Worlds::new(1))?;
        planned.write_trace(path, &prepared, &outcome)?;
    }
    Ok(u8::from(!same))
}

pub fn verify(args: &Verify) -> anyhow::Result<u8> {
    let store = sweep_in(&args.dir)?;
    let planned = again(&store, args.scenario.as_deref().and_then(Path::parent))?;
    let scan = store.scan()?;
    let rows: Vec<Run> = scan.rows().filter(|&run| scan.is_finished(run)).collect();
    if rows.is_empty() {
        bail!("no run is finished yet: there is nothing to verify");
    }
    let mut stream = Source::new(store.plan().seed, 0).key(Purpose::Design, 0).stream(0);
    let chosen = stream.sample(&rows, usize::try_from(args.sample).unwrap_or(usize::MAX));
    let mut different = 0;
    for &run in &chosen {
        different += usize::from(!same(&store, &scan, &planned, run, false)?);
    }
    let (same, of) = (chosen.len() - different, counted(chosen.len(), "row"));
    say(format_args!("{same} of {of} {} the same, byte by byte", are(same)))?;
    Ok(u8::from(different > 0))
}

fn same(store: &Store, scan: &Scan, planned: &Planned, run: Run, tell: bool) -> anyhow::Result<bool> {
    let kept = store.record(scan, run)?.context("this run is not finished; the same sweep command makes it")?;
    let made = planned.run(run, &Worlds::new(1))?;
    let (kept, made) = (store.row_text(run, &kept), store.row_text(run, &made));
    if tell || kept != made {
        let design = &store.plan().design;
        say(format_args!(
            "{}, replicate {}",
            cell_name(&design.parameters, &design.cells[run.cell as usize]),
            run.replicate
        ))?;
        say(format_args!("  {}", made.trim_end()))?;
        say(match kept == made {
            true => "  the same as in the sweep".to_string(),
            false => format!("  DIFFERENT in the sweep:\n  {}", kept.trim_end()),
        })?;
    }
    Ok(kept == made)
}
