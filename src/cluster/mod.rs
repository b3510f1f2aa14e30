//! A sweep on a Slurm cluster: the scripts, and talking to Slurm's own commands.
//!
//! One array job, whose task I makes share I of N of the missing runs, and one job that merges when the array is done,
//! however it was done. N stands in the script as a number: Slurm's own count of an array's tasks is that of the tasks
//! submitted, which is another one when only some shares are submitted again.
//!
//! Slurm tells a task to stop before its time is over; the task ends in good order, with exit code 75, and is put back
//! into the queue, where it takes up what is missing. Nothing is kept about jobs but their name and comment in Slurm
//! itself (how many shares there are, and a hash of the folder), so there is no file that could be wrong.

mod commands;
mod error;

use std::fmt::Write;
use std::path::PathBuf;

pub use commands::{Task, cancel, max_array_size, submit, tasks};
pub use error::ClusterError;

/// Seconds before its end at which a task is told to stop.
const LEAD: u64 = 120;

/// An array job for one sweep.
#[derive(Clone, Debug)]
pub struct Job {
    /// Of the sweep: its scenario and the identity of its plan.
    pub scenario: String,
    pub identity: String,
    /// The program that is run on the nodes.
    pub program: PathBuf,
    /// The sweep's folder, the same on all nodes.
    pub dir: PathBuf,
    /// Where the scenario's data files are.
    pub data: Option<PathBuf>,
    /// Into how many shares the runs are dealt.
    pub shards: u32,
    /// The shares that are to be made, from 0, in ascending order.
    pub tasks: Vec<u32>,
    /// How many tasks at once.
    pub concurrency: Option<u32>,
    /// Cores of each task.
    pub cpus: u32,
    /// Time limit of a task, as Slurm writes it.
    pub time: Option<String>,
    /// Further options of sbatch, as on its command line.
    pub options: Vec<String>,
}

impl Job {
    /// How the jobs of a sweep are called in the queue.
    pub fn name(&self) -> String {
        name(&self.scenario, &self.identity)
    }

    /// The script of the array job.
    pub fn array_script(&self) -> Result<String, ClusterError> {
        let lead = match &self.time {
            None => LEAD,
            // A short job has less to spare; Slurm is punctual to within a minute.
            Some(time) => LEAD.min(seconds_of(time)? / 4),
        };
        let mut text = self.head(&self.name(), "%A_%a");
        let limit = self.concurrency.map_or(String::new(), |limit| format!("%{limit}"));
        let _ = writeln!(text, "#SBATCH --array={}{limit}", ranges(&self.tasks));
        let _ = writeln!(text, "#SBATCH --comment=uptake-shards={},{}", self.shards, commands::folder_mark(&self.dir));
        let _ = writeln!(text, "#SBATCH --cpus-per-task={}", self.cpus);
        if let Some(time) = &self.time {
            let _ = writeln!(text, "#SBATCH --time={time}");
        }
        let _ = writeln!(text, "#SBATCH --signal=B:TERM@{lead}\n#SBATCH --requeue");
        self.put_options(&mut text);
        let data =
            self.data.as_ref().map_or(String::new(), |data| format!(" --data {}", quoted(&data.to_string_lossy())));
        let _ = write!(
            text,
            r#"
# Slurm sends TERM to this shell alone; the sweep has to hear of it.
{program} sweep {dir}{data} --shard "$SLURM_ARRAY_TASK_ID/{shards}" --shard-base 0 \
  --jobs "${{SLURM_CPUS_PER_TASK:-1}}" --grace {grace} &
sweep=$!
trap 'kill -TERM "$sweep" 2>/dev/null' TERM
wait "$sweep"; code=$?
while kill -0 "$sweep" 2>/dev/null; do wait "$sweep"; code=$?; done

# 75: stopped early with new rows. This very task goes back into the queue and makes the rest; but a job that was
# cancelled is told to stop in the same way, is no longer called running, and must stay out of the queue.
task="${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"
if [ "$code" = 75 ] && [ "$(squeue --noheader --job "$task" --format=%T)" = RUNNING ]; then scontrol requeue "$task"; fi
exit "$code"
"#,
            program = quoted(&self.program.to_string_lossy()),
            dir = quoted(&self.dir.to_string_lossy()),
            shards = self.shards,
            grace = lead / 2,
        );
        Ok(text)
    }

    /// The script of the job that merges, when the array is done.
    pub fn merge_script(&self) -> String {
        let mut text = self.head(&format!("{}-merge", self.name()), "%j");
        let _ = writeln!(text, "#SBATCH --comment=uptake-merge,{}", commands::folder_mark(&self.dir));
        self.put_options(&mut text);
        let (program, dir) = (self.program.to_string_lossy(), self.dir.to_string_lossy());
        let _ = write!(text, "\nexec {} merge {}\n", quoted(&program), quoted(&dir));
        text
    }

    fn head(&self, name: &str, log: &str) -> String {
        // A per cent sign in a folder's name would be read as a pattern.
        let folder = self.dir.to_string_lossy().replace('%', "%%");
        let log = format!("{folder}/slurm/{log}.log");
        format!(
            "#!/bin/bash\n#SBATCH --job-name={name}\n#SBATCH --output={}\n#SBATCH --open-mode=append\n",
            quoted(&log)
        )
    }

