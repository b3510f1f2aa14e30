//! From Lua to a study and its worlds, and the only door to the Lua VM.
//!
//! A scenario file describes; it computes nothing per agent. [`load`] executes it once and reads each scenario it
//! returns into a [`Study`]. [`Scenario::world`] executes it again, calls `world(p)` for one cell, and hands back the
//! [`World`] that was declared: plain values, with the line of the scenario they come from. Since every execution has
//! an environment of its own, nothing leaks from one cell into the next. [`Scenario::check`] lets the scenario's claims
//! speak about the runs.
//!
//! Promises: the same text gives the same values on every machine (no clock, no files but those named, no random
//! numbers, mathematics by `crate::stats`, tables read in a fixed order, work limited by counting); nothing unknown,
//! misspelt or out of range gets through; every error names file, line and field, what is allowed, and what was
//! probably meant. Whether stages, items, layers and columns that a world speaks of exist is asked where worlds are
//! built, not here.

mod captured;
mod charts;
mod crossings;
mod designs;
mod error;
mod events;
mod fields;
mod given;
mod lexer;
mod makers;
mod measures;
mod paired;
mod plain;
mod results;
mod session;
mod source;
mod statements;
mod study;
mod values;
mod vm;
pub mod vocabulary;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::{Function, Lua};

pub use error::ScriptError;
pub use plain::Rules;
use session::{Phase, Session};
use study::Drafted;

use crate::contagion::world::World;
use crate::design::Cell;
use crate::experiment::Study;
use crate::formula::{Line, Mistake};
use crate::table::Table;

/// Gives the bytes of the data files that a scenario names, so that the library itself touches no disk.
pub trait Files {
    /// The bytes of `path`, which is relative to the scenario.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;
}

/// For scenarios that name no files.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
        Err(std::io::Error::new(std::io::ErrorKind::NotFound, "this scenario was given no files"))
    }
}

/// How much a scenario may ask of the VM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory.
    pub memory: usize,
    /// Loop turns and calls in one reading of the file, one world, one set of checks. Counted, not timed, so that a
    /// scenario that can be read here can be read everywhere.
    pub work: u64,
}

impl Default for Limits {
    /// 512 MiB, and work for some seconds.
    fn default() -> Self {
        Limits { memory: 512 << 20, work: 100_000_000 }
    }
}

/// A claim of a scenario, and whether it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub text: String,
    pub passed: bool,
    /// The numbers read since the claim before: what it compared.
    pub told: Vec<Told>,
    pub line: Line,
}

/// A number that a claim was told from.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// As a scenario would write it: `r{ needs = 3 }.adopted`.
    pub of: String,
    pub value: f64,
}

impl std::fmt::Display for Told {
    /// With four digits: `r{ needs = 3 }.adopted = 0.8374`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let four = format!("{:.3e}", self.value);
        let rounded = four.parse().unwrap_or(self.value);
        match rounded.abs() {
            f64::INFINITY => write!(f, "{} = never", self.of),
            0.0 | 0.0001..1e6 => write!(f, "{} = {rounded}", self.of),
            _ => write!(f, "{} = {rounded:e}", self.of),
        }
    }
}

/// One scenario of a file. It holds a VM and stays in its thread: each thread loads its own.
pub struct Scenario {
    lua: Lua,
    main: Function,
    session: Rc<Session>,
    work: u64,
    /// Which of the file's scenarios this is.
    place: usize,
    set: BTreeMap<String, String>,
    study: Study,
    structure: Vec<crate::contagion::world::Observation>,
    /// How many `chance` the file writes outside of `world`.
    chances: u32,
}

