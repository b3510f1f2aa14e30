//! What a figure says of its own making: everything that is needed to make it again, and to tell where another making
//! differs. Kept as one line of JSON inside the figure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::picture::Asked;
use super::provenance::{self, Format};
use crate::experiment::plan::RESULT_VERSION;
use crate::experiment::{Figure, Plan};

/// Raised when the text takes another shape.
const FORM: u32 = 1;
/// What the text begins with, by which it is known.
const START: &str = "{\"form\":";
const CHECK: &str = ",\"check\":\"";

/// The making of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    form: u32,
    /// The version of the program that drew it, and of the results it gives.
    pub uptake: String,
    pub result_version: u32,
    pub scenario: String,
    /// The identity of the plan (16 hex digits).
    pub plan: String,
    pub seed: u64,
    /// Values set from outside (`--set`), by parameter or `steps`.
    pub set: BTreeMap<String, String>,
    /// Files the scenario reads, with the blake3 hash of their bytes.
    pub data: BTreeMap<String, String>,
    pub drawn: Drawn,
    /// The source text of the scenario file.
    pub text: String,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drawn {
    /// A chart, from the rows of a sweep.
    Chart { figure: Box<Figure>, rows: Rows, numbers: String },
    /// A picture of one run.
    Picture(Asked),
}

/// The rows that a chart shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    pub runs: u64,
    /// Runs that were not made yet.
    pub missing: u64,
    /// The start of the blake3 hash of runs.csv (16 hex digits).
    pub hash: String,
}

/// Why a file does not say how it was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MadeError {
    #[error("it is not a figure: only SVG, PNG and PDF files that uptake drew say how they were made")]
    NotAFigure,

    #[error("the {format} is damaged: {why}; get the file again")]
    Damaged { format: Format, why: String },

    #[error(
        "this {format} does not say how it was made: uptake did not draw it, or a program that saved it again took that \
         away; ask for the original, as SVG, PNG or PDF"
    )]
    Silent { format: Format },

    #[error(
        "what the figure says of its making was changed by hand ({why}), so it cannot be trusted; ask for the original"
    )]
    Edited { why: String },

    #[error(
        "the figure was drawn by uptake {theirs}, which says how in form {form}; this is uptake {}, which reads form {FORM}: \
         take uptake {theirs}", env!("CARGO_PKG_VERSION")
    )]
    OtherForm { theirs: String, form: u64 },

    #[error(
        "what uptake {theirs} says of the figure's making is not understood by this uptake {} ({why}); take uptake {theirs}",
        env!("CARGO_PKG_VERSION")
    )]
    NotUnderstood { theirs: String, why: String },
}

impl Made {
    pub fn new(plan: &Plan, drawn: Drawn) -> Made {
        Made {
            form: FORM,
            uptake: env!("CARGO_PKG_VERSION").into(),
            result_version: RESULT_VERSION,
            scenario: plan.scenario.clone(),
            plan: plan.identity(),
            seed: plan.seed,
            set: plan.set.clone(),
            data: plan.data.clone(),
            drawn,
            text: plan.text.clone(),
        }
    }

    /// One line of ASCII, with a check of itself at the end.
    pub fn to_text(&self) -> String {
        let json = ascii(&serde_json::to_string(self).expect("it holds only strings and numbers"));
        let body = json.strip_suffix('}').expect("an object ends with a brace");
        format!("{body}{CHECK}{}\"}}", check(body))
    }

    /// The same for people: several lines.
    pub fn to_pretty(&self) -> String {
        serde_json::to_string_pretty(self).expect("it holds only strings and numbers")
    }

