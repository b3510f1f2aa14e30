//! `graph.*`: from tables of fields to makers of ties.

use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, Table, UserData, UserDataMethods, Value};

use super::captured::{described, teach};
use super::fields::{Fields, list_of};
use super::given::taking;
use super::session::{Session, fail, here};
use super::values::{DegreeLaw, Law, count_of, known_only, who_of};
use crate::contagion::world::{FileTies, TieMaker, Who};
use crate::network::{Degrees, Density, FileNetwork, Maker, ReadOptions, read_edges};

/// `graph.ring { ... }`: the maker and, where the maker says so itself, among whom.
#[derive(Clone)]
pub(super) struct Making {
    pub(super) maker: TieMaker,
    pub(super) among: Option<Who>,
}

impl UserData for Making {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        teach(methods, |_| "a maker of ties is no number: give it to ties(layer, maker)".into());
    }
}

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    let graph = lua.create_table()?;
    type Read<T> = fn(&Lua, Value) -> mlua::Result<T>;
    let plain: [(&str, Read<Maker>); 10] = [
        ("ring", ring),
        ("random", random),
        ("regular", regular),
        ("configuration", configuration),
        ("scale_free", scale_free),
        ("clustered", clustered),
        ("grid", grid),
        ("complete", complete),
        ("groups", groups),
        ("blocks", blocks),
    ];
    for (name, read) in plain {
        let make =
            move |lua: &Lua, table: Value| Ok(Making { maker: TieMaker::Network(read(lua, table)?), among: None });
        graph.set(name, taking(lua, &format!("graph.{name}"), make)?)?;
    }
    let across: [(&str, Read<Making>); 4] =
        [("members", members), ("kernel", kernel), ("audience", audience), ("list", list)];
    for (name, read) in across {
        graph.set(name, taking(lua, &format!("graph.{name}"), read)?)?;
    }
    graph.set("star", taking(lua, "graph.star", star)?)?;
    graph.set("file", taking(lua, "graph.file", file)?)?;
    graph.set("shuffled", taking(lua, "graph.shuffled", shuffled)?)?;
    known_only(lua, &graph, "maker")?;
    globals.set("graph", graph)
}

fn ring(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.ring", &table)?;
    let k = fields.whole("k")?;
    if k % 2 == 1 {
        return Err(fields.refuse("k", format!("{k} is odd: half of the neighbours are on each side, so k is even")));
    }
    let maker = Maker::Ring { k, rewire: fields.number("rewire")?, keep_degree: fields.choice_if("keep")?.is_some() };
    fields.finish();
    Ok(maker)
}

fn random(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.random", &table)?;
    let given = (fields.number_if("k")?, fields.number_if("p")?, fields.number_if("m")?);
    fields.finish();
    Ok(Maker::Random(match given {
        (Some(k), None, None) => Density::MeanDegree(k),
        (None, Some(p), None) => Density::Probability(p),
        (None, None, Some(m)) => Density::Pairs(m as u64),
        _ => {
            return Err(fail(
                lua,
                "random: say exactly one of k (mean degree), p (probability of a tie) and m (number of tied pairs)",
            ));
        }
    }))
}

fn regular(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.regular", &table)?;
    let maker = Maker::Regular { k: fields.whole("k")? };
    fields.finish();
    Ok(maker)
}

fn configuration(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.configuration", &table)?;
    let given = (fields.given("degrees")?, fields.text_if("like")?);
    let degrees = match given {
        (Some(Value::UserData(data)), None) if data.is::<DegreeLaw>() => data.borrow::<DegreeLaw>()?.0.clone(),
        (Some(Value::UserData(data)), None) if data.is::<Law>() => Degrees::Law(data.borrow::<Law>()?.0),
        (Some(value @ Value::Table(_)), None) => Degrees::List(wholes(&fields, lua, "degrees", &value)?),
        (Some(other), None) => {
            let message = format!(
                "expected a list of whole numbers, a distribution or power_law{{...}}, got {}",
                described(&other)
            );
            return Err(fields.refuse("degrees", message));
        }
        (None, Some(path)) => {
            let network = read(lua, &path, false)?.network;
            Degrees::Like((0..network.agents()).map(|agent| network.degree(agent) as u32).collect())
        }
        _ => return Err(fail(lua, "configuration: say exactly one of degrees and like")),
    };
    fields.finish();
    Ok(Maker::Configuration { degrees })
}

fn scale_free(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.scale_free", &table)?;
    let maker = Maker::ScaleFree { m: fields.whole("m")?, mutual: fields.flag("mutual")? };
    fields.finish();
    Ok(maker)
}

