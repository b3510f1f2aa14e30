//! `uptake status`: how far a sweep is, how fast it goes, what failed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::{say, sweep_in};
use crate::record::Outcome;
use crate::store::{PartFound, Scan, Store};
use crate::table::counted;

#[derive(clap::Args)]
pub struct Status {
    /// The folder of a sweep
    dir: PathBuf,
    /// One JSON object instead of words
    #[arg(long)]
    json: bool,
    /// Look again, every so many seconds (--watch=10; every 5 if not said), until no run is missing
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "5",
          value_parser = clap::value_parser!(u64).range(1..))]
    watch: Option<u64>,
    /// Tasks wait in a queue: somebody will be at work.
    #[arg(skip)]
    is_queued: bool,
}

impl Status {
    /// One look, in words.
    pub fn of(dir: &Path, is_queued: bool) -> Status {
        Status { dir: dir.to_path_buf(), json: false, watch: None, is_queued }
    }
}

/// A part that has not grown for so long belongs to an attempt that was killed, or to a very long run.
const SILENT: Duration = Duration::from_secs(60);
/// How many failed runs are looked at for their reasons, and how many reasons and parts are told.
const LOOKED_AT: usize = 200;
const TOLD: usize = 8;

pub fn main(args: &Status) -> anyhow::Result<u8> {
    let mut store = sweep_in(&args.dir)?;
    let mut last: Option<(Instant, u64)> = None;
    loop {
        store.follow()?;
        let scan = store.scan()?;
        let missing = scan.missing();
        let seen = last.map(|(when, finished)| {
            scan.finished().saturating_sub(finished) as f64 / when.elapsed().as_secs_f64().max(1e-9)
        });
        last = Some((Instant::now(), scan.finished()));
        let parts = Parts::of(&store, &scan);
        let rate = seen.unwrap_or(parts.rate);
        let reasons = reasons(&store, &scan)?;
        match args.json {
            true => say(json(&store, &scan, &parts, rate, &reasons))?,
            false => tell((&store, &scan), &parts, rate, &reasons, args.is_queued)?,
        }
        match args.watch {
            Some(seconds) if missing > 0 => std::thread::sleep(Duration::from_secs(seconds)),
            _ => return Ok(if missing > 0 { 3 } else { 0 }),
        }
    }
}

/// What the clock says about the parts; nothing that is kept depends on it.
struct Parts {
    /// By part: seconds since it grew last, where the file system knows.
    silent: Vec<Option<f64>>,
    /// Rows a second of all attempts at work, from the beginning of each.
    rate: f64,
}

impl Parts {
    fn of(store: &Store, scan: &Scan) -> Parts {
        let now = SystemTime::now();
        let mut parts = Parts { silent: Vec::new(), rate: 0.0 };
        for part in scan.parts() {
            let known = std::fs::metadata(store.dir().join("parts").join(&part.name)).ok();
            let grew = known.as_ref().and_then(|known| known.modified().ok());
            let silent = grew.and_then(|grew| now.duration_since(grew).ok());
            if let (Some(silent), Some(made)) = (silent, known.and_then(|known| known.created().ok())) {
                let worked = now.duration_since(made).unwrap_or_default();
                if !part.ended && silent < SILENT && !worked.is_zero() {
                    parts.rate += part.rows as f64 / worked.as_secs_f64();
                }
            }
            parts.silent.push(silent.map(|silent| silent.as_secs_f64()));
        }
        parts
    }

    fn state(&self, place: usize, part: &PartFound) -> &'static str {
        match self.silent[place] {
            _ if part.ended => "ended",
            Some(silent) if silent < SILENT.as_secs_f64() => "at work",
            _ => "silent",
        }
    }
}

