//! The lines of a part. A promise to old files: a change of meaning is a new number in [`HEADER`].
//!
//! ```text
//! uptake-rows 1 7c9b2f0e4d5a6b13                                    first line: format, identity of the plan
//! <check> 3f2a91c04be7d856 12 begin                                 this run was begun
//! <check> 3f2a91c04be7d856 12 done 0.5 NaN 17.0 | 10 25 50 | 3 3    measures, then one curve after each bar
//! <check> 3f2a91c04be7d856 13 failed the message, on one line       what ended it
//! <check> end                                                       the attempt ended in good order
//! ```
//!
//! A run is named by the identity of its cell and its replicate, not by its place in the grid, so a row keeps its
//! meaning when the grid grows. `<check>` is a keyed hash over the rest of the line; the key comes from the plan, so a
//! torn line, a changed line and a line of another sweep all fail it. Numbers are in the fewest digits that read back
//! to the same bits.

use std::fmt::Write;

use crate::record::{Outcome, Record};

/// Begins the first line of every part.
pub const HEADER: &str = "uptake-rows 1 ";

/// What ties lines to their plan.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub fn of(identity: &str) -> Key {
        Key(*blake3::hash(format!("{HEADER}{identity}").as_bytes()).as_bytes())
    }

    fn check(&self, rest: &[u8]) -> u64 {
        let hash = blake3::keyed_hash(&self.0, rest);
        u64::from_be_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    }
}

/// The name of a run in a part: its cell's identity and its replicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId {
    pub cell: u64,
    pub replicate: u32,
}

/// One line, its check passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line<'a> {
    /// Equal exactly when the lines are.
    pub check: u64,
    pub said: Said<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said<'a> {
    Begin(RunId),
    Row(RunId, Row<'a>),
    End,
}

/// A run's outcome as it stands in the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Row<'a> {
    Done(&'a str),
    Failed(&'a str),
}

/// Puts `line` and its check and newline into `out`, in place of what was there.
pub fn write_begin(key: &Key, id: RunId, out: &mut String) {
    write_line(key, out, |out| write_words(out, format_args!("{:016x} {} begin", id.cell, id.replicate)));
}

pub fn write_end(key: &Key, out: &mut String) {
    write_line(key, out, |out| out.push_str("end"));
}

pub fn write_record(key: &Key, id: RunId, record: &Record, out: &mut String) {
    write_line(key, out, |out| {
        write_words(out, format_args!("{:016x} {} ", id.cell, id.replicate));
        match &record.outcome {
            Outcome::Failed(message) => {
                out.push_str("failed ");
                escape(message, out);
            }
            Outcome::Done => {
                out.push_str("done");
                for value in &record.values {
                    write_words(out, format_args!(" {value:?}"));
                }
                for curve in &record.curves {
                    out.push_str(" |");
                    for count in curve {
                        write_words(out, format_args!(" {count}"));
                    }
                }
            }
        }
    });
}

/// Reads a line without its newline; none when its check fails or it says nothing known.
pub fn read_line<'a>(key: &Key, line: &'a [u8]) -> Option<Line<'a>> {
    let (check, rest) = line.split_at_checked(17)?;
    let (check, rest) = (read_hex(check.strip_suffix(b" ")?)?, rest);
    if key.check(rest) != check {
        return None;
    }
    let text = std::str::from_utf8(rest).ok()?;
    if text == "end" {
        return Some(Line { check, said: Said::End });
    }
    let (cell, text) = text.split_once(' ')?;
    let (replicate, text) = text.split_once(' ')?;
    let id = RunId { cell: read_hex(cell.as_bytes())?, replicate: replicate.parse().ok()? };
    let said = if text == "begin" {
        Said::Begin(id)
    } else if let Some(values) = text.strip_prefix("done") {
        Said::Row(id, Row::Done(values))
    } else {
        Said::Row(id, Row::Failed(text.strip_prefix("failed ")?))
    };
    Some(Line { check, said })
}

impl Row<'_> {
    /// One of the values in the line; none when the run failed.
    pub fn value(&self, measure: usize) -> Option<f64> {
        match self {
            Row::Failed(_) => None,
            Row::Done(text) => text.split('|').next()?.split_ascii_whitespace().nth(measure)?.parse().ok(),
        }
    }

    /// The record in the line; none when it has not `measures` values and `curves` curves.
    pub fn record(&self, measures: usize, curves: usize) -> Option<Record> {
        match self {
            Row::Failed(message) => Some(Record::failed(unescape(message))),
            Row::Done(text) => {
                let mut sections = text.split('|');
                let values = words(sections.next()?, measures)?;
                let found = sections.map(|section| words(section, 0)).collect::<Option<Vec<Vec<u32>>>>()?;
                let complete = values.len() == measures && found.len() == curves;
                complete.then_some(Record { outcome: Outcome::Done, values, curves: found })
            }
        }
    }
}

fn words<T: std::str::FromStr>(section: &str, expected: usize) -> Option<Vec<T>> {
    let mut read = Vec::with_capacity(expected);
    for word in section.split_ascii_whitespace() {
        read.push(word.parse().ok()?);
    }
    Some(read)
}

