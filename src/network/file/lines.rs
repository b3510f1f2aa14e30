//! Lines of text into rows of a tie list: dialect, header, numbers.

use std::borrow::Cow;

use crate::network::error::NetworkError;
use crate::network::note::{Note, note};

/// Names that a header gives the speaker's and the hearer's column.
const SPEAKER: [&str; 11] = ["source", "src", "from", "speaker", "sender", "u", "i", "ego", "node1", "id1", "agent1"];
const HEARER: [&str; 12] =
    ["target", "tgt", "dst", "to", "hearer", "receiver", "v", "j", "alter", "node2", "id2", "agent2"];

/// The rows of a list of ties.
pub(super) struct TieList<'a> {
    pub rows: Vec<TieRow<'a>>,
    pub columns: Vec<ReadColumn>,
}

pub(super) struct TieRow<'a> {
    pub speaker: Cow<'a, str>,
    pub hearer: Cow<'a, str>,
    line: u32,
    text: &'a str,
}

pub(super) struct ReadColumn {
    pub name: String,
    pub values: Vec<f64>,
}

impl<'a> TieList<'a> {
    pub fn parse(text: &'a str, header: Option<bool>, notes: &mut Vec<Note>) -> Result<Self, NetworkError> {
        let mut lines = content(text);
        let Some((first_line, first_text)) = lines.next() else {
            return Ok(TieList { rows: Vec::new(), columns: Vec::new() });
        };
        if first_text.trim_start().starts_with('<') {
            let problem = "this looks like XML (GraphML, GEXF), wanted is a list of ties, one a line";
            return Err(NetworkError::line(first_line, first_text, problem));
        }
        let separator = Separator::of(first_text);
        let mut fields = Vec::new();
        separator.split(first_text, first_line, &mut fields)?;
        let first: Vec<Cow<'a, str>> = std::mem::take(&mut fields);
        let width = first.len();
        if width < 2 {
            let problem = "a tie needs two agents, apart by a blank, tab, comma or semicolon";
            return Err(NetworkError::line(first_line, first_text, problem));
        }
        let named = |names: &[&str]| first.iter().position(|field| names.contains(&field.to_lowercase().as_str()));
        let named_ends = named(&SPEAKER).zip(named(&HEARER));
        // A Matrix Market file has its sizes, not a tie, in its first row.
        let is_matrix = text.starts_with("%%MatrixMarket");
        let (speaker_at, hearer_at) = named_ends.filter(|_| header != Some(false)).unwrap_or((0, 1));
        let others: Vec<usize> = (0..width).filter(|&at| at != speaker_at && at != hearer_at).collect();

        let mut rows = Vec::new();
        let mut columns: Vec<Option<Vec<f64>>> = vec![Some(Vec::new()); others.len()];
        let mut missing = 0;
        let mut width_here = width;
        for (line, text) in lines {
            separator.split(text, line, &mut fields)?;
            if is_matrix && rows.is_empty() {
                width_here = fields.len();
            }
            if fields.len() != width_here || fields.len() < 2 {
                let problem = format!("this row has {} columns, the first has {width_here}", fields.len());
                return Err(NetworkError::line(line, text, problem));
            }
            for (column, &at) in columns.iter_mut().zip(&others) {
                let Some(values) = column else { continue };
                match fields.get(at).map_or(Some(f64::NAN), |field| number(field)) {
                    Some(value) => {
                        missing += u64::from(value.is_nan());
                        values.push(value);
                    }
                    None => *column = None,
                }
            }
            let (speaker, hearer) = (fields[speaker_at].clone(), fields[hearer_at].clone());
            if speaker.is_empty() || hearer.is_empty() {
                return Err(NetworkError::line(line, text, "a tie needs two agents, one is empty here"));
            }
            rows.push(TieRow { speaker, hearer, line: line as u32, text });
        }

        let has_header = !is_matrix
            && header.unwrap_or_else(|| {
                let is_label = |field: &str| rows.iter().any(|row| row.speaker == field || row.hearer == field);
                let by_name = named_ends.is_some() && !is_label(&first[speaker_at]) && !is_label(&first[hearer_at]);
                let whole = |label: &str| label.parse::<i64>().is_ok();
                let by_kind = !rows.is_empty()
                    && ((!whole(&first[speaker_at])
                        && !whole(&first[hearer_at])
                        && rows.iter().all(|row| whole(&row.speaker) && whole(&row.hearer)))
                        || others.iter().zip(&columns).any(|(&at, column)| {
                            column.as_ref().is_some_and(|values| values.iter().any(|value| !value.is_nan()))
                                && number(&first[at]).is_none()
                        }));
                by_name || by_kind
            });
        if !has_header && (speaker_at, hearer_at) != (0, 1) {
            // What looked like names of columns are labels.
            return Self::parse(text, Some(false), notes);
        }
        if is_matrix {
            note(notes, "Matrix Market sizes passed over, lines", 1);
            columns.truncate(width_here - 2);
        } else if has_header {
            let shown = first_text.trim();
            note(notes, format!("the first row is taken as a header: `{shown}`, lines"), 1);
        } else {
            for (column, &at) in columns.iter_mut().zip(&others) {
                let Some(values) = column else { continue };
                match number(&first[at]) {
                    Some(value) => values.insert(0, value),
                    None => *column = None,
                }
            }
            let (speaker, hearer) = (first[speaker_at].clone(), first[hearer_at].clone());
            rows.insert(0, TieRow { speaker, hearer, line: first_line as u32, text: first_text });
        }
        let mut kept = Vec::new();
        for (column, &at) in columns.into_iter().zip(&others) {
            let name = if has_header {
                first[at].to_string()
            } else if others[0] == at {
                "weight".to_string()
            } else {
                format!("column{}", at + 1)
            };
            match column {
                Some(values) => kept.push(ReadColumn { name, values }),
                None => note(notes, format!("column `{name}` holds text and is left out, rows"), rows.len() as u64),
            }
        }
        note(notes, "numbers missing in the list of ties", missing);
        Ok(TieList { rows, columns: kept })
    }

