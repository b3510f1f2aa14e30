//! Updates: columns become the values of expressions.

use super::rules::{CompiledUpdate, Written};
use crate::contagion::State;
use crate::formula::{Mistake, Moment, Rows, Scratch};

/// All updates at once: every new value is computed before any is written.
pub fn update(
    updates: &[CompiledUpdate],
    state: &mut State,
    moment: Moment,
    scratch: &mut Scratch,
) -> Result<(), Mistake> {
    let mut written = Vec::with_capacity(updates.len());
    for update in updates {
        let mut values = Vec::new();
        match update.column {
            Written::Agents(_) => {
                values.resize(state.agent_count(), 0.0);
                update.to.prepare(state, moment, scratch);
                update.to.agents(state, moment, scratch, Rows::From(0), &mut values);
            }
            Written::Ties { layer, .. } => {
                let hearers = state.layers[layer].network.hearers();
                values.resize(hearers.len(), 0.0);
                update.to.prepare(state, moment, scratch);
                update.to.ties(state, moment, scratch, 0, &hearers, &mut values);
            }
            Written::Item { .. } => values.push(update.to.scalar(state, moment, scratch)),
        }
        if let Some(row) = values.iter().position(|value| value.is_nan()) {
            return Err(Mistake::new(
                update.line,
                format!(
                    "update: {} of {} became NaN in step {}: 0/0, or log or sqrt of a negative number",
                    update.name,
                    match update.column {
                        Written::Agents(_) => format!("agent {}", row + 1),
                        Written::Ties { .. } => format!("tie {}", row + 1),
                        Written::Item { .. } => "the item".to_string(),
                    },
                    moment.now
                ),
            ));
        }
        written.push(values);
    }
    for (update, values) in updates.iter().zip(written) {
        match update.column {
            Written::Agents(column) => *state.agent_column_mut(column) = values,
            Written::Ties { layer, column } => *state.layers[layer].column_mut(column) = values,
            Written::Item { item, column } => state.items[item][column] = values[0],
        }
    }
    Ok(())
}
