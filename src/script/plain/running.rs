//! Plain rules at work on one run: the loop inside the VM, and the buffers between it and the state.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::chunk::Compiler;
use mlua::{Buffer, Function, Lua, Table, Value};

use super::super::captured::described;
use super::{REPLACED, TOOLS_KEY};
use crate::contagion::select::part_of;
use crate::contagion::state::in_step;
use crate::contagion::world::{Initial, PlainKind, PlainRule, Setup};
use crate::contagion::{Selection, State, Vocabulary};
use crate::engine::{Done, Scene};
use crate::formula::{Mistake, Moment, Numbering};
use crate::network::Network;
use crate::rng::{Draws, Key, Purpose, Source};

/// The text of the loop, with lines that stand for every column.
const LOOP: &str = include_str!("rules.luau");
/// Draws of a row that lie next to those of the next row; more of them are drawn apart. As in the loop.
const NEAR: u64 = 4;
const NEAR_ROWS: usize = 256;
/// Draws taken at once where a row needs more. As in the loop.
const FAR: usize = 32;
/// Marks a tie that was cut.
const NONE: u32 = u32::MAX;

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

/// Where the draws of the rule at work come from.
struct Drawn {
    near: Draws,
    far: Key,
    now: u32,
}

/// What messages and questions need to know.
struct Words {
    words: Vocabulary,
    kinds: Vec<std::ops::Range<u32>>,
    lists: Vec<List>,
}

struct List {
    name: String,
    /// Who has it.
    whose: Vec<std::ops::Range<u32>>,
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
        let values: Vec<Buffer> = names.iter().map(|_| buffer(8 * n)).collect::<mlua::Result<_>>()?;
        let next: Vec<Buffer> = names.iter().map(|_| buffer(8 * n)).collect::<mlua::Result<_>>()?;
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
        Ok(Running { lua: lua.clone(), entries, status, columns, layers, numbering, draws, words })
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
                let mut selection =
                    Selection { words: scene.words, state: scene.state, numbering: &mut self.numbering, moment, part };
                let mut chosen = selection.agents(who).map_err(Wrong::World)?;
                let entry = if *one_by_one { "each_in_turn" } else { "each_together" };
                if *one_by_one {
                    source.key(Purpose::Order, part).stream(moment.now.into()).shuffle(&mut chosen);
                }
                let whom = self.lua.create_buffer(bytes_of(&chosen))?;
                self.entry(entry)?.call::<()>((function, whom, chosen.len(), moment.now))?;
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
            column.values.write_bytes(0, &bytes);
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
            table.set("sources", self.lua.create_buffer(bytes_of(layer.sources()))?)?;
            let hears = |agent: &u32| offsets[*agent as usize + 1] > offsets[*agent as usize];
            let audience: Vec<u32> = (0..layer.network.agents() as u32).filter(hears).collect();
            table.set("audience", self.lua.create_buffer(bytes_of(&audience))?)?;
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
            let values: Vec<f64> = numbers_of(&column.values.to_vec());
            let Some(slot) = place.checked_sub(agent_columns) else {
                state.agent_columns[place] = Arc::new(values);
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
            let live = network.row(hearer).filter(|&slot| sources[slot] != NONE);
            ties.extend(live.map(|slot| (hearer as u32, sources[slot], slot as u32)));
        }
        ties.extend(more.chunks_exact(3).map(|tie| (tie[0], tie[1], tie[2])));
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

/// The loop for these columns and lists.
fn text(columns: &[String], agent_columns: usize, lists: &[&str]) -> String {
    let mut text = String::with_capacity(2 * LOOP.len());
    for line in LOOP.lines() {
        if let Some(line) = line.strip_suffix("-- per column") {
            for (place, name) in columns.iter().enumerate() {
                let wrong = match place < agent_columns {
                    true => "type(value) ~= \"number\" or value ~= value",
                    false => "value ~= 0 and value ~= 1",
                };
                let line = line.replace("WRONG", wrong).replace("NUMBER", &(place + 1).to_string());
                text += &line.replace("NAME", &format!("{name:?}"));
                text.push('\n');
            }
        } else if let Some(line) = line.strip_suffix("-- per list") {
            for (place, name) in lists.iter().enumerate() {
                text += &line.replace("NUMBER", &(place + 1).to_string()).replace("NAME", &format!("{name:?}"));
                text.push('\n');
            }
        } else {
            text += line;
            text.push('\n');
        }
    }
    text
}

/// Compiled once for all runs of worlds with the same columns.
fn compiled(lua: &Lua, text: &str) -> mlua::Result<Function> {
    const KEY: &str = "uptake loops";
    let known: Table = match lua.named_registry_value::<Option<Table>>(KEY)? {
        Some(known) => known,
        None => {
            let known = lua.create_table()?;
            lua.set_named_registry_value(KEY, &known)?;
            known
        }
    };
    if let Some(function) = known.get::<Option<Function>>(text)? {
        return Ok(function);
    }
    let function = lua
        .load(text)
        .set_name("=rules")
        .set_environment(lua.named_registry_value(TOOLS_KEY)?)
        .set_compiler(Compiler::new().set_optimization_level(2).set_debug_level(1))
        .into_function()?;
    known.set(text, &function)?;
    Ok(function)
}

fn lists_of(scene: &Scene<'_>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    each_list(scene, |range, name, _, _| match lists.iter_mut().find(|list| list.name == name) {
        Some(list) => list.whose.push(range),
        None => lists.push(List { name: name.to_string(), whose: vec![range] }),
    });
    lists
}

