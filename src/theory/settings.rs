//! The inputs of a theory: what each takes, and the values it is given in one case.

use std::collections::BTreeMap;

use super::{Theory, TheoryError, degrees::Degrees};
use crate::table::nearest;

/// A named input of a theory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    pub name: &'static str,
    pub meaning: &'static str,
    pub takes: Takes,
    /// As written; none for what must be given.
    pub default: Option<&'static str>,
}

/// What an input may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Takes {
    Number(f64, f64),
    /// One of these words; the degrees of a network are always allowed for "network".
    Word(&'static [&'static str]),
}

/// A value of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    Number(f64),
    Word(String),
    /// The degrees of a network that is there.
    Network(Degrees),
}

/// The values of all inputs of a theory in one case, each in its range.
#[derive(Clone, Debug)]
pub struct Settings {
    theory: &'static str,
    values: BTreeMap<&'static str, Setting>,
}

impl Theory {
    /// The input of this name, or what was probably meant.
    pub fn input(&self, name: &str) -> Result<&'static Input, TheoryError> {
        self.inputs.iter().find(|input| input.name == name).ok_or_else(|| {
            let known: Vec<&'static str> = self.inputs.iter().map(|input| input.name).collect();
            let meant = nearest(name, known.iter().copied()).map(String::from);
            TheoryError::UnknownInput { theory: self.name, given: name.into(), meant, known }
        })
    }

    /// The values given, and defaults for the others.
    pub fn settings<'a>(&self, given: impl IntoIterator<Item = (&'a str, Setting)>) -> Result<Settings, TheoryError> {
        let mut values = BTreeMap::new();
        for (name, value) in given {
            let input = self.input(name)?;
            self.check(input, &value)?;
            values.insert(input.name, value);
        }
        for input in self.inputs {
            if let (false, Some(default)) = (values.contains_key(input.name), input.default) {
                let value = match input.takes {
                    Takes::Number(..) => Setting::Number(default.parse().expect("the default of a number is one")),
                    Takes::Word(_) => Setting::Word(default.into()),
                };
                values.insert(input.name, value);
            }
        }
        Ok(Settings { theory: self.name, values })
    }

    fn check(&self, input: &'static Input, value: &Setting) -> Result<(), TheoryError> {
        let wrong = |given: String| {
            Err(TheoryError::OutOfRange {
                theory: self.name,
                input: input.name,
                given,
                allowed: input.takes.to_string(),
            })
        };
        match (input.takes, value) {
            (Takes::Number(least, most), Setting::Number(number)) if (least..=most).contains(number) => Ok(()),
            (Takes::Number(..), Setting::Number(number)) => wrong(number.to_string()),
            (Takes::Word(words), Setting::Word(word)) if words.contains(&word.as_str()) => Ok(()),
            (Takes::Word(words), Setting::Network(_)) if words.contains(&"network") => Ok(()),
            (_, Setting::Word(word)) => wrong(format!("\"{word}\"")),
            (_, Setting::Number(number)) => wrong(number.to_string()),
            (_, Setting::Network(_)) => wrong("a network".into()),
        }
    }
}

impl std::fmt::Display for Takes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Takes::Number(least, most) if most.is_finite() => write!(f, "a number, {least} to {most}"),
            Takes::Number(least, _) if least.is_finite() => write!(f, "a number, at least {least}"),
            Takes::Number(..) => f.write_str("a number"),
            Takes::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                f.write_str(&quoted.join(" or "))
            }
        }
    }
}

impl Settings {
    /// The number of an input that was given or has a default.
    pub(super) fn number(&self, input: &Input) -> Result<f64, TheoryError> {
        self.given(input).ok_or(TheoryError::Missing { theory: self.theory, input: input.name, meaning: input.meaning })
    }

    /// The number of an input that may be left out.
    pub(super) fn given(&self, input: &Input) -> Option<f64> {
        match self.values.get(input.name) {
            Some(Setting::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn word(&self, input: &Input) -> &str {
        match self.values.get(input.name) {
            Some(Setting::Word(word)) => word,
            _ => "network",
        }
    }

    /// The degrees of the network that was given, if one was.
    pub(super) fn network(&self, input: &Input) -> Option<&Degrees> {
        match self.values.get(input.name) {
            Some(Setting::Network(degrees)) => Some(degrees),
            _ => None,
        }
    }
}
