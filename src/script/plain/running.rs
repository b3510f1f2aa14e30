//! Plain rules at work on one run: the loop inside the VM, and the buffers between it and the state.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Buffer, Function, Lua, Table, Value};

use super::bytes::{bytes_of, from_one, numbers_of, u32_at, words_of};
use super::lists::{fill_lists, lists_of};
use super::questions::{Drawn, FAR, NEAR, NEAR_ROWS, Words, questions};
use super::text::{compiled, text};
use super::{REPLACED, TOOLS_KEY};
use crate::contagion::select::part_of;
use crate::contagion::state::in_step;
use crate::contagion::world::{PlainKind, PlainRule};
use crate::contagion::{Selection, State};
use crate::engine::{Done, Scene};
use crate::formula::{Mistake, Moment, Numbering};
use crate::network::Network;
use crate::rng::{Purpose, Source};

/// Where the value of the first agent stands in the buffer of a column: agents are numbered from 1 there.
const FIRST: usize = size_of::<f64>();

/// What went wrong: in the world, or in the function.
pub(super) enum Wrong {
    World(Mistake),
    Rule(mlua::Error),
}

impl From<mlua::Error> for Wrong {
    fn from(error: mlua::Error) -> Self {
        Wrong::Rule(error)
    }
}

/// The rules of one run.
pub(super) struct Running {
    lua: Lua,
    entries: Table,
    status: Buffer,
    /// By column: agent columns, then stages.
    columns: Vec<Column>,
    layers: Vec<Seen>,
    numbering: Numbering,
    /// Whom a rule was called for last, and the same for the VM.
    whom: Option<(Vec<u32>, Buffer)>,
    draws: Rc<RefCell<Option<Drawn>>>,
    words: Rc<Words>,
}

/// What the VM knows of a column.
struct Column {
    values: Buffer,
    seen: Known,
}

enum Known {
    Nothing,
    Agents(Arc<Vec<f64>>),
    Stage(Vec<bool>),
}

/// What the VM knows of a layer.
#[derive(Default)]
struct Seen {
    network: Option<Arc<Network>>,
    rewired: Option<Vec<u32>>,
    /// By tie column.
    columns: Vec<Option<Arc<Vec<f64>>>>,
}

impl Running {
    /// Makes the tables of all agents and fills their lists.
    pub(super) fn begin(
        lua: &Lua,
        environment: Option<&Table>,
        scene: &Scene<'_>,
        source: Source,
    ) -> mlua::Result<Running> {
        let n = scene.state.agent_count();
        let agent_columns = scene.words.agent_columns.len();
        let names: Vec<String> = (scene.words.agent_columns.iter().cloned())
            .chain((0..scene.words.slots()).map(|slot| scene.words.slot_name(slot)))
            .collect();
        let words =
            Rc::new(Words { words: scene.words.clone(), kinds: scene.state.kinds.clone(), lists: lists_of(scene) });
        let buffer = |bytes: usize| lua.create_buffer_with_capacity(bytes);
        let (status, near, far) = (buffer(16)?, buffer(8 * NEAR as usize * NEAR_ROWS)?, buffer(8 * FAR)?);
        let column = |_: &String| buffer(8 * (n + 1));
        let values: Vec<Buffer> = names.iter().map(column).collect::<mlua::Result<_>>()?;
        let next: Vec<Buffer> = names.iter().map(column).collect::<mlua::Result<_>>()?;
        let draws = Rc::new(RefCell::new(None));
        let api = questions(lua, &words, &draws, &near, &far)?;
        let list_names: Vec<&str> = words.lists.iter().map(|list| list.name.as_str()).collect();
        let begin = compiled(lua, &text(&names, agent_columns, &list_names))?;
        let entries: Table = begin.call((api, n, &status, values.clone(), next, &near, &far))?;
        if let Some(environment) = environment {
            let inside: Table = entries.get("words")?;
            let math: Table = lua.named_registry_value::<Table>(TOOLS_KEY)?.get("math")?;
            for word in REPLACED {
                let value: Value = inside.get(word)?;
                environment.set(word, if value.is_nil() { math.get(word)? } else { value })?;
            }
        }
        lua.set_type_metatable::<mlua::Number>(Some(entries.get("tie")?));
        fill_lists(lua, &entries, scene, source)?;
        let columns = values.into_iter().map(|values| Column { values, seen: Known::Nothing }).collect();
        let layers = scene.state.layers.iter().map(|_| Seen::default()).collect();
        let numbering = Numbering::starting_at(3 << 20);
        Ok(Running { lua: lua.clone(), entries, status, columns, layers, numbering, whom: None, draws, words })
    }

