//! What can be wrong with a wish for a theory.

use super::named::THEORIES;
use crate::table::nearest;

/// Why a theory cannot be laid over a chart.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TheoryError {
    #[error("unknown theory \"{given}\"{}; known: {}", probably(.meant), names(THEORIES.iter().map(|theory| theory.name)))]
    Unknown { given: String, meant: Option<String> },

    #[error("theory {theory} has no input \"{given}\"{}; it takes {}", probably(.meant), known.join(", "))]
    UnknownInput { theory: &'static str, given: String, meant: Option<String>, known: Vec<&'static str> },

    #[error(
        "theory {theory} needs {input} ({meaning}): sweep it under that name, or write {input} = a number or \"a parameter\""
    )]
    Missing { theory: &'static str, input: &'static str, meaning: &'static str },

    #[error("theory {theory}: {input} = {given} is out of range: {allowed}")]
    OutOfRange { theory: &'static str, input: &'static str, given: String, allowed: String },

    #[error("theory {theory} is the boundary of a window: it is laid over a heat map, \"y ~ {} * {}\"", axes[0], axes[1])]
    OnlyWindow { theory: &'static str, axes: [&'static str; 2] },

    #[error("theory {theory} says nothing of the time course; {} do", listed(with))]
    NoCourse { theory: &'static str, with: Vec<&'static str> },
}

impl TheoryError {
    pub(super) fn unknown(given: &str) -> TheoryError {
        let meant = nearest(given, THEORIES.iter().map(|theory| theory.name)).map(String::from);
        TheoryError::Unknown { given: given.into(), meant }
    }

    pub(super) fn no_course(theory: &'static str) -> TheoryError {
        let with = THEORIES.iter().filter(|theory| theory.has_course()).map(|theory| theory.name).collect();
        TheoryError::NoCourse { theory, with }
    }
}

fn probably(name: &Option<String>) -> String {
    name.as_ref().map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"))
}

fn names(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
