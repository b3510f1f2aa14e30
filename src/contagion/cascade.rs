//! Measures of how a stage has spread in a run: how many voices it took, how deep and how branching its tree is, over
//! which ties it came, and how adoption answers to exposure.
//!
//! A cascade has each adopter once, at its first entry. Its *tree* joins every adopter to its parent (see
//! [`Trace::parent`]), who becomes a member even if it never entered the stage itself (it said something else); who had
//! no sources is a root. An adopter that is a member already, as somebody's parent, stays where it is, so that there is no
//! circle.

use std::collections::BTreeMap;

use super::state::{State, by_event, time_of};
use super::trace::Trace;
use crate::network::Network;

/// What can be measured of a cascade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CascadeMeasure {
    Reinforcement,
    MeanDepth,
    MaxDepth,
    Virality,
    LargestBroadcast,
    LayerShare,
    LocalShare,
    Response,
    TimeTo,
    PeakTime,
}

use CascadeMeasure::*;

impl CascadeMeasure {
    pub const ALL: [CascadeMeasure; 10] = [
        Reinforcement,
        MeanDepth,
        MaxDepth,
        Virality,
        LargestBroadcast,
        LayerShare,
        LocalShare,
        Response,
        TimeTo,
        PeakTime,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Reinforcement => "reinforcement",
            MeanDepth => "mean_depth",
            MaxDepth => "max_depth",
            Virality => "virality",
            LargestBroadcast => "largest_broadcast",
            LayerShare => "layer_share",
            LocalShare => "local_share",
            Response => "response",
            TimeTo => "time_to",
            PeakTime => "peak_time",
        }
    }

    pub fn named(name: &str) -> Option<CascadeMeasure> {
        CascadeMeasure::ALL.into_iter().find(|measure| measure.name() == name)
    }
}

/// A measure that some observation asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct CascadeName {
    pub measure: CascadeMeasure,
    pub slot: usize,
    pub layer: Option<usize>,
    pub number: f64,
}

/// How a stage is entered, as far as its measures need to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entrances {
    /// Layer, and slot of what is heard over it.
    pub heard: Vec<(usize, usize)>,
    /// Agents act one after another, so that the entries of one step come one after another too.
    pub in_turn: bool,
}

/// Takes a measure of the run so far. `curve` counts the holders by time. NaN where there is nothing to measure.
pub fn take(name: &CascadeName, state: &State, curve: &[u32], entrances: &Entrances) -> f64 {
    let trace = &state.trace;
    match name.measure {
        Reinforcement => reinforcement(trace, name.slot),
        MeanDepth => Tree::of(trace, name.slot).mean_depth(),
        MaxDepth => Tree::of(trace, name.slot).max_depth(),
        Virality => Tree::of(trace, name.slot).virality(),
        LargestBroadcast => Tree::of(trace, name.slot).largest_broadcast(),
        LayerShare => credit_share(trace, name.slot, |source, _| Some(source.layer as usize) == name.layer),
        LocalShare => local_share(state, name.slot),
        Response => response(state, name.slot, entrances).share(name.number as usize),
        TimeTo => {
            let population = state.population().len() as f64;
            first(curve, |count| f64::from(count) / population >= name.number)
        }
        PeakTime => {
            let peak = curve.iter().copied().max().unwrap_or(0);
            if peak == 0 { f64::NAN } else { first(curve, |count| count == peak) }
        }
    }
}

fn first(curve: &[u32], reached: impl Fn(u32) -> bool) -> f64 {
    curve.iter().position(|&count| reached(count)).map_or(f64::NAN, |time| time as f64)
}

/// Mean number of agents that an adopter had it from, over those who had it from anybody.
fn reinforcement(trace: &Trace, slot: usize) -> f64 {
    let (mut adopters, mut voices) = (0u64, 0u64);
    for reason in trace.adopters(slot).filter_map(|adoption| adoption.reason.as_ref()) {
        adopters += u64::from(reason.distinct > 0);
        voices += u64::from(reason.distinct);
    }
    voices as f64 / adopters as f64
}

