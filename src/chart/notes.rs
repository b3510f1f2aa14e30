//! What a reader must know beside the picture: how many runs, what was left out, what the mean hides.

use std::collections::BTreeMap;

use super::{
    factor::Factor,
    formula::Measure,
    study::{Group, Study},
};

/// The size above which a cascade is called global where nobody said so.
pub const GLOBAL: f64 = 0.1;

/// Runs a point, failed runs, missing values. `unit` is what the runs of one group are: a point, a cell, a line.
pub fn runs(groups: &[Group], unit: &str) -> Vec<String> {
    let finished = |group: &Group| group.values.len() + group.missing;
    let counts: Vec<usize> = groups.iter().map(finished).filter(|&count| count > 0).collect();
    let least = counts.iter().copied().min().unwrap_or(0);
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut notes = vec![match (least, most) {
        (1, 1) => format!("1 run a {unit}"),
        (least, most) if least == most => format!("{least} runs a {unit}"),
        (least, most) => format!("{least}\u{2013}{most} runs a {unit}"),
    }];
    let failed: usize = groups.iter().map(|group| group.failed).sum();
    notes.extend(failures(failed));
    let missing: usize = groups.iter().map(|group| group.missing).sum();
    let all: usize = counts.iter().sum();
    if missing > 0 {
        notes.push(format!("{missing} of {all} values missing, left out"));
    }
    notes
}

pub fn failures(failed: usize) -> Option<String> {
    match failed {
        0 => None,
        1 => Some("1 run failed".into()),
        more => Some(format!("{more} runs failed")),
    }
}

/// Which parameters vary within a point of the figure because the formula does not name them. One that goes with a named
/// parameter, as in a design of pairs, does not.
pub fn pooled(study: &Study) -> Option<String> {
    let factor = |name: &str| Factor::new(name, study.data.runs, study.data).ok();
    let named: Vec<&str> = study.formula.named().collect();
    // What is measured or sampled is nearly different in every run and holds nothing together.
    let holds = |factor: &Factor| study.is_parameter(&factor.name) && !study.is_sampled(factor);
    let points: Vec<Factor> = named.iter().filter_map(|name| factor(name)).filter(holds).collect();
    let varies = |other: &Factor| {
        let mut first: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        study.done.iter().any(|&row| {
            let point = points.iter().map(|factor| factor.of_row[row]).collect();
            *first.entry(point).or_insert(other.of_row[row]) != other.of_row[row]
        })
    };
    let others: Vec<&str> = study
        .data
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .filter(|name| !named.contains(name))
        .filter(|name| factor(name).is_some_and(|other| varies(&other)))
        .collect();
    let how = if matches!(study.formula.y, Measure::Mean(_)) { "averaged" } else { "pooled" };
    (!others.is_empty()).then(|| format!("{how} over {}", listed(&others)))
}

/// A warning where a mean of shares lies between two kinds of runs, those that died out and those that took off.
pub fn hidden_cascades(measure: &Measure, groups: &[Group], share: bool) -> Option<String> {
    let Measure::Mean(column) = measure else { return None };
    let torn = |group: &Group| {
        let n = group.values.len();
        let small = group.values.iter().filter(|value| **value < GLOBAL).count();
        let large = group.values.iter().filter(|value| **value > 0.5).count();
        n >= 5 && small * 10 >= n && large * 10 >= n
    };
    (share && groups.iter().any(torn))
        .then(|| format!("some means hide all-or-nothing cascades: see global({column}, {GLOBAL})"))
}

/// "a", "a and b", "a, b and c".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
