//! `checks = function(r) ... end`: what a study claims, told over the table of its runs.
//!
//! `r { k = 4 }.adopted` is the median over the finished runs with k = 4. A time that was never reached (`t50`,
//! `thalf`) counts as infinitely late; any other measure that a run has no value of leaves that run out, with a
//! warning. Every claim keeps the numbers that were read for it.

use std::rc::Rc;

use mlua::{Lua, MetaMethod, Table as LuaTable, UserData, UserDataFields, UserDataMethods, Value};

use super::captured::{described, teach};
use super::given::taking;
use super::session::{Phase, Session, fail, here};
use super::vm::keys_in_order;
use super::{Check, Told, crossings, paired};
use crate::design::{Design, Level, Refine, Traced};
use crate::experiment::Study;
use crate::formula::Mistake;
use crate::stats;
use crate::table::{Table, Values};

/// All finished runs: what `checks` is given as `r`.
pub(super) struct Runs {
    pub(super) table: Rc<Table>,
    pub(super) parameters: Vec<String>,
    /// The rows of finished runs.
    pub(super) rows: Vec<usize>,
    /// Whether every cell draws for itself.
    pub(super) independent: bool,
    /// The transition that the sweep follows, when it does.
    pub(super) traced: Option<(Design, Traced)>,
}

/// The runs that match a filter.
pub(super) struct Matching {
    table: Rc<Table>,
    pub(super) rows: Vec<usize>,
    /// The filter as written.
    pub(super) words: String,
}

impl Runs {
    pub(super) fn new(table: &Table, study: &Study) -> Runs {
        let design = &study.design;
        let trace = |refine: &Refine| (design.clone(), refine.trace_runs(design, table));
        let done = |row: &usize| match table.column("status") {
            Some(Values::Text(status)) => &*status[*row] == "done",
            _ => true,
        };
        Runs {
            table: Rc::new(table.clone()),
            parameters: design.parameters.clone(),
            rows: (0..table.rows()).filter(done).collect(),
            independent: study.independent,
            traced: design.refine.as_ref().map(trace),
        }
    }

    /// The column of a measure; `words` are those of whoever asks.
    pub(super) fn measure(&self, lua: &Lua, words: &str, name: &str) -> mlua::Result<&[f64]> {
        measure(&self.table, lua, words, name)
    }

    pub(super) fn matching(&self, lua: &Lua, filter: &LuaTable) -> mlua::Result<Matching> {
        let mut rows = self.rows.clone();
        let mut words = Vec::new();
        for (name, level) in filtered(lua, "r", filter)? {
            if !self.parameters.contains(&name) && name != "replicate" {
                let known: Vec<&str> = self.parameters.iter().map(String::as_str).chain(["replicate"]).collect();
                return Err(fail(
                    lua,
                    format!("r{{...}}: {}", Mistake::unknown(0, "parameter", &name, &known).message),
                ));
            }
            words.push(format!("{name} = {}", level.written()));
            let column =
                self.table.column(&name).ok_or_else(|| fail(lua, format!("the runs have no column {name}")))?;
            rows.retain(|row| is_at(column, *row, &level));
            if rows.is_empty() {
                let mut there: Vec<String> = Vec::new();
                for row in &self.rows {
                    let text = column.written(*row);
                    if !there.contains(&text) {
                        there.push(text);
                    }
                }
                let there = if there.is_empty() {
                    "no run has finished".into()
                } else {
                    format!("{name} is {}", there.join(", "))
                };
                return Err(fail(lua, format!("r{{ {} }}: no finished run matches; {there}", words.join(", "))));
            }
        }
        if rows.is_empty() {
            return Err(fail(lua, "r{...}: no run has finished"));
        }
        let words = if words.is_empty() { "r{}".into() } else { format!("r{{ {} }}", words.join(", ")) };
        Ok(Matching { table: self.table.clone(), rows, words })
    }
}

