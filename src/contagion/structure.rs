//! Measures of structure that a formula or a scenario asks for by name.

use super::names::{StructureName, Vocabulary};
use super::state::State;
use crate::formula::Mistake;
use crate::network::{Network, join, measure};
use crate::rng::{Purpose, Source};

/// What can be measured, with what it means; those ending in a dot take a column of agents.
pub const MEASURES: [(&str, &str); 14] = [
    ("agents", "number of agents of all kinds"),
    ("ties", "number of ties; a mutual pair counts two"),
    ("mean_degree", "mean number of agents that an agent hears"),
    (
        "clustering",
        "mean local clustering: the share of an agent's neighbour pairs that are tied (0 for degree below 2)",
    ),
    ("transitivity", "three times the triangles divided by the connected triples"),
    ("path_length", "mean number of steps between connected agents; sampled on large networks"),
    ("components", "number of parts that are not connected with each other"),
    ("largest_component", "share of agents in the largest connected part"),
    ("degree_heterogeneity", "mean squared degree divided by the squared mean degree"),
    ("degree_assortativity", "correlation of the degrees of tied agents"),
    ("bridge_width", "mean number of ties between neighbouring neighbourhoods (Centola and Macy 2007)"),
    ("assortativity.", "by a column of agents, such as assortativity.trait: correlation of tied agents' values"),
    ("modularity.", "by a column of agents taken as groups: ties inside them beyond chance (Newman)"),
    ("same_share.", "by a column of agents taken as groups: share of ties inside them"),
];

/// Work, in ties visited, up to which a measure of all pairs is exact; above it is estimated from a sample.
const WORK: u64 = 100_000_000;

/// Checks that a measure can be taken of these words.
pub fn check(name: &StructureName, words: &Vocabulary, line: u32) -> Result<(), Mistake> {
    let (base, column) = split(&name.measure);
    let known: Vec<&str> = MEASURES.iter().map(|(name, _)| *name).collect();
    if !known.contains(&base.as_str()) {
        return Err(Mistake::unknown(line, "measure of structure", &name.measure, &known));
    }
    match column {
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

/// Takes a measure of the network as it stands now.
pub fn take(name: &StructureName, words: &Vocabulary, state: &State, source: Source) -> f64 {
    let current: Vec<Network> = match name.layer {
        Some(layer) => vec![state.layers[layer].current_network()],
        None => state.layers.iter().map(|layer| layer.current_network()).collect(),
    };
    let network = match &current[..] {
        [] => Network::empty(state.agent_count()),
        [one] => one.clone(),
        many => join(&many.iter().collect::<Vec<_>>()).network,
    };
    let mut stream = source.key(Purpose::Measure, 0).stream(state.now.into());
    let (base, column) = split(&name.measure);
    let values = || {
        let column = column.and_then(|column| words.agent_columns.iter().position(|known| known == column));
        state.agent_columns[column.expect("measures are checked when the world is compiled")].as_slice()
    };
    match base.as_str() {
        "agents" => network.agents() as f64,
        "ties" => network.ties() as f64,
        "mean_degree" => measure::mean_degree(&network),
        "clustering" => measure::clustering(&network).mean_local,
        "transitivity" => measure::clustering(&network).transitivity,
        "path_length" => measure::path_length(&network, WORK, &mut stream).mean,
        "components" => measure::components(&network).count() as f64,
        "largest_component" => measure::components(&network).largest() as f64 / network.agents() as f64,
        "degree_heterogeneity" => measure::degree_heterogeneity(&network),
        "degree_assortativity" => measure::degree_assortativity(&network),
        "bridge_width" => measure::bridge_width(&network, WORK, &mut stream).mean,
        "assortativity." => measure::numeric_assortativity(&network, values()),
        "modularity." => measure::modularity(&network, &groups(values())),
        "same_share." => measure::same_share(&network, &groups(values())),
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
