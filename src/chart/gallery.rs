//! Made-up studies that call for every kind of figure.

use super::*;
use crate::design::Level;
use crate::stats::{exp, log};
use crate::table::Values;

/// A measure from the levels of a run and a number between 0 and 1 that stands for chance.
pub type Law<'a> = &'a dyn Fn(&[f64], f64) -> f64;

/// A figure and what it is drawn from.
pub struct Sample {
    pub name: &'static str,
    pub request: Request,
    pub parameters: Vec<Parameter>,
    pub runs: Table,
    pub curves: Option<Table>,
    pub responses: Option<Table>,
}

impl Sample {
    pub fn data(&self) -> Data<'_> {
        Data {
            runs: &self.runs,
            parameters: &self.parameters,
            curves: self.curves.as_ref(),
            responses: self.responses.as_ref(),
        }
    }
}

pub fn number(name: &str, levels: &[f64]) -> Parameter {
    Parameter { name: name.into(), levels: levels.iter().map(|&level| Level::Number(level)).collect() }
}

pub fn text(name: &str, levels: &[&str]) -> Parameter {
    Parameter { name: name.into(), levels: levels.iter().map(|&level| Level::Text(level.into())).collect() }
}

/// A table of runs: every combination of levels, `replicates` times, with measures computed from the levels (in words: their
/// place) and a number between 0 and 1 that stands for chance.
pub fn study<const N: usize>(parameters: &[Parameter], replicates: usize, measures: [(&str, Law); N]) -> Table {
    let mut rows: Vec<Vec<Level>> = vec![Vec::new()];
    for parameter in parameters {
        rows = rows
            .iter()
            .flat_map(|row| parameter.levels.iter().map(|level| [row.as_slice(), std::slice::from_ref(level)].concat()))
            .collect();
    }
    let rows: Vec<&Vec<Level>> = rows.iter().flat_map(|row| std::iter::repeat_n(row, replicates)).collect();
    let mut table = Table::new();
    for (place, parameter) in parameters.iter().enumerate() {
        let values = if parameter.levels.iter().all(|level| level.number().is_some()) {
            Values::Number(rows.iter().filter_map(|row| row[place].number()).collect())
        } else {
            Values::texts(rows.iter().map(|row| row[place].written()))
        };
        table.push(parameter.name.clone(), values);
    }
    let replicate = (0..rows.len()).map(|row| (row % replicates) as f64).collect();
    table.push("replicate", Values::Number(replicate));
    table.push("status", Values::Text(vec!["done".into(); rows.len()]));
    for (name, law) in measures {
        let values = rows.iter().enumerate().map(|(row, levels)| {
            let place = |(at, level): (usize, &Level)| {
                let words = &parameters[at].levels;
                level.number().unwrap_or_else(|| words.iter().position(|word| word == level).unwrap_or(0) as f64)
            };
            let levels: Vec<f64> = levels.iter().enumerate().map(place).collect();
            law(&levels, chance(row))
        });
        table.push(name, Values::Number(values.collect()));
    }
    table
}

/// Evenly scattered over the unit interval: multiples of the golden ratio.
pub fn chance(row: usize) -> f64 {
    ((row + 1) as f64 * 0.618_033_988_749_894_9).fract()
}

pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

pub fn request(formula: &str) -> Request {
    Request { formula: formula.into(), ..Request::default() }
}

pub fn weak_ties() -> (Vec<Parameter>, Table) {
    let parameters = vec![
        number("rewire", &[0.0, 0.01, 0.1, 0.3, 1.0]),
        number("needs", &[1.0, 2.0, 3.0]),
        number("slip", &[0.0, 0.05]),
    ];
    let adopted = |l: &[f64], u: f64| {
        let wide =
            if l[1] == 1.0 { 1.0 } else { logistic((0.25 * (4.0 - l[1]) + 3.0 * l[2] - l[0]) * 12.0 + (u - 0.5)) };
        (wide - 0.02 * u).clamp(0.0, 1.0)
    };
    let thalf = |l: &[f64], u: f64| {
        if l[0] > 0.2 && l[1] > 1.0 { f64::NAN } else { 30.0 + 400.0 * (1.0 - l[0]) * (0.6 + 0.2 * l[1]) + 20.0 * u }
    };
    let table = study(&parameters, 20, [("adopted", &adopted), ("adopted.thalf", &thalf)]);
    (parameters, table)
}

