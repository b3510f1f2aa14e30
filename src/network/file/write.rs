//! A network as a list of ties again.

use std::borrow::Cow;
use std::fmt::Write;

use super::TieColumn;
use crate::network::csr::Network;
use crate::table::written;

/// The ties as comma separated text with a header, speaker first, by hearer; of a mutual network each pair once. Agents go
/// by `labels`, or by number. What [`read_edges`](super::read_edges) reads back as the same ties; agents without ties need
/// a table.
pub fn write_edges(network: &Network, labels: Option<&[String]>, columns: &[TieColumn]) -> String {
    let label = |agent: u32| match labels {
        Some(labels) => quoted(&labels[agent as usize]),
        None => Cow::Owned(agent.to_string()),
    };
    let mut text = String::from("source,target");
    for column in columns {
        text.push(',');
        text.push_str(&quoted(&column.name));
    }
    text.push('\n');
    for hearer in 0..network.agents() {
        for tie in network.row(hearer) {
            let speaker = network.sources()[tie];
            if network.is_mutual() && speaker as usize > hearer {
                continue;
            }
            write!(text, "{},{}", label(speaker), label(hearer as u32)).expect("writing to a string cannot fail");
            for column in columns {
                text.push(',');
                text.push_str(&written(column.values[tie]));
            }
            text.push('\n');
        }
    }
    text
}

/// Between quotation marks where the bare text would be read as something else.
fn quoted(text: &str) -> Cow<'_, str> {
    let bare = !text.is_empty()
        && text.trim() == text
        && !text.contains([',', ';', '"', '\t', '\n', '\r'])
        && !text.starts_with(['#', '%', '<']);
    if bare { Cow::Borrowed(text) } else { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) }
}
