//! The adoption trace of a run as a table: who adopted what and when, and who brought it.

use crate::contagion::State;
use crate::contagion::names::Vocabulary;
use crate::contagion::state::{by_event, time_of};
use crate::contagion::world::{Members, Setup, World};
use crate::engine::Prepared;
use crate::table::{Table, Values};

/// One row for each tie that brought an adoption, and one for an adoption that no tie brought; in the order in which
/// they happened, those of one step by route and agent (where agents act in turn: in their turn). Needs a run of a world
/// that keeps its sources. The columns:
///
/// | column | meaning |
/// |---|---|
/// | `now` | the time from which the agent holds the stage; 0 for those it begins with |
/// | `agent`, `kind` | who adopted, by name or by number, counted from 1 over all kinds; its kind |
/// | `item`, `stage` | what it adopted; `item` only where items are declared |
/// | `by` | `start` (an event), `route` or `function` (a plain rule) |
/// | `route` | which route of the stage, from 1; empty where no route led there, as are the columns below |
/// | `evidence`, `needs` | the evidence it had, and the threshold that this met |
/// | `sources` | how many agents it had it from, each counted once; 0 where it came of itself |
/// | `from`, `layer` | one of those agents, and the layer of the tie it was heard over |
/// | `credit` | the tie's share of the credit; the shares of an adoption add up to 1 |
/// | `parent` | 1 in one row of each adoption: that of its parent in the tree of the cascade, or its only one; else 0 |
pub fn trace(prepared: &Prepared, state: &State) -> Table {
    let (words, agents) = (&prepared.words, Agents::of(&prepared.world));
    let trace = &state.trace;
    let mut rows = Rows::default();
    for adoption in trace.adoptions() {
        let slot = adoption.slot as usize;
        let sources = trace.sources(adoption);
        let parent = trace.parent(adoption).unwrap_or(0);
        for place in 0..sources.len().max(1) {
            let source = sources.get(place);
            rows.now.push(f64::from(time_of(adoption.entered)));
            rows.agent.push(agents.name(adoption.agent));
            rows.kind.push(kind(words, state, adoption.agent));
            rows.item.push(words.items[slot % words.items.len()].clone());
            rows.stage.push(words.stages[slot / words.items.len()].clone());
            let by = match adoption.reason {
                Some(_) => "route",
                None if adoption.entered == by_event(time_of(adoption.entered)) => "start",
                None => "function",
            };
            rows.by.push(by.to_string());
            let reason = adoption.reason.as_ref();
            rows.route.push(reason.map_or(f64::NAN, |reason| route(prepared, reason.route as usize)));
            rows.evidence.push(reason.map_or(f64::NAN, |reason| reason.evidence));
            rows.needs.push(reason.map_or(f64::NAN, |reason| reason.needs));
            rows.sources.push(reason.map_or(f64::NAN, |reason| f64::from(reason.distinct)));
            rows.from.push(source.map_or(String::new(), |source| agents.name(source.agent)));
            rows.layer.push(source.map_or(String::new(), |source| words.layers[source.layer as usize].clone()));
            rows.credit.push(source.map_or(f64::NAN, |source| source.credit));
            rows.parent.push(f64::from(u8::from(place == parent)));
        }
    }
    rows.table(!prepared.world.items.is_empty())
}

/// Which of the routes of its stage it is, from 1.
fn route(prepared: &Prepared, number: usize) -> f64 {
    let routes = &prepared.rules.routes;
    let of_slot = routes[..number].iter().filter(|route| route.slot == routes[number].slot);
    of_slot.count() as f64 + 1.0
}

fn kind(words: &Vocabulary, state: &State, agent: u32) -> String {
    let place = state.kinds.iter().position(|range| range.contains(&agent));
    place.map_or(String::new(), |place| words.kinds[place].clone())
}

/// What agents are called.
pub(super) struct Agents<'a> {
    /// The first agent of each kind with names, and the names.
    named: Vec<(u32, &'a [String])>,
}

impl<'a> Agents<'a> {
    pub(super) fn of(world: &'a World) -> Agents<'a> {
        let (mut named, mut next) = (Vec::new(), 0);
        for setup in &world.setup {
            if let Setup::Agents(agents) = setup {
                if let Members::Named(names) | Members::Labelled(names) = &agents.members {
                    named.push((next, names.as_slice()));
                }
                next += agents.members.count() as u32;
            }
        }
        Agents { named }
    }

    pub(super) fn name(&self, agent: u32) -> String {
        let name = |&(first, names): &(u32, &[String])| names.get(agent.checked_sub(first)? as usize).cloned();
        self.named.iter().find_map(name).unwrap_or_else(|| (agent + 1).to_string())
    }
}

#[derive(Default)]
struct Rows {
    now: Vec<f64>,
    agent: Vec<String>,
    kind: Vec<String>,
    item: Vec<String>,
    stage: Vec<String>,
    by: Vec<String>,
    route: Vec<f64>,
    evidence: Vec<f64>,
    needs: Vec<f64>,
    sources: Vec<f64>,
    from: Vec<String>,
    layer: Vec<String>,
    credit: Vec<f64>,
    parent: Vec<f64>,
}

impl Rows {
    fn table(self, items: bool) -> Table {
        let mut table = Table::new()
            .with("now", Values::Number(self.now))
            .with("agent", Values::texts(self.agent))
            .with("kind", Values::texts(self.kind));
        if items {
            table.push("item", Values::texts(self.item));
        }
        table
            .with("stage", Values::texts(self.stage))
            .with("by", Values::texts(self.by))
            .with("route", Values::Number(self.route))
            .with("evidence", Values::Number(self.evidence))
            .with("needs", Values::Number(self.needs))
            .with("sources", Values::Number(self.sources))
            .with("from", Values::texts(self.from))
            .with("layer", Values::texts(self.layer))
            .with("credit", Values::Number(self.credit))
            .with("parent", Values::Number(self.parent))
    }
}
