//! `uptake merge`: what the parts of a sweep hold, put together; nothing is run.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::conclude::conclude;
use super::origin::origin_of;
use super::sweep_in;
use crate::store::Store;
use crate::table::counted;

#[derive(clap::Args)]
pub struct Merge {
    /// The folder of a sweep
    dir: PathBuf,
    /// Wait until every run is there, or for so many seconds at most (--wait=600)
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true)]
    wait: Option<Option<u64>>,
    /// Write the tables, but draw no figures
    #[arg(long)]
    no_figures: bool,
}

/// Between two looks at the parts.
const LOOK: Duration = Duration::from_secs(2);

pub fn main(args: &Merge) -> anyhow::Result<u8> {
    let mut store = sweep_in(&args.dir)?;
    if let Some(limit) = args.wait {
        wait(&mut store, limit.map(Duration::from_secs))?;
    }
    let scenario = origin_of(&store, None).load()?;
    conclude(&store, store.scan()?, &scenario, !args.no_figures)
}

fn wait(store: &mut Store, limit: Option<Duration>) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut told = u64::MAX;
    loop {
        store.follow()?;
        let scan = store.scan()?;
        let missing = scan.missing();
        let left = limit.map_or(Duration::MAX, |limit| limit.saturating_sub(begun.elapsed()));
        // Rows that contradict each other will not get better by waiting.
        if missing == 0 || left.is_zero() || scan.contradicts() {
            return Ok(());
        }
        if missing != told {
            told = missing;
            eprintln!("waiting for {missing} of {}", counted(scan.total(), "run"));
        }
        std::thread::sleep(LOOK.min(left));
    }
}
