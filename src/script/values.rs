//! What stands for itself in a scenario: distributions, topics, memories, selectors, lists of numbers.

use std::collections::BTreeMap;

use mlua::{Lua, Table, UserData, UserDataMethods, Value};

use super::captured::{described, formula_of, teach};
use super::fields::{Fields, list_of};
use super::given::taking;
use super::session::{fail, here};
use super::vm::keys_in_order;
use crate::contagion::world::{Greedy, Influential, Initial, Memory, Tie, Who};
use crate::design;
use crate::formula::Line;
use crate::network::Degrees;
use crate::rng::Distribution;
use crate::rng::distribution::OutOfRange;

/// `dist.uniform(0, 1)`.
pub(super) struct Law(pub(super) Distribution);

/// `list(5, dist.int(1, 10))`.
pub(super) struct Listed(pub(super) Initial);

/// `topic { ... }`.
pub(super) struct Topics(pub(super) BTreeMap<String, Initial>);

/// `random(10)`.
pub(super) struct Chosen(pub(super) Who);

/// `last(13)`.
pub(super) struct Remembered(pub(super) Memory);

/// `power_law { ... }`.
pub(super) struct DegreeLaw(pub(super) Degrees);

/// `nodes "file.csv"`: the path.
pub(super) struct Nodes(pub(super) String);

impl UserData for Law {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| {
            "a distribution gives the first values of a column and cannot be computed with: declare a column with \
            it, then use \
             that column in an expression"
                .into()
        });
    }
}

impl UserData for Topics {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "topic {...} is the first value of a tie column and cannot be computed with".into());
    }
}

impl UserData for Chosen {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "a selector of agents is no number: mark(name, who) makes it a 0/1 column, me.name".into());
    }
}

impl UserData for Listed {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| {
            "list(...) gives each agent a list, which only functions given to each and meet can see".into()
        });
    }
}

impl UserData for Remembered {}
impl UserData for DegreeLaw {}
impl UserData for Nodes {}

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    globals.set("dist", laws(lua)?)?;
    globals.set("power_law", taking(lua, "power_law", power_law)?)?;
    globals.set("topic", taking(lua, "topic", topic)?)?;
    globals.set("list", taking(lua, "list", list)?)?;
    globals.set("last", taking(lua, "last", last)?)?;
    globals.set("linspace", taking(lua, "linspace", linspace)?)?;
    globals.set("logspace", taking(lua, "logspace", logspace)?)?;
    let nodes = |lua: &Lua, path: Value| match path {
        Value::String(path) => Ok(Nodes(path.to_string_lossy())),
        other => Err(fail(lua, format!("nodes: expected the path of a table in quotes, got {}", described(&other)))),
    };
    globals.set("nodes", taking(lua, "nodes", nodes)?)?;
    bind_selectors(lua, globals)
}