    fn put_options(&self, text: &mut String) {
        // A word that begins no option is the value of the one before: `-p main` stays on one line.
        for (place, option) in self.options.iter().enumerate() {
            let begins = option.starts_with('-') || place == 0;
            let _ = write!(text, "{}{}", if begins { "\n#SBATCH " } else { " " }, quoted(option));
        }
        if !self.options.is_empty() {
            // The line before ends in a newline already.
            *text = text.replace("\n\n#SBATCH", "\n#SBATCH");
            text.push('\n');
        }
    }
}

/// How the jobs of a sweep are called in the queue.
pub fn name(scenario: &str, identity: &str) -> String {
    format!("uptake-{scenario}-{identity}")
}

/// `0,1,2,5` as `0-2,5`.
pub fn ranges(numbers: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let written = spans.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    written.collect::<Vec<_>>().join(",")
}

/// Seconds of a time limit as Slurm writes it: minutes, minutes:seconds, hours:minutes:seconds, days-hours,
/// days-hours:minutes, days-hours:minutes:seconds.
fn seconds_of(time: &str) -> Result<u64, ClusterError> {
    let wrong = || ClusterError::Time { given: time.to_string() };
    let (days, rest) = match time.split_once('-') {
        Some((days, rest)) => (Some(days.parse::<u64>().map_err(|_| wrong())?), rest),
        None => (None, time),
    };
    let parts: Vec<u64> = rest.split(':').map(|part| part.parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
    let [hours, minutes, seconds] = match (days, &parts[..]) {
        (None, [minutes]) => [0, *minutes, 0],
        (None, [minutes, seconds]) => [0, *minutes, *seconds],
        (Some(_), [hours]) => [*hours, 0, 0],
        (Some(_), [hours, minutes]) => [*hours, *minutes, 0],
        (_, [hours, minutes, seconds]) => [*hours, *minutes, *seconds],
        _ => return Err(wrong()),
    };
    Ok(((days.unwrap_or(0) * 24 + hours) * 60 + minutes) * 60 + seconds)
}

/// A word as the shell takes it: as it is where that is safe, else in single quotes.
pub fn quoted(word: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "/._-=:,+@%".contains(c);
    match !word.is_empty() && word.chars().all(safe) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> Job {
        Job {
            scenario: "ring".into(),
            identity: "0123456789abcdef".into(),
            program: "/opt/uptake".into(),
            dir: "/home/a b/ring".into(),
            data: None,
            shards: 8,
            tasks: vec![0, 1, 2, 5],
            concurrency: Some(2),
            cpus: 4,
            time: Some("2:00:00".into()),
            options: vec!["-p".into(), "main".into(), "--mem=2G".into()],
        }
    }

    #[test]
    fn the_array_script_reads_as_documented() {
        let script = job().array_script().unwrap();
        let head = "#!/bin/bash
#SBATCH --job-name=uptake-ring-0123456789abcdef
#SBATCH --output='/home/a b/ring/slurm/%A_%a.log'
#SBATCH --open-mode=append
#SBATCH --array=0-2,5%2
#SBATCH --comment=uptake-shards=8,folder=0437e54f
#SBATCH --cpus-per-task=4
#SBATCH --time=2:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH -p main
#SBATCH --mem=2G

# Slurm";
        assert!(script.starts_with(head), "{script}");
        assert!(script.contains(
            "/opt/uptake sweep '/home/a b/ring' --shard \"$SLURM_ARRAY_TASK_ID/8\" --shard-base 0 \\\n  --jobs \
             \"${SLURM_CPUS_PER_TASK:-1}\" --grace 60 &"
        ));
        assert!(script.contains("task=\"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\"\n"), "{script}");
    }

    #[test]
    fn the_merge_script_merges() {
        let script = job().merge_script();
        assert!(script.contains("--job-name=uptake-ring-0123456789abcdef-merge\n"), "{script}");
        assert!(script.ends_with("#SBATCH --mem=2G\n\nexec /opt/uptake merge '/home/a b/ring'\n"), "{script}");
    }

    #[test]
    fn a_short_task_is_told_to_stop_later() {
        let short = Job { time: Some("2".into()), options: vec![], ..job() };
        let script = short.array_script().unwrap();
        assert!(script.contains("B:TERM@30\n") && script.contains("--grace 15 "), "{script}");
    }

    #[test]
    fn time_limits_are_read_as_slurm_does() {
        let read = |time| seconds_of(time).unwrap();
        assert_eq!([read("90"), read("1:30"), read("1:00:00")], [5400, 90, 3600]);
        assert_eq!([read("1-0"), read("1-1:30"), read("2-0:0:5")], [86_400, 91_800, 172_805]);
        let error = seconds_of("two hours").unwrap_err().to_string();
        assert!(error.contains("\"two hours\"") && error.contains("2:00:00"), "{error}");
    }

    #[test]
    fn words_are_safe_in_a_shell() {
        assert_eq!(
            [quoted("/a/b-1"), quoted("a b"), quoted("it's"), quoted("")],
            ["/a/b-1", "'a b'", r"'it'\''s'", "''"]
        );
    }
}
