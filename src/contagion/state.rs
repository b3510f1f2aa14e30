//! The world as it stands at one time: values of all columns, who holds which stage since when.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::measured::{MeasureName, Measured, Threshold};
use super::names::Quantity;
use super::select::part_of;
use super::trace::Trace;
use crate::formula::{Columns, Rows, Ties, gather};
use crate::network::measure::AgentMeasure;
use crate::network::{BySpeaker, Network, join};
use crate::rng::{Purpose, Source};

/// Values of a world. Columns are shared until one is written, so that a copy costs little.
#[derive(Clone, Debug)]
pub struct State {
    /// Steps done.
    pub now: u32,
    pub phase: Phase,
    /// Where the draws of measures come from.
    source: Source,
    agents: usize,
    /// The agents of each kind, kinds in the order of their declaration.
    pub kinds: Vec<Range<u32>>,
    /// By place in [`Vocabulary::agent_columns`](super::Vocabulary).
    pub agent_columns: Vec<Arc<Vec<f64>>>,
    pub layers: Vec<Layer>,
    /// By item, then by place in [`Vocabulary::item_columns`](super::Vocabulary).
    pub items: Vec<Vec<f64>>,
    /// By slot.
    pub standings: Vec<Standing>,
    /// The evidence for the route in question.
    pub evidence: Vec<f64>,
    /// Measures of structure that formulas ask for, as last taken.
    pub structure: Vec<f64>,
    /// Measures of agents that formulas read.
    measured: Measured,
    /// Measures of the cascade that are observed, as last taken.
    pub cascade: Vec<f64>,
    /// The entries so far, where somebody asks for them.
    pub trace: Trace,
}

/// Where in a step we are: decides what "just now" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// At a time: new is who entered in the last step or by an event of this time.
    Standing,
    /// Within step `now`, while agents act one after another: new is also who entered since this step began.
    Acting,
    /// Within step `now`, after the stages: new is who entered by an event of this time or in this step.
    Updating,
}

/// One layer of ties and what it carries.
#[derive(Clone, Debug)]
pub struct Layer {
    pub network: Arc<Network>,
    /// By place in [`Vocabulary::tie_columns`](super::Vocabulary); a column this layer does not have is 0.
    pub columns: Vec<Option<Arc<Vec<f64>>>>,
    /// Which ties are open in this step; none when no contact is declared: all are.
    pub open: Option<Open>,
    /// Whether closed ties carry nothing.
    pub gated: bool,
    /// Sources of the ties after rewiring, when they differ from the network's. Rows keep their lengths.
    pub rewired: Option<Vec<u32>>,
    /// By column: the value a new tie begins with.
    pub first_values: Vec<f64>,
    /// The same ties by speaker, sorted out when they are first asked for; copies of the layer share them.
    speakers: Arc<OnceLock<Arc<BySpeaker>>>,
}

/// The ties that are open in a step.
#[derive(Clone, Debug)]
pub struct Open {
    /// By tie.
    pub is: Vec<bool>,
    /// Ascending.
    pub ties: Vec<u32>,
}

impl Open {
    /// Of `count` ties, those listed (ascending).
    pub fn new(count: usize, ties: Vec<u32>) -> Open {
        let mut is = vec![false; count];
        ties.iter().for_each(|&tie| is[tie as usize] = true);
        Open { is, ties }
    }
}

/// Who holds one stage of one item.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// 0 for those who do not hold it; else when they entered, see [`by_event`] and [`in_step`].
    pub entered: Vec<u32>,
    /// Whether an agent ever held it.
    pub ever: Vec<bool>,
    /// Who keeps it whatever the rules say; empty when nobody does.
    pub fixed: Vec<bool>,
    /// How many of the population hold it, and how many ever did.
    pub held: u32,
    pub total: u32,
    /// Steps of retelling, and credit: kept only where a formula asks for them (else empty).
    pub depth: Vec<f64>,
    pub credit: Vec<f64>,
    pub won: Vec<f64>,
    /// By layer.
    pub tie_won: Vec<Vec<f64>>,
}

/// The mark of an entry by an event of time `t`: heard in step t.
pub fn by_event(t: u32) -> u32 {
    2 * t + 1
}

/// The mark of an entry in step `t`: heard from step t + 1 on.
pub fn in_step(t: u32) -> u32 {
    2 * t + 2
}

/// The time an entry counts from: that of its event, or the end of its step.
pub fn time_of(entered: u32) -> u32 {
    entered / 2
}

impl Layer {
    pub fn new(network: Arc<Network>, columns: usize) -> Self {
        Layer {
            network,
            columns: vec![None; columns],
            open: None,
            gated: false,
            rewired: None,
            first_values: vec![0.0; columns],
            speakers: Arc::default(),
        }
    }

