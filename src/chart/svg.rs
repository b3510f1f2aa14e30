//! The root of the file: its size on paper, and what it shows in words.

use std::fmt::Write;

use super::{paper::FAMILY, provenance::escaped};

/// What the file says of itself beside the picture.
pub struct About {
    pub title: String,
    pub caption: String,
}

/// The drawing under a root that says how large it is in inches (lengths are points), with what is `about` it.
pub fn finished(drawn: &str, width: f64, height: f64, about: &About) -> String {
    let (root, content) = drawn.split_once('\n').unwrap_or(("", drawn));
    let view = root.split_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(view, _)| view);
    let mut svg = String::with_capacity(drawn.len() + 1000);
    let inches = |points: f64| format!("{:.4}", points / 72.0).trim_end_matches('0').trim_end_matches('.').to_string();
    // Round joins: at the pointed corners of thin bands a mitre would shoot far beyond the data.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}in\" height=\"{}in\" viewBox=\"{view}\" role=\"img\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\" stroke-linecap=\"butt\">",
        inches(width),
        inches(height),
    );
    let _ = writeln!(svg, "<title>{}</title>", escaped(&about.title));
    let _ = writeln!(svg, "<desc>{}</desc>", escaped(&about.caption));
    svg.push_str(&tidied(content));
    svg
}

/// What plotters writes, with fewer words and the same look.
fn tidied(content: &str) -> String {
    let family = format!(" font-family=\"{FAMILY}\"");
    let mut tidy = String::with_capacity(content.len());
    for line in content.replace(" opacity=\"1\"", "").replace("\n</text>", "</text>").lines() {
        // Only areas are transparent. Transparency of a whole element would make each of them an image of its own in a PDF.
        let line = line.replacen(" opacity=", " fill-opacity=", 1).replacen(&family, "", 1);
        tidy.push_str(&rounded_font_size(&line));
        // A line break between a text and its tag may show as a space, so a text's tag is not ended by one.
        if !line.starts_with("<text ") {
            tidy.push('\n');
        }
    }
    tidy
}

/// 119.99999999999999 is what plotters' own factor makes of 120.
fn rounded_font_size(line: &str) -> String {
    let Some((before, rest)) = line.split_once("font-size=\"") else { return line.to_string() };
    let Some((size, after)) = rest.split_once('"') else { return line.to_string() };
    let size = size.parse().map_or_else(|_| size.to_string(), |size: f64| format!("{}", size.round()));
    format!("{before}font-size=\"{size}\"{after}")
}
