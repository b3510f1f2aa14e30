//! The page: one HTML file that holds everything it shows, for any browser, any width, light and dark, without a script
//! and without asking the network for anything.

use std::fmt::Write;

use super::account::sentence;
use super::cases::Case;
use crate::table::counted;

const STYLE: &str = include_str!("page.css");

/// Everything the page shows.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub title: String,
    pub lead: String,
    /// `Source`, `Claim`, ... and their texts.
    pub about: Vec<(String, String)>,
    /// Something the reader must know before the numbers, such as missing runs.
    pub warnings: Vec<String>,
    /// A few numbers with their names.
    pub counts: Vec<(String, String)>,
    pub checks: Vec<Check>,
    pub figures: Vec<Figure>,
    /// Parameters and their levels.
    pub parameters: Vec<(String, String)>,
    /// What is there, what happens, what the rules mean: a title and sentences, for some cells each.
    pub meaning: Vec<(String, Vec<Case>)>,
    pub tables: Vec<Sheet>,
    /// Why runs failed, how many of them, and how to run one again.
    pub failures: Vec<(String, u64, String)>,
    /// What to do and the command for it.
    pub commands: Vec<(String, String)>,
    pub methods: String,
    pub bibtex: String,
    /// What the results were made from: a name and a value.
    pub provenance: Vec<(String, String)>,
    /// The source text of the scenario.
    pub scenario: String,
}

/// A claim of the scenario.
#[derive(Clone, Debug)]
pub struct Check {
    pub text: String,
    pub holds: bool,
    pub line: u32,
    /// The numbers it was told from.
    pub told: Vec<String>,
}

/// A figure, or why there is none.
#[derive(Clone, Debug)]
pub struct Figure {
    pub formula: String,
    /// What its file is called, without an ending.
    pub file: String,
    pub drawn: Result<String, String>,
    /// Where runs and the theory laid over them differ.
    pub theory: Vec<String>,
}

/// A table, or its beginning.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// What is not shown, and where it is.
    pub note: String,
}

/// The page as HTML.
pub fn html(page: &Page) -> String {
    let mut out = String::new();
    let title = escaped(&page.title);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src \
         'none'; style-src 'unsafe-inline'; img-src data:\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link \
         rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <h1>{title}</h1>\n"
    );
    if !page.lead.is_empty() {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", escaped(&page.lead));
    }
    numbers(&mut out, page);
    out += "</header>\n<main>\n";
    for warning in &page.warnings {
        let _ = writeln!(out, "<p class=\"warning\" role=\"note\">{}</p>", escaped(warning));
    }
    checks(&mut out, &page.checks);
    figures(&mut out, &page.figures);
    question(&mut out, page);
    failures(&mut out, page);
    tables(&mut out, &page.tables);
    again(&mut out, page);
    out += "</main>\n</body>\n</html>\n";
    out
}

fn numbers(out: &mut String, page: &Page) {
    out.push_str("<dl class=\"counts\">\n");
    for (name, value) in &page.counts {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(name), escaped(value));
    }
    out.push_str("</dl>\n");
}

fn checks(out: &mut String, checks: &[Check]) {
    if checks.is_empty() {
        return;
    }
    let holding = checks.iter().filter(|check| check.holds).count();
    let _ = writeln!(
        out,
        "<section id=\"checks\">\n<h2>Claims <small>{holding} of {} hold</small></h2>\n<ul class=\"checks\">",
        checks.len()
    );
    for check in checks {
        let (class, word) = if check.holds { ("holds", "holds") } else { ("fails", "fails") };
        let _ = writeln!(
            out,
            "<li class=\"{class}\"><b>{word}</b> <span>{}{}</span> <small>line {}</small></li>",
            escaped(&check.text),
            check.told.iter().map(|told| format!("<code>{}</code>", escaped(told))).collect::<String>(),
            check.line
        );
    }
    out.push_str("</ul>\n</section>\n");
}

fn figures(out: &mut String, figures: &[Figure]) {
    if figures.is_empty() {
        return;
    }
    out.push_str("<section id=\"figures\">\n<h2>Figures</h2>\n<div class=\"figures\">\n");
    for figure in figures {
        match &figure.drawn {
            Ok(svg) => {
                // The root's own size on paper tells how wide the figure wants to be.
                let wide = if inches(svg) > 4.0 { " class=\"wide\"" } else { "" };
                let file = escaped(&figure.file);
                let _ = writeln!(
                    out,
                    "<figure{wide}>\n<div class=\"paper\">\n{}</div>\n<figcaption><code>{}</code> <span>{file}: {}</span>{}</figcaption>\n</figure>",
                    inline(svg),
                    escaped(&figure.formula),
                    ["svg", "png", "pdf", "csv"]
                        .map(|ending| format!("<a href=\"{file}.{ending}\">{ending}</a>"))
                        .join(" "),
                    figure.theory.iter().map(|said| format!(" <span>{}</span>", escaped(said))).collect::<String>()
                );
            }
            Err(why) => {
                let _ = writeln!(
                    out,
                    "<figure class=\"missing\"><figcaption><code>{}</code> <span>not drawn: {}</span></figcaption></figure>",
                    escaped(&figure.formula),
                    escaped(why)
                );
            }
        }
    }
    out.push_str("</div>\n</section>\n");
}

/// An SVG as part of a page: its provenance stays in the file of its own, where it can be read again.
fn inline(svg: &str) -> String {
    svg.lines().filter(|line| !line.starts_with("<metadata>")).map(|line| format!("{line}\n")).collect()
}

