//! The VM a scenario is read in: nothing but the language, the same numbers on every processor, and an end.
//!
//! No files, no clock, no random numbers of its own; mathematics by `crate::stats`; `pairs` in a fixed order; a limit
//! of memory and one of work, counted in loop turns and calls so that it does not depend on the machine's speed.

use std::ffi::c_int;
use std::rc::Rc;

use mlua::chunk::Compiler;
use mlua::ffi;
use mlua::{Function, Lua, MetaMethod, MultiValue, Table, UserData, UserDataMethods, Value, VmState};

use super::session::{CHUNK, Interrupt, Session, fail, fail_at};
use super::source::{ORDERED, POWER, VIEWS};
use super::{
    Limits, captured, designs, events, makers, measures, plain, results, statements, study, values, vocabulary,
};
use crate::stats;
use crate::table::nearest;

/// Words of Lua that a scenario does not have, and what it has instead.
const ABSENT: &[(&str, &str)] = &[
    ("os", "a scenario has no clock and no system; steps are its time (now, at, every)"),
    ("io", "a scenario opens no files; graph.file and nodes read data"),
    ("require", "a scenario is one file; write the function in it"),
    ("dofile", "a scenario is one file; write the function in it"),
    ("loadfile", "a scenario is one file; write the function in it"),
    ("load", "a scenario is read once, as it is written"),
    ("loadstring", "a scenario is read once, as it is written"),
    ("getfenv", "a scenario has one environment"),
    ("setfenv", "a scenario has one environment"),
    ("debug", "errors name their line; print writes to the diagnostics"),
    ("collectgarbage", "memory is kept by the engine"),
    ("newproxy", "a scenario makes plain tables only"),
    ("_G", "a scenario has no table of globals"),
    ("vector", "a scenario computes with numbers and expressions"),
    ("buffer", "a scenario computes with numbers and expressions"),
];

/// What is taken from Luau's `math`: it is exact, so the same everywhere.
const EXACT: &[&str] = &[
    "abs", "ceil", "floor", "min", "max", "sqrt", "fmod", "modf", "sign", "round", "clamp", "huge", "pi", "deg", "rad",
    "frexp", "ldexp",
];

/// What is in `math` elsewhere and draws without an address.
const DRAWING: [&str; 3] = ["random", "randomseed", "noise"];

/// Makes the VM of one scenario file.
pub(super) fn new(session: &Rc<Session>, limits: Limits) -> mlua::Result<Lua> {
    let lua = Lua::new();
    lua.enable_jit(session.plain);
    lua.set_app_data(session.clone());
    let globals = lua.globals();
    plain::keep_tools(&lua)?;
    globals.set("math", math(&lua)?)?;
    globals.set("pairs", lua.create_function(pairs)?)?;
    globals.set("print", lua.create_function(print)?)?;
    globals.set(POWER, PowerSign)?;
    globals.set(ORDERED, lua.create_function(ordered)?)?;
    for (word, _) in ABSENT {
        globals.set(*word, Value::Nil)?;
    }
    captured::bind(&lua, &globals)?;
    measures::bind(&lua, &globals)?;
    values::bind(&lua, &globals)?;
    makers::bind(&lua, &globals)?;
    statements::bind(&lua, &globals)?;
    events::bind(&lua, &globals)?;
    designs::bind(&lua, &globals)?;
    study::bind(&lua, &globals)?;
    results::bind(&lua, &globals)?;
    plain::bind(&lua, &globals, session.plain)?;
    let unknown = lua.create_table()?;
    unknown.set("__index", lua.create_function(unknown_word)?)?;
    globals.set_metatable(Some(unknown))?;
    lua.sandbox(true)?;
    watch(&lua, session)?;
    lua.set_memory_limit(limits.memory)?;
    // The table behind the sandbox's, for the environments that scenarios are executed in.
    lua.set_named_registry_value("uptake", globals)?;
    Ok(lua)
}

