//! Tables to disk and back.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::files::Draft;
use super::forms::{Csv, Fields, Forms};
use super::parquet::Kind;
use super::{BOUNDARY, CELLS, CURVES, RESPONSES, RUNS, SOURCES, Store, StoreError};
use crate::design::{Level, Traced};
use crate::experiment::is_whole;
use crate::experiment::plan::response_of;
use crate::table::{Table, Values};

impl Store {
    /// runs.csv as it was merged last. Parameters are numbers when all their levels are, otherwise text; measures are
    /// numbers, missing ones NaN; `status` and `error` are text.
    pub fn runs_table(&self) -> Result<Table, StoreError> {
        read(&self.dir.join(RUNS), &self.run_columns())
    }

    /// curves.csv as it was merged last, how many agents hold a stage at each time; none when the plan keeps no curves.
    pub fn curves_table(&self) -> Result<Option<Table>, StoreError> {
        match self.over_time().is_empty() {
            true => Ok(None),
            false => read(&self.dir.join(CURVES), &self.curve_columns()).map(Some),
        }
    }

    /// responses.csv as it was merged last, how many agents had so many sources and how many of them adopted on these;
    /// none when the plan keeps no exposure curves.
    pub fn responses_table(&self) -> Result<Option<Table>, StoreError> {
        match self.over_sources().is_empty() {
            true => Ok(None),
            false => read(&self.dir.join(RESPONSES), &self.response_columns()).map(Some),
        }
    }

    /// 16 hex digits that stand for the bytes of runs.csv, and of curves.csv and responses.csv where the plan keeps such,
    /// as merged last.
    pub fn rows_hash(&self) -> Result<String, StoreError> {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 16];
        let curves = (!self.over_time().is_empty()).then_some(CURVES);
        let responses = (!self.over_sources().is_empty()).then_some(RESPONSES);
        for name in [Some(RUNS), curves, responses].into_iter().flatten() {
            let path = self.dir.join(name);
            let reading = |error| StoreError::reading(&path, error);
            let mut file = File::open(&path).map_err(reading)?;
            loop {
                match file.read(&mut buffer).map_err(reading)? {
                    0 => break,
                    bytes => hasher.update(&buffer[..bytes]),
                };
            }
        }
        Ok(hasher.finalize().to_hex()[..16].to_string())
    }

    /// Keeps `table` as the CSV file `name` in the sweep's folder, whole or not at all.
    pub fn write_table(&self, name: &str, table: &Table) -> Result<(), StoreError> {
        let path = self.place(name)?;
        let mut csv = Csv::new(Draft::new(&path)?);
        let head = table.names().into_iter().try_for_each(|name| csv.text(name)).and_then(|()| csv.end_row());
        head.and_then(|()| write_rows(&mut csv, table)).map_err(|error| StoreError::writing(&path, error))?;
        csv.into_inner().map_err(|error| StoreError::writing(&path, error))?.publish()
    }

    /// Keeps the table of cells, cells.csv and its Parquet form.
    pub fn write_cells(&self, table: &Table) -> Result<(), StoreError> {
        let parameters = self.parameters();
        let counts = |name: &str| {
            let of_measure = name.strip_suffix(".n").is_some_and(|name| self.plan.measures.iter().any(|m| m == name));
            name == "runs" || name == "failed" || of_measure
        };
        let kind = |name: &str| match parameters.iter().find(|(parameter, _)| parameter == name) {
            Some((_, kind)) => *kind,
            None if counts(name) => Kind::Whole,
            None => Kind::Number,
        };
        let columns: Vec<(String, Kind)> =
            table.names().into_iter().map(|name| (name.to_string(), kind(name))).collect();
        let mut forms = Forms::new(&self.dir.join(CELLS), &columns)?;
        write_rows(&mut forms, table).map_err(|error| StoreError::writing(forms.path(), error))?;
        forms.publish()
    }

    /// Keeps the table of crossings, boundary.csv and its Parquet form: one row for each point of the boundary, and the
    /// values of the refined parameters at the two cells it lies between.
    pub fn write_boundary(&self, traced: &Traced) -> Result<(), StoreError> {
        let Some(refine) = &self.plan.design.refine else { return Ok(()) };
        let within = &refine.within;
        let ends = ["from", "to"].iter().flat_map(|end| within.iter().map(move |(name, _)| format!("{name}.{end}")));
        let is_refined = |name: &str| refine.within.iter().any(|(refined, _)| refined == name);
        let mut columns = self.parameters();
        columns.iter_mut().filter(|(name, _)| is_refined(name)).for_each(|(_, kind)| *kind = Kind::Number);
        columns.extend(ends.map(|name| (name, Kind::Number)));
        let mut forms = Forms::new(&self.dir.join(BOUNDARY), &columns)?;
        let mut write = || -> std::io::Result<()> {
            for crossing in traced.crossings() {
                crossing.levels.iter().try_for_each(|level| forms.level(level))?;
                crossing.between.iter().flatten().try_for_each(|&number| forms.number(number))?;
                forms.end_row()?;
            }
            Ok(())
        };
        write().map_err(|error| StoreError::writing(&self.dir.join(BOUNDARY), error))?;
        forms.publish()
    }

    pub(super) fn run_columns(&self) -> Vec<(String, Kind)> {
        let all = &self.plan.measures;
        let measure = |name: &String| if is_whole(name, all) { Kind::Whole } else { Kind::Number };
        let mut columns = self.parameters();
        columns.extend([("replicate".to_string(), Kind::Whole), ("status".to_string(), Kind::Text)]);
        columns.extend(all.iter().map(|name| (name.clone(), measure(name))));
        columns.push(("error".to_string(), Kind::Text));
        columns
    }

    pub(super) fn curve_columns(&self) -> Vec<(String, Kind)> {
        let stages = self.over_time().into_iter().map(|place| self.plan.curves[place].clone());
        self.counts("now", stages)
    }

    pub(super) fn response_columns(&self) -> Vec<(String, Kind)> {
        let stages = self.over_sources().into_iter().filter_map(|place| response_of(&self.plan.curves[place]));
        self.counts(SOURCES, stages.flat_map(|stage| [format!("{stage}.exposed"), format!("{stage}.adopted")]))
    }

    /// The columns of a table of curves over `axis`.
    fn counts(&self, axis: &str, columns: impl Iterator<Item = String>) -> Vec<(String, Kind)> {
        let counts = ["replicate".to_string(), axis.to_string()].into_iter().chain(columns);
        self.parameters().into_iter().chain(counts.map(|name| (name, Kind::Whole))).collect()
    }

    fn parameters(&self) -> Vec<(String, Kind)> {
        let design = &self.plan.design;
        let kind = |place: usize| {
            let levels = || design.cells.iter().map(|cell| &cell.levels[place]);
            if levels().all(|level| matches!(level, Level::Flag(_))) {
                Kind::Flag
            } else if levels().any(|level| level.number().is_none()) {
                Kind::Text
            } else if levels().filter_map(Level::number).all(|number| number.fract() == 0.0 && number.abs() < 1e15) {
                Kind::Whole
            } else {
                Kind::Number
            }
        };
        design.parameters.iter().enumerate().map(|(place, name)| (name.clone(), kind(place))).collect()
    }
}

