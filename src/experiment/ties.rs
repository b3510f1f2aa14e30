//! The ties a run ended with, as a table: rewiring and plain rules change them, and so do updates what they carry.

use super::trace::Agents;
use crate::contagion::State;
use crate::engine::Prepared;
use crate::table::{Table, Values};

/// One row for each tie at the end of a run, layers in the order of their declaration, ties by hearer. The columns:
///
/// | column | meaning |
/// |---|---|
/// | `layer` | the layer of the tie |
/// | `from`, `to` | its speaker and its hearer, by name or by number, counted from 1 over all kinds |
/// | then one for each column of ties | its value; empty where the layer has no such column |
pub fn ties(prepared: &Prepared, state: &State) -> Table {
    let (words, agents) = (&prepared.words, Agents::of(&prepared.world));
    let (mut layers, mut from, mut to) = (Vec::new(), Vec::new(), Vec::new());
    let mut columns = vec![Vec::new(); words.tie_columns.len()];
    for (layer, name) in state.layers.iter().zip(&words.layers) {
        let hearers = layer.network.hearers();
        for (&speaker, &hearer) in layer.sources().iter().zip(&hearers) {
            layers.push(name.clone());
            from.push(agents.name(speaker));
            to.push(agents.name(hearer));
        }
        for (column, values) in columns.iter_mut().zip(&layer.columns) {
            match values {
                Some(values) => column.extend_from_slice(values),
                None => column.resize(layers.len(), f64::NAN),
            }
        }
    }
    let mut table = Table::new();
    table.push("layer", Values::texts(layers));
    table.push("from", Values::texts(from));
    table.push("to", Values::texts(to));
    for (name, values) in words.tie_columns.iter().zip(columns) {
        table.push(name, Values::Number(values));
    }
    table
}