pub fn watts() -> (Vec<Parameter>, Table) {
    let z: Vec<f64> = (0..13).map(|i| 1.0 + 0.75 * f64::from(i)).collect();
    let phi: Vec<f64> = (0..9).map(|i| 0.10 + 0.02 * f64::from(i)).collect();
    let parameters = vec![number("z", &z), number("phi", &phi)];
    let adopted = |l: &[f64], u: f64| {
        let inside = logistic((1.0 / l[1] - l[0]) * 2.0) * logistic((l[0] - 1.3) * 6.0);
        if u < inside { 0.9 + 0.1 * chance((u * 1e6) as usize) } else { 0.002 + 0.01 * u * u }
    };
    let table = study(&parameters, 20, [("adopted", &adopted), ("adopted.peak", &adopted)]);
    (parameters, table)
}

/// A study of every kind of figure, and the requests that draw them.
pub fn gallery() -> Vec<Sample> {
    let mut all = Vec::new();
    let mut add = |name, request, parameters, runs, curves| {
        all.push(Sample { name, request, parameters, runs, curves, responses: None });
    };
    let (p, t) = weak_ties();
    add("lines", request("adopted ~ rewire | needs / slip"), p.clone(), t.clone(), None);
    add("thalf", request("adopted.thalf ~ rewire | needs / slip"), p.clone(), t.clone(), None);
    let titled = Request {
        log: Some("none".into()),
        title: Some("Long ties slow complex contagion".into()),
        ..request("adopted ~ rewire | needs")
    };
    add("linear", titled, p, t, None);

    let (p, t) = watts();
    let window = OverlayCurve {
        name: "cascade window".into(),
        points: (0..40)
            .map(|i| {
                let z = 1.2 + 0.22 * f64::from(i);
                (z, 1.0 / z)
            })
            .collect(),
        ..OverlayCurve::default()
    };
    add("heat", Request { overlay: vec![window], ..request("adopted ~ z * phi") }, p.clone(), t.clone(), None);
    add("global", request("global(adopted, .1) ~ z | phi"), p.clone(), t.clone(), None);
    add(
        "given",
        Request { width: Width::Double, ..request("given(adopted, .1) ~ z / phi") },
        p.clone(),
        t.clone(),
        None,
    );

    let p = vec![
        number("m", &[1.0, 2.0, 4.0, 8.0]),
        text("kind", &["news", "fad", "innovation"]),
        text("from", &["hubs", "periphery"]),
    ];
    let law = |l: &[f64], u: f64| (0.3 + 0.25 * l[1] - 0.2 * l[2] + 0.05 * l[0] + 0.2 * (u - 0.5)).clamp(0.0, 1.0);
    let t = study(&p, 10, [("adopted", &law)]);
    add("words", request("adopted ~ kind | from"), p.clone(), t.clone(), None);
    add("three-panels", request("adopted ~ m | from / kind"), p, t, None);

    let p = vec![number("seedset", &[1.0, 2.0])];
    let clustering = |_: &[f64], u: f64| u * 0.6;
    let law = |l: &[f64], u: f64| {
        (logistic((u - 0.5) * 8.0) * (0.5 + 0.2 * l[0]) + 0.1 * (chance((u * 1e5) as usize) - 0.5)).clamp(0.0, 1.0)
    };
    let t = study(&p, 150, [("clustering", &clustering), ("adopted", &law)]);
    add("scatter", request("adopted ~ clustering | seedset"), p, t, None);

    let p = vec![number("rewire", &[0.0, 0.01, 0.1, 1.0])];
    let t = study(&p, 20, [("adopted", &|_, u| u)]);
    let mut columns: [Vec<f64>; 4] = Default::default();
    for (i, rate) in [0.02, 0.035, 0.06, 0.12].iter().enumerate() {
        for run in 0..20 {
            let (late, stuck) = (40.0 * chance(run + 20 * i), run % 7 == 3);
            for now in 0..=(if stuck { 30 } else { 260 }) {
                let share = if stuck { 0.005 } else { logistic(rate * (f64::from(now) - late) - 4.0) };
                for (column, value) in
                    columns.iter_mut().zip([[0.0, 0.01, 0.1, 1.0][i], run as f64, f64::from(now), share])
                {
                    column.push(value);
                }
            }
        }
    }
    let [a, b, c, d] = columns.map(Values::Number);
    let curves = Table::new().with("rewire", a).with("replicate", b).with("now", c).with("adopted", d);
    add("curves", request("adopted ~ now | rewire"), p, t, Some(curves));

    let p = vec![number("z", &[1.05, 2.0, 4.0, 6.0])];
    let law =
        |l: &[f64], u: f64| (0.0001 * exp(-log(1.0 - u) * (1.4 / l[0] + 0.8))).min(if u > 0.9 { 0.99 } else { 0.2 });
    let t = study(&p, 300, [("adopted", &law)]);
    add("ccdf", request("ccdf(adopted) | z"), p, t, None);
    let levels: Vec<f64> = (0..12).map(f64::from).collect();
    let p = vec![number("committed", &[0.06, 0.10, 0.16, 0.20, 0.25, 0.30, 0.40]), number("memory", &levels)];
    let law = |l: &[f64], u: f64| logistic((l[0] - 0.06 - 0.02 * l[1]) * 60.0) * (0.95 + 0.05 * u);
    let t = study(&p, 10, [("uses", &law), ("uses.peak", &law)]);
    add("many", request("uses ~ committed | memory"), p.clone(), t.clone(), None);
    let theory = OverlayCurve {
        name: "mean field".into(),
        points: vec![(0.0, 0.1), (0.257, 0.12), (0.257, 1.0), (0.5, 1.0)],
        ..OverlayCurve::default()
    };
    add("theory", Request { overlay: vec![theory], ..request("uses ~ committed") }, p, t, None);
    let p = vec![
        number("rewire", &[0.0, 0.001, 0.01, 0.1, 1.0]),
        number("k", &[2.0, 4.0, 6.0, 8.0]),
        number("slip", &[0.0, 0.05]),
    ];
    let law = |l: &[f64], u: f64| logistic(5.0 * (0.5 - l[0]) + l[1] - 6.0 + 20.0 * l[2]) * (0.9 + 0.1 * u);
    let t = study(&p, 5, [("adopted", &law)]);
    add("heat-panels", request("adopted ~ rewire * k / slip"), p, t, None);
    let sampled: Vec<f64> = (0..400).map(|i| chance(7 * i) * 9.0 + 1.0).collect();
    let p = vec![
        number("z", &sampled),
        number("phi", &(0..400).map(|i| 0.05 + 0.35 * f64::from(i) / 400.0).collect::<Vec<_>>()),
    ];
    let z: Vec<f64> = sampled.clone();
    let phi: Vec<f64> = (0..400).map(|i| 0.05 + 0.35 * ((i * 181) % 400) as f64 / 400.0).collect();
    let share = z.iter().zip(&phi).map(|(z, phi)| logistic(40.0 * (1.0 / z - phi))).collect();
    let t = Table::new()
        .with("z", Values::Number(z))
        .with("phi", Values::Number(phi))
        .with("adopted", Values::Number(share));
    add("sampled", request("adopted ~ z * phi"), p, t, None);
    all.extend(compared());
    let mut add = |name, request, parameters, runs, curves| {
        all.push(Sample { name, request, parameters, runs, curves, responses: None });
    };
    let long = [
        "a rather long name for a level",
        "another name that is just as long",
        "short",
        "a fourth level of some length",
    ];
    let p = vec![
        text("institution_type", &long),
        text("personality", &["extraverted people", "introverted people", "everybody else"]),
    ];
    let t = study(&p, 6, [("adopted", &|l, u| 0.2 * l[0] + 0.1 * l[1] + 0.1 * u)]);
    add("long-names", request("adopted ~ institution_type / personality"), p.clone(), t.clone(), None);
    add("long-series", request("adopted ~ personality | institution_type"), p, t, None);
    let p = vec![text("kind", &["news", "practice"])];
    let t = study(&p, 5, [("adopted", &|_, u| u)]);
    let (mut kinds, mut columns): (Vec<String>, [Vec<f64>; 4]) = Default::default();
    for (kind, share) in [("news", [0.2, 0.21, 0.19, 0.2, 0.22, 0.2]), ("practice", [0.01, 0.3, 0.5, 0.62, 0.68, 0.7])]
    {
        for run in 0..5u32 {
            for (place, share) in share.iter().enumerate() {
                let exposed = (800.0 / exp(0.9 * place as f64)).floor();
                let row = [f64::from(run), place as f64 + 1.0, exposed, (exposed * share).floor()];
                columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
                kinds.push(kind.to_string());
            }
        }
    }
    let [replicate, sources, exposed, adopted] = columns.map(Values::Number);
    let responses = Table::new()
        .with("kind", Values::texts(kinds))
        .with("replicate", replicate)
        .with("sources", sources)
        .with("adopted.exposed", exposed)
        .with("adopted.adopted", adopted);
    let (request, responses) = (request("response(adopted) | kind"), Some(responses));
    all.push(Sample { name: "response", request, parameters: p, runs: t, curves: None, responses });
    all
}

