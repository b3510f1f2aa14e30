//! Many runs on any number of threads, and the only door to rayon.
//!
//! Promises: every run of the order is made at most once and in that order is begun; a run that panics is a failed
//! record and stops nothing; nothing is collected, so memory does not grow with the number of runs. What a run
//! answers is a pure function of the run, so the set of records is the same for any number of threads; the sequence in
//! which they finish is not, and whoever stores them puts them in order.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::design::Run;
use crate::record::Record;

/// How far a sweep has come, the record just handed over included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub finished: u64,
    /// Those of the finished that failed.
    pub failed: u64,
    pub total: u64,
}

/// How a sweep ended when nothing was in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub progress: Progress,
    /// It was told to stop before every run was made.
    pub stopped: bool,
}

/// What ends a sweep early; every record handed over before is safe with whoever took it.
#[derive(Debug, thiserror::Error)]
pub enum SweepError<E> {
    #[error("cannot start {threads} threads: {reason}; try fewer with -j")]
    Threads { threads: usize, reason: String },
    #[error("cannot set up a thread for its runs: {0}")]
    Worker(#[source] E),
    #[error("cannot keep a finished run: {0}")]
    Finished(#[source] E),
}

/// Makes every run of `order` on `threads` threads.
///
/// `worker` makes what one thread reuses from run to run (a script's machine, buffers); it is made and dropped on its
/// thread, and made anew after a panic, which may have left it half changed. `run` turns a run into its record.
/// `finished` takes the records one at a time; while it is busy the threads wait, and its error ends the sweep.
/// When `stop` becomes true, runs that were begun are finished and no other is begun.
///
/// ```
/// use std::{convert::Infallible, num::NonZeroUsize, sync::atomic::AtomicBool};
/// use uptake::{design::Run, record::{Outcome, Record}, sweep::sweep};
///
/// let order: Vec<Run> = (0..10).map(|replicate| Run { cell: 0, replicate }).collect();
/// let square = |_: &mut (), run: Run| Record {
///     outcome: Outcome::Done,
///     values: vec![f64::from(run.replicate * run.replicate)],
///     curves: vec![],
/// };
/// let mut total = 0.0;
/// let two = NonZeroUsize::new(2).unwrap();
/// let ended = sweep(&order, two, || Ok::<_, Infallible>(()), square, |_, record, _| {
///     total += record.values[0];
///     Ok(())
/// }, &AtomicBool::new(false)).unwrap();
/// assert_eq!((ended.progress.finished, total), (10, 285.0));
/// ```
pub fn sweep<W, E: Send>(
    order: &[Run],
    threads: NonZeroUsize,
    worker: impl Fn() -> Result<W, E> + Sync,
    run: impl Fn(&mut W, Run) -> Record + Sync,
    finished: impl FnMut(Run, Record, Progress) -> Result<(), E> + Send,
    stop: &AtomicBool,
) -> Result<Ended, SweepError<E>> {
    let threads = threads.get().min(order.len().max(1));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("runs-{number}"))
        .stack_size(STACK)
        .build()
        .map_err(|error| SweepError::Threads { threads, reason: error.to_string() })?;

    let shared = Shared {
        order,
        next: AtomicUsize::new(0),
        stop,
        halted: AtomicBool::new(false),
        desk: Mutex::new(Desk {
            finished,
            progress: Progress { total: order.len() as u64, ..Progress::default() },
            error: None,
        }),
    };
    pool.broadcast(|_| shared.work(&worker, &run));

    let desk = shared.desk.into_inner().expect("a panic at the desk would have left broadcast");
    match desk.error {
        Some(error) => Err(error),
        None => Ok(Ended { progress: desk.progress, stopped: desk.progress.finished < desk.progress.total }),
    }
}

/// Bytes of stack for each thread: scripts recurse.
const STACK: usize = 16 << 20;

/// What the threads share: the order they take runs from and the desk where they hand in records.
struct Shared<'a, F, E> {
    order: &'a [Run],
    next: AtomicUsize,
    stop: &'a AtomicBool,
    /// Set after an error, so that no thread begins another run.
    halted: AtomicBool,
    desk: Mutex<Desk<F, E>>,
}

struct Desk<F, E> {
    finished: F,
    progress: Progress,
    error: Option<SweepError<E>>,
}

