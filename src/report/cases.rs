//! Sentences about many cells told once: where the cells differ in a number only, the number becomes the parameter it
//! comes from, or the set of its values.

use crate::design::{Cell, Level};
use crate::table::written;

/// Sentences that hold for some cells, and for which; for all where nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub given: String,
    pub lines: Vec<String>,
}

/// A sentence without its numbers, and the how many-th of its kind in a cell.
type Kind = (String, usize);

/// How many values a set lists before it is told by its ends.
const LISTED: usize = 6;

/// Tells the sentences of all cells: each once, with its numbers in sets, and for which cells it holds.
pub fn cases(parameters: &[String], cells: &[(&Cell, Vec<String>)]) -> Vec<Case> {
    let mut kinds: Vec<(Kind, Vec<(&Cell, &str)>)> = Vec::new();
    for (cell, lines) in cells {
        let shapes: Vec<String> = lines.iter().map(|line| shape(line)).collect();
        let kind = |place: usize| {
            let before = shapes[..place].iter().filter(|shape| **shape == shapes[place]).count();
            (shapes[place].clone(), before)
        };
        for (place, line) in lines.iter().enumerate() {
            let known = |kind: Kind| kinds.iter().position(|(known, _)| *known == kind);
            match known(kind(place)) {
                Some(known) => kinds[known].1.push((cell, line)),
                None => {
                    // What only some cells say stands before what they all say next.
                    let next = (place + 1..lines.len()).find_map(|later| known(kind(later)));
                    kinds.insert(next.unwrap_or(kinds.len()), (kind(place), vec![(cell, line)]));
                }
            }
        }
    }
    let mut told: Vec<Case> = Vec::new();
    for (_, said) in &kinds {
        let given = if said.len() < cells.len() { given(parameters, cells, said) } else { String::new() };
        let line = told_once(parameters, said);
        match told.last_mut() {
            Some(last) if last.given == given => last.lines.push(line),
            _ => told.push(Case { given, lines: vec![line] }),
        }
    }
    told
}

/// A sentence with its numbers left out.
fn shape(line: &str) -> String {
    line.split(' ').map(|word| if number(word).is_some() { "#" } else { word }).collect::<Vec<_>>().join(" ")
}

/// The number in a word, and what stands before and behind it: `(2,` is 2.
fn number(word: &str) -> Option<(&str, &str, &str)> {
    let inner = word.trim_start_matches(['(', '[']);
    let before = &word[..word.len() - inner.len()];
    let bare = inner.trim_end_matches([',', ';', ':', '.', ')', ']']);
    let starts_like_one = bare.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    (starts_like_one && bare.parse::<f64>().is_ok()).then_some((before, bare, &inner[bare.len()..]))
}

/// One sentence of several cells.
fn told_once(parameters: &[String], said: &[(&Cell, &str)]) -> String {
    let words: Vec<Vec<&str>> = said.iter().map(|(_, line)| line.split(' ').collect()).collect();
    let word = |place: usize| {
        let Some((before, first, behind)) = number(words[0][place]) else { return words[0][place].to_string() };
        let values: Vec<&str> =
            words.iter().map(|words| number(words[place]).map_or("", |(_, value, _)| value)).collect();
        if values.iter().all(|value| *value == first) {
            return words[0][place].to_string();
        }
        let is_parameter = |parameter: &usize| {
            said.iter().zip(&values).all(|((cell, _), value)| cell.levels[*parameter].written() == *value)
        };
        let set = set_of(values.iter().map(|value| value.to_string()));
        match (0..parameters.len()).find(is_parameter) {
            Some(parameter) => format!("{before}{} \u{2208} {set}{behind}", parameters[parameter]),
            None => format!("{before}{set}{behind}"),
        }
    };
    (0..words[0].len()).map(word).collect::<Vec<_>>().join(" ")
}

/// `{0, 0.1, 1}`, or the ends of a longer one.
pub fn set_of(values: impl Iterator<Item = String>) -> String {
    let mut different: Vec<String> = Vec::new();
    for value in values {
        if !different.contains(&value) {
            different.push(value);
        }
    }
    let numbers: Option<Vec<f64>> = different.iter().map(|value| value.parse().ok()).collect();
    if let Some(mut numbers) = numbers {
        numbers.sort_by(f64::total_cmp);
        different = numbers.into_iter().map(written).collect();
    }
    if different.len() <= LISTED {
        return format!("{{{}}}", different.join(", "));
    }
    let (last, count) = (&different[different.len() - 1], different.len());
    format!("{{{}, {}, \u{2026}, {last}}} ({count} values)", different[0], different[1])
}

/// The levels of a parameter, as a set.
pub fn levels(levels: &[Level]) -> String {
    set_of(levels.iter().map(Level::written))
}

/// Which levels of which parameters tell these cells from the others.
fn given(parameters: &[String], all: &[(&Cell, Vec<String>)], these: &[(&Cell, &str)]) -> String {
    let mut pairs = Vec::new();
    for (place, name) in parameters.iter().enumerate() {
        let of_all = set_of(all.iter().map(|(cell, _)| cell.levels[place].written()));
        let of_these = set_of(these.iter().map(|(cell, _)| cell.levels[place].written()));
        if of_all != of_these {
            let bare = of_these.trim_matches(['{', '}']);
            pairs.push(if bare.contains(", ") {
                format!("{name} \u{2208} {of_these}")
            } else {
                format!("{name} = {bare}")
            });
        }
    }
    pairs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(levels: &[f64]) -> Cell {
        Cell { levels: levels.iter().map(|&level| Level::Number(level)).collect() }
    }

    #[test]
    fn a_number_that_is_a_parameter_is_called_by_its_name() {
        let parameters = ["needs".to_string(), "rewire".to_string()];
        let cells: Vec<Cell> = [[1.0, 0.0], [2.0, 0.0], [3.0, 0.5]].iter().map(|levels| cell(levels)).collect();
        let say = |cell: &Cell| {
            let needs = cell.levels[0].number().unwrap();
            vec![format!("at least {needs} (>=), or {} of 10.", needs - 1.0)]
        };
        let told = cases(&parameters, &cells.iter().map(|cell| (cell, say(cell))).collect::<Vec<_>>());
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].lines, ["at least needs \u{2208} {1, 2, 3} (>=), or {0, 1, 2} of 10."]);
    }

    #[test]
    fn cells_whose_sentences_differ_in_words_are_told_apart() {
        let parameters = ["noisy".to_string()];
        let cells = [cell(&[0.0]), cell(&[1.0])];
        let lines = ["certain", "by chance"].map(|line| vec![line.to_string(), "always".to_string()]);
        let told = cases(&parameters, &[(&cells[0], lines[0].clone()), (&cells[1], lines[1].clone())]);
        assert_eq!(told[0], Case { given: "noisy = 0".into(), lines: vec!["certain".into()] });
        assert_eq!(told[1], Case { given: "noisy = 1".into(), lines: vec!["by chance".into()] });
        assert_eq!(told[2], Case { given: String::new(), lines: vec!["always".into()] });
    }

    #[test]
    fn long_sets_are_told_by_their_ends() {
        assert_eq!(set_of((0..13).map(|level| level.to_string())), "{0, 1, \u{2026}, 12} (13 values)");
        assert_eq!(set_of(["b", "a", "b"].iter().map(|word| word.to_string())), "{b, a}");
        assert_eq!(number("(0.5);"), Some(("(", "0.5", ");")));
        assert_eq!(number("inf"), None);
    }
}
