//! `docs/requirements.md` tells the truth: all rows are there, what shows each is there, and the numbers are measured.

use std::collections::BTreeSet;
use std::path::Path;

use uptake::script::Check;

use crate::studies::{all_files, folder};

/// Essays, and how many claims each makes.
const ESSAYS: [(char, u32); 5] = [('A', 22), ('B', 16), ('C', 32), ('D', 14), ('E', 15)];

/// One row of the table.
struct Row {
    name: String,
    /// What shows it, each with the numbers measured there.
    shown: Vec<(String, String)>,
    holds: String,
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/requirements.md");
    std::fs::read_to_string(path).expect("the document can be read")
}

/// The rows of the tables: row | claim | shown by | measured | holds. What shows a row and its numbers stand in the same
/// place of their cells, apart by line breaks.
fn rows() -> Vec<Row> {
    let document = document();
    let cells = |line: &str| -> Vec<String> { line.split('|').map(|cell| cell.trim().to_string()).collect() };
    let rows = document.lines().map(cells).filter(|cells| cells.len() == 7 && is_name(&cells[1]));
    let parts = |cell: &str| -> Vec<String> { cell.split("<br>").map(|part| part.trim().to_string()).collect() };
    rows.map(|cells| {
        let (by, numbers) = (parts(&cells[3]), parts(&cells[4]));
        assert_eq!(by.len(), numbers.len(), "{}: as many measurements as places", cells[1]);
        let shown = by.iter().map(|by| by.trim_matches('`').to_string()).zip(numbers);
        Row { name: cells[1].clone(), shown: shown.collect(), holds: cells[5].clone() }
    })
    .collect()
}

/// Whether this is the name of a row, such as A8.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let essay = letters.next().and_then(|letter| ESSAYS.iter().find(|(essay, _)| *essay == letter));
    let number: Option<u32> = letters.as_str().parse().ok();
    essay.zip(number).is_some_and(|((_, last), number)| (1..=*last).contains(&number))
}

/// The rows that the text of a check names: `A5, D14: the periphery wins`.
fn named(text: &str) -> Vec<&str> {
    let Some((names, _)) = text.split_once(": ") else { return Vec::new() };
    let names: Vec<&str> = names.split(", ").collect();
    if names.iter().all(|name| is_name(name)) { names } else { Vec::new() }
}

/// The texts of the checks of a scenario file.
fn checks_in(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("the scenario can be read");
    text.split("check(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_string())).collect()
}

/// The names of all functions in the tests.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["tests/it", "tests/papers"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("it can be read") {
            let text = std::fs::read_to_string(entry.expect("it can be read").path()).expect("it can be read");
            for rest in text.split("\nfn ").skip(1) {
                names.extend(rest.split_once('(').map(|(name, _)| name.to_string()));
            }
        }
    }
    names
}

/// The path of a scenario as the document writes it.
fn place(file: &Path) -> String {
    let below = file.strip_prefix(folder()).expect("a scenario is below its folder");
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[test]
fn all_99_rows_are_in_the_document_in_order() {
    let expected: Vec<String> =
        ESSAYS.iter().flat_map(|(essay, last)| (1..=*last).map(move |number| format!("{essay}{number}"))).collect();
    assert_eq!(expected.len(), 99);
    let there: Vec<String> = rows().into_iter().map(|row| row.name).collect();
    assert_eq!(there, expected);
}

#[test]
fn every_row_is_shown_by_a_check_or_a_test_that_carries_its_name() {
    let tests = tests();
    for Row { name, shown, holds } in rows() {
        for (by, _) in shown.iter().filter(|(by, _)| !by.is_empty()) {
            if by.ends_with(".lua") {
                let file = folder().join(by);
                assert!(file.is_file(), "{name}: no scenario {by}");
                let carried = checks_in(&file).iter().any(|text| named(text).contains(&name.as_str()));
                assert!(carried, "{name}: no check of {by} is called \"{name}: ...\"");
            } else {
                assert!(tests.contains(by), "{name}: no test {by}");
                let words: Vec<&str> = by.split('_').collect();
                assert!(words.contains(&name.to_lowercase().as_str()), "{by} does not carry the name {name}");
            }
        }
        let told = document().contains(&format!("\n**{name}** "));
        match holds.as_str() {
            "yes" => assert!(!shown[0].0.is_empty(), "{name} holds, but where"),
            "open" => {}
            "in part" | "no" => assert!(told, "{name} does not hold: the document must say why, after **{name}**"),
            other => panic!("{name}: {other:?} is none of yes, in part, no, open"),
        }
    }
}

#[test]
fn every_check_that_names_a_row_is_listed_under_it() {
    let rows = rows();
    for file in all_files() {
        for text in checks_in(&file) {
            for name in named(&text) {
                let row = rows.iter().find(|row| row.name == name).expect("all rows are there");
                let listed = row.shown.iter().any(|(by, _)| *by == place(&file));
                assert!(listed, "{name} of docs/requirements.md does not list {}", file.display());
            }
        }
    }
}

#[test]
fn no_row_is_open() {
    let open: Vec<String> = rows().into_iter().filter(|row| row.holds == "open").map(|row| row.name).collect();
    assert!(open.is_empty(), "nothing shows {}", open.join(" "));
}

/// The bold numbers of the document are those that the checks of a scenario file were told from.
pub fn numbers_are_measured(file: &Path, checks: &[Check]) {
    for Row { name, shown, .. } in rows() {
        for (_, numbers) in shown.iter().filter(|(by, _)| *by == place(file)) {
            let of_row = checks.iter().filter(|check| named(&check.text).contains(&name.as_str()));
            let told: Vec<_> = of_row.flat_map(|check| &check.told).collect();
            let bold = numbers.split("**").skip(1).step_by(2);
            let is_missing = |written: &&str| {
                let digits = written.split_once('.').map_or("", |(_, digits)| digits);
                let unit = digits.chars().fold(1.0, |unit, _| unit / 10.0);
                let number: f64 = written.parse().unwrap_or_else(|_| panic!("{name}: **{written}** is no number"));
                let near = |value: f64| (value - number).abs() < unit; // rounded either way
                !told.iter().any(|told| near(told.value))
            };
            let missing: Vec<&str> = bold.filter(is_missing).collect();
            let all: Vec<String> = told.iter().map(|told| told.to_string()).collect();
            let (missing, file) = (missing.join(", "), file.display());
            assert!(missing.is_empty(), "{name}: {file} measures no {missing}, but\n{}", all.join("\n"));
        }
    }
}
