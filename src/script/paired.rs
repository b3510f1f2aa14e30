//! `r:paired(name, first, second)`: two cells compared run by run, on common random numbers.

use mlua::{Lua, MetaMethod, Table, UserData, UserDataFields, UserDataMethods, Value};

use super::captured::{described, teach};
use super::results::{Matching, Runs, at_last, note};
use super::session::{Session, fail, here};
use super::vm::keys_in_order;
use crate::formula::Mistake;
use crate::stats::{self, CONFIDENCE, Paired};

/// The runs of two filters, pair by pair.
pub(super) fn compare(
    lua: &Lua,
    runs: &Runs,
    (name, first, second): (Value, Value, Value),
) -> mlua::Result<Comparison> {
    let (Value::String(name), Value::Table(first), Value::Table(second)) = (&name, &first, &second) else {
        let got = [&name, &first, &second].map(described).join(", ");
        return Err(fail(
            lua,
            format!(
                "r:paired: expected a measure and two filters, such as (\"adopted\", {{ k = 4 }}, {{ k = 8 }}), got {got}"
            ),
        ));
    };
    if runs.independent {
        return Err(fail(
            lua,
            "r:paired: with independent = true every cell draws for itself, and two runs are no pair; leave it out",
        ));
    }
    let name = name.to_string_lossy();
    let column = runs.measure(lua, "r:paired", &name)?;
    let mut named = names(lua, first)?;
    named.extend(names(lua, second)?);
    let (first, second) = (runs.matching(lua, first)?, runs.matching(lua, second)?);
    let words = format!("r:paired(\"{name}\", {}, {})", shortened(&first.words), shortened(&second.words));
    let pairs = pair(lua, runs, &words, &named, &first, &second)?;

    let values = |side: fn(&(usize, usize)) -> usize| -> Vec<f64> {
        pairs.iter().map(|rows| at_last(&name, column[side(rows)])).collect()
    };
    let found = stats::paired(&values(|rows| rows.0), &values(|rows| rows.1), CONFIDENCE);
    if found.pairs == 0 {
        return Err(fail(lua, format!("{words}: no pair of runs has a value of {name}")));
    }
    let missing = pairs.len() as u64 - found.pairs;
    if missing > 0 {
        let message = format!("{words}: {missing} of {} pairs have no value of {name} and are left out", pairs.len());
        Session::of(lua).warn(here(lua), message);
    }
    // What any claim of it is about, whichever part it is told from.
    note(lua, format!("{words}.mean"), found.mean);
    note(lua, format!("{words}.positive"), found.positive);
    Ok(Comparison { words, found })
}

/// Two cells compared: what `r:paired` gives.
pub(super) struct Comparison {
    /// The call as written.
    words: String,
    found: Paired,
}

impl Comparison {
    fn numbers(&self) -> [(&'static str, f64); 8] {
        let found = &self.found;
        [
            ("mean", found.mean),
            ("low", found.interval.low),
            ("high", found.interval.high),
            ("positive", found.positive),
            ("positive_low", found.positive_interval.low),
            ("positive_high", found.positive_interval.high),
            ("negative", found.negative),
            ("pairs", found.pairs as f64),
        ]
    }
}

impl UserData for Comparison {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_meta_field(MetaMethod::Type, "comparison");
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Index, |lua, comparison, name: Value| {
            let name = name.to_string()?;
            let numbers = comparison.numbers();
            let Some((_, number)) = numbers.iter().find(|(known, _)| *known == name) else {
                let known = numbers.map(|(known, _)| known);
                return Err(fail(lua, Mistake::unknown(0, "part of a comparison", &name, &known).message));
            };
            note(lua, format!("{}.{name}", comparison.words), *number);
            Ok(*number)
        });
        teach(methods, |comparison: &Comparison| {
            format!("{0} is a comparison: name a part of it, such as {0}.mean", comparison.words)
        });
    }
}

/// The parameters a filter names.
fn names(lua: &Lua, filter: &Table) -> mlua::Result<Vec<String>> {
    keys_in_order(lua, filter)?.iter().map(|key| key.to_string()).collect()
}

/// `r{ k = 4 }` without its r.
fn shortened(words: &str) -> &str {
    words.trim_start_matches('r')
}

/// The rows of the runs that belong together. Runs without a partner (it failed) stay out.
fn pair(
    lua: &Lua,
    runs: &Runs,
    words: &str,
    named: &[String],
    first: &Matching,
    second: &Matching,
) -> mlua::Result<Vec<(usize, usize)>> {
    let same: Vec<&str> = runs
        .parameters
        .iter()
        .map(String::as_str)
        .chain(["replicate"])
        .filter(|parameter| *parameter == "replicate" || !named.iter().any(|name| name == parameter))
        .collect();
    let key = |row: usize| -> Vec<String> {
        same.iter().filter_map(|name| runs.table.column(name)).map(|values| values.written(row)).collect()
    };
    let mut partners: Vec<(Vec<String>, usize)> = second.rows.iter().map(|&row| (key(row), row)).collect();
    partners.sort();
    let mut keys: Vec<(Vec<String>, usize)> = first.rows.iter().map(|&row| (key(row), row)).collect();
    keys.sort();
    for (side, rows) in [("first", &keys), ("second", &partners)] {
        if rows.windows(2).any(|two| two[0].0 == two[1].0) {
            return Err(fail(
                lua,
                format!(
                    "{words}: several runs of the {side} could be half of one pair; name the same parameters on both sides"
                ),
            ));
        }
    }
    let mut pairs: Vec<(usize, usize)> = keys
        .iter()
        .filter_map(|(key, row)| {
            let place = partners.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
            Some((*row, partners[place].1))
        })
        .collect();
    pairs.sort_unstable();
    if pairs.is_empty() {
        return Err(fail(lua, format!("{words}: no two finished runs make a pair")));
    }
    Ok(pairs)
}