/// The share of all credit that belongs to the chosen sources; each is shown with the agent that had it from them.
fn credit_share(trace: &Trace, slot: usize, chosen: impl Fn(&super::trace::Source, u32) -> bool) -> f64 {
    let (mut part, mut whole) = (0.0, 0.0);
    for adoption in trace.adopters(slot) {
        for source in trace.sources(adoption) {
            whole += source.credit;
            part += if chosen(source, adoption.agent) { source.credit } else { 0.0 };
        }
    }
    part / whole
}

/// The share of credit that came over ties whose ends have a neighbour in common in the same layer, whoever hears whom,
/// ties as they are now.
fn local_share(state: &State, slot: usize) -> f64 {
    let mut layers: BTreeMap<u32, Network> = BTreeMap::new();
    for source in state.trace.adopters(slot).flat_map(|adoption| state.trace.sources(adoption)) {
        layers.entry(source.layer).or_insert_with(|| {
            let network = state.layers[source.layer as usize].current_network();
            if network.is_mutual() { network } else { network.undirected() }
        });
    }
    credit_share(&state.trace, slot, |source, agent| {
        let network = &layers[&source.layer];
        in_common(network.hears(agent as usize), network.hears(source.agent as usize))
    })
}

/// Whether two ascending lists share a member.
fn in_common(mut a: &[u32], mut b: &[u32]) -> bool {
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a = &a[1..],
            std::cmp::Ordering::Greater => b = &b[1..],
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// How often agents with so many sources adopted. Place 0 is one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Agents that at some time had exactly so many adopters among those they hear, and had not adopted.
    pub exposed: Vec<u32>,
    /// Those of them that adopted before they had more.
    pub adopted: Vec<u32>,
}

impl Exposure {
    /// p(k): the share of those ever exposed to exactly k sources that adopted before they were exposed to more.
    pub fn share(&self, k: usize) -> f64 {
        match k.checked_sub(1).and_then(|place| self.exposed.get(place).zip(self.adopted.get(place))) {
            Some((&exposed, &adopted)) => f64::from(adopted) / f64::from(exposed),
            None => f64::NAN,
        }
    }
}

/// The exposure curve of a stage, in ordinal time (Romero, Meeder and Kleinberg 2011): of every agent of the population
/// that no event let in, how many distinct sources it had at every time, whether they were heard or not, and at which
/// number it adopted. Sources that enter in the same step come at once: between one and three there need not have been
/// two. What could not be answered any more, because the run ended, does not count. Ties as they are now.
pub fn response(state: &State, slot: usize, entrances: &Entrances) -> Exposure {
    let ranks = |slot: usize| {
        let mut ranks = vec![u32::MAX; state.agent_count()];
        for (place, adoption) in state.trace.adoptions().iter().enumerate() {
            if adoption.first && adoption.slot as usize == slot {
                let rank = if entrances.in_turn { place as u32 } else { time_of(adoption.entered) };
                ranks[adoption.agent as usize] = rank;
            }
        }
        ranks
    };
    let mut by_event_first = vec![false; state.agent_count()];
    for adoption in state.trace.adopters(slot) {
        by_event_first[adoption.agent as usize] = adoption.entered == by_event(time_of(adoption.entered));
    }
    let own = ranks(slot);
    let said: BTreeMap<usize, Vec<u32>> = entrances.heard.iter().map(|&(_, from)| (from, ranks(from))).collect();
    // Whoever entered at the last time was never heard.
    let heard_until = if entrances.in_turn { u32::MAX } else { state.now };
    let mut exposure = Exposure::default();
    let (mut met, mut times) = (Vec::new(), Vec::new());
    for agent in state.population().filter(|&agent| !by_event_first[agent as usize]) {
        let until = own[agent as usize].min(heard_until);
        met.clear();
        for (layer, from) in &entrances.heard {
            let layer = &state.layers[*layer];
            let speakers = &layer.sources()[layer.network.row(agent as usize)];
            met.extend(speakers.iter().map(|&other| (other, said[from][other as usize])));
        }
        met.retain(|&(_, rank)| rank < until);
        met.sort_unstable();
        met.dedup_by_key(|(other, _)| *other);
        times.clear();
        times.extend(met.iter().map(|&(_, rank)| rank));
        times.sort_unstable();
        let most = times.len();
        if exposure.exposed.len() < most {
            exposure.exposed.resize(most, 0);
            exposure.adopted.resize(most, 0);
        }
        for k in 1..=most {
            if k == most || times[k] > times[k - 1] {
                exposure.exposed[k - 1] += 1;
            }
        }
        if most > 0 && own[agent as usize] < u32::MAX {
            exposure.adopted[most - 1] += 1;
        }
    }
    exposure
}

