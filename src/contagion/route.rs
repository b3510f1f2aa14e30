//! Stages, and the ways into and out of them.

use serde::{Deserialize, Serialize};

use crate::formula::{Formula, Line};

/// How far an item has got in an agent. A stage without routes is entered by starts only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub name: String,
    pub routes: Vec<Route>,
    pub line: Line,
}

/// One way into a stage: evidence from others that hold `from`, a need, a chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// The stage others must hold to be heard; this stage itself if not said.
    pub from: Option<String>,
    /// The stage one must hold since an earlier step.
    pub after: Option<String>,
    /// The layers it travels on; all if not said.
    pub layer: Option<String>,
    /// The items it applies to; all if not said.
    pub items: Option<Vec<String>>,
    /// Probability (0 to 1) that one tie carries one message in one step; in continuous time the rate at which a holder's
    /// signals arrive over it.
    pub reach: Formula,
    pub emit: Emit,
    /// What one heard tie adds to the evidence; any sign.
    pub weight: Formula,
    pub count: Count,
    pub memory: Memory,
    /// Evidence that is there without anybody being heard.
    pub base: Formula,
    /// The evidence that suffices, inclusive: evidence >= needs.
    pub needs: Formula,
    /// Probability (0 to 1) of entering in a step in which the evidence suffices; in continuous time the rate of it.
    pub chance: Formula,
    /// How many such steps an agent gets; unlimited if not said. In continuous time: how often it may enter, starts included.
    pub tries: Option<u32>,
    /// Probability (0 to 1) of leaving the stage in a step, in continuous time the rate of it; may speak of `evidence`.
    pub leave: Formula,
    pub line: Line,
}

/// Reach and chance where they are not given: without fail in a step, without any waiting in continuous time (where 1 is a
/// rate like any other).
pub const AT_ONCE: f64 = f64::INFINITY;

impl Default for Route {
    /// Enough to have heard one: a simple contagion.
    fn default() -> Self {
        Route {
            from: None,
            after: None,
            layer: None,
            items: None,
            reach: AT_ONCE.into(),
            emit: Emit::Always,
            weight: 1.0.into(),
            count: Count::Sources,
            memory: Memory::Ever,
            base: 0.0.into(),
            needs: 1.0.into(),
            chance: AT_ONCE.into(),
            tries: None,
            leave: 0.0.into(),
            line: 0,
        }
    }
}

/// When a holder speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Emit {
    Always,
    /// Only in the step after it entered.
    Once,
}

/// What evidence adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    /// A tie counts once, however often it was heard.
    Sources,
    /// Sources, divided by all that could speak.
    Share,
    /// Every hearing counts.
    Signals,
}

/// How long what was heard counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Memory {
    Ever,
    /// This many steps, the present one included; in continuous time so many units of time, 0 for the present only.
    Steps(u32),
    /// The last n signals, whatever they said; `full` starts with n that said no.
    Last {
        n: u32,
        full: bool,
        tie: Tie,
    },
}

/// What a memory counts as that is exactly half yes: as half a signal more, or less, where it leans to one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tie {
    /// As half.
    #[default]
    Half,
    /// It leans to what the agent does already.
    Stay,
    /// It leans to either side with the same probability, drawn afresh each time.
    Draw,
    Yes,
    No,
}