/// The names and values of a filter such as `{ k = 4 }`, which stands behind `words`.
pub(super) fn filtered(lua: &Lua, words: &str, filter: &LuaTable) -> mlua::Result<Vec<(String, Level)>> {
    let mut named = Vec::new();
    for key in keys_in_order(lua, filter)? {
        let wanted: Value = filter.raw_get(key.clone())?;
        let Value::String(name) = &key else {
            let message = format!("{words}{{...}}: {} has no name; write {words}{{ k = 4 }}", described(&wanted));
            return Err(fail(lua, message));
        };
        let name = name.to_string_lossy();
        let level = match &wanted {
            Value::Boolean(flag) => Level::Flag(*flag),
            Value::Integer(number) => Level::Number(*number as f64),
            Value::Number(number) => Level::Number(*number),
            Value::String(text) => Level::Text(text.to_string_lossy()),
            other => {
                let message = format!("{words}{{...}}: {name}: expected a value, got {}", described(other));
                return Err(fail(lua, message));
            }
        };
        named.push((name, level));
    }
    Ok(named)
}

/// Whether two numbers are the same value of a parameter: within 1e-9 of their size.
pub(super) fn is_same(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

/// Whether a cell of the table is this level.
fn is_at(column: &Values, row: usize, level: &Level) -> bool {
    match (column, level) {
        (Values::Number(values), Level::Number(wanted)) => is_same(values[row], *wanted),
        (Values::Text(values), _) => *values[row] == *level.written(),
        (Values::Number(_), _) => false,
    }
}

fn measure<'a>(table: &'a Table, lua: &Lua, words: &str, name: &str) -> mlua::Result<&'a [f64]> {
    table.numbers(name).ok_or_else(|| {
        let known: Vec<&str> = table.names().into_iter().filter(|name| table.numbers(name).is_some()).collect();
        fail(lua, format!("{words}: {}", Mistake::unknown(0, "measure", name, &known).message))
    })
}

/// A time that was never reached is infinitely late; any other missing value stays missing.
pub(super) fn at_last(name: &str, value: f64) -> f64 {
    let is_time = name.ends_with(".t50") || name.ends_with(".thalf");
    if is_time && value.is_nan() { f64::INFINITY } else { value }
}

impl Matching {
    /// Hands a number to the script, and notes it for the next claim.
    fn tell(&self, lua: &Lua, of: impl std::fmt::Display, value: f64) -> f64 {
        note(lua, format!("{}{of}", self.words), value);
        value
    }

    /// The values of a measure in the matching runs, ascending.
    fn sorted(&self, lua: &Lua, name: &str) -> mlua::Result<Vec<f64>> {
        let column = measure(&self.table, lua, &self.words, name)?;
        let given = self.rows.iter().map(|row| at_last(name, column[*row]));
        let values: Vec<f64> = given.filter(|value| !value.is_nan()).collect();
        let missing = self.rows.len() - values.len();
        if values.is_empty() {
            return Err(fail(lua, format!("{}: no run has a value of {name}", self.words)));
        }
        if missing > 0 {
            let all = self.rows.len();
            let message = format!("{}: {missing} of {all} runs have no value of {name} and are left out", self.words);
            Session::of(lua).warn(here(lua), message);
        }
        Ok(stats::sorted(&values))
    }
}

/// Notes a number for the next claim; once, however often it is read.
pub(super) fn note(lua: &Lua, of: String, value: f64) {
    let session = Session::of(lua);
    let mut told = session.told.borrow_mut();
    if !told.iter().any(|told| told.of == of) {
        told.push(Told { of, value });
    }
}

impl UserData for Runs {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Call, |lua, runs, filter: Value| match filter {
            Value::Table(filter) => runs.matching(lua, &filter),
            other => Err(fail(lua, format!("r: expected r{{ k = 4 }}, got {}", described(&other)))),
        });
        methods.add_method("paired", paired::compare);
        methods.add_method("crossings", crossings::crossings);
        methods.add_meta_method(MetaMethod::Index, |lua, _, name: Value| -> mlua::Result<()> {
            let name = name.to_string()?;
            if let Some(meant) = crate::table::nearest(&name, ["paired", "crossings"]) {
                return Err(fail(lua, format!("r:{name} is not there, did you mean r:{meant}?")));
            }
            Err(fail(lua, format!("r.{name}: say of which runs: r{{}}.{name} for all, r{{ k = 4 }}.{name} for some")))
        });
    }
}

