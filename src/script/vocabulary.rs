//! Every word of the scenario language, once: what kind of word it is, how it is written, what it means, which fields
//! it takes, with their ranges and defaults. The reader takes allowed fields, ranges and defaults from here, messages
//! their suggestions, and `uptake help WORD` its text, so that the three cannot drift apart.

mod functions;
mod makers;
mod results;
mod statements;

use std::fmt::Write;

/// A word of the language.
#[derive(Debug)]
pub struct Word {
    /// As written, with its table: `stage`, `graph.ring`.
    pub name: &'static str,
    pub kind: Kind,
    pub signature: &'static str,
    pub meaning: &'static str,
    pub fields: &'static [Field],
}

/// What a word is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stands at the top of a file or in the table of a scenario.
    File,
    /// Declares something in `world(p)`.
    Statement,
    /// A table of fields inside a statement, such as a route.
    Part,
    /// Makes ties: `graph.ring`.
    Maker,
    /// A law of first values: `dist.uniform`.
    Law,
    /// Chooses agents: `top`.
    Selector,
    /// Makes expressions, or numbers of numbers: `exp`.
    Function,
    /// Where a column is read: `me`.
    View,
    /// A column that is there without being declared: `me.followers`.
    Column,
    /// What is remembered of a stage: `me.age.adopted`.
    History,
    /// A measure of structure: `clustering`.
    Measure,
    /// A measure of structure that takes a column: `assortativity`.
    ColumnMeasure,
    /// A measure of structure that takes a number: `core_size`.
    ThresholdMeasure,
    /// A measure of a run's cascade: `virality`.
    Cascade,
    /// What every run is told by: `adopted.peak`. Stands in quotes, after a point or in a chart.
    Result,
    /// What a chart's formula is made of.
    Figure,
}

impl Kind {
    /// What it is called in messages and lists.
    pub fn word(self) -> &'static str {
        match self {
            Kind::File => "file",
            Kind::Statement => "statement",
            Kind::Part => "part",
            Kind::Maker => "maker of ties",
            Kind::Law => "distribution",
            Kind::Selector => "selector of agents",
            Kind::Function => "function",
            Kind::View => "view",
            Kind::Column => "column",
            Kind::History => "history of a stage",
            Kind::Measure | Kind::ColumnMeasure | Kind::ThresholdMeasure => "measure of structure",
            Kind::Cascade => "measure of a cascade, for observe",
            Kind::Result => "result of a run, S being a stage",
            Kind::Figure => "in the formula of a chart",
        }
    }
}

/// A named field of a word's table.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub takes: Takes,
    /// As written; a field without a default must be given.
    pub default: Option<&'static str>,
    pub meaning: &'static str,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Takes {
    Number {
        least: f64,
        most: f64,
    },
    Whole {
        least: f64,
        most: f64,
    },
    /// A number or an expression; the range is that of numbers written out.
    Formula {
        least: f64,
        most: f64,
    },
    Choice(&'static [&'static str]),
    Flag,
    Text,
    Texts,
    Who,
    Function,
    /// Anything else, in words.
    Shape(&'static str),
}

impl std::fmt::Display for Takes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut range = |what: &str, least: f64, most: f64| {
            f.write_str(what)?;
            match (least.is_finite(), most < MOST) {
                (true, true) => write!(f, ", {least} to {most}"),
                (true, false) => write!(f, ", at least {least}"),
                (false, true) => write!(f, ", at most {most}"),
                (false, false) => Ok(()),
            }
        };
        match *self {
            Takes::Number { least, most } => range("a number", least, most),
            Takes::Whole { least, most } => range("a whole number", least, most),
            Takes::Formula { least, most } => range("a number or an expression", least, most),
            Takes::Choice(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                let (last, others) = quoted.split_last().expect("a choice has words");
                if !others.is_empty() {
                    write!(f, "{} or ", others.join(", "))?;
                }
                f.write_str(last)
            }
            Takes::Flag => f.write_str("true or false"),
            Takes::Text => f.write_str("a string"),
            Takes::Texts => f.write_str("a list of strings"),
            Takes::Who => {
                f.write_str("agents: a kind, name or mark in quotes, \"all\", or a selector such as random(10)")
            }
            Takes::Function => f.write_str("a function"),
            Takes::Shape(words) => f.write_str(words),
        }
    }
}

impl Word {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every word, by kind, in the order a scenario is written.
pub fn words() -> impl Iterator<Item = &'static Word> {
    statements::WORDS.iter().chain(makers::WORDS).chain(functions::WORDS).chain(results::WORDS)
}

