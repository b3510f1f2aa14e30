//! The statements of `world(p)`: each reads its arguments into a plain value and adds it to the world.

use mlua::{Lua, Table, Value, Variadic};

use super::captured::{described, formula_of};
use super::fields::Fields;
use super::given::taking;
use super::makers::{making_of, read_agents};
use super::session::{Session, fail, fail_at, here};
use super::values::{Nodes, Remembered, checked_name, count_of, initial_of, texts_of, who_of};
use super::vm::keys_in_order;
use super::vocabulary::{self, Kind};
use crate::contagion::world::{
    AT_ONCE, Agents, Chooser, Contact, Count, Emit, Initial, Item, ItemValue, Members, Memory, Order, Rewiring, Route,
    Setup, Stage, Target, Ties, Update,
};
use crate::formula::{Formula, Name, View};
use crate::network::AgentValues;
use crate::table::counted;

/// Columns of every row that are no measures.
pub(super) const ROW_COLUMNS: [&str; 6] = ["run", "cell", "replicate", "status", "steps", "seed"];

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    globals.set("agents", taking(lua, "agents", agents)?)?;
    globals.set("ties", taking(lua, "ties", ties)?)?;
    globals.set("item", taking(lua, "item", item)?)?;
    globals.set("stage", taking(lua, "stage", stage)?)?;
    globals.set("contact", taking(lua, "contact", contact)?)?;
    globals.set("update", taking(lua, "update", update)?)?;
    globals.set("rewire", taking(lua, "rewire", rewire)?)?;
    globals.set("order", taking(lua, "order", order)?)
}

/// The name a statement begins with, not taken by another of its kind.
pub(super) fn fresh_name<'a>(
    lua: &Lua,
    word: &str,
    what: &str,
    value: &Value,
    mut taken: impl Iterator<Item = &'a str>,
) -> mlua::Result<String> {
    let name = checked_name(what, value).map_err(|message| fail(lua, format!("{word}: {message}")))?;
    if taken.any(|other| other == name) {
        return Err(fail(lua, format!("{word} \"{name}\" is there already: each name stands once")));
    }
    Ok(name)
}

/// The columns given as a table, in the order written.
fn columns<T>(
    lua: &Lua,
    context: &str,
    table: &Value,
    mut read: impl FnMut(&Value) -> Result<T, String>,
) -> mlua::Result<Vec<(String, T)>> {
    let table = match table {
        Value::Nil => return Ok(Vec::new()),
        Value::Table(table) => table,
        other => {
            let message =
                format!("{context}: expected a table of columns such as {{ trust = .5 }}, got {}", described(other));
            return Err(fail(lua, message));
        }
    };
    let session = Session::of(lua);
    let word = context.split(' ').next().unwrap_or_default();
    let mut columns = Vec::new();
    for key in keys_in_order(lua, table)? {
        let value: Value = table.raw_get(key.clone())?;
        let Value::String(_) = &key else {
            return Err(fail(
                lua,
                format!("{context}: {} has no column name; write {{ trust = .5 }}", described(&value)),
            ));
        };
        let line = session.source.field_line(word, here(lua), None, &key.to_string()?).unwrap_or(here(lua));
        let name = checked_name("a column", &key).map_err(|message| fail_at(line, format!("{context}: {message}")))?;
        if vocabulary::word(&name).is_some_and(|word| word.kind == Kind::Column) {
            let message = format!("{context}: the column {name} is always there ({})", meaning(&name));
            return Err(fail_at(line, message));
        }
        let value = read(&value).map_err(|message| fail_at(line, format!("{context}: {name}: {message}")))?;
        columns.push((name, value));
    }
    Ok(columns)
}

/// The kinds of agents declared so far.
pub(super) fn kinds(session: &Session) -> Vec<String> {
    let world = session.world.borrow();
    let kind = |setup: &Setup| match setup {
        Setup::Agents(agents) => Some(agents.kind.clone()),
        _ => None,
    };
    world.setup.iter().filter_map(kind).collect()
}

/// The columns of agents declared so far.
pub(super) fn agent_columns(session: &Session) -> Vec<String> {
    let world = session.world.borrow();
    let agents = world.setup.iter().filter_map(|setup| match setup {
        Setup::Agents(agents) => Some(agents),
        _ => None,
    });
    agents.flat_map(|agents| agents.columns.iter().map(|(name, _)| name.clone())).collect()
}

fn tie_columns(session: &Session) -> Vec<String> {
    let world = session.world.borrow();
    let ties = world.setup.iter().filter_map(|setup| match setup {
        Setup::Ties(ties) => Some(ties),
        _ => None,
    });
    ties.flat_map(|ties| ties.columns.iter().map(|(name, _)| name.clone())).collect()
}