    /// The speaker of every tie, in tie order.
    pub fn sources(&self) -> &[u32] {
        self.rewired.as_deref().unwrap_or_else(|| self.network.sources())
    }

    /// Whether a tie carries what is said: not where a contact that gates has closed it.
    pub fn carries(&self, tie: usize) -> bool {
        !self.gated || self.open.as_ref().is_none_or(|open| open.is[tie])
    }

    /// The ties by speaker.
    pub fn by_speaker(&self) -> &BySpeaker {
        self.speakers()
    }

    /// The same, to be held while the state changes.
    pub fn shared_by_speaker(&self) -> Arc<BySpeaker> {
        self.speakers().clone()
    }

    fn speakers(&self) -> &Arc<BySpeaker> {
        self.speakers.get_or_init(|| {
            Arc::new(match &self.rewired {
                None => self.network.by_speaker(),
                Some(sources) => transposed(self.network.offsets(), sources),
            })
        })
    }

    /// Who is heard by whom: offsets by speaker, and hearers.
    pub fn audience(&self) -> (&[u32], &[u32]) {
        if self.rewired.is_none() && self.network.is_mutual() {
            // Whom one hears and by whom one is heard are the same.
            return (self.network.offsets(), self.network.sources());
        }
        let speakers = self.by_speaker();
        (&speakers.offsets, &speakers.hearers)
    }

    /// The ties as they are now.
    pub fn current_network(&self) -> Network {
        match &self.rewired {
            None => Network::clone(&self.network),
            Some(sources) => {
                let pairs = sources.iter().copied().zip(self.network.hearers());
                Network::from_ties(self.network.agents(), pairs, false).0
            }
        }
    }

    /// The values of a tie column; none when they are all 0.
    pub fn column(&self, column: usize) -> Option<&[f64]> {
        self.columns[column].as_ref().map(|values| values.as_slice())
    }

    /// A tie column to write to.
    pub fn column_mut(&mut self, column: usize) -> &mut Vec<f64> {
        let ties = self.network.ties();
        Arc::make_mut(self.columns[column].get_or_insert_with(|| Arc::new(vec![0.0; ties])))
    }
}

impl Standing {
    pub fn new(agents: usize) -> Self {
        Standing { entered: vec![0; agents], ever: vec![false; agents], ..Standing::default() }
    }

    pub fn holds(&self, agent: usize) -> bool {
        self.entered[agent] != 0
    }
}

impl State {
    pub fn new(
        kinds: Vec<Range<u32>>,
        agent_columns: usize,
        items: Vec<Vec<f64>>,
        slots: usize,
        source: Source,
    ) -> Self {
        let agents = kinds.last().map_or(0, |kind| kind.end as usize);
        let zeros = Arc::new(vec![0.0; agents]);
        State {
            now: 0,
            phase: Phase::Standing,
            source,
            agents,
            kinds,
            agent_columns: vec![zeros; agent_columns],
            layers: Vec::new(),
            items,
            standings: vec![Standing::new(agents); slots],
            evidence: Vec::new(),
            structure: Vec::new(),
            measured: Measured::default(),
            cascade: Vec::new(),
            trace: Trace::default(),
        }
    }

    /// The agents of the first kind, whom shares refer to.
    pub fn population(&self) -> Range<u32> {
        self.kinds.first().cloned().unwrap_or(0..0)
    }

    /// An agent column to write to.
    pub fn agent_column_mut(&mut self, column: usize) -> &mut Vec<f64> {
        self.measured.forget_column(column);
        Arc::make_mut(&mut self.agent_columns[column])
    }

    /// An agent column becomes these values.
    pub fn put_agent_column(&mut self, column: usize, values: Arc<Vec<f64>>) {
        self.measured.forget_column(column);
        self.agent_columns[column] = values;
    }

    /// From now on places of measures are those of this list, see [`Vocabulary::measures`](super::Vocabulary).
    pub fn arrange_measures(&mut self, names: &[MeasureName]) {
        self.measured.arrange(names);
    }

    /// To be called when ties were changed in place.
    pub fn forget_measures(&mut self) {
        self.measured.forget();
    }

