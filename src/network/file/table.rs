//! The table of agents: labels and columns.

use super::labels::Labels;
use super::lines::{Separator, content, number};
use crate::network::error::NetworkError;
use crate::network::measure::categories;
use crate::network::note::{Note, note};

/// A column of the table of agents, in the agents' order.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentColumn {
    pub name: String,
    pub values: AgentValues,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AgentValues {
    /// NaN where the table has none.
    Number(Vec<f64>),
    /// For each agent the place of its value in `names`, which are the different values in byte order.
    Category { codes: Vec<u32>, names: Vec<String> },
}

impl AgentColumn {
    /// The values as categories: numbers by ascending value, a missing number last.
    pub fn codes(&self) -> Vec<u32> {
        match &self.values {
            AgentValues::Category { codes, .. } => codes.clone(),
            AgentValues::Number(values) => categories(values),
        }
    }
}

/// Rows of the table as they stand in the file.
pub(super) struct AgentTable {
    names: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl AgentTable {
    pub fn parse(text: &str, notes: &mut Vec<Note>) -> Result<Self, NetworkError> {
        let Some((first_line, first)) = content(text).next() else {
            return Err(NetworkError::File { problem: "the table of agents is empty".into() });
        };
        let delimiter = match Separator::of(first) {
            Separator::Sign(sign) => sign,
            Separator::Blanks => b',',
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let in_table = |error: csv::Error| {
            let line = error.position().map_or(1, |position| position.line());
            let shown = text.lines().nth(line as usize - 1).unwrap_or_default();
            let problem = match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    format!("this row of the table of agents has {len} columns, the header has {expected_len}")
                }
                _ => format!("the table of agents cannot be read ({error})"),
            };
            NetworkError::line(line, shown, problem)
        };
        let names: Vec<String> = reader.headers().map_err(in_table)?.iter().map(String::from).collect();
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                let problem = format!("the table of agents has two columns `{name}`");
                return Err(NetworkError::line(first_line, first, problem));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(in_table)?;
            let line = record.position().map_or(0, |position| position.line());
            rows.push((line, record));
        }
        if names.len() == 1 {
            note(notes, "the table of agents has labels only, rows", rows.len() as u64);
        }
        Ok(AgentTable { names, rows })
    }

    pub fn labels(&self) -> impl Iterator<Item = &str> + Clone {
        self.rows.iter().map(|(_, record)| record.get(0).unwrap_or_default())
    }

    /// Two rows for one agent could say different things: an error.
    pub fn refuse_twice(&self, labels: &Labels) -> Result<(), NetworkError> {
        let mut seen = vec![0; labels.len()];
        for (line, record) in &self.rows {
            let label = record.get(0).unwrap_or_default();
            let shown = record.iter().collect::<Vec<_>>().join(",");
            if label.is_empty() {
                return Err(NetworkError::line(*line, &shown, "an agent of the table has no label"));
            }
            let agent = labels.find(label).expect("the labels are those of the table") as usize;
            if seen[agent] > 0 {
                let problem = format!("agent `{label}` is in the table twice, first in line {}", seen[agent]);
                return Err(NetworkError::line(*line, &shown, problem));
            }
            seen[agent] = *line;
        }
        Ok(())
    }

    pub fn into_columns(self, labels: &Labels, notes: &mut Vec<Note>) -> Vec<AgentColumn> {
        // Row numbers in the agents' order.
        let mut row_of = vec![0; labels.len()];
        for (row, label) in self.labels().enumerate() {
            row_of[labels.find(label).expect("the labels are those of the table") as usize] = row;
        }
        let mut columns = Vec::new();
        for (at, name) in self.names.iter().enumerate().skip(1) {
            let texts: Vec<&str> = row_of.iter().map(|&row| self.rows[row].1.get(at).unwrap_or_default()).collect();
            let numbers: Option<Vec<f64>> = texts.iter().map(|text| number(text)).collect();
            let numbers = numbers.filter(|values| values.iter().any(|value| !value.is_nan()));
            let (values, missing) = match numbers {
                Some(values) => {
                    let missing = values.iter().filter(|value| value.is_nan()).count();
                    (AgentValues::Number(values), missing)
                }
                None => {
                    let mut names = texts.clone();
                    names.sort_unstable();
                    names.dedup();
                    let code = |text: &&str| names.binary_search(text).expect("made of these texts") as u32;
                    let codes = texts.iter().map(code).collect();
                    let missing = texts.iter().filter(|text| text.is_empty()).count();
                    (AgentValues::Category { codes, names: names.into_iter().map(String::from).collect() }, missing)
                }
            };
            note(notes, format!("column `{name}` of the table of agents has empty fields"), missing as u64);
            columns.push(AgentColumn { name: name.clone(), values });
        }
        columns
    }
}
