//! One layer out of several calls of `ties`.

use super::csr::Network;

/// Several networks among the same agents as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    pub network: Network,
    /// For each tie, which of the joined networks it is from: the first that has it.
    pub part: Vec<u32>,
    /// For each tie, its number in that network.
    pub tie: Vec<u32>,
    /// Ties that were in an earlier network already.
    pub repeats: u64,
}

/// The union of networks among the same agents; mutual when all are. Panics when their numbers of agents differ.
pub fn join(parts: &[&Network]) -> Joined {
    let n = parts.first().map_or(0, |network| network.agents());
    assert!(parts.iter().all(|network| network.agents() == n), "networks of one layer have the same agents");
    let given: usize = parts.iter().map(|network| network.ties()).sum();
    let mut offsets = Vec::with_capacity(n + 1);
    let mut sources = Vec::with_capacity(given);
    let (mut part, mut tie) = (Vec::with_capacity(given), Vec::with_capacity(given));
    let mut row: Vec<(u32, u32, u32)> = Vec::new();
    offsets.push(0);
    for agent in 0..n {
        row.clear();
        for (number, network) in parts.iter().enumerate() {
            row.extend(network.row(agent).map(|tie| (network.sources()[tie], number as u32, tie as u32)));
        }
        row.sort_unstable();
        row.dedup_by_key(|entry| entry.0);
        for &(source, from, number) in &row {
            sources.push(source);
            part.push(from);
            tie.push(number);
        }
        offsets.push(u32::try_from(sources.len()).expect("at most 2^32 - 1 ties"));
    }
    let repeats = (given - sources.len()) as u64;
    let mutual = parts.iter().all(|network| network.is_mutual());
    Joined { network: Network::from_rows(offsets, sources, mutual), part, tie, repeats }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_network_that_has_a_tie_keeps_it() {
        let near = Network::from_ties(4, [(0, 1), (1, 2)], true).0;
        let far = Network::from_ties(4, [(3, 0), (1, 0)], false).0;
        let joined = join(&[&near, &far]);
        assert_eq!(joined.network.hears(0), [1, 3]);
        assert_eq!(joined.part, [0, 1, 0, 0, 0]);
        assert_eq!(joined.tie, [0, 1, 1, 2, 3]);
        assert_eq!(joined.repeats, 1);
        assert!(!joined.network.is_mutual() && joined.network.is_sound());
    }
}