/// Reads the text of a scenario file called `name` (for messages).
///
/// ```
/// use uptake::script::{Limits, NoFiles, load};
/// let text = r#"
///     return scenario "ring" { sweep = { needs = {1, 2} }, world = function(p)
///         agents("person", 100)
///         ties("friend", graph.ring { k = 4 })
///         stage("adopted", { needs = p.needs })
///         start { stage = "adopted", who = cluster(2) }
///     end }"#;
/// let scenario = load(text, "ring.lua", NoFiles, Limits::default()).unwrap().remove(0);
/// let cell = &scenario.study().design.cells[1];
/// let world = scenario.world(cell).unwrap();
/// assert_eq!(world.stages[0].routes[0].needs.constant(), Some(2.0));
/// ```
pub fn load(text: &str, name: &str, files: impl Files + 'static, limits: Limits) -> Result<Vec<Scenario>, ScriptError> {
    let session = Rc::new(Session::new(name, source::Source::new(text), Box::new(files)));
    let in_words = |error: mlua::Error| ScriptError::from_lua(name, &error);
    let lua = vm::new(&session, limits).map_err(in_words)?;
    let main = vm::compile(&lua, &session, text).map_err(in_words)?;
    let mut scenarios = Vec::new();
    session.patience.set(limits.work);
    let drafts = drafts(&lua, &main, &session).map_err(in_words)?;
    for (place, draft) in drafts.iter().enumerate() {
        let set = BTreeMap::new();
        let told = tell(&lua, &session, draft, &set).map_err(in_words)?;
        scenarios.push(Scenario {
            lua: lua.clone(),
            main: main.clone(),
            session: session.clone(),
            work: limits.work,
            place,
            set,
            study: told.study,
            structure: told.structure,
            chances: session.chances.get(),
        });
    }
    Ok(scenarios)
}

/// Executes the file and hands out what it returned.
fn drafts(lua: &Lua, main: &Function, session: &Session) -> mlua::Result<Vec<Drafted>> {
    session.begin(Phase::File);
    session.chances.set(0);
    let returned = vm::execute(lua, main)?;
    study::drafts(lua, &returned)
}

/// Reads a draft, leaving out the cells it does not want.
fn tell(lua: &Lua, session: &Session, draft: &Drafted, set: &BTreeMap<String, String>) -> mlua::Result<study::Told> {
    session.begin(Phase::File);
    let mut told = study::read(lua, draft, set)?;
    if let Some(keep) = &told.keep {
        study::dropped(lua, &mut told.study, keep, draft.line)?;
    }
    Ok(told)
}

impl Scenario {
    /// What is varied, how often it is repeated, how long a run lasts, what is drawn.
    pub fn study(&self) -> &Study {
        &self.study
    }

