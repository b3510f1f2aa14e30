//! `uptake slurm`: a sweep as an array job, and a job that merges.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::data::{data_folder, keep_data};
use super::scenario::{Planned, again, plan};
use super::status::Status;
use super::{Which, say, sweep_in};
use crate::cluster::{self, ClusterError, Job, Task, quoted, ranges};
use crate::design::{Dealing, Run};
use crate::store::Store;
use crate::table::{are, counted};

#[derive(Subcommand)]
pub enum Slurm {
    /// Print the script of the array job
    Script(Submit),
    /// Submit what is missing of a sweep and is not in the queue yet; again does no harm
    Submit(Submit),
    /// The jobs of a sweep in the queue, and how far it is
    Status(Of),
    /// Take the jobs of a sweep out of the queue; finished runs stay
    Cancel(Of),
}

#[derive(Args)]
pub struct Of {
    /// The folder of a sweep
    dir: PathBuf,
}

#[derive(Args)]
pub struct Submit {
    /// The scenario file, or the folder of a sweep
    #[command(flatten)]
    which: Which,
    /// Runs of every cell, instead of the scenario's number
    #[arg(long, value_name = "N")]
    replicates: Option<u32>,
    /// Where sweeps are kept
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Where the data files are, when the sweep is given by its folder; where they were when it was planned, if not said
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Shares, each a task of the array; 64 if not said, fewer where there are fewer runs or Slurm allows fewer
    #[arg(long, value_name = "N")]
    shards: Option<NonZeroU32>,
    /// Tasks at once; as many as Slurm lets run if not said
    #[arg(long, value_name = "N")]
    concurrency: Option<NonZeroU32>,
    /// Cores of each task
    #[arg(long, value_name = "N", default_value = "1")]
    cpus: NonZeroU32,
    /// Time limit of a task, as Slurm writes it; a task that needs longer goes back into the queue
    #[arg(long, value_name = "TIME")]
    time: Option<String>,
    /// Say what would be submitted, and submit nothing
    #[arg(long)]
    dry_run: bool,
    /// Options for sbatch, after --
    #[arg(last = true, value_name = "SBATCH OPTIONS")]
    options: Vec<String>,
}

/// Shares of a sweep when nobody says how many.
const SHARDS: u32 = 64;

pub fn main(slurm: &Slurm) -> anyhow::Result<u8> {
    match slurm {
        Slurm::Script(args) => {
            let target = target(args)?;
            let (missing, _) = left_to_do(&target, &[])?;
            if missing.is_empty() {
                eprintln!("{}", nothing_missing(&target.store));
                return Ok(0);
            }
            let job = job(args, &target, missing, limit_if_known())?;
            say(job.array_script()?.trim_end())?;
            Ok(0)
        }
        Slurm::Submit(args) => submit(args),
        Slurm::Status(args) => status(&args.dir),
        Slurm::Cancel(args) => cancel(&args.dir),
    }
}

fn submit(args: &Submit) -> anyhow::Result<u8> {
    let target = target(args)?;
    let store = &target.store;
    let queued = match tasks(store) {
        // What would be submitted can be told anywhere.
        Err(_) if args.dry_run => Vec::new(),
        tasks => tasks?,
    };
    let (missing, left) = left_to_do(&target, &queued)?;
    let in_queue = queued.iter().filter(|task| task.share.is_some()).count();
    if missing.is_empty() {
        say(match left {
            0 => nothing_missing(store),
            _ => {
                let (tasks, runs) = (counted(in_queue, "task"), counted(left, "missing run"));
                format!("{}: {tasks} in the queue will make the {runs}", store.plan().scenario)
            }
        })?;
        return Ok(0);
    }
    let limit = if args.dry_run { limit_if_known() } else { cluster::max_array_size()? };
    let job = job(args, &target, missing, limit)?;
    let (array, merge) = (job.array_script()?, job.merge_script());
    let folder = store.dir().canonicalize()?.join("slurm");
    let [array_file, merge_file] = ["array.sh", "merge.sh"].map(|file| folder.join(file));
    if args.dry_run {
        for (file, script) in [(&array_file, &array), (&merge_file, &merge)] {
            say(format_args!("# {}\n{script}", file.display()))?;
        }
        let [array, merge] = [&array_file, &merge_file].map(|file| quoted(&file.to_string_lossy()));
        say(format_args!("sbatch --parsable {array}\nsbatch --parsable --dependency=afterany:JOB {merge}"))?;
        return Ok(0);
    }
    store.write_bytes("slurm/array.sh", array.as_bytes())?;
    store.write_bytes("slurm/merge.sh", merge.as_bytes())?;
    let array_job = cluster::submit(&array_file, None)?;
    let merge_job = cluster::submit(&merge_file, Some(&array_job))
        .with_context(|| format!("array job {array_job} is submitted, but not the merge; merge by hand after it"))?;
    say(format_args!(
        "{}: {} {} missing; array job {array_job} makes shares {} of {}, job {merge_job} merges",
        store.plan().scenario,
        counted(left, "run"),
        are(left),
        ranges(&job.tasks),
        job.shards
    ))?;
    say(format_args!("  {}", store.dir().display()))?;
    Ok(0)
}

