//! From rows in parts to tables in run order.
//!
//! Rows are fetched a bounded number of bytes at a time: for a stretch of runs their places are visited part by part,
//! front to back, so that reading stays sequential however many parts there are, and memory stays flat.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;

use super::format::{Said, read_line};
use super::forms::{Csv, Fields, Forms};
use super::parquet::Kind;
use super::scan::{Place, Scan};
use super::{CURVES, RESPONSES, RUNS, Store, StoreError};
use crate::design::Run;
use crate::experiment::plan::response_of;
use crate::record::{Outcome, Record};

/// How many runs the tables now hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub rows: u64,
    /// Those of the rows that say their run failed.
    pub failed: u64,
    /// Runs of the plan that have no row yet.
    pub missing: u64,
}

/// Bytes of rows held at once.
const STRETCH: u64 = 16 << 20;

impl Store {
    /// Writes runs.csv (and curves.csv and responses.csv, when the plan keeps such curves), each with its Parquet form
    /// beside it, from the rows that `scan` found.
    pub fn merge(&self, scan: &Scan) -> Result<Merged, StoreError> {
        self.merge_with(scan, |_, _| {})
    }

    /// The same, showing every record to `each` in run order: what is computed over all runs needs no table for it.
    pub fn merge_with(&self, scan: &Scan, mut each: impl FnMut(Run, &Record)) -> Result<Merged, StoreError> {
        if let Some(conflict) = &scan.conflict {
            return Err(StoreError::Conflict {
                run: self.label(conflict.run),
                first: scan.paths[conflict.first as usize].clone(),
                second: scan.paths[conflict.second as usize].clone(),
            });
        }
        let mut runs = Forms::new(&self.dir.join(RUNS), &self.run_columns())?;
        let forms = |kept: &[usize], name: &str, columns: &[(String, Kind)]| -> Result<_, StoreError> {
            (!kept.is_empty()).then(|| Forms::new(&self.dir.join(name), columns)).transpose()
        };
        let mut curves = forms(&self.over_time(), CURVES, &self.curve_columns())?;
        let mut responses = forms(&self.over_sources(), RESPONSES, &self.response_columns())?;
        let mut merged = Merged { missing: scan.total(), ..Merged::default() };
        self.each_record(scan, |run, record| {
            self.write_run(&mut runs, run, record).map_err(|error| StoreError::writing(runs.path(), error))?;
            if let Some(curves) = &mut curves {
                self.write_curves(curves, run, record).map_err(|error| StoreError::writing(curves.path(), error))?;
            }
            if let Some(responses) = &mut responses {
                let written = self.write_responses(responses, run, record);
                written.map_err(|error| StoreError::writing(responses.path(), error))?;
            }
            each(run, record);
            merged.rows += 1;
            merged.failed += u64::from(!record.is_done());
            merged.missing -= 1;
            Ok(())
        })?;
        for table in [Some(runs), curves, responses].into_iter().flatten() {
            table.publish()?;
        }
        Ok(merged)
    }

    /// The record of one run, when there is one.
    pub fn record(&self, scan: &Scan, run: Run) -> Result<Option<Record>, StoreError> {
        let Some(place) = scan.place(run) else { return Ok(given_up(scan, run)) };
        let mut rows = Stretch::default();
        rows.runs.push((run, Some(place)));
        rows.fetch(scan)?;
        self.parse(scan, &rows, 0).map(Some)
    }

    /// The line that `run` with this `record` has in runs.csv: equal text means an equal run.
    pub fn row_text(&self, run: Run, record: &Record) -> String {
        let mut line = Csv::new(Vec::new());
        self.write_run(&mut line, run, record).expect("memory takes any row");
        String::from_utf8(line.into_inner().expect("memory takes any row")).expect("a row is made of text")
    }

    /// Hands every record to `take` in run order.
    pub(super) fn each_record(
        &self,
        scan: &Scan,
        mut take: impl FnMut(Run, &Record) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut rows = Stretch::default();
        let mut runs = scan.runs().peekable();
        while runs.peek().is_some() {
            rows.clear();
            while let Some(run) = runs.next_if(|_| rows.bytes < STRETCH) {
                rows.push(run, scan);
            }
            rows.fetch(scan)?;
            for row in 0..rows.runs.len() {
                take(rows.runs[row].0, &self.parse(scan, &rows, row)?)?;
            }
        }
        Ok(())
    }

    fn parse(&self, scan: &Scan, rows: &Stretch, row: usize) -> Result<Record, StoreError> {
        let (run, place) = rows.runs[row];
        let Some(place) = place else { return Ok(given_up(scan, run).expect("only runs given up have no place")) };
        let read = read_line(&self.key, &rows.text[rows.ranges[row].clone()]).filter(|line| line.check == place.check);
        let record = read.and_then(|line| match line.said {
            Said::Row(_, row) => row.record(self.plan.measures.len(), self.plan.curves.len()),
            _ => None,
        });
        record.ok_or_else(|| StoreError::PartChanged {
            path: scan.paths[place.part as usize].clone(),
            reason: format!("the row of {} is no longer where it was", self.label(run)),
        })
    }