fn meaning(word: &str) -> &'static str {
    vocabulary::word(word).map_or("", |word| word.meaning)
}

fn agents(lua: &Lua, (kind, members, table): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "agents", false)?;
    let kind = {
        let world = session.world.borrow();
        let kinds = world.setup.iter().filter_map(|setup| match setup {
            Setup::Agents(agents) => Some(agents.kind.as_str()),
            _ => None,
        });
        fresh_name(lua, "agents", "a kind of agents", &kind, kinds)?
    };
    let context = format!("agents \"{kind}\"");
    if kind == "all" {
        return Err(fail(lua, format!("{context}: \"all\" means the agents of every kind")));
    }
    let mut read = Vec::new();
    let members = match &members {
        Value::Table(_) => {
            let names = texts_of(lua, &context, &members)?;
            if let Some(place) = (1..names.len()).find(|place| names[..*place].contains(&names[*place])) {
                return Err(fail(lua, format!("{context}: the name \"{}\" stands twice", names[place])));
            }
            if let Some(empty) = names.iter().position(String::is_empty) {
                return Err(fail(lua, format!("{context}: name {} is empty", empty + 1)));
            }
            Members::Named(names)
        }
        Value::UserData(data) if data.is::<Nodes>() => {
            let table = read_agents(lua, &data.borrow::<Nodes>()?.0)?;
            read.extend(
                table.agents.iter().map(|column| (column.name.clone(), Initial::Read(numbers(&column.values)))),
            );
            Members::Labelled(table.labels.clone())
        }
        Value::Integer(_) | Value::Number(_) => {
            Members::Count(count_of(&members, 0.0).map_err(|message| fail(lua, format!("{context}: {message}")))?)
        }
        other => {
            let message = format!(
                "{context}: expected how many (a whole number), a list of names or nodes \"file.csv\", got {}",
                described(other)
            );
            return Err(fail(lua, message));
        }
    };
    let count = members.count();
    let written = columns(lua, &context, &table, |value| match value {
        Value::Table(_) => values_of(lua, value, count),
        other => match initial_of(other)? {
            Initial::Topics(_) => Err("topic {...} is for columns of ties".into()),
            first => Ok(first),
        },
    })?;
    let mut kinds = kinds(&session);
    kinds.push(kind.clone());
    for (name, value) in written {
        if kinds.contains(&name) {
            return Err(fail(lua, format!("{context}: {name}: the kind is a 0/1 column of that name already")));
        }
        match read.iter_mut().find(|(other, _)| *other == name) {
            Some(column) => {
                session.warn(
                    here(lua),
                    format!("{context}: the column {name} of the file is replaced by the one written here"),
                );
                column.1 = value;
            }
            None => read.push((name, value)),
        }
    }
    session.world.borrow_mut().setup.push(Setup::Agents(Agents { kind, members, columns: read, line: here(lua) }));
    Ok(())
}

/// A column of a table as numbers: texts become their place in alphabetical order, from 0.
fn numbers(values: &AgentValues) -> Vec<f64> {
    match values {
        AgentValues::Number(values) => values.clone(),
        AgentValues::Category { codes, .. } => codes.iter().map(|code| f64::from(*code)).collect(),
    }
}

/// A list with one number for each agent.
fn values_of(lua: &Lua, list: &Value, count: usize) -> Result<Initial, String> {
    let list = super::fields::list_of(lua, "a column", list).map_err(|error| {
        match error.downcast_ref::<crate::formula::Mistake>() {
            Some(mistake) => mistake.message.clone(),
            None => error.to_string(),
        }
    })?;
    let values: Result<Vec<f64>, String> = list
        .iter()
        .map(|value| {
            formula_of(value)?.constant().ok_or_else(|| format!("expected a list of numbers, got {}", described(value)))
        })
        .collect();
    match values? {
        values if values.len() == count => Ok(Initial::Values(values)),
        values => Err(format!(
            "{} for {}: a list needs one for each",
            counted(values.len(), "value"),
            counted(count, "agent")
        )),
    }
}

fn ties(lua: &Lua, (layer, maker, table, among): (Value, Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "ties", false)?;
    let layer = checked_name("a layer", &layer).map_err(|message| fail(lua, format!("ties: {message}")))?;
    let context = format!("ties \"{layer}\"");
    let making = making_of(&maker).map_err(|message| fail(lua, format!("{context}: {message}")))?;
    let columns = columns(lua, &context, &table, |value| match initial_of(value)? {
        Initial::List { .. } => Err("list(...) is for agents; ties have columns only".into()),
        first => Ok(first),
    })?;
    let line = here(lua);
    let among = match (making.among, among) {
        (among, Value::Nil) => among,
        (None, given) => {
            Some(who_of(&given, line).map_err(|message| fail(lua, format!("{context}: among: {message}")))?)
        }
        (Some(_), _) => {
            return Err(fail(lua, format!("{context}: among is said twice, by the maker and as the fourth argument")));
        }
    };
    session.world.borrow_mut().setup.push(Setup::Ties(Ties { layer, maker: making.maker, columns, among, line }));
    Ok(())
}

