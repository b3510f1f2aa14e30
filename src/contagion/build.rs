//! From the description of a world to its state at time 0, before anything spreads.

use std::borrow::Cow;
use std::sync::Arc;

use super::names::Vocabulary;
use super::select::{Selection, part_of};
use super::set::{apply_mark, apply_set, finite, place_of};
use super::state::{Layer, State};
use super::world::*;
use crate::formula::{Columns, Mistake, Moment, Numbering, View};
use crate::network::{Network, Note};
use crate::rng::{Purpose, Source};
use crate::table::counted;

/// A world ready to run.
#[derive(Clone, Debug)]
pub struct Built {
    pub state: State,
    /// What makers and files had to drop or bend, counted.
    pub notes: Vec<Note>,
    /// The written `chance`s met so far.
    pub numbering: Numbering,
}

/// Executes the setup of a world in its order.
pub fn build(world: &World, words: &Vocabulary, source: Source) -> Result<Built, Mistake> {
    let mut kinds = Vec::new();
    let mut agents: u32 = 0;
    for setup in &world.setup {
        if let Setup::Agents(kind) = setup {
            let count = u32::try_from(kind.members.count())
                .ok()
                .and_then(|count| agents.checked_add(count))
                .ok_or_else(|| Mistake::new(kind.line, "a world holds at most 4,294,967,295 agents"))?;
            kinds.push(agents..count);
            agents = count;
        }
    }
    room_for(agents, world, words)?;
    let items = item_values(world, words);
    let mut state = State::new(kinds, words.agent_columns.len(), items, words.slots(), source);
    state.arrange_measures(&words.measures);
    let tie_columns = words.tie_columns.len();
    let nobody = Arc::new(Network::empty(state.agents()));
    state.layers = words.layers.iter().map(|_| Layer::new(nobody.clone(), tie_columns)).collect();
    state.structure = vec![f64::NAN; words.structure.len()];
    let mut builder = Builder {
        words,
        source,
        built: Built { state, notes: Vec::new(), numbering: Numbering::default() },
        kind: 0,
        pieces: vec![0; words.layers.len()],
        statement: 0,
    };
    for setup in &world.setup {
        builder.statement += 1;
        match setup {
            Setup::Agents(agents) => builder.agents(agents)?,
            Setup::Ties(ties) => builder.ties(ties, world)?,
            Setup::Set(set) => builder.set(set)?,
            Setup::Mark(mark) => builder.mark(mark)?,
        }
    }
    Ok(builder.built)
}

/// No machine has more memory than this, 1 TiB, for the agents of one world.
const MOST_BYTES: u64 = 1 << 40;

/// Whether there is memory for the columns and stages of so many agents: better asked now than found out halfway.
fn room_for(agents: u32, world: &World, words: &Vocabulary) -> Result<(), Mistake> {
    let each = size_of::<f64>() * (1 + words.agent_columns.len()) + (size_of::<u32>() + 1) * words.slots();
    let bytes = u64::from(agents) * each as u64;
    let there = bytes <= MOST_BYTES && Vec::<u8>::new().try_reserve_exact(bytes as usize).is_ok();
    if there {
        return Ok(());
    }
    let largest = world.setup.iter().filter_map(|setup| match setup {
        Setup::Agents(kind) => Some((kind.members.count(), kind.line)),
        _ => None,
    });
    let line = largest.max().map_or(0, |(_, line)| line);
    let gib = bytes as f64 / f64::from(1 << 30);
    Err(Mistake::new(
        line,
        format!("{agents} agents take {gib:.0} GiB of memory at least, more than there is; try fewer agents"),
    ))
}

fn item_values(world: &World, words: &Vocabulary) -> Vec<Vec<f64>> {
    let mut items = vec![vec![0.0; words.item_columns.len()]; words.items.len()];
    for (place, item) in world.items.iter().enumerate() {
        for (column, value) in &item.columns {
            if let ItemValue::Number(value) = value {
                let column = words.item_columns.iter().position(|known| known == column);
                items[place][column.expect("columns of items were collected")] = *value;
            }
        }
    }
    items
}