    fn write_run(&self, out: &mut impl Fields, run: Run, record: &Record) -> io::Result<()> {
        self.write_start(out, run)?;
        let (status, message) = match &record.outcome {
            Outcome::Done => ("done", ""),
            Outcome::Failed(message) => ("failed", message.as_str()),
        };
        out.text(status)?;
        for measure in 0..self.plan.measures.len() {
            out.number(record.values.get(measure).copied().unwrap_or(f64::NAN))?;
        }
        out.text(message)?;
        out.end_row()
    }

    /// One row per time from 0 on, until the last of the curves has settled.
    fn write_curves(&self, out: &mut impl Fields, run: Run, record: &Record) -> io::Result<()> {
        let curves: Vec<&Vec<u32>> = self.over_time().iter().filter_map(|&place| record.curves.get(place)).collect();
        let length = curves.iter().map(|curve| curve.len()).max().unwrap_or(0);
        for now in 0..length {
            self.write_start(out, run)?;
            out.number(now as f64)?;
            for curve in &curves {
                // A curve that settled earlier stays at its last value.
                out.number(f64::from(curve.get(now).or(curve.last()).copied().unwrap_or(0)))?;
            }
            out.end_row()?;
        }
        Ok(())
    }

    /// One row per number of sources from 1 on, up to the most that anybody had.
    fn write_responses(&self, out: &mut impl Fields, run: Run, record: &Record) -> io::Result<()> {
        let kept = self.over_sources();
        let curves: Vec<&Vec<u32>> = kept.iter().filter_map(|&place| record.curves.get(place)).collect();
        let most = curves.iter().map(|curve| curve.len() / 2).max().unwrap_or(0);
        for sources in 1..=most {
            self.write_start(out, run)?;
            out.number(sources as f64)?;
            for curve in &curves {
                for place in [2 * sources - 2, 2 * sources - 1] {
                    out.number(f64::from(curve.get(place).copied().unwrap_or(0)))?;
                }
            }
            out.end_row()?;
        }
        Ok(())
    }

    /// The fields every table of runs begins with.
    fn write_start(&self, out: &mut impl Fields, run: Run) -> io::Result<()> {
        self.plan.design.cells[run.cell as usize].levels.iter().try_for_each(|level| out.level(level))?;
        out.number(f64::from(run.replicate))
    }

    /// The places of the adoption curves among the plan's curves, and of the exposure curves.
    pub(super) fn over_time(&self) -> Vec<usize> {
        (0..self.plan.curves.len()).filter(|&place| response_of(&self.plan.curves[place]).is_none()).collect()
    }

    pub(super) fn over_sources(&self) -> Vec<usize> {
        (0..self.plan.curves.len()).filter(|&place| response_of(&self.plan.curves[place]).is_some()).collect()
    }

    /// A run as it is named to people.
    fn label(&self, run: Run) -> String {
        let design = &self.plan.design;
        let mut label = String::new();
        for (name, level) in design.parameters.iter().zip(&design.cells[run.cell as usize].levels) {
            label += &format!("{name} = {}, ", level.written());
        }
        label + &format!("replicate {}", run.replicate)
    }
}

fn given_up(scan: &Scan, run: Run) -> Option<Record> {
    scan.is_given_up(run).then(|| Record::failed("its process ended three times while this run was under way"))
}

/// Some runs that follow each other, and the lines of their rows.
#[derive(Default)]
struct Stretch {
    /// Runs that have a record; without a place when they were given up.
    runs: Vec<(Run, Option<Place>)>,
    bytes: u64,
    text: Vec<u8>,
    /// By run: its line in `text`.
    ranges: Vec<Range<usize>>,
}

impl Stretch {
    fn clear(&mut self) {
        self.runs.clear();
        self.bytes = 0;
    }

    fn push(&mut self, run: Run, scan: &Scan) {
        let place = scan.place(run);
        if place.is_some() || scan.is_given_up(run) {
            self.runs.push((run, place));
            self.bytes += place.map_or(0, |place| u64::from(place.length));
        }
    }

    /// Reads the lines of all runs, in the order they lie on disk.
    fn fetch(&mut self, scan: &Scan) -> Result<(), StoreError> {
        self.text.clear();
        self.ranges.clear();
        self.ranges.resize(self.runs.len(), 0..0);
        let mut order: Vec<(usize, Place)> =
            self.runs.iter().enumerate().filter_map(|(row, (_, place))| Some((row, (*place)?))).collect();
        order.sort_by_key(|(_, place)| (place.part, place.offset));
        for rows in order.chunk_by(|(_, a), (_, b)| a.part == b.part) {
            let path = &scan.paths[rows[0].1.part as usize];
            let changed = |error: io::Error| StoreError::PartChanged { path: path.clone(), reason: error.to_string() };
            let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(changed)?);
            let mut at = file.seek(SeekFrom::Start(rows[0].1.offset)).map_err(changed)?;
            for (row, place) in rows {
                // Relative, so that the buffer is kept: most rows lie close together. Twins may share a row.
                file.seek_relative(place.offset as i64 - at as i64).map_err(changed)?;
                let start = self.text.len();
                self.text.resize(start + place.length as usize, 0);
                file.read_exact(&mut self.text[start..]).map_err(changed)?;
                self.ranges[*row] = start..self.text.len();
                at = place.offset + u64::from(place.length);
            }
        }
        Ok(())
    }
}
