//! Plain rules: functions of the scenario that run inside the VM over the columns of a run, one call a step.
//!
//! The statements `each` and `meet` name the rules in the world and put their functions aside. [`Rules`] carries them out:
//! it fills buffers with what the engine changed since, calls the loop of `plain/rules.luau` once, and writes back what
//! the functions changed. Everything they keep in locals of `world(p)` belongs to one run.

mod bytes;
mod lists;
mod questions;
mod running;
mod text;

use std::rc::Rc;

use mlua::{Function, Lua, MultiValue, Table, Value};

use super::captured::described;
use super::error::UNCHANGEABLE;
use super::fields::Fields;
use super::given::taking;
use super::session::{Session, fail, here};
use super::values::{checked_name, count_of, who_of};
use super::vm::uncounted;
use crate::contagion::world::{PlainKind, PlainRule, Who};
use crate::engine::{Done, PlainRules, Scene};
use crate::formula::{Mistake, Moment};
use running::Running;

/// Words that mean something inside plain rules only.
const INSIDE: [(&str, &str); 5] = [
    ("draw", "dist.uniform and its kin draw first values, chance(p) draws in expressions"),
    ("cut", "rewire moves ties by expressions"),
    ("connect", "ties(layer, maker) makes ties at the start"),
    ("stop", "a run ends by itself when nothing can change any more"),
    ("everyone", "selectors such as random(10) choose agents"),
];

/// Globals that are others while rules run: the words above, and mathematics of plain numbers without a detour.
const REPLACED: [&str; 10] = ["draw", "cut", "connect", "stop", "everyone", "abs", "min", "max", "floor", "sqrt"];

/// What the loop is written with; scenarios themselves have some of it in another form, or not at all.
const TOOLS: [&str; 13] = [
    "buffer",
    "math",
    "table",
    "setmetatable",
    "rawget",
    "rawset",
    "type",
    "error",
    "tostring",
    "ipairs",
    "next",
    "rawequal",
    "bit32",
];

const TOOLS_KEY: &str = "uptake tools";
const REPLACED_KEY: &str = "uptake replaced";

/// Keeps Luau's own words for the loop, before scenarios get theirs.
pub(super) fn keep_tools(lua: &Lua) -> mlua::Result<()> {
    let tools = lua.create_table()?;
    for name in TOOLS {
        tools.set(name, lua.globals().get::<Value>(name)?)?;
    }
    tools.set_safeenv(true);
    lua.set_named_registry_value(TOOLS_KEY, tools)
}

/// The names of Luau's own mathematics.
pub(super) fn words_of_math(lua: &Lua) -> mlua::Result<Vec<String>> {
    let math: Table = lua.named_registry_value::<Table>(TOOLS_KEY)?.get("math")?;
    math.pairs::<String, Value>().map(|pair| Ok(pair?.0)).collect()
}

/// Binds the words of plain rules; in a file that has some, words that will be replaced go to its environments.
pub(super) fn bind(lua: &Lua, globals: &Table, plain: bool) -> mlua::Result<()> {
    globals.set("each", taking(lua, "each", each)?)?;
    globals.set("meet", taking(lua, "meet", meet)?)?;
    for (word, instead) in INSIDE {
        let refuse = move |lua: &Lua, _: MultiValue| -> mlua::Result<()> {
            Err(fail(lua, format!("{word} belongs inside the function of each or meet; {instead}")))
        };
        globals.set(word, lua.create_function(refuse)?)?;
    }
    let replaced = lua.create_table()?;
    for word in REPLACED.iter().filter(|_| plain) {
        replaced.set(*word, globals.get::<Value>(*word)?)?;
        globals.set(*word, Value::Nil)?;
    }
    lua.set_named_registry_value(REPLACED_KEY, replaced)
}

/// Readies an environment of a file with plain rules. The VM finds words of the language once, when it loads the file,
/// and takes it that they never change; the words that do change are found in the environment alone, each time anew.
pub(super) fn prepare(lua: &Lua, environment: &Table) -> mlua::Result<()> {
    if Session::of(lua).plain {
        let replaced: Table = lua.named_registry_value(REPLACED_KEY)?;
        for word in REPLACED {
            environment.set(word, replaced.get::<Value>(word)?)?;
        }
        environment.set_safeenv(true);
    }
    Ok(())
}

fn each(lua: &Lua, (who, options, rule): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "each", false)?;
    let line = here(lua);
    let who = who_of(&who, line).map_err(|message| fail(lua, format!("each: {message}")))?;
    let name = match &who {
        Who::All => "each \"all\"".to_string(),
        Who::Named(name, _) => format!("each \"{name}\""),
        _ => "each".to_string(),
    };
    let (options, rule) = function_of(lua, &name, options, rule)?;
    let fields = Fields::within(lua, "each", &options, name.clone(), ("each", line, None))?;
    let one_by_one = fields.choice("order")? == "random";
    fields.finish();
    add(&session, PlainKind::Each { who, one_by_one }, name, line, rule);
    Ok(())
}

