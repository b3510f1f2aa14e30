//! `scenario "name" { ... }`: the study around a world.

use std::collections::BTreeMap;

use mlua::{Function, Lua, Table, UserData, Value};

use super::captured::described;
use super::charts::{chart, figures};
use super::designs::{Refined, Repeated, Together};
use super::fields::{Fields, list_of};
use super::given::taking;
use super::session::{fail, fail_at, here};
use super::statements::ROW_COLUMNS;
use super::values::checked_name;
use super::vm::keys_in_order;
use super::vocabulary::{self, Kind};
use crate::contagion::world::Observation;
use crate::design::{Cell, Design, Factor, Level, Parameter, Refine};
use crate::experiment::Study;
use crate::formula::{Formula, Line};

/// What `scenario "name" {...}` hands back: its table, still unread.
#[derive(Clone)]
pub(super) struct Drafted {
    pub(super) name: String,
    pub(super) line: Line,
    pub(super) table: Table,
}

impl UserData for Drafted {}

/// A scenario's table, read.
pub(super) struct Told {
    pub(super) study: Study,
    pub(super) structure: Vec<Observation>,
    /// Whether a cell belongs to the study.
    pub(super) keep: Option<Function>,
}

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    globals.set("scenario", taking(lua, "scenario", scenario)?)?;
    globals.set("chart", taking(lua, "chart", chart)?)
}

fn scenario(lua: &Lua, name: Value) -> mlua::Result<Function> {
    let Value::String(name) = &name else {
        return Err(fail(lua, format!("scenario: expected scenario \"name\" {{ ... }}, got {}", described(&name))));
    };
    let name = name.to_string_lossy();
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(sound) {
        return Err(fail(
            lua,
            format!(
                "scenario {name:?}: a name is letters, digits, - and _ (results are kept in a folder of that name)"
            ),
        ));
    }
    let line = here(lua);
    lua.create_function(move |lua, table: Value| match table {
        Value::Table(table) => Ok(Drafted { name: name.clone(), line, table }),
        other => Err(fail(
            lua,
            format!("scenario \"{name}\": expected a table {{ world = ... }}, got {}", described(&other)),
        )),
    })
}

/// The drafts a file returned: one, or a list of them.
pub(super) fn drafts(lua: &Lua, returned: &mlua::MultiValue) -> mlua::Result<Vec<Drafted>> {
    let draft = |value: &Value| match value {
        Value::UserData(data) => data.borrow::<Drafted>().ok().map(|draft| draft.clone()),
        _ => None,
    };
    let nothing = |got: String| {
        let message = format!(
            "a scenario file returns scenario \"name\" {{ ... }}, or a list of them, {got}; did you forget return?"
        );
        Err(fail_at(0, message))
    };
    let drafts = match returned.front() {
        None => return nothing("but this one returns nothing".into()),
        Some(Value::Table(list)) => {
            let mut drafts = Vec::new();
            for key in keys_in_order(lua, list)? {
                match draft(&list.raw_get(key)?) {
                    Some(found) => drafts.push(found),
                    None => return nothing("but the list has something else in it".into()),
                }
            }
            drafts
        }
        Some(value) => match draft(value) {
            Some(found) => vec![found],
            None => return nothing(format!("got {}", described(value))),
        },
    };
    if drafts.is_empty() {
        return nothing("but the list is empty".into());
    }
    for (place, draft) in drafts.iter().enumerate() {
        if drafts[..place].iter().any(|other| other.name == draft.name) {
            return Err(fail_at(
                draft.line,
                format!("scenario \"{}\" is there twice: each needs a name of its own", draft.name),
            ));
        }
    }
    Ok(drafts)
}

fn fields<'a>(lua: &'a Lua, draft: &Drafted) -> mlua::Result<Fields<'a>> {
    let context = format!("scenario \"{}\"", draft.name);
    Fields::within(lua, "scenario", &Value::Table(draft.table.clone()), context, ("scenario", draft.line, None))
}

