//! `uptake sweep`: all runs of a scenario.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::Which;
use super::conclude::conclude;
use super::data::keep_data;
use super::progress::Shown;
use super::same::same_cells;
use super::scenario::{Planned, Reader, again, plan};
use super::stop::{Limits, Stop, stopped_with};
use crate::design::{Run, Shard, Share};
use crate::experiment::{self, Plan, Worlds};
use crate::record::Record;
use crate::store::{Store, StoreError};
use crate::sweep::{SweepError, sweep};
use crate::table::{are, counted};

#[derive(clap::Args)]
pub struct Sweep {
    #[command(flatten)]
    which: Which,
    /// Threads; as many as there are cores if not said
    #[arg(short = 'j', long = "jobs", value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Runs of every cell, instead of the scenario's number
    #[arg(long, value_name = "N")]
    replicates: Option<u32>,
    /// Where sweeps are kept
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Keep the rows, but draw no figures
    #[arg(long)]
    no_figures: bool,
    /// Make share I of N only, and leave tables and figures to `uptake merge`
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// Number of the first share
    #[arg(long, value_name = "0|1", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=1))]
    shard_base: u32,
    /// Where the data files are, when a sweep is taken up again by its folder; where they were when it was planned, if not
    /// said
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Also try again the runs that were given up, because three attempts were killed while they were under way
    #[arg(long)]
    retry: bool,
    #[command(flatten)]
    limits: Limits,
}

pub fn main(args: &Sweep) -> anyhow::Result<u8> {
    let stop = Stop::new(&args.limits)?;
    let shard = match &args.shard {
        None => Shard::WHOLE,
        Some(text) => Shard::parse(text, args.shard_base).map_err(anyhow::Error::msg)?,
    };
    if args.which.scenario.is_dir() {
        let store = taken_up(args)?;
        let planned = again(&store, args.data.as_deref())?;
        return one(args, planned, store, shard, &stop);
    }
    let mut code = 0;
    for mut planned in plan(&args.which, args.replicates)? {
        planned.tell_warnings();
        planned.scenario.printed().iter().for_each(|line| eprintln!("{line}"));
        let store = Store::open(&args.out, &planned.plan)?;
        keep_data(&store, &planned)?;
        planned.follow(&store)?;
        code = code.max(one(args, planned, store, shard, &stop)?);
    }
    Ok(code)
}

/// The sweep in a folder, to which nothing can be added.
fn taken_up(args: &Sweep) -> anyhow::Result<Store> {
    let Which { scenario, only, set, param, seed } = &args.which;
    if !set.is_empty() || !param.is_empty() || only.is_some() || seed.is_some() || args.replicates.is_some() {
        bail!(
            "{} is the folder of a sweep, whose plan does not change: give the scenario file to set other values",
            scenario.display()
        );
    }
    super::sweep_in(scenario)
}

fn one(args: &Sweep, mut planned: Planned, mut store: Store, shard: Shard, stop: &Stop) -> anyhow::Result<u8> {
    tell(&planned.plan);
    let wanted = Wanted { shard, adopts: true, retries: args.retry };
    let made = make_runs(args.jobs, &mut planned, &mut store, &wanted, stop)?;
    if made.stopped {
        return Ok(stopped_with(made.rows));
    }
    if args.shard.is_none() {
        return conclude(&store, store.scan()?, &planned.scenario, !args.no_figures);
    }
    let missing = if planned.plan.design.refine.is_some() { store.scan()?.missing() } else { 0 };
    if missing > 0 {
        eprintln!(
            "{} of other shares {} missing, and which cells come next follows from them: run this again",
            counted(missing, "run"),
            are(missing)
        );
    }
    Ok(if missing > 0 { 3 } else { 0 })
}

/// What is about to be made.
fn tell(plan: &Plan) {
    let (cells, runs) = (counted(plan.design.cells.len(), "cell"), counted(plan.design.runs(), "run"));
    let replicates = counted(plan.design.replicates, "replicate");
    let (at_most, or_fewer) = if plan.design.until.is_some() { ("at most ", " or fewer") } else { ("", "") };
    let or_more = if plan.design.refine.is_some() { " to begin with" } else { "" };
    eprintln!("{}: {cells} x {at_most}{replicates} = {runs}{or_fewer}{or_more}, seed {}", plan.scenario, plan.seed);
}

/// Which runs an attempt makes.
pub struct Wanted {
    pub shard: Shard,
    /// Rows that a sweep beside this one has are taken over.
    pub adopts: bool,
    /// Runs that were given up are tried again.
    pub retries: bool,
}

/// What an attempt came to.
pub struct Attempt {
    /// That it added.
    pub rows: u64,
    /// It was told to stop before every run was made.
    pub stopped: bool,
}