/// The sweep that is meant.
struct Target {
    store: Store,
    dealing: Dealing,
    /// Where its data files are.
    data: Option<PathBuf>,
}

impl Target {
    fn new(store: Store, planned: &Planned, data: Option<PathBuf>) -> Target {
        let dealing = Dealing::new(&planned.plan.design, planned.plan.seed, &planned.alike);
        Target { store, dealing, data }
    }
}

fn target(args: &Submit) -> anyhow::Result<Target> {
    let path = &args.which.scenario;
    let absolute = |folder: &Path| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))
    };
    if path.is_dir() {
        let store = sweep_in(&absolute(path)?)?;
        let data = args.data.as_deref().map(absolute).transpose()?;
        let data = data_folder(&store, data.as_deref())?;
        let planned = again(&store, data.as_deref())?;
        return Ok(Target::new(store, &planned, data));
    }
    let mut planned = plan(&args.which, args.replicates)?;
    if planned.len() > 1 {
        let names: Vec<&str> = planned.iter().map(|planned| planned.plan.scenario.as_str()).collect();
        bail!("{} has several scenarios; choose one with --only: {}", path.display(), names.join(", "));
    }
    let mut planned = planned.pop().context("the file has no scenario")?;
    std::fs::create_dir_all(&args.out).with_context(|| format!("cannot make {}", args.out.display()))?;
    let store = Store::open(&absolute(&args.out)?, &planned.plan)?;
    keep_data(&store, &planned)?;
    planned.follow(&store)?;
    let data = (!planned.plan.data.is_empty()).then(|| absolute(planned.origin.files.folder())).transpose()?;
    Ok(Target::new(store, &planned, data))
}

/// The jobs of a sweep in the queue.
fn tasks(store: &Store) -> Result<Vec<Task>, ClusterError> {
    cluster::tasks(&cluster::name(&store.plan().scenario, store.identity()), store.dir())
}

/// The runs that are missing and that no task in the queue will make; and how many are missing in all.
fn left_to_do(target: &Target, queued: &[Task]) -> anyhow::Result<(Vec<Run>, usize)> {
    let mut missing = target.store.scan()?.pending();
    let left = missing.len();
    for (share, of) in queued.iter().filter_map(|task| task.share) {
        missing.retain(|&run| target.dealing.share(run, of) != share);
    }
    Ok((missing, left))
}

fn nothing_missing(store: &Store) -> String {
    let (name, dir) = (&store.plan().scenario, store.dir().display());
    format!("{name}: no run is missing; nothing to submit; `uptake merge {dir}` writes tables and figures")
}

/// Slurm's limit of arrays; where there is no Slurm a script is still of use.
fn limit_if_known() -> Option<u32> {
    cluster::max_array_size().unwrap_or_else(|error| {
        eprintln!("the limit of arrays is not known here: {error}");
        None
    })
}

fn job(args: &Submit, target: &Target, missing: Vec<Run>, limit: Option<u32>) -> anyhow::Result<Job> {
    let store = &target.store;
    let wanted = args.shards.map_or(SHARDS.min(missing.len().max(1) as u32), NonZeroU32::get);
    let shards = limit.map_or(wanted, |limit| wanted.min(limit));
    if shards < wanted {
        eprintln!("this cluster takes arrays of at most {shards} tasks (MaxArraySize): {shards} shares, not {wanted}");
    }
    let mut tasks: Vec<u32> = missing.into_iter().map(|run| target.dealing.share(run, shards)).collect();
    tasks.sort_unstable();
    tasks.dedup();
    Ok(Job {
        scenario: store.plan().scenario.clone(),
        identity: store.identity().to_string(),
        program: std::env::current_exe().context("cannot tell where this program is")?,
        dir: store.dir().canonicalize()?,
        data: target.data.clone(),
        shards,
        tasks,
        concurrency: args.concurrency.map(NonZeroU32::get),
        cpus: args.cpus.get(),
        time: args.time.clone(),
        options: args.options.clone(),
    })
}

fn status(dir: &Path) -> anyhow::Result<u8> {
    let tasks = tasks(&sweep_in(dir)?)?;
    if tasks.is_empty() {
        say("nothing in the queue")?;
    }
    let mut lines: Vec<(String, u32)> = Vec::new();
    for task in &tasks {
        let what = if task.share.is_some() { "array job" } else { "merge job" };
        let why = match task.reason.as_str() {
            "" | "None" => String::new(),
            reason => format!(" ({reason})"),
        };
        let line = format!("{what} {}: {}{why}", task.job, task.state.to_lowercase());
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => lines.push((line, 1)),
        }
    }
    for (line, count) in lines {
        say(format_args!("{line}, {}", counted(count, "task")))?;
    }
    super::status::main(&Status::of(dir, tasks.iter().any(|task| task.share.is_some())))
}

fn cancel(dir: &Path) -> anyhow::Result<u8> {
    let mut jobs: Vec<String> = tasks(&sweep_in(dir)?)?.into_iter().map(|task| task.job).collect();
    jobs.sort();
    jobs.dedup();
    if jobs.is_empty() {
        say("nothing in the queue")?;
        return Ok(0);
    }
    cluster::cancel(&jobs)?;
    say(format_args!("cancelled: {}", jobs.join(", ")))?;
    Ok(0)
}
