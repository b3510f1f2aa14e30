//! Tables in both of their forms: CSV, which everything reads, and Parquet, which keeps types.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::Draft;
use super::parquet::{Kind, Sheet};
use crate::design::Level;

/// A table that is written field by field.
pub(super) trait Fields {
    /// A number; NaN is a missing one.
    fn number(&mut self, value: f64) -> io::Result<()>;
    fn flag(&mut self, value: bool) -> io::Result<()>;
    fn text(&mut self, value: &str) -> io::Result<()>;
    fn end_row(&mut self) -> io::Result<()>;

    fn level(&mut self, level: &Level) -> io::Result<()> {
        match level {
            Level::Flag(flag) => self.flag(*flag),
            Level::Number(number) => self.number(*number),
            Level::Text(text) => self.text(text),
        }
    }
}

pub(super) struct Csv<W: Write> {
    out: csv::Writer<W>,
    /// Of the number that is being written.
    digits: String,
}

impl<W: Write> Csv<W> {
    pub fn new(out: W) -> Csv<W> {
        let builder =
            csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).buffer_capacity(1 << 16).from_writer(out);
        Csv { out: builder, digits: String::new() }
    }

    pub fn into_inner(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

impl<W: Write> Fields for Csv<W> {
    fn number(&mut self, value: f64) -> io::Result<()> {
        self.digits.clear();
        if !value.is_nan() {
            // As `table::written` does.
            write!(self.digits, "{value}").expect("a string takes any text");
        }
        self.out.write_field(&self.digits).map_err(into_io)
    }

    fn flag(&mut self, value: bool) -> io::Result<()> {
        self.text(if value { "true" } else { "false" })
    }

    fn text(&mut self, value: &str) -> io::Result<()> {
        self.out.write_field(value).map_err(into_io)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.out.write_record(None::<&[u8]>).map_err(into_io)
    }
}

/// Both forms of one table on their way to their places.
pub(super) struct Forms {
    path: PathBuf,
    csv: Csv<Draft>,
    sheet: Sheet,
}

impl Forms {
    /// The table at `path`, which ends in `.csv`, and the one in `.parquet` beside it.
    pub fn new(path: &Path, columns: &[(String, Kind)]) -> Result<Forms, StoreError> {
        let mut csv = Csv::new(Draft::new(path)?);
        let head = columns.iter().try_for_each(|(name, _)| csv.text(name)).and_then(|()| csv.end_row());
        head.map_err(|error| StoreError::writing(path, error))?;
        let sheet = Sheet::new(&path.with_extension("parquet"), columns)?;
        Ok(Forms { path: path.to_path_buf(), csv, sheet })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn publish(self) -> Result<(), StoreError> {
        self.csv.into_inner().map_err(|error| StoreError::writing(&self.path, error))?.publish()?;
        self.sheet.publish()
    }
}

impl Fields for Forms {
    fn number(&mut self, value: f64) -> io::Result<()> {
        self.sheet.number(value);
        self.csv.number(value)
    }

    fn flag(&mut self, value: bool) -> io::Result<()> {
        self.sheet.flag(value);
        self.csv.flag(value)
    }

    fn text(&mut self, value: &str) -> io::Result<()> {
        self.sheet.text(value);
        self.csv.text(value)
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.sheet.end_row()?;
        self.csv.end_row()
    }
}

fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