fn write_line(key: &Key, out: &mut String, said: impl FnOnce(&mut String)) {
    const ROOM: &str = "0000000000000000 ";
    out.clear();
    out.push_str(ROOM);
    said(out);
    let check = format!("{:016x}", key.check(&out.as_bytes()[ROOM.len()..]));
    out.replace_range(..check.len(), &check);
    out.push('\n');
}

fn write_words(out: &mut String, words: std::fmt::Arguments) {
    out.write_fmt(words).expect("a string takes any text");
}

/// Exactly 16 lower-case digits; anything else would give two spellings to one number.
fn read_hex(digits: &[u8]) -> Option<u64> {
    let digits: &[u8; 16] = digits.try_into().ok()?;
    digits.iter().try_fold(0, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u64::from(value))
    })
}

/// Keeps a message on one line.
fn escape(message: &str, out: &mut String) {
    for letter in message.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(letter),
        }
    }
}

fn unescape(line: &str) -> String {
    let mut message = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        message.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            _ => letter,
        });
    }
    message
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: RunId = RunId { cell: 0x3f2a_91c0_4be7_d856, replicate: 12 };

    fn key() -> Key {
        Key::of("7c9b2f0e4d5a6b13")
    }

    fn line(record: &Record) -> String {
        let mut out = String::new();
        write_record(&key(), ID, record, &mut out);
        out
    }

    fn back(line: &str, measures: usize, curves: usize) -> Option<Record> {
        match read_line(&key(), line.strip_suffix('\n')?.as_bytes())?.said {
            Said::Row(id, row) if id == ID => row.record(measures, curves),
            _ => None,
        }
    }

    #[test]
    fn a_line_reads_as_documented() {
        let record =
            Record { outcome: Outcome::Done, values: vec![0.5, f64::NAN, 17.0], curves: vec![vec![10, 25], vec![]] };
        assert_eq!(line(&record), "ab8502ad37c6658c 3f2a91c04be7d856 12 done 0.5 NaN 17.0 | 10 25 |\n");
        assert_eq!(&line(&Record::failed("a\nb\\"))[17..], "3f2a91c04be7d856 12 failed a\\nb\\\\\n");
        let mut out = String::new();
        write_begin(&key(), ID, &mut out);
        assert_eq!(&out[17..], "3f2a91c04be7d856 12 begin\n");
        assert_eq!(read_line(&key(), out.trim_end().as_bytes()).unwrap().said, Said::Begin(ID));
        write_end(&key(), &mut out);
        assert_eq!(read_line(&key(), out.trim_end().as_bytes()).unwrap().said, Said::End);
    }

    proptest! {
        #[test]
        fn every_number_comes_back_with_the_same_bits(bits in prop::collection::vec(any::<u64>(), 0..6),
                                                      curves in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..5), 0..3)) {
            let values: Vec<f64> = bits.iter().map(|&bits| f64::from_bits(bits)).collect();
            let record = Record { outcome: Outcome::Done, values, curves };
            let read = back(&line(&record), record.values.len(), record.curves.len()).unwrap();
            for (read, value) in read.values.iter().zip(&record.values) {
                prop_assert!(read.to_bits() == value.to_bits() || (read.is_nan() && value.is_nan()));
            }
            prop_assert_eq!(read.curves, record.curves);
        }

        #[test]
        fn every_message_comes_back_and_stays_on_one_line(message in any::<String>()) {
            let line = line(&Record::failed(message.as_str()));
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert_eq!(back(&line, 0, 0).unwrap(), Record::failed(message));
        }
    }

    #[test]
    fn special_numbers_come_back() {
        let values = [-0.0, 0.1, 1e300, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, 1.0 / 3.0];
        let record = Record { outcome: Outcome::Done, values: values.to_vec(), curves: vec![] };
        let read = back(&line(&record), values.len(), 0).unwrap();
        assert!(read.values.iter().zip(values).all(|(read, value)| read.to_bits() == value.to_bits()));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let record = Record { outcome: Outcome::Done, values: vec![0.25, 3.0], curves: vec![vec![1, 2, 3]] };
        let line = line(&record);
        let line = line.trim_end().as_bytes();
        for place in 0..line.len() * 8 {
            let mut flipped = line.to_vec();
            flipped[place / 8] ^= 1 << (place % 8);
            assert_eq!(read_line(&key(), &flipped), None, "bit {place}");
        }
    }

    #[test]
    fn a_line_of_another_plan_is_no_line_of_this_one() {
        let mut out = String::new();
        write_record(&Key::of("0000000000000000"), ID, &Record::failed("x"), &mut out);
        assert_eq!(back(&out, 0, 0), None);
    }

    #[test]
    fn a_row_with_another_number_of_measures_is_no_row() {
        let record = Record { outcome: Outcome::Done, values: vec![1.0], curves: vec![] };
        assert_eq!(back(&line(&record), 2, 0), None);
        assert_eq!(back(&line(&record), 1, 1), None);
    }
}
