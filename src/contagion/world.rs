//! The description of a world: everything a scenario's `world(p)` says, as plain values.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::route::*;
pub use super::who::*;
use crate::formula::{Formula, Line};
use crate::network::{Maker, Network};
use crate::rng::Distribution;

/// One world to run: who is there, who hears whom, what spreads by which rules, what happens when, what is observed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// What is built before time 0, in this order.
    pub setup: Vec<Setup>,
    pub items: Vec<Item>,
    pub stages: Vec<Stage>,
    pub contacts: Vec<Contact>,
    pub updates: Vec<Update>,
    pub rewirings: Vec<Rewiring>,
    /// Rules that no formula says: whoever makes the run brings their functions along.
    pub plain: Vec<PlainRule>,
    /// What happens at which time, in the order written; several at one time happen in that order.
    pub timeline: Vec<(u32, Event)>,
    pub observations: Vec<Observation>,
    pub order: Order,
    /// Where the order is said; 0 where it is not.
    pub order_line: Line,
}

/// A statement that builds the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Setup {
    Agents(Agents),
    Ties(Ties),
    Set(Set),
    Mark(Mark),
}

/// A kind of agents. The first kind of a world is its population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agents {
    pub kind: String,
    pub members: Members,
    pub columns: Vec<(String, Initial)>,
    pub line: Line,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Members {
    Count(u32),
    /// Each name becomes a 0/1 column.
    Named(Vec<String>),
    /// Agents read from a node table: their labels (by which a tie file of the same world names them), in order.
    Labelled(Vec<String>),
}

impl Members {
    pub fn count(&self) -> usize {
        match self {
            Members::Count(n) => *n as usize,
            Members::Named(names) | Members::Labelled(names) => names.len(),
        }
    }
}

/// The first value of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Initial {
    Formula(Formula),
    Draw(Distribution),
    /// One value for each agent of the kind (or each tie of the file), as listed.
    Values(Vec<f64>),
    /// Agent columns only: the same, from the table that the agents were read from.
    Read(Vec<f64>),
    /// Tie columns only: a value per topic. Topics not named are 0.
    Topics(BTreeMap<String, Initial>),
    /// Agent columns only: no column but a list of so many numbers for each agent, which plain rules alone can see.
    List {
        length: u32,
        first: Box<Initial>,
    },
}

/// Ties added to a layer. A layer may be added to several times; each time draws its own columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ties {
    pub layer: String,
    pub maker: TieMaker,
    pub columns: Vec<(String, Initial)>,
    /// Between whom; the population if not said.
    pub among: Option<Who>,
    pub line: Line,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TieMaker {
    /// A network among one set of agents.
    Network(Maker),
    /// Every agent of `from` is heard by every agent of `to`.
    Star {
        from: Who,
        to: Who,
    },
    /// Every agent joins `each` distinct agents of `of`, chosen at random; ties go both ways.
    Members {
        of: Who,
        each: u32,
    },
    /// Every agent of `of` is heard by `size` agents; disjoint audiences share nobody.
    Audience {
        of: Who,
        size: f64,
        disjoint: bool,
    },
    /// Every agent hears `k` others out of `candidates` sampled ones, with odds by `weight`.
    Kernel {
        k: u32,
        weight: Formula,
        candidates: u32,
    },
    /// Speaker and hearer, each by name or by number counted from 1.
    List(Vec<(String, String)>),
    File(Arc<FileTies>),
    /// The same degrees: a share of the ties is swapped pairwise; with 1, chance alone decides who is tied to whom.
    Shuffled {
        of: Box<TieMaker>,
        share: f64,
    },
}

/// Ties read from a file. Two are equal when their bytes were.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileTies {
    pub path: String,
    /// blake3 of the file's bytes and of how they were read.
    pub hash: String,
    /// What agent number i of the network is called in the file.
    #[serde(skip)]
    pub labels: Vec<String>,
    #[serde(skip)]
    pub network: Arc<Network>,
    /// One value for each tie of the network.
    #[serde(skip)]
    pub columns: Vec<(String, Vec<f64>)>,
}

impl PartialEq for FileTies {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

/// A thing that spreads. A world without items has one unnamed item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub name: String,
    pub columns: Vec<(String, ItemValue)>,
    pub line: Line,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ItemValue {
    Number(f64),
    Text(String),
}

/// Which ties are open in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub layer: String,
    /// How many ties an agent opens a step; below 1 a probability; all if not said.
    pub per: Option<Formula>,
    pub by: Chooser,
    /// Odds of choosing a tie.
    pub prefer: Formula,
    /// Whether closed ties carry nothing. If not, only `tie.open` is set.
    pub gates: bool,
    pub line: Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chooser {
    Hearer,
    Speaker,
}

/// A column becomes a formula's value, every step, all at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    pub column: Target,
    pub to: Formula,
    pub line: Line,
}

/// A column that can be written: `me.trust`, `tie.trust`, `tie.trust.running`, `it.quality`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub view: crate::formula::View,
    pub path: Vec<String>,
}

/// Hearers drop ties and pick new sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rewiring {
    pub layer: String,
    /// Probability that a tie is reconsidered in a step.
    pub rate: Formula,
    /// Probability that a reconsidered tie is dropped.
    pub drop: Formula,
    /// Odds of a candidate to be picked instead.
    pub pick: Formula,
    pub friends_of_friends: bool,
    pub candidates: u32,
    pub from: u32,
    pub stop: Option<u32>,
    pub line: Line,
}

