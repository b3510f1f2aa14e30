//! `zip`, `sample`, `points`: parameters of a sweep that change together. `refine`: where cells are added. `until_known`:
//! how often a cell is repeated.

use mlua::{Function, Lua, Table, UserData, UserDataMethods, Value};

use super::captured::{described, teach};
use super::fields::{Fields, list_of};
use super::given::taking;
use super::makers::bytes_of;
use super::session::fail;
use super::study::levels;
use super::values::{checked_name, count_of};
use super::vm::keys_in_order;
use crate::design::{self, Factor, Level, Method, Range, Refine, Scale, Until};

/// What stands in a sweep without a name.
#[derive(Clone)]
pub(super) enum Together {
    /// `zip` and `points`: the points as they are.
    Listed { word: &'static str, factor: Factor },
    /// `sample`: the points follow from the seed, which is known later.
    Sampled { method: Method, n: u32, ranges: Vec<Range> },
}

impl UserData for Together {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "a part of a sweep is no number: write it into sweep = { ... }".into());
    }
}

impl Together {
    pub(super) fn names(&self) -> Vec<&str> {
        match self {
            Together::Listed { factor, .. } => factor.names.iter().map(String::as_str).collect(),
            Together::Sampled { ranges, .. } => ranges.iter().map(|range| range.name.as_str()).collect(),
        }
    }

    pub(super) fn word(&self) -> &'static str {
        match self {
            Together::Listed { word, .. } => word,
            Together::Sampled { .. } => "sample",
        }
    }

    /// Its points; `part` tells apart the samples of a sweep.
    pub(super) fn factor(&self, seed: u64, part: u32) -> Result<Factor, String> {
        match self {
            Together::Listed { factor, .. } => Ok(factor.clone()),
            Together::Sampled { method, n, ranges } => {
                design::sample(*method, *n, ranges, seed, part).map_err(|message| format!("sample: {message}"))
            }
        }
    }
}

/// `until_known { ... }`: how often a cell is repeated.
#[derive(Clone)]
pub(super) struct Repeated {
    pub(super) until: Until,
    pub(super) at_most: u32,
}

impl UserData for Repeated {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "until_known is no number: write it into replicates = until_known { ... }".into());
    }
}

/// `refine { ... }`: where cells are added.
#[derive(Clone)]
pub(super) struct Refined(pub(super) Refine);

impl UserData for Refined {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "refine is no number: write it into sweep = { ... }".into());
    }
}

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    type Read = fn(&Lua, &Value) -> Result<Together, String>;
    let words: [(&'static str, Read); 3] = [("zip", zip), ("sample", sample), ("points", points)];
    for (name, read) in words {
        globals.set(name, word(lua, name, read)?)?;
    }
    globals.set("refine", taking(lua, "refine", refine)?)?;
    globals.set("until_known", taking(lua, "until_known", until_known)?)
}

/// The measure, which stands without a name, and the other fields of `name { "measure", ... }`.
fn measure_and_fields<'a>(
    lua: &'a Lua,
    name: &'static str,
    what: &str,
    example: &str,
    table: &Value,
) -> mlua::Result<(String, Fields<'a>)> {
    let wrong = |message: String| fail(lua, format!("{name}: {message}"));
    let Value::Table(table) = table else {
        return Err(wrong(format!("expected {example}, got {}", described(table))));
    };
    // The measure is taken out, the rest is copied into a table of fields.
    let rest = lua.create_table()?;
    let mut measure = None;
    for key in keys_in_order(lua, table)? {
        let value: Value = table.raw_get(key.clone())?;
        match (&key, &value) {
            (Value::Number(1.0), Value::String(name)) => measure = Some(name.to_string_lossy()),
            _ => rest.raw_set(key, value)?,
        }
    }
    let measure = measure.ok_or_else(|| wrong(format!("the measure that is to be {what} is missing: {example}")))?;
    Ok((measure, Fields::of(lua, name, &Value::Table(rest))?))
}

