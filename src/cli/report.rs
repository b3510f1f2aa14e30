//! The page beside the tables of a sweep, put together from what the other parts know.

use super::conclude::Told;
use crate::chart::Formula;
use crate::cluster::quoted;
use crate::contagion::world::World;
use crate::design::Cell;
use crate::experiment::Plan;
use crate::report::{self, Account, Page, Sheet, html, levels};
use crate::script::Scenario;
use crate::store::Store;
use crate::table::{Table, Values, are, counted};

/// What the page is called in the sweep's folder.
pub const PAGE: &str = "report.html";

/// How many cells are looked at to tell what the rules mean, how many rows are shown of the tables.
const LOOKED_AT: usize = 200;
const CELLS: usize = 60;
const RUNS: usize = 6;
/// Reasons of failed runs that are told.
const REASONS: usize = 12;

/// Writes the page of a sweep, from its rows as they were merged and the figures that were drawn of them.
pub fn write(
    store: &Store,
    scenario: &Scenario,
    (told, table): (&Told, &Table),
    figures: Vec<report::Figure>,
    checks: Vec<report::Check>,
) -> anyhow::Result<()> {
    let (plan, study) = (store.plan(), scenario.study());
    let mut page = Page {
        title: study.name.clone(),
        counts: counts(plan, told),
        checks,
        parameters: study.parameters.iter().map(|known| (known.name.clone(), levels(&known.levels))).collect(),
        tables: vec![cells(plan, told, &figures), runs(plan, table)],
        figures,
        commands: commands(plan),
        provenance: provenance(store)?,
        scenario: plan.text.clone(),
        ..Page::default()
    };
    let mut failures: Vec<_> = told.failures.iter().collect();
    failures.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    page.failures = failures
        .into_iter()
        .take(REASONS)
        .map(|(why, (count, row))| (why.clone(), *count, format!("uptake rerun . --row {row}")))
        .collect();
    if told.missing > 0 {
        page.warnings.push(format!(
            "{} of {} {} missing: everything below speaks of the others. The same sweep command makes the rest.",
            told.missing,
            counted(told.rows + told.missing, "run"),
            are(told.missing)
        ));
    }
    let head = report::Head::of(&plan.text, &study.name);
    page.lead = head.lead.clone();
    page.about = head.parts.clone();
    match worlds(scenario) {
        Ok(worlds) => {
            let account = Account::new(study, &plan.text, &worlds);
            page.methods = account.methods(study, plan);
            page.bibtex = account.bibtex();
            page.meaning = vec![
                ("Who is there, and who hears whom".into(), account.setting),
                ("What happens when".into(), account.events),
                ("What the rules mean".into(), account.rules),
                ("What else changes".into(), account.dynamics),
            ];
        }
        // A sweep that is merged where its data files are not.
        Err(why) => page.warnings.push(format!("What the rules mean cannot be told here: {why}")),
    }
    store.write_bytes(PAGE, html(&page).as_bytes())?;
    Ok(())
}

/// The worlds of a sample of the cells.
pub fn worlds(scenario: &Scenario) -> anyhow::Result<Vec<(&Cell, World)>> {
    let cells = &scenario.study().design.cells;
    let some = cells.iter().step_by((cells.len() / LOOKED_AT).max(1));
    some.map(|cell| Ok((cell, scenario.world(cell)?))).collect()
}

fn counts(plan: &Plan, told: &Told) -> Vec<(String, String)> {
    let mut counts = vec![
        ("cells".to_string(), plan.design.cells.len().to_string()),
        (
            "replicates".into(),
            format!("{}{}", if plan.design.until.is_some() { "\u{2264} " } else { "" }, plan.design.replicates),
        ),
        ("runs".into(), told.rows.to_string()),
        ("steps at most".into(), plan.steps.to_string()),
        ("seed".into(), plan.seed.to_string()),
    ];
    if told.failed > 0 {
        counts.insert(3, ("failed".into(), told.failed.to_string()));
    }
    counts
}

