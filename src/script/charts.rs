//! What a study draws: its charts, and what `chart { ... }` says beside a formula, notes in the picture and theories over it.

use mlua::{Lua, Table, UserData, UserDataMethods, Value};

use super::captured::{described, teach};
use super::fields::Fields;
use super::session::{Session, fail, fail_at, here};
use super::vm::keys_in_order;
use crate::experiment::{Annotation, Figure, Overlay, OverlayInput};

/// `chart { ... }`.
pub(super) struct Charted(Figure);

impl UserData for Charted {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "a chart is no number: write it into charts = { ... }".into());
    }
}

pub(super) fn figures(lua: &Lua, fields: &Fields, list: &Value) -> mlua::Result<Vec<Figure>> {
    let Value::Table(table) = list else {
        return Err(fields.refuse("charts", format!("expected a list of chart formulas, got {}", described(list))));
    };
    let mut figures = Vec::new();
    for key in keys_in_order(lua, table)? {
        let value: Value = table.raw_get(key.clone())?;
        figures.push(match &value {
            _ if matches!(key, Value::String(_)) => {
                return Err(fields
                    .refuse("charts", format!("expected a list of chart formulas, got a field \"{}\"", text(&key))));
            }
            Value::String(formula) => {
                let formula = formula.to_string_lossy();
                let line = Session::of(lua).source.text_line(&formula).unwrap_or(fields.line_of("charts"));
                Figure { line, ..figure(&formula).map_err(|message| fail_at(line, format!("charts: {message}")))? }
            }
            Value::UserData(data) if data.is::<Charted>() => data.borrow::<Charted>()?.0.clone(),
            other => {
                let message = format!(
                    "expected a formula such as \"adopted ~ rewire\" or chart {{...}}, got {}",
                    described(other)
                );
                return Err(fields.refuse("charts", message));
            }
        });
    }
    Ok(figures)
}

/// A chart's formula; what its names stand for is known to the chart only.
pub(super) fn figure(formula: &str) -> Result<Figure, String> {
    // What is drawn against numbers of its own needs no parameter.
    if ["ccdf(", "response("].iter().any(|alone| formula.trim_start().starts_with(alone)) {
        return Ok(Figure { formula: formula.into(), ..Figure::default() });
    }
    match formula.split_once('~') {
        Some((y, x)) if !y.trim().is_empty() && !x.trim().is_empty() => {
            Ok(Figure { formula: formula.into(), ..Figure::default() })
        }
        _ => Err(format!(
            "\"{formula}\" is no chart: write \"measure ~ parameter\", such as \"adopted ~ rewire | needs / slip\""
        )),
    }
}

pub(super) fn chart(lua: &Lua, table: Value) -> mlua::Result<Charted> {
    let Value::Table(table) = table else {
        return Err(fail(
            lua,
            format!("chart: expected chart {{ \"adopted ~ rewire\", ... }}, got {}", described(&table)),
        ));
    };
    // The formula stands without a name, so the rest is copied into a table of fields.
    let rest = lua.create_table()?;
    let mut formula = None;
    for key in keys_in_order(lua, &table)? {
        let value: Value = table.raw_get(key.clone())?;
        match (&key, &value) {
            (Value::Number(1.0), Value::String(text)) => formula = Some(text.to_string_lossy()),
            _ => rest.raw_set(key, value)?,
        }
    }
    let formula =
        formula.ok_or_else(|| fail(lua, "chart: the formula is missing: chart { \"adopted ~ rewire\", ... }"))?;
    let fields = Fields::of(lua, "chart", &Value::Table(rest))?;
    let owned = |choice: Option<&'static str>| choice.map(str::to_string);
    let figure = Figure {
        title: fields.text_if("title")?,
        log: owned(fields.choice_if("log")?),
        width: owned(fields.choice_if("width")?),
        x: fields.text_if("x")?,
        y: fields.text_if("y")?,
        palette: owned(fields.choice_if("palette")?),
        level: fields.number_if("level")?,
        notes: notes(lua, &fields)?,
        theories: theories(lua, &fields)?,
        line: here(lua),
        ..figure(&formula).map_err(|message| fail(lua, format!("chart: {message}")))?
    };
    fields.finish();
    Ok(Charted(figure))
}