fn until_known(lua: &Lua, table: Value) -> mlua::Result<Repeated> {
    const EXAMPLE: &str = "until_known { \"adopted\", width = .05 }";
    let (measure, fields) = measure_and_fields(lua, "until_known", "known", EXAMPLE, &table)?;
    let width = fields.number("width")?;
    if width <= 0.0 {
        return Err(fields.refuse("width", "no interval is that narrow; it is above 0"));
    }
    let until = Until { measure, width, share_above: fields.number_if("share_above")? };
    let at_most = fields.whole("at_most")?;
    fields.finish();
    Ok(Repeated { until, at_most })
}

fn refine(lua: &Lua, table: Value) -> mlua::Result<Refined> {
    const EXAMPLE: &str = "refine { \"adopted\", share_above = .1, level = .5, within = { z = .1 } }";
    let (measure, fields) = measure_and_fields(lua, "refine", "followed", EXAMPLE, &table)?;
    let Some(widths) = fields.given("within")? else {
        return Err(fields.refuse("within", format!("is missing, the width for each parameter: {EXAMPLE}")));
    };
    let mut within = Vec::new();
    for (name, width) in
        named(lua, &widths, "within = { z = .1, phi = .01 }").map_err(|message| fields.refuse("within", message))?
    {
        match width {
            Value::Integer(width) if width > 0 => within.push((name, width as f64)),
            Value::Number(width) if width > 0.0 && width.is_finite() => within.push((name, width)),
            other => {
                let message = format!("{name}: expected a number above 0, got {}", described(&other));
                return Err(fields.refuse("within", message));
            }
        }
    }
    if !(1..=2).contains(&within.len()) {
        let message = format!("a transition is followed over one or two parameters, not {}", within.len());
        return Err(fields.refuse("within", message));
    }
    let share_above = fields.number_if("share_above")?;
    let (level, at_most) = (fields.number("level")?, fields.whole("at_most")?);
    fields.finish();
    Ok(Refined(Refine { measure, share_above, level, within, at_most }))
}

fn word(lua: &Lua, name: &'static str, read: fn(&Lua, &Value) -> Result<Together, String>) -> mlua::Result<Function> {
    taking(lua, name, move |lua, value: Value| {
        read(lua, &value).map_err(|message| fail(lua, format!("{name}: {message}")))
    })
}

/// The fields of a table with their names.
fn named(lua: &Lua, value: &Value, example: &str) -> Result<Vec<(String, Value)>, String> {
    let Value::Table(table) = value else { return Err(format!("expected {example}, got {}", described(value))) };
    let mut fields = Vec::new();
    for key in keys_in_order(lua, table).map_err(in_words)? {
        let value = table.raw_get(key.clone()).map_err(in_words)?;
        match &key {
            Value::String(name) => fields.push((name.to_string_lossy(), value)),
            _ => return Err(format!("{} has no name; write {example}", described(&value))),
        }
    }
    Ok(fields)
}

fn in_words(error: mlua::Error) -> String {
    match error.downcast_ref::<crate::formula::Mistake>() {
        Some(mistake) => mistake.message.clone(),
        None => error.to_string(),
    }
}