/// Counts loop turns and calls. Loops of plain rules turn many million times, so the count is taken without the detour
/// through the VM's bindings, which only hear of it when it has come to its end.
fn watch(lua: &Lua, session: &Rc<Session>) -> mlua::Result<()> {
    let watched = session.clone();
    lua.set_interrupt(move |lua| match watched.patience.get() {
        0 => Err(fail(lua, "the scenario works for too long here: is there a loop without an end?")),
        _ => Ok(VmState::Continue),
    });
    let counted = Rc::as_ptr(session);
    // SAFETY: the VM keeps the session as its application data, so the pointer is valid for as long as the VM can call;
    // a session is only ever used on the VM's thread, and its counters are cells.
    unsafe {
        lua.exec_raw((), |state| {
            let callbacks = ffi::lua_callbacks(state);
            (*counted).exhausted.set((*callbacks).interrupt);
            ffi::lua_setthreaddata(ffi::lua_mainthread(state), counted.cast_mut().cast());
            (*callbacks).interrupt = Some(turn);
        })
    }
}

/// Does work that ends by itself without counting its turns, which takes a seventh of the time of short loops.
pub(super) fn uncounted<R>(lua: &Lua, work: impl FnOnce() -> R) -> R {
    let count = |turn: Option<Interrupt>| {
        // SAFETY: the callback is the one of `watch`, or none.
        let done = unsafe { lua.exec_raw::<()>((), |state| (*ffi::lua_callbacks(state)).interrupt = turn) };
        done.expect("nothing is called that could fail");
    };
    count(None);
    let done = work();
    count(Some(turn));
    done
}

/// One loop turn or call. Collections of garbage are none.
unsafe extern "C-unwind" fn turn(state: *mut ffi::lua_State, collecting: c_int) {
    if collecting >= 0 {
        return;
    }
    // SAFETY: see `watch`.
    unsafe {
        let mut session: *const Session = ffi::lua_getthreaddata(state).cast();
        if session.is_null() {
            session = ffi::lua_getthreaddata(ffi::lua_mainthread(state)).cast(); // inside a coroutine
        }
        let left = (*session).patience.get();
        match (left, (*session).exhausted.get()) {
            (0, Some(end)) => end(state, collecting),
            _ => (*session).patience.set(left.saturating_sub(1)),
        }
    }
}

/// Compiles the text; each call of the function executes the whole file afresh.
pub(super) fn compile(lua: &Lua, session: &Session, text: &str) -> mlua::Result<Function> {
    let inexact = plain::words_of_math(lua)?.into_iter().filter(|name| !EXACT.contains(&name.as_str()));
    let compiler = Compiler::new()
        .set_optimization_level(1)
        .set_debug_level(1)
        // Else me.x would be looked up when the file is loaded, and know no line.
        .set_mutable_globals(VIEWS)
        .set_disabled_builtins(inexact.map(|name| format!("math.{name}")));
    let chunk =
        |text: String| lua.load(text).set_name(format!("={CHUNK}")).set_compiler(compiler.clone()).into_function();
    // Mistakes of grammar are reported in the words of the text as it is written.
    chunk(text.to_string())?;
    if let Some(line) = session.source.power_assignment() {
        return Err(fail_at(line, "^= is not there: write a = a ^ b, whose digits are the same on every processor"));
    }
    chunk(session.source.prepared(text))
}

/// Executes the file in an environment of its own, so that nothing leaks from one execution to the next.
pub(super) fn execute(lua: &Lua, main: &Function) -> mlua::Result<MultiValue> {
    let environment = lua.create_table()?;
    let behind = lua.create_table()?;
    behind.set("__index", lua.named_registry_value::<Table>("uptake")?)?;
    environment.set_metatable(Some(behind.clone()))?;
    plain::prepare(lua, &environment)?;
    behind.set("__newindex", lua.create_function(new_word)?)?;
    main.set_environment(environment)?;
    main.call(())
}

