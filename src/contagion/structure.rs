//! Measures of structure that a formula or a scenario asks for by name.

use super::names::{StructureName, Vocabulary};
use super::select::part_of;
use super::state::State;
use crate::formula::Mistake;
use crate::network::measure::{self, Structure, ThresholdStructure};
use crate::rng::{Purpose, Source};

/// Sizes, and measures that take a column of agents after the point, with what they mean.
pub const OTHERS: [(&str, &str); 5] = [
    ("agents", "agents of all kinds"),
    ("ties", "ties; a mutual pair counts two"),
    ("assortativity.", "of a column, such as assortativity.trait: correlation of its values at the ends of ties"),
    ("modularity.", "of a column whose values name groups: ties inside groups beyond chance (Newman 2006)"),
    ("same_share.", "of a column whose values name groups: share of ties inside groups"),
];

/// The names of all measures of structure.
pub fn known() -> Vec<&'static str> {
    let plain = Structure::ALL.into_iter().map(Structure::name);
    let thresholds = THRESHOLDS.into_iter().map(|(name, _)| name);
    plain.chain(thresholds).chain(OTHERS.into_iter().map(|(name, _)| name)).collect()
}

/// Measures that take a number after the point, such as core_size.3.
const THRESHOLDS: [(&str, ThresholdStructure); 5] = [
    ("complex_path_length.", ThresholdStructure::ComplexPathLength),
    ("complex_reach.", ThresholdStructure::ComplexReach),
    ("vulnerable_cluster.", ThresholdStructure::VulnerableCluster),
    ("core_size.", ThresholdStructure::CoreSize),
    ("bridge_width_quantile.", ThresholdStructure::BridgeWidthQuantile),
];

/// Checks that a measure can be taken of a world with these words.
pub fn check(name: &StructureName, words: &Vocabulary, line: u32) -> Result<(), Mistake> {
    let (base, column) = split(&name.measure);
    let known = known();
    if !known.contains(&base.as_str()) {
        return Err(Mistake::unknown(line, "measure of structure", &name.measure, &known));
    }
    let of_threshold = ThresholdStructure::named(base.trim_end_matches('.'));
    match column {
        Some(number) if of_threshold.is_some() && number.parse::<f64>().is_ok() => {
            let number = number.parse().expect("it was just parsed");
            match of_threshold.and_then(|measure| measure.refuse(number)) {
                Some(allowed) => {
                    Err(Mistake::new(line, format!("{base}{number}: {number} is out of range: {allowed}")))
                }
                None => Ok(()),
            }
        }
        Some(column) if of_threshold.is_some_and(|measure| !measure.takes_column()) => {
            Err(Mistake::new(line, format!("{base}{column}: expected a number, not a column")))
        }
        Some(column) if !words.agent_columns.iter().any(|known| known == column) => {
            let known: Vec<&str> = words.agent_columns.iter().map(String::as_str).collect();
            Err(Mistake::unknown(line, "column of agents", column, &known))
        }
        _ => Ok(()),
    }
}

/// `assortativity.trait` is measure `assortativity.` of column `trait`.
fn split(measure: &str) -> (String, Option<&str>) {
    match measure.split_once('.') {
        Some((base, column)) => (format!("{base}."), Some(column)),
        None => (measure.to_string(), None),
    }
}

/// Takes a measure of the ties as they are now: of one layer, or of all together.
pub fn take(name: &StructureName, words: &Vocabulary, state: &State, source: Source) -> f64 {
    let network = &*state.network(name.layer);
    let (base, column) = split(&name.measure);
    let values = || {
        let column = column.and_then(|column| words.agent_columns.iter().position(|known| known == column));
        state.agent_columns[column.expect("measures are checked when the world is compiled")].as_slice()
    };
    if let Some(structure) = Structure::named(&base) {
        return structure.of(network, &mut source.key(Purpose::Measure, 0).stream(state.now.into()));
    }
    if let Some(structure) = ThresholdStructure::named(base.trim_end_matches('.')) {
        let key = source.key(Purpose::Measure, part_of(structure.name()));
        let mut stream = source.key(Purpose::Measure, 0).stream(state.now.into());
        let number = column.and_then(|number| number.parse::<f64>().ok());
        return match number {
            Some(number) => structure.of(network, &|_| number, key, &mut stream),
            None => structure.of(network, &|agent| values()[agent], key, &mut stream),
        };
    }
    match base.as_str() {
        "agents" => network.agents() as f64,
        "ties" => network.ties() as f64,
        "assortativity." => measure::numeric_assortativity(network, values()),
        "modularity." => measure::modularity(network, &groups(values())),
        "same_share." => measure::same_share(network, &groups(values())),
        other => unreachable!("measure {other} was checked when the world was compiled"),
    }
}

/// Equal values are one group.
fn groups(values: &[f64]) -> Vec<u32> {
    let mut distinct = values.to_vec();
    distinct.sort_unstable_by(f64::total_cmp);
    distinct.dedup();
    let place = |value: &f64| distinct.binary_search_by(|known| known.total_cmp(value));
    values.iter().map(|value| place(value).expect("every value is among the distinct ones") as u32).collect()
}