fn item(lua: &Lua, (name, table): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "item", false)?;
    let name = {
        let world = session.world.borrow();
        fresh_name(lua, "item", "an item", &name, world.items.iter().map(|item| item.name.as_str()))?
    };
    let columns = columns(lua, &format!("item \"{name}\""), &table, |value| match value {
        Value::String(text) => Ok(ItemValue::Text(text.to_string_lossy())),
        other => match formula_of(other)?.constant() {
            Some(number) => Ok(ItemValue::Number(number)),
            None => Err(format!("expected a number or a string, got {}", described(other))),
        },
    })?;
    session.world.borrow_mut().items.push(Item { name, columns, line: here(lua) });
    Ok(())
}

fn stage(lua: &Lua, args: Variadic<Value>) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "stage", false)?;
    let name = {
        let world = session.world.borrow();
        let name = args.first().unwrap_or(&Value::Nil);
        fresh_name(lua, "stage", "a stage", name, world.stages.iter().map(|stage| stage.name.as_str()))?
    };
    let mut routes = Vec::new();
    for (place, table) in args.iter().enumerate().skip(1) {
        if !matches!(table, Value::Table(_)) {
            let message =
                format!("stage \"{name}\", route {place}: expected a table of fields, got {}", described(table));
            return Err(fail(lua, message));
        }
        routes.push(route(lua, &name, place, table)?);
    }
    session.world.borrow_mut().stages.push(Stage { name, routes, line: here(lua) });
    Ok(())
}

fn route(lua: &Lua, stage: &str, place: usize, table: &Value) -> mlua::Result<Route> {
    let (session, line) = (Session::of(lua), here(lua));
    let context = format!("stage \"{stage}\", route {place}");
    let fields = Fields::within(lua, "route", table, context, ("stage", line, Some(place)))?;
    let continuous = session.world.borrow().order == Order::Continuous;
    let probable = |field: &str| if continuous { fields.rate(field) } else { fields.formula_if(field) };
    let count = match fields.choice("count")? {
        "share" => Count::Share,
        "signals" => Count::Signals,
        _ => Count::Sources,
    };
    let memory = match fields.given("memory")? {
        None => Memory::Ever,
        Some(Value::UserData(data)) if data.is::<Remembered>() => data.borrow::<Remembered>()?.0,
        Some(steps @ (Value::Integer(_) | Value::Number(_))) => {
            // In continuous time 0 is the present only.
            let least = if continuous { 0.0 } else { 1.0 };
            Memory::Steps(count_of(&steps, least).map_err(|message| fields.refuse("memory", message))?)
        }
        Some(other) => {
            let message =
                format!("expected a whole number of steps, at least 1, or last(n), got {}", described(&other));
            return Err(fields.refuse("memory", message));
        }
    };
    let needs = fields.formula("needs")?;
    if let Some(needs) = needs.constant().filter(|needs| count == Count::Share && *needs > 1.0) {
        // Written out it is a slip; the default of 1 for a share means everybody, which can be meant.
        return Err(
            fields.refuse("needs", format!("{needs} can never be met: with count = \"share\" evidence is 0 to 1"))
        );
    }
    let route = Route {
        from: fields.text_if("from")?,
        after: fields.text_if("after")?,
        layer: fields.text_if("layer")?,
        items: fields.texts_if("items")?,
        reach: probable("reach")?.unwrap_or(AT_ONCE.into()),
        emit: if fields.choice("emit")? == "once" { Emit::Once } else { Emit::Always },
        weight: fields.formula("weight")?,
        count,
        memory,
        base: fields.formula("base")?,
        needs,
        chance: probable("chance")?.unwrap_or(AT_ONCE.into()),
        tries: fields.whole_if("tries")?,
        leave: probable("leave")?.unwrap_or(0.0.into()),
        line: session.source.table_line("stage", line, place).unwrap_or(line),
    };
    fields.finish();
    Ok(route)
}

fn contact(lua: &Lua, (layer, table): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "contact", false)?;
    let layer = {
        let world = session.world.borrow();
        fresh_name(lua, "contact", "a layer", &layer, world.contacts.iter().map(|contact| contact.layer.as_str()))?
    };
    let context = format!("contact \"{layer}\"");
    let fields = Fields::within(lua, "contact", &table, context, ("contact", here(lua), None))?;
    let contact = Contact {
        layer,
        per: fields.formula_if("per")?,
        by: if fields.choice("by")? == "speaker" { Chooser::Speaker } else { Chooser::Hearer },
        prefer: fields.formula("prefer")?,
        gates: fields.flag("gates")?,
        line: here(lua),
    };
    fields.finish();
    session.world.borrow_mut().contacts.push(contact);
    Ok(())
}

