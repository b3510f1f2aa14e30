//! From a table of runs to a table of cells.
//!
//! One row per cell, in the order of the runs: the parameters, `runs` (that were done), `failed`, and for a measure
//! named `adopted`, over the runs that were done and have a value of it:
//!
//! | column | meaning |
//! |---|---|
//! | `adopted` | mean |
//! | `adopted.low`, `adopted.high` | 95 % interval of the mean (Student's t) |
//! | `adopted.median`, `adopted.q10`, `adopted.q90` | median, 10 % and 90 % quantile of the runs |
//! | `adopted.n` | how many runs had a value |
//! | `adopted.global` | share of those runs in which more than a tenth adopted: the frequency of global cascades |
//! | `adopted.global.low`, `adopted.global.high` | 95 % interval of that share (Wilson) |
//! | `adopted.given` | mean over the global cascades alone |
//!
//! The last four are there for measures that are shares: all their values, in all cells, lie between 0 and 1. A failed
//! run or a missing value counts as neither small nor large: it is left out, and `failed` and `.n` say so.

use std::collections::BTreeMap;

use crate::design::Run;
use crate::experiment::Plan;
use crate::record::Record;
pub use crate::stats::CONFIDENCE;
use crate::stats::{Interval, mean, median, quantile, sd, sorted, t_quantile, wilson};
use crate::table::{Table, Values};

/// A cascade is global when it reaches more than this share of the population.
pub const GLOBAL: f64 = 0.1;

/// The table of cells of a whole table of runs, which has the plan's columns, rows of a cell side by side.
pub fn cells(plan: &Plan, runs: &Table) -> Table {
    let text = |name: &str| match runs.column(name) {
        Some(Values::Text(texts)) => texts.as_slice(),
        _ => panic!("a table of runs has a text column {name}"),
    };
    let numbers = |name: &str| runs.numbers(name).unwrap_or_else(|| panic!("a table of runs has numbers in {name}"));
    let (status, replicate) = (text("status"), numbers("replicate"));
    let measures: Vec<&[f64]> = plan.measures.iter().map(|name| numbers(name)).collect();
    let parameters: Vec<&Values> = plan
        .design
        .parameters
        .iter()
        .map(|name| runs.column(name).unwrap_or_else(|| panic!("a table of runs has a column {name}")))
        .collect();
    let same = |values: &Values, a: usize, b: usize| match values {
        Values::Number(numbers) => numbers[a].to_bits() == numbers[b].to_bits(),
        Values::Text(texts) => texts[a] == texts[b],
    };

    let mut averages = Averages::new(&plan.measures);
    let mut first_rows = Vec::new();
    let mut values = Vec::new();
    for row in 0..runs.rows() {
        // Replicates count up within a cell; two cells with equal levels in a row begin anew.
        let opens = row == 0
            || replicate[row] <= replicate[row - 1]
            || !parameters.iter().all(|values| same(values, row - 1, row));
        if opens {
            averages.open();
            first_rows.push(row);
        }
        values.clear();
        values.extend(measures.iter().map(|measure| measure[row]));
        averages.add((&*status[row] == "done").then_some(&values));
    }
    let firsts = runs.select(&first_rows);
    let named = plan
        .design
        .parameters
        .iter()
        .map(|name| (name.clone(), firsts.column(name).expect("its column was there before").clone()));
    averages.finish(named.collect())
}

/// The same table built record by record, in run order, holding one cell's values at a time.
pub struct Summary<'a> {
    plan: &'a Plan,
    cells: Vec<u32>,
    averages: Averages,
}

impl<'a> Summary<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Summary { plan, cells: Vec::new(), averages: Averages::new(&plan.measures) }
    }

    /// Takes the next record. Panics when a run comes after one of a later cell.
    pub fn add(&mut self, run: Run, record: &Record) {
        let last = self.cells.last();
        assert!(last.is_none_or(|&last| last <= run.cell), "records come in run order");
        if last != Some(&run.cell) {
            self.averages.open();
            self.cells.push(run.cell);
        }
        self.averages.add(record.is_done().then_some(&record.values));
    }

    pub fn finish(self) -> Table {
        let design = &self.plan.design;
        let levels = |parameter: usize| {
            let numeric = design.cells.iter().all(|cell| cell.levels[parameter].number().is_some());
            let levels = self.cells.iter().map(|&cell| &design.cells[cell as usize].levels[parameter]);
            match numeric {
                true => Values::Number(levels.filter_map(|level| level.number()).collect()),
                false => Values::texts(levels.map(|level| level.written())),
            }
        };
        let named = design.parameters.iter().enumerate().map(|(place, name)| (name.clone(), levels(place)));
        self.averages.finish(named.collect())
    }
}

