//! What the words of a world's formulas stand for: its columns, kinds, layers, items and stages.

use std::collections::BTreeSet;

use super::cascade::{CascadeMeasure, CascadeName};
use super::measured::{MeasureName, Threshold};
use super::world::*;
use crate::formula::{Context, Formula, Line, Mistake, Name, Names, Resolved, View};
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

    /// The words as they are understood in a rule for one item (whose topic selects per-topic columns).
    pub fn about(&self, item: Option<usize>) -> Sight<'_> {
        Sight { words: self, item: item.or((self.items.len() == 1).then_some(0)), observing: false }
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
    fn measure_of(&self, name: &Name) -> Result<Option<MeasureName>, Mistake> {
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

    fn known_of_agents(&self) -> Vec<&str> {
        let mut known: Vec<&str> = self.agent_columns.iter().map(String::as_str).collect();
        known.extend(self.kinds.iter().map(String::as_str));
        known.extend(self.individuals.iter().map(|(name, _)| name.as_str()));
        known.extend(self.stages.iter().map(String::as_str));
        known.extend(AgentMeasure::ALL.map(AgentMeasure::name));
        known.extend(MEASURES_OF_STAGES);
        known
    }
}

/// A vocabulary looked at with one item in mind.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    words: &'a Vocabulary,
    item: Option<usize>,
    /// Whether what is read is told and nothing else.
    observing: bool,
}

impl<'a> Sight<'a> {
    /// With the first item in mind where none was.
    pub fn or_first(self) -> Sight<'a> {
        Sight { item: self.item.or(Some(0)), ..self }
    }

    /// For formulas that only observe: they may also measure the cascade.
    pub fn observing(self) -> Sight<'a> {
        Sight { observing: true, ..self }
    }

    fn cascade_name(&self, formula: &Formula) -> Result<CascadeName, Mistake> {
        let Formula::Cascade { measure, stage, layer, number, line } = formula else {
            unreachable!("only measures of cascades are asked for here")
        };
        let known = CascadeMeasure::ALL.map(CascadeMeasure::name);
        let measure = CascadeMeasure::named(measure)
            .ok_or_else(|| Mistake::unknown(*line, "measure of a cascade", measure, &known))?;
        let name =
            Name { view: View::Plain, path: stage.split('.').map(str::to_string).collect::<Vec<_>>(), line: *line };
        let slot = self.slot(&name, &name.path)? as usize;
        let layer = layer.as_ref().map(|layer| self.words.layer(layer, *line)).transpose()?;
        Ok(CascadeName { measure, slot, layer, number: *number })
    }

    /// The slot a path such as `acted`, or `acted.offer`, speaks of.
    fn slot(&self, name: &Name, path: &[String]) -> Result<u32, Mistake> {
        let words = self.words;
        let known: Vec<&str> = words.stages.iter().map(String::as_str).collect();
        let (stage, item) = match path {
            [] => return Err(Mistake::new(name.line, format!("{name} needs a stage; known: {}", known.join(", ")))),
            [stage] if words.items.len() == 1 => (stage, 0),
            [stage] => {
                return Err(Mistake::new(
                    name.line,
                    format!("{name} needs an item, such as {name}.{}; known: {}", words.items[0], {
                        words.stage(stage, name.line)?;
                        words.items.join(", ")
                    }),
                ));
            }
            [stage, item] => (stage, words.item(item, name.line)?),
            _ => return Err(Mistake::new(name.line, format!("{name} has too many words after {}", path[1]))),
        };
        let stage = words
            .stages
            .iter()
            .position(|known| known == stage)
            .ok_or_else(|| Mistake::unknown(name.line, "stage", stage, &known))?;
        Ok(words.slot(stage, item) as u32)
    }

    fn of_stage(&self, name: &Name) -> Result<Option<Quantity>, Mistake> {
        let rest = &name.path[1..];
        Ok(Some(match name.path[0].as_str() {
            "new" => Quantity::New(self.slot(name, rest)?),
            "age" => Quantity::Age(self.slot(name, rest)?),
            "depth" => Quantity::Depth(self.slot(name, rest)?),
            "credit" => Quantity::Credit(self.slot(name, rest)?),
            "won" => Quantity::Won(self.slot(name, rest)?),
            word if self.words.stages.iter().any(|stage| stage == word) => Quantity::Held(self.slot(name, &name.path)?),
            _ => return Ok(None),
        }))
    }

    fn of_agent(&self, name: &Name) -> Result<Resolved<Quantity>, Mistake> {
        let words = self.words;
        let whole = name.path.join(".");
        let place = |list: &[String]| list.iter().position(|known| *known == whole).map(|place| place as u32);
        if let Some(column) = place(&words.agent_columns) {
            return Ok(Resolved::Agent(Quantity::AgentColumn(column)));
        }
        if let Some(kind) = place(&words.kinds) {
            return Ok(Resolved::Agent(Quantity::Kind(kind)));
        }
        if let Some((_, agent)) = words.individuals.iter().find(|(known, _)| *known == whole) {
            return Ok(Resolved::Agent(Quantity::Individual(*agent)));
        }
        if let Some(quantity) = self.of_stage(name)? {
            return Ok(Resolved::Agent(quantity));
        }
        let measure = words.measure_of(name)?;
        let place = measure.and_then(|measure| words.measures.iter().position(|known| *known == measure));
        match place {
            Some(place) => Ok(Resolved::Agent(Quantity::Measure(place as u32))),
            None => Err(Mistake::unknown(name.line, "column of agents", &whole, &words.known_of_agents())),
        }
    }

    fn of_tie(&self, name: &Name, context: Context) -> Result<Resolved<Quantity>, Mistake> {
        let words = self.words;
        let whole = name.path.join(".");
        let column = |column: &str| words.tie_columns.iter().position(|known| known == column);
        if let Some(place) = column(&whole) {
            return Ok(Resolved::Tie(Quantity::TieColumn(place as u32)));
        }
        if words.has_topics(&whole) {
            let topic = self.item.and_then(|item| words.item_topics[item].as_deref());
            let topics: Vec<&str> = words.topics.iter().map(String::as_str).collect();
            return match topic {
                None => Err(Mistake::new(
                    name.line,
                    format!(
                        "{name} is kept per topic, and no topic is in sight; write {name}.{} or give the item a topic; known: {}",
                        topics[0],
                        topics.join(", ")
                    ),
                )),
                Some(topic) => match column(&format!("{whole}.{topic}")) {
                    Some(place) => Ok(Resolved::Tie(Quantity::TieColumn(place as u32))),
                    None => Err(Mistake::unknown(name.line, "topic", topic, &topics)),
                },
            };
        }
        match name.path[0].as_str() {
            "open" => return Ok(Resolved::Tie(Quantity::Open)),
            "won" | "credit" => {
                if let Some(quantity) = self.of_stage(name)? {
                    return Ok(Resolved::Tie(quantity));
                }
            }
            _ => {}
        }
        if let Some(layer) = words.layers.iter().position(|known| *known == whole) {
            return Ok(Resolved::Constant(f64::from(u8::from(context == Context::Ties(layer)))));
        }
        let mut known: Vec<&str> = words.tie_columns.iter().map(String::as_str).collect();
        known.extend(words.layers.iter().map(String::as_str));
        known.extend(["open", "won"]);
        Err(Mistake::unknown(name.line, "column of ties", &whole, &known))
    }

    fn of_item(&self, name: &Name) -> Result<Resolved<Quantity>, Mistake> {
        let words = self.words;
        let whole = name.path.join(".");
        let known: Vec<&str> = words.item_columns.iter().map(String::as_str).collect();
        let Some(column) = words.item_columns.iter().position(|known| *known == whole) else {
            return Err(Mistake::unknown(name.line, "column of items", &whole, &known));
        };
        let Some(item) = self.item else {
            return Err(Mistake::new(name.line, format!("{name} needs an item in sight, and there are several here")));
        };
        Ok(Resolved::Scalar(Quantity::ItemColumn(item as u32, column as u32)))
    }
}

