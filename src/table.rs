//! Named typed columns of equal length: all that store, summary and chart share.

use std::fmt::Display;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One column's values. A missing number is NaN (written as an empty field); a missing text is empty. Texts may be shared,
/// because a table of a million runs says a million times how they ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Values {
    Number(Vec<f64>),
    Text(Vec<Arc<str>>),
}

impl Values {
    pub fn len(&self) -> usize {
        match self {
            Values::Number(values) => values.len(),
            Values::Text(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column of text.
    pub fn texts<T: Into<Arc<str>>>(texts: impl IntoIterator<Item = T>) -> Values {
        Values::Text(texts.into_iter().map(Into::into).collect())
    }

    /// How row `row` is written: shortest digits that read back to the same number, empty when missing.
    pub fn written(&self, row: usize) -> String {
        match self {
            Values::Number(values) => written(values[row]),
            Values::Text(values) => values[row].to_string(),
        }
    }
}

/// A number in the fewest digits that read back to the same value; NaN, which means missing, is empty.
pub fn written(value: f64) -> String {
    if value.is_nan() { String::new() } else { format!("{value}") }
}

/// So many of something, in words: `1 run`, `3 runs`, `2 tries`.
pub fn counted(count: impl Display, one: &str) -> String {
    let count = count.to_string();
    match (count.as_str(), one.strip_suffix('y')) {
        ("1", _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {one}s"),
    }
}

/// What so many things do: `is` for one, `are` for others.
pub fn are(count: impl Display) -> &'static str {
    if count.to_string() == "1" { "is" } else { "are" }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub values: Values,
}

/// Rows under named columns; all columns have the same length. A copy shares them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    columns: Vec<Arc<Column>>,
}

impl Table {
    pub fn new() -> Self {
        Table::default()
    }

    /// Appends a column. Panics when its length differs or its name is taken: a bug of the caller, not of the data.
    pub fn push(&mut self, name: impl Into<String>, values: Values) {
        let name = name.into();
        assert!(self.column(&name).is_none(), "column {name} is there already");
        assert!(self.columns.is_empty() || values.len() == self.rows(), "column {name} has another length");
        self.columns.push(Arc::new(Column { name, values }));
    }

    pub fn with(mut self, name: impl Into<String>, values: Values) -> Self {
        self.push(name, values);
        self
    }

    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    pub fn columns(&self) -> &[Arc<Column>] {
        &self.columns
    }

    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    pub fn column(&self, name: &str) -> Option<&Values> {
        self.columns.iter().find(|column| column.name == name).map(|column| &column.values)
    }

    /// The numbers of a column; none when there is no such column or it holds text.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        match self.column(name)? {
            Values::Number(values) => Some(values),
            Values::Text(_) => None,
        }
    }

    /// As a CSV file: a missing number is an empty field.
    pub fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(self.names()).expect(CSV_NEVER_FAILS);
        for row in 0..self.rows() {
            let fields = self.columns.iter().map(|column| column.values.written(row));
            writer.write_record(fields).expect(CSV_NEVER_FAILS);
        }
        String::from_utf8(writer.into_inner().expect(CSV_NEVER_FAILS)).expect("tables hold valid text")
    }

    /// The same columns, only the rows in `rows`, in that order.
    pub fn select(&self, rows: &[usize]) -> Table {
        let pick = |values: &Values| match values {
            Values::Number(v) => Values::Number(rows.iter().map(|&row| v[row]).collect()),
            Values::Text(v) => Values::Text(rows.iter().map(|&row| v[row].clone()).collect()),
        };
        Table {
            columns: self
                .columns
                .iter()
                .map(|c| Arc::new(Column { name: c.name.clone(), values: pick(&c.values) }))
                .collect(),
        }
    }
}

const CSV_NEVER_FAILS: &str = "rows of equal length can always be written to memory";

/// What was probably meant: the known name nearest to `given`, when it is near enough to be a slip of the finger.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (given.chars().count() / 3).max(1) + usize::from(given.chars().count() > 3);
    let lower = given.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(nearest("rewrie", ["rewire", "replicates"]), Some("rewire"));
        assert_eq!(nearest("Needs", ["needs", "chance"]), Some("needs"));
        assert_eq!(nearest("colour", ["needs", "chance"]), None);
    }

    #[test]
    fn one_is_a_singular() {
        assert_eq!([counted(1, "run"), counted(0, "run"), counted(2, "run")], ["1 run", "0 runs", "2 runs"]);
        assert_eq!([counted(1, "try"), counted(3, "try"), counted("0.5", "tie")], ["1 try", "3 tries", "0.5 ties"]);
        assert_eq!([are(1), are(0), are(2)], ["is", "are", "are"]);
    }

    #[test]
    fn a_missing_number_is_written_as_nothing() {
        let values = Values::Number(vec![0.1, f64::NAN, 3.0, 1e-7]);
        let written: Vec<String> = (0..4).map(|row| values.written(row)).collect();
        assert_eq!(written, ["0.1", "", "3", "0.0000001"]);
    }
}