    /// One rule in one step.
    pub(super) fn step(
        &mut self,
        number: usize,
        function: &Function,
        scene: &mut Scene<'_>,
        moment: Moment,
    ) -> Result<Done, Wrong> {
        let rule = &scene.world.plain[number];
        self.status.write_bytes(0, &[0; 16]);
        self.load(scene.state)?;
        let source = moment.source;
        *self.draws.borrow_mut() = Some(Drawn {
            near: source.key(Purpose::Encounter, part_of(&rule.name)).draws(moment.now.into()),
            far: source.key(Purpose::Encounter, part_of(&format!("{} far", rule.name))),
            now: moment.now,
        });
        match &rule.kind {
            PlainKind::Each { who, one_by_one } => {
                let part = part_of(&rule.name);
                let mut selection = Selection {
                    words: scene.words,
                    state: scene.state,
                    numbering: &mut self.numbering,
                    moment,
                    part,
                    trying: None,
                };
                let mut chosen = selection.agents(who).map_err(Wrong::World)?;
                let entry = if *one_by_one { "each_in_turn" } else { "each_together" };
                if *one_by_one {
                    source.key(Purpose::Order, part).stream(moment.now.into()).shuffle(&mut chosen);
                }
                let count = chosen.len();
                let whom = match self.whom.take().filter(|(before, _)| *before == chosen) {
                    Some((_, whom)) => whom,
                    None => self.lua.create_buffer(from_one(&chosen))?,
                };
                self.whom = Some((chosen, whom.clone()));
                self.entry(entry)?.call::<()>((function, whom, count, moment.now))?;
            }
            PlainKind::Meet { layer, per_step, by_tie } => {
                let layer = scene.words.layer(layer, rule.line).map_err(Wrong::World)?;
                let count = per_step.unwrap_or(scene.state.population().len() as u32);
                self.entry("meet")?.call::<()>((function, layer + 1, *by_tie, count, moment.now))?;
            }
        }
        let mut done = Done { stop: u32_at(&self.status, 8) != 0, ..Done::default() };
        self.keep_agents(scene.state, moment, &mut done)?;
        self.keep_ties(scene, &mut done)?;
        Ok(done)
    }

    /// Whether what the VM holds of this run is worth collecting at once.
    pub(super) fn is_large(&self) -> bool {
        self.words.kinds.last().is_some_and(|kind| kind.end > 10_000)
    }

    /// Whom the function was called for last, in words.
    pub(super) fn whom(&self, rule: &PlainRule, moment: Moment) -> String {
        let (agent, speaker) = (u32_at(&self.status, 0), u32_at(&self.status, 4));
        match (&rule.kind, agent) {
            (_, 0) => format!(" (step {})", moment.now),
            (PlainKind::Each { .. }, agent) => format!(" (agent {agent}, step {})", moment.now),
            (PlainKind::Meet { .. }, agent) => format!(" (agent {agent} meeting {speaker}, step {})", moment.now),
        }
    }

    fn entry(&self, name: &str) -> mlua::Result<Function> {
        self.entries.get(name)
    }