/// Who had it from whom, members in the order in which they joined: parents come before their children.
struct Tree {
    /// By member, the place of its parent.
    parents: Vec<Option<u32>>,
}

impl Tree {
    fn of(trace: &Trace, slot: usize) -> Tree {
        let mut places: BTreeMap<u32, u32> = BTreeMap::new();
        let mut tree = Tree { parents: Vec::new() };
        for adoption in trace.adopters(slot) {
            if places.contains_key(&adoption.agent) {
                continue;
            }
            let parent = trace.parent(adoption).map(|place| trace.sources(adoption)[place].agent);
            let parent = parent.map(|agent| *places.entry(agent).or_insert_with(|| tree.add(None)));
            let place = tree.add(parent);
            places.insert(adoption.agent, place);
        }
        tree
    }

    fn add(&mut self, parent: Option<u32>) -> u32 {
        self.parents.push(parent);
        self.parents.len() as u32 - 1
    }

    fn depths(&self) -> Vec<u32> {
        let mut depths: Vec<u32> = Vec::with_capacity(self.parents.len());
        for parent in &self.parents {
            depths.push(parent.map_or(0, |parent| depths[parent as usize] + 1));
        }
        depths
    }

    fn mean_depth(&self) -> f64 {
        let sum: u64 = self.depths().iter().map(|&depth| u64::from(depth)).sum();
        sum as f64 / self.parents.len() as f64
    }

    fn max_depth(&self) -> f64 {
        self.depths().into_iter().max().map_or(f64::NAN, f64::from)
    }

    /// Structural virality (Goel, Anderson, Hofman and Watts 2016): mean number of steps between two members of one tree,
    /// over all such pairs. A tie below which s of a tree's n members lie is on the path of s (n - s) pairs.
    fn virality(&self) -> f64 {
        let mut below = vec![1u64; self.parents.len()];
        for (member, parent) in self.parents.iter().enumerate().rev() {
            if let Some(parent) = parent {
                below[*parent as usize] += below[member];
            }
        }
        // The size of the whole tree, handed down from its root.
        let mut sizes = below.clone();
        let (mut steps, mut pairs) = (0u128, 0u128);
        for (member, parent) in self.parents.iter().enumerate() {
            match parent {
                Some(parent) => {
                    sizes[member] = sizes[*parent as usize];
                    steps += u128::from(below[member]) * u128::from(sizes[member] - below[member]);
                }
                None => pairs += u128::from(sizes[member]) * u128::from(sizes[member] - 1) / 2,
            }
        }
        steps as f64 / pairs as f64
    }

