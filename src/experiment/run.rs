//! One run of a study: a pure function of (world, seed, replicate) to a record.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};

use super::plan::response_of;
use crate::contagion::build::{Built, build};
use crate::contagion::cascade::{Exposure, response};
use crate::engine::{Outcome, PlainRules, Prepared};
use crate::formula::Mistake;
use crate::record::{Outcome as Ended, Record};
use crate::rng::Source;

/// Names of the measures of every run of a world, in the order of their columns: the size of the population; the steps
/// until nothing changed any more; for every stage its share at the end, largest share, share that ever held it, and times; what is observed.
pub fn measures(prepared: &Prepared) -> Vec<String> {
    let mut names = vec!["population".to_string(), "steps".to_string()];
    for slot in 0..prepared.words.slots() {
        let stage = prepared.words.slot_name(slot);
        names.extend(STAGE_MEASURES.iter().map(|(suffix, _)| format!("{stage}{suffix}")));
    }
    names.extend(prepared.observations.iter().map(|observed| observed.name.clone()));
    names
}

/// Names of the adoption curves of a world's runs.
pub fn curves(prepared: &Prepared) -> Vec<String> {
    (0..prepared.words.slots()).map(|slot| prepared.words.slot_name(slot)).collect()
}

/// What is measured of every stage, by the suffix of its column, and what that says.
pub const STAGE_MEASURES: [(&str, &str); 5] = [
    ("", "share of the population that holds it at the end"),
    (".peak", "largest share that held it at one time"),
    (".total", "share that ever held it"),
    (".t50", "first step at half of the peak"),
    (".thalf", "first step at half of the population"),
];

/// What a measure of every run says; nothing of those that the scenario observes.
pub fn about(measure: &str, prepared: &Prepared) -> &'static str {
    match measure {
        "population" => return "agents that shares refer to",
        "steps" => return "until nothing changed any more, or the run was over",
        _ => {}
    }
    let stages = (0..prepared.words.slots()).map(|slot| prepared.words.slot_name(slot));
    let suffix = stages.filter_map(|stage| measure.strip_prefix(&stage));
    let of_stage = |suffix| STAGE_MEASURES.iter().find(|(known, _)| *known == suffix);
    suffix.filter_map(of_stage).map(|(_, about)| *about).next().unwrap_or_default()
}

/// Whether a measure is a whole number in every run: the population, and what is counted in steps. `all` are the measures
/// of the study.
pub fn is_whole(measure: &str, all: &[String]) -> bool {
    let is_stage = |stem: &str| {
        STAGE_MEASURES.iter().all(|(suffix, _)| all.iter().any(|name| name.strip_suffix(*suffix) == Some(stem)))
    };
    matches!(measure, "population" | "steps")
        || [".t50", ".thalf"].iter().any(|time| measure.strip_suffix(time).is_some_and(is_stage))
}

/// Worlds that were built lately, shared by all workers: runs that differ in their rules only share their network. What
/// a run gives does not depend on it.
#[derive(Debug)]
pub struct Worlds {
    capacity: usize,
    lately: Mutex<VecDeque<(Key, Arc<Slot>)>>,
}

type Key = [u8; 32];
type Slot = OnceLock<Result<Arc<Built>, Mistake>>;

impl Worlds {
    /// Keeps the last `capacity` worlds.
    pub fn new(capacity: usize) -> Worlds {
        Worlds { capacity: capacity.max(1), lately: Mutex::new(VecDeque::new()) }
    }

    /// The world of `prepared` for one replicate, built now or before.
    pub fn get(&self, prepared: &Prepared, source: Source) -> Result<Arc<Built>, Mistake> {
        let key = key(prepared, source);
        let slot = {
            let mut lately = self.lately.lock().expect("no thread panics while it holds the list");
            match lately.iter().position(|(known, _)| *known == key) {
                Some(place) => lately[place].1.clone(),
                None => {
                    if lately.len() >= self.capacity {
                        lately.pop_front();
                    }
                    lately.push_back((key, Arc::new(OnceLock::new())));
                    lately.back().expect("one was just added").1.clone()
                }
            }
        };
        slot.get_or_init(|| {
            let mut built = build(&prepared.world, &prepared.words, source)?;
            prepared.take_structure(&mut built.state, source);
            Ok(Arc::new(built))
        })
        .clone()
    }
}

