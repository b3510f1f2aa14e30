//! The measures under the names that a scenario asks for them by.

use super::{
    bridge_width, clustering, components, degree_assortativity, degree_heterogeneity, mean_degree, path_length,
};
use crate::network::csr::Network;
use crate::rng::Stream;

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
