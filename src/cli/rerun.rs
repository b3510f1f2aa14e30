//! `uptake rerun` and `uptake verify`: rows of a sweep had again, alone, and compared byte by byte.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::scenario::{Planned, again, cell_name};
use super::{say, sweep_in};
use crate::design::Run;
use crate::experiment::Worlds;
use crate::rng::{Purpose, Source};
use crate::store::Store;

#[derive(clap::Args)]
pub struct Rerun {
    /// The folder of a sweep
    dir: PathBuf,
    /// The row of runs.csv, from 1
    #[arg(long, value_name = "N")]
    row: u64,
    /// The scenario file, whose folder holds the data files; not needed where there are none
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
    /// The scenario file, whose folder holds the data files; not needed where there are none
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

pub fn main(args: &Rerun) -> anyhow::Result<u8> {
    let store = sweep_in(&args.dir)?;
    let planned = again(&store, args.scenario.as_deref().and_then(Path::parent))?;
    let runs = store.plan().design.runs();
    if args.row == 0 || args.row > runs {
        bail!("there is no row {}; runs.csv has rows 1 to {runs}", args.row);
    }
    Ok(u8::from(!same(&store, &planned, store.plan().design.run(args.row - 1), true)?))
}

pub fn verify(args: &Verify) -> anyhow::Result<u8> {
    let store = sweep_in(&args.dir)?;
    let planned = again(&store, args.scenario.as_deref().and_then(Path::parent))?;
    let runs = store.plan().design.runs();
    let mut stream = Source::new(store.plan().seed, 0).key(Purpose::Design, 0).stream(0);
    let numbers: Vec<u64> = match args.sample >= runs {
        true => (0..runs).collect(),
        false => (0..args.sample).map(|_| stream.below64(runs)).collect(),
    };
    let mut different = 0;
    for &number in &numbers {
        different += u64::from(!same(&store, &planned, store.plan().design.run(number), false)?);
    }
    say(format_args!("{} of {} rows are the same, byte by byte", numbers.len() as u64 - different, numbers.len()))?;
    Ok(u8::from(different > 0))
}

fn same(store: &Store, planned: &Planned, run: Run, tell: bool) -> anyhow::Result<bool> {
    let scan = store.scan()?;
    let kept = store.record(&scan, run)?.context("this run is not finished; the same sweep command makes it")?;
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