/// Setting a global for the first time: a word of the language would be gone from there on.
fn new_word(lua: &Lua, (environment, key, value): (Table, Value, Value)) -> mlua::Result<()> {
    let taken = !lua.named_registry_value::<Table>("uptake")?.raw_get::<Value>(key.clone())?.is_nil();
    if let Value::String(name) = &key
        && let Some(word) = vocabulary::word(&name.to_string_lossy()).filter(|_| taken)
    {
        let (name, kind) = (word.name, word.kind.word());
        let message = match &value {
            Value::String(text) => format!("; to use it write {name} \"{}\"", text.to_string_lossy()),
            _ => String::new(),
        };
        return Err(fail(
            lua,
            format!("{name} is a word of the language ({kind}): choose another name for what is kept{message}"),
        ));
    }
    environment.raw_set(key, value)
}

/// Reading a global that nobody set.
fn unknown_word(lua: &Lua, (_, key): (Value, Value)) -> mlua::Result<Value> {
    let Value::String(key) = key else { return Ok(Value::Nil) };
    let key = key.to_string_lossy();
    if let Some((word, instead)) = ABSENT.iter().find(|(word, _)| *word == key) {
        return Err(fail(lua, format!("{word} is not there: {instead}")));
    }
    if let Some(word) = vocabulary::word(&key) {
        return Err(fail(lua, format!("{key} is no word by itself: write {}", word.signature)));
    }
    let mut message = format!("unknown word \"{key}\"");
    let table = vocabulary::words().find(|word| word.name.split('.').nth(1) == Some(&key)).map(|word| word.name);
    if let Some(meant) = table.or_else(|| vocabulary::nearest(&key)) {
        message += &format!(" (did you mean \"{meant}\"?)");
    }
    Err(fail(
        lua,
        message + "; names stand in quotes, locals are declared before they are used, uptake help lists the words",
    ))
}

fn math(lua: &Lua) -> mlua::Result<Table> {
    let theirs: Table = lua.globals().get("math")?;
    let math = lua.create_table()?;
    for name in EXACT {
        math.set(*name, theirs.get::<Value>(*name)?)?;
    }
    type Plain = fn(f64) -> f64;
    let ours: [(&str, Plain); 10] = [
        ("exp", stats::exp),
        ("log10", stats::log10),
        ("sin", stats::sin),
        ("cos", stats::cos),
        ("tan", stats::tan),
        ("asin", stats::asin),
        ("acos", stats::acos),
        ("atan", stats::atan),
        ("tanh", stats::tanh),
        ("log1p", stats::log1p),
    ];
    for (name, function) in ours {
        math.set(name, lua.create_function(move |_, x: f64| Ok(function(x)))?)?;
    }
    math.set("pow", lua.create_function(|_, (x, y): (f64, f64)| Ok(stats::pow(x, y)))?)?;
    math.set("atan2", lua.create_function(|_, (y, x): (f64, f64)| Ok(stats::atan2(y, x)))?)?;
    let log = |_: &Lua, (x, base): (f64, Option<f64>)| {
        Ok(match base {
            None => stats::log(x),
            Some(10.0) => stats::log10(x),
            Some(base) => stats::log(x) / stats::log(base),
        })
    };
    math.set("log", lua.create_function(log)?)?;
    for name in DRAWING {
        let refuse = move |lua: &Lua, _: MultiValue| -> mlua::Result<()> {
            Err(fail(
                lua,
                format!(
                    "math.{name} is not there: every draw has an address, so that a run can be had again; use \
                    dist.uniform and \
                     its kin for first values, chance(p) in expressions, random(n) to choose agents"
                ),
            ))
        };
        math.set(name, lua.create_function(refuse)?)?;
    }
    let unknown = lua.create_table()?;
    unknown.set("__index", lua.create_function(unknown_math)?)?;
    math.set_metatable(Some(unknown))?;
    Ok(math)
}

/// Reading what `math` does not have.
fn unknown_math(lua: &Lua, (math, key): (Table, String)) -> mlua::Result<Value> {
    let mut names: Vec<String> = math.pairs::<String, Value>().map(|pair| Ok(pair?.0)).collect::<mlua::Result<_>>()?;
    names.retain(|name| !DRAWING.contains(&name.as_str()));
    names.sort();
    let meant = nearest(&key, names.iter().map(String::as_str)).map(|name| format!(" (did you mean \"math.{name}\"?)"));
    Err(fail(lua, format!("math.{key} is not there{}; math has {}", meant.unwrap_or_default(), names.join(", "))))
}

