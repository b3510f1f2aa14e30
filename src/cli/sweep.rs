//! `uptake sweep`: all runs of a scenario.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Context as _;

use super::progress::Shown;
use super::scenario::{Planned, Reader, plan};
use super::{Which, chart, say};
use crate::design::Run;
use crate::experiment::{self, Worlds};
use crate::record::Record;
use crate::store::{Store, StoreError};
use crate::summary::Summary;
use crate::sweep::{SweepError, sweep};

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
}

pub fn main(args: &Sweep) -> anyhow::Result<u8> {
    let mut code = 0;
    for planned in plan(&args.which, args.replicates)? {
        code = code.max(one(args, &planned)?);
    }
    Ok(code)
}

fn one(args: &Sweep, planned: &Planned) -> anyhow::Result<u8> {
    let plan = &planned.plan;
    let (cells, runs) = (plan.design.cells.len(), plan.design.runs());
    for warning in planned.scenario.warnings() {
        eprintln!("{}:{}: warning: {warning}", planned.origin.file, warning.line);
    }
    planned.scenario.printed().iter().for_each(|line| eprintln!("{line}"));
    eprintln!(
        "{}: {cells} cells x {} replicates = {runs} runs, seed {}",
        plan.scenario, plan.design.replicates, plan.seed
    );
    let store = Store::open(&args.out, plan)?;
    for adopted in store.adopt()? {
        eprintln!("{} rows taken over from {}", adopted.rows, adopted.from.display());
    }
    make_runs(args, planned, &store)?;

    let scan = store.scan()?;
    if scan.torn() + scan.foreign() > 0 {
        eprintln!("{} torn and {} foreign lines in the parts were left out", scan.torn(), scan.foreign());
    }
    let mut summary = Summary::new(plan);
    let merged = store.merge_with(&scan, |run, record| summary.add(run, record))?;
    store.write_table("cells.csv", &summary.finish())?;
    say(format_args!("{}  {} runs in {}", plan.scenario, merged.rows, store.dir().display()))?;
    if merged.failed > 0 {
        say(format_args!("  {} runs failed; the column `error` of runs.csv says why", merged.failed))?;
    }
    if merged.missing > 0 {
        say(format_args!("  {} runs are missing; the same command again makes them", merged.missing))?;
        return Ok(3);
    }
    let table = store.runs_table()?;
    if !args.no_figures {
        chart::draw_all(planned.scenario.study(), &store, &table)?;
    }
    let failed_checks = tell_checks(planned, &table)?;
    Ok(u8::from(merged.failed > 0 || failed_checks > 0))
}

fn make_runs(args: &Sweep, planned: &Planned, store: &Store) -> anyhow::Result<()> {
    let plan = &planned.plan;
    let mut order = store.scan()?.pending();
    let done = plan.design.runs() - order.len() as u64;
    if done > 0 {
        eprintln!("{done} runs are there already, {} to do", order.len());
    }
    if order.is_empty() {
        return Ok(());
    }
    // Runs that share their network come one after another.
    order.sort_by_key(|run| (run.replicate, planned.alike[run.cell as usize], run.cell));
    let threads = match args.jobs {
        Some(jobs) => jobs,
        None => std::thread::available_parallelism().context("cannot tell the number of cores; give it with -j")?,
    };
    let worlds = Worlds::new(threads.get() + 1);
    let part = store.part()?;
    let mut shown = Shown::new(order.len() as u64);
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
    let finished = |run: Run, record: Record, progress| -> anyhow::Result<()> {
        part.append(run, &record)?;
        shown.show(progress);
        Ok(())
    };
    let ended = sweep(&order, threads, worker, run, finished, &AtomicBool::new(false));
    shown.finish();
    match ended {
        Ok(_) => {
            part.finish()?;
            Ok(())
        }
        Err(SweepError::Finished(error)) => match error.downcast::<StoreError>() {
            Ok(error) => Err(error.into()),
            Err(error) => Err(error),
        },
        Err(error) => Err(anyhow::anyhow!("{error}")),
    }
}

/// Says which claims of the scenario hold. Returns how many do not.
pub fn tell_checks(planned: &Planned, table: &crate::table::Table) -> anyhow::Result<usize> {
    let checks = planned.scenario.check(table)?;
    for check in &checks {
        let word = if check.passed { "holds" } else { "FAILS" };
        say(format_args!("  {word}  {} (line {})", check.text, check.line))?;
    }
    Ok(checks.iter().filter(|check| !check.passed).count())
}
