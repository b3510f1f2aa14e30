//! `uptake network`: a file or a maker, measured; or written as a list of ties.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::origin::{Beside, Origin};
use super::say;
use super::scenario::planned;
use crate::experiment::Worlds;
use crate::network::measure::{self, Structure, ThresholdStructure};
use crate::network::{self, ReadOptions, read_edges, write_edges};
use crate::rng::{Purpose, Source};
use crate::table::written;

#[derive(clap::Args)]
pub struct Network {
    /// A list of ties in a file, or a maker such as 'ring { k = 10, rewire = .1 }'
    network: String,
    /// Agents, for a maker
    #[arg(long, value_name = "N", default_value_t = 1000)]
    agents: u32,
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A table of agents beside the file: attributes, and agents without ties
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
    /// The file's first column speaks, its second hears
    #[arg(long)]
    directed: bool,
    /// Write the ties to this file as CSV
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

pub fn main(args: &Network) -> anyhow::Result<u8> {
    let read = match Path::new(&args.network).is_file() {
        true => from_file(args)?,
        false => from_maker(args)?,
    };
    let mut stream = Source::new(args.seed, 0).key(Purpose::Measure, 0).stream(0);
    let network = &read.network;
    let mut rows = vec![
        ("agents".to_string(), network.agents() as f64, "agents".to_string()),
        ("ties".to_string(), ties(network), if network.is_mutual() { "mutual ties" } else { "directed ties" }.into()),
    ];
    for structure in Structure::ALL {
        rows.push((structure.name().into(), structure.of(network, &mut stream), structure.about().into()));
    }
    for (structure, number) in AT {
        let key = Source::new(args.seed, 0).key(Purpose::Measure, 0);
        let value = structure.of(network, &|_| number, key, &mut stream);
        rows.push((format!("{}.{}", structure.name(), written(number)), value, structure.about().into()));
    }
    for column in &read.agents {
        match &column.values {
            network::AgentValues::Number(values) => rows.push((
                format!("assortativity.{}", column.name),
                measure::numeric_assortativity(network, values),
                "correlation of its values at the ends of ties".into(),
            )),
            network::AgentValues::Category { codes, .. } => {
                rows.push((
                    format!("assortativity.{}", column.name),
                    measure::assortativity(network, codes),
                    "of its categories (Newman)".into(),
                ));
                rows.push((
                    format!("modularity.{}", column.name),
                    measure::modularity(network, codes),
                    "ties inside its groups beyond chance".into(),
                ));
                rows.push((
                    format!("same_share.{}", column.name),
                    measure::same_share(network, codes),
                    "share of ties inside its groups".into(),
                ));
            }
        }
    }
    read.notes.iter().for_each(|note| eprintln!("note: {note}"));
    if args.json {
        let values: serde_json::Map<_, _> =
            rows.into_iter().map(|(name, value, _)| (name, serde_json::json!(value))).collect();
        say(serde_json::Value::Object(values))?;
    } else {
        for (name, value, about) in rows {
            let value = if value.is_nan() { "-".into() } else { written((value * 1e6).round() / 1e6) };
            say(format_args!("{name:>26}  {value:>12}  {about}"))?;
        }
    }
    if let Some(path) = &args.write {
        let text = write_edges(network, Some(&read.labels), &read.ties);
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(0)
}

/// At which thresholds, cores and quantiles the measures that take one are shown.
const AT: [(ThresholdStructure, f64); 9] = [
    (ThresholdStructure::BridgeWidthQuantile, 0.1),
    (ThresholdStructure::BridgeWidthQuantile, 0.5),
    (ThresholdStructure::BridgeWidthQuantile, 0.9),
    (ThresholdStructure::ComplexPathLength, 2.0),
    (ThresholdStructure::ComplexReach, 2.0),
    (ThresholdStructure::ComplexPathLength, 3.0),
    (ThresholdStructure::ComplexReach, 3.0),
    (ThresholdStructure::VulnerableCluster, 0.18),
    (ThresholdStructure::CoreSize, 3.0),
];

/// Pairs for a mutual network, directed ties else.
fn ties(network: &network::Network) -> f64 {
    if network.is_mutual() { network.ties() as f64 / 2.0 } else { network.ties() as f64 }
}

fn from_file(args: &Network) -> anyhow::Result<network::FileNetwork> {
    let ties = network::read_bytes(Path::new(&args.network))?;
    let nodes = args.nodes.as_deref().map(network::read_bytes).transpose()?;
    let options = ReadOptions { directed: args.directed, ..ReadOptions::default() };
    read_edges(&ties, nodes.as_deref(), &options).with_context(|| args.network.clone())
}

/// A maker is read as a scenario would read it.
fn from_maker(args: &Network) -> anyhow::Result<network::FileNetwork> {
    let maker = args.network.trim().trim_start_matches("graph.");
    if !maker.contains('{') {
        bail!(
            "{}: there is no such file, and a maker is written like 'ring {{ k = 10 }}'; uptake help graph.ring says more",
            args.network
        );
    }
    let text = format!(
        "return scenario \"network\" {{ steps = 1, world = function(p) agents(\"person\", {}) ties(\"tie\", graph.{maker}) end }}",
        args.agents
    );
    let origin = Origin {
        text,
        file: "network".into(),
        files: Beside::new(Path::new("")),
        sweep: None,
        name: "network".into(),
        set: Vec::new(),
    };
    let planned = planned(origin)?;
    let prepared = planned.prepared(0)?;
    let built =
        Worlds::new(1).get(&prepared, Source::new(args.seed, 0)).map_err(|mistake| anyhow::anyhow!("{mistake}"))?;
    let network = built.state.layers[0].current_network();
    Ok(network::FileNetwork {
        labels: (1..=network.agents()).map(|agent| agent.to_string()).collect(),
        network,
        ties: Vec::new(),
        agents: Vec::new(),
        notes: built.notes.clone(),
    })
}
