//! Stopping early without losing anything: on SIGTERM or SIGINT, or when the time given is over.
//!
//! Told to stop, a sweep begins no new run and lets those under way finish for a while (the grace); then it puts what
//! it has on disk and ends with [`RESUMABLE`]. A run still under way is cut off and made again by the next attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::store::PartWriter;

/// Stopped early; the same command again makes the rest.
pub const RESUMABLE: u8 = 75;
/// The same, but not one run was finished: doing it again in the same way may get no further.
pub const NOTHING_NEW: u8 = 76;

/// How long one look at the flags is from the next.
const LOOK: Duration = Duration::from_millis(20);

#[derive(clap::Args)]
pub struct Limits {
    /// Begin no new run after so many seconds; exit 75 when runs are left
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    deadline: Option<Duration>,
    /// Seconds that runs under way are given to finish when the sweep is told to stop
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "30")]
    grace: Duration,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("expected seconds, such as 3600, not \"{text}\""))?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "expected seconds, 0 or more".to_string())
}

/// Who tells a sweep to stop. Made before anything is read, so that no signal is missed.
pub struct Stop {
    told: Arc<AtomicBool>,
    /// No runs are under way: a signal may end the process at once, with [`NOTHING_NEW`] or [`RESUMABLE`].
    idle: Arc<AtomicBool>,
    idle_with_news: Arc<AtomicBool>,
    deadline: Option<Instant>,
    grace: Duration,
}

impl Stop {
    pub fn new(limits: &Limits) -> anyhow::Result<Stop> {
        let flag = |on| Arc::new(AtomicBool::new(on));
        let (told, idle, idle_with_news) = (flag(false), flag(true), flag(false));
        for signal in [SIGTERM, SIGINT] {
            let now = |status: u8, when: &Arc<AtomicBool>| {
                signal_hook::flag::register_conditional_shutdown(signal, status.into(), when.clone())
            };
            now(NOTHING_NEW, &idle)
                .and_then(|_| now(RESUMABLE, &idle_with_news))
                .and_then(|_| signal_hook::flag::register(signal, told.clone()))
                .context("cannot listen to signals")?;
        }
        let deadline = limits.deadline.map(|seconds| Instant::now() + seconds);
        Ok(Stop { told, idle, idle_with_news, deadline, grace: limits.grace })
    }

    /// Whether the sweep is told to stop.
    pub fn told(&self) -> bool {
        self.told.load(Ordering::SeqCst) || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Does `work`, which begins no run once the flag it is given is up, and ends the process when the grace is over
    /// or a second signal comes; until then all that `part` was given is on its way to the disk.
    pub fn watching<T>(&self, part: &PartWriter, work: impl FnOnce(&AtomicBool) -> T) -> T {
        let (stop, done) = (AtomicBool::new(self.told()), AtomicBool::new(false));
        self.idle.store(false, Ordering::SeqCst);
        self.idle_with_news.store(false, Ordering::SeqCst);
        let worked = std::thread::scope(|scope| {
            scope.spawn(|| self.watch(part, &stop, &done));
            let worked = work(&stop);
            done.store(true, Ordering::SeqCst);
            worked
        });
        let idle = if part.rows() > 0 { &self.idle_with_news } else { &self.idle };
        idle.store(true, Ordering::SeqCst);
        worked
    }

    fn watch(&self, part: &PartWriter, stop: &AtomicBool, done: &AtomicBool) {
        let mut grace_ends = None;
        while !done.load(Ordering::SeqCst) {
            let again = match grace_ends {
                None if self.told() => {
                    stop.store(true, Ordering::SeqCst);
                    self.told.store(false, Ordering::SeqCst);
                    grace_ends = Some(Instant::now() + self.grace);
                    eprintln!(
                        "told to stop: no new run is begun, those under way have {} s",
                        self.grace.as_secs_f64().round()
                    );
                    false
                }
                None => false,
                Some(_) => self.told.load(Ordering::SeqCst),
            };
            if again || grace_ends.is_some_and(|ends| Instant::now() >= ends) {
                self.end(part);
            }
            std::thread::sleep(LOOK);
        }
        if grace_ends.is_some() {
            self.told.store(true, Ordering::SeqCst);
        }
    }

    /// The runs under way are cut off; their attempt ends in good order, so it is not held against them.
    fn end(&self, part: &PartWriter) {
        let code = match part.close() {
            Ok(rows) => {
                eprintln!("stopped early: {rows} new rows are safe, the same command again makes the rest");
                stopped_with(rows)
            }
            Err(error) => {
                eprintln!("uptake: {error}");
                2
            }
        };
        std::process::exit(code.into());
    }
}

/// The exit code of an attempt that was stopped after so many new rows.
pub fn stopped_with(rows: u64) -> u8 {
    if rows > 0 { RESUMABLE } else { NOTHING_NEW }
}
