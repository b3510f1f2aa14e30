//! What the words of one formula stand for: the same names, seen with an item in mind or not.

use super::cascade::{CascadeMeasure, CascadeName};
use super::names::{Quantity, StructureName, Vocabulary};
use crate::formula::{Context, Formula, Line, Mistake, Name, Names, Resolved, View};

/// A vocabulary looked at with one item in mind.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    words: &'a Vocabulary,
    item: Option<usize>,
    /// Whether what is read is told and nothing else.
    observing: bool,
    /// Whether there is evidence to decide on.
    deciding: bool,
}

impl Vocabulary {
    /// The words as they are understood in a rule for one item (whose topic selects per-topic columns).
    pub fn about(&self, item: Option<usize>) -> Sight<'_> {
        Sight { words: self, item: item.or((self.items.len() == 1).then_some(0)), observing: false, deciding: false }
    }
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

    /// For formulas of a route that are asked once its evidence is there.
    pub fn deciding(self) -> Sight<'a> {
        Sight { deciding: true, ..self }
    }

    pub(super) fn cascade_name(&self, formula: &Formula) -> Result<CascadeName, Mistake> {
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
                "evidence" if self.deciding && context == Context::Agents => Ok(Resolved::Agent(Quantity::Evidence)),
                "evidence" => Err(Mistake::new(
                    name.line,
                    "evidence is what an agent decides on: it stands in chance and leave of a route only",
                )),
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
