//! Reading a table of named fields as the vocabulary describes it: unknown fields, wrong kinds and values out of range
//! are refused in one way everywhere, and every field that the vocabulary names must have been read when reading ends.

use std::cell::RefCell;
use std::collections::BTreeSet;

use mlua::{Function, Lua, Table, Value};

use super::captured::{described, formula_of};
use super::session::{Session, fail, fail_at, here};
use super::values::who_of;
use super::vocabulary::{Field, Kind, Takes, Word, word};
use crate::contagion::world::Who;
use crate::formula::{Formula, Line};

/// The fields given to one word.
pub(super) struct Fields<'a> {
    lua: &'a Lua,
    table: Option<Table>,
    word: &'static Word,
    /// What messages begin with, such as `stage "adopted", route 2`.
    context: String,
    /// Where fields are searched for in the source: the word whose call holds the table, its line, which table it is.
    place: (&'a str, Line, Option<usize>),
    read: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The fields of `name` given by `table`; nothing given is an empty table.
    pub(super) fn of(lua: &'a Lua, name: &'static str, table: &Value) -> mlua::Result<Fields<'a>> {
        let call = name.rsplit('.').next().expect("a split has a last part");
        Self::within(lua, name, table, call.into(), (call, here(lua), None))
    }

    /// The same for a table inside of another word's call.
    pub(super) fn within(
        lua: &'a Lua,
        name: &'static str,
        table: &Value,
        context: String,
        place: (&'a str, Line, Option<usize>),
    ) -> mlua::Result<Fields<'a>> {
        let word = word(name).expect("the reader asks for words of the vocabulary only");
        let table = match table {
            Value::Nil => None,
            Value::Table(table) => Some(table.clone()),
            other => {
                let message =
                    format!("{context}: expected a table of fields, {}, got {}", word.signature, described(other));
                return Err(fail_at(place.1, message));
            }
        };
        let fields = Fields { lua, table, word, context, place, read: RefCell::default() };
        fields.check_names()?;
        Ok(fields)
    }

    fn check_names(&self) -> mlua::Result<()> {
        let Some(table) = &self.table else { return Ok(()) };
        // A chart's formula and a maker's own list stand without a name.
        for key in super::vm::keys_in_order(self.lua, table)? {
            let Value::String(name) = key else {
                let value: Value = table.raw_get(key)?;
                return Err(
                    self.wrong(None, format!("{} has no name; write {}", described(&value), self.word.signature))
                );
            };
            let name = name.to_string_lossy();
            if self.word.field(&name).is_none() {
                let known: Vec<&str> = self.word.fields.iter().map(|field| field.name).collect();
                let mut message = format!("unknown field \"{name}\"");
                let meant = crate::table::nearest(&name, known.iter().copied());
                if let Some(meant) = meant {
                    message += &format!(" (did you mean \"{meant}\"?)");
                }
                message += &match &known[..] {
                    [] => "; it takes no fields".to_string(),
                    known => format!("; allowed: {}", known.join(", ")),
                };
                if let Some(statement) = word(&name).filter(|word| meant.is_none() && word.kind == Kind::Statement) {
                    message += &format!("; {name} is a statement of its own: {}", statement.signature);
                }
                return Err(self.wrong(Some(&name), message));
            }
        }
        Ok(())
    }

    /// An error about a field, at the line where the field is written.
    fn wrong(&self, field: Option<&str>, message: String) -> mlua::Error {
        let (word, line, nth) = self.place;
        let source = &Session::of(self.lua).source;
        let line = field.and_then(|field| source.field_line(word, line, nth, field)).unwrap_or(line);
        fail_at(line, format!("{}: {message}", self.context))
    }

    /// An error about the value of a field.
    pub(super) fn refuse(&self, field: &str, message: impl std::fmt::Display) -> mlua::Error {
        self.wrong(Some(field), format!("{field}: {message}"))
    }

    pub(super) fn line_of(&self, field: &str) -> Line {
        let (word, line, nth) = self.place;
        Session::of(self.lua).source.field_line(word, line, nth, field).unwrap_or(line)
    }

    fn description(&self, name: &str) -> &'static Field {
        let field = self.word.field(name).expect("the reader asks for fields of the vocabulary only");
        self.read.borrow_mut().insert(field.name);
        field
    }

    /// The value as given; nothing when it is not.
    pub(super) fn given(&self, name: &str) -> mlua::Result<Option<Value>> {
        self.description(name);
        let value = match &self.table {
            Some(table) => table.raw_get(name)?,
            None => Value::Nil,
        };
        Ok(if value.is_nil() { None } else { Some(value) })
    }

    fn missing(&self, name: &str) -> mlua::Error {
        let field = self.description(name);
        self.wrong(None, format!("the field \"{name}\" is missing: {} ({})", field.meaning, field.takes))
    }

    fn default_number(&self, name: &str) -> mlua::Result<f64> {
        let default = self.description(name).default.ok_or_else(|| self.missing(name))?;
        Ok(default.parse().expect("the vocabulary gives a number as the default of this field"))
    }

    pub(super) fn number_if(&self, name: &str) -> mlua::Result<Option<f64>> {
        let Some(value) = self.given(name)? else { return Ok(None) };
        let field = self.description(name);
        let (whole, least, most) = match field.takes {
            Takes::Number { least, most } => (false, least, most),
            Takes::Whole { least, most } => (true, least, most),
            _ => unreachable!("the vocabulary says that {name} is not a number"),
        };
        let number = match value {
            Value::Integer(number) => number as f64,
            Value::Number(number) => number,
            other => return Err(self.refuse(name, format!("expected {}, got {}", field.takes, described(&other)))),
        };
        if number.is_nan()
            || number < least
            || number > most
            || number.is_infinite()
            || (whole && number.fract() != 0.0)
        {
            return Err(self.refuse(name, format!("{number} is out of range: {}", field.takes)));
        }
        Ok(Some(number))
    }

    pub(super) fn number(&self, name: &str) -> mlua::Result<f64> {
        self.number_if(name)?.map_or_else(|| self.default_number(name), Ok)
    }

    pub(super) fn whole(&self, name: &str) -> mlua::Result<u32> {
        Ok(self.number(name)? as u32)
    }

    pub(super) fn whole_if(&self, name: &str) -> mlua::Result<Option<u32>> {
        Ok(self.number_if(name)?.map(|number| number as u32))
    }

    pub(super) fn formula_if(&self, name: &str) -> mlua::Result<Option<Formula>> {
        self.formula_of(name, self.description(name).takes)
    }

    /// A rate per unit of time where a step has a probability.
    pub(super) fn rate(&self, name: &str) -> mlua::Result<Option<Formula>> {
        self.formula_of(name, Takes::Formula { least: 0.0, most: f64::INFINITY })
    }

    fn formula_of(&self, name: &str, takes: Takes) -> mlua::Result<Option<Formula>> {
        let Some(value) = self.given(name)? else { return Ok(None) };
        let Takes::Formula { least, most } = takes else {
            unreachable!("the vocabulary says that {name} is no formula")
        };
        let formula = formula_of(&value).map_err(|message| self.refuse(name, message))?;
        if let Some(number) = formula.constant().filter(|number| *number < least || *number > most) {
            return Err(self.refuse(name, format!("{number} is out of range: {takes}")));
        }
        Ok(Some(formula))
    }

    pub(super) fn formula(&self, name: &str) -> mlua::Result<Formula> {
        match self.formula_if(name)? {
            Some(formula) => Ok(formula),
            None => Ok(Formula::Number(self.default_number(name)?)),
        }
    }

    pub(super) fn choice_if(&self, name: &str) -> mlua::Result<Option<&'static str>> {
        let Some(value) = self.given(name)? else { return Ok(None) };
        let field = self.description(name);
        let Takes::Choice(words) = field.takes else { unreachable!("the vocabulary says that {name} is no choice") };
        let text = match &value {
            Value::String(text) => text.to_string_lossy(),
            other => return Err(self.refuse(name, format!("expected {}, got {}", field.takes, described(other)))),
        };
        words.iter().find(|word| **word == text).map(|word| Some(*word)).ok_or_else(|| {
            let meant = crate::table::nearest(&text, words.iter().copied());
            let meant = meant.map(|meant| format!(" (did you mean \"{meant}\"?)")).unwrap_or_default();
            self.refuse(name, format!("expected {}, got \"{text}\"{meant}", field.takes))
        })
    }

    /// A choice that has a default.
    pub(super) fn choice(&self, name: &str) -> mlua::Result<&'static str> {
        match self.choice_if(name)? {
            Some(choice) => Ok(choice),
            None => Ok(self.description(name).default.expect("the vocabulary gives this choice a default")),
        }
    }

    pub(super) fn flag(&self, name: &str) -> mlua::Result<bool> {
        Ok(self.flag_if(name)?.unwrap_or(self.description(name).default == Some("true")))
    }

    pub(super) fn flag_if(&self, name: &str) -> mlua::Result<Option<bool>> {
        match self.given(name)? {
            None => Ok(None),
            Some(Value::Boolean(flag)) => Ok(Some(flag)),
            Some(other) => {
                Err(self.refuse(name, format!("expected {}, got {}", self.description(name).takes, described(&other))))
            }
        }
    }

    pub(super) fn text_if(&self, name: &str) -> mlua::Result<Option<String>> {
        match self.given(name)? {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.to_string_lossy())),
            Some(other) => {
                Err(self.refuse(name, format!("expected {}, got {}", self.description(name).takes, described(&other))))
            }
        }
    }

    pub(super) fn text(&self, name: &str) -> mlua::Result<String> {
        self.text_if(name)?.ok_or_else(|| self.missing(name))
    }

    pub(super) fn texts_if(&self, name: &str) -> mlua::Result<Option<Vec<String>>> {
        let Some(value) = self.given(name)? else { return Ok(None) };
        let wrong = |value: &Value| self.refuse(name, format!("expected a list of strings, got {}", described(value)));
        let Value::Table(list) = &value else { return Err(wrong(&value)) };
        let mut texts = Vec::new();
        for key in super::vm::keys_in_order(self.lua, list)? {
            match (&key, list.raw_get::<Value>(key.clone())?) {
                (Value::Number(_), Value::String(text)) => texts.push(text.to_string_lossy()),
                (Value::Number(_), other) => return Err(wrong(&other)),
                (other, _) => {
                    return Err(self
                        .refuse(name, format!("expected a list of strings, got a field \"{}\"", other.to_string()?)));
                }
            }
        }
        Ok(Some(texts))
    }

    pub(super) fn who_if(&self, name: &str) -> mlua::Result<Option<Who>> {
        let Some(value) = self.given(name)? else { return Ok(None) };
        who_of(&value, self.line_of(name)).map(Some).map_err(|message| self.refuse(name, message))
    }

    pub(super) fn who(&self, name: &str) -> mlua::Result<Who> {
        self.who_if(name)?.ok_or_else(|| self.missing(name))
    }

    pub(super) fn function_if(&self, name: &str) -> mlua::Result<Option<Function>> {
        match self.given(name)? {
            None => Ok(None),
            Some(Value::Function(function)) => Ok(Some(function)),
            Some(other) => Err(self.refuse(name, format!("expected a function, got {}", described(&other)))),
        }
    }

    pub(super) fn function(&self, name: &str) -> mlua::Result<Function> {
        self.function_if(name)?.ok_or_else(|| self.missing(name))
    }

    pub(super) fn required(&self, name: &str) -> mlua::Result<Value> {
        self.given(name)?.ok_or_else(|| self.missing(name))
    }

    /// Ends the reading: a field that the vocabulary names and nobody reads would be ignored in silence.
    pub(super) fn finish(self) {
        for field in self.word.fields {
            assert!(
                self.read.borrow().contains(field.name),
                "nobody reads the field {} of {}",
                field.name,
                self.word.name
            );
        }
    }
}

/// A list of values given where a word stands without named fields.
pub(super) fn list_of(lua: &Lua, context: &str, value: &Value) -> mlua::Result<Vec<Value>> {
    let Value::Table(table) = value else {
        return Err(fail(lua, format!("{context}: expected a list, got {}", described(value))));
    };
    let mut values = Vec::new();
    for key in super::vm::keys_in_order(lua, table)? {
        if let Value::String(name) = &key {
            return Err(fail(lua, format!("{context}: expected a list, got a field \"{}\"", name.to_string_lossy())));
        }
        values.push(table.raw_get(key)?);
    }
    Ok(values)
}
