//! Which agents can be reached from which at all.

use crate::network::csr::Network;

/// The connected components; in a directed network a tie connects whichever way it goes (weak components).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// For each agent its component, numbered in the order of their first agents.
    pub of: Vec<u32>,
    /// Agents in each component.
    pub sizes: Vec<u32>,
}

impl Components {
    /// Number of components; an agent without ties is one.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Agents in the largest component.
    pub fn largest(&self) -> usize {
        self.sizes.iter().max().map_or(0, |&size| size as usize)
    }
}

/// Finds the components by joining the ends of every tie.
pub fn components(network: &Network) -> Components {
    let n = network.agents();
    let mut parent: Vec<u32> = (0..n as u32).collect();
    for i in 0..n {
        let mut own = root(&mut parent, i as u32);
        for &j in network.hears(i) {
            let other = root(&mut parent, j);
            // The smaller number leads, so that a component is known by its first agent.
            parent[own.max(other) as usize] = own.min(other);
            own = own.min(other);
        }
    }
    let (mut of, mut sizes) = (vec![0; n], Vec::new());
    for i in 0..n {
        let leader = root(&mut parent, i as u32) as usize;
        if leader == i {
            of[i] = sizes.len() as u32;
            sizes.push(0);
        } else {
            of[i] = of[leader];
        }
        sizes[of[i] as usize] += 1;
    }
    Components { of, sizes }
}

fn root(parent: &mut [u32], mut i: u32) -> u32 {
    while parent[i as usize] != i {
        // Halving the way up keeps it short.
        parent[i as usize] = parent[parent[i as usize] as usize];
        i = parent[i as usize];
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_connects_whichever_way_it_goes() {
        let network = Network::from_ties(7, [(5, 0), (1, 2), (3, 2), (6, 5)], false).0;
        let found = components(&network);
        assert_eq!(found.of, [0, 1, 1, 1, 2, 0, 0]);
        assert_eq!((found.count(), found.largest()), (3, 3));
    }
}