/// The cells, with the means of what the figures show and their intervals.
fn cells(plan: &Plan, told: &Told, figures: &[report::Figure]) -> Sheet {
    let shown = figures.iter().filter_map(|figure| Formula::parse(&figure.formula).ok());
    let mut measures: Vec<String> = Vec::new();
    let charted = shown.map(|formula| formula.y.column().to_string());
    for measure in charted.chain(plan.measures.iter().skip(1).take(3).cloned()) {
        if plan.measures.contains(&measure) && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let own: Vec<&str> = plan.design.parameters.iter().map(String::as_str).chain(["runs", "failed"]).collect();
    let table = &told.cells;
    let row = |row: usize| {
        let known = own.iter().filter_map(|name| Some(table.column(name)?.written(row)));
        let means = measures.iter().map(|measure| {
            let number =
                |suffix: &str| table.numbers(&format!("{measure}{suffix}")).map_or(f64::NAN, |values| values[row]);
            match (number(""), number(".low"), number(".high")) {
                (mean, _, _) if mean.is_nan() => String::new(),
                (mean, low, high) if low.is_nan() || high.is_nan() || low == high => short(mean),
                (mean, low, high) => format!("{} ({} to {})", short(mean), short(low), short(high)),
            }
        });
        known.chain(means).collect()
    };
    let rows = table.rows().min(CELLS);
    Sheet {
        title: "Cells".into(),
        columns: own.iter().map(|name| name.to_string()).chain(measures.iter().cloned()).collect(),
        rows: (0..rows).map(row).collect(),
        note: format!(
            "Means over the runs of a cell, with 95% intervals. {}cells.csv has every measure, with quantiles and the share of \
             global cascades.",
            more(table.rows() - rows)
        ),
    }
}

/// The first runs as they are in runs.csv.
fn runs(plan: &Plan, table: &Table) -> Sheet {
    let rows = table.rows().min(RUNS);
    let empty = |values: &Values| (0..table.rows()).all(|row| values.written(row).is_empty());
    let columns: Vec<_> = table.columns().iter().filter(|column| !empty(&column.values)).collect();
    let field = |values: &Values, row: usize| match values {
        Values::Number(numbers) if numbers[row].is_finite() => short(numbers[row]),
        values => values.written(row),
    };
    Sheet {
        title: "Runs".into(),
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        rows: (0..rows).map(|row| columns.iter().map(|column| field(&column.values, row)).collect()).collect(),
        note: format!(
            "{}runs.csv has all of them: {} of each run.",
            more(table.rows() - rows),
            counted(plan.measures.len(), "measure")
        ),
    }
}

fn more(rows: usize) -> String {
    if rows == 0 { String::new() } else { format!("And {rows} more. ") }
}

/// Four digits that count.
fn short(value: f64) -> String {
    let (mut decimals, mut size) = (3_usize, value.abs());
    while size >= 10.0 && decimals > 0 {
        (size, decimals) = (size / 10.0, decimals - 1);
    }
    while size > 0.0 && size < 1.0 && decimals < 7 {
        (size, decimals) = (size * 10.0, decimals + 1);
    }
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

/// The command that makes a plan's runs from the scenario's file.
pub fn sweep_command(plan: &Plan) -> String {
    let mut words = vec!["uptake".to_string(), "sweep".into(), quoted(&format!("{}.lua", plan.scenario))];
    if plan.text.matches("scenario \"").count() > 1 {
        words.extend(["--only".into(), quoted(&plan.scenario)]);
    }
    for (name, value) in &plan.set {
        match name.as_str() {
            "seed" | "replicates" => words.extend([format!("--{name}"), quoted(value)]),
            _ => words.extend(["--set".into(), quoted(&format!("{name}={value}"))]),
        }
    }
    words.join(" ")
}

fn commands(plan: &Plan) -> Vec<(String, String)> {
    let data = if plan.data.is_empty() { "" } else { " --scenario FILE" };
    let file = format!("{}.lua", plan.scenario);
    let mut first = format!("Save the scenario below as {file}: the same bytes come out, on any number of threads");
    if !plan.data.is_empty() {
        let files: Vec<&str> = plan.data.keys().map(String::as_str).collect();
        first += &format!("; it reads {}, seen from its folder", files.join(", "));
    }
    vec![
        (first, sweep_command(plan)),
        ("In this folder: tables, figures and this page again, from the rows".into(), "uptake merge .".into()),
        ("Some rows run again and compared, byte by byte".into(), format!("uptake verify .{data}")),
        ("A figure made again from what it says of itself".into(), "uptake reproduce figures/NAME.svg".into()),
    ]
}

fn provenance(store: &Store) -> anyhow::Result<Vec<(String, String)>> {
    let plan = store.plan();
    let mut facts = vec![
        ("uptake".to_string(), format!("{} (results of version {})", env!("CARGO_PKG_VERSION"), plan.result_version)),
        ("plan".into(), store.identity().to_string()),
        ("rows".into(), store.rows_hash()?),
        ("seed".into(), plan.seed.to_string()),
    ];
    facts.extend(plan.set.iter().map(|(name, value)| (format!("set {name}"), value.clone())));
    facts.extend(plan.data.iter().map(|(path, hash)| (path.clone(), hash.clone())));
    Ok(facts)
}
