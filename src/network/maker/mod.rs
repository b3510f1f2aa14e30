//! Makers: a network described in a few numbers, and the one function that draws it.

mod arguments;
mod configuration;
mod grid;
mod groups;
mod plain;
mod preferential;
mod ring;

use serde::{Deserialize, Serialize};

use super::csr::Network;
use super::error::NetworkError;
use super::note::Note;
use super::shuffle;
use crate::rng::{Distribution, Stream};

pub(super) use configuration::with_degrees;

/// How a network among n agents comes to be. Mutual unless said otherwise. Among 0 agents every maker makes no tie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Maker {
    /// A circle, `k` (even) neighbours for everybody, k / 2 on each side. `rewire` is the probability 0..1 that a tie
    /// keeps its near end and gets a new far end, never itself nor a repeat; where no place is left it stays. Source:
    /// Watts and Strogatz 1998. With `keep_degree`, instead, it is the probability that a tie exchanges ends with a tie
    /// drawn from all: all degrees stay k, two ties move at a time (in all a share 1 - (1 - rewire) exp(-rewire)), and
    /// the network may fall apart. Source: Maslov and Sneppen 2002; used by Centola and Macy 2007.
    Ring { k: u32, rewire: f64, keep_degree: bool },
    /// Ties between pairs drawn from all pairs with equal chance. Source: Erdos and Renyi 1959, Gilbert 1959.
    Random(Density),
    /// Everybody has exactly `k` neighbours, drawn at random; n k must be even. Stubs are paired, self-ties and repeats
    /// are exchanged away. Source: Bollobas 1980, McKay and Wormald 1990.
    Regular { k: u32 },
    /// Given or drawn degrees, everything else random: stubs are paired, self-ties and repeats are exchanged with ties
    /// drawn at random, so that the degrees are exact. An odd sum gets one more stub, noted. Source: Molloy and Reed 1995.
    Configuration { degrees: Degrees },
    /// Newcomers tie to `m` agents drawn in proportion to their ties. Directed: the newcomer hears the m it chose, popular
    /// -> follower; `mutual` gives both ways. Starts from a star: agents 1..m tied to agent 0. Then the agents' numbers
    /// are shuffled, so that they say nothing about degree. Source: Barabasi and Albert 1999.
    ScaleFree { m: u32, mutual: bool },
    /// As scale-free (mutual), but after each tie to a drawn agent the newcomer's next tie goes, with probability `p`, to
    /// a random neighbour of that agent. Source: Holme and Kim 2002.
    Clustered { m: u32, p: f64 },
    /// A torus, or with `border` a sheet. Neighbours are all cells up to `r` rows and columns away (`moore`: 8 at r = 1)
    /// or up to r steps along rows and columns (4 at r = 1). Agent = row * columns + column. Without `sides` (rows,
    /// columns) the squarest rectangle of n cells is taken.
    Grid { r: u32, border: bool, moore: bool, sides: Option<(u32, u32)> },
    /// Everybody with everybody.
    Complete,
    /// Agents 0 .. size - 1 are a group, the next `size` another, and so on; the last may be smaller (noted). Inside each
    /// group ties between random pairs, `k` an agent on average. Each tie with probability `out` keeps one end, drawn, and
    /// gets a new other end anywhere among the agents, never itself nor a repeat.
    Groups { size: u32, k: f64, out: f64 },
    /// Blocks of these sizes, in the agents' order; a pair is tied with probability `p_in` inside a block, `p_out` across.
    /// Source: Holland, Laskey and Leinhardt 1983 (stochastic block model).
    Blocks { sizes: Vec<u32>, p_in: f64, p_out: f64 },
    /// The given (speaker, hearer) ties; `mutual` adds their reverses. Self-ties and repeats are dropped and noted.
    List { ties: Vec<(u32, u32)>, mutual: bool },
    /// Another maker's network with chance alone left: with `keep_degree` all degrees (in a directed network both in and
    /// out) as they were, else only the number of ties.
    Shuffled { of: Box<Maker>, keep_degree: bool },
}

/// How many ties a random network has.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Density {
    /// Exactly round(n k / 2) pairs, so that agents have `k` neighbours on average.
    MeanDegree(f64),
    /// Exactly this many pairs.
    Pairs(u64),
    /// Every pair with this probability.
    Probability(f64),
}

/// Where the degrees of a configuration come from. Degrees above n - 1 are impossible: an error when given, lowered and
/// noted when drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Degrees {
    /// P(degree = d) in proportion to d^-exponent for min <= d <= max (n - 1 when not given).
    PowerLaw { exponent: f64, min: u32, max: Option<u32> },
    /// P(degree = d) in proportion to entry d of the list, d = 0, 1, 2, ...
    Shares(Vec<f64>),
    /// Draws of this law, rounded to the nearest whole number, at least 0.
    Law(Distribution),
    /// The degree of every agent, in the agents' order.
    List(Vec<u32>),
    /// The degrees of this list, drawn from it with replacement.
    Like(Vec<u32>),
}

/// A network and what there is to say about its making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub network: Network,
    pub notes: Vec<Note>,
}

impl From<Network> for Made {
    fn from(network: Network) -> Self {
        Made { network, notes: Vec::new() }
    }
}

/// Draws the network that `maker` describes among `n` agents.
///
/// ```
/// use uptake::network::{Maker, make};
/// use uptake::rng::Stream;
/// let ring = Maker::Ring { k: 4, rewire: 0.0, keep_degree: false };
/// let made = make(&ring, 10, &mut Stream::from_seed(1)).unwrap();
/// assert_eq!(made.network.hears(3), [1, 2, 4, 5]);
/// ```
pub fn make(maker: &Maker, n: u32, rng: &mut Stream) -> Result<Made, NetworkError> {
    match *maker {
        Maker::Ring { k, rewire, keep_degree } => ring::ring(n, k, rewire, keep_degree, rng),
        Maker::Random(density) => plain::random(n, density, rng),
        Maker::Regular { k } => configuration::regular(n, k, rng),
        Maker::Configuration { ref degrees } => configuration::configuration(n, degrees, rng),
        Maker::ScaleFree { m, mutual } => preferential::scale_free(n, m, mutual, rng),
        Maker::Clustered { m, p } => preferential::clustered(n, m, p, rng),
        Maker::Grid { r, border, moore, sides } => grid::grid(n, r, border, moore, sides),
        Maker::Complete => plain::complete(n),
        Maker::Groups { size, k, out } => groups::groups(n, size, k, out, rng),
        Maker::Blocks { ref sizes, p_in, p_out } => groups::blocks(n, sizes, p_in, p_out, rng),
        Maker::List { ref ties, mutual } => plain::list(n, ties, mutual),
        Maker::Shuffled { ref of, keep_degree } => {
            let made = make(of, n, rng)?;
            let mut shuffled = shuffle::shuffled(&made.network, keep_degree, rng);
            shuffled.notes.splice(0..0, made.notes);
            Ok(shuffled)
        }
    }
}