    pub fn labels(&self) -> impl Iterator<Item = &str> + Clone {
        self.rows.iter().flat_map(|row| [row.speaker.as_ref(), row.hearer.as_ref()])
    }

    pub fn error(&self, row: usize, problem: String) -> NetworkError {
        NetworkError::line(u64::from(self.rows[row].line), self.rows[row].text, problem)
    }
}

/// Lines with something in them, numbered from 1, without remarks.
pub(super) fn content(text: &str) -> impl Iterator<Item = (u64, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at as u64 + 1, line))
        .filter(|(_, line)| !matches!(line.trim_start().as_bytes().first(), None | Some(b'#' | b'%')))
}

/// A number, or NaN for what says that there is none; nothing for text.
pub(super) fn number(field: &str) -> Option<f64> {
    match field {
        "" | "NA" | "NaN" | "nan" | "null" => Some(f64::NAN),
        _ => field.parse().ok().filter(|value: &f64| value.is_finite()),
    }
}

/// What stands between columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Blanks,
    Sign(u8),
}

impl Separator {
    /// The first of tab, comma and semicolon that the line has, else blanks.
    pub fn of(line: &str) -> Self {
        let has = |sign: u8| line.as_bytes().contains(&sign).then_some(Separator::Sign(sign));
        has(b'\t').or(has(b',')).or(has(b';')).unwrap_or(Separator::Blanks)
    }

    /// The columns of a line, trimmed. Between signs a column may be quoted, `""` in it is one quotation mark.
    fn split<'a>(self, line: &'a str, number: u64, into: &mut Vec<Cow<'a, str>>) -> Result<(), NetworkError> {
        into.clear();
        let sign = match self {
            Separator::Blanks => {
                into.extend(line.split_ascii_whitespace().map(Cow::Borrowed));
                return Ok(());
            }
            Separator::Sign(sign) => char::from(sign),
        };
        let mut rest = line;
        loop {
            let field = rest.trim_start_matches(' ');
            let (value, after) = match field.strip_prefix('"') {
                Some(quoted) => {
                    let end = closing_quote(quoted)
                        .ok_or_else(|| NetworkError::line(number, line, "a quotation mark is not closed"))?;
                    (Cow::Owned(quoted[..end].replace("\"\"", "\"")), quoted[end + 1..].trim_start_matches(' '))
                }
                None => {
                    let end = field.find(sign).unwrap_or(field.len());
                    (Cow::Borrowed(field[..end].trim()), &field[end..])
                }
            };
            into.push(value);
            match after.strip_prefix(sign) {
                Some(next) => rest = next,
                None if after.is_empty() => return Ok(()),
                None => return Err(NetworkError::line(number, line, "text after a closed quotation mark")),
            }
        }
    }
}

fn closing_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return Some(at),
            _ => at += 1,
        }
    }
    None
}
