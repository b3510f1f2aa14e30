//! Statements of what happens in the course of a run: starts, what is set, marked, tried and observed, and when.

use mlua::{Function, Lua, Table, Value};

use super::captured::{described, formula_of};
use super::fields::Fields;
use super::given::taking;
use super::session::{Phase, Session, fail, here};
use super::statements::{ROW_COLUMNS, agent_columns, fresh_name, kinds, target};
use super::values::{checked_name, count_of, who_of};
use super::vocabulary::{self, Kind};
use crate::contagion::world::{Event, Mark, Observation, Probe, Set, Setup, Start, Who};
use crate::formula::View;

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    globals.set("start", taking(lua, "start", start)?)?;
    globals.set("post", taking(lua, "post", post)?)?;
    globals.set("set", taking(lua, "set", set)?)?;
    globals.set("mark", taking(lua, "mark", mark)?)?;
    globals.set("probe", taking(lua, "probe", probe)?)?;
    globals.set("observe", taking(lua, "observe", observe)?)?;
    globals.set("at", taking(lua, "at", at)?)?;
    globals.set("every", taking(lua, "every", every)?)
}

fn start(lua: &Lua, table: Value) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "start", true)?;
    let fields = Fields::of(lua, "start", &table)?;
    let start = Start {
        stage: fields.text("stage")?,
        who: fields.who("who")?,
        item: fields.text_if("item")?,
        fixed: fields.flag("fixed")?,
        line: here(lua),
    };
    let time = match (session.phase.get(), fields.whole_if("at")?) {
        (Phase::Inside(_), Some(_)) => return Err(fields.refuse("at", "inside at and every the time is said by them")),
        (Phase::Inside(time), None) => time,
        (_, time) => time.unwrap_or(0),
    };
    fields.finish();
    warn_if_late(lua, &session, "start", time);
    session.world.borrow_mut().timeline.push((time, Event::Start(start)));
    Ok(())
}

/// Something that lies after the last step is noted, not refused: the number of steps may have been set from outside.
fn warn_if_late(lua: &Lua, session: &Session, word: &str, time: u32) {
    if time > session.steps.get() {
        session.warn(here(lua), format!("{word}: step {time} is after the last step, {}", session.steps.get()));
    }
}

fn post(lua: &Lua, (item, who, stage): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "post", true)?;
    let wrong = |message: String| fail(lua, format!("post: {message}"));
    let line = here(lua);
    let start = Start {
        item: Some(checked_name("an item", &item).map_err(wrong)?),
        who: who_of(&who, line).map_err(wrong)?,
        stage: checked_name("a stage", &stage).map_err(wrong)?,
        fixed: false,
        line,
    };
    session.world.borrow_mut().timeline.push((session.time(), Event::Post(start)));
    Ok(())
}

fn set(lua: &Lua, (column, to, who): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "set", true)?;
    let wrong = |message: String| fail(lua, format!("set: {message}"));
    let line = here(lua);
    let column = target(lua, "set", &column)?;
    let to = formula_of(&to).map_err(wrong)?;
    let (who, given) = match (column.view, &who) {
        (_, Value::Nil) => (None, None),
        (View::Tie, condition) => (
            None,
            Some(formula_of(condition).map_err(|message| {
                wrong(format!("for a tie column the third argument says for which ties, such as chance(.3): {message}"))
            })?),
        ),
        (View::It, _) => return Err(wrong("a column of an item is set for the item as a whole".into())),
        (_, value) => match formula_of(value) {
            Ok(formula) => (Some(Who::Where(formula, line)), None),
            Err(_) => (Some(who_of(value, line).map_err(wrong)?), None),
        },
    };
    let set = Set { column, to, who, given, line };
    let mut world = session.world.borrow_mut();
    match session.phase.get() {
        Phase::Inside(time) => world.timeline.push((time, Event::Set(set))),
        _ => world.setup.push(Setup::Set(set)),
    }
    Ok(())
}

fn mark(lua: &Lua, (name, who): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "mark", true)?;
    let wrong = |message: String| fail(lua, format!("mark: {message}"));
    let line = here(lua);
    let name = checked_name("a mark", &name).map_err(wrong)?;
    if name == "all" {
        return Err(wrong("\"all\" means the agents of every kind".into()));
    }
    for (what, taken) in [("a kind", kinds(&session)), ("a column", agent_columns(&session))] {
        if taken.contains(&name) {
            return Err(wrong(format!(
                "{what} of agents is called \"{name}\" already, a mark needs a name of its own"
            )));
        }
    }
    let mark = Mark { name, who: who_of(&who, line).map_err(wrong)?, line };
    let mut world = session.world.borrow_mut();
    match session.phase.get() {
        Phase::Inside(time) => world.timeline.push((time, Event::Mark(mark))),
        _ => world.setup.push(Setup::Mark(mark)),
    }
    Ok(())
}

