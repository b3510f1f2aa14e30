//! What the words of a world's formulas stand for: its columns, kinds, layers, items and stages.

use std::collections::BTreeSet;

use super::cascade::CascadeName;
use super::measured::{MeasureName, Threshold};
use super::world::*;
use crate::formula::{Formula, Line, Mistake, Name, View};
use crate::network::measure::AgentMeasure;

/// Everything a formula can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A column of agents, by its place in [`Vocabulary::agent_columns`].
    AgentColumn(u32),
    /// 1 for the agents of this kind.
    Kind(u32),
    /// 1 for this one agent.
    Individual(u32),
    /// A measure of the agent's place in the network, by its place in [`Vocabulary::measures`].
    Measure(u32),
    /// 1 for holders of a stage, by slot (see [`Vocabulary::slot`]).
    Held(u32),
    /// 1 for those who entered it just now.
    New(u32),
    /// Steps since entry; 0 for those who do not hold it.
    Age(u32),
    /// Steps of retelling from a start to this agent.
    Depth(u32),
    /// Shares of the entries of this step that this agent (or tie) caused.
    Credit(u32),
    /// Shares of all entries so far that this agent (or tie) caused.
    Won(u32),
    /// A column of ties, by its place in [`Vocabulary::tie_columns`].
    TieColumn(u32),
    /// 1 for ties open in this step.
    Open,
    /// A number of an item: item, column.
    ItemColumn(u32, u32),
    Now,
    /// The evidence of the agent for the route in question.
    Evidence,
    /// A measure of structure, by its place in [`Vocabulary::structure`].
    Structure(u32),
    /// A measure of a cascade, by its place in [`Vocabulary::cascade`].
    Cascade(u32),
}

/// A measure of structure that some formula asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureName {
    pub measure: String,
    /// None: all layers together.
    pub layer: Option<usize>,
}

/// The words of one world.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub kinds: Vec<String>,
    /// Named agents, with their numbers.
    pub individuals: Vec<(String, u32)>,
    /// Declared, set, updated, marked and probed.
    pub agent_columns: Vec<String>,
    pub layers: Vec<String>,
    /// `trust`, or `trust.running` for each topic.
    pub tie_columns: Vec<String>,
    /// By layer, the tie columns that its statements declare.
    pub declared: Vec<Vec<String>>,
    pub topics: BTreeSet<String>,
    /// A world without items has one without a name.
    pub items: Vec<String>,
    pub item_columns: Vec<String>,
    /// The topic of each item.
    pub item_topics: Vec<Option<String>>,
    pub stages: Vec<String>,
    pub structure: Vec<StructureName>,
    pub measures: Vec<MeasureName>,
    /// The measures of cascades that are observed.
    pub cascade: Vec<CascadeName>,
}

/// Words that every world has, which no column may take.
const MEASURES_OF_STAGES: [&str; 5] = ["new", "age", "depth", "credit", "won"];

impl Vocabulary {
    pub fn of(world: &World) -> Result<Vocabulary, Mistake> {
        let mut words = Vocabulary::default();
        let mut agents = 0;
        for setup in &world.setup {
            match setup {
                Setup::Agents(kind) => {
                    declare(&mut words.kinds, &kind.kind, "kind of agents", kind.line)?;
                    if let Members::Named(names) = &kind.members {
                        words.individuals.extend(names.iter().cloned().zip(agents..));
                    }
                    agents += kind.members.count() as u32;
                    for (column, _) in
                        kind.columns.iter().filter(|(_, initial)| !matches!(initial, Initial::List { .. }))
                    {
                        add(&mut words.agent_columns, column);
                    }
                }
                Setup::Ties(ties) => words.add_ties(ties),
                Setup::Set(set) => words.add_target(&set.column),
                Setup::Mark(mark) => add(&mut words.agent_columns, &mark.name),
            }
        }
        for item in &world.items {
            declare(&mut words.items, &item.name, "item", item.line)?;
            let mut topic = None;
            for (column, value) in &item.columns {
                match value {
                    ItemValue::Text(text) if column == "topic" => topic = Some(text.clone()),
                    ItemValue::Text(_) => {
                        return Err(Mistake::new(
                            item.line,
                            format!("item \"{}\": column {column} is text; only topic may be", item.name),
                        ));
                    }
                    ItemValue::Number(_) => add(&mut words.item_columns, column),
                }
            }
            words.item_topics.push(topic);
        }
        if words.items.is_empty() {
            words.items.push(String::new());
            words.item_topics.push(None);
        }
        for stage in &world.stages {
            declare(&mut words.stages, &stage.name, "stage", stage.line)?;
        }
        for (_, event) in &world.timeline {
            match event {
                Event::Set(set) => words.add_target(&set.column),
                Event::Mark(mark) => add(&mut words.agent_columns, &mark.name),
                Event::Probe(probe) => add(&mut words.agent_columns, &probe.column),
                Event::Start(_) | Event::Post(_) | Event::Observe(_) => {}
            }
        }
        for update in &world.updates {
            words.add_target(&update.column);
        }
        words.collect_structure(world)?;
        words.collect_measures(world)?;
        words.collect_cascade(world)?;
        Ok(words)
    }

