//! `r:crossings { phi = .18 }`: where a sweep with `refine` found its measure to cross the level.

use mlua::{Lua, Table, Value};

use super::captured::described;
use super::results::{Runs, filtered, is_same, note};
use super::session::fail;
use super::values::known_only;
use crate::design::{Crossing, Design, Level};
use crate::formula::Mistake;
use crate::table::{are, counted};

/// The crossings that match a filter, ascending, each a table with the values of the parameters.
pub(super) fn crossings(lua: &Lua, runs: &Runs, filter: Value) -> mlua::Result<Table> {
    let wrong = |message: String| fail(lua, format!("r:crossings: {message}"));
    let Some((design, traced)) = &runs.traced else {
        return Err(wrong("this sweep follows no transition; write refine { ... } into it".into()));
    };
    let filter = match &filter {
        Value::Nil => Vec::new(),
        Value::Table(filter) => filtered(lua, "r:crossings", filter)?,
        other => {
            let got = described(other);
            return Err(wrong(format!("expected the values of other parameters, such as {{ k = 4 }}, got {got}")));
        }
    };
    let mut words: Vec<String> = Vec::new();
    for (name, level) in &filter {
        check(design, name, level).map_err(wrong)?;
        words.push(format!("{name} = {}", level.written()));
    }
    let words =
        if words.is_empty() { "r:crossings{}".into() } else { format!("r:crossings{{ {} }}", words.join(", ")) };

    let level_of = |crossing: &Crossing, name: &str| {
        let place = design.parameters.iter().position(|parameter| parameter == name);
        crossing.levels[place.expect("it was checked")].clone()
    };
    let matches = |crossing: &&Crossing| filter.iter().all(|(name, level)| is_at(&level_of(crossing, name), level));
    let mut found: Vec<&Crossing> = traced.crossings().into_iter().filter(matches).collect();
    let refined: Vec<&str> = refined(design).collect();
    let at = |crossing: &Crossing| -> Vec<f64> {
        refined.iter().filter_map(|name| level_of(crossing, name).number()).collect()
    };
    found.sort_by(|one, other| at(one).partial_cmp(&at(other)).expect("a crossing has numbers"));

    let list = lua.create_table()?;
    for (place, crossing) in found.iter().enumerate() {
        let point = lua.create_table()?;
        for (name, level) in design.parameters.iter().zip(&crossing.levels) {
            match level {
                Level::Flag(flag) => point.raw_set(name.as_str(), *flag)?,
                Level::Number(number) => point.raw_set(name.as_str(), *number)?,
                Level::Text(text) => point.raw_set(name.as_str(), text.as_str())?,
            }
        }
        known_only(lua, &point, "parameter")?;
        list.raw_set(place + 1, point)?;
    }
    tell(lua, &words, &refined, &found.iter().map(|crossing| at(crossing)).collect::<Vec<_>>());
    let behind = lua.create_table()?;
    let many = found.len();
    let missing = move |lua: &Lua, (_, key): (Value, Value)| -> mlua::Result<()> {
        let there = format!("there {} {}", are(many), counted(many, "crossing"));
        Err(fail(
            lua,
            match &key {
                Value::String(name) => {
                    let name = name.to_string_lossy();
                    format!("{words} is a list of crossings: {words}[1].{name} is of the first; {there}")
                }
                other => format!("{words}[{}]: {there}", other.to_string()?),
            },
        ))
    };
    behind.set("__index", lua.create_function(missing)?)?;
    list.set_metatable(Some(behind))?;
    Ok(list)
}

/// Notes for the next claim where the level is crossed; a line through two parameters only by the number of its points.
fn tell(lua: &Lua, words: &str, refined: &[&str], found: &[Vec<f64>]) {
    match refined {
        [name] if !found.is_empty() => {
            for (place, at) in (1..).zip(found) {
                note(lua, format!("{words}[{place}].{name}"), at[0]);
            }
        }
        _ => note(lua, format!("#{words}"), found.len() as f64),
    }
}

/// Whether a filter may ask for this value of this parameter.
fn check(design: &Design, name: &str, level: &Level) -> Result<(), String> {
    if refined(design).any(|refined| refined == name) {
        return Err(format!("{name} is refined: its value is what a crossing tells"));
    }
    let Some(place) = design.parameters.iter().position(|parameter| parameter == name) else {
        let known: Vec<&str> = design.parameters.iter().map(String::as_str).collect();
        return Err(Mistake::unknown(0, "parameter", name, &known).message);
    };
    let mut there: Vec<String> = Vec::new();
    for known in design.cells.iter().map(|cell| &cell.levels[place]) {
        if is_at(known, level) {
            return Ok(());
        }
        let text = known.written();
        if !there.contains(&text) {
            there.push(text);
        }
    }
    Err(format!("{name} is never {}; it is {}", level.written(), there.join(", ")))
}

fn refined(design: &Design) -> impl Iterator<Item = &str> {
    design.refine.iter().flat_map(|refine| refine.within.iter().map(|(name, _)| name.as_str()))
}

fn is_at(known: &Level, wanted: &Level) -> bool {
    match (known, wanted) {
        (Level::Number(known), Level::Number(wanted)) => is_same(*known, *wanted),
        _ => known == wanted,
    }
}