    /// The ties of a layer, or of all together (what several layers repeat counts once).
    pub fn network(&self, layer: Option<usize>) -> Cow<'_, Network> {
        let layers = match layer {
            Some(layer) => &self.layers[layer..=layer],
            None => &self.layers[..],
        };
        match layers {
            [] => Cow::Owned(Network::empty(self.agents)),
            [one] if one.rewired.is_none() => Cow::Borrowed(&one.network),
            [one] => Cow::Owned(one.current_network()),
            many => {
                let networks: Vec<Network> = many.iter().map(Layer::current_network).collect();
                Cow::Owned(join(&networks.iter().collect::<Vec<_>>()).network)
            }
        }
    }

    /// Number of agents of all kinds.
    pub fn agent_count(&self) -> usize {
        self.agents
    }

    /// The ties `changed` of a layer have other speakers now, as in `sources`; they begin without any value in their
    /// columns but those every tie of the layer shares.
    pub fn rewire(&mut self, layer: usize, sources: Vec<u32>, changed: &[usize]) {
        let layer = &mut self.layers[layer];
        layer.rewired = Some(sources);
        layer.speakers = Arc::default();
        for column in 0..layer.columns.len() {
            if layer.columns[column].is_some() {
                let first = layer.first_values[column];
                let values = layer.column_mut(column);
                changed.iter().for_each(|&tie| values[tie] = first);
            }
        }
        self.measured.forget();
    }

    /// A layer has the ties of `network` from now on. `kept` says for each which tie it was before; a new tie begins as
    /// a rewired one does, and is closed until a contact opens it.
    pub fn retie(&mut self, layer: usize, network: Network, kept: &[Option<u32>]) {
        let ties = &mut self.layers[layer];
        for (column, first) in ties.columns.iter_mut().zip(&ties.first_values) {
            if let Some(values) = column {
                *column =
                    Some(Arc::new(kept.iter().map(|tie| tie.map_or(*first, |tie| values[tie as usize])).collect()));
            }
        }
        if let Some(open) = &ties.open {
            let is_open = |tie: &Option<u32>| tie.is_some_and(|tie| open.is[tie as usize]);
            let still = (0..kept.len() as u32).filter(|&tie| is_open(&kept[tie as usize])).collect();
            ties.open = Some(Open::new(kept.len(), still));
        }
        ties.network = Arc::new(network);
        ties.rewired = None;
        ties.speakers = Arc::default();
        for won in self.standings.iter_mut().filter_map(|standing| standing.tie_won.get_mut(layer)) {
            *won = kept.iter().map(|tie| tie.map_or(0.0, |tie| won[tie as usize])).collect();
        }
        self.measured.forget();
    }

    /// `agent` enters the stage of `slot`. Returns false if it held it already.
    pub fn enter(&mut self, slot: usize, agent: usize, mark: u32) -> bool {
        let population = self.population();
        let standing = &mut self.standings[slot];
        if standing.entered[agent] != 0 {
            return false;
        }
        standing.entered[agent] = mark;
        let counted = population.contains(&(agent as u32));
        standing.held += u32::from(counted);
        let first = !std::mem::replace(&mut standing.ever[agent], true);
        standing.total += u32::from(counted && first);
        self.trace.enter(slot, agent, mark, first);
        true
    }

    /// Agents who have never held the stage of `slot` enter it, one after another.
    pub fn enter_first(&mut self, slot: usize, agents: &[u32], mark: u32) {
        let population = self.population();
        let standing = &mut self.standings[slot];
        let mut counted = 0;
        for &agent in agents {
            debug_assert!(!standing.ever[agent as usize], "nobody enters twice for the first time");
            standing.entered[agent as usize] = mark;
            standing.ever[agent as usize] = true;
            counted += u32::from(population.contains(&agent));
        }
        standing.held += counted;
        standing.total += counted;
        agents.iter().for_each(|&agent| self.trace.enter(slot, agent as usize, mark, true));
    }

    /// `agent` leaves the stage of `slot`, which it holds.
    pub fn leave(&mut self, slot: usize, agent: usize) {
        let population = self.population();
        let standing = &mut self.standings[slot];
        debug_assert!(standing.entered[agent] != 0, "only a holder leaves");
        standing.entered[agent] = 0;
        standing.held -= u32::from(population.contains(&(agent as u32)));
    }

    fn measure(&self, name: &MeasureName) -> Vec<f64> {
        let threshold = |agent: usize| match name.threshold {
            Some(Threshold::Number(number)) => number,
            Some(Threshold::Column(column)) => self.agent_columns[column][agent],
            None => 1.0,
        };
        let key = self.source.key(Purpose::Measure, part_of(name.measure.name()));
        match (name.measure, name.layer) {
            // Who is tied in two layers counts twice.
            (AgentMeasure::Followers | AgentMeasure::Following, None) => {
                let mut counts = vec![0.0; self.agents];
                for layer in 0..self.layers.len() {
                    let of_layer = name.measure.of(&self.network(Some(layer)), &threshold, key);
                    counts.iter_mut().zip(of_layer).for_each(|(count, ties)| *count += ties);
                }
                counts
            }
            _ => name.measure.of(&self.network(name.layer), &threshold, key),
        }
    }

    /// Whether an entry with this mark is new at this point of the step.
    fn is_new(&self, mark: u32) -> bool {
        mark != 0
            && match self.phase {
                Phase::Standing => mark == by_event(self.now) || mark + 1 == by_event(self.now),
                Phase::Acting => {
                    mark == by_event(self.now) || mark == in_step(self.now) || mark + 1 == by_event(self.now)
                }
                Phase::Updating => mark == by_event(self.now) || mark == in_step(self.now),
            }
    }
}