/// The functions of a draft that are called later.
pub(super) fn world_of(lua: &Lua, draft: &Drafted) -> mlua::Result<Function> {
    fields(lua, draft)?.function("world")
}

pub(super) fn checks_of(lua: &Lua, draft: &Drafted) -> mlua::Result<Option<Function>> {
    fields(lua, draft)?.function_if("checks")
}

/// Reads a draft, with values set from outside in the place of written ones.
pub(super) fn read(lua: &Lua, draft: &Drafted, set: &BTreeMap<String, String>) -> mlua::Result<Told> {
    let fields = fields(lua, draft)?;
    let (mut varied, mut refine) = match fields.given("sweep")? {
        None => (Vec::new(), None),
        Some(table) => sweep(lua, &fields, &table)?,
    };
    for (name, text) in set {
        set_one(&mut varied, name, text)?;
    }
    let number = |name: &str| -> mlua::Result<f64> {
        match set.get(name) {
            None => fields.number(name),
            Some(text) => {
                fields.number(name)?;
                whole_from(name, text, if name == "seed" { 0.0 } else { 1.0 })
            }
        }
    };
    let repeated = match fields.given("replicates")? {
        Some(Value::UserData(data)) if data.is::<Repeated>() => Some(data.borrow::<Repeated>()?.clone()),
        _ => None,
    };
    // A number from outside is a number: then nothing is decided by the rows.
    let (replicates, until) = match (repeated, set.get("replicates")) {
        (Some(repeated), None) => (repeated.at_most, Some(repeated.until)),
        (Some(_), Some(text)) => (whole_from("replicates", text, 1.0)? as u32, None),
        (None, _) => (number("replicates")? as u32, None),
    };
    if let Some(refine) = &mut refine {
        let known: Vec<&str> = varied.iter().flat_map(Varied::names).collect();
        refine.within.sort_by_key(|(name, _)| known.iter().position(|known| known == name));
        check_refined(refine, &varied, set).map_err(|message| fields.refuse("sweep", format!("refine: {message}")))?;
    }
    let (steps, seed) = (number("steps")? as u32, number("seed")? as u64);
    let factors: Vec<Factor> = (0..)
        .zip(&varied)
        .map(|(part, varied)| match varied {
            Varied::Alone(parameter) => Ok(Factor::from(parameter)),
            Varied::Together(together) => {
                together.factor(seed, part).map_err(|message| fields.refuse("sweep", message))
            }
        })
        .collect::<mlua::Result<_>>()?;
    let cells: f64 = factors.iter().map(|factor| factor.points.len() as f64).product();
    if cells > 1e7 {
        return Err(fields.refuse("sweep", format!("{cells} combinations are too many: at most 10000000 are possible")));
    }
    let study = Study {
        name: draft.name.clone(),
        seed,
        steps,
        design: Design { until, refine, ..Design::product(&factors, replicates) },
        parameters: factors.iter().flat_map(Factor::parameters).collect(),
        independent: fields.flag("independent")?,
        figures: match fields.given("charts")? {
            None => Vec::new(),
            Some(list) => figures(lua, &fields, &list)?,
        },
    };
    let structure = structure(&fields)?;
    if let Some(other) =
        structure.iter().find(|one| study.parameters.iter().any(|parameter| parameter.name == one.name))
    {
        return Err(fields.refuse("structure", format!("\"{}\" is a parameter already", other.name)));
    }
    let keep = fields.function_if("where")?;
    if keep.is_some() && study.design.refine.is_some() {
        return Err(fields.refuse("where", "drops cells, and refine adds some: a sweep has one or the other"));
    }
    fields.function("world")?;
    fields.function_if("checks")?;
    if let Some(refine) = study.design.refine.as_ref().filter(|refine| refine.at_most < study.design.cells.len() as u32)
    {
        let (most, cells) = (refine.at_most, study.design.cells.len());
        let message = format!("refine: at_most: {most} cells in all are fewer than the {cells} of the lists");
        return Err(fields.refuse("sweep", message));
    }
    fields.finish();
    Ok(Told { study, structure, keep })
}