fn write_rows(out: &mut impl Fields, table: &Table) -> std::io::Result<()> {
    for row in 0..table.rows() {
        for column in table.columns() {
            match &column.values {
                Values::Number(numbers) => out.number(numbers[row])?,
                Values::Text(texts) => out.text(&texts[row])?,
            }
        }
        out.end_row()?;
    }
    Ok(())
}

/// Reads the CSV file at `path`, which must have just these `columns`.
fn read(path: &Path, columns: &[(String, Kind)]) -> Result<Table, StoreError> {
    let wrong = |line, reason| StoreError::Table { path: path.to_path_buf(), line, reason };
    let file = File::open(path).map_err(|error| StoreError::reading(path, error))?;
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(file);
    let bad_row = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        match error.into_kind() {
            csv::ErrorKind::Io(error) => StoreError::reading(path, error),
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                wrong(line, format!("{len} fields instead of {expected_len}"))
            }
            _ => wrong(line, "not text".into()),
        }
    };
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    if reader.headers().map_err(bad_row)? != names {
        return Err(wrong(1, format!("its columns are not {}", names.join(", "))));
    }
    let none = |kind: Kind| match kind {
        Kind::Whole | Kind::Number => Values::Number(vec![]),
        Kind::Flag | Kind::Text => Values::Text(vec![]),
    };
    let mut values: Vec<Values> = columns.iter().map(|(_, kind)| none(*kind)).collect();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(bad_row)? {
        for (field, values) in row.iter().zip(&mut values) {
            match values {
                // Mostly the same as in the row before.
                Values::Text(texts) => texts.push(match texts.last() {
                    Some(last) if **last == *field => last.clone(),
                    _ => field.into(),
                }),
                Values::Number(numbers) if field.is_empty() => numbers.push(f64::NAN),
                Values::Number(numbers) => numbers.push(field.parse().map_err(|_| {
                    wrong(row.position().map_or(1, csv::Position::line), format!("`{field}` is not a number"))
                })?),
            }
        }
    }
    Ok(names.iter().zip(values).fold(Table::new(), |table, (name, values)| table.with(*name, values)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::testing::{made, plan, run};
    use super::*;
    use crate::design::Run;
    use crate::experiment::Plan;
    use crate::record::{Outcome, Record};

    fn all_runs(plan: &Plan) -> Vec<Run> {
        (0..plan.design.runs()).map(|number| plan.design.run(number)).collect()
    }

    /// The bytes of runs.csv when the runs come in this order, in parts of so many.
    fn merged_bytes(order: &[Run], rows_per_part: usize) -> Vec<u8> {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(3, 7)).unwrap();
        for rows in order.chunks(rows_per_part) {
            let part = store.part().unwrap();
            for &run in rows {
                part.append(run, &made(run)).unwrap();
            }
        }
        let merged = store.merge(&store.scan().unwrap()).unwrap();
        assert_eq!((merged.rows, merged.missing), (order.len() as u64, 42 - order.len() as u64));
        fs::read(store.dir().join(RUNS)).unwrap()
    }

    #[test]
    fn runs_csv_does_not_depend_on_the_order_of_rows_or_parts() {
        let order = all_runs(&plan(3, 7));
        let backwards: Vec<Run> = order.iter().rev().copied().collect();
        let mixed: Vec<Run> = (0..order.len()).map(|i| order[(i * 17) % order.len()]).collect();
        let bytes = merged_bytes(&order, 100);
        assert_eq!(bytes, merged_bytes(&backwards, 4));
        assert_eq!(bytes, merged_bytes(&mixed, 1));
    }

    #[test]
    fn runs_csv_reads_as_documented() {
        let text = String::from_utf8(merged_bytes(&all_runs(&plan(3, 7))[9..11], 1)).unwrap();
        assert_eq!(
            text,
            "rewire,rule,replicate,status,adopted,half,error\n0,\"with, comma\",2,done,1,2,\n0,\"with, comma\",3,done,\
             1.3333333333333333,,\n"
        );
    }

    #[test]
    fn the_table_of_runs_comes_back_typed() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(3, 7)).unwrap();
        let part = store.part().unwrap();
        for run in all_runs(store.plan()) {
            part.append(run, &made(run)).unwrap();
        }
        let mut seen = Vec::new();
        let scan = store.scan().unwrap();
        let merged = store.merge_with(&scan, |run, record| seen.push((run, record.is_done()))).unwrap();
        let runs = store.runs_table().unwrap();
        assert!(runs.names().into_iter().eq(store.run_columns().iter().map(|(name, _)| name)));
        assert_eq!(runs.rows(), 42);
        assert!(runs.numbers("rewire").is_some() && runs.numbers("rule").is_none());
        assert_eq!(runs.numbers("replicate").unwrap()[8], 1.0);
        let Some(Values::Text(status)) = runs.column("status") else { panic!("status is text") };
        assert_eq!(status.iter().filter(|status| &***status == "failed").count() as u64, merged.failed);
        for (row, (run, done)) in seen.iter().enumerate() {
            assert_eq!(*run, store.plan().design.run(row as u64));
            let expected = if *done { made(*run).values[0] } else { f64::NAN };
            assert_eq!(runs.numbers("adopted").unwrap()[row].to_bits(), expected.to_bits());
        }
        // A row made again is compared by its text.
        let text = fs::read_to_string(store.dir().join(RUNS)).unwrap();
        assert!(text.contains(&store.row_text(run(1, 3), &made(run(1, 3)))));
    }

    #[test]
    fn curves_are_kept_in_long_form_until_the_last_has_settled() {
        let out = tempfile::tempdir().unwrap();
        let mut plan = plan(1, 2);
        plan.curves = vec!["aware".into(), "adopted by now".into()];
        let store = Store::open(out.path(), &plan).unwrap();
        let part = store.part().unwrap();
        let curves = vec![vec![10, 40, 90], vec![10, 20]];
        part.append(run(1, 0), &Record { outcome: Outcome::Done, values: vec![0.2, 1.0], curves }).unwrap();
        part.append(run(1, 1), &Record::failed("no")).unwrap();
        assert_eq!(store.merge(&store.scan().unwrap()).unwrap().missing, 2);
        assert_eq!(
            fs::read_to_string(store.dir().join(CURVES)).unwrap(),
            "rewire,rule,replicate,now,aware,adopted by now\n0,\"with, comma\",0,0,10,10\n0,\"with, comma\",0,1,40,20\n0,\
             \"with, comma\",0,2,90,20\n"
        );
        let table = store.curves_table().unwrap().unwrap();
        assert_eq!(table.numbers("now").unwrap(), [0.0, 1.0, 2.0]);
        assert_eq!(table.numbers("adopted by now").unwrap(), [10.0, 20.0, 20.0]);
    }

    #[test]
    fn exposure_curves_are_a_table_of_their_own() {
        let out = tempfile::tempdir().unwrap();
        let mut plan = plan(1, 2);
        plan.curves = vec!["aware".into(), "response(aware)".into()];
        let store = Store::open(out.path(), &plan).unwrap();
        let part = store.part().unwrap();
        // Five agents had one source, two of them adopted; one had two and adopted.
        let curves = vec![vec![10, 40], vec![5, 2, 1, 1]];
        part.append(run(1, 0), &Record { outcome: Outcome::Done, values: vec![0.2, 1.0], curves }).unwrap();
        store.merge(&store.scan().unwrap()).unwrap();
        assert_eq!(
            fs::read_to_string(store.dir().join(RESPONSES)).unwrap(),
            "rewire,rule,replicate,sources,aware.exposed,aware.adopted\n0,\"with, comma\",0,1,5,2\n0,\"with, \
             comma\",0,2,1,1\n"
        );
        let table = store.responses_table().unwrap().unwrap();
        assert_eq!(table.numbers("sources").unwrap(), [1.0, 2.0]);
        assert_eq!(store.curves_table().unwrap().unwrap().names().last(), Some(&"aware"));
    }

    #[test]
    fn a_table_that_was_changed_by_hand_is_an_error_that_names_the_line() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(1, 1)).unwrap();
        let part = store.part().unwrap();
        part.append(run(0, 0), &made(run(0, 0))).unwrap();
        store.merge(&store.scan().unwrap()).unwrap();
        let path = store.dir().join(RUNS);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("done,0,", "done,zero,")).unwrap();
        let error = store.runs_table().unwrap_err().to_string();
        assert!(error.contains("line 2: `zero` is not a number"), "{error}");
        fs::write(&path, text.replace("done,0,", "done,")).unwrap();
        let error = store.runs_table().unwrap_err().to_string();
        assert!(error.contains("6 fields instead of 7"), "{error}");
    }

    #[test]
    fn a_part_removed_between_scan_and_merge_is_an_error_and_the_table_stays() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(1, 1)).unwrap();
        let part = store.part().unwrap();
        part.append(run(0, 0), &made(run(0, 0))).unwrap();
        let scan = store.scan().unwrap();
        store.merge(&scan).unwrap();
        let before = fs::read(store.dir().join(RUNS)).unwrap();
        fs::remove_file(part.path()).unwrap();
        assert!(matches!(store.merge(&scan), Err(StoreError::PartChanged { .. })));
        assert_eq!(fs::read(store.dir().join(RUNS)).unwrap(), before);
        assert_eq!(store.scan().unwrap().finished(), 0);
        // The attempt whose part is gone goes on without harm.
        part.append(run(0, 0), &made(run(0, 0))).unwrap();
    }

    #[test]
    fn a_run_given_up_is_a_row_that_says_so() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(1, 1)).unwrap();
        for _ in 0..3 {
            store.part().unwrap().begin(run(1, 0));
        }
        let merged = store.merge(&store.scan().unwrap()).unwrap();
        assert_eq!((merged.rows, merged.failed, merged.missing), (1, 1, 1));
        let text = fs::read_to_string(store.dir().join(RUNS)).unwrap();
        assert!(text.ends_with(",0,failed,,,its process ended three times while this run was under way\n"), "{text}");
    }

    #[test]
    fn any_table_is_written_as_it_is() {
        let out = tempfile::tempdir().unwrap();
        let store = Store::open(out.path(), &plan(1, 1)).unwrap();
        let table = Table::new()
            .with("rule", Values::texts(["a, \"b\"", ""]))
            .with("adopted", Values::Number(vec![0.1, f64::NAN]));
        store.write_table("figures/one.csv", &table).unwrap();
        let text = fs::read_to_string(store.dir().join("figures/one.csv")).unwrap();
        assert_eq!(text, "rule,adopted\n\"a, \"\"b\"\"\",0.1\n,\n");
    }
}