/// The measure that a method of a selection is asked for.
fn named(lua: &Lua, runs: &Matching, method: &str, name: &Value) -> mlua::Result<String> {
    match name {
        Value::String(name) => Ok(name.to_string_lossy()),
        other => {
            let message =
                format!("{}:{method}: expected the name of a measure in quotes, got {}", runs.words, described(other));
            Err(fail(lua, message))
        }
    }
}

fn number(lua: &Lua, call: &str, what: &str, value: &Value) -> mlua::Result<f64> {
    match value {
        Value::Integer(number) => Ok(*number as f64),
        Value::Number(number) => Ok(*number),
        other => Err(fail(lua, format!("{call}: expected {what}, got {}", described(other)))),
    }
}

impl UserData for Matching {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_meta_field(MetaMethod::Type, "runs");
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_method("q", |lua, runs, (name, q): (Value, Value)| {
            let name = named(lua, runs, "q", &name)?;
            let q = number(lua, &format!("q(\"{name}\", .9)"), "a quantile, 0 to 1", &q)?;
            if !(0.0..=1.0).contains(&q) {
                return Err(fail(lua, format!("q(\"{name}\", {q}): a quantile is 0 to 1")));
            }
            let value = stats::quantile(&runs.sorted(lua, &name)?, q);
            Ok(runs.tell(lua, format_args!(":q(\"{name}\", {q})"), value))
        });
        methods.add_method("mean", |lua, runs, name: Value| {
            let name = named(lua, runs, "mean", &name)?;
            let value = stats::mean(&runs.sorted(lua, &name)?);
            Ok(runs.tell(lua, format_args!(":mean(\"{name}\")"), value))
        });
        methods.add_method("share", |lua, runs, (name, above): (Value, Value)| {
            let name = named(lua, runs, "share", &name)?;
            let above = number(lua, &format!("share(\"{name}\", .1)"), "the value that runs are above", &above)?;
            let values = runs.sorted(lua, &name)?;
            let share = values.iter().filter(|value| **value > above).count() as f64 / values.len() as f64;
            Ok(runs.tell(lua, format_args!(":share(\"{name}\", {above})"), share))
        });
        methods.add_meta_method(MetaMethod::Index, |lua, runs, name: Value| match name {
            Value::String(name) => {
                let name = name.to_string_lossy();
                let median = stats::median(&runs.sorted(lua, &name)?);
                Ok(runs.tell(lua, format_args!(".{name}"), median))
            }
            other => {
                Err(fail(lua, format!("{}: expected the name of a measure, got {}", runs.words, described(&other))))
            }
        });
        teach(methods, |runs: &Matching| {
            format!("{} is a selection of runs: name a measure, such as {}.adopted", runs.words, runs.words)
        });
    }
}

pub(super) fn bind(lua: &Lua, globals: &LuaTable) -> mlua::Result<()> {
    globals.set("check", taking(lua, "check", check)?)
}

fn check(lua: &Lua, (text, holds): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    if session.phase.get() != Phase::Checks {
        return Err(fail(
            lua,
            "check belongs in checks = function(r) ... end: elsewhere there are no runs to speak of",
        ));
    }
    let Value::String(text) = &text else {
        return Err(fail(lua, format!("check: expected check(text, holds), got {} as the text", described(&text))));
    };
    let text = text.to_string_lossy();
    let Value::Boolean(passed) = holds else {
        return Err(fail(
            lua,
            format!("check \"{text}\": expected true or false, got {}; compare with <, > or ==", described(&holds)),
        ));
    };
    let told = session.told.take();
    session.checks.borrow_mut().push(Check { text, passed, told, line: here(lua) });
    Ok(())
}