/// Calls `visit` with the agents, the name, the length and the first values of every declared list, and its kind.
fn each_list<'a>(scene: &Scene<'a>, mut visit: impl FnMut(std::ops::Range<u32>, &'a str, (&'a str, u32), &'a Initial)) {
    let kinds = scene.world.setup.iter().filter_map(|setup| match setup {
        Setup::Agents(agents) => Some(agents),
        _ => None,
    });
    for (agents, range) in kinds.zip(&scene.state.kinds) {
        for (name, initial) in &agents.columns {
            if let Initial::List { length, first } = initial {
                visit(range.clone(), name, (&agents.kind, *length), first);
            }
        }
    }
}

fn fill_lists(lua: &Lua, entries: &Table, scene: &Scene<'_>, source: Source) -> mlua::Result<()> {
    let give: Function = entries.get("give_list")?;
    let mut given = Ok(());
    each_list(scene, |range, name, (kind, length), first| {
        let rows = length as usize * range.len();
        let values: Vec<f64> = match first {
            Initial::Draw(law) => {
                law.column(source.key(Purpose::AgentColumn, part_of(&format!("{kind}.{name}"))), rows)
            }
            Initial::Formula(formula) => vec![formula.constant().unwrap_or(0.0); rows],
            _ => vec![0.0; rows],
        };
        let gave = lua
            .create_buffer(bytes_of(&values))
            .and_then(|values| give.call::<()>((name, range.start, length, values)));
        if given.is_ok() {
            given = gave;
        }
    });
    given
}

