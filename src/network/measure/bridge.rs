//! How wide the bridges are by which something can pass from one neighbourhood to the next.

use super::mutual;
use crate::network::csr::Network;
use crate::rng::Stream;
use crate::stats::{quantile, sorted};

/// Mean width of the bridges along ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BridgeWidth {
    /// Mean over ties, both ways, of the width from the neighbourhood at one end to that at the other; NaN without ties.
    pub mean: f64,
    /// Ties measured; fewer than all when the mean is an estimate.
    pub sampled: u64,
    /// Whether every tie was measured, both ways.
    pub exact: bool,
}

/// The width of the bridge from the neighbourhood of `from` to that of `to`: the number of ties that join a member of the
/// first with a member of the second who is not in the first. A neighbourhood is an agent and its neighbours; common
/// members belong to the first, as something that has filled the first can pass through them. Directed ties as if they
/// went both ways.
///
/// On a ring with k neighbours two neighbourhoods side by side without common members are joined by k/2 (k/2 + 1) / 2
/// ties, and a threshold of a crosses when a (a + 1) / 2 do. Source: Centola and Macy 2007; Guilbeault and Centola 2021.
pub fn width_between(network: &Network, from: u32, to: u32) -> u64 {
    let network = mutual(network);
    Neighbourhood::new(network.agents()).width(&network, from, to)
}

/// Mean bridge width over ties: all of them when that takes at most about `work` steps (the sum over ties of the degrees
/// around them), else over ties drawn with repeats.
pub fn bridge_width(network: &Network, work: u64, rng: &mut Stream) -> BridgeWidth {
    let (widths, exact) = widths(network, work, rng);
    BridgeWidth { mean: widths.iter().sum::<u64>() as f64 / widths.len() as f64, sampled: widths.len() as u64, exact }
}

/// A quantile (0 to 1) of the widths of which [`bridge_width`] is the mean; NaN without ties.
pub fn bridge_width_quantile(network: &Network, q: f64, work: u64, rng: &mut Stream) -> f64 {
    let widths: Vec<f64> = widths(network, work, rng).0.into_iter().map(|width| width as f64).collect();
    quantile(&sorted(&widths), q)
}

/// For each agent the mean width of the bridges from its neighbourhood to those of its neighbours; 0 without neighbours.
/// Costs the sum over ties of the degrees around them.
pub fn local_bridge_width(network: &Network) -> Vec<f64> {
    let network = mutual(network);
    let mut neighbourhood = Neighbourhood::new(network.agents());
    let mut of_agent = |agent: usize| match network.hears(agent) {
        [] => 0.0,
        neighbours => {
            neighbourhood.mark(&network, agent as u32);
            let sum: u64 = neighbours.iter().map(|&other| neighbourhood.ties_into(&network, other)).sum();
            sum as f64 / neighbours.len() as f64
        }
    };
    (0..network.agents()).map(&mut of_agent).collect()
}

/// Widths along ties, and whether they are those of all ties, both ways.
fn widths(network: &Network, work: u64, rng: &mut Stream) -> (Vec<u64>, bool) {
    let network = mutual(network);
    let network = network.as_ref();
    let (n, ties) = (network.agents(), network.ties() as u64);
    let around = |i: usize| network.hears(i).iter().map(|&j| network.degree(j as usize) as u64).sum::<u64>();
    let steps: u64 = (0..n).map(|i| network.degree(i) as u64 * (around(i) + network.degree(i) as u64)).sum();
    let mut neighbourhood = Neighbourhood::new(n);
    if steps <= work {
        let mut widths = Vec::with_capacity(ties as usize);
        for from in 0..n as u32 {
            neighbourhood.mark(network, from);
            widths.extend(network.hears(from as usize).iter().map(|&to| neighbourhood.ties_into(network, to)));
        }
        return (widths, true);
    }
    let share = work as f64 / steps as f64;
    let sampled = ((share * ties as f64) as u64).max(1);
    let hearers = network.hearers();
    let mut drawn = || {
        let tie = rng.below(ties as u32) as usize;
        neighbourhood.width(network, network.sources()[tie], hearers[tie])
    };
    ((0..sampled).map(|_| drawn()).collect(), false)
}

/// Marks for "is in the neighbourhood at hand", valid until the next is marked.
struct Neighbourhood {
    marks: Vec<u64>,
    stamp: u64,
}

impl Neighbourhood {
    fn new(n: usize) -> Self {
        Neighbourhood { marks: vec![0; n], stamp: 0 }
    }

    fn mark(&mut self, network: &Network, agent: u32) {
        self.stamp += 1;
        self.marks[agent as usize] = self.stamp;
        for &neighbour in network.hears(agent as usize) {
            self.marks[neighbour as usize] = self.stamp;
        }
    }

    fn width(&mut self, network: &Network, from: u32, to: u32) -> u64 {
        self.mark(network, from);
        self.ties_into(network, to)
    }

    /// Ties from the marked neighbourhood to unmarked members of the neighbourhood of `to`.
    fn ties_into(&self, network: &Network, to: u32) -> u64 {
        let is_marked = |agent: u32| self.marks[agent as usize] == self.stamp;
        let members = network.hears(to as usize).iter().copied().chain([to]);
        members
            .filter(|&member| !is_marked(member))
            .map(|member| network.hears(member as usize).iter().filter(|&&other| is_marked(other)).count() as u64)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::tests::ring;

    #[test]
    fn neighbourhoods_side_by_side_on_a_ring_have_the_closed_form_width() {
        for k in [2, 4, 6, 8, 10, 20] {
            let network = ring(200, k);
            let half = u64::from(k / 2);
            assert_eq!(width_between(&network, 50, 50 + k + 1), half * (half + 1) / 2, "k = {k}");
        }
    }

    #[test]
    fn a_long_tie_is_a_narrow_bridge() {
        let mut ties: Vec<(u32, u32)> = (0..100).flat_map(|i| [(i, (i + 1) % 100), (i, (i + 2) % 100)]).collect();
        ties.push((0, 50));
        let network = Network::from_ties(100, ties, true).0;
        // From the neighbourhood of 0 (which has 50 in it) to the four others around 50: one tie each, all from 50.
        assert_eq!(width_between(&network, 0, 50), 4);
        // Along the ring, 20 -> 21: only 23 is new, tied to 21 and 22.
        assert_eq!(width_between(&network, 20, 21), 2);
        assert_eq!(width_between(&network, 20, 80), 0);
    }

    #[test]
    fn a_sample_of_a_ring_has_its_mean() {
        let network = ring(1000, 4);
        let all = bridge_width(&network, u64::MAX, &mut Stream::from_seed(1));
        // Steps of one and of two along the ring: 2 and 1 + 2 ties into the new members.
        assert_eq!((all.mean, all.sampled, all.exact), (2.5, 4000, true));
        let quantile = |q| bridge_width_quantile(&network, q, u64::MAX, &mut Stream::from_seed(1));
        assert_eq!((quantile(0.1), quantile(0.5), quantile(0.9)), (2.0, 2.5, 3.0));
        assert_eq!(local_bridge_width(&network), [2.5; 1000]);
        let some = bridge_width(&network, 40_000, &mut Stream::from_seed(1));
        assert_eq!((some.exact, some.sampled), (false, 2000));
        assert!((some.mean - 2.5).abs() < 5.0 * 0.5 / 2000f64.sqrt()); // five standard errors
    }
}