/// `notes = { {"critical", x = .25, y = .8}, {x = .25} }`.
pub(super) fn notes(lua: &Lua, fields: &Fields) -> mlua::Result<Vec<Annotation>> {
    let Some(value) = fields.given("notes")? else { return Ok(Vec::new()) };
    let wrong = |value: &Value| {
        let message =
            format!("expected a list such as {{ {{\"critical\", x = .25, y = .8}} }}, got {}", described(value));
        fields.refuse("notes", message)
    };
    let Value::Table(list) = &value else { return Err(wrong(&value)) };
    let mut notes = Vec::new();
    for key in keys_in_order(lua, list)? {
        let (Value::Number(_), Value::Table(entry)) = (&key, list.raw_get::<Value>(key.clone())?) else {
            return Err(wrong(&list.raw_get::<Value>(key)?));
        };
        let mut note = Annotation::default();
        for name in keys_in_order(lua, &entry)? {
            let value: Value = entry.raw_get(name.clone())?;
            match (&name, number(&value)) {
                (Value::Number(1.0), None) if matches!(value, Value::String(_)) => note.text = text(&value),
                (Value::String(axis), Some(number)) if axis.to_string_lossy() == "x" => note.x = Some(number),
                (Value::String(axis), Some(number)) if axis.to_string_lossy() == "y" => note.y = Some(number),
                _ => {
                    let message =
                        format!("a note holds a text, x and y (numbers), got {} = {}", text(&name), described(&value));
                    return Err(fields.refuse("notes", message));
                }
            }
        }
        if note.x.is_none() && note.y.is_none() {
            return Err(fields.refuse("notes", "a note needs x, y or both, to know its place"));
        }
        notes.push(note);
    }
    Ok(notes)
}

/// `theory = "watts"`, `theory = { "watts", phi = .18, z = "k" }`, or a list of those.
pub(super) fn theories(lua: &Lua, fields: &Fields) -> mlua::Result<Vec<Overlay>> {
    let named = |value: &Value| Overlay { theory: text(value), inputs: Vec::new() };
    match fields.given("theory")? {
        None => Ok(Vec::new()),
        Some(name @ Value::String(_)) => Ok(vec![named(&name)]),
        Some(Value::Table(table)) => {
            let keys = keys_in_order(lua, &table)?;
            if keys.iter().any(|key| matches!(key, Value::String(_))) {
                return Ok(vec![theory(lua, fields, &table)?]);
            }
            let mut list = Vec::new();
            for key in keys {
                list.push(match table.raw_get::<Value>(key)? {
                    name @ Value::String(_) => named(&name),
                    Value::Table(one) => theory(lua, fields, &one)?,
                    other => return Err(wrong(fields, &other)),
                });
            }
            Ok(list)
        }
        Some(other) => Err(wrong(fields, &other)),
    }
}

fn wrong(fields: &Fields, value: &Value) -> mlua::Error {
    let message = format!(
        "expected a name such as \"watts\", {{ \"watts\", phi = .18, z = \"k\" }}, or a list of those, got {}",
        described(value)
    );
    fields.refuse("theory", message)
}

fn theory(lua: &Lua, fields: &Fields, table: &Table) -> mlua::Result<Overlay> {
    let name: Value = table.raw_get(1)?;
    if !matches!(name, Value::String(_)) {
        return Err(wrong(fields, &name));
    }
    let mut inputs = Vec::new();
    for key in keys_in_order(lua, table)? {
        let value: Value = table.raw_get(key.clone())?;
        if matches!(key, Value::Number(1.0)) {
            continue;
        }
        let refused = |value: &Value| {
            let message = format!(
                "{}: expected a number, the name of a parameter, or a number for each of its levels, as in \
                 {{ from = {{ anybody = 1, hubs = .1 }} }}, got {}",
                text(&key),
                described(value)
            );
            fields.refuse("theory", message)
        };
        let input = match &value {
            Value::String(_) => OverlayInput::Word(text(&value)),
            Value::Table(table) => levels(lua, table)?.ok_or_else(|| refused(&value))?,
            other => OverlayInput::Number(number(other).ok_or_else(|| refused(other))?),
        };
        inputs.push((text(&key), input));
    }
    Ok(Overlay { theory: text(&name), inputs })
}

/// `{ from = { anybody = 1, hubs = .1 } }`.
fn levels(lua: &Lua, table: &Table) -> mlua::Result<Option<OverlayInput>> {
    let keys = keys_in_order(lua, table)?;
    let [parameter @ Value::String(_)] = &keys[..] else { return Ok(None) };
    let Value::Table(levels) = table.raw_get::<Value>(parameter.clone())? else { return Ok(None) };
    let mut numbers = Vec::new();
    for level in keys_in_order(lua, &levels)? {
        let Some(value) = number(&levels.raw_get(level.clone())?) else { return Ok(None) };
        numbers.push((text(&level), value));
    }
    Ok(Some(OverlayInput::Levels(text(parameter), numbers)))
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// A name or a level as tables write it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string_lossy(),
        other => number(other).map_or_else(|| described(other), crate::table::written),
    }
}
