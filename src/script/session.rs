//! What is known while a scenario is being read: its source, its files, and the world under construction.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::Lua;

use super::source::Source;
use super::{Check, Files, Told};
use crate::contagion::world::{FileTies, World};
use crate::formula::{Line, Mistake};
use crate::network::FileNetwork;

/// More statements than any readable world has: a loop that does not end.
const MOST_STATEMENTS: u32 = 1 << 22;

/// Which part of a scenario is being read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phase {
    /// The file itself, and `where`.
    File,
    /// `world(p)`.
    World,
    /// The function given to `at` or `every`, for this time.
    Inside(u32),
    /// `checks(r)`.
    Checks,
}

/// What the VM calls at loops' ends and calls.
pub(super) type Interrupt = unsafe extern "C-unwind" fn(*mut mlua::ffi::lua_State, std::ffi::c_int);

/// What the VM calls the scenario: files may have names too long for it, or with colons.
pub(super) const CHUNK: &str = "scenario";

pub(super) struct Session {
    /// What messages call the scenario.
    pub(super) file: String,
    pub(super) source: Source,
    pub(super) files: Box<dyn Files>,
    pub(super) phase: Cell<Phase>,
    pub(super) world: RefCell<World>,
    /// The last step of the run whose world is being read.
    pub(super) steps: Cell<u32>,
    /// How many `chance` have been written; each is told apart by its number.
    pub(super) chances: Cell<u32>,
    statements: Cell<u32>,
    pub(super) checks: RefCell<Vec<Check>>,
    /// The numbers read since the last check.
    pub(super) told: RefCell<Vec<Told>>,
    /// Hashes of the files read, by path.
    pub(super) hashes: RefCell<BTreeMap<String, String>>,
    /// Ties already read, by path and options.
    pub(super) ties: RefCell<BTreeMap<String, std::sync::Arc<FileTies>>>,
    /// Tables of agents already read, by path.
    pub(super) tables: RefCell<BTreeMap<String, Rc<FileNetwork>>>,
    /// What the script printed.
    pub(super) printed: RefCell<Vec<String>>,
    warned: RefCell<Vec<Mistake>>,
    /// Whether the file has plain rules, whose functions are compiled to machine code.
    pub(super) plain: bool,
    /// The functions of the plain rules of the world last read, in the order of its rules.
    pub(super) functions: RefCell<Vec<super::plain::RuleFunction>>,
    /// How often the VM may still come to a loop's end or a call.
    pub(super) patience: Cell<u64>,
    /// What ends the script when there is none left.
    pub(super) exhausted: Cell<Option<Interrupt>>,
}

impl Session {
    pub(super) fn new(file: &str, source: Source, files: Box<dyn Files>) -> Session {
        let plain = source.calls(&["each", "meet"]);
        let session = Session {
            file: file.into(),
            source,
            files,
            phase: Cell::new(Phase::File),
            world: RefCell::default(),
            steps: Cell::new(0),
            chances: Cell::new(0),
            statements: Cell::new(0),
            checks: RefCell::default(),
            told: RefCell::default(),
            hashes: RefCell::default(),
            ties: RefCell::default(),
            tables: RefCell::default(),
            printed: RefCell::default(),
            warned: RefCell::default(),
            plain,
            functions: RefCell::default(),
            patience: Cell::new(0),
            exhausted: Cell::new(None),
        };
        for (line, message) in session.source.swallowed() {
            session.warn(line, message);
        }
        session
    }

    /// The session of this VM.
    pub(super) fn of(lua: &Lua) -> Rc<Session> {
        lua.app_data_ref::<Rc<Session>>().expect("every VM is made with its session").clone()
    }

    /// Notes something that is allowed and probably not meant; once.
    pub(super) fn warn(&self, line: Line, message: impl Into<String>) {
        let warning = Mistake::new(line, message);
        let mut warned = self.warned.borrow_mut();
        if !warned.contains(&warning) {
            warned.push(warning);
        }
    }

    pub(super) fn warnings(&self) -> Vec<Mistake> {
        self.warned.borrow().clone()
    }

    pub(super) fn begin(&self, phase: Phase) {
        self.phase.set(phase);
        self.statements.set(0);
    }

    /// Counts work that the VM does not see.
    pub(super) fn spend(&self, work: u64) {
        self.patience.set(self.patience.get().saturating_sub(work));
    }

    /// The number of the next written `chance`.
    pub(super) fn next_chance(&self) -> u32 {
        let token = self.chances.get();
        self.chances.set(token + 1);
        token
    }

    /// Counts a statement of the world; refuses it outside of one.
    pub(super) fn statement(&self, lua: &Lua, word: &str, inside_events: bool) -> mlua::Result<()> {
        match self.phase.get() {
            Phase::World => {}
            Phase::Inside(_) if inside_events => {}
            Phase::Inside(_) => {
                return Err(fail(
                    lua,
                    format!(
                        "{word} belongs directly in world(p), not inside at or every, where one can write start, \
                        post, set, \
                         mark, probe and observe"
                    ),
                ));
            }
            Phase::File | Phase::Checks => {
                return Err(fail(
                    lua,
                    format!("{word} belongs in world = function(p) ... end: outside it there is no world to speak of"),
                ));
            }
        }
        self.statements.set(self.statements.get() + 1);
        if self.statements.get() > MOST_STATEMENTS {
            return Err(fail(
                lua,
                format!("a world has at most {MOST_STATEMENTS} statements: is there a loop without an end?"),
            ));
        }
        Ok(())
    }

    /// The time of the statement being read: that of its event, or 0.
    pub(super) fn time(&self) -> u32 {
        match self.phase.get() {
            Phase::Inside(time) => time,
            _ => 0,
        }
    }
}

/// The line of the scenario that is being executed; 0 when none is. The VM has pieces of Lua of its own on the stack,
/// so frames count by the file they come from.
pub(super) fn here(lua: &Lua) -> Line {
    let line = |frame: &mlua::debug::Debug| {
        let source = frame.source().source;
        let ours = source.is_some_and(|source| source.strip_prefix('=') == Some(CHUNK));
        frame.current_line().filter(|line| ours && *line > 0)
    };
    (0..64).map_while(|level| lua.inspect_stack(level, line)).flatten().next().unwrap_or(0) as Line
}

/// An error at the line that is being executed.
pub(super) fn fail(lua: &Lua, message: impl Into<String>) -> mlua::Error {
    fail_at(here(lua), message)
}

pub(super) fn fail_at(line: Line, message: impl Into<String>) -> mlua::Error {
    mlua::Error::external(Mistake::new(line, message))
}