/// What a built world depends on: how it is set up and whose draws it takes.
fn key(prepared: &Prepared, source: Source) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&prepared.setup);
    for number in [source.seed, source.replicate, source.cell] {
        hasher.update(&number.to_le_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Runs a world for one replicate. Columns of the study that this world does not have are missing.
pub fn run(
    prepared: &Prepared,
    worlds: &Worlds,
    source: Source,
    steps: u32,
    measures: &[String],
    curves: &[String],
) -> Record {
    let outcome = worlds.get(prepared, source).and_then(|built| prepared.run(&built, source, steps));
    told(prepared, outcome, measures, curves)
}

/// The same for a world with plain rules.
pub fn run_plain(
    prepared: &Prepared,
    worlds: &Worlds,
    source: Source,
    steps: u32,
    columns: (&[String], &[String]),
    plain: &mut dyn PlainRules,
) -> Record {
    let outcome = worlds.get(prepared, source).and_then(|built| prepared.run_plain(&built, source, steps, plain));
    told(prepared, outcome, columns.0, columns.1)
}

fn told(prepared: &Prepared, outcome: Result<Outcome, Mistake>, measures: &[String], curves: &[String]) -> Record {
    match outcome {
        Ok(outcome) => record(prepared, &outcome, measures, curves),
        Err(Mistake { line: 0, message }) => Record::failed(message),
        Err(Mistake { line, message }) => Record::failed(format!("line {line}: {message}")),
    }
}

/// The row of a run under the columns of its study.
pub fn record(prepared: &Prepared, outcome: &Outcome, columns: &[String], curve_columns: &[String]) -> Record {
    let mut named = vec![
        ("population".to_string(), f64::from(outcome.population)),
        ("steps".to_string(), f64::from(outcome.steps)),
    ];
    for slot in 0..prepared.words.slots() {
        let stage = prepared.words.slot_name(slot);
        let values = of_stage(&outcome.curves[slot], outcome.totals[slot], outcome.population);
        let columns = STAGE_MEASURES.iter().map(|(suffix, _)| format!("{stage}{suffix}"));
        named.extend(columns.zip(values));
    }
    let observed = prepared.observations.iter().map(|observed| observed.name.clone());
    named.extend(observed.zip(outcome.observed.iter().copied()));
    let value = |column: &String| named.iter().find(|(name, _)| name == column).map_or(f64::NAN, |(_, value)| *value);
    let names = self::curves(prepared);
    let exposures = |stage: &str| {
        let Some(slot) = names.iter().position(|name| name == stage) else { return Vec::new() };
        let Exposure { exposed, adopted } = response(&outcome.state, slot, &prepared.entrances(slot));
        exposed.into_iter().zip(adopted).flat_map(|(exposed, adopted)| [exposed, adopted]).collect()
    };
    let curve = |column: &String| {
        if let Some(stage) = response_of(column) {
            return exposures(stage);
        }
        names.iter().position(|name| name == column).map_or_else(Vec::new, |slot| outcome.curves[slot].clone())
    };
    Record {
        outcome: Ended::Done,
        values: columns.iter().map(value).collect(),
        curves: curve_columns.iter().map(curve).collect(),
    }
}

/// Share at the end, largest share, share that ever held it, first time at half of the largest, first time at half of
/// the population.
fn of_stage(curve: &[u32], total: u32, population: u32) -> [f64; 5] {
    let share = |count: u32| f64::from(count) / f64::from(population);
    let peak = curve.iter().copied().max().unwrap_or(0);
    let first = |reached: &dyn Fn(u64) -> bool| {
        curve.iter().position(|&count| reached(u64::from(count))).map_or(f64::NAN, |time| time as f64)
    };
    [
        share(curve.last().copied().unwrap_or(0)),
        share(peak),
        share(total),
        if peak == 0 { f64::NAN } else { first(&|count| 2 * count >= u64::from(peak)) },
        first(&|count| count > 0 && 2 * count >= u64::from(population)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_says_how_far_and_how_fast() {
        let [end, peak, total, t50, thalf] = of_stage(&[1, 2, 6, 8, 4], 9, 10);
        assert_eq!((end, peak, total, t50, thalf), (0.4, 0.8, 0.9, 2.0, 2.0));
        let [.., t50, thalf] = of_stage(&[1, 2, 4], 4, 10);
        assert!(t50 == 1.0 && thalf.is_nan());
        assert!(of_stage(&[0], 0, 0).iter().all(|value| value.is_nan()), "of nobody there is no share and no time");
    }
}