/// A world while its setup is executed, statement by statement.
pub(super) struct Builder<'a> {
    pub(super) words: &'a Vocabulary,
    pub(super) source: Source,
    pub(super) built: Built,
    /// Kinds declared so far.
    kind: usize,
    /// How often each layer was added to so far.
    pub(super) pieces: Vec<u32>,
    statement: u32,
}

impl Builder<'_> {
    pub(super) fn moment(&self) -> Moment {
        Moment { source: self.source, now: 0 }
    }

    fn agents(&mut self, agents: &Agents) -> Result<(), Mistake> {
        let range = self.built.state.kinds[self.kind].clone();
        self.kind += 1;
        for (column, initial) in &agents.columns {
            if matches!(initial, Initial::List { .. }) {
                continue; // no column: whoever brings the plain rules keeps the lists
            }
            let place = place_of(&self.words.agent_columns, column);
            let part = part_of(&format!("{}.{column}", agents.kind));
            let values: Cow<'_, [f64]> = match initial {
                Initial::Values(values) | Initial::Read(values) => values.into(),
                Initial::Draw(law) => law.column(self.source.key(Purpose::AgentColumn, part), range.len()).into(),
                Initial::Formula(formula) => {
                    let all = self.select(part).values(formula)?;
                    all[range.start as usize..range.end as usize].to_vec().into()
                }
                Initial::List { .. } => unreachable!("lists were left out above"),
                Initial::Topics(_) => {
                    return Err(Mistake::new(
                        agents.line,
                        format!("column {column} of {}: topic{{...}} is for columns of ties", agents.kind),
                    ));
                }
            };
            if values.len() != range.len() {
                return Err(Mistake::new(
                    agents.line,
                    format!(
                        "column {column} has {} for {}",
                        counted(values.len(), "value"),
                        counted(range.len(), "agent")
                    ),
                ));
            }
            let target = Target { view: View::Me, path: vec![column.clone()] };
            if let Some(&value) = values.iter().find(|value| value.is_nan()) {
                finite(value, &target, agents.line)?;
            }
            let state = &mut self.built.state;
            if values.len() == state.agent_count() {
                state.agent_columns[place] = Arc::new(values.into_owned());
            } else {
                state.agent_column_mut(place)[range.start as usize..range.end as usize].copy_from_slice(&values);
            }
        }
        Ok(())
    }

    pub(super) fn select(&mut self, part: u32) -> Selection<'_> {
        Selection {
            trying: None,
            words: self.words,
            state: &self.built.state,
            moment: Moment { source: self.source, now: 0 },
            numbering: &mut self.built.numbering,
            part,
        }
    }

    pub(super) fn who(&mut self, who: &Option<Who>, part: u32) -> Result<Vec<u32>, Mistake> {
        match who {
            Some(who) => self.select(part).agents(who),
            None => Ok(self.built.state.population().collect()),
        }
    }

    fn set(&mut self, set: &Set) -> Result<(), Mistake> {
        let moment = self.moment();
        let part = part_of(&format!("set#{}", self.statement));
        apply_set(set, self.words, &mut self.built.state, &mut self.built.numbering, moment, part)
    }

    fn mark(&mut self, mark: &Mark) -> Result<(), Mistake> {
        let chosen = self.select(part_of(&mark.name)).agents(&mark.who)?;
        apply_mark(mark, &chosen, self.words, &mut self.built.state);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_agents_than_fit_are_a_mistake_with_a_line() {
        let columns = (0..100).map(|place| (format!("c{place}"), Initial::Formula(0.0.into()))).collect();
        let people = Agents { kind: "person".into(), members: Members::Count(2_000_000_000), columns, line: 7 };
        let world = World { setup: vec![Setup::Agents(people)], ..World::default() };
        let words = Vocabulary::of(&world).expect("sound words");
        let mistake = build(&world, &words, Source::new(1, 0)).expect_err("1.5 TiB fit nowhere");
        let wanted = "2000000000 agents take 1505 GiB of memory at least, more than there is; try fewer agents";
        assert_eq!((mistake.line, mistake.message.as_str()), (7, wanted));
    }
}