    /// Where the state of a stage of an item is kept.
    pub fn slot(&self, stage: usize, item: usize) -> usize {
        stage * self.items.len() + item
    }

    pub fn slots(&self) -> usize {
        self.stages.len() * self.items.len()
    }

    /// How a stage of an item is called in rows and curves: `adopted`, or `offer.acted`.
    pub fn slot_name(&self, slot: usize) -> String {
        let (stage, item) = (slot / self.items.len(), slot % self.items.len());
        match self.items.len() {
            1 => self.stages[stage].clone(),
            _ => format!("{}.{}", self.items[item], self.stages[stage]),
        }
    }

    pub fn stage(&self, name: &str, line: Line) -> Result<usize, Mistake> {
        find(&self.stages, name, "stage", line)
    }

    pub fn layer(&self, name: &str, line: Line) -> Result<usize, Mistake> {
        find(&self.layers, name, "layer", line)
    }

    pub fn item(&self, name: &str, line: Line) -> Result<usize, Mistake> {
        find(&self.items, name, "item", line)
    }

    fn add_ties(&mut self, ties: &Ties) {
        add(&mut self.layers, &ties.layer);
        self.declared.resize_with(self.layers.len(), Vec::new);
        let layer = self.layers.iter().position(|known| *known == ties.layer).expect("the layer was just added");
        for (column, initial) in &ties.columns {
            match initial {
                Initial::Topics(topics) => {
                    for topic in topics.keys() {
                        self.topics.insert(topic.clone());
                        add(&mut self.tie_columns, &format!("{column}.{topic}"));
                        add(&mut self.declared[layer], &format!("{column}.{topic}"));
                    }
                }
                _ => {
                    add(&mut self.tie_columns, column);
                    add(&mut self.declared[layer], column);
                }
            }
        }
        if let TieMaker::File(file) = &ties.maker {
            for (column, _) in &file.columns {
                add(&mut self.tie_columns, column);
                add(&mut self.declared[layer], column);
            }
        }
    }

    fn add_target(&mut self, target: &Target) {
        let column = target.path.join(".");
        match target.view {
            View::Tie if !self.has_topics(&column) => add(&mut self.tie_columns, &column),
            View::Me => add(&mut self.agent_columns, &column),
            View::It => add(&mut self.item_columns, &column),
            _ => {}
        }
    }

    /// The layers whose ties have `column`: those that declare it, or all when none does.
    pub fn layers_with(&self, column: &str) -> Vec<usize> {
        let declares = |layer: &usize| self.declared[*layer].iter().any(|known| known == column);
        let layers: Vec<usize> = (0..self.layers.len()).filter(declares).collect();
        if layers.is_empty() { (0..self.layers.len()).collect() } else { layers }
    }

    /// Whether `column` is kept per topic.
    pub fn has_topics(&self, column: &str) -> bool {
        self.topics.iter().any(|topic| self.tie_columns.contains(&format!("{column}.{topic}")))
    }

    fn collect_structure(&mut self, world: &World) -> Result<(), Mistake> {
        let mut found: Vec<(String, Option<String>, Line)> = Vec::new();
        world.each_formula(&mut |formula| {
            formula.walk(&mut |part| {
                if let Formula::Structure { measure, layer, line } = part {
                    found.push((measure.clone(), layer.clone(), *line));
                }
            });
        });
        for (measure, layer, line) in found {
            let layer = layer.map(|layer| self.layer(&layer, line)).transpose()?;
            let name = StructureName { measure, layer };
            if !self.structure.contains(&name) {
                self.structure.push(name);
            }
        }
        Ok(())
    }