/// A column that can be written.
pub(super) fn target(lua: &Lua, word: &str, column: &Value) -> mlua::Result<Target> {
    let wrong = |message: &str| fail(lua, format!("{word}: {message}"));
    let name = match formula_of(column) {
        Ok(Formula::Name(name)) => name,
        _ => {
            let message =
                format!("expected a column such as me.trust, tie.trust or it.quality, got {}", described(column));
            return Err(wrong(&message));
        }
    };
    let most = if name.view == View::Tie { 2 } else { 1 };
    match name.view {
        View::Src | View::Dst => {
            Err(wrong(&format!("{name} belongs to the other end of a tie: write me.{}", name.path.join("."))))
        }
        View::Plain => Err(wrong(&format!("{name} cannot be set"))),
        _ if name.path.len() > most => Err(wrong(&format!("{name} is no column that can be set"))),
        _ if vocabulary::word(&name.path[0]).is_some_and(|word| word.kind == Kind::Column) => {
            Err(wrong(&format!("{name} cannot be set: it is always {}", meaning(&name.path[0]))))
        }
        View::Me if kinds(&Session::of(lua)).contains(&name.path[0]) => {
            Err(wrong(&format!("{name} cannot be set: it says who is of the kind \"{}\"", name.path[0])))
        }
        view => {
            warn_if_misspelt(lua, word, &name);
            Ok(Target { view, path: name.path })
        }
    }
}

/// A column that is written need not be declared; one that is nearly called like a declared one was probably meant to be it.
fn warn_if_misspelt(lua: &Lua, word: &str, name: &Name) {
    let session = Session::of(lua);
    let declared = match name.view {
        View::Me => agent_columns(&session),
        View::Tie => tie_columns(&session),
        _ => return,
    };
    if !declared.contains(&name.path[0])
        && let Some(meant) = crate::table::nearest(&name.path[0], declared.iter().map(String::as_str))
    {
        let view = name.view.word();
        session.warn(here(lua), format!("{word}: {name} is a column of its own; did you mean {view}.{meant}?"));
    }
}

fn update(lua: &Lua, (column, to): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "update", false)?;
    let column = target(lua, "update", &column)?;
    let to = formula_of(&to).map_err(|message| fail(lua, format!("update: {message}")))?;
    if session.world.borrow().updates.iter().any(|update| update.column == column) {
        let name = format!("{}.{}", column.view.word(), column.path.join("."));
        return Err(fail(
            lua,
            format!("update: {name} is updated already; all updates happen at once, so one must say it all"),
        ));
    }
    session.world.borrow_mut().updates.push(Update { column, to, line: here(lua) });
    Ok(())
}

fn rewire(lua: &Lua, table: Value) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "rewire", false)?;
    let fields = Fields::of(lua, "rewire", &table)?;
    let rewiring = Rewiring {
        layer: fields.text("layer")?,
        rate: fields.formula("rate")?,
        drop: fields.formula("drop")?,
        pick: fields.formula("pick")?,
        friends_of_friends: fields.choice("among")? == "friends_of_friends",
        candidates: fields.whole("candidates")?,
        from: fields.whole("from")?,
        stop: fields.whole_if("stop")?,
        line: here(lua),
    };
    if rewiring.stop.is_some_and(|stop| stop < rewiring.from) {
        return Err(fields.refuse("stop", "it stops before it begins"));
    }
    fields.finish();
    session.world.borrow_mut().rewirings.push(rewiring);
    Ok(())
}

fn order(lua: &Lua, given: Value) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "order", false)?;
    let order = match &given {
        Value::String(word) if *word == "synchronous" => Order::Synchronous,
        Value::String(word) if *word == "asynchronous" => Order::Asynchronous,
        Value::String(word) if *word == "continuous" => Order::Continuous,
        other => {
            let message = format!(
                "order: expected \"synchronous\", \"asynchronous\" or \"continuous\", got {}",
                described(other)
            );
            return Err(fail(lua, message));
        }
    };
    let mut world = session.world.borrow_mut();
    if world.order_line != 0 {
        return Err(fail(lua, format!("order: said already in line {}; a world has one order", world.order_line)));
    }
    if let Some(stage) = world.stages.first() {
        let message = format!(
            "order: has to stand before stage \"{}\" (line {}): in continuous time reach, chance and leave are rates",
            stage.name, stage.line
        );
        return Err(fail(lua, message));
    }
    (world.order, world.order_line) = (order, here(lua));
    Ok(())
}
