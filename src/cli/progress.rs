//! How far a sweep has come: a bar on a terminal, plain lines in a log.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::sweep::Progress;

/// Between two lines in a log.
const PAUSE: Duration = Duration::from_secs(10);

pub struct Shown {
    bar: Option<ProgressBar>,
    begun: Instant,
    said: Instant,
}

impl Shown {
    pub fn new(total: u64) -> Shown {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{bar:32} {pos}/{len} runs  {per_sec}  {eta} left  {msg}");
            bar.set_style(style.expect("the template is fixed and sound"));
            bar
        });
        Shown { bar, begun: Instant::now(), said: Instant::now() }
    }

    pub fn show(&mut self, progress: Progress) {
        let failed = match progress.failed {
            0 => String::new(),
            failed => format!("{failed} failed"),
        };
        match &self.bar {
            Some(bar) => {
                bar.set_position(progress.finished);
                bar.set_message(failed);
            }
            None if self.said.elapsed() >= PAUSE => {
                self.said = Instant::now();
                let rate = progress.finished as f64 / self.begun.elapsed().as_secs_f64();
                let left = (progress.total - progress.finished) as f64 / rate;
                eprintln!(
                    "{}/{} runs, {rate:.1} a second, {left:.0} s left {failed}",
                    progress.finished, progress.total
                );
            }
            None => {}
        }
    }

    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
