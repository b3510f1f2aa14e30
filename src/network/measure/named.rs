//! The measures under the names that a scenario asks for them by.

use super::{
    bridge_width, bridge_width_quantile, clustering, complex_paths, components, core_size, degree_assortativity,
    degree_heterogeneity, mean_degree, needed, path_length, vulnerable_cluster,
};
use crate::network::csr::Network;
use crate::rng::{Key, Stream};

/// Steps that the search for paths may take before it samples: about half a second.
pub const PATH_WORK: u64 = 200_000_000;
/// Steps that the count of bridges may take before it samples: about half a second.
pub const BRIDGE_WORK: u64 = 500_000_000;

/// A measure of the network alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    MeanDegree,
    DegreeHeterogeneity,
    DegreeAssortativity,
    Clustering,
    Transitivity,
    PathLength,
    Components,
    LargestComponent,
    BridgeWidth,
}

impl Structure {
    pub const ALL: [Structure; 9] = [
        Structure::MeanDegree,
        Structure::DegreeHeterogeneity,
        Structure::DegreeAssortativity,
        Structure::Clustering,
        Structure::Transitivity,
        Structure::PathLength,
        Structure::Components,
        Structure::LargestComponent,
        Structure::BridgeWidth,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Structure::MeanDegree => "mean_degree",
            Structure::DegreeHeterogeneity => "degree_heterogeneity",
            Structure::DegreeAssortativity => "degree_assortativity",
            Structure::Clustering => "clustering",
            Structure::Transitivity => "transitivity",
            Structure::PathLength => "path_length",
            Structure::Components => "components",
            Structure::LargestComponent => "largest_component",
            Structure::BridgeWidth => "bridge_width",
        }
    }

    /// What it measures, in one line.
    pub fn about(self) -> &'static str {
        match self {
            Structure::MeanDegree => "agents heard, on average",
            Structure::DegreeHeterogeneity => "mean squared degree over squared mean degree, 1 when all are alike",
            Structure::DegreeAssortativity => "correlation of the degrees at the ends of ties, -1 to 1",
            Structure::Clustering => "mean share of tied pairs among an agent's neighbours, 0 to 1",
            Structure::Transitivity => "share of paths of two ties that a third closes, 0 to 1",
            Structure::PathLength => "mean ties on a shortest path between agents that have one, sampled when large",
            Structure::Components => "connected parts",
            Structure::LargestComponent => "share of agents in the largest connected part, 0 to 1",
            Structure::BridgeWidth => {
                "mean ties that bridge the neighbourhoods at the ends of a tie, sampled when large"
            }
        }
    }

    pub fn named(name: &str) -> Option<Structure> {
        Self::ALL.into_iter().find(|structure| structure.name() == name)
    }

    /// The measure's value; `rng` is used only where a large network is sampled.
    pub fn of(self, network: &Network, rng: &mut Stream) -> f64 {
        match self {
            Structure::MeanDegree => mean_degree(network),
            Structure::DegreeHeterogeneity => degree_heterogeneity(network),
            Structure::DegreeAssortativity => degree_assortativity(network),
            Structure::Clustering => clustering(network).mean_local,
            Structure::Transitivity => clustering(network).transitivity,
            Structure::PathLength => path_length(network, PATH_WORK, rng).mean,
            Structure::Components => components(network).count() as f64,
            Structure::LargestComponent => components(network).largest() as f64 / network.agents() as f64,
            Structure::BridgeWidth => bridge_width(network, BRIDGE_WORK, rng).mean,
        }
    }
}

/// A measure of the network that takes a number: a threshold, the k of a core, a quantile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdStructure {
    ComplexPathLength,
    ComplexReach,
    VulnerableCluster,
    CoreSize,
    BridgeWidthQuantile,
}

impl ThresholdStructure {
    pub const ALL: [ThresholdStructure; 5] = [
        ThresholdStructure::ComplexPathLength,
        ThresholdStructure::ComplexReach,
        ThresholdStructure::VulnerableCluster,
        ThresholdStructure::CoreSize,
        ThresholdStructure::BridgeWidthQuantile,
    ];

