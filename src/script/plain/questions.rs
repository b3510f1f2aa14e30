//! What the loop asks for while a function runs: draws, and words for messages.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Buffer, Lua, Table, Value};

use super::super::captured::described;
use super::bytes::bytes_of;
use super::lists::List;
use crate::contagion::Vocabulary;
use crate::formula::Mistake;
use crate::rng::{Draws, Key};

/// Draws of a row that lie next to those of the next row; more of them are drawn apart. As in the loop.
pub(super) const NEAR: u64 = 4;
pub(super) const NEAR_ROWS: usize = 256;
/// Draws taken at once where a row needs more. As in the loop.
pub(super) const FAR: usize = 32;

/// Where the draws of the rule at work come from.
pub(super) struct Drawn {
    pub near: Draws,
    pub far: Key,
    pub now: u32,
}

/// What messages and questions need to know.
pub(super) struct Words {
    pub words: Vocabulary,
    pub kinds: Vec<std::ops::Range<u32>>,
    pub lists: Vec<List>,
}

/// What the loop asks for: draws, and words for messages.
pub(super) fn questions(
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