fn inches(svg: &str) -> f64 {
    let width = svg.split_once("width=\"").and_then(|(_, rest)| rest.split_once("in\""));
    width.and_then(|(width, _)| width.parse().ok()).unwrap_or(0.0)
}

fn question(out: &mut String, page: &Page) {
    out.push_str("<section id=\"asked\">\n<h2>What was asked</h2>\n");
    if !page.about.is_empty() {
        out.push_str("<dl class=\"about\">\n");
        for (name, text) in &page.about {
            let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(text));
        }
        out.push_str("</dl>\n");
    }
    if !page.parameters.is_empty() {
        out.push_str("<h3>Parameters</h3>\n<dl class=\"parameters\">\n");
        for (name, levels) in &page.parameters {
            let _ = writeln!(out, "<dt><code>{}</code></dt><dd>{}</dd>", escaped(name), escaped(levels));
        }
        out.push_str("</dl>\n");
    }
    for (title, cases) in page.meaning.iter().filter(|(_, cases)| !cases.is_empty()) {
        let _ = writeln!(out, "<h3>{}</h3>", escaped(title));
        for case in cases {
            if !case.given.is_empty() {
                let _ = writeln!(out, "<p class=\"given\">With {}:</p>", escaped(&case.given));
            }
            out.push_str("<ul>\n");
            case.lines.iter().for_each(|line| {
                let _ = writeln!(out, "<li>{}</li>", escaped(&sentence(line)));
            });
            out.push_str("</ul>\n");
        }
    }
    out.push_str("</section>\n");
}

fn failures(out: &mut String, page: &Page) {
    if page.failures.is_empty() {
        return;
    }
    out.push_str("<section id=\"failed\">\n<h2>Failed runs</h2>\n<ul class=\"failures\">\n");
    for (why, count, command) in &page.failures {
        let runs = counted(count, "run");
        let _ = writeln!(out, "<li><b>{runs}</b> <span>{}</span> <code>{}</code></li>", escaped(why), escaped(command));
    }
    out.push_str("</ul>\n</section>\n");
}

fn tables(out: &mut String, tables: &[Sheet]) {
    for table in tables {
        let _ = writeln!(
            out,
            "<section>\n<h2>{}</h2>\n<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead><tr>{}</tr></thead>\n<tbody>",
            escaped(&table.title),
            table.columns.iter().enumerate().map(|(place, name)| heading(table, place, name)).collect::<String>()
        );
        for row in &table.rows {
            let _ = writeln!(out, "<tr>{}</tr>", row.iter().map(|field| cell(field)).collect::<String>());
        }
        let _ = writeln!(out, "</tbody>\n</table>\n</div>\n<p class=\"note\">{}</p>\n</section>", escaped(&table.note));
    }
}

/// The head of a column stands where its first field does.
fn heading(table: &Sheet, place: usize, name: &str) -> String {
    let first = table.rows.iter().map(|row| row[place].as_str()).find(|field| !field.is_empty());
    let class = if first.is_some_and(is_number) { " class=\"n\"" } else { "" };
    format!("<th{class}>{}</th>", escaped(name))
}

fn cell(field: &str) -> String {
    format!("<td{}>{}</td>", if is_number(field) { " class=\"n\"" } else { "" }, escaped(field))
}

/// Numbers stand to the right.
fn is_number(field: &str) -> bool {
    field.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
}

fn again(out: &mut String, page: &Page) {
    out.push_str("<section id=\"again\">\n<h2>Run it again</h2>\n<dl class=\"commands\">\n");
    for (what, command) in &page.commands {
        let _ = writeln!(out, "<dt>{}</dt><dd><pre>{}</pre></dd>", escaped(what), escaped(command));
    }
    out.push_str("</dl>\n");
    let folded = |out: &mut String, title: &str, text: &str, class: &str| {
        if !text.is_empty() {
            let _ = writeln!(
                out,
                "<details>\n<summary>{title}</summary>\n<pre class=\"{class}\">{}</pre>\n</details>",
                escaped(text)
            );
        }
    };
    folded(out, "The scenario", &page.scenario, "source");
    folded(out, "A methods paragraph", &page.methods, "prose");
    out.push_str("</section>\n<section id=\"cite\">\n<h2>Cite</h2>\n");
    let _ = writeln!(out, "<pre class=\"source\">{}</pre>", escaped(page.bibtex.trim_end()));
    out.push_str("</section>\n<section id=\"provenance\">\n<h2>Made from</h2>\n<dl class=\"parameters\">\n");
    for (name, value) in &page.provenance {
        let _ = writeln!(out, "<dt>{}</dt><dd><code>{}</code></dd>", escaped(name), escaped(value));
    }
    out.push_str("</dl>\n</section>\n");
}

/// Text as HTML holds it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_scenario_is_called_stays_text() {
        let page = Page {
            title: "<script>alert(1)</script>".into(),
            scenario: "a < b & c".into(),
            figures: vec![Figure {
                formula: "adopted ~ \"x\"".into(),
                file: "figures/a".into(),
                drawn: Ok("<svg width=\"7in\">\n<metadata>long</metadata>\n</svg>\n".into()),
                theory: vec!["Watts 2002: within the 95% interval at 3 of 4 points".into()],
            }],
            ..Page::default()
        };
        let html = html(&page);
        assert!(!html.contains("<script") && html.contains("a &lt; b &amp; c"));
        assert!(html.contains("<figure class=\"wide\">") && !html.contains("long"));
        assert!(!html.contains("http://") && !html.contains("https://"), "nothing that could be asked for");
    }
}
