//! What a scenario says of itself in words.

use super::command::Place;
use super::studies::{all_files, folder};

fn described(file: &str, format: &str) -> String {
    let path = folder().join(file);
    Place::empty().uptake(&["describe", path.to_str().unwrap(), "--format", format]).ends_with(0).out
}

#[test]
fn a_methods_paragraph_says_every_number_once() {
    let text = described("influence/01_weak_ties.lua", "text");
    for words in [
        "There are 2000 agents of the kind \"person\".",
        "a ring of 10 neighbours, each tie rewired with probability rewire \u{2208} {0, 0.001, \u{2026}, 1} (13 values).",
        "At time 0, 10 agents near each other (breadth-first from a random centre) start with \"adopted\".",
        "at least needs \u{2208} {1, 2, 3} (>=)",
        "at least {0, 1, 2} (>=); then with probability slip \u{2208} {0, 0.05} a step",
        "78 cells with 20 replicates each, 1560 runs of at most 600 steps.",
        "All random numbers derive from the seed 1",
        "The model rests on Granovetter 1973, Watts and Strogatz 1998, Centola and Macy 2007 and Eckles et al. 2024.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(text.trim_end().lines().count(), 1, "a paragraph");
}

#[test]
fn what_is_set_from_outside_is_described() {
    let path = folder().join("influence/01_weak_ties.lua");
    let asked = ["describe", path.to_str().unwrap(), "--set", "needs=2", "--seed", "5"];
    let text = Place::empty().uptake(&asked).ends_with(0).says("at least 2 (>=)").says("the seed 5").out;
    assert!(text.contains("26 cells"), "{text}");
}

#[test]
fn an_odd_description_has_all_seven_parts() {
    let text = described("influence/05_context_trust.lua", "markdown");
    let parts = [
        "1. Purpose and patterns",
        "2. Entities, state variables, and scales",
        "3. Process overview and scheduling",
        "4. Design concepts",
        "5. Initialization",
        "6. Input data",
        "7. Submodels",
    ];
    for part in parts {
        assert_eq!(text.matches(&format!("\n## {part}\n")).count(), 2, "{part}: the file has two scenarios");
    }
    assert!(text.contains("- State variables: doubt (of person) and trust (of talks ties)."), "{text}");
}

#[test]
fn what_only_some_cells_do_is_said_of_them_alone() {
    let text = described("papers/kempe_2003.lua", "text");
    assert!(text.contains("With model = cascade, adopted: entered when"), "{text}");
    assert_eq!(text.matches("All agents act at once").count(), 1, "{text}");
    assert!(text.contains("../data/karate.edges (blake3 "), "{text}");
}

#[test]
fn every_shipped_scenario_is_described_and_cites_a_known_work() {
    for file in all_files() {
        let name = file.strip_prefix(folder()).unwrap().to_str().unwrap();
        if name.starts_with("networks/facebook") || name.starts_with("networks/polblogs") {
            continue; // their data are not shipped
        }
        assert!(described(name, "text").contains("The model rests on "), "{name}");
        assert!(described(name, "bibtex").starts_with("@software{uptake,\n"), "{name}");
    }
}