    pub fn name(self) -> &'static str {
        match self {
            ThresholdStructure::ComplexPathLength => "complex_path_length",
            ThresholdStructure::ComplexReach => "complex_reach",
            ThresholdStructure::VulnerableCluster => "vulnerable_cluster",
            ThresholdStructure::CoreSize => "core_size",
            ThresholdStructure::BridgeWidthQuantile => "bridge_width_quantile",
        }
    }

    /// What it measures, in one line.
    pub fn about(self) -> &'static str {
        match self {
            ThresholdStructure::ComplexPathLength => {
                "mean ties on a shortest path among adopters, from an agent that starts with as many of its hearers as the \
                threshold takes; sampled when large"
            }
            ThresholdStructure::ComplexReach => {
                "mean share of agents that adopt when one starts with as many of its hearers as the threshold takes, 0 to 1; \
                sampled when large"
            }
            ThresholdStructure::VulnerableCluster => {
                "share of agents in the largest cluster of those whom one exposure convinces, 0 to 1"
            }
            ThresholdStructure::CoreSize => {
                "share of agents in the k-core, where each has k neighbours in the core, 0 to 1"
            }
            ThresholdStructure::BridgeWidthQuantile => {
                "quantile of the ties that bridge the neighbourhoods at the ends of a tie, sampled when large"
            }
        }
    }

    pub fn named(name: &str) -> Option<ThresholdStructure> {
        Self::ALL.into_iter().find(|structure| structure.name() == name)
    }

    /// What its number may be, in words, or nothing when `number` is such a one.
    pub fn refuse(self, number: f64) -> Option<&'static str> {
        let (sound, words) = match self {
            ThresholdStructure::CoreSize => {
                (number >= 0.0 && number.fract() == 0.0, "a whole number of neighbours, at least 0")
            }
            ThresholdStructure::BridgeWidthQuantile => ((0.0..=1.0).contains(&number), "a quantile, 0 to 1"),
            _ => (
                number > 0.0 && number.is_finite(),
                "a threshold above 0: a share below 1, a number of sources from 1 on",
            ),
        };
        (!sound).then_some(words)
    }

    /// Whether the number can be a column of agents, one threshold for each.
    pub fn takes_column(self) -> bool {
        !matches!(self, ThresholdStructure::CoreSize | ThresholdStructure::BridgeWidthQuantile)
    }

    /// The measure's value; `number` is that of each agent (of agent 0 for those that are of the whole network). `key` draws
    /// whom centres start with, `rng` what is sampled of a large network.
    pub fn of(self, network: &Network, number: &dyn Fn(usize) -> f64, key: Key, rng: &mut Stream) -> f64 {
        let needed = || needed(network, number);
        match self {
            ThresholdStructure::ComplexPathLength => complex_paths(network, &needed(), PATH_WORK, key, rng).length,
            ThresholdStructure::ComplexReach => complex_paths(network, &needed(), PATH_WORK, key, rng).reach,
            ThresholdStructure::VulnerableCluster => vulnerable_cluster(network, &needed()),
            ThresholdStructure::CoreSize => core_size(network, number(0)),
            ThresholdStructure::BridgeWidthQuantile => bridge_width_quantile(network, number(0), BRIDGE_WORK, rng),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_goes_by_its_name() {
        let triangle = Network::from_ties(4, [(0, 1), (1, 2), (2, 0)], true).0;
        let values: Vec<f64> = Structure::ALL
            .iter()
            .map(|structure| Structure::named(structure.name()).unwrap().of(&triangle, &mut Stream::from_seed(1)))
            .collect();
        assert_eq!(values[..2], [1.5, 4.0 / 3.0]);
        assert!(values[2].is_nan()); // all degrees at ends of ties are alike
        assert_eq!(values[3..], [0.75, 1.0, 1.0, 2.0, 0.75, 0.0]);
        assert_eq!(Structure::named("diameter"), None);
    }
}