impl<F: FnMut(Run, Record, Progress) -> Result<(), E>, E> Shared<'_, F, E> {
    /// One thread's part: take a run, make it, hand in its record, until there is none left.
    fn work<W>(&self, worker: &impl Fn() -> Result<W, E>, make: &impl Fn(&mut W, Run) -> Record) {
        let mut state = None;
        while let Some(run) = self.take() {
            let own = match &mut state {
                Some(own) => own,
                None => match worker() {
                    Ok(new) => state.insert(new),
                    Err(error) => return self.halt(SweepError::Worker(error)),
                },
            };
            let record = catch_unwind(AssertUnwindSafe(|| make(own, run))).unwrap_or_else(|panic| {
                state = None;
                Record::failed(format!("panicked: {}", said(panic.as_ref())))
            });
            self.hand_in(run, record);
        }
    }

    fn take(&self) -> Option<Run> {
        if self.stop.load(Ordering::Relaxed) || self.halted.load(Ordering::Relaxed) {
            return None;
        }
        self.order.get(self.next.fetch_add(1, Ordering::Relaxed)).copied()
    }

    fn hand_in(&self, run: Run, record: Record) {
        // A poisoned desk means that `finished` panicked: that panic is on its way to the caller already.
        let Ok(mut desk) = self.desk.lock() else { return self.halted.store(true, Ordering::Relaxed) };
        if desk.error.is_some() {
            return;
        }
        let mut progress = desk.progress;
        progress.finished += 1;
        progress.failed += u64::from(!record.is_done());
        match (desk.finished)(run, record, progress) {
            Ok(()) => desk.progress = progress,
            Err(error) => {
                self.halted.store(true, Ordering::Relaxed);
                desk.error = Some(SweepError::Finished(error));
            }
        }
    }

    fn halt(&self, error: SweepError<E>) {
        self.halted.store(true, Ordering::Relaxed);
        if let Ok(mut desk) = self.desk.lock() {
            desk.error.get_or_insert(error);
        }
    }
}

/// The message of a panic.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;
    use crate::record::Outcome;

    fn go() -> AtomicBool {
        AtomicBool::new(false)
    }

    fn order(runs: u32) -> Vec<Run> {
        (0..runs).map(|number| Run { cell: number / 10, replicate: number % 10 }).collect()
    }

    fn done(run: Run) -> Record {
        Record { outcome: Outcome::Done, values: vec![f64::from(run.cell * 10 + run.replicate)], curves: vec![] }
    }

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).expect("tests use one thread or more")
    }

    fn in_order(mut records: Vec<(Run, Record)>) -> Vec<(Run, Record)> {
        records.sort_by_key(|(run, _)| *run);
        records
    }

    #[test]
    fn any_number_of_threads_gives_the_same_set_of_records() {
        let made = |n: usize| {
            let mut records = Vec::new();
            let keep = |run, record, _: Progress| {
                records.push((run, record));
                Ok::<_, String>(())
            };
            // An Rc is not Send: a worker's state never leaves its thread.
            let worker = || Ok(Rc::new(Cell::new(0)));
            let ended = sweep(&order(1000), threads(n), worker, |_, run| done(run), keep, &go()).unwrap();
            assert_eq!(ended.progress, Progress { finished: 1000, failed: 0, total: 1000 });
            assert!(!ended.stopped);
            in_order(records)
        };
        let one = made(1);
        assert_eq!(one.len(), 1000);
        assert_eq!(one, made(2));
        assert_eq!(one, made(8));
    }

    #[test]
    fn a_run_that_panics_is_a_failed_record_and_gets_a_fresh_worker() {
        let mut records = Vec::new();
        let run = |state: &mut u32, run: Run| {
            assert_eq!(*state, 0, "a worker survived the panic that soiled it");
            if run.replicate == 7 {
                *state = 1;
                panic!("replicate {} is unlucky", run.replicate);
            }
            done(run)
        };
        let keep = |run, record, _: Progress| {
            records.push((run, record));
            Ok::<_, String>(())
        };
        let ended = sweep(&order(100), threads(2), || Ok(0), run, keep, &go()).unwrap();
        assert_eq!(ended.progress, Progress { finished: 100, failed: 10, total: 100 });
        for (run, record) in in_order(records) {
            let expected =
                if run.replicate == 7 { Record::failed("panicked: replicate 7 is unlucky") } else { done(run) };
            assert_eq!(record, expected);
        }
    }

    #[test]
    fn an_error_of_the_keeper_ends_the_sweep_and_is_returned() {
        let mut kept = 0;
        let keep = |_, _, _: Progress| {
            kept += 1;
            if kept == 20 { Err("disk full") } else { Ok(()) }
        };
        let error = sweep(&order(1000), threads(2), || Ok(()), |(), run| done(run), keep, &go()).unwrap_err();
        assert!(matches!(error, SweepError::Finished("disk full")), "{error:?}");
        assert_eq!(kept, 20, "no record is handed over after an error");
    }

    #[test]
    fn a_worker_that_cannot_be_made_ends_the_sweep() {
        let worker = || Err::<(), _>("no memory");
        let error = sweep(&order(10), threads(2), worker, |(), run| done(run), |_, _, _| Ok(()), &go()).unwrap_err();
        assert!(matches!(error, SweepError::Worker("no memory")), "{error:?}");
    }

    #[test]
    fn told_to_stop_a_sweep_finishes_what_it_began_and_begins_no_other() {
        let stop = AtomicBool::new(false);
        let mut seen = Vec::new();
        let keep = |run, _, progress: Progress| {
            seen.push(run);
            if progress.finished == 30 {
                stop.store(true, Ordering::Relaxed);
            }
            Ok::<_, String>(())
        };
        let ended = sweep(&order(1000), threads(1), || Ok(()), |(), run| done(run), keep, &stop).unwrap();
        assert!(ended.stopped);
        assert_eq!(seen, order(30), "one thread takes runs in order");
        let none =
            sweep(&[], threads(4), || Ok(()), |(), run| done(run), |_, _, _| Ok::<_, String>(()), &go()).unwrap();
        assert_eq!(none, Ended { progress: Progress::default(), stopped: false });
    }
}
