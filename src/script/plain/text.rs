//! The loop that runs inside the VM, written out for the columns of one world.

use mlua::chunk::Compiler;
use mlua::{Function, Lua, Table};

use super::TOOLS_KEY;

/// The text of the loop, with lines that stand for every column.
const LOOP: &str = include_str!("rules.luau");

/// The loop for these columns and lists.
pub(super) fn text(columns: &[String], agent_columns: usize, lists: &[&str]) -> String {
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
pub(super) fn compiled(lua: &Lua, text: &str) -> mlua::Result<Function> {
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
