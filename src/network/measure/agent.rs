//! The measures of single agents under the names that a scenario reads them by.

use super::{
    PATH_WORK, betweenness, complex_centrality, eigenvector, k_shell, local_bridge_width, local_clustering, needed,
    pagerank,
};
use crate::network::csr::Network;
use crate::rng::Key;

/// Steps that the search for shortest paths may take before it turns to pivots: a second or two, five on large networks.
pub const BETWEENNESS_WORK: u64 = PATH_WORK;

/// A measure of each agent's place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentMeasure {
    Followers,
    Following,
    LocalClustering,
    LocalBridgeWidth,
    KShell,
    Betweenness,
    PageRank,
    Eigenvector,
    ComplexCentrality,
}

impl AgentMeasure {
    pub const ALL: [AgentMeasure; 9] = [
        AgentMeasure::Followers,
        AgentMeasure::Following,
        AgentMeasure::LocalClustering,
        AgentMeasure::LocalBridgeWidth,
        AgentMeasure::KShell,
        AgentMeasure::Betweenness,
        AgentMeasure::PageRank,
        AgentMeasure::Eigenvector,
        AgentMeasure::ComplexCentrality,
    ];

    pub fn name(self) -> &'static str {
        match self {
            AgentMeasure::Followers => "followers",
            AgentMeasure::Following => "following",
            AgentMeasure::LocalClustering => "local_clustering",
            AgentMeasure::LocalBridgeWidth => "local_bridge_width",
            AgentMeasure::KShell => "k_shell",
            AgentMeasure::Betweenness => "betweenness",
            AgentMeasure::PageRank => "pagerank",
            AgentMeasure::Eigenvector => "eigenvector",
            AgentMeasure::ComplexCentrality => "complex_centrality",
        }
    }

    pub fn named(name: &str) -> Option<AgentMeasure> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether it takes a threshold: a number, or a column with one for each agent.
    pub fn takes_threshold(self) -> bool {
        self == AgentMeasure::ComplexCentrality
    }

    /// The measure of every agent. `threshold` is read where one is taken; `key` draws pivots of large networks and whom
    /// centres start with.
    pub fn of(self, network: &Network, threshold: &dyn Fn(usize) -> f64, key: Key) -> Vec<f64> {
        match self {
            AgentMeasure::Followers => {
                let mut counts = vec![0.0; network.agents()];
                network.sources().iter().for_each(|&source| counts[source as usize] += 1.0);
                counts
            }
            AgentMeasure::Following => (0..network.agents()).map(|agent| network.degree(agent) as f64).collect(),
            AgentMeasure::LocalClustering => local_clustering(network),
            AgentMeasure::LocalBridgeWidth => local_bridge_width(network),
            AgentMeasure::KShell => k_shell(network).into_iter().map(f64::from).collect(),
            AgentMeasure::Betweenness => betweenness(network, BETWEENNESS_WORK, &mut key.stream(u64::MAX)),
            AgentMeasure::PageRank => pagerank(network),
            AgentMeasure::Eigenvector => eigenvector(network),
            AgentMeasure::ComplexCentrality => complex_centrality(network, &needed(network, threshold), key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::{karate, key};

    #[test]
    fn every_measure_goes_by_its_name_and_tells_leaders_from_others() {
        let club = karate();
        for measure in AgentMeasure::ALL {
            assert_eq!(AgentMeasure::named(measure.name()), Some(measure));
            let values = measure.of(&club, &|_| 2.0, key());
            assert_eq!(values.len(), 34);
            assert!(values.iter().all(|value| value.is_finite() && *value >= 0.0), "{measure:?}");
        }
        let rank = |measure: AgentMeasure| measure.of(&club, &|_| 2.0, key());
        assert_eq!(rank(AgentMeasure::Followers)[33], 17.0);
        assert_eq!(rank(AgentMeasure::Following), rank(AgentMeasure::Followers));
    }
}