/// A rule written as a plain function, which is not part of the world: the world says when it is called and for whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainRule {
    pub kind: PlainKind,
    /// Its draws are those of this name.
    pub name: String,
    pub line: Line,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PlainKind {
    /// For each of these agents, once a step: all at once, or one after another in a fresh random order.
    Each { who: Who, one_by_one: bool },
    /// For pairs that meet one after another, so many in a step: as many as there are agents in the population, or a
    /// number. Met is a source of a random hearer, or the ends of a random tie.
    Meet { layer: String, per_step: Option<u32>, by_tie: bool },
}

/// Something that happens between steps: before step t, it is heard in step t.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    Start(Start),
    /// A fresh wave of an item: nobody holds any stage of it but those it starts with.
    Post(Start),
    Set(Set),
    Mark(Mark),
    Probe(Probe),
    Observe(Observation),
}

/// Where a contagion begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    pub stage: String,
    pub who: Who,
    /// All items if not said.
    pub item: Option<String>,
    /// Whether they keep the stage whatever the rules say.
    pub fixed: bool,
    pub line: Line,
}

/// A column is set once, for some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Set {
    pub column: Target,
    pub to: Formula,
    /// Agents for an agent column.
    pub who: Option<Who>,
    /// Where this is not 0, for a tie column.
    pub given: Option<Formula>,
    pub line: Line,
}

/// A 0/1 column with a name of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    pub name: String,
    pub who: Who,
    pub line: Line,
}

/// What would a start at each of these agents yield, on a copy of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    pub column: String,
    pub who: Who,
    pub stage: String,
    pub from: Option<String>,
    pub item: Option<String>,
    pub steps: u32,
    pub replicates: u32,
    /// Whether all agents are counted, or the population only.
    pub count_all: bool,
    pub line: Line,
}

/// A measure of every run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub name: String,
    pub value: Formula,
    /// The end if not said.
    pub at: Option<u32>,
    pub line: Line,
}

/// In which order agents act within a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// All at once, each seeing the state at the start of the step.
    #[default]
    Synchronous,
    /// One after another in a fresh random order each step, each seeing the latest state.
    Asynchronous,
    /// At rates per unit of time, with exponential waiting times.
    Continuous,
}

impl World {
    /// Calls `visit` on every formula of the world.
    pub fn each_formula<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        for setup in &self.setup {
            match setup {
                Setup::Agents(agents) => agents.columns.iter().for_each(|(_, initial)| initial.each_formula(visit)),
                Setup::Ties(ties) => {
                    ties.columns.iter().for_each(|(_, initial)| initial.each_formula(visit));
                    ties.maker.each_formula(visit);
                    ties.among.iter().for_each(|who| who.each_formula(visit));
                }
                Setup::Set(set) => set.each_formula(visit),
                Setup::Mark(mark) => mark.who.each_formula(visit),
            }
        }
        for route in self.stages.iter().flat_map(|stage| &stage.routes) {
            [&route.reach, &route.weight, &route.base, &route.needs, &route.chance, &route.leave]
                .into_iter()
                .for_each(&mut *visit);
        }
        for contact in &self.contacts {
            contact.per.iter().for_each(&mut *visit);
            visit(&contact.prefer);
        }
        self.updates.iter().for_each(|update| visit(&update.to));
        for rewiring in &self.rewirings {
            [&rewiring.rate, &rewiring.drop, &rewiring.pick].into_iter().for_each(&mut *visit);
        }
        for rule in &self.plain {
            if let PlainKind::Each { who, .. } = &rule.kind {
                who.each_formula(visit);
            }
        }
        for (_, event) in &self.timeline {
            match event {
                Event::Start(start) | Event::Post(start) => start.who.each_formula(visit),
                Event::Set(set) => set.each_formula(visit),
                Event::Mark(mark) => mark.who.each_formula(visit),
                Event::Probe(probe) => probe.who.each_formula(visit),
                Event::Observe(observation) => visit(&observation.value),
            }
        }
        self.observations.iter().for_each(|observation| visit(&observation.value));
    }
}

impl Setup {
    /// The selectors of this statement.
    pub fn selectors(&self) -> Vec<&Who> {
        match self {
            Setup::Agents(_) => Vec::new(),
            Setup::Ties(ties) => ties.maker.selectors().into_iter().chain(&ties.among).collect(),
            Setup::Set(set) => set.who.iter().collect(),
            Setup::Mark(mark) => vec![&mark.who],
        }
    }
}

impl Initial {
    fn each_formula<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        match self {
            Initial::Formula(formula) => visit(formula),
            Initial::Topics(topics) => topics.values().for_each(|initial| initial.each_formula(visit)),
            Initial::Draw(_) | Initial::Values(_) | Initial::Read(_) | Initial::List { .. } => {}
        }
    }
}

impl TieMaker {
    fn selectors(&self) -> Vec<&Who> {
        match self {
            TieMaker::Star { from, to } => vec![from, to],
            TieMaker::Members { of, .. } | TieMaker::Audience { of, .. } => vec![of],
            TieMaker::Shuffled { of, .. } => of.selectors(),
            TieMaker::Kernel { .. } | TieMaker::Network(_) | TieMaker::List(_) | TieMaker::File(_) => Vec::new(),
        }
    }

    fn each_formula<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        match self {
            TieMaker::Kernel { weight, .. } => visit(weight),
            TieMaker::Star { from, to } => {
                from.each_formula(visit);
                to.each_formula(visit);
            }
            TieMaker::Members { of, .. } | TieMaker::Audience { of, .. } => of.each_formula(visit),
            TieMaker::Shuffled { of, .. } => of.each_formula(visit),
            TieMaker::Network(_) | TieMaker::List(_) | TieMaker::File(_) => {}
        }
    }
}

impl Set {
    fn each_formula<'a>(&'a self, visit: &mut impl FnMut(&'a Formula)) {
        visit(&self.to);
        self.who.iter().for_each(|who| who.each_formula(visit));
        self.given.iter().for_each(visit);
    }
}