fn clustered(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.clustered", &table)?;
    let maker = Maker::Clustered { m: fields.whole("m")?, p: fields.number("p")? };
    fields.finish();
    Ok(maker)
}

fn grid(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.grid", &table)?;
    let neighbours = fields.whole("neighbours")?;
    if !matches!(neighbours, 4 | 8) {
        return Err(fields.refuse("neighbours", format!("{neighbours} is out of range: 4 or 8")));
    }
    let sides = match fields.given("sides")? {
        None => None,
        Some(value) => match wholes(&fields, lua, "sides", &value)?[..] {
            [rows, columns] => Some((rows, columns)),
            _ => return Err(fields.refuse("sides", "expected a list {rows, columns}")),
        },
    };
    let maker = Maker::Grid { r: fields.whole("r")?, border: fields.flag("border")?, moore: neighbours == 8, sides };
    fields.finish();
    Ok(maker)
}

fn complete(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    Fields::of(lua, "graph.complete", &table)?.finish();
    Ok(Maker::Complete)
}

fn groups(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.groups", &table)?;
    let maker = Maker::Groups { size: fields.whole("size")?, k: fields.number("k")?, out: fields.number("out")? };
    fields.finish();
    Ok(maker)
}

fn blocks(lua: &Lua, table: Value) -> mlua::Result<Maker> {
    let fields = Fields::of(lua, "graph.blocks", &table)?;
    let sizes = wholes(&fields, lua, "sizes", &fields.required("sizes")?)?;
    let maker = Maker::Blocks { sizes, p_in: fields.number("p_in")?, p_out: fields.number("p_out")? };
    fields.finish();
    Ok(maker)
}

fn wholes(fields: &Fields, lua: &Lua, name: &str, value: &Value) -> mlua::Result<Vec<u32>> {
    let Value::Table(_) = value else {
        return Err(fields.refuse(name, format!("expected a list of whole numbers, got {}", described(value))));
    };
    let list = list_of(lua, name, value)?;
    list.iter().map(|value| count_of(value, 0.0).map_err(|message| fields.refuse(name, message))).collect()
}

fn members(lua: &Lua, table: Value) -> mlua::Result<Making> {
    let fields = Fields::of(lua, "graph.members", &table)?;
    let maker = TieMaker::Members { of: fields.who("of")?, each: fields.whole("each")? };
    fields.finish();
    Ok(Making { maker, among: None })
}

fn kernel(lua: &Lua, table: Value) -> mlua::Result<Making> {
    let fields = Fields::of(lua, "graph.kernel", &table)?;
    let maker = TieMaker::Kernel {
        k: fields.whole("k")?,
        weight: fields.formula("weight")?,
        candidates: fields.whole("candidates")?,
    };
    fields.finish();
    Ok(Making { maker, among: None })
}

fn audience(lua: &Lua, table: Value) -> mlua::Result<Making> {
    let fields = Fields::of(lua, "graph.audience", &table)?;
    let maker =
        TieMaker::Audience { of: fields.who("of")?, size: fields.number("size")?, disjoint: fields.flag("disjoint")? };
    let among = fields.who_if("among")?;
    fields.finish();
    Ok(Making { maker, among })
}

fn star(lua: &Lua, (from, to): (Value, Value)) -> mlua::Result<Making> {
    let line = here(lua);
    let who = |value: &Value, side: &str| {
        who_of(value, line).map_err(|message| fail(lua, format!("star: {side}: {message}; write graph.star(from, to)")))
    };
    Ok(Making { maker: TieMaker::Star { from: who(&from, "from")?, to: who(&to, "to")? }, among: None })
}

fn list(lua: &Lua, table: Value) -> mlua::Result<Making> {
    let end = |value: &Value, place: usize| match value {
        Value::String(name) => Ok(name.to_string_lossy()),
        other => count_of(other, 1.0).map(|number| number.to_string()).map_err(|_| {
            fail(lua, format!("list: tie {place}: expected names or numbers from 1, got {}", described(other)))
        }),
    };
    let mut ties = Vec::new();
    for (place, tie) in list_of(lua, "list", &table)?.iter().enumerate() {
        match &list_of(lua, &format!("list: tie {}", place + 1), tie)?[..] {
            [from, to] => ties.push((end(from, place + 1)?, end(to, place + 1)?)),
            other => {
                let message =
                    format!("list: tie {}: expected {{speaker, hearer}}, got a list of {}", place + 1, other.len());
                return Err(fail(lua, message));
            }
        }
    }
    Ok(Making { maker: TieMaker::List(ties), among: None })
}