fn probe(lua: &Lua, (column, table): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "probe", true)?;
    let column = checked_name("a column", &column).map_err(|message| fail(lua, format!("probe: {message}")))?;
    if vocabulary::word(&column).is_some_and(|word| word.kind == Kind::Column) || kinds(&session).contains(&column) {
        return Err(fail(lua, format!("probe \"{column}\": me.{column} is always there; choose another name")));
    }
    let fields = Fields::within(lua, "probe", &table, format!("probe \"{column}\""), ("probe", here(lua), None))?;
    let probe = Probe {
        column,
        who: fields.who("who")?,
        stage: fields.text("stage")?,
        from: fields.text_if("from")?,
        item: fields.text_if("item")?,
        steps: fields.whole("steps")?,
        replicates: fields.whole("replicates")?,
        count_all: fields.choice("count")? == "all",
        line: here(lua),
    };
    fields.finish();
    session.world.borrow_mut().timeline.push((session.time(), Event::Probe(probe)));
    Ok(())
}

fn observe(lua: &Lua, (name, value, time): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "observe", true)?;
    let inside = matches!(session.phase.get(), Phase::Inside(_));
    let name = {
        let world = session.world.borrow();
        // Inside `every` one measure is taken again and again; the last one stays.
        let taken = world.observations.iter().filter(|_| !inside).map(|other| other.name.as_str());
        let name = fresh_name(lua, "observe", "a measure", &name, taken)?;
        if ROW_COLUMNS.contains(&name.as_str()) {
            let message =
                format!("observe \"{name}\": every row has a column of that name, a measure needs one of its own");
            return Err(fail(lua, message));
        }
        name
    };
    let wrong = |message: String| fail(lua, format!("observe \"{name}\": {message}"));
    let value = formula_of(&value).map_err(wrong)?;
    let at = match (session.phase.get(), &time) {
        (Phase::Inside(_), Value::Nil) => Some(session.time()),
        (Phase::Inside(_), _) => return Err(wrong("inside at and every the time is said by them".into())),
        (_, Value::Nil) => None,
        (_, time) => Some(count_of(time, 0.0).map_err(wrong)?),
    };
    warn_if_late(lua, &session, &format!("observe \"{name}\""), at.unwrap_or(0));
    let observation = Observation { name: name.clone(), value, at, line: here(lua) };
    let mut world = session.world.borrow_mut();
    match session.phase.get() {
        Phase::Inside(time) => world.timeline.push((time, Event::Observe(observation))),
        _ => world.observations.push(observation),
    }
    Ok(())
}

fn at(lua: &Lua, (time, declare): (Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "at", false)?;
    let time = count_of(&time, 0.0).map_err(|message| fail(lua, format!("at: {message}")))?;
    let Value::Function(declare) = declare else {
        let message = format!("at: expected at({time}, function() ... end), got {}", described(&declare));
        return Err(fail(lua, message));
    };
    warn_if_late(lua, &session, "at", time);
    inside(&session, time, &declare)
}

fn every(lua: &Lua, (step, declare, from): (Value, Value, Value)) -> mlua::Result<()> {
    let session = Session::of(lua);
    session.statement(lua, "every", false)?;
    let wrong = |message: String| fail(lua, format!("every: {message}"));
    let step = count_of(&step, 1.0).map_err(wrong)?;
    let Value::Function(declare) = declare else {
        return Err(wrong(format!("expected every({step}, function(t) ... end), got {}", described(&declare))));
    };
    let from = match from {
        Value::Nil => step,
        from => count_of(&from, 0.0).map_err(|message| wrong(format!("from: {message}")))?,
    };
    warn_if_late(lua, &session, "every", from);
    for time in (from..=session.steps.get()).step_by(step as usize) {
        inside(&session, time, &declare)?;
    }
    Ok(())
}

/// Lets a function declare what happens at a time.
fn inside(session: &Session, time: u32, declare: &Function) -> mlua::Result<()> {
    session.phase.set(Phase::Inside(time));
    let declared = declare.call::<()>(time);
    session.phase.set(Phase::World);
    declared
}
