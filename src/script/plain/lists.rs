//! Lists that belong to the functions alone: who has which, and their first values.

use mlua::{Function, Lua, Table};

use super::bytes::bytes_of;
use crate::contagion::select::part_of;
use crate::contagion::world::{Initial, Setup};
use crate::engine::Scene;
use crate::rng::{Purpose, Source};

/// A list by this name.
pub(super) struct List {
    pub name: String,
    /// Who has it.
    pub whose: Vec<std::ops::Range<u32>>,
}

pub(super) fn lists_of(scene: &Scene<'_>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    each_list(scene, |range, name, _, _| match lists.iter_mut().find(|list| list.name == name) {
        Some(list) => list.whose.push(range),
        None => lists.push(List { name: name.to_string(), whose: vec![range] }),
    });
    lists
}

/// Calls `visit` with the agents, the name, the length and the first values of every declared list, and its kind.
fn each_list<'a>(scene: &Scene<'a>, mut visit: impl FnMut(std::ops::Range<u32>, &'a str, (&'a str, u32), &'a Initial)) {
    let kinds = scene.world.setup.iter().filter_map(|setup| match setup {
        Setup::Agents(agents) => Some(agents),
        _ => None,
    });
    for (agents, range) in kinds.zip(&scene.state.kinds) {
        for (name, initial) in &agents.columns {
            if let Initial::List { length, first } = initial {
                visit(range.clone(), name, (&agents.kind, *length), first);
            }
        }
    }
}

pub(super) fn fill_lists(lua: &Lua, entries: &Table, scene: &Scene<'_>, source: Source) -> mlua::Result<()> {
    let give: Function = entries.get("give_list")?;
    let mut given = Ok(());
    each_list(scene, |range, name, (kind, length), first| {
        let rows = length as usize * range.len();
        let values: Vec<f64> = match first {
            Initial::Draw(law) => {
                law.column(source.key(Purpose::AgentColumn, part_of(&format!("{kind}.{name}"))), rows)
            }
            Initial::Formula(formula) => vec![formula.constant().unwrap_or(0.0); rows],
            _ => vec![0.0; rows],
        };
        let gave = lua
            .create_buffer(bytes_of(&values))
            .and_then(|values| give.call::<()>((name, range.start, length, values)));
        if given.is_ok() {
            given = gave;
        }
    });
    given
}