/// What the loop asks for: draws, and words for messages.
fn questions(
    lua: &Lua,
    words: &Rc<Words>,
    draws: &Rc<RefCell<Option<Drawn>>>,
    near: &Buffer,
    far: &Buffer,
) -> mlua::Result<Table> {
    let api = lua.create_table()?;
    let (drawn, buffer) = (draws.clone(), near.clone());
    let fill_near = move |_: &Lua, (row, count): (u32, u32)| {
        if let Some(drawn) = drawn.borrow_mut().as_mut() {
            let rows = u64::from(row) * NEAR..u64::from(row + count) * NEAR;
            let units: Vec<f64> = rows.map(|row| drawn.near.unit(row)).collect();
            buffer.write_bytes(0, &bytes_of(&units));
        }
        Ok(())
    };
    api.set("near", lua.create_function(fill_near)?)?;
    let (drawn, buffer) = (draws.clone(), far.clone());
    let fill_far = move |_: &Lua, (row, block): (u32, u32)| {
        if let Some(drawn) = drawn.borrow().as_ref() {
            let mut draws = drawn.far.draws(u64::from(drawn.now) << 32 | u64::from(row));
            let first = u64::from(block) * FAR as u64;
            let units: Vec<f64> = (first..first + FAR as u64).map(|row| draws.unit(row)).collect();
            buffer.write_bytes(0, &bytes_of(&units));
        }
        Ok(())
    };
    api.set("far", lua.create_function(fill_far)?)?;
    api.set("described", lua.create_function(|_, value: Value| Ok(described(&value)))?)?;
    let wrong_count =
        |_: &Lua, value: Value| Ok(format!("draw(n): expected a whole number, at least 1, got {}", described(&value)));
    api.set("wrong_count", lua.create_function(wrong_count)?)?;
    let about = words.clone();
    let unknown = move |_: &Lua, key: Value| Ok(about.unknown_column(&key));
    api.set("unknown_column", lua.create_function(unknown)?)?;
    let about = words.clone();
    let unknown = move |_: &Lua, key: Value| {
        let known: Vec<&str> = about.words.tie_columns.iter().map(String::as_str).collect();
        Ok(Mistake::unknown(0, "column of ties", &key.to_string()?, &known).message)
    };
    api.set("unknown_tie_column", lua.create_function(unknown)?)?;
    let about = words.clone();
    let unknown = move |_: &Lua, name: Value| {
        let known: Vec<&str> = about.words.layers.iter().map(String::as_str).collect();
        Ok(match &name {
            Value::String(name) => Mistake::unknown(0, "layer", &name.to_string_lossy(), &known).message,
            other => format!("expected a layer in quotes ({}), got {}", known.join(", "), described(other)),
        })
    };
    api.set("unknown_layer", lua.create_function(unknown)?)?;
    let about = words.clone();
    let wrong =
        move |_: &Lua, (view, name, value): (String, String, Value)| Ok(about.wrong_value(&view, &name, &value));
    api.set("wrong_value", lua.create_function(wrong)?)?;
    let foreign = |_: &Lua, (agent, name): (u32, String)| {
        Ok(format!(
            "{name} of agent {agent} was written by another: all act at once here, so each writes to itself only; \
            with {{ order = \"random\" }} they act one after another and may write to others"
        ))
    };
    api.set("foreign", lua.create_function(foreign)?)?;
    let about = words.clone();
    let has_list = move |_: &Lua, (list, agent): (usize, u32)| {
        Ok(about.lists[list - 1].whose.iter().any(|range| range.contains(&(agent - 1))))
    };
    api.set("has_list", lua.create_function(has_list)?)?;
    let about = words.clone();
    api.set("is", lua.create_function(move |_, (agent, name): (u32, Value)| about.is(agent, &name))?)?;
    let about = words.clone();
    api.set("members", lua.create_function(move |_, name: Value| about.members(&name))?)?;
    Ok(api)
}

impl Words {
    fn unknown_column(&self, key: &Value) -> String {
        let Value::String(name) = key else {
            return format!("agents have columns with names, not {}", described(key));
        };
        let name = name.to_string_lossy();
        let stages: Vec<String> = (0..self.words.slots()).map(|slot| self.words.slot_name(slot)).collect();
        let mut known: Vec<&str> = self.words.agent_columns.iter().map(String::as_str).collect();
        known.extend(stages.iter().map(String::as_str));
        if known.contains(&name.as_str()) {
            return format!("me.{name} was set to nothing (nil); a column holds a number");
        }
        if let Some(list) = self.lists.iter().find(|list| list.name == name) {
            let whose = self.words.kinds.iter().zip(&self.kinds).filter(|(_, range)| list.whose.contains(range));
            let whose: Vec<&str> = whose.map(|(kind, _)| kind.as_str()).collect();
            return format!("the list {name} belongs to agents of kind {} only", whose.join(", "));
        }
        if self.words.kinds.contains(&name) || self.words.individuals.iter().any(|(known, _)| *known == name) {
            return format!("\"{name}\" is no column: me:is(\"{name}\") says whether it is one");
        }
        known.extend(self.lists.iter().map(|list| list.name.as_str()));
        known.extend(["hears", "degree", "number", "is"]);
        Mistake::unknown(0, "column of agents", &name, &known).message
    }

