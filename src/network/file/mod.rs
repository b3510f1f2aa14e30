//! Networks from files: a list of ties, and, if there is one, a table of agents.
//!
//! Everything works on bytes in memory; [`read_bytes`] alone touches the disk. Gzip is recognised by its first bytes.

mod labels;
mod lines;
mod table;
mod write;

use std::io::Read;
use std::path::Path;

use super::csr::Network;
use super::error::{NetworkError, require_ties};
use super::note::{Note, note};
use labels::Labels;
use lines::TieList;

pub use table::{AgentColumn, AgentValues};
pub use write::write_edges;

/// How a list of ties is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// First column speaker, second hearer. Otherwise every tie goes both ways, and `a b` and `b a` are one tie.
    pub directed: bool,
    /// Whether the first row names the columns; found out when not given.
    pub header: Option<bool>,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct FileNetwork {
    pub network: Network,
    /// The label of every agent. Agents are numbered by ascending label: as numbers when all labels are whole numbers,
    /// else as bytes.
    pub labels: Vec<String>,
    /// Columns of numbers that ties carry, in tie order; in a mutual network the same both ways.
    pub ties: Vec<TieColumn>,
    /// Columns of the agents' table.
    pub agents: Vec<AgentColumn>,
    pub notes: Vec<Note>,
}

/// A number for every tie; NaN where the file has none.
#[derive(Clone, Debug, PartialEq)]
pub struct TieColumn {
    pub name: String,
    pub values: Vec<f64>,
}

/// Reads a list of ties in any of the usual dialects, and an optional table of agents.
///
/// Ties: one a line, columns apart by blanks, tabs, commas or semicolons (found from the first row), lines beginning with
/// `#` or `%` are remarks. The first two columns are speaker and hearer, or those that a header names so (source, from,
/// u ... target, to, v ...). Further columns of numbers are kept under their header's name, or as `weight`, `column4`,
/// ... A first row that is not of the kind of the rest is a header. Self-ties and repeats are dropped, the first of
/// repeats kept; all that is counted in notes.
///
/// Agents: comma (or tab, or semicolon) separated with a header, the first column the label. Its rows are the agents,
/// also those without ties. A column of numbers is kept as numbers, any other as categories.
pub fn read_edges(ties: &[u8], agents: Option<&[u8]>, options: &ReadOptions) -> Result<FileNetwork, NetworkError> {
    let mut notes = Vec::new();
    let text = text_of(ties, "the list of ties")?;
    let list = TieList::parse(&text, options.header, &mut notes)?;
    let table_text = agents.map(|bytes| text_of(bytes, "the table of agents")).transpose()?;
    let table = table_text.as_deref().map(|text| table::AgentTable::parse(text, &mut notes)).transpose()?;

    let labels = match &table {
        Some(table) => Labels::new(table.labels()),
        None => Labels::new(list.labels()),
    };
    if let Some(table) = &table {
        table.refuse_twice(&labels)?;
    }
    let mut rows = Vec::with_capacity(list.rows.len());
    for (at, row) in list.rows.iter().enumerate() {
        let find = |label: &str| {
            labels.find(label).ok_or_else(|| {
                let near =
                    labels.nearest(label).map_or_else(String::new, |near| format!(", perhaps `{near}` is meant"));
                list.error(at, format!("`{label}` is not in the table of agents{near}"))
            })
        };
        rows.push((find(&row.speaker)?, find(&row.hearer)?, at as u32));
    }
    let kept = keep_first(rows, options.directed, &list, &mut notes);
    require_ties(kept.len() as u64 * if options.directed { 1 } else { 2 })?;
    let pairs = kept.iter().map(|&(speaker, hearer, _)| (speaker, hearer));
    let (network, _) = Network::from_ties(labels.len(), pairs, !options.directed);

    let mut columns: Vec<TieColumn> = list
        .columns
        .iter()
        .map(|column| TieColumn { name: column.name.clone(), values: vec![f64::NAN; network.ties()] })
        .collect();
    if !columns.is_empty() {
        for &(speaker, hearer, at) in &kept {
            let both = [(speaker, hearer), (hearer, speaker)];
            for &(from, to) in &both[..if options.directed { 1 } else { 2 }] {
                let place = network.hears(to as usize).binary_search(&from).expect("every kept pair is a tie");
                let tie = network.row(to as usize).start + place;
                for (column, read) in columns.iter_mut().zip(&list.columns) {
                    column.values[tie] = read.values[at as usize];
                }
            }
        }
    }
    let agents = table.map_or_else(Vec::new, |table| table.into_columns(&labels, &mut notes));
    Ok(FileNetwork { network, labels: labels.into_strings(), ties: columns, agents, notes })
}

/// The bytes of a file: the only step that touches the disk.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, NetworkError> {
    std::fs::read(path)
        .map_err(|error| NetworkError::File { problem: format!("{} cannot be read: {error}", path.display()) })
}

/// Whether the bytes begin as gzip does.
pub fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The bytes as text: unpacked if need be, without a byte order mark.
fn text_of(bytes: &[u8], what: &str) -> Result<String, NetworkError> {
    let mut unpacked = Vec::new();
    let bytes = if is_compressed(bytes) {
        flate2::read::MultiGzDecoder::new(bytes)
            .read_to_end(&mut unpacked)
            .map_err(|error| NetworkError::File { problem: format!("{what} is gzip, but broken: {error}") })?;
        &unpacked
    } else {
        bytes
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() as u64;
            let text = bytes.split(|&byte| byte == b'\n').nth(line as usize - 1).unwrap_or_default();
            Err(NetworkError::line(line, &String::from_utf8_lossy(text), format!("{what} is not UTF-8 text")))
        }
    }
}

/// Drops self-ties and all but the first of repeats.
fn keep_first(
    mut rows: Vec<(u32, u32, u32)>,
    directed: bool,
    list: &TieList,
    notes: &mut Vec<Note>,
) -> Vec<(u32, u32, u32)> {
    let given = rows.len();
    rows.retain(|row| row.0 != row.1);
    note(notes, "self-ties dropped", (given - rows.len()) as u64);
    if !directed {
        rows.iter_mut().for_each(|row| (row.0, row.1) = (row.0.min(row.1), row.0.max(row.1)));
    }
    rows.sort_unstable();
    let (mut repeats, mut differing) = (0, 0);
    rows.dedup_by(|later, first| {
        let same = (later.0, later.1) == (first.0, first.1);
        if same {
            repeats += 1;
            let differs = list.columns.iter().any(|column| {
                let (a, b) = (column.values[later.2 as usize], column.values[first.2 as usize]);
                a != b && !(a.is_nan() && b.is_nan())
            });
            differing += u64::from(differs);
        }
        same
    });
    note(notes, "repeated ties dropped, the first kept", repeats);
    note(notes, "repeated ties dropped that carried other numbers than the first", differing);
    rows
}

#[cfg(test)]
mod tests;
