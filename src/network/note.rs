//! What a maker or a reader did that was not asked for word by word, with how often.

use std::fmt;

/// One counted remark, such as `repeated ties dropped: 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub what: String,
    pub count: u64,
}

impl Note {
    pub fn new(what: impl Into<String>, count: u64) -> Self {
        Note { what: what.into(), count }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.count)
    }
}

/// Adds a remark unless there is nothing to remark.
pub(super) fn note(notes: &mut Vec<Note>, what: impl Into<String>, count: u64) {
    if count > 0 {
        notes.push(Note::new(what, count));
    }
}