/// Why runs failed, with how often among those looked at, the most frequent first.
fn reasons(store: &Store, scan: &Scan) -> anyhow::Result<Vec<(String, usize)>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for run in scan.failed_runs().take(LOOKED_AT) {
        if let Some(Outcome::Failed(reason)) = store.record(scan, run)?.map(|record| record.outcome) {
            *counts.entry(reason).or_default() += 1;
        }
    }
    let given_up = scan.given_up().count();
    if given_up > 0 {
        counts.insert(
            "given up: each ended its process three times (`uptake sweep DIR --retry` tries again)".into(),
            given_up,
        );
    }
    let mut reasons: Vec<_> = counts.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    reasons.truncate(TOLD);
    Ok(reasons)
}

fn json(store: &Store, scan: &Scan, parts: &Parts, rate: f64, reasons: &[(String, usize)]) -> serde_json::Value {
    let part = |(place, part): (usize, &PartFound)| {
        serde_json::json!({
            "name": part.name, "rows": part.rows, "state": parts.state(place, part), "torn_lines": part.torn,
            "foreign_lines": part.foreign, "silent_seconds": parts.silent[place],
        })
    };
    let known = rate > 0.0 && scan.missing() > 0;
    serde_json::json!({
        "scenario": store.plan().scenario, "plan": store.identity(), "runs": scan.total(), "finished": scan.finished(),
        "failed": scan.failed(), "missing": scan.missing(), "runs_per_second": known.then_some(rate),
        "seconds_left": known.then(|| scan.missing() as f64 / rate), "contradiction": scan.contradicts(),
        "torn_lines": scan.torn(), "foreign_lines": scan.foreign(), "duplicates": scan.duplicates(),
        "failures": reasons.iter().map(|(reason, count)| serde_json::json!({"reason": reason, "runs": count})).collect::<Vec<_>>(),
        "parts": scan.parts().iter().enumerate().map(part).collect::<Vec<_>>(),
    })
}

fn tell(
    (store, scan): (&Store, &Scan),
    parts: &Parts,
    rate: f64,
    reasons: &[(String, usize)],
    is_queued: bool,
) -> std::io::Result<()> {
    let (finished, total, failed, missing) = (scan.finished(), scan.total(), scan.failed(), scan.missing());
    say(format_args!(
        "{}: {finished} of {} finished, {failed} failed, {missing} missing, in {}",
        store.plan().scenario,
        counted(total, "run"),
        counted(scan.parts().len(), "part")
    ))?;
    if missing > 0 {
        match rate > 0.0 {
            true => say(format_args!("  {rate:.1} runs a second, {} left", spoken(missing as f64 / rate)))?,
            false if is_queued => say("  nobody is at work yet")?,
            false => say("  nobody seems to be at work; the same sweep command makes the rest")?,
        }
    }
    let open = || scan.parts().iter().enumerate().filter(|(_, part)| !part.ended);
    for (place, part) in open().take(TOLD) {
        let silent = parts.silent[place].map_or("for how long is unknown".to_string(), spoken);
        let rows = counted(part.rows, "row");
        say(match parts.state(place, part) {
            "silent" => format!("  {}: {rows}, silent for {silent} (killed?)", part.name),
            state => format!("  {}: {rows}, {state}", part.name),
        })?;
    }
    if open().count() > TOLD {
        let more = open().count() - TOLD;
        say(format_args!("  and {} not ended", counted(more, "more part")))?;
    }
    for (reason, count) in reasons {
        say(format_args!("  failed {}: {reason}", counted(count, "time")))?;
    }
    if scan.torn() + scan.foreign() > 0 {
        say(format_args!("  {} torn and {} foreign lines left out", scan.torn(), scan.foreign()))?;
    }
    if scan.contradicts() {
        say("  two rows of one run differ; `uptake merge` says which")?;
    }
    Ok(())
}

fn spoken(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.0} s"),
        s if s < 6_000.0 => format!("{:.0} min", s / 60.0),
        s if s < 200_000.0 => format!("{:.1} h", s / 3_600.0),
        s => format!("{:.1} days", s / 86_400.0),
    }
}
