//! Tables as Parquet, and the only door to that crate: the rows of a CSV file with types, a group of rows at a time.
//!
//! What the CSV writes as an empty field is null here. Whole numbers are 64 bits wide and signed, others doubles, text
//! is UTF-8. The bytes follow from the rows and from the version of this program alone.

use std::io;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::StoreError;
use super::files::Draft;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Whole,
    Number,
    Flag,
    Text,
}

/// A Parquet file on its way to its place.
pub(super) struct Sheet {
    writer: SerializedFileWriter<Draft>,
    columns: Vec<Column>,
    /// The column that the next field belongs to.
    at: usize,
    rows: usize,
}

/// Rows held at once.
const GROUP: usize = 1 << 16;

impl Sheet {
    pub fn new(path: &Path, columns: &[(String, Kind)]) -> Result<Sheet, StoreError> {
        let fields = columns.iter().map(|(name, kind)| field(name, *kind)).collect();
        let schema = Type::group_type_builder("table").with_fields(fields).build().expect("columns make a table");
        let about = WriterProperties::builder()
            .set_created_by(concat!("uptake ", env!("CARGO_PKG_VERSION")).to_string())
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = SerializedFileWriter::new(Draft::new(path)?, Arc::new(schema), Arc::new(about))
            .map_err(|error| StoreError::writing(path, into_io(error)))?;
        Ok(Sheet { writer, columns: columns.iter().map(|(_, kind)| Column::new(*kind)).collect(), at: 0, rows: 0 })
    }

    /// The next field, a number; NaN is null.
    pub fn number(&mut self, value: f64) {
        let column = self.next();
        column.there.push(i16::from(!value.is_nan()));
        match &mut column.values {
            _ if value.is_nan() => {}
            Values::Whole(values) => values.push(value as i64),
            Values::Number(values) => values.push(value),
            Values::Flag(_) | Values::Text { .. } => unreachable!("a column of numbers was promised"),
        }
    }

    pub fn flag(&mut self, value: bool) {
        let column = self.next();
        column.there.push(1);
        match &mut column.values {
            Values::Flag(values) => values.push(value),
            _ => unreachable!("a column of flags was promised"),
        }
    }

    /// The next field, text; empty is null. A flag may come as it is written.
    pub fn text(&mut self, value: &str) {
        let column = self.next();
        column.there.push(i16::from(!value.is_empty()));
        match &mut column.values {
            _ if value.is_empty() => {}
            Values::Text { values, last } => {
                // Mostly the same as in the row before: then both share its bytes.
                if last.data() != value.as_bytes() {
                    *last = ByteArray::from(value);
                }
                values.push(last.clone());
            }
            Values::Flag(values) => values.push(value == "true"),
            _ => unreachable!("a column of text was promised"),
        }
    }

    pub fn end_row(&mut self) -> io::Result<()> {
        self.at = 0;
        self.rows += 1;
        if self.rows == GROUP { self.flush().map_err(into_io) } else { Ok(()) }
    }

    pub fn publish(mut self) -> Result<(), StoreError> {
        let path = self.writer.inner().path().to_path_buf();
        let writing = |error| StoreError::writing(&path, into_io(error));
        self.flush().map_err(writing)?;
        self.writer.into_inner().map_err(writing)?.publish()
    }

    fn next(&mut self) -> &mut Column {
        self.at += 1;
        &mut self.columns[self.at - 1]
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            column.write(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

/// The fields of one column that wait to be written.
struct Column {
    values: Values,
    /// By row: 1 where there is a value, 0 where it is null.
    there: Vec<i16>,
}

enum Values {
    Whole(Vec<i64>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
    Text { values: Vec<ByteArray>, last: ByteArray },
}

impl Column {
    fn new(kind: Kind) -> Column {
        let values = match kind {
            Kind::Whole => Values::Whole(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
            Kind::Text => Values::Text { values: Vec::new(), last: ByteArray::from("") },
        };
        Column { values, there: Vec::new() }
    }

    /// Writes the fields and forgets them.
    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, Draft>) -> Result<(), ParquetError> {
        let mut out = group.next_column()?.expect("the file has a column for each of these");
        let there = Some(self.there.as_slice());
        match &mut self.values {
            Values::Whole(values) => {
                out.typed::<Int64Type>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Number(values) => {
                out.typed::<DoubleType>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Flag(values) => {
                out.typed::<BoolType>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Text { values, .. } => {
                out.typed::<ByteArrayType>().write_batch(values, there, None)?;
                values.clear();
            }
        }
        self.there.clear();
        out.close()
    }
}

fn field(name: &str, kind: Kind) -> TypePtr {
    let physical = match kind {
        Kind::Whole => Physical::INT64,
        Kind::Number => Physical::DOUBLE,
        Kind::Flag => Physical::BOOLEAN,
        Kind::Text => Physical::BYTE_ARRAY,
    };
    let field = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type((kind == Kind::Text).then_some(LogicalType::String));
    Arc::new(field.build().expect("any name and kind make a column"))
}

fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