/// The columns as they grow, and the values of the cell that is open.
struct Averages {
    runs: Vec<f64>,
    failed: Vec<f64>,
    measures: Vec<Measure>,
    /// Student's t by number of values: nearly all cells have as many.
    t: BTreeMap<usize, f64>,
}

struct Measure {
    name: String,
    /// Of the open cell.
    values: Vec<f64>,
    /// Whether all values so far lie between 0 and 1.
    share: bool,
    /// In the order of [`COLUMNS`].
    columns: [Vec<f64>; COLUMNS.len()],
}

const COLUMNS: [&str; 11] =
    ["", ".low", ".high", ".median", ".q10", ".q90", ".n", ".global", ".global.low", ".global.high", ".given"];
/// How many of the columns every measure has; the others are for shares.
const ALWAYS: usize = 7;

impl Averages {
    fn new(measures: &[String]) -> Averages {
        let measure = |name: &String| Measure {
            name: name.clone(),
            values: Vec::new(),
            share: true,
            columns: Default::default(),
        };
        Averages {
            runs: Vec::new(),
            failed: Vec::new(),
            measures: measures.iter().map(measure).collect(),
            t: BTreeMap::new(),
        }
    }

    /// Begins the next cell.
    fn open(&mut self) {
        self.close();
        self.runs.push(0.0);
        self.failed.push(0.0);
    }

    /// Takes a run of the open cell: its values, or none when it failed.
    fn add(&mut self, values: Option<&Vec<f64>>) {
        let Some(values) = values else {
            *self.failed.last_mut().expect("a cell is open") += 1.0;
            return;
        };
        *self.runs.last_mut().expect("a cell is open") += 1.0;
        for (measure, &value) in self.measures.iter_mut().zip(values) {
            if !value.is_nan() {
                measure.share &= (0.0..=1.0).contains(&value);
                measure.values.push(value);
            }
        }
    }

    fn close(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        for measure in &mut self.measures {
            let t = |n: usize| *self.t.entry(n).or_insert_with(|| t_quantile(0.5 + CONFIDENCE / 2.0, (n - 1) as f64));
            for (column, number) in measure.columns.iter_mut().zip(numbers(&measure.values, t)) {
                column.push(number);
            }
            measure.values.clear();
        }
    }

    fn finish(mut self, parameters: Vec<(String, Values)>) -> Table {
        self.close();
        let mut table = Table::new();
        for (name, values) in parameters {
            table.push(name, values);
        }
        table.push("runs", Values::Number(self.runs));
        table.push("failed", Values::Number(self.failed));
        for measure in self.measures {
            let any = measure.columns[6].iter().any(|&n| n > 0.0);
            let kept = if measure.share && any { COLUMNS.len() } else { ALWAYS };
            for (ending, column) in COLUMNS.iter().zip(measure.columns).take(kept) {
                table.push(format!("{}{ending}", measure.name), Values::Number(column));
            }
        }
        table
    }
}