    fn collect_measures(&mut self, world: &World) -> Result<(), Mistake> {
        let mut found: Vec<Name> = Vec::new();
        world.each_formula(&mut |formula| {
            formula.walk(&mut |part| match part {
                Formula::Name(name) if matches!(name.view, View::Me | View::Src | View::Dst) => {
                    found.push(name.clone())
                }
                _ => {}
            });
        });
        for name in found {
            // A column, a kind or a stage of the world's own goes before.
            let own = self.is_own(&name.path[0]) || self.is_own(&name.path.join("."));
            match if own { None } else { self.measure_of(&name)? } {
                Some(measure) if !self.measures.contains(&measure) => self.measures.push(measure),
                _ => {}
            }
        }
        Ok(())
    }

    fn collect_cascade(&mut self, world: &World) -> Result<(), Mistake> {
        let mut found: Vec<&Formula> = Vec::new();
        world.each_formula(&mut |formula| {
            formula.walk(&mut |part| found.extend(matches!(part, Formula::Cascade { .. }).then_some(part)));
        });
        for formula in found {
            let name = self.about(None).cascade_name(formula)?;
            if !self.cascade.contains(&name) {
                self.cascade.push(name);
            }
        }
        Ok(())
    }

    fn is_own(&self, name: &str) -> bool {
        [&self.agent_columns, &self.kinds, &self.stages].into_iter().flatten().any(|known| known == name)
            || self.individuals.iter().any(|(known, _)| known == name)
    }

    /// What `k_shell`, `k_shell.friend`, `complex_centrality(2)` or `complex_centrality(2).friend` stand for; nothing
    /// when the first word is no measure of agents.
    pub(super) fn measure_of(&self, name: &Name) -> Result<Option<MeasureName>, Mistake> {
        let Some(measure) = AgentMeasure::named(&name.path[0]) else { return Ok(None) };
        let word = measure.name();
        let (threshold, rest) = match (measure.takes_threshold(), &name.path[1..]) {
            (false, rest) => (None, rest),
            (true, [threshold, rest @ ..]) if threshold.starts_with('(') => {
                let written = threshold.trim_matches(['(', ')']);
                let column = || self.agent_columns.iter().position(|known| known == written).map(Threshold::Column);
                let threshold = written.parse().ok().map(Threshold::Number).or_else(column).ok_or_else(|| {
                    let known: Vec<&str> = self.agent_columns.iter().map(String::as_str).collect();
                    Mistake::unknown(name.line, "column of agents", written, &known)
                })?;
                (Some(threshold), rest)
            }
            (true, _) => {
                let message =
                    format!("{word} takes a threshold: {name}(2), or {name}(me.column) with one for each agent");
                return Err(Mistake::new(name.line, message));
            }
        };
        let layer = match rest {
            [] => None,
            [layer] => Some(self.layer(layer, name.line)?),
            _ => return Err(Mistake::new(name.line, format!("{name} has too many words after {word}"))),
        };
        Ok(Some(MeasureName { measure, threshold, layer }))
    }

    pub(super) fn known_of_agents(&self) -> Vec<&str> {
        let mut known: Vec<&str> = self.agent_columns.iter().map(String::as_str).collect();
        known.extend(self.kinds.iter().map(String::as_str));
        known.extend(self.individuals.iter().map(|(name, _)| name.as_str()));
        known.extend(self.stages.iter().map(String::as_str));
        known.extend(AgentMeasure::ALL.map(AgentMeasure::name));
        known.extend(MEASURES_OF_STAGES);
        known
    }
}

impl Vocabulary {
    /// What a selector may name: kinds, individuals, marks and other columns, "all".
    pub fn known_sets(&self) -> Vec<&str> {
        let mut known = vec!["all"];
        known.extend(self.kinds.iter().map(String::as_str));
        known.extend(self.individuals.iter().map(|(name, _)| name.as_str()));
        known.extend(self.agent_columns.iter().map(String::as_str));
        known.extend(self.stages.iter().map(String::as_str));
        known
    }
}

fn add(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known == name) {
        list.push(name.to_string());
    }
}

fn declare(list: &mut Vec<String>, name: &str, kind: &str, line: Line) -> Result<(), Mistake> {
    if list.iter().any(|known| known == name) {
        return Err(Mistake::new(line, format!("{kind} \"{name}\" is declared twice")));
    }
    list.push(name.to_string());
    Ok(())
}

fn find(list: &[String], name: &str, kind: &str, line: Line) -> Result<usize, Mistake> {
    list.iter().position(|known| known == name).ok_or_else(|| {
        let known: Vec<&str> = list.iter().map(String::as_str).collect();
        Mistake::unknown(line, kind, name, &known)
    })
}