fn meet(lua: &Lua, (layer, options, rule): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "meet", false)?;
    let line = here(lua);
    let layer = checked_name("a layer", &layer).map_err(|message| fail(lua, format!("meet: {message}")))?;
    let name = format!("meet \"{layer}\"");
    let (options, rule) = function_of(lua, &name, options, rule)?;
    let fields = Fields::within(lua, "meet", &options, name.clone(), ("meet", line, None))?;
    let per_step = match fields.given("per_step")? {
        None => None,
        Some(Value::String(word)) if word == "agents" => None,
        Some(count @ (Value::Integer(_) | Value::Number(_))) => {
            Some(count_of(&count, 1.0).map_err(|message| fields.refuse("per_step", message))?)
        }
        Some(other) => {
            let message = format!("expected \"agents\" or a whole number, at least 1, got {}", described(&other));
            return Err(fields.refuse("per_step", message));
        }
    };
    let by_tie = fields.choice("choose")? == "tie";
    fields.finish();
    add(&session, PlainKind::Meet { layer, per_step, by_tie }, name, line, rule);
    Ok(())
}

/// The table of fields, which may be left out, and the function.
fn function_of(lua: &Lua, name: &str, options: Value, rule: Value) -> mlua::Result<(Value, Function)> {
    match (options, rule) {
        (Value::Function(rule), Value::Nil) => Ok((Value::Nil, rule)),
        (options, Value::Function(rule)) => Ok((options, rule)),
        (Value::Function(_), options) => {
            Err(fail(lua, format!("{name}: the function comes last, after {}", described(&options))))
        }
        (_, other) => Err(fail(lua, format!("{name}: expected a function, got {}", described(&other)))),
    }
}

fn add(session: &Session, kind: PlainKind, name: String, line: u32, function: Function) {
    let mut world = session.world.borrow_mut();
    let alike = world.plain.iter().filter(|rule| rule.name.split(" #").next() == Some(&name)).count();
    let name = if alike == 0 { name } else { format!("{name} #{}", alike + 1) };
    world.plain.push(PlainRule { kind, name, line });
    let ends = function.info().line_defined.is_some_and(|line| session.source.ends_by_itself(line as u32));
    session.functions.borrow_mut().push(RuleFunction { function, ends });
}

/// The function of a plain rule.
pub(super) struct RuleFunction {
    function: Function,
    /// Whether it is known to end by itself.
    ends: bool,
}

/// The functions of the plain rules of one world, for one run.
pub struct Rules {
    lua: Lua,
    session: Rc<Session>,
    functions: Vec<RuleFunction>,
    environment: Option<Table>,
    work: u64,
    running: Option<Running>,
}

impl Rules {
    pub(super) fn new(
        lua: Lua,
        session: Rc<Session>,
        functions: Vec<RuleFunction>,
        environment: Option<Table>,
        work: u64,
    ) -> Rules {
        Rules { lua, session, functions, environment, work, running: None }
    }
}

impl Drop for Rules {
    /// Lets go of all that belongs to the run. A large run is collected at once: whether the next one stays within the
    /// limit of memory must not depend on which ran before it in this thread.
    fn drop(&mut self) {
        self.functions.clear();
        if let Some(environment) = self.environment.take() {
            // A table without metamethods for writing takes any value.
            REPLACED.iter().for_each(|word| drop(environment.set(*word, Value::Nil)));
        }
        self.lua.set_type_metatable::<mlua::Number>(None);
        let large = self.running.take().is_some_and(|running| running.is_large());
        if large {
            // It fails only if a finalizer does, and there are none.
            drop(self.lua.gc_collect());
        }
    }
}

impl PlainRules for Rules {
    fn step(&mut self, number: usize, scene: &mut Scene<'_>, moment: Moment) -> Result<Done, Mistake> {
        let rule = &scene.world.plain[number];
        let Some(RuleFunction { function, ends }) = self.functions.get(number) else {
            return Err(Mistake::new(rule.line, format!("{}: world(p) did not declare it this time", rule.name)));
        };
        self.session.patience.set(self.work);
        if self.running.is_none() {
            let begun = Running::begin(&self.lua, self.environment.as_ref(), scene, moment.source);
            self.running = Some(begun.map_err(|error| placed(&error, &rule.name, rule.line, ""))?);
        }
        let running = self.running.as_mut().expect("it was just begun");
        let mut step = || running.step(number, function, scene, moment);
        let done = if *ends { uncounted(&self.lua, step) } else { step() };
        done.map_err(|error| match error {
            running::Wrong::World(mistake) => mistake,
            running::Wrong::Rule(error) => placed(&error, &rule.name, rule.line, &running.whom(rule, moment)),
        })
    }
}

/// The mistake behind an error of the VM, with the agent and the step it happened in.
fn placed(error: &mlua::Error, name: &str, line: u32, whom: &str) -> Mistake {
    let mistake = super::error::in_our_words(error);
    let line = if mistake.line == 0 { line } else { mistake.line };
    if mistake.message == UNCHANGEABLE {
        let message = "the tables of the language cannot be changed, nor, where all act at once, the lists of others and what \
            everyone() gives; with { order = \"random\" } agents may change the lists of others";
        return Mistake::new(line, format!("{name}: {message}{whom}"));
    }
    Mistake::new(line, format!("{name}: {}{whom}", mistake.message))
}
