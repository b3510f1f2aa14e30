//! What the tests of papers say over and over: final shares of many replicates, and their means.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use uptake::contagion::*;
use uptake::engine::Outcome;
use uptake::formula::{Formula, Name, View};

use crate::worlds::*;

/// Final share and number of steps of replicates 0, 1, ... of a world, by two threads.
pub fn runs(world: World, replicates: u64, steps: u32) -> Vec<(f64, u32)> {
    each_run(world, replicates, steps, |outcome| (final_share(&outcome), outcome.steps))
}

/// Something of every replicate of a world, in order.
pub fn each_run<T: Send>(world: World, replicates: u64, steps: u32, of: impl Fn(Outcome) -> T + Sync) -> Vec<T> {
    let prepared = prepared(world);
    let (next, found) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let replicate = next.fetch_add(1, Ordering::Relaxed);
                    if replicate >= replicates {
                        break;
                    }
                    let made = of(run(&prepared, replicate, steps));
                    found.lock().expect("no run panics while it holds the list").push((replicate, made));
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no run panicked");
    found.sort_by_key(|(replicate, _)| *replicate);
    found.into_iter().map(|(_, made)| made).collect()
}

/// Share of the population that holds the first stage at the end.
pub fn final_share(outcome: &Outcome) -> f64 {
    f64::from(*outcome.curves[0].last().expect("a curve begins at time 0")) / f64::from(outcome.population)
}

pub fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// Share of the runs in which more than a tenth adopted, and the mean share in those.
pub fn global(runs: &[(f64, u32)]) -> (f64, f64) {
    let large: Vec<f64> = runs.iter().map(|(share, _)| *share).filter(|share| *share > 0.1).collect();
    (large.len() as f64 / runs.len() as f64, mean(large))
}

/// A column of the agents.
pub fn column(name: &str) -> Formula {
    Formula::Name(Name { view: View::Me, path: vec![name.into()], line: 3 })
}

/// Somebody and all its neighbours, on a network where everybody has `k`.
pub fn neighbourhood(k: u32) -> Who {
    Who::Cluster { n: f64::from(k + 1), centre: None, layer: None, line: 4 }
}

#[track_caller]
pub fn close(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, expected {expected} +- {tolerance}");
}