    /// The largest share of those who had it from somebody that had it from one and the same parent.
    fn largest_broadcast(&self) -> f64 {
        let mut children = vec![0u32; self.parents.len()];
        for &parent in self.parents.iter().flatten() {
            children[parent as usize] += 1;
        }
        let all: u64 = children.iter().map(|&count| u64::from(count)).sum();
        f64::from(children.into_iter().max().unwrap_or(0)) / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contagion::trace::{Keeps, Source};

    /// Everybody has it from one other: `parents[i]` brought it to agent i + 1, agent 0 began.
    fn told_by(parents: &[u32]) -> Trace {
        let mut trace = Trace::keeping(vec![Keeps::Sources]);
        trace.enter(0, 0, by_event(0), true);
        for (place, &parent) in parents.iter().enumerate() {
            trace.enter(0, place + 1, by_event(0), true);
            trace.explain((0, 1.0, 1.0), [Source { agent: parent, layer: 0, credit: 1.0 }], |_| 1);
        }
        trace
    }

    #[test]
    fn structural_virality_is_that_of_the_paper() {
        let virality = |parents: &[u32]| Tree::of(&told_by(parents), 0).virality();
        let n = 100.0;
        assert_eq!(virality(&[0; 99]), 2.0 * (n - 1.0) / n, "a star");
        let path: Vec<u32> = (0..99).collect();
        assert!((virality(&path) - (n + 1.0) / 3.0).abs() < 1e-12, "a path");
        for (members, expected) in [(15u32, 3.50476), (127, 8.35096), (1023, 14.0666)] {
            let binary: Vec<u32> = (1..members).map(|member| (member - 1) / 2).collect();
            let virality = virality(&binary);
            assert!((virality / expected - 1.0).abs() < 1e-5, "a binary tree of {members}: {virality}");
        }
        assert!(virality(&[]).is_nan(), "one member has no pairs");
    }

    #[test]
    fn the_largest_broadcast_is_all_of_a_star_and_little_of_a_path() {
        let largest = |parents: &[u32]| Tree::of(&told_by(parents), 0).largest_broadcast();
        assert_eq!(largest(&[0; 99]), 1.0);
        assert_eq!(largest(&[0, 1, 2, 3]), 1.0 / 4.0);
        assert_eq!(largest(&[0, 0, 0, 1, 2]), 3.0 / 5.0);
        assert!(largest(&[]).is_nan(), "nobody was told");
    }

    #[test]
    fn a_path_is_as_deep_as_it_is_long() {
        let tree = Tree::of(&told_by(&[0, 1, 2]), 0);
        assert_eq!((tree.max_depth(), tree.mean_depth()), (3.0, 1.5));
        let none = Tree::of(&Trace::keeping(vec![Keeps::Sources]), 0);
        assert!(none.max_depth().is_nan() && none.mean_depth().is_nan() && none.virality().is_nan());
    }

    #[test]
    fn trees_apart_are_measured_together() {
        // Two stars, of three and of two: four pairs, with 1 + 1 + 2 and 1 steps.
        let mut trace = told_by(&[0, 0]);
        trace.enter(0, 3, by_event(0), true);
        trace.enter(0, 4, by_event(0), true);
        trace.explain((0, 1.0, 1.0), [Source { agent: 3, layer: 0, credit: 1.0 }], |_| 1);
        assert_eq!(Tree::of(&trace, 0).virality(), 5.0 / 4.0);
    }

    #[test]
    fn a_speaker_that_says_something_else_is_the_root_of_those_who_heard_it() {
        // Agent 9 never enters this stage; agent 1 does so after it told agent 2, and stays a root.
        let mut trace = Trace::keeping(vec![Keeps::Sources]);
        let mut told = |agent: usize, by: u32| {
            trace.enter(0, agent, by_event(0), true);
            trace.explain((0, 1.0, 1.0), [Source { agent: by, layer: 0, credit: 1.0 }], |_| 1);
        };
        told(0, 9);
        told(2, 1);
        told(1, 2);
        let tree = Tree::of(&trace, 0);
        assert_eq!(tree.parents, [None, Some(0), None, Some(2)]);
        assert_eq!(tree.mean_depth(), 0.5);
    }

    #[test]
    fn the_parent_has_the_most_credit_then_is_the_latest_then_the_first_in_its_row() {
        let parent = |credit: [f64; 3], entered: [u32; 3]| {
            let mut trace = Trace::keeping(vec![Keeps::Sources]);
            trace.enter(0, 7, by_event(3), true);
            let sources = (0..3u32).map(|agent| Source { agent, layer: 0, credit: credit[agent as usize] });
            trace.explain((0, 2.0, 2.0), sources, |agent| entered[agent as usize]);
            trace.parent(&trace.adoptions()[0])
        };
        assert_eq!(parent([0.2, 0.5, 0.3], [1, 1, 5]), Some(1));
        assert_eq!(parent([0.4, 0.2, 0.4], [1, 7, 5]), Some(2));
        assert_eq!(parent([0.2, 0.4, 0.4], [1, 1, 1]), Some(1));
    }

    #[test]
    fn lists_that_ascend_are_compared_in_one_pass() {
        assert!(in_common(&[1, 4, 9], &[2, 4]) && !in_common(&[1, 4, 9], &[2, 5]) && !in_common(&[], &[1]));
    }
}