    fn read(text: &str, format: Format) -> Result<Made, MadeError> {
        if !text.starts_with(START) {
            return Err(MadeError::Silent { format });
        }
        let edited = |why: &str| MadeError::Edited { why: why.into() };
        let (body, rest) = text.rsplit_once(CHECK).ok_or_else(|| edited("its check is gone"))?;
        if rest.strip_suffix("\"}") != Some(check(body).as_str()) {
            return Err(edited("its check fails"));
        }
        #[derive(Deserialize)]
        struct Form {
            form: u64,
            uptake: String,
        }
        let form: Form = serde_json::from_str(text).map_err(|error| edited(&error.to_string()))?;
        if form.form != u64::from(FORM) {
            return Err(MadeError::OtherForm { theirs: form.uptake, form: form.form });
        }
        serde_json::from_str(text)
            .map_err(|error| MadeError::NotUnderstood { theirs: form.uptake, why: error.to_string() })
    }
}

/// What a figure, as the bytes of an SVG, PNG or PDF file, says of its making; and the text in which it says so.
pub fn made_from(file: &[u8]) -> Result<(Format, Made, String), MadeError> {
    let (format, text) = provenance::text_in(file)?;
    Ok((format, Made::read(&text, format)?, text))
}

/// The start of a blake3 hash.
fn check(body: &str) -> String {
    blake3::hash(body.as_bytes()).to_hex()[..16].to_string()
}

/// JSON with everything that is not ASCII written as its code: outside of strings there is no such thing.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c.is_ascii() && c != '\u{7f}' {
            true => out.push(c),
            false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Made {
        let rows = Rows { runs: 3, missing: 0, hash: "0123456789abcdef".into() };
        let figure = Box::new(Figure { formula: "adopted ~ \u{3c6} | needs".into(), ..Figure::default() });
        Made {
            form: FORM,
            uptake: "0.1.0".into(),
            result_version: RESULT_VERSION,
            scenario: "ring".into(),
            plan: "00ff00ff00ff00ff".into(),
            seed: 7,
            set: BTreeMap::from([("needs".into(), "1,2".into())]),
            data: BTreeMap::new(),
            drawn: Drawn::Chart { figure, rows, numbers: "needs,adopted.mean\n1,.5\n".into() },
            text: "-- a \"ring\" \u{1f600} <b> & ]]>\r\n\u{fffe}\tend".into(),
        }
    }

    #[test]
    fn a_making_is_one_line_of_ascii_and_comes_back() {
        let text = made().to_text();
        assert!(text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) && text.starts_with(START));
        assert_eq!(Made::read(&text, Format::Svg), Ok(made()));
        assert!(made().to_pretty().contains("\"seed\": 7"));
    }

    #[test]
    fn a_changed_making_is_noticed() {
        let text = made().to_text();
        for changed in
            [text.replace("\"seed\":7", "\"seed\":8"), text.replace(CHECK, ",\"cheque\":\""), text.replace('}', "")]
        {
            assert!(matches!(Made::read(&changed, Format::Svg), Err(MadeError::Edited { .. })), "{changed}");
        }
        assert_eq!(Made::read("seed 7", Format::Pdf), Err(MadeError::Silent { format: Format::Pdf }));
    }

    #[test]
    fn a_making_in_another_form_names_the_program_that_reads_it() {
        let text = Made { form: 9, uptake: "9.0.0".into(), ..made() }.to_text();
        let error = Made::read(&text, Format::Png).unwrap_err();
        assert_eq!(error, MadeError::OtherForm { theirs: "9.0.0".into(), form: 9 });
        assert!(error.to_string().contains("take uptake 9.0.0"));
        // A wish that this version does not know yet, or no longer, is none; a figure of a kind it does not know is told.
        let text = made().to_text();
        let (body, _) = text.rsplit_once(CHECK).unwrap();
        let signed = |body: String| format!("{body}{CHECK}{}\"}}", check(&body));
        let fewer = signed(body.replace("\"title\":null,", ""));
        assert_eq!(Made::read(&fewer, Format::Svg), Ok(made()));
        let unknown = Made::read(&signed(body.replace("\"chart\"", "\"sculpture\"")), Format::Svg);
        assert!(matches!(unknown, Err(MadeError::NotUnderstood { .. })), "{unknown:?}");
    }
}