fn shuffled(lua: &Lua, (of, options): (Value, Value)) -> mlua::Result<Making> {
    let making = making_of(&of).map_err(|message| fail(lua, format!("shuffled: {message}")))?;
    if matches!(making.maker, TieMaker::Shuffled { .. }) {
        return Err(fail(lua, "shuffled: these ties are shuffled already"));
    }
    let fields = Fields::of(lua, "graph.shuffled", &options)?;
    fields.choice("keep")?;
    let maker = TieMaker::Shuffled { of: Box::new(making.maker), share: fields.number("share")? };
    fields.finish();
    Ok(Making { maker, among: making.among })
}

/// The maker a value stands for.
pub(super) fn making_of(value: &Value) -> Result<Making, String> {
    if let Some(Ok(making)) = value.as_userdata().map(|data| data.borrow::<Making>()) {
        return Ok(making.clone());
    }
    let hint = match value {
        Value::Function(_) => ": call it with its fields in braces",
        Value::String(_) => ": graph.file reads one from a file",
        _ => "",
    };
    Err(format!("expected a maker such as graph.ring {{ k = 10 }}, got {}{hint}", described(value)))
}

fn file(lua: &Lua, (path, options): (Value, Value)) -> mlua::Result<Making> {
    let Value::String(path) = path else {
        return Err(fail(lua, format!("file: expected a path in quotes, got {}", described(&path))));
    };
    let path = path.to_string_lossy();
    let fields = Fields::of(lua, "graph.file", &options)?;
    let (directed, weight) = (fields.flag("directed")?, fields.text_if("weight")?);
    let session = Session::of(lua);
    let key = format!("{path}\n{directed}\n{}", weight.as_deref().unwrap_or_default());
    let known = session.ties.borrow().get(&key).cloned();
    let ties = match known {
        Some(ties) => ties,
        None => {
            let read = read(lua, &path, directed)?;
            let mut columns: Vec<_> = read.ties.into_iter().map(|column| (column.name, column.values)).collect();
            if let Some(name) = weight {
                match columns.first_mut() {
                    Some(column) => column.0 = name,
                    None => return Err(fields.refuse("weight", format!("{path} has no third column of numbers"))),
                }
            }
            let bytes = session.hashes.borrow().get(&path).cloned().unwrap_or_default();
            let hash = blake3::hash(format!("{bytes}\n{key}").as_bytes()).to_hex().to_string();
            let ties = Arc::new(FileTies {
                path: path.clone(),
                hash,
                labels: read.labels,
                network: read.network.into(),
                columns,
            });
            session.ties.borrow_mut().insert(key, ties.clone());
            ties
        }
    };
    fields.finish();
    Ok(Making { maker: TieMaker::File(ties), among: None })
}

/// The ties of a file; what had to be dropped becomes warnings.
fn read(lua: &Lua, path: &str, directed: bool) -> mlua::Result<FileNetwork> {
    let bytes = bytes_of(lua, path)?;
    let read = read_edges(&bytes, None, &ReadOptions { directed, header: None })
        .map_err(|error| fail(lua, format!("{path}: {error}")))?;
    warn_of(lua, path, &read);
    Ok(read)
}

/// The agents of a table.
pub(super) fn read_agents(lua: &Lua, path: &str) -> mlua::Result<Rc<FileNetwork>> {
    let session = Session::of(lua);
    if let Some(known) = session.tables.borrow().get(path) {
        return Ok(known.clone());
    }
    let bytes = bytes_of(lua, path)?;
    let read = read_edges(b"", Some(&bytes), &ReadOptions::default())
        .map_err(|error| fail(lua, format!("{path}: {error}")))?;
    warn_of(lua, path, &read);
    let read = Rc::new(read);
    session.tables.borrow_mut().insert(path.into(), read.clone());
    Ok(read)
}

fn warn_of(lua: &Lua, path: &str, read: &FileNetwork) {
    for note in &read.notes {
        Session::of(lua).warn(here(lua), format!("{path}: {note}"));
    }
}

/// The bytes of a data file; their hash becomes part of what the study is.
pub(super) fn bytes_of(lua: &Lua, path: &str) -> mlua::Result<Vec<u8>> {
    let session = Session::of(lua);
    let bytes = session.files.read(path).map_err(|error| {
        fail(lua, format!("cannot read \"{path}\": {error} (paths are relative to the scenario's folder)"))
    })?;
    session.hashes.borrow_mut().insert(path.into(), blake3::hash(&bytes).to_hex().to_string());
    Ok(bytes)
}