/// Whether the parameters that are refined can be.
fn check_refined(refine: &Refine, varied: &[Varied], set: &BTreeMap<String, String>) -> Result<(), String> {
    let known: Vec<&str> = varied.iter().flat_map(Varied::names).collect();
    for (name, _) in &refine.within {
        let Some(one) = varied.iter().find(|one| one.names().contains(&name.as_str())) else {
            return Err(crate::formula::Mistake::unknown(0, "parameter", name, &known).message);
        };
        match one {
            Varied::Together(together) => {
                return Err(format!("{name} is given by {}; between listed values alone are steps", together.word()));
            }
            Varied::Alone(Parameter { levels, .. }) if levels.iter().any(|level| level.number().is_none()) => {
                return Err(format!("{name} is no number: there is nothing between its values"));
            }
            Varied::Alone(Parameter { levels, .. }) if levels.len() < 2 && !set.contains_key(name) => {
                return Err(format!("{name} has one value; a step is between two"));
            }
            Varied::Alone(_) => {}
        }
    }
    Ok(())
}

/// A whole number set from outside.
fn whole_from(name: &str, text: &str, least: f64) -> mlua::Result<f64> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.fract() == 0.0 && *number >= least && *number <= 9_007_199_254_740_991.0)
        .filter(|number| name == "seed" || *number <= 4e9)
        .ok_or_else(|| fail_at(0, format!("{name}={text}: expected a whole number, at least {least}")))
}

/// One entry of a sweep.
enum Varied {
    Alone(Parameter),
    /// Without a name: zip, sample, points.
    Together(Together),
}

impl Varied {
    fn names(&self) -> Vec<&str> {
        match self {
            Varied::Alone(parameter) => vec![&parameter.name],
            Varied::Together(together) => together.names(),
        }
    }
}

/// Puts values set from outside in the place of written ones.
fn set_one(varied: &mut Vec<Varied>, name: &str, text: &str) -> mlua::Result<()> {
    let wrong = |message: String| fail_at(0, format!("{name}={text}: {message}"));
    let Some(place) = varied.iter().position(|one| one.names().contains(&name)) else {
        if matches!(name, "steps" | "seed" | "replicates") {
            return Ok(());
        }
        let known = varied.iter().flat_map(|one| one.names()).chain(["steps", "seed", "replicates"]);
        return Err(fail_at(
            0,
            crate::formula::Mistake::unknown(0, "parameter", name, &known.collect::<Vec<&str>>()).message,
        ));
    };
    match &mut varied[place] {
        Varied::Alone(parameter) => parameter.levels = levels_from(&parameter.levels, text).map_err(wrong)?,
        // A sampled parameter is taken out of the sample and varied by itself.
        Varied::Together(Together::Sampled { ranges, .. }) => {
            let levels = levels_from(&[Level::Number(0.0)], text).map_err(wrong)?;
            ranges.retain(|range| range.name != name);
            let gone = ranges.is_empty();
            let alone = Varied::Alone(Parameter { name: name.into(), levels });
            if gone {
                varied[place] = alone;
            } else {
                varied.insert(place + 1, alone);
            }
        }
        Varied::Together(together) => {
            let others: Vec<&str> = together.names().into_iter().filter(|other| *other != name).collect();
            return Err(wrong(format!(
                "{name} changes together with {} ({}); change the scenario instead",
                others.join(", "),
                together.word()
            )));
        }
    }
    Ok(())
}