impl Names for Sight<'_> {
    type Id = Quantity;

    fn resolve(&self, name: &Name, context: Context) -> Result<Resolved<Quantity>, Mistake> {
        match name.view {
            View::Me | View::Src | View::Dst => self.of_agent(name),
            View::Tie => self.of_tie(name, context),
            View::It => self.of_item(name),
            View::Plain => match name.path[0].as_str() {
                "now" => Ok(Resolved::Scalar(Quantity::Now)),
                "evidence" if context == Context::Agents => Ok(Resolved::Agent(Quantity::Evidence)),
                "evidence" => Err(Mistake::new(name.line, "evidence belongs to an agent; use it in chance or leave")),
                other => Err(Mistake::unknown(name.line, "name", other, &["now", "evidence"])),
            },
        }
    }

    fn layers(&self, layer: Option<&str>, line: Line) -> Result<Vec<usize>, Mistake> {
        match layer {
            Some(layer) => Ok(vec![self.words.layer(layer, line)?]),
            None => Ok((0..self.words.layers.len()).collect()),
        }
    }

    fn among(&self, among: Option<&str>, line: Line) -> Result<Resolved<Quantity>, Mistake> {
        match among {
            None => Ok(Resolved::Agent(Quantity::Kind(0))),
            Some("all") => Ok(Resolved::Constant(1.0)),
            Some(name) => self
                .of_agent(&Name { view: View::Me, path: name.split('.').map(str::to_string).collect(), line })
                .map_err(|_| Mistake::unknown(line, "set of agents", name, &self.words.known_sets())),
        }
    }

    fn structure(&self, measure: &str, layer: Option<&str>, line: Line) -> Result<Quantity, Mistake> {
        let layer = layer.map(|layer| self.words.layer(layer, line)).transpose()?;
        let wanted = StructureName { measure: measure.to_string(), layer };
        let place = self.words.structure.iter().position(|known| *known == wanted);
        Ok(Quantity::Structure(place.expect("all measures were collected from the world's formulas") as u32))
    }

    fn cascade(&self, measure: &Formula) -> Result<Quantity, Mistake> {
        let wanted = self.cascade_name(measure)?;
        if let (false, Formula::Cascade { line, .. }) = (self.observing, measure) {
            let word = wanted.measure.name();
            return Err(Mistake::new(
                *line,
                format!("{word} measures a run from outside: it stands in observe(...) only"),
            ));
        }
        let place = self.words.cascade.iter().position(|known| *known == wanted);
        Ok(Quantity::Cascade(place.expect("all measures were collected from the world's formulas") as u32))
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