    /// Tells the VM what has changed since it was last told.
    fn load(&mut self, state: &State) -> mlua::Result<()> {
        let reload: Function = self.entries.get("reload")?;
        let agent_columns = state.agent_columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let bytes = match (&column.seen, place.checked_sub(agent_columns)) {
                (Known::Agents(seen), None) if Arc::ptr_eq(seen, &state.agent_columns[place]) => continue,
                (_, None) => {
                    column.seen = Known::Agents(state.agent_columns[place].clone());
                    bytes_of(&state.agent_columns[place])
                }
                (seen, Some(slot)) => {
                    let entered = &state.standings[slot].entered;
                    let same = |seen: &Vec<bool>| seen.iter().zip(entered).all(|(seen, &mark)| *seen == (mark != 0));
                    if matches!(seen, Known::Stage(seen) if same(seen)) {
                        continue;
                    }
                    let holds: Vec<bool> = entered.iter().map(|&entered| entered != 0).collect();
                    let bytes = bytes_of(&holds.iter().map(|&holds| f64::from(u8::from(holds))).collect::<Vec<_>>());
                    column.seen = Known::Stage(holds);
                    bytes
                }
            };
            column.values.write_bytes(FIRST, &bytes);
            reload.call::<()>(place + 1)?;
        }
        for place in 0..self.layers.len() {
            self.load_layer(place, state)?;
        }
        Ok(())
    }

    fn load_layer(&mut self, place: usize, state: &State) -> mlua::Result<()> {
        let layer = &state.layers[place];
        let seen = &mut self.layers[place];
        let same = seen.network.as_ref().is_some_and(|network| Arc::ptr_eq(network, &layer.network))
            && seen.rewired == layer.rewired;
        if !same {
            *seen = Seen {
                network: Some(layer.network.clone()),
                rewired: layer.rewired.clone(),
                columns: vec![None; layer.columns.len()],
            };
            let table = self.lua.create_table()?;
            let offsets = layer.network.offsets();
            table.set("name", self.words.words.layers[place].as_str())?;
            table.set("ties", layer.network.ties())?;
            table.set("mutual", layer.network.is_mutual() && layer.rewired.is_none())?;
            table.set("offsets", self.lua.create_buffer(bytes_of(offsets))?)?;
            table.set("sources", self.lua.create_buffer(from_one(layer.sources()))?)?;
            let hears = |agent: &u32| offsets[*agent as usize + 1] > offsets[*agent as usize];
            let audience: Vec<u32> = (0..layer.network.agents() as u32).filter(hears).collect();
            table.set("audience", self.lua.create_buffer(from_one(&audience))?)?;
            let (columns, first) = (self.lua.create_table()?, self.lua.create_table()?);
            for (name, value) in self.words.words.tie_columns.iter().zip(&layer.first_values) {
                columns.set(name.as_str(), false)?;
                first.set(name.as_str(), *value)?;
            }
            table.set("columns", columns)?;
            table.set("first", first)?;
            self.entry("set_layer")?.call::<()>((place + 1, table))?;
        }
        for (column, values) in layer.columns.iter().enumerate() {
            let Some(values) = values else { continue };
            let seen = &mut self.layers[place].columns[column];
            if !seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, values)) {
                *seen = Some(values.clone());
                let columns: Table = self.layer(place)?.get("columns")?;
                let buffer = self.lua.create_buffer(bytes_of(values))?;
                columns.set(self.words.words.tie_columns[column].as_str(), buffer)?;
            }
        }
        Ok(())
    }

    fn layer(&self, place: usize) -> mlua::Result<Table> {
        self.entries.get::<Table>("layers")?.get(place + 1)
    }

    /// Writes back the columns of agents, and lets agents enter and leave stages, agents ascending.
    fn keep_agents(&mut self, state: &mut State, moment: Moment, done: &mut Done) -> mlua::Result<()> {
        let dirty: Table = self.entries.get("dirty")?;
        let agent_columns = state.agent_columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            if dirty.get::<Value>(place + 1)?.is_nil() {
                continue;
            }
            dirty.set(place + 1, Value::Nil)?;
            let values: Vec<f64> = numbers_of(&column.values.to_vec()[FIRST..]);
            let Some(slot) = place.checked_sub(agent_columns) else {
                state.put_agent_column(place, Arc::new(values));
                column.seen = Known::Agents(state.agent_columns[place].clone());
                continue;
            };
            for (agent, &value) in values.iter().enumerate() {
                let standing = &state.standings[slot];
                let fixed = standing.fixed.get(agent).is_some_and(|&fixed| fixed);
                match (value != 0.0, standing.holds(agent)) {
                    (true, false) => {
                        state.enter(slot, agent, in_step(moment.now));
                        done.entered.push((slot, agent as u32));
                    }
                    (false, true) if !fixed => state.leave(slot, agent),
                    _ => {}
                }
            }
            column.seen = Known::Stage(values.iter().map(|&value| value != 0.0).collect());
        }
        Ok(())
    }

    /// Writes back columns of ties, and gives layers the ties they have now.
    fn keep_ties(&mut self, scene: &mut Scene<'_>, done: &mut Done) -> mlua::Result<()> {
        for place in 0..self.layers.len() {
            let table = self.layer(place)?;
            let slots = match table.get::<bool>("changed")? {
                false => None,
                true => {
                    let (network, slots, kept) = self.ties_now(place, &table, scene.state)?;
                    scene.state.retie(place, network, &kept);
                    done.retied.push((place, kept));
                    Some(slots)
                }
            };
            let written: Table = table.get("written")?;
            for (column, name) in scene.words.tie_columns.iter().enumerate() {
                let Some(buffer) = written.get::<Option<Buffer>>(name.as_str())? else { continue };
                let values = numbers_of(&buffer.to_vec());
                let target = scene.state.layers[place].column_mut(column);
                match &slots {
                    None => target.iter_mut().zip(&values).for_each(|(target, value)| *target = *value),
                    Some(slots) => {
                        let value = |&slot: &u32| values.get(slot as usize).copied().unwrap_or(0.0);
                        target.iter_mut().zip(slots).for_each(|(target, slot)| *target = value(slot));
                    }
                }
                written.set(name.as_str(), Value::Nil)?;
                if slots.is_none() {
                    table.get::<Table>("columns")?.set(name.as_str(), buffer)?;
                    self.layers[place].columns[column] = scene.state.layers[place].columns[column].clone();
                }
            }
        }
        Ok(())
    }

    /// The ties of a layer after cuts and new ties; for each its place in the loop and the tie it was before.
    fn ties_now(
        &self,
        place: usize,
        table: &Table,
        state: &State,
    ) -> mlua::Result<(Network, Vec<u32>, Vec<Option<u32>>)> {
        let network = &state.layers[place].network;
        let sources: Vec<u32> = words_of(&table.get::<Buffer>("sources")?.to_vec());
        let (more, fresh): (Vec<u32>, Vec<u32>) = self.entry("new_ties")?.call(place + 1)?;
        let mut ties: Vec<(u32, u32, u32)> = Vec::with_capacity(sources.len() + more.len() / 3);
        for hearer in 0..network.agents() {
            let live = network.row(hearer).filter(|&slot| sources[slot] != 0);
            ties.extend(live.map(|slot| (hearer as u32, sources[slot] - 1, slot as u32)));
        }
        ties.extend(more.chunks_exact(3).map(|tie| (tie[0] - 1, tie[1] - 1, tie[2])));
        ties.sort_unstable();
        let mut is_fresh = vec![false; sources.len()];
        fresh.iter().filter(|&&slot| (slot as usize) < sources.len()).for_each(|&slot| is_fresh[slot as usize] = true);
        let kept = |slot: u32| is_fresh.get(slot as usize).is_some_and(|fresh| !fresh).then_some(slot);
        let pairs = ties.iter().map(|&(hearer, source, _)| (source, hearer));
        let (network, _) = Network::from_ties(network.agents(), pairs, table.get("mutual")?);
        debug_assert_eq!(network.ties(), ties.len(), "the loop keeps ties single and mutual layers mutual");
        let slots: Vec<u32> = ties.iter().map(|&(_, _, slot)| slot).collect();
        let kept = slots.iter().map(|&slot| kept(slot)).collect();
        Ok((network, slots, kept))
    }
}
