//! Tables to disk and back.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::files::Draft;
use super::merge::{csv_writer, into_io};
use super::{CURVES, RESPONSES, RUNS, Store, StoreError};
use crate::table::{Table, Values};

impl Store {
    /// runs.csv as it was merged last. Parameters are numbers when all their levels are, otherwise text; measures are
    /// numbers, missing ones NaN; `status` and `error` are text.
    pub fn runs_table(&self) -> Result<Table, StoreError> {
        let mut kinds = self.parameter_kinds();
        kinds.extend([true, false]);
        kinds.extend(self.plan.measures.iter().map(|_| true));
        kinds.push(false);
        read(&self.dir.join(RUNS), &self.run_columns(), &kinds)
    }

    /// curves.csv as it was merged last, how many agents hold a stage at each time; none when the plan keeps no curves.
    pub fn curves_table(&self) -> Result<Option<Table>, StoreError> {
        if self.over_time().is_empty() {
            return Ok(None);
        }
        self.read_curves(CURVES, &self.curve_columns()).map(Some)
    }

    /// responses.csv as it was merged last, how many agents had so many sources and how many of them adopted on these;
    /// none when the plan keeps no exposure curves.
    pub fn responses_table(&self) -> Result<Option<Table>, StoreError> {
        if self.over_sources().is_empty() {
            return Ok(None);
        }
        let columns = self.response_columns();
        self.read_curves(RESPONSES, &columns.iter().map(String::as_str).collect::<Vec<_>>()).map(Some)
    }

    fn read_curves(&self, name: &str, columns: &[&str]) -> Result<Table, StoreError> {
        let mut kinds = self.parameter_kinds();
        kinds.resize(columns.len(), true);
        read(&self.dir.join(name), columns, &kinds)
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
        let writing = |error| StoreError::writing(&path, error);
        let mut csv = csv_writer(Draft::new(&path)?);
        csv.write_record(table.names()).map_err(|error| writing(into_io(error)))?;
        for row in 0..table.rows() {
            let fields = table.columns().iter().map(|column| column.values.written(row));
            csv.write_record(fields).map_err(|error| writing(into_io(error)))?;
        }
        csv.into_inner().map_err(|error| writing(error.into_error()))?.publish()
    }

    /// Per parameter: whether all its levels are numbers.
    fn parameter_kinds(&self) -> Vec<bool> {
        let design = &self.plan.design;
        (0..design.parameters.len())
            .map(|parameter| design.cells.iter().all(|cell| cell.levels[parameter].number().is_some()))
            .collect()
    }
}

/// Reads the CSV file at `path`, which must have just these `columns`; `numeric` says which hold numbers.
fn read(path: &Path, columns: &[&str], numeric: &[bool]) -> Result<Table, StoreError> {
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
    if reader.headers().map_err(bad_row)? != columns {
        return Err(wrong(1, format!("its columns are not {}", columns.join(", "))));
    }
    let mut values: Vec<Values> =
        numeric.iter().map(|&number| if number { Values::Number(vec![]) } else { Values::Text(vec![]) }).collect();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(bad_row)? {
        for (field, values) in row.iter().zip(&mut values) {
            match values {
                Values::Text(texts) => texts.push(field.to_string()),
                Values::Number(numbers) if field.is_empty() => numbers.push(f64::NAN),
                Values::Number(numbers) => numbers.push(field.parse().map_err(|_| {
                    wrong(row.position().map_or(1, csv::Position::line), format!("`{field}` is not a number"))
                })?),
            }
        }
    }
    Ok(columns.iter().zip(values).fold(Table::new(), |table, (name, values)| table.with(*name, values)))
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
        assert_eq!(runs.names(), store.run_columns());
        assert_eq!(runs.rows(), 42);
        assert!(runs.numbers("rewire").is_some() && runs.numbers("rule").is_none());
        assert_eq!(runs.numbers("replicate").unwrap()[8], 1.0);
        let Some(Values::Text(status)) = runs.column("status") else { panic!("status is text") };
        assert_eq!(status.iter().filter(|status| *status == "failed").count() as u64, merged.failed);
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
            .with("rule", Values::Text(vec!["a, \"b\"".into(), String::new()]))
            .with("adopted", Values::Number(vec![0.1, f64::NAN]));
        store.write_table("cells.csv", &table).unwrap();
        let text = fs::read_to_string(store.dir().join("cells.csv")).unwrap();
        assert_eq!(text, "rule,adopted\n\"a, \"\"b\"\"\",0.1\n,\n");
    }
}