/// The word of this name.
pub fn word(name: &str) -> Option<&'static Word> {
    words().find(|word| word.name == name)
}

/// What `uptake help WORD` says about a word or a field; nothing when there is no such word.
pub fn help(name: &str) -> Option<String> {
    let of_table = |word: &&Word| word.name.split('.').nth(1) == Some(name);
    let pages = words().filter(|word| word.name == name).chain(words().filter(of_table)).map(page);
    let mut text = pages.collect::<Vec<_>>().join("\n");
    for word in words() {
        if let Some(field) = word.field(name) {
            let _ = writeln!(text, "{name}: a field of {}", word.name);
            describe(&mut text, field);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// The words whose own description speaks of this one: of a value in quotes, or a word inside of functions.
pub fn speaking_of(name: &str) -> Vec<&'static Word> {
    let is_part = |c: char| !c.is_alphanumeric() && c != '_';
    let speaks = |text: &str| text.split(is_part).any(|part| part == name);
    let of_field = |field: &Field| speaks(field.meaning) || speaks(&field.takes.to_string());
    words().filter(|word| speaks(word.signature) || speaks(word.meaning) || word.fields.iter().any(of_field)).collect()
}

/// What was probably meant by an unknown word.
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::table::nearest(name, words().map(|word| word.name))
}

fn page(word: &Word) -> String {
    let mut text = format!("{}\n{}: {}\n", word.signature, word.kind.word(), word.meaning);
    if !word.fields.is_empty() {
        text += "fields:\n";
    }
    for field in word.fields {
        let _ = writeln!(text, "  {}", field.name);
        describe(&mut text, field);
    }
    text
}

fn describe(text: &mut String, field: &Field) {
    let default = match field.default {
        Some(default) => format!("default {default}"),
        None => "must be given".into(),
    };
    let _ = writeln!(text, "    {}", field.meaning);
    let _ = writeln!(text, "    {}; {default}", field.takes);
}

const fn field(name: &'static str, takes: Takes, default: &'static str, meaning: &'static str) -> Field {
    Field { name, takes, default: Some(default), meaning }
}

const fn needed(name: &'static str, takes: Takes, meaning: &'static str) -> Field {
    Field { name, takes, default: None, meaning }
}

const fn word_of(
    kind: Kind,
    name: &'static str,
    signature: &'static str,
    meaning: &'static str,
    fields: &'static [Field],
) -> Word {
    Word { name, kind, signature, meaning, fields }
}

const INF: f64 = f64::INFINITY;
/// Agents, ties and steps are numbered with 32 bits; a limit that large is not worth telling.
const MOST: f64 = 4e9;
const SHARE: Takes = Takes::Number { least: 0.0, most: 1.0 };
const PROBABILITY: Takes = Takes::Formula { least: 0.0, most: 1.0 };
const FORMULA: Takes = Takes::Formula { least: -INF, most: INF };
/// Odds and amounts.
const AMOUNT: Takes = Takes::Formula { least: 0.0, most: INF };
const COUNT: Takes = Takes::Whole { least: 0.0, most: MOST };
const POSITIVE: Takes = Takes::Whole { least: 1.0, most: MOST };

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_and_every_field_is_there_once() {
        let mut seen = BTreeSet::new();
        for word in words() {
            assert!(seen.insert(word.name), "{} is there twice", word.name);
            let fields: BTreeSet<_> = word.fields.iter().map(|field| field.name).collect();
            assert_eq!(fields.len(), word.fields.len(), "{}", word.name);
            assert!(!word.meaning.ends_with('.') && !word.signature.is_empty());
        }
    }

    #[test]
    fn help_knows_words_and_fields() {
        let ring = help("ring").expect("a maker");
        assert!(ring.starts_with("graph.ring { k, rewire = 0, keep }\n"), "{ring}");
        assert!(ring.contains("a number, 0 to 1; default 0"), "{ring}");
        assert!(help("needs").expect("a field").contains("needs: a field of route"));
        assert_eq!(help("nonsense"), None);
        assert!(help("where").is_some_and(|text| text.contains("selector") && text.contains("a field of scenario")));
        assert!(help("thalf").expect("a result").contains("half of the population"));
        let told = |name: &str| speaking_of(name).iter().map(|word| word.name).collect::<Vec<_>>();
        assert_eq!((told("asynchronous"), told("nonsense")), (vec!["order"], vec![]));
        assert!(told("hears").contains(&"each") && told("all").contains(&"where"));
    }
}
