//! What is said when a scenario cannot be read: file, line, and what is wrong, allowed and probably meant.

use super::captured::COMPARED;
use super::session::CHUNK;
use super::source::ASKED;
use crate::formula::{Line, Mistake};

/// What is said to those who write to a table that is not theirs.
pub(super) const UNCHANGEABLE: &str =
    "p and the tables of the language cannot be changed: keep what changes in a local";

/// A mistake in a scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    pub file: String,
    /// 0 when the line is not known.
    pub line: Line,
    pub message: String,
}

impl std::error::Error for ScriptError {}

impl std::fmt::Display for ScriptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl ScriptError {
    pub fn new(file: &str, line: Line, message: impl Into<String>) -> Self {
        ScriptError { file: file.into(), line, message: message.into() }
    }

    /// What the VM reports, in our words.
    pub(super) fn from_lua(file: &str, error: &mlua::Error) -> Self {
        let mistake = in_our_words(error);
        ScriptError::new(file, mistake.line, mistake.message)
    }
}

/// The mistake behind a VM's error.
pub(super) fn in_our_words(error: &mlua::Error) -> Mistake {
    match error {
        mlua::Error::ExternalError(_) if error.downcast_ref::<Mistake>().is_some() => {
            error.downcast_ref::<Mistake>().cloned().expect("just seen")
        }
        mlua::Error::CallbackError { cause, traceback } => {
            let mut mistake = in_our_words(cause);
            if mistake.line == 0 {
                mistake.line = first_line_in(traceback);
            }
            mistake
        }
        mlua::Error::MemoryError(_) => Mistake::new(
            0,
            "the scenario uses more memory than its limit allows: does a table or a text grow in a loop?",
        ),
        mlua::Error::SyntaxError { message, .. } | mlua::Error::RuntimeError(message) => located(message),
        other => located(&other.to_string()),
    }
}

/// Splits `file:12: message` and drops the traceback.
fn located(message: &str) -> Mistake {
    let text = message.split("\nstack traceback").next().unwrap_or_default().trim();
    let rest = text.strip_prefix("runtime error: ").unwrap_or(text);
    let rest = rest.strip_prefix("syntax error: ").unwrap_or(rest);
    let mut line = 0;
    let mut words = rest;
    let placed = rest.strip_prefix(CHUNK).and_then(|t| t.strip_prefix(':')).and_then(|t| t.split_once(':'));
    if let Some((Ok(number), tail)) = placed.map(|(number, tail)| (number.parse(), tail)) {
        line = number;
        words = tail.trim_start();
    }
    if line == 0 {
        line = first_line_in(message);
    }
    Mistake::new(line, taught(words))
}

/// The first line of the scenario that a traceback names.
fn first_line_in(traceback: &str) -> Line {
    let mark = format!("{CHUNK}:");
    traceback
        .match_indices(&mark)
        .filter_map(|(at, _)| {
            let digits: String = traceback[at + mark.len()..].chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .next()
        .unwrap_or(0)
}

/// Lua's own messages, with the lesson where we know what was meant.
fn taught(message: &str) -> String {
    if message.starts_with("attempt to compare") && message.contains("expression") {
        return COMPARED.into();
    }
    if message.starts_with("attempt to compare") && message.contains("comparison") {
        return "a comparison has no size of its own: name a part of it, such as r:paired(...).mean".into();
    }
    if message.starts_with("attempt to compare") && message.contains("runs") {
        return "a selection of runs has no size of its own: name a measure, such as r{ k = 4 }.adopted".into();
    }
    if message == "attempt to modify a readonly table" {
        return UNCHANGEABLE.into();
    }
    let message = &ASKED.iter().fold(message.to_string(), |message, asked| message.replace(asked, "hears"));
    if message.starts_with("attempt to") && message.split([' ', ',']).any(|word| word == "nil") {
        return format!("{message}: a value is missing here, look for a misspelt or forgotten name");
    }
    if message == "stack overflow" {
        return "a function calls itself without an end".into();
    }
    if message.starts_with("invalid argument") && message.contains("got expression") {
        return format!("{message}: Lua's own functions take plain numbers; uptake help lists those for expressions");
    }
    if message == "nil" {
        return "error() was called without a word of why".into();
    }
    // An address is another one in every run, and would make another row.
    if ["table: 0x", "function: 0x", "userdata: 0x"].iter().any(|kind| message.starts_with(kind)) {
        return "error(...) was called with something that is no text: say why in words".into();
    }
    let mut letters = message.chars();
    match (letters.next(), letters.next()) {
        // "Expected ..." begins a sentence, "NaN ..." does not.
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(message.chars().skip(1)).collect()
        }
        _ => message.to_string(),
    }
}
