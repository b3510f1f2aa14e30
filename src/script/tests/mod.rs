//! The language as a reader of it meets it.

mod checks;
mod designs;
mod language;
mod plain;
mod scenarios;

use super::*;
use crate::design::Level;

/// Files in memory.
struct Shelf(Vec<(&'static str, Vec<u8>)>);

impl Files for Shelf {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let found = self.0.iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes.clone());
        found.ok_or_else(|| std::io::Error::new(std::io::ErrorKind::NotFound, "no such file"))
    }
}

fn shelf() -> Shelf {
    Shelf(vec![
        ("people.csv", b"name,age,club\nb,31,red\na,20,blue\nc,55,red\n".to_vec()),
        ("points.csv", b"k,rule\n4,simple\n8,complex\n".to_vec()),
        ("known.edges", b"a b 3\nb c 0.5\nc c 1\n".to_vec()),
    ])
}

/// The world of the first cell of a scenario whose `world(p)` is `body`, beginning on line 2; p.k is 4.
fn world(body: &str) -> Result<World, ScriptError> {
    let text =
        format!("return scenario \"s\" {{ steps = 20, sweep = {{ k = {{4}} }}, world = function(p)\n{body}\nend }}");
    let scenario = load(&text, "s.lua", shelf(), Limits::default())?.remove(0);
    scenario.world(&scenario.study().design.cells[0])
}

fn file(text: &str) -> Result<Vec<Scenario>, ScriptError> {
    load(text, "s.lua", shelf(), Limits { memory: 64 << 20, work: 200_000 })
}

fn numbers(values: &[f64]) -> Vec<Level> {
    values.iter().map(|value| Level::Number(*value)).collect()
}