fn transposed(offsets: &[u32], sources: &[u32]) -> BySpeaker {
    let n = offsets.len() - 1;
    let mut starts = vec![0u32; n + 1];
    sources.iter().for_each(|&source| starts[source as usize + 1] += 1);
    (0..n).for_each(|agent| starts[agent + 1] += starts[agent]);
    let mut next = starts.clone();
    let (mut hearers, mut ties) = (vec![0; sources.len()], vec![0; sources.len()]);
    for hearer in 0..n {
        for tie in offsets[hearer]..offsets[hearer + 1] {
            let place = &mut next[sources[tie as usize] as usize];
            hearers[*place as usize] = hearer as u32;
            ties[*place as usize] = tie;
            *place += 1;
        }
    }
    BySpeaker { offsets: starts, hearers, ties }
}

fn fill(rows: Rows<'_>, out: &mut [f64], value: impl Fn(usize) -> f64) {
    match rows {
        Rows::From(first) => out.iter_mut().enumerate().for_each(|(i, out)| *out = value(first + i)),
        Rows::Listed(listed) => out.iter_mut().zip(listed).for_each(|(out, &row)| *out = value(row as usize)),
    }
}

fn flag(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// A column that is kept only where asked for.
fn kept(values: &[f64], rows: Rows<'_>, out: &mut [f64]) {
    if values.is_empty() { out.fill(0.0) } else { gather(values, rows, out) }
}

impl Columns for State {
    type Id = Quantity;

    fn agents(&self) -> usize {
        self.agents
    }

    fn ties(&self, layer: usize) -> Ties<'_> {
        let layer = &self.layers[layer];
        Ties { offsets: layer.network.offsets(), sources: layer.sources() }
    }

    fn scalar(&self, id: Quantity) -> f64 {
        match id {
            Quantity::Now => f64::from(self.now),
            Quantity::ItemColumn(item, column) => self.items[item as usize][column as usize],
            Quantity::Structure(place) => self.structure[place as usize],
            Quantity::Cascade(place) => self.cascade[place as usize],
            other => unreachable!("{other:?} is not one number"),
        }
    }

    fn agent(&self, id: Quantity, rows: Rows<'_>, out: &mut [f64]) {
        let standing = |slot: u32| &self.standings[slot as usize];
        match id {
            Quantity::AgentColumn(column) => gather(&self.agent_columns[column as usize], rows, out),
            Quantity::Kind(kind) => match self.kinds.get(kind as usize) {
                Some(range) => fill(rows, out, |row| flag(range.contains(&(row as u32)))),
                None => out.fill(0.0),
            },
            Quantity::Individual(agent) => fill(rows, out, |row| flag(row == agent as usize)),
            Quantity::Measure(place) => {
                gather(self.measured.get(place as usize, |name| self.measure(name)), rows, out);
            }
            Quantity::Held(slot) => fill(rows, out, |row| flag(standing(slot).entered[row] != 0)),
            Quantity::New(slot) => fill(rows, out, |row| flag(self.is_new(standing(slot).entered[row]))),
            Quantity::Age(slot) => fill(rows, out, |row| match standing(slot).entered[row] {
                0 => 0.0,
                mark => f64::from(self.now.saturating_sub(time_of(mark))),
            }),
            Quantity::Depth(slot) => kept(&standing(slot).depth, rows, out),
            Quantity::Credit(slot) => kept(&standing(slot).credit, rows, out),
            Quantity::Won(slot) => kept(&standing(slot).won, rows, out),
            Quantity::Evidence => gather(&self.evidence, rows, out),
            other => unreachable!("{other:?} is not a column of agents"),
        }
    }

    fn tie(&self, id: Quantity, layer: usize, rows: Rows<'_>, out: &mut [f64]) {
        let ties = &self.layers[layer];
        match id {
            Quantity::TieColumn(column) => match ties.column(column as usize) {
                Some(values) => gather(values, rows, out),
                None => out.fill(0.0),
            },
            Quantity::Open => match &ties.open {
                Some(open) => fill(rows, out, |row| flag(open.is[row])),
                None => out.fill(1.0),
            },
            Quantity::Won(slot) => match self.standings[slot as usize].tie_won.get(layer) {
                Some(values) => kept(values, rows, out),
                None => out.fill(0.0),
            },
            other => unreachable!("{other:?} is not a column of ties"),
        }
    }
}
