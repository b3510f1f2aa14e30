//! The root of the file: its size on paper, what it shows in words, and what it was made from.

use std::fmt::Write;

/// What the file says of itself beside the picture.
pub struct About {
    pub title: String,
    pub caption: String,
    /// Anything that a later reader of the file needs, kept word by word.
    pub metadata: Option<String>,
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
         stroke-linejoin=\"round\" stroke-linecap=\"butt\">",
        inches(width),
        inches(height),
    );
    let _ = writeln!(svg, "<title>{}</title>", escaped(&about.title));
    let _ = writeln!(svg, "<desc>{}</desc>", escaped(&about.caption));
    if let Some(metadata) = &about.metadata {
        let _ = writeln!(svg, "<metadata>{}</metadata>", escaped(metadata));
    }
    // plotters breaks the line around every text, which a browser may show as a space.
    svg.push_str(&content.replace(" opacity=\"1\"", "").replace("\n</text>", "</text>"));
    svg.replace("<text", "\u{0}").split('\u{0}').enumerate().fold(String::new(), |mut whole, (place, part)| {
        if place > 0 {
            whole.push_str("<text");
            whole.push_str(&part.replacen(">\n", ">", 1));
        } else {
            whole.push_str(part);
        }
        whole
    })
}

/// Text as XML holds it; what XML cannot hold at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