    /// Sets a parameter (one value, or several apart by commas), `steps`, `seed` or `replicates` from outside.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ScriptError> {
        let mut set = self.set.clone();
        set.insert(name.into(), value.into());
        self.session.patience.set(self.work);
        let told = self
            .draft()
            .and_then(|draft| tell(&self.lua, &self.session, &draft, &set))
            .map_err(|error| self.in_words(&error))?;
        self.study = told.study;
        self.structure = told.structure;
        self.set = set;
        Ok(())
    }

    /// What was set from outside, by name.
    pub fn set_from_outside(&self) -> &BTreeMap<String, String> {
        &self.set
    }

    /// The world of one cell: executes the file afresh and calls `world(p)`.
    pub fn world(&self, cell: &Cell) -> Result<World, ScriptError> {
        self.session.patience.set(self.work);
        let declared = self.declare(cell);
        let mut world = self.session.world.take();
        self.session.begin(Phase::File);
        declared.map_err(|error| self.in_words(&error))?;
        // Sorting keeps the order in which statements of one time were written.
        world.timeline.sort_by_key(|(time, _)| *time);
        self.add_structure(&mut world)?;
        Ok(world)
    }

    /// The functions of the plain rules of one cell's world, for one run: executes the file afresh, so that nothing
    /// leaks from one run into the next.
    pub fn rules(&self, cell: &Cell) -> Result<Rules, ScriptError> {
        self.session.patience.set(self.work);
        let declared = self.declare(cell);
        let functions = self.session.functions.take();
        self.session.world.take();
        self.session.begin(Phase::File);
        declared.map_err(|error| self.in_words(&error))?;
        Ok(Rules::new(self.lua.clone(), self.session.clone(), functions, self.main.environment(), self.work))
    }

    fn declare(&self, cell: &Cell) -> mlua::Result<()> {
        let world = study::world_of(&self.lua, &self.draft()?)?;
        self.session.world.take();
        self.session.functions.take();
        self.session.begin(Phase::World);
        self.session.steps.set(self.study.steps);
        self.session.chances.set(self.chances);
        world.call(study::values_of(&self.lua, &self.study.design.parameters, cell, "world")?)
    }

    /// Adds the measures of structure that the study asks for; no measure may have the name of another column.
    fn add_structure(&self, world: &mut World) -> Result<(), ScriptError> {
        world.observations.splice(0..0, self.structure.iter().cloned());
        let observed = world.timeline.iter().filter_map(|(_, event)| match event {
            crate::contagion::world::Event::Observe(observation) => Some(observation),
            _ => None,
        });
        let parameters = &self.study.design.parameters;
        let mut seen: Vec<&str> = Vec::new();
        for observation in &world.observations {
            let twice = seen.contains(&observation.name.as_str());
            seen.push(&observation.name);
            if twice {
                let message = format!("observe \"{}\": structure has a measure of that name already", observation.name);
                return Err(ScriptError::new(&self.session.file, observation.line, message));
            }
        }
        for observation in world.observations.iter().chain(observed) {
            let name = &observation.name;
            let taken = if parameters.contains(name) {
                "a parameter"
            } else if world.stages.iter().any(|stage| stage.name == *name) {
                "a stage"
            } else {
                continue;
            };
            let message = format!("observe \"{name}\": {taken} has that name already, a measure needs one of its own");
            return Err(ScriptError::new(&self.session.file, observation.line, message));
        }
        Ok(())
    }

    /// What the scenario claims, told over the runs (a table with a row for each run). A claim that cannot be told (an
    /// unknown measure, a filter that no run matches) is a failed check that says why, and the claims after it are not
    /// reached.
    pub fn check(&self, runs: &Table) -> Result<Vec<Check>, ScriptError> {
        self.session.patience.set(self.work);
        self.session.checks.take();
        self.session.told.take();
        let told = self
            .draft()
            .and_then(|draft| study::checks_of(&self.lua, &draft))
            .map_err(|error| self.in_words(&error))?;
        let Some(claims) = told else { return Ok(Vec::new()) };
        self.session.begin(Phase::Checks);
        let claimed = claims.call::<()>(results::Runs::new(runs, &self.study));
        self.session.begin(Phase::File);
        let mut checks = self.session.checks.take();
        if let Err(error) = claimed {
            let error = self.in_words(&error);
            let text = format!("the checks stopped here: {}", error.message);
            checks.push(Check { text, passed: false, told: self.session.told.take(), line: error.line });
        }
        Ok(checks)
    }

    /// The data files read so far and the blake3 hashes of their bytes, by path.
    pub fn data(&self) -> BTreeMap<String, String> {
        self.session.hashes.borrow().clone()
    }

    /// What messages call the file.
    pub fn file(&self) -> &str {
        &self.session.file
    }

    /// What is allowed and probably not meant, so far.
    pub fn warnings(&self) -> Vec<Mistake> {
        self.session.warnings()
    }

    /// What the scenario printed since this was last asked.
    pub fn printed(&self) -> Vec<String> {
        self.session.printed.take()
    }

    fn draft(&self) -> mlua::Result<Drafted> {
        drafts(&self.lua, &self.main, &self.session)?
            .into_iter()
            .nth(self.place)
            .ok_or_else(|| session::fail_at(0, "the file returned fewer scenarios than the first time it was read"))
    }

    fn in_words(&self, error: &mlua::Error) -> ScriptError {
        ScriptError::from_lua(&self.session.file, error)
    }
}