fn laws(lua: &Lua) -> mlua::Result<Table> {
    type Law2 = fn(f64, f64) -> Result<Distribution, OutOfRange>;
    let laws: [(&'static str, Law2); 6] = [
        ("uniform", Distribution::uniform),
        ("normal", Distribution::normal),
        ("lognormal", Distribution::lognormal),
        ("beta", Distribution::beta),
        ("pareto", Distribution::pareto),
        ("int", Distribution::int),
    ];
    let dist = lua.create_table()?;
    for (name, law) in laws {
        let make = move |lua: &Lua, (a, b): (Value, Value)| {
            let (a, b) = (plain(lua, name, &a)?, plain(lua, name, &b)?);
            law(a, b).map(Law).map_err(|wrong| fail(lua, format!("dist.{name}: {wrong}")))
        };
        dist.set(name, taking(lua, &format!("dist.{name}"), make)?)?;
    }
    let bernoulli = |lua: &Lua, p: Value| {
        let p = plain(lua, "bernoulli", &p)?;
        Distribution::bernoulli(p).map(Law).map_err(|wrong| fail(lua, format!("dist.bernoulli: {wrong}")))
    };
    dist.set("bernoulli", taking(lua, "dist.bernoulli", bernoulli)?)?;
    known_only(lua, &dist, "distribution")?;
    Ok(dist)
}

/// Makes reading an unknown field of one of our tables an error that lists the known ones.
pub(super) fn known_only(lua: &Lua, table: &Table, name: &'static str) -> mlua::Result<()> {
    let behind = lua.create_table()?;
    let unknown = move |lua: &Lua, (table, key): (Table, Value)| -> mlua::Result<()> {
        let mut known = Vec::new();
        for key in keys_in_order(lua, &table)? {
            known.push(key.to_string()?);
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mistake = crate::formula::Mistake::unknown(0, name, &key.to_string()?, &known);
        Err(fail(lua, mistake.message))
    };
    behind.set("__index", lua.create_function(unknown)?)?;
    table.set_metatable(Some(behind))
}

fn plain(lua: &Lua, name: &str, value: &Value) -> mlua::Result<f64> {
    match value {
        Value::Integer(number) => Ok(*number as f64),
        Value::Number(number) => Ok(*number),
        other => Err(fail(lua, format!("dist.{name}: expected a plain number, got {}", described(other)))),
    }
}

fn power_law(lua: &Lua, table: Value) -> mlua::Result<DegreeLaw> {
    let fields = Fields::of(lua, "power_law", &table)?;
    let law = Degrees::PowerLaw {
        exponent: fields.number("exponent")?,
        min: fields.whole("min")?,
        max: fields.whole_if("max")?,
    };
    fields.finish();
    Ok(DegreeLaw(law))
}

fn topic(lua: &Lua, table: Value) -> mlua::Result<Topics> {
    let Value::Table(table) = table else {
        return Err(fail(
            lua,
            format!("topic: expected a table such as topic {{ running = .6 }}, got {}", described(&table)),
        ));
    };
    let mut topics = BTreeMap::new();
    for key in keys_in_order(lua, &table)? {
        let value: Value = table.raw_get(key.clone())?;
        let Value::String(name) = &key else {
            return Err(fail(lua, format!("topic: {} has no name; write topic {{ running = .6 }}", described(&value))));
        };
        let name = name.to_string_lossy();
        let first = initial_of(&value).map_err(|message| fail(lua, format!("topic, {name}: {message}")))?;
        if matches!(first, Initial::Topics(_)) {
            return Err(fail(lua, format!("topic, {name}: topics have no topics of their own")));
        }
        topics.insert(name, first);
    }
    Ok(Topics(topics))
}

fn list(lua: &Lua, (length, first): (Value, Value)) -> mlua::Result<Listed> {
    let wrong = |message: String| fail(lua, format!("list: {message}"));
    let length = match count_of(&length, 1.0).map_err(wrong)? {
        length if length <= 1_000_000 => length,
        length => return Err(wrong(format!("{length} is out of range: a whole number, 1 to 1000000"))),
    };
    let first = match first {
        Value::Nil => Initial::Formula(0.0.into()),
        first => initial_of(&first).map_err(wrong)?,
    };
    match &first {
        Initial::Draw(_) => {}
        Initial::Formula(formula) if formula.constant().is_some() => {}
        _ => return Err(wrong("it is filled with a number or a distribution".into())),
    }
    Ok(Listed(Initial::List { length, first: Box::new(first) }))
}

fn last(lua: &Lua, (n, options): (Value, Value)) -> mlua::Result<Remembered> {
    let n = count_of(&n, 1.0).map_err(|message| fail(lua, format!("last: {message}")))?;
    let fields = Fields::of(lua, "last", &options)?;
    let full = fields.choice("start")? == "full";
    let tie = match fields.choice("tie")? {
        "stay" => Tie::Stay,
        "draw" => Tie::Draw,
        "yes" => Tie::Yes,
        "no" => Tie::No,
        _ => Tie::Half,
    };
    fields.finish();
    Ok(Remembered(Memory::Last { n, full, tie }))
}

/// A whole number from `least` up.
pub(super) fn count_of(value: &Value, least: f64) -> Result<u32, String> {
    let number = match value {
        Value::Integer(number) => *number as f64,
        Value::Number(number) => *number,
        other => return Err(format!("expected a whole number, at least {least}, got {}", described(other))),
    };
    if number > 4e9 {
        return Err(format!("{number} is out of range: a whole number, at most 4000000000"));
    }
    if number.fract() != 0.0 || number < least {
        return Err(format!("{number} is out of range: a whole number, at least {least}"));
    }
    Ok(number as u32)
}

/// The ends of a list of numbers.
fn ends(lua: &Lua, word: &str, ends: [&Value; 2]) -> mlua::Result<(f64, f64)> {
    let number = |value: &Value| match value {
        Value::Integer(number) => Ok(*number as f64),
        Value::Number(number) => Ok(*number),
        other => Err(fail(lua, format!("{word}(a, b, n): expected numbers as ends, got {}", described(other)))),
    };
    Ok((number(ends[0])?, number(ends[1])?))
}

fn linspace(lua: &Lua, (a, b, n): (Value, Value, Value)) -> mlua::Result<Vec<f64>> {
    let (a, b) = ends(lua, "linspace", [&a, &b])?;
    let n = points_of(&n).map_err(|message| fail(lua, format!("linspace: {message}")))?;
    if !(a.is_finite() && b.is_finite()) {
        return Err(fail(lua, "linspace: both ends must be finite numbers"));
    }
    Ok(design::linear(a, b, n))
}

fn logspace(lua: &Lua, (a, b, n): (Value, Value, Value)) -> mlua::Result<Vec<f64>> {
    let (a, b) = ends(lua, "logspace", [&a, &b])?;
    let n = points_of(&n).map_err(|message| fail(lua, format!("logspace: {message}")))?;
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) {
        return Err(fail(lua, format!("logspace: both ends must be finite numbers above 0, got {a} and {b}")));
    }
    Ok(design::logarithmic(a, b, n))
}

/// How many points a list may have.
fn points_of(value: &Value) -> Result<u32, String> {
    match count_of(value, 1.0)? {
        n if n <= 1_000_000 => Ok(n),
        n => Err(format!("{n} is out of range: a whole number, 1 to 1000000")),
    }
}

/// The first value of a column.
pub(super) fn initial_of(value: &Value) -> Result<Initial, String> {
    if let Value::UserData(data) = value {
        if let Ok(law) = data.borrow::<Law>() {
            return Ok(Initial::Draw(law.0));
        }
        if let Ok(list) = data.borrow::<Listed>() {
            return Ok(list.0.clone());
        }
        if let Ok(topics) = data.borrow::<Topics>() {
            return Ok(Initial::Topics(topics.0.clone()));
        }
    }
    formula_of(value).map(Initial::Formula).map_err(|message| {
        message.replacen("a number or an expression", "a number, a distribution or an expression", 1)
    })
}

fn bind_selectors(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for (name, largest) in [("top", true), ("bottom", false)] {
        let choose = move |lua: &Lua, (n, by, among): (Value, Value, Value)| {
            let wrong = |message: String| fail(lua, format!("{name}: {message}"));
            let line = here(lua);
            let n = size_of(&n).map_err(wrong)?;
            let by = formula_of(&by).map_err(wrong)?;
            let among = among_of(&among, line).map_err(wrong)?;
            Ok(Chosen(if largest { Who::Top { n, by, among, line } } else { Who::Bottom { n, by, among, line } }))
        };
        globals.set(name, taking(lua, name, choose)?)?;
    }
    let random = |lua: &Lua, (n, among): (Value, Value)| {
        let wrong = |message: String| fail(lua, format!("random: {message}"));
        let line = here(lua);
        Ok(Chosen(Who::Random { n: size_of(&n).map_err(wrong)?, among: among_of(&among, line).map_err(wrong)?, line }))
    };
    globals.set("random", taking(lua, "random", random)?)?;
    let cluster = |lua: &Lua, (n, centre, layer): (Value, Value, Value)| {
        let wrong = |message: String| fail(lua, format!("cluster: {message}"));
        let line = here(lua);
        let layer = match layer {
            Value::Nil => None,
            Value::String(layer) => Some(layer.to_string_lossy()),
            other => return Err(wrong(format!("expected the name of a layer in quotes, got {}", described(&other)))),
        };
        let (n, centre) = (size_of(&n).map_err(wrong)?, among_of(&centre, line).map_err(wrong)?);
        Ok(Chosen(Who::Cluster { n, centre, layer, line }))
    };
    globals.set("cluster", taking(lua, "cluster", cluster)?)?;
    globals.set("greedy", taking(lua, "greedy", greedy)?)?;
    globals.set("influential", taking(lua, "influential", influential)?)?;
    let choose = |lua: &Lua, given: Value| {
        let by = formula_of(&given).map_err(|message| fail(lua, format!("where: {message}")))?;
        Ok(Chosen(Who::Where(by, here(lua))))
    };
    globals.set("where", taking(lua, "where", choose)?)
}

fn greedy(lua: &Lua, (n, table): (Value, Value)) -> mlua::Result<Chosen> {
    let line = here(lua);
    let n = size_of(&n).map_err(|message| fail(lua, format!("greedy: {message}")))?;
    let fields = Fields::of(lua, "greedy", &table)?;
    let how = Greedy {
        stage: fields.text("stage")?,
        from: fields.text_if("from")?,
        item: fields.text_if("item")?,
        steps: fields.whole("steps")?,
        replicates: fields.whole("replicates")?,
        lazy: fields.flag_if("lazy")?,
        count_all: fields.choice("count")? == "all",
        line,
    };
    let among = fields.who_if("among")?.map(Box::new);
    fields.finish();
    nested(lua, "greedy", Who::Greedy { n, how, among })
}

fn influential(lua: &Lua, (n, table): (Value, Value)) -> mlua::Result<Chosen> {
    let line = here(lua);
    let n = size_of(&n).map_err(|message| fail(lua, format!("influential: {message}")))?;
    let fields = Fields::of(lua, "influential", &table)?;
    let how = Influential {
        stage: fields.text("stage")?,
        item: fields.text_if("item")?,
        steps: fields.whole_if("steps")?,
        epsilon: fields.number("epsilon")?,
        line,
    };
    let among = fields.who_if("among")?.map(Box::new);
    fields.finish();
    nested(lua, "influential", Who::Influential { n, how, among })
}

/// A selector that is not nested too deep.
fn nested(lua: &Lua, word: &str, who: Who) -> mlua::Result<Chosen> {
    match depth_of(&who) > DEEPEST {
        true => Err(fail(lua, format!("{word}: {TOO_DEEP}"))),
        false => Ok(Chosen(who)),
    }
}

const DEEPEST: usize = 16;
const TOO_DEEP: &str = "selectors are nested more than 16 deep: is one built in a loop?";

/// How many: a whole number, or a share below 1.
fn size_of(value: &Value) -> Result<f64, String> {
    let n = match value {
        Value::Integer(number) => *number as f64,
        Value::Number(number) => *number,
        other => {
            return Err(format!("expected how many (a whole number, or a share below 1), got {}", described(other)));
        }
    };
    if n >= 0.0 && n.is_finite() && (n < 1.0 || n.fract() == 0.0) {
        return Ok(n);
    }
    Err(format!("{n} is out of range: a whole number, or a share below 1"))
}

fn among_of(value: &Value, line: Line) -> Result<Option<Box<Who>>, String> {
    match value {
        Value::Nil => Ok(None),
        given => match who_of(given, line)? {
            who if depth_of(&who) >= DEEPEST => Err(TOO_DEEP.into()),
            who => Ok(Some(Box::new(who))),
        },
    }
}

fn depth_of(who: &Who) -> usize {
    std::iter::successors(who.inner(), |who| who.inner()).count()
}

/// The agents a value stands for.
pub(super) fn who_of(value: &Value, line: Line) -> Result<Who, String> {
    match value {
        Value::String(name) => Ok(match name.to_string_lossy().as_str() {
            "all" => Who::All,
            name => Who::Named(name.into(), line),
        }),
        Value::UserData(data) if data.is::<Chosen>() => {
            Ok(data.borrow::<Chosen>().map_err(|error| error.to_string())?.0.clone())
        }
        other => {
            let hint = if formula_of(other).is_ok_and(|formula| formula.constant().is_none()) {
                ": where(x) chooses those for whom an expression is not 0"
            } else {
                ""
            };
            Err(format!(
                "expected agents (a name in quotes, or a selector such as random(10)), got {}{hint}",
                described(other)
            ))
        }
    }
}

/// A name that can stand in an expression and head a column.
pub(super) fn checked_name(what: &str, value: &Value) -> Result<String, String> {
    let Value::String(name) = value else {
        return Err(format!("expected the name of {what} in quotes, got {}", described(value)));
    };
    let name = name.to_string_lossy();
    let sound = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(sound) {
        return Ok(name);
    }
    Err(format!("{name:?} cannot be the name of {what}: a name is letters, digits, _ and -, beginning with a letter"))
}

/// The strings of a list.
pub(super) fn texts_of(lua: &Lua, context: &str, value: &Value) -> mlua::Result<Vec<String>> {
    list_of(lua, context, value)?
        .iter()
        .map(|value| match value {
            Value::String(text) => Ok(text.to_string_lossy()),
            other => Err(fail(lua, format!("{context}: expected a list of names, got {} in it", described(other)))),
        })
        .collect()
}