/// Strategies at several budgets, phases with a boundary, the palettes and notes.
fn compared() -> Vec<Sample> {
    let mut all = Vec::new();
    let mut add = |name, request, parameters: &[Parameter], runs: &Table| {
        all.push(Sample {
            name,
            request,
            parameters: parameters.to_vec(),
            runs: runs.clone(),
            curves: None,
            responses: None,
        });
    };
    let p = [
        number("budget", &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]),
        number("k", &[4.0, 6.0, 8.0, 10.0]),
        text("strategy", &["random", "degree", "greedy"]),
    ];
    // What is left of a draw when levels are taken away is shared by the strategies of a replicate.
    let reached = |l: &[f64], u: f64| {
        let shared = chance((u * 30.0) as usize) - 0.5;
        let gain = [0.012, 0.02, 0.026][l[2] as usize] * (1.0 + 0.1 * l[1]);
        (1.0 - exp(-gain * l[0]) + 0.06 * shared + 0.02 * (u - 0.5)).clamp(0.0, 1.0)
    };
    let t = study(&p, 30, [("adopted", &reached)]);
    let titled = Request { x: Some("initial adopters".into()), ..request("adopted ~ budget | strategy") };
    add("budget", Request { log: Some("x".into()), ..titled.clone() }, &p, &t);
    add("budget-grey", Request { log: Some("x".into()), palette: Palette::Grey, ..titled }, &p, &t);
    add("paired", request("paired(adopted, strategy, greedy - degree) ~ budget | k"), &p, &t);
    add("paired-map", request("paired(adopted, strategy, random - degree) ~ budget * k"), &p, &t);

    let z: Vec<f64> = (2..=14).map(f64::from).collect();
    let phi: Vec<f64> = (0..12).map(|i| 0.04 + 0.02 * f64::from(i)).collect();
    let p = [number("z", &z), number("phi", &phi), text("kind", &["lattice", "random"])];
    let global = |l: &[f64], u: f64| {
        let edge = if l[2] == 0.0 { 0.22 - 0.006 * l[0] } else { 0.9 / (l[0] + 1.5) };
        if u < logistic((edge - l[1]) * 90.0) { 0.9 } else { 0.01 }
    };
    let t = study(&p, 24, [("adopted", &global)]);
    let theory = OverlayCurve {
        name: "1 / z".into(),
        column: "one_over_z".into(),
        points: z.iter().map(|z| (*z, 1.0 / z)).collect(),
        series: Some("random".into()),
        ..OverlayCurve::default()
    };
    let notes = vec![
        Note { text: "everybody".into(), x: Some(4.0), y: Some(0.06) },
        Note { text: "nobody".into(), x: Some(12.0), y: Some(0.2) },
        Note { text: "critical".into(), x: Some(7.5), y: None },
        Note { text: String::new(), x: None, y: Some(0.1) },
    ];
    let boundary = Request { overlay: vec![theory], notes, ..request("boundary(adopted, .1, phi) ~ z | kind") };
    add("boundary", boundary, &p, &t);
    let map = |palette, level| Request { palette, level, ..request("adopted ~ z * phi / kind") };
    add("cividis", map(Palette::Cividis, None), &p, &t);
    add("grey", map(Palette::Grey, Some(0.25)), &p, &t);
    add("two-kinds", request("adopted ~ phi | kind"), &p, &t);
    all
}