    fn wrong_value(&self, view: &str, name: &str, value: &Value) -> String {
        let is_list = self.lists.iter().any(|list| list.name == name);
        let is_stage = (0..self.words.slots()).any(|slot| self.words.slot_name(slot) == name);
        match value {
            Value::Number(number) if number.is_nan() => {
                format!("{view}.{name} became NaN (0/0, or the root or logarithm of a negative number)")
            }
            value if is_list => format!("{view}.{name}: expected a list, got {}", described(value)),
            value if is_stage => format!("{view}.{name} is a stage: expected 0 or 1, got {}", described(value)),
            value => format!("{view}.{name}: expected a number, got {}", described(value)),
        }
    }

    fn is(&self, agent: u32, name: &Value) -> mlua::Result<bool> {
        let wanted = match name {
            Value::String(name) => name.to_string_lossy(),
            other => return Err(wrong(format!("is: expected the name of a kind, got {}", described(other)))),
        };
        if let Some(kind) = self.words.kinds.iter().position(|kind| *kind == wanted) {
            return Ok(self.kinds[kind].contains(&agent));
        }
        if let Some((_, number)) = self.words.individuals.iter().find(|(name, _)| *name == wanted) {
            return Ok(*number == agent);
        }
        let mut known: Vec<&str> = self.words.kinds.iter().map(String::as_str).collect();
        known.extend(self.words.individuals.iter().map(|(name, _)| name.as_str()));
        Err(wrong(Mistake::unknown(0, "kind of agents", &wanted, &known).message))
    }

    /// The first and the last agent of a kind, from 1; of the population if not said.
    fn members(&self, name: &Value) -> mlua::Result<(u32, u32)> {
        let range = match name {
            Value::Nil => self.kinds.first().cloned().unwrap_or(0..0),
            Value::String(name) if *name == "all" => 0..self.kinds.last().map_or(0, |kind| kind.end),
            Value::String(name) => {
                let name = name.to_string_lossy();
                let known: Vec<&str> = self.words.kinds.iter().map(String::as_str).collect();
                let place = known.iter().position(|kind| *kind == name);
                let unknown = || wrong(Mistake::unknown(0, "kind of agents", &name, &known).message);
                self.kinds[place.ok_or_else(unknown)?].clone()
            }
            other => return Err(wrong(format!("everyone: expected the name of a kind, got {}", described(other)))),
        };
        Ok((range.start + 1, range.end))
    }
}

fn wrong(message: String) -> mlua::Error {
    mlua::Error::external(Mistake::new(0, message))
}

/// Numbers as the VM's buffers hold them.
trait Bytes: Copy {
    fn put(self, into: &mut Vec<u8>);
}

impl Bytes for f64 {
    fn put(self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.to_le_bytes());
    }
}

impl Bytes for u32 {
    fn put(self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.to_le_bytes());
    }
}

fn bytes_of<T: Bytes>(values: &[T]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size_of_val(values));
    values.iter().for_each(|value| value.put(&mut bytes));
    bytes
}

fn numbers_of(bytes: &[u8]) -> Vec<f64> {
    bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect()
}

fn words_of(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

fn u32_at(buffer: &Buffer, offset: usize) -> u32 {
    u32::from_le_bytes(buffer.read_bytes(offset))
}