/// Makes the missing runs of a share, round after round where rows decide which cells there are.
pub fn make_runs(
    jobs: Option<NonZeroUsize>,
    planned: &mut Planned,
    store: &mut Store,
    wanted: &Wanted,
    stop: &Stop,
) -> anyhow::Result<Attempt> {
    let mut rows = 0;
    let mut is_first = true;
    loop {
        let design = &planned.plan.design;
        let share = wanted.shard.of(design, planned.plan.seed, &planned.alike);
        let adopted = match wanted.adopts {
            true => store.adopt_some(|run| share.has(run), |other| same_cells(planned, other))?,
            false => Vec::new(),
        };
        for adopted in adopted {
            eprintln!("{} taken over from {}", counted(adopted.rows, "row"), adopted.from.display());
        }
        let made = make_round(jobs, planned, store, (&share, is_first, wanted.retries), stop)?;
        is_first = false;
        rows += made.rows;
        if made.stopped {
            let safe = counted(rows, "new row");
            eprintln!("stopped early: {safe} {} safe, the same command again makes the rest", are(rows));
            return Ok(Attempt { rows, stopped: true });
        }
        // The rows of a whole round tell which cells come next.
        let before = design.cells.len();
        if !store.follow()? {
            return Ok(Attempt { rows, stopped: false });
        }
        planned.follow(store)?;
        let (name, cells) = (&planned.plan.scenario, planned.plan.design.cells.len());
        eprintln!("{name}: {} new where the level is crossed, {} in all", cells - before, counted(cells, "cell"));
    }
}

/// The cells as they are now; says how many runs are there already when it is the first round of the attempt.
fn make_round(
    jobs: Option<NonZeroUsize>,
    planned: &Planned,
    store: &Store,
    (share, is_first, retries): (&Share, bool, bool),
    stop: &Stop,
) -> anyhow::Result<Attempt> {
    let plan = &planned.plan;
    let pending = || -> anyhow::Result<(Vec<Run>, usize)> {
        let scan = store.scan()?;
        let mut order = scan.pending();
        if retries {
            order.extend(scan.given_up());
        }
        order.retain(|&run| share.has(run));
        // Those that may kill the process come last; runs that share their network come one after another.
        order.sort_by_key(|run| (scan.kills(*run), run.replicate, planned.alike[run.cell as usize], run.cell));
        let there = scan.runs().filter(|&run| share.has(run)).count() - order.len();
        Ok((order, there))
    };
    let (mut order, there) = pending()?;
    if there > 0 && is_first {
        eprintln!("{} {} there already, {} to do", counted(there, "run"), are(there), order.len());
    }
    if order.is_empty() {
        return Ok(Attempt { rows: 0, stopped: false });
    }
    let threads = match jobs {
        Some(jobs) => jobs,
        None => std::thread::available_parallelism().context("cannot tell the number of cores; give it with -j")?,
    };
    let worlds = Worlds::new(threads.get() + 1);
    let part = store.part()?;
    let everything_is_kept = planned.kept(0).is_some() && !planned.is_plain();
    let (origin, design) = (&planned.origin, &plan.design);
    let cells: Vec<_> = (0..design.cells.len() as u32).map_while(|cell| planned.kept(cell).cloned()).collect();
    let sources: Vec<_> =
        (0..design.cells.len() as u32).map(|cell| planned.source(Run { cell, replicate: 0 }).cell).collect();
    let worker = || match everything_is_kept {
        true => Ok(None),
        false => Reader::new(origin).map(Some),
    };
    let run = |reader: &mut Option<Reader>, run: Run| {
        part.begin(run);
        let prepared = match reader {
            None => cells[run.cell as usize].clone(),
            Some(reader) => match reader.prepared(run.cell, &design.cells[run.cell as usize]) {
                Ok(prepared) => prepared,
                Err(error) => return Record::failed(format!("{error:#}")),
            },
        };
        let source =
            crate::rng::Source { seed: plan.seed, replicate: run.replicate.into(), cell: sources[run.cell as usize] };
        match reader {
            None => experiment::run(&prepared, &worlds, source, plan.steps, &plan.measures, &plan.curves),
            Some(reader) => reader.run(&design.cells[run.cell as usize], &prepared, &worlds, source, plan),
        }
    };
    loop {
        let mut shown = Shown::new(order.len() as u64);
        let finished = |run: Run, record: Record, progress| -> anyhow::Result<()> {
            part.append(run, &record)?;
            shown.show(progress);
            Ok(())
        };
        let ended = stop.watching(&part, |told| sweep(&order, threads, worker, run, finished, told));
        shown.finish();
        let ended = ended.map_err(|error| match error {
            SweepError::Finished(error) => match error.downcast::<StoreError>() {
                Ok(error) => error.into(),
                Err(error) => error,
            },
            error => anyhow::anyhow!("{error}"),
        })?;
        if ended.stopped || design.until.is_none() {
            return Ok(Attempt { rows: part.finish()?, stopped: ended.stopped });
        }
        // The rows there are now tell which cells need more.
        order = pending()?.0;
        if order.is_empty() {
            return Ok(Attempt { rows: part.finish()?, stopped: false });
        }
    }
}