/// One cell's numbers of one measure, in the order of [`COLUMNS`].
fn numbers(values: &[f64], t: impl FnOnce(usize) -> f64) -> [f64; COLUMNS.len()] {
    let n = values.len();
    let centre = mean(values);
    let around = match n {
        0 | 1 => Interval::UNKNOWN,
        _ => Interval::around(centre, t(n) * sd(values) / (n as f64).sqrt()),
    };
    let ordered = sorted(values);
    let global: Vec<f64> = values.iter().copied().filter(|&value| value > GLOBAL).collect();
    let often = wilson(global.len() as u64, n as u64, CONFIDENCE);
    [
        centre,
        around.low,
        around.high,
        median(&ordered),
        quantile(&ordered, 0.1),
        quantile(&ordered, 0.9),
        n as f64,
        global.len() as f64 / n as f64,
        often.low,
        often.high,
        mean(&global),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Design, Level, Parameter};
    use crate::record::Outcome;
    use crate::stats::t_interval;

    fn plan() -> Plan {
        let rewire = Parameter { name: "rewire".into(), levels: vec![Level::Number(0.0), Level::Number(0.5)] };
        let rule = Parameter { name: "rule".into(), levels: vec![Level::Text("simple".into()), Level::Flag(true)] };
        Plan {
            result_version: 1,
            scenario: "ring".into(),
            text: String::new(),
            set: BTreeMap::new(),
            data: BTreeMap::new(),
            seed: 1,
            steps: 10,
            design: Design::grid(&[rewire, rule], 5),
            measures: vec!["adopted".into(), "half".into()],
            curves: vec![],
        }
    }

    const ADOPTED: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 1.0];

    /// Cell 0 has all five runs, cell 1 three of which one failed, cell 2 none, cell 3 one that failed.
    fn records() -> Vec<(Run, Record)> {
        let done = |replicate: usize, half: f64| Record {
            outcome: Outcome::Done,
            values: vec![ADOPTED[replicate], half],
            curves: vec![],
        };
        let run = |cell, replicate| Run { cell, replicate };
        let mut records: Vec<_> =
            (0..5).map(|r| (run(0, r), done(r as usize, if r == 0 { f64::NAN } else { f64::from(r) }))).collect();
        records.push((run(1, 0), done(0, f64::NAN)));
        records.push((run(1, 2), Record::failed("no")));
        records.push((run(1, 4), done(1, f64::NAN)));
        records.push((run(3, 1), Record::failed("no")));
        records
    }

    fn summary() -> Table {
        let plan = plan();
        let mut summary = Summary::new(&plan);
        for (run, record) in records() {
            summary.add(run, &record);
        }
        summary.finish()
    }

    fn row(name: &str) -> Vec<f64> {
        summary().numbers(name).unwrap_or_else(|| panic!("no column {name}")).to_vec()
    }

    #[test]
    fn a_cell_with_five_runs_has_the_numbers_of_five_runs() {
        assert_eq!((row("runs"), row("failed")), (vec![5.0, 2.0, 0.0], vec![0.0, 1.0, 1.0]));
        assert_eq!(row("rewire"), [0.0, 0.0, 0.5]);
        assert_eq!(summary().column("rule").unwrap().written(1), "true");
        let expected = t_interval(&ADOPTED, 0.95);
        assert_eq!(row("adopted")[0], 0.51);
        assert_eq!((row("adopted.low")[0], row("adopted.high")[0]), (expected.low, expected.high));
        assert_eq!((row("adopted.median")[0], row("adopted.q90")[0]), (0.5, 0.96));
        assert!((row("adopted.q10")[0] - 0.07).abs() < 1e-15);
        // A tenth is not more than a tenth.
        assert_eq!(row("adopted.global")[0], 0.6);
        assert!((row("adopted.given")[0] - 0.8).abs() < 1e-15);
        assert_eq!(row("adopted.global.low")[0], wilson(3, 5, 0.95).low);
    }

    #[test]
    fn failed_runs_and_missing_values_are_left_out_and_counted() {
        assert_eq!((row("adopted.n"), row("half.n")), (vec![5.0, 2.0, 0.0], vec![4.0, 0.0, 0.0]));
        assert_eq!(row("half")[0], 2.5);
        assert!(row("half")[1].is_nan() && row("half.median")[1].is_nan() && row("adopted")[2].is_nan());
        assert_eq!(row("adopted.global")[1], 0.0);
        assert!(row("adopted.given")[1].is_nan() && row("adopted.global.low")[2].is_nan());
    }

    #[test]
    fn only_shares_have_global_cascades() {
        let names: Vec<String> = summary().names().into_iter().map(String::from).collect();
        assert!(names.contains(&"adopted.given".into()) && !names.contains(&"half.global".into()));
    }

    #[test]
    fn a_table_of_runs_gives_the_same_cells_as_its_records() {
        let plan = plan();
        let records = records();
        let design = &plan.design;
        let levels = |parameter: usize| -> Vec<&Level> {
            records.iter().map(|(run, _)| &design.cells[run.cell as usize].levels[parameter]).collect()
        };
        let measure = |place: usize| {
            records.iter().map(|(_, record)| record.values.get(place).copied().unwrap_or(f64::NAN)).collect()
        };
        let runs = Table::new()
            .with("rewire", Values::Number(levels(0).into_iter().map(|level| level.number().unwrap()).collect()))
            .with("rule", Values::texts(levels(1).into_iter().map(|level| level.written())))
            .with("replicate", Values::Number(records.iter().map(|(run, _)| f64::from(run.replicate)).collect()))
            .with("status", Values::texts(records.iter().map(|(_, r)| if r.is_done() { "done" } else { "failed" })))
            .with("adopted", Values::Number(measure(0)))
            .with("half", Values::Number(measure(1)));
        assert_eq!(format!("{:?}", cells(&plan, &runs)), format!("{:?}", summary()));
    }
}
