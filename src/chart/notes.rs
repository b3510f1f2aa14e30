//! What a reader must know beside the picture: how many runs, what was left out, what the mean hides.

use std::collections::BTreeMap;

use super::{
    factor::Factor,
    formula::Measure,
    scale::range,
    study::{Group, Study},
};
use crate::stats::sorted;
use crate::table::counted;

/// The size above which a cascade is called global where nobody said so.
pub const GLOBAL: f64 = 0.1;

/// More cells with failed runs than this are counted, not named.
const NAMED: usize = 3;

/// Runs a point, failed runs, missing values. `unit` is what the runs of one group are: a point, a cell, a line.
pub fn runs(study: &Study, groups: &[Group], unit: &str) -> Vec<String> {
    let finished = |group: &Group| group.values.len() + group.missing;
    let counts: Vec<usize> = groups.iter().map(finished).filter(|&count| count > 0).collect();
    let least = counts.iter().copied().min().unwrap_or(0);
    let most = counts.iter().copied().max().unwrap_or(0);
    let one = if study.is_difference() { "pair" } else { "run" };
    let mut notes = vec![match (least, most) {
        (1, 1) => format!("1 {one} a {unit}, no interval"),
        (least, most) if least == most => format!("{} a {unit}", counted(least, one)),
        (least, most) => format!("{least}\u{2013}{} a {unit}", counted(most, one)),
    }];
    notes.extend(failures(study));
    let missing: usize = groups.iter().map(|group| group.missing).sum();
    let all: usize = counts.iter().sum();
    if missing > 0 {
        notes.push(format!("{missing} of {} missing, left out", counted(all, "value")));
    }
    notes
}

/// How many runs failed, and in which cells: those of the parameters that the failed runs do not all share with the others.
pub fn failures(study: &Study) -> Option<String> {
    let told = match study.failed.len() {
        0 => return None,
        failed => format!("{} failed", counted(failed, "run")),
    };
    let swept: Vec<&str> =
        study.data.parameters.iter().filter(|p| p.levels.len() > 1).map(|p| p.name.as_str()).collect();
    let level = |row: usize, name: &str| {
        let value = study.data.runs.column(name)?.written(row);
        Some(format!("{name} = {}", if value.is_empty() { "(none)" } else { &value }))
    };
    let mut cells: Vec<(String, usize)> = Vec::new();
    for &row in &study.failed {
        let cell = swept.iter().filter_map(|name| level(row, name)).collect::<Vec<_>>().join(", ");
        match cells.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, count)) => *count += 1,
            None => cells.push((cell, 1)),
        }
    }
    if swept.is_empty() {
        return Some(told);
    }
    let named = |(cell, count): &(String, usize)| if *count > 1 { format!("{cell} ({count})") } else { cell.clone() };
    let mut names: Vec<String> = cells.iter().take(NAMED).map(named).collect();
    if cells.len() > NAMED {
        names.push(format!("and {} more cells", cells.len() - NAMED));
    }
    Some(format!("{told}, at {}", names.join(" and ").replace(" and and ", " and ")))
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

/// A warning where a mean lies between two kinds of runs, as those that died out and those that took off; `scale` is how far the
/// values of the whole figure reach.
pub fn hidden_kinds(measure: &Measure, groups: &[Group], share: bool, scale: f64) -> Option<String> {
    let Measure::Mean(column) = measure else { return None };
    if !groups.iter().any(|group| is_torn(group, scale)) {
        return None;
    }
    Some(match share {
        true => format!("some means hide two kinds of runs, large and small: see global({column}, {GLOBAL})"),
        false => format!("some means hide two kinds of runs: see ccdf({column})"),
    })
}

/// Whether the runs of a point are of two kinds: their largest gap is wider than half of their range, with a tenth of them (and at
/// least two) on either side. Evenly spread values are taken for two kinds once in 30 samples of 10, hardly ever of 20. What
/// differs by less than a quarter of the figure's scale is one kind.
pub fn is_torn(group: &Group, scale: f64) -> bool {
    let n = group.values.len();
    let sorted = sorted(&group.values);
    if n < 8 || sorted[n - 1] - sorted[0] < scale / 4.0 {
        return false;
    }
    let least = (n / 10).max(2);
    let gap = (least..=n - least).map(|place| sorted[place] - sorted[place - 1]).fold(0.0, f64::max);
    gap > (sorted[n - 1] - sorted[0]) / 2.0
}

/// How far the values of all points reach.
pub fn reach(groups: &[Group]) -> f64 {
    let (low, high) = groups.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), group| {
        let (least, most) = range(&group.values);
        (low.min(least), high.max(most))
    });
    if high > low { high - low } else { 0.0 }
}

/// "a", "a and b", "a, b and c".
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