/// Parameters in the order written, those that change together first; and what is refined.
fn sweep(lua: &Lua, fields: &Fields, table: &Value) -> mlua::Result<(Vec<Varied>, Option<Refine>)> {
    let together = |value: &Value| match value {
        Value::UserData(data) => data.borrow::<Together>().ok().map(|together| Varied::Together(together.clone())),
        _ => None,
    };
    let wrong = |message: String| fields.refuse("sweep", message);
    let (mut varied, mut refine) = (Vec::new(), None);
    match (together(table), table) {
        // sweep = sample { ... }
        (Some(all), _) => varied.push(all),
        (None, Value::Table(table)) => {
            for key in keys_in_order(lua, table)? {
                let value: Value = table.raw_get(key.clone())?;
                if let (Value::Number(_), Value::UserData(data)) = (&key, &value)
                    && data.is::<Refined>()
                {
                    if refine.replace(data.borrow::<Refined>()?.0.clone()).is_some() {
                        return Err(wrong("refine is there twice: a sweep follows one transition".into()));
                    }
                    continue;
                }
                varied.push(match &key {
                    Value::String(_) => {
                        let name = checked_name("a parameter", &key).map_err(wrong)?;
                        let levels =
                            levels(lua, &value, false).map_err(|message| wrong(format!("{name}: {message}")))?;
                        Varied::Alone(Parameter { name, levels })
                    }
                    other => together(&value).ok_or_else(|| {
                        wrong(format!("{} has no name; write sweep = {{ k = {{4, 8}} }}", described(other)))
                    })?,
                });
            }
        }
        (None, other) => {
            return Err(wrong(format!(
                "expected a table of lists such as {{ k = {{4, 8}} }}, got {}",
                described(other)
            )));
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for name in varied.iter().flat_map(Varied::names) {
        checked_name("a parameter", &Value::String(lua.create_string(name)?)).map_err(wrong)?;
        if ROW_COLUMNS.contains(&name) {
            return Err(wrong(format!("{name} is a column of every row already, a parameter needs another name")));
        }
        if seen.contains(&name) {
            return Err(wrong(format!("the parameter {name} is there twice")));
        }
        seen.push(name);
    }
    Ok((varied, refine))
}

/// The values of a list; `twice` says whether one may stand there more than once.
pub(super) fn levels(lua: &Lua, list: &Value, twice: bool) -> Result<Vec<Level>, String> {
    let plain = |error: mlua::Error| match error.downcast_ref::<crate::formula::Mistake>() {
        Some(mistake) => mistake.message.clone(),
        None => error.to_string(),
    };
    let Value::Table(_) = list else {
        return Err(format!(
            "expected a list of values such as {{1, 2, 3}}, got {}; a single value is a list of one",
            described(list)
        ));
    };
    let values = list_of(lua, "levels", list).map_err(plain)?;
    let mut levels = Vec::new();
    for value in &values {
        let level = match value {
            Value::Boolean(flag) => Level::Flag(*flag),
            Value::Integer(number) => Level::Number(*number as f64),
            // A negative zero would be written differently from zero and is the same number.
            Value::Number(number) if number.is_finite() => Level::Number(*number + 0.0),
            Value::Number(number) => return Err(format!("{number} is no value of a parameter")),
            Value::String(text) => Level::Text(text.to_string_lossy()),
            other => return Err(format!("a value is a number, a string, true or false, not {}", described(other))),
        };
        if !twice && levels.contains(&level) {
            return Err(format!("the value {} stands twice", level.written()));
        }
        if levels.first().is_some_and(|first| std::mem::discriminant(first) != std::mem::discriminant(&level)) {
            return Err("numbers, strings and booleans cannot be mixed in one parameter".into());
        }
        levels.push(level);
    }
    if levels.is_empty() { Err("the list is empty".into()) } else { Ok(levels) }
}

/// Values set from outside, apart by commas, of the kind of the written ones.
fn levels_from(written: &[Level], text: &str) -> Result<Vec<Level>, String> {
    text.split(',')
        .map(str::trim)
        .map(|part| match written.first() {
            Some(Level::Number(_)) => match part.parse() {
                Ok(number) if f64::is_finite(number) => Ok(Level::Number(number + 0.0)),
                _ => Err(format!("\"{part}\" is no number")),
            },
            Some(Level::Flag(_)) => {
                part.parse().map(Level::Flag).map_err(|_| format!("\"{part}\" is neither true nor false"))
            }
            _ => Ok(Level::Text(part.into())),
        })
        .collect()
}

/// Takes the cells out of a design for which the function says no.
pub(super) fn dropped(lua: &Lua, study: &mut Study, keep: &Function, line: Line) -> mlua::Result<()> {
    let names = study.design.parameters.clone();
    let mut kept = Vec::new();
    for cell in &study.design.cells {
        if keep.call::<bool>(values_of(lua, &names, cell, "where")?)? {
            kept.push(cell.clone());
        }
    }
    if kept.is_empty() {
        return Err(fail_at(line, format!("scenario \"{}\": where drops every cell", study.name)));
    }
    study.design.cells = kept;
    Ok(())
}

/// The table p: one value for each parameter; reading another name is an error.
pub(super) fn values_of(lua: &Lua, names: &[String], cell: &Cell, reader: &'static str) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    for (name, level) in names.iter().zip(&cell.levels) {
        match level {
            Level::Flag(flag) => table.raw_set(name.as_str(), *flag)?,
            Level::Number(number) => table.raw_set(name.as_str(), *number)?,
            Level::Text(text) => table.raw_set(name.as_str(), text.as_str())?,
        }
    }
    let known = names.to_vec();
    let behind = lua.create_table()?;
    let unknown = move |lua: &Lua, (_, key): (Value, Value)| -> mlua::Result<()> {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mistake = crate::formula::Mistake::unknown(0, "parameter", &key.to_string()?, &known);
        Err(fail(lua, format!("{reader}(p): {}", mistake.message)))
    };
    behind.raw_set("__index", lua.create_function(unknown)?)?;
    table.set_metatable(Some(behind))?;
    table.set_readonly(true);
    Ok(table)
}

/// Measures of the network at the start.
fn structure(fields: &Fields) -> mlua::Result<Vec<Observation>> {
    let mut observations: Vec<Observation> = Vec::new();
    for name in fields.texts_if("structure")?.unwrap_or_default() {
        let line = fields.line_of("structure");
        let (measure, layer) = measure_of(&name).map_err(|message| fields.refuse("structure", message))?;
        if observations.iter().any(|other| other.name == name) {
            return Err(fields.refuse("structure", format!("\"{name}\" stands twice")));
        }
        observations.push(Observation { name, value: Formula::Structure { measure, layer, line }, at: Some(0), line });
    }
    Ok(observations)
}

/// `clustering`, `clustering.friend`, `assortativity.trait`, `assortativity.trait.friend`.
fn measure_of(name: &str) -> Result<(String, Option<String>), String> {
    let known = crate::contagion::structure::known();
    let known: Vec<&str> = known.iter().map(|name| name.trim_end_matches('.')).collect();
    let parts: Vec<&str> = name.split('.').collect();
    if !known.contains(&parts[0]) {
        return Err(crate::formula::Mistake::unknown(0, "measure", parts[0], &known).message);
    }
    let kind = vocabulary::word(parts[0]).map(|word| word.kind);
    // The point of a number such as 0.18 is no mark between two names.
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = match (kind, &parts[..]) {
        (Some(Kind::ThresholdMeasure), [_, whole, decimals, ..]) if is_digits(whole) && is_digits(decimals) => {
            let mut joined = parts.clone();
            joined.splice(1..3, [&name[parts[0].len() + 1..][..whole.len() + 1 + decimals.len()]]);
            joined
        }
        _ => parts,
    };
    let of_column = match kind {
        Some(Kind::ColumnMeasure) => Some("of a column: write \"{measure}.trait\""),
        Some(Kind::ThresholdMeasure) => Some("at a number: write \"{measure}.2\""),
        _ => None,
    };
    match (of_column.is_some(), &parts[..]) {
        (true, [measure]) => {
            Err(format!("{measure} is {}", of_column.expect("it is one of these").replace("{measure}", measure)))
        }
        (true, [measure, column]) => Ok((format!("{measure}.{column}"), None)),
        (true, [measure, column, layer]) => Ok((format!("{measure}.{column}"), Some(layer.to_string()))),
        (false, [measure]) => Ok((measure.to_string(), None)),
        (false, [measure, layer]) => Ok((measure.to_string(), Some(layer.to_string()))),
        _ => Err(format!("\"{name}\" has too many parts: write \"measure\" or \"measure.layer\"")),
    }
}
