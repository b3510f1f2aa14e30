//! Slurm's own commands, asked and told. None of this needs accounting.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use super::ClusterError;

/// A job in the queue: a task of an array, or the job that merges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub job: String,
    /// Its share, from 0, and of how many; none for the job that merges.
    pub share: Option<(u32, u32)>,
    /// As Slurm calls it: `PENDING`, `RUNNING`, ...
    pub state: String,
    /// Why it waits.
    pub reason: String,
}

/// The largest number of an array's tasks, when Slurm says so.
pub fn max_array_size() -> Result<Option<u32>, ClusterError> {
    Ok(array_limit(&run("scontrol", &["show", "config"])?))
}

/// Gives the script to Slurm. `after` is a job that has to be done before, in whatever way. Returns the job's number.
pub fn submit(script: &Path, after: Option<&str>) -> Result<String, ClusterError> {
    let script = script.to_string_lossy();
    let dependency = after.map(|job| format!("--dependency=afterany:{job}"));
    let mut arguments = vec!["--parsable"];
    arguments.extend(dependency.as_deref());
    arguments.push(&script);
    let said = run("sbatch", &arguments)?;
    // `job` or `job;cluster`.
    let job = said.trim().split(';').next().unwrap_or_default().to_string();
    match !job.is_empty() && job.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(job),
        false => Err(ClusterError::Unexpected { command: "sbatch", said }),
    }
}

/// The jobs of the sweep called `name` in the folder `dir` that wait or run.
pub fn tasks(name: &str, dir: &Path) -> Result<Vec<Task>, ClusterError> {
    let names = format!("--name={name},{name}-merge");
    let said = run("squeue", &["--noheader", "--array", "--me", &names, "--format=%F|%K|%T|%k|%r"])?;
    let folder = folder_mark(dir);
    said.lines()
        .filter(|line| !line.trim().is_empty())
        .filter_map(|line| match task(line) {
            // The same sweep may be made in two folders at once.
            Some((_, Some(other))) if other != folder => None,
            Some((task, _)) => Some(Ok(task)),
            None => Some(Err(ClusterError::Unexpected { command: "squeue", said: line.into() })),
        })
        .collect()
}

/// Takes jobs out of the queue.
pub fn cancel(jobs: &[String]) -> Result<(), ClusterError> {
    let jobs: Vec<&str> = jobs.iter().map(String::as_str).collect();
    run("scancel", &jobs).map(drop)
}

/// What a job's comment says of the folder it works in.
pub(super) fn folder_mark(dir: &Path) -> String {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    format!("folder={}", &blake3::hash(dir.as_os_str().as_encoded_bytes()).to_hex()[..8])
}

/// A line of the queue: a task, and the mark of the folder it works in.
fn task(line: &str) -> Option<(Task, Option<String>)> {
    let mut fields = line.trim().splitn(5, '|');
    let (job, index, state) = (fields.next()?, fields.next()?, fields.next()?);
    let (comment, reason) = (fields.next()?, fields.next()?);
    let (what, folder) = comment.split_once(',').unwrap_or((comment, ""));
    let shards = what.strip_prefix("uptake-shards=").and_then(|shards| shards.parse().ok());
    let share = index.parse().ok().zip(shards);
    let task = Task { job: job.into(), share, state: state.into(), reason: reason.into() };
    Some((task, folder.starts_with("folder=").then(|| folder.to_string())))
}

fn array_limit(config: &str) -> Option<u32> {
    let line = config.lines().find(|line| line.starts_with("MaxArraySize"))?;
    line.split_once('=')?.1.trim().parse().ok()
}

fn run(command: &'static str, arguments: &[&str]) -> Result<String, ClusterError> {
    let output = Command::new(command).args(arguments).output().map_err(|source| match source.kind() {
        ErrorKind::NotFound => ClusterError::Missing { command },
        _ => ClusterError::Start { command, source },
    })?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
            Err(ClusterError::Refused { command, said })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_queue_is_a_task() {
        let (array, folder) = task("17|3|RUNNING|uptake-shards=8,folder=0a1b2c3d|None").unwrap();
        assert_eq!(folder.as_deref(), Some("folder=0a1b2c3d"));
        assert_eq!((array.job.as_str(), array.share, array.state.as_str()), ("17", Some((3, 8)), "RUNNING"));
        let (merge, folder) = task("18|N/A|PENDING|(null)|Dependency").unwrap();
        assert_eq!((merge.share, merge.reason.as_str(), folder), (None, "Dependency", None));
        assert_eq!(task("slurm_load_jobs error"), None);
    }

    #[test]
    fn the_limit_of_arrays_is_read_from_the_configuration() {
        assert_eq!(array_limit("LogTimeFormat = iso\nMaxArraySize            = 1001\nMaxJobCount = 9\n"), Some(1001));
        assert_eq!(array_limit("nothing of the kind"), None);
    }
}
