//! Which cells two sweeps have in common, however their scenarios are written: runs of one world are made once.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::origin::{Beside, Origin, origin_of};
use super::scenario::Planned;
use crate::engine::Prepared;
use crate::store::{Store, data_name};

/// The cells that `planned` shares with another sweep, of another text or other data, by their identities: those of the
/// same values whose worlds are the same, word for word, so that their runs are the same. None where the other's text
/// cannot be read any more.
pub fn same_cells(planned: &Planned, other: &Store) -> BTreeSet<u64> {
    let data = &other.plan().data;
    let kept = data.keys().map(|path| (path.clone(), other.dir().join(data_name(path))));
    let kept = kept.filter(|(_, copy)| copy.is_file()).collect();
    let files = Beside::with(planned.origin.files.folder(), kept);
    let Ok(theirs) = super::scenario::planned(Origin { files, sweep: None, ..origin_of(other, None) }) else {
        return BTreeSet::new();
    };
    if theirs.plan.data != *data || theirs.scenario.study().independent != planned.scenario.study().independent {
        return BTreeSet::new();
    }
    let ours = worlds(planned);
    worlds(&theirs).into_iter().filter(|(cell, world)| ours.get(cell) == Some(world)).map(|(cell, _)| cell).collect()
}

/// What the runs of each cell follow from, by the cell's identity.
fn worlds(planned: &Planned) -> BTreeMap<u64, blake3::Hash> {
    let cells = (0..).zip(&planned.plan.design.cells);
    let known = cells.filter_map(|(number, cell)| {
        let prepared = planned.prepared(number).ok()?;
        Some((planned.plan.design.identity(cell), world_of(&prepared)?))
    });
    known.collect()
}

/// What the runs of a cell follow from, besides their draws; none with plain rules, whose functions are no values.
fn world_of(prepared: &Prepared) -> Option<blake3::Hash> {
    if !prepared.world.plain.is_empty() {
        return None;
    }
    let mut world = serde_json::to_value(&prepared.world).expect("a world holds only plain values");
    without_lines(&mut world);
    Some(blake3::hash(world.to_string().as_bytes()))
}

/// Takes away where in the file things are said.
fn without_lines(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(without_lines),
        Value::Object(fields) => {
            fields.retain(|name, value| !(matches!(name.as_str(), "line" | "order_line") && value.is_number()));
            for (name, value) in fields {
                match value.as_array_mut() {
                    // Selectors by a name or a condition: what it is, and its line.
                    Some(said)
                        if matches!(name.as_str(), "Named" | "Where") && said.len() == 2 && said[1].is_number() =>
                    {
                        said.truncate(1);
                    }
                    _ => {}
                }
                without_lines(value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::engine::prepare;
    use crate::script::{self, Limits, Scenario};

    /// Every shipped scenario.
    fn scenarios(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let found = entries.flat_map(|path| if path.is_dir() { scenarios(&path) } else { vec![path] });
        found.filter(|path| path.extension().is_some_and(|extension| extension == "lua")).collect()
    }

    #[test]
    fn a_world_is_the_same_wherever_in_its_file_it_stands() {
        let mut compared = 0;
        for path in scenarios(Path::new("scenarios")) {
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("../shared/data") && !Path::new("../shared/data").is_dir() {
                // Said past the test runner, which keeps the output of tests that pass to itself.
                let line = format!("SKIPPED: {}: its data are not in ../shared/data\n", path.display());
                std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).expect("stderr takes a line");
                continue;
            }
            let files = Beside::new(path.parent().unwrap());
            let worlds = |text: &str| -> Vec<Option<blake3::Hash>> {
                let all = script::load(text, "it", files.clone(), Limits::default()).unwrap();
                let first = |scenario: &Scenario| {
                    world_of(&prepare(scenario.world(&scenario.study().design.cells[0]).unwrap()).unwrap())
                };
                all.iter().map(first).collect()
            };
            let known = worlds(&text);
            assert_eq!(known, worlds(&format!("-- a remark\n\n{text}")), "{}", path.display());
            compared += known.into_iter().flatten().count();
        }
        assert!(compared > 30, "{compared} worlds have no plain rules");
    }
}
