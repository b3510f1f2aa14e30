//! What a figure shows, in one line: `y ~ x | series / panel`.

use std::fmt;

use crate::table::{nearest, written};

use super::error::ChartError;

/// What is drawn upwards (or as colour) of a column, over the runs of one point.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// The mean of the column.
    Mean(String),
    /// The share of runs in which the column is above a size: how often a cascade is global.
    Global(String, f64),
    /// The mean among the runs above that size: how large a cascade is, given that it is global.
    Given(String, f64),
    /// The share of runs in which the column is at least x: the distribution of cascade sizes.
    Ccdf(String),
    /// The column at one level of a parameter less the column at another, run by run: those of one replicate share their draws.
    Paired { column: String, by: String, first: String, second: String },
    /// Where along a parameter the share of runs in which the column is above a size passes one half (or another level).
    Boundary { column: String, above: f64, along: String },
    /// p(k): of the agents that had exactly k sources of a stage, the share that adopted before they had more.
    Response(String),
}

impl Measure {
    pub fn column(&self) -> &str {
        match self {
            Measure::Mean(column)
            | Measure::Global(column, _)
            | Measure::Given(column, _)
            | Measure::Ccdf(column)
            | Measure::Response(column) => column,
            Measure::Paired { column, .. } | Measure::Boundary { column, .. } => column,
        }
    }

    /// The parameter that the measure itself runs along.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Measure::Paired { by, .. } => Some(by),
            Measure::Boundary { along, .. } => Some(along),
            _ => None,
        }
    }

    /// Whether it is drawn against numbers of its own: sizes, or sources.
    pub fn is_alone(&self) -> bool {
        matches!(self, Measure::Ccdf(_) | Measure::Response(_))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measure::Mean(column) => f.write_str(column),
            Measure::Global(column, above) => write!(f, "global({column}, {})", written(*above)),
            Measure::Given(column, above) => write!(f, "given({column}, {})", written(*above)),
            Measure::Ccdf(column) => write!(f, "ccdf({column})"),
            Measure::Paired { column, by, first, second } => write!(f, "paired({column}, {by}, {first} - {second})"),
            Measure::Boundary { column, above, along } => {
                write!(f, "boundary({column}, {}, {along})", written(*above))
            }
            Measure::Response(column) => write!(f, "response({column})"),
        }
    }
}

/// A parsed chart line. Which columns exist is not its business.
///
/// ```
/// use uptake::chart::Formula;
/// let formula = Formula::parse("global(adopted, .1) ~ z | needs / slip").unwrap();
/// assert_eq!(formula.x, ["z"]);
/// assert_eq!(formula.to_string(), "global(adopted, 0.1) ~ z | needs / slip");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    pub y: Measure,
    /// One column, or two for a heat map; none for a distribution or a response, which are drawn against numbers of their
    /// own.
    pub x: Vec<String>,
    pub series: Option<String>,
    pub panel: Option<String>,
}

impl Formula {
    pub fn parse(text: &str) -> Result<Formula, ChartError> {
        Reader { text, rest: text }.formula()
    }

    /// Every column but that of y, in the order of the formula; the parameter that y runs along comes last.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.axes().chain(self.y.parameter())
    }

    /// What the points of the figure differ in.
    pub fn axes(&self) -> impl Iterator<Item = &str> {
        self.x.iter().chain(&self.series).chain(&self.panel).map(String::as_str)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.y)?;
        if !self.x.is_empty() {
            write!(f, " ~ {}", self.x.join(" * "))?;
        }
        if let Some(series) = &self.series {
            write!(f, " | {series}")?;
        }
        if let Some(panel) = &self.panel {
            write!(f, " / {panel}")?;
        }
        Ok(())
    }
}

