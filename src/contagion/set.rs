//! Columns written by a statement: at the setup, and by events during a run.

use super::names::Vocabulary;
use super::select::Selection;
use super::state::State;
use super::world::*;
use crate::formula::{Context, Formula, Line, Mistake, Moment, Numbering, Scratch, View, compile};

/// Assigns a `set` statement to a state: shared by the setup and by events.
pub fn apply_set(
    set: &Set,
    words: &Vocabulary,
    state: &mut State,
    numbering: &mut Numbering,
    moment: Moment,
    part: u32,
) -> Result<(), Mistake> {
    let column = set.column.path.join(".");
    match set.column.view {
        View::Me => {
            let mut selection = Selection { words, state, numbering, moment, part, trying: None };
            let values = selection.values(&set.to)?;
            let chosen = selection.agents(set.who.as_ref().unwrap_or(&Who::All))?;
            let place = place_of(&words.agent_columns, &column);
            let target = state.agent_column_mut(place);
            for agent in chosen {
                target[agent as usize] = finite(values[agent as usize], &set.column, set.line)?;
            }
        }
        View::Tie => {
            for layer in 0..state.layers.len() {
                set_ties(set, &column, words, state, numbering, moment, layer)?;
            }
        }
        View::It => {
            for item in 0..words.items.len() {
                let program = compile(&set.to, Context::World, &words.about(Some(item)), numbering)?;
                let value = program.scalar(state, moment, &mut Scratch::default());
                state.items[item][place_of(&words.item_columns, &column)] = finite(value, &set.column, set.line)?;
            }
        }
        View::Src | View::Dst | View::Plain => {
            return Err(Mistake::new(
                set.line,
                format!("cannot set {}.{column}; allowed: me.column, tie.column, it.column", set.column.view.word()),
            ));
        }
    }
    Ok(())
}

fn set_ties(
    set: &Set,
    column: &str,
    words: &Vocabulary,
    state: &mut State,
    numbering: &mut Numbering,
    moment: Moment,
    layer: usize,
) -> Result<(), Mistake> {
    // A column kept per topic is set for every topic unless one is named.
    let columns: Vec<usize> = (0..words.tie_columns.len())
        .filter(|&place| {
            let known = &words.tie_columns[place];
            known == column || known.strip_prefix(column).is_some_and(|rest| rest.starts_with('.'))
        })
        .collect();
    let here = columns.iter().any(|&place| state.layers[layer].columns[place].is_some());
    if !here && words.layers.len() > 1 {
        return Ok(()); // a layer that never had the column keeps none
    }
    let values = tie_values(&set.to, words, state, numbering, moment, layer)?;
    let given = match &set.given {
        Some(given) => Some(tie_values(given, words, state, numbering, moment, layer)?),
        None => None,
    };
    for place in columns {
        let target = state.layers[layer].column_mut(place);
        for (tie, value) in target.iter_mut().enumerate() {
            if given.as_ref().is_none_or(|given| given[tie] != 0.0) {
                *value = finite(values[tie], &set.column, set.line)?;
            }
        }
    }
    Ok(())
}

/// A formula's value for every tie of a layer.
pub fn tie_values(
    formula: &Formula,
    words: &Vocabulary,
    state: &State,
    numbering: &mut Numbering,
    moment: Moment,
    layer: usize,
) -> Result<Vec<f64>, Mistake> {
    let program = compile(formula, Context::Ties(layer), &words.about(None), numbering)?;
    let mut scratch = Scratch::default();
    let hearers = state.layers[layer].network.hearers();
    let mut values = vec![0.0; hearers.len()];
    program.prepare(state, moment, &mut scratch);
    program.ties(state, moment, &mut scratch, 0, &hearers, &mut values);
    Ok(values)
}

pub fn place_of(names: &[String], name: &str) -> usize {
    names.iter().position(|known| known == name).expect("all columns of a world were collected")
}

pub(super) fn finite(value: f64, column: &Target, line: Line) -> Result<f64, Mistake> {
    if value.is_nan() {
        let name = column.path.join(".");
        return Err(Mistake::new(
            line,
            format!("{}.{name} would become NaN (0/0, log or sqrt of a negative number)", column.view.word()),
        ));
    }
    Ok(value)
}

/// Sets the 0/1 column of a mark: 1 for the chosen, 0 for everybody else.
pub fn apply_mark(mark: &Mark, chosen: &[u32], words: &Vocabulary, state: &mut State) {
    let column = state.agent_column_mut(place_of(&words.agent_columns, &mark.name));
    column.fill(0.0);
    for &agent in chosen {
        column[agent as usize] = 1.0;
    }
}