/// `pairs` in a fixed order: the list from 1 on; then fields in the order written, where it is known, else numbers
/// before strings, each ascending.
fn pairs(lua: &Lua, table: Value) -> mlua::Result<(Function, Value, Value)> {
    let Value::Table(table) = table else {
        return Err(fail(lua, format!("pairs: expected a table, got {}", captured::described(&table))));
    };
    let keys = keys_in_order(lua, &table)?;
    let state = table.clone();
    let mut next = 0;
    let step = lua.create_function_mut(move |_, _: MultiValue| {
        while let Some(key) = keys.get(next) {
            next += 1;
            let value: Value = state.raw_get(key)?;
            if !value.is_nil() {
                return Ok((key.clone(), value));
            }
        }
        Ok((Value::Nil, Value::Nil))
    })?;
    Ok((step, Value::Table(table), Value::Nil))
}

/// The keys of a table in the order of [`pairs`].
pub(super) fn keys_in_order(lua: &Lua, table: &Table) -> mlua::Result<Vec<Value>> {
    let length = table.raw_len() as i64;
    let mut keys: Vec<Value> = (1..=length).map(|i| Value::Number(i as f64)).collect();
    let mut numbers = Vec::new();
    let mut strings = Vec::new();
    let mut flags = Vec::new();
    for pair in table.pairs::<Value, Value>() {
        match pair?.0 {
            Value::Integer(i) if (1..=length).contains(&i) => {}
            Value::Number(x) if x.fract() == 0.0 && x >= 1.0 && x <= length as f64 => {}
            Value::Integer(i) => numbers.push(i as f64),
            Value::Number(x) => numbers.push(x),
            Value::String(text) => strings.push(text),
            Value::Boolean(flag) => flags.push(flag),
            other => {
                return Err(fail(
                    lua,
                    format!(
                        "pairs: keys can be numbers, strings and booleans; {} has no place in an order",
                        captured::described(&other)
                    ),
                ));
            }
        }
    }
    numbers.sort_by(f64::total_cmp);
    flags.sort();
    let written = written_order(table)?;
    strings.sort_by_key(|text| {
        let text = text.to_string_lossy();
        (written.iter().position(|name| *name == text).unwrap_or(usize::MAX), text)
    });
    keys.extend(numbers.into_iter().map(Value::Number));
    keys.extend(strings.into_iter().map(Value::String));
    keys.extend(flags.into_iter().map(Value::Boolean));
    Ok(keys)
}

fn written_order(table: &Table) -> mlua::Result<Vec<String>> {
    let Some(behind) = table.metatable() else { return Ok(Vec::new()) };
    let order: Option<String> = behind.raw_get(ORDERED)?;
    Ok(order.map(|order| order.split(' ').map(str::to_string).collect()).unwrap_or_default())
}

/// Remembers in which order the fields of a table were written.
fn ordered(lua: &Lua, (order, table): (String, Table)) -> mlua::Result<Table> {
    let behind = lua.create_table()?;
    behind.raw_set(ORDERED, order)?;
    table.set_metatable(Some(behind))?;
    Ok(table)
}

fn print(lua: &Lua, words: MultiValue) -> mlua::Result<()> {
    let words: mlua::Result<Vec<String>> = words.iter().map(|value| value.to_string()).collect();
    Session::of(lua).printed.borrow_mut().push(words?.join("\t"));
    Ok(())
}

/// What stands in the middle of `a ^ b` (see `source`): takes the exponent and waits for the base.
struct PowerSign;

impl UserData for PowerSign {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_function(MetaMethod::Pow, |_, (_, exponent): (Value, Value)| Ok(Exponent(exponent)));
    }
}

/// The right side of a `^`.
pub(super) struct Exponent(pub(super) Value);

impl UserData for Exponent {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_function(MetaMethod::Pow, captured::power);
    }
}