/// A name for the figure's files, without an extension: letters, digits, `-` and `_` only, different for different
/// formulas of one study.
///
/// ```
/// assert_eq!(uptake::chart::file_name("adopted ~ rewire | needs / slip"), "adopted-by-rewire-needs-slip");
/// ```
pub fn file_name(formula: &str) -> String {
    let words = match Formula::parse(formula) {
        Ok(formula) => words(&formula),
        Err(_) => vec![formula.to_string()],
    };
    let mut name = String::new();
    for letter in words.join("-").chars() {
        let letter = if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
        if letter != '-' || !(name.is_empty() || name.ends_with('-')) {
            name.push(letter);
        }
    }
    name.trim_end_matches('-').to_string()
}

fn words(formula: &Formula) -> Vec<String> {
    // A point inside a number would look like a file's extension.
    let size = |above: &f64| written(*above).replace('.', "_");
    let mut words = match &formula.y {
        Measure::Mean(column) => vec![column.clone()],
        Measure::Global(column, above) => vec!["global".into(), column.clone(), size(above)],
        Measure::Given(column, above) => vec!["given".into(), column.clone(), size(above)],
        Measure::Ccdf(column) => vec!["ccdf".into(), column.clone()],
        Measure::Paired { column, by, first, second } => {
            vec!["paired".into(), column.clone(), by.clone(), first.replace('.', "_"), second.replace('.', "_")]
        }
        Measure::Boundary { column, above, along } => {
            vec!["boundary".into(), column.clone(), size(above), along.clone()]
        }
        Measure::Response(column) => vec!["response".into(), column.clone()],
    };
    if !formula.x.is_empty() {
        words.extend(["by".into(), formula.x.join("-x-")]);
    }
    words.extend(formula.series.clone());
    if let Some(panel) = &formula.panel {
        if formula.series.is_none() {
            words.push("panels".into());
        }
        words.push(panel.clone());
    }
    words
}

/// What can stand before a bracket.
const MEASURES: [&str; 6] = ["global", "given", "ccdf", "response", "paired", "boundary"];