fn zip(lua: &Lua, value: &Value) -> Result<Together, String> {
    let mut names: Vec<String> = Vec::new();
    let mut columns: Vec<Vec<Level>> = Vec::new();
    for (name, list) in named(lua, value, "zip { k = {4, 8}, n = {100, 200} }")? {
        // In a pair a value may stand twice; the pairs may not.
        let column = levels(lua, &list, true).map_err(|message| format!("{name}: {message}"))?;
        if let Some(first) = columns.first().filter(|first| first.len() != column.len()) {
            return Err(format!(
                "{} has {} values and {name} has {}: each value of one belongs to the value of the other at its place",
                names[0],
                first.len(),
                column.len()
            ));
        }
        names.push(name);
        columns.push(column);
    }
    if names.len() < 2 {
        return Err("it pairs the values of two parameters or more; one alone is written name = {...}".into());
    }
    let points: Vec<Vec<Level>> =
        (0..columns[0].len()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
    if let Some(row) = (1..points.len()).find(|&row| points[..row].contains(&points[row])) {
        return Err(format!("the values at place {} stand together at an earlier place already", row + 1));
    }
    Ok(Together::Listed { word: "zip", factor: Factor { names, points } })
}

fn sample(lua: &Lua, value: &Value) -> Result<Together, String> {
    const EXAMPLE: &str = "sample { n = 64, method = \"sobol\", phi = {.05, .4}, z = {1, 10} }";
    let (mut n, mut method, mut ranges) = (None, Method::Sobol, Vec::new());
    for (name, value) in named(lua, value, EXAMPLE)? {
        match name.as_str() {
            "n" => match count_of(&value, 1.0).map_err(|message| format!("n: {message}"))? {
                many if many > 1_000_000 => return Err(format!("n: {many} points are too many: at most 1000000")),
                some => n = Some(some),
            },
            "method" => method = method_of(&value)?,
            _ => ranges.push(range(lua, name, &value)?),
        }
    }
    match (n, ranges.is_empty()) {
        (Some(n), false) => Ok(Together::Sampled { method, n, ranges }),
        (None, _) => Err(format!("n is missing, the number of points: {EXAMPLE}")),
        (_, true) => Err(format!("no parameter has a range: {EXAMPLE}")),
    }
}

fn method_of(value: &Value) -> Result<Method, String> {
    let methods = [("sobol", Method::Sobol), ("latin", Method::Latin), ("random", Method::Random)];
    let given = match value {
        Value::String(text) => text.to_string_lossy(),
        other => return Err(format!("method: expected \"sobol\", \"latin\" or \"random\", got {}", described(other))),
    };
    methods.iter().find(|(name, _)| *name == given).map(|(_, method)| *method).ok_or_else(|| {
        let meant = crate::table::nearest(&given, methods.iter().map(|(name, _)| *name));
        let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
        format!("method: expected \"sobol\", \"latin\" or \"random\", got \"{given}\"{meant}")
    })
}

fn range(lua: &Lua, name: String, value: &Value) -> Result<Range, String> {
    let wrong = |message: String| {
        format!("{name}: {message}; a range is {{low, high}}, {{low, high, \"log\"}} or {{low, high, \"whole\"}}")
    };
    let parts = list_of(lua, "range", value).map_err(|_| wrong(format!("got {}", described(value))))?;
    let number = |value: &Value| match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Number(number) if number.is_finite() => Some(*number),
        _ => None,
    };
    let (ends, scale) = match &parts[..] {
        [low, high] => ((number(low), number(high)), Scale::Linear),
        [low, high, Value::String(scale)] => match scale.to_string_lossy().as_str() {
            "log" => ((number(low), number(high)), Scale::Logarithmic),
            "whole" => ((number(low), number(high)), Scale::Whole),
            other => return Err(wrong(format!("\"{other}\" is no scale"))),
        },
        _ => return Err(wrong(format!("got {} values", parts.len()))),
    };
    let (Some(low), Some(high)) = ends else { return Err(wrong("both ends are numbers".into())) };
    match scale {
        _ if low >= high => Err(wrong(format!("{low} is not below {high}"))),
        Scale::Logarithmic if low <= 0.0 => Err(wrong(format!("a logarithmic range begins above 0, not at {low}"))),
        Scale::Whole if low.fract() != 0.0 || high.fract() != 0.0 => {
            Err(wrong(format!("{low} and {high} are not both whole numbers")))
        }
        _ => {
            let name = checked_name("a parameter", &Value::String(lua.create_string(&name).map_err(in_words)?))?;
            Ok(Range { name, low, high, scale })
        }
    }
}

fn points(lua: &Lua, value: &Value) -> Result<Together, String> {
    let Value::String(path) = value else {
        return Err(format!("expected the path of a CSV file in quotes, got {}", described(value)));
    };
    let path = path.to_string_lossy();
    let bytes = bytes_of(lua, &path).map_err(in_words)?;
    let factor = design::read_points(&bytes).map_err(|message| format!("\"{path}\", {message}"))?;
    Ok(Together::Listed { word: "points", factor })
}