/// Reads a formula from left to right, remembering what is left.
struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn formula(mut self) -> Result<Formula, ChartError> {
        let y = self.measure()?;
        let mut formula = Formula { y, x: Vec::new(), series: None, panel: None };
        if self.takes('~') {
            if formula.y.is_alone() {
                let y = &formula.y;
                let own = if matches!(y, Measure::Ccdf(_)) { "its own sizes" } else { "the number of sources" };
                let problem =
                    format!("{y} is drawn against {own} and has no x; a parameter can be its series: {y} | z");
                return Err(self.wrong(problem));
            }
            formula.x.push(self.name("after \"~\" a column is missing")?);
            if self.takes('*') {
                formula.x.push(self.name("after \"*\" the second axis is missing")?);
            }
        } else if !formula.y.is_alone() {
            return Err(self.wrong(format!("after {} a \"~\" and a column are missing", formula.y)));
        }
        if let (Measure::Boundary { .. }, [_, _]) = (&formula.y, &formula.x[..]) {
            return Err(
                self.wrong("a boundary has one x; the parameter it is looked for along is its other axis".into())
            );
        }
        if self.takes('|') {
            if formula.x.len() == 2 {
                return Err(self.wrong("a heat map has no series; use \"/ panel\"".into()));
            }
            formula.series = Some(self.name("after \"|\" the column of the series is missing")?);
        }
        if self.takes('/') {
            formula.panel = Some(self.name("after \"/\" the column of the panels is missing")?);
        }
        if !self.rest.trim().is_empty() {
            return Err(self.wrong("this is not understood here".into()));
        }
        self.only_once(&formula)?;
        Ok(formula)
    }

    fn only_once(&self, formula: &Formula) -> Result<(), ChartError> {
        let named: Vec<&str> = formula.named().chain([formula.y.column()]).collect();
        for (place, name) in named.iter().enumerate() {
            if named[..place].contains(name) {
                return Err(ChartError::Twice { name: name.to_string(), formula: self.text.to_string() });
            }
        }
        Ok(())
    }

    fn measure(&mut self) -> Result<Measure, ChartError> {
        let start = self.rest;
        let name = self.name("a chart begins with the column that is drawn upwards")?;
        if !self.takes('(') {
            return Ok(Measure::Mean(name));
        }
        if !MEASURES.contains(&name.as_str()) {
            let meant = nearest(&name, MEASURES);
            let meant = meant.map_or(String::new(), |meant| format!(", did you mean {meant}?"));
            self.rest = start;
            return Err(self.wrong(format!("{name}(...) is not a measure{meant}")));
        }
        let column = self.name("between the brackets a column is missing")?;
        let measure = match name.as_str() {
            "global" => Measure::Global(column.clone(), self.size(&name, &column)?),
            "given" => Measure::Given(column.clone(), self.size(&name, &column)?),
            "boundary" => {
                let above = self.size(&name, &column)?;
                let form = "boundary(adopted, .1, phi) needs the parameter along which the boundary is looked for";
                self.comma(form)?;
                Measure::Boundary { column, above, along: self.name(form)? }
            }
            "paired" => {
                let form = "paired(adopted, strategy, greedy - degree) needs a parameter and two of its levels";
                self.comma(form)?;
                let by = self.name(form)?;
                self.comma(form)?;
                let (first, second) = self.levels(form)?;
                Measure::Paired { column, by, first, second }
            }
            "ccdf" => Measure::Ccdf(column),
            _ => Measure::Response(column),
        };
        if !self.takes(')') {
            return Err(self.wrong("a closing bracket is missing".into()));
        }
        Ok(measure)
    }

    fn comma(&mut self, form: &str) -> Result<(), ChartError> {
        if self.takes(',') { Ok(()) } else { Err(self.wrong(form.into())) }
    }

    /// The size above which a cascade is global.
    fn size(&mut self, name: &str, column: &str) -> Result<f64, ChartError> {
        self.comma(&format!("{name}({column}, .1) needs the size above which a cascade is global"))?;
        self.number()
    }

    /// Two levels with a minus between them, as tables write them: `greedy - degree`, `3 - 1`.
    fn levels(&mut self, form: &str) -> Result<(String, String), ChartError> {
        let rest = self.rest;
        let length = rest.find(')').unwrap_or(rest.len());
        // A minus with spaces around it comes first: names of levels may have one without.
        let parted = rest[..length].split_once(" - ").or_else(|| rest[..length].trim().split_once('-'));
        let level = |text: &str| text.trim().trim_matches('"').to_string();
        match parted.map(|(first, second)| (level(first), level(second))) {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => {
                self.rest = &rest[length..];
                Ok((first, second))
            }
            _ => Err(self.wrong(form.into())),
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(sign) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    /// A column's name: a letter or `_`, then letters, digits, `_` and `.`.
    fn name(&mut self, missing: &str) -> Result<String, ChartError> {
        let rest = self.rest.trim_start();
        let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(self.wrong(missing.into()));
        }
        self.rest = &rest[length..];
        Ok(rest[..length].to_string())
    }

    fn number(&mut self) -> Result<f64, ChartError> {
        let rest = self.rest.trim_start();
        let length = rest.find([')', ',']).unwrap_or(rest.len());
        match rest[..length].trim().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.rest = &rest[length..];
                Ok(number)
            }
            _ => Err(self.wrong("a number is missing, as the .1 in global(adopted, .1)".into())),
        }
    }

    fn wrong(&self, problem: String) -> ChartError {
        let at = self.rest.trim();
        let at = if at.is_empty() { "the end" } else { at };
        ChartError::Formula { formula: self.text.trim().to_string(), at: at.to_string(), problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Formula::parse(text).expect_err(text).to_string()
    }

    #[test]
    fn every_form_of_the_language_is_read() {
        let formula = Formula::parse("adopted.thalf ~ rewire | needs / slip").unwrap();
        assert_eq!(formula.y, Measure::Mean("adopted.thalf".into()));
        assert_eq!(formula.named().collect::<Vec<_>>(), ["rewire", "needs", "slip"]);
        let formula = Formula::parse(" adopted~z*phi/kind ").unwrap();
        assert_eq!((formula.x.len(), formula.series, formula.panel), (2, None, Some("kind".into())));
        let formula = Formula::parse("ccdf(adopted) | z").unwrap();
        assert_eq!((formula.y, formula.x.len()), (Measure::Ccdf("adopted".into()), 0));
        let formula = Formula::parse("given(adopted, .1) ~ z").unwrap();
        assert_eq!(formula.y, Measure::Given("adopted".into(), 0.1));
        let formula = Formula::parse("paired(adopted, from, high-degree - any) ~ budget").unwrap();
        let (first, second) = ("high-degree".into(), "any".into());
        assert_eq!(formula.y, Measure::Paired { column: "adopted".into(), by: "from".into(), first, second });
        assert_eq!(formula.named().collect::<Vec<_>>(), ["budget", "from"]);
        let formula = Formula::parse("boundary(adopted, .1, phi) ~ z").unwrap();
        assert_eq!(formula.y, Measure::Boundary { column: "adopted".into(), above: 0.1, along: "phi".into() });
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "a ~ b | c / d",
            "a ~ b * c",
            "global(a, 0.1) ~ b / d",
            "ccdf(a.b) | c",
            "response(a) | c / d",
            "paired(a, by, one - two) ~ b",
            "boundary(a, 0.1, phi) ~ b | c",
        ] {
            assert_eq!(Formula::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_mistake_is_shown_where_it_is() {
        assert!(refused("adopted").contains("at \"the end\": after adopted a \"~\" and a column are missing"));
        assert!(refused("adopted ~").contains("after \"~\" a column is missing"));
        assert!(refused("adopted ~ z |").contains("the column of the series is missing"));
        assert!(refused("adopted ~ z | k /").contains("the column of the panels is missing"));
        assert!(refused("adopted ~ z *").contains("the second axis is missing"));
        assert!(refused("adopted ~ z * k | n").contains("a heat map has no series"));
        assert!(refused("adopted ~ z + k").contains("at \"+ k\": this is not understood here"));
        assert!(refused("globl(adopted, .1) ~ z").contains("did you mean global?"));
        assert!(refused("global(adopted) ~ z").contains("needs the size above which"));
        assert!(refused("global(adopted, x) ~ z").contains("a number is missing"));
        assert!(refused("paired(adopted, from) ~ z").contains("needs a parameter and two of its levels"));
        assert!(refused("paired(adopted, from, hubs) ~ z").contains("needs a parameter and two of its levels"));
        assert!(refused("boundary(adopted, .1) ~ z").contains("needs the parameter along which"));
        assert!(refused("boundary(adopted, .1, phi) ~ z * k").contains("a boundary has one x"));
        assert!(refused("boundary(adopted, .1, phi) ~ phi").contains("phi is named twice"));
        assert!(refused("ccdf(adopted ~ z").contains("a closing bracket is missing"));
        assert!(refused("ccdf(adopted) ~ z").contains("has no x"));
        assert!(refused("response(adopted) ~ z").contains("drawn against the number of sources and has no x"));
        assert!(refused("respons(adopted) | z").contains("did you mean response?"));
        assert!(refused("").contains("a chart begins with"));
        assert!(refused("adopted ~ z | z").contains("z is named twice"));
        assert!(refused("adopted ~").ends_with("as in z * phi"));
    }

    #[test]
    fn files_are_named_after_their_formula() {
        assert_eq!(file_name("adopted ~ rewire | needs / slip"), "adopted-by-rewire-needs-slip");
        assert_eq!(file_name("adopted.thalf ~ z * phi"), "adopted-thalf-by-z-x-phi");
        assert_eq!(file_name("global(adopted, .1) ~ z / k"), "global-adopted-0_1-by-z-panels-k");
        assert_eq!(file_name("ccdf(adopted) | z"), "ccdf-adopted-z");
        assert_eq!(file_name("paired(adopted, from, .5 - .1) ~ z"), "paired-adopted-from-_5-_1-by-z");
        assert_eq!(file_name("boundary(adopted, .1, phi) ~ z"), "boundary-adopted-0_1-phi-by-z");
        assert_eq!(file_name("response(adopted) | z"), "response-adopted-z");
    }
}
