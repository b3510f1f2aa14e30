//! The sheet that a figure is drawn on, measured in points (1/72 inch) from the upper left. The only door to plotters.
//!
//! plotters places things at whole numbers, so one of its units is a twentieth of a point.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle};

use super::palette::{Colour, Marker};

/// The font, and what a browser takes when it does not have it: fonts of nearly the same width.
pub const FAMILY: &str = "Roboto, Helvetica, Arial, sans-serif";
pub const FONT: &[u8] = include_bytes!("../../assets/Roboto-Regular.ttf");

const UNITS: f64 = 20.0;
/// plotters divides the size of a font by this on its way into the file.
const PLOTTERS_EM: f64 = 1.24;
/// Height of Roboto's lines in ems, by which plotters measures widths.
const LINE_HEIGHT: f64 = 2400.0 / 2048.0;

/// A point of the sheet: to the right and down, in points.
pub type At = (f64, f64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Middle,
    End,
}

/// Size and colour of a text. There is one weight: a second font would make the PDF's bytes hang on chance.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    pub size: f64,
    pub colour: Colour,
}

/// Thickness, colour and dash of a line; no dash is drawn through.
#[derive(Clone, Copy, Debug)]
pub struct Pen<'a> {
    pub width: f64,
    pub colour: Colour,
    pub dash: &'a [f64],
}

pub struct Paper<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// plotters reports what its backends report, and a string can always be written to.
const NEVER_FAILS: &str = "drawing into a string cannot fail";

impl<'a> Paper<'a> {
    /// A white sheet; the drawing is in `file` when the sheet is dropped.
    pub fn new(file: &'a mut String, width: f64, height: f64) -> Paper<'a> {
        register_font();
        let size = ((width * UNITS).round() as u32, (height * UNITS).round() as u32);
        let paper = Paper { area: SVGBackend::with_string(file, size).into_drawing_area() };
        paper.rectangle((0.0, 0.0), (width, height), (255, 255, 255));
        paper
    }

    /// A text whose baseline is at the height of `at`.
    pub fn text(&self, text: &str, at: At, align: Align, letters: Type) {
        // plotters moves a centred text down by half an ex, a quarter of an em.
        self.write(text, (at.0, at.1 - letters.size / 4.0), align, letters, FontTransform::None);
    }

    /// A text that runs upwards, with its baseline at `at`, to the right of its letters.
    pub fn upright(&self, text: &str, at: At, align: Align, letters: Type) {
        self.write(text, (at.0 - letters.size / 4.0, at.1), align, letters, FontTransform::Rotate270);
    }

    pub fn line(&self, points: &[At], pen: Pen) {
        for stroke in dashes(points, pen.dash) {
            let places = without_needless(stroke.iter().map(|&at| units(at)).collect());
            if places.len() > 1 {
                let style = style(pen.colour, 1.0).stroke_width((pen.width * UNITS).round() as u32);
                self.area.draw(&PathElement::new(places, style)).expect(NEVER_FAILS);
            }
        }
    }

    pub fn polygon(&self, points: &[At], colour: Colour, opacity: f64) {
        let places = without_needless(points.iter().map(|&at| units(at)).collect());
        self.area.draw(&Polygon::new(places, style(colour, opacity).filled())).expect(NEVER_FAILS);
    }

    pub fn rectangle(&self, from: At, to: At, colour: Colour) {
        self.area.draw(&Rectangle::new([units(from), units(to)], style(colour, 1.0).filled())).expect(NEVER_FAILS);
    }

    pub fn dot(&self, at: At, radius: f64, colour: Colour, opacity: f64) {
        let radius = (radius * UNITS).round() as i32;
        self.area.draw(&Circle::new(units(at), radius, style(colour, opacity).filled())).expect(NEVER_FAILS);
    }

    /// Markers of the same area, so that none is louder than another.
    pub fn marker(&self, marker: Marker, (x, y): At, radius: f64, colour: Colour) {
        let corners: &[At] = match marker {
            Marker::Disc => return self.dot((x, y), radius, colour, 1.0),
            Marker::Square => &[(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)],
            Marker::Triangle => &[(0.0, -1.35), (1.2, 0.8), (-1.2, 0.8)],
            Marker::Diamond => &[(0.0, -1.28), (1.28, 0.0), (0.0, 1.28), (-1.28, 0.0)],
            Marker::Wedge => &[(0.0, 1.35), (1.2, -0.8), (-1.2, -0.8)],
        };
        let corners: Vec<At> = corners.iter().map(|corner| (x + radius * corner.0, y + radius * corner.1)).collect();
        self.polygon(&corners, colour, 1.0);
    }

    fn write(&self, text: &str, at: At, align: Align, letters: Type, turn: FontTransform) {
        let across = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let font = font(letters.size * PLOTTERS_EM * UNITS).transform(turn);
        let (r, g, b) = letters.colour;
        let ink = RGBColor(r, g, b);
        let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Center));
        self.area.draw(&Text::new(text, units(at), style)).expect(NEVER_FAILS);
    }
}

/// How wide a text is, in points.
pub fn text_width(text: &str, size: f64) -> f64 {
    register_font();
    // Measured at 100 times the size, because plotters measures in whole units.
    let (width, _) = font(size * LINE_HEIGHT * 100.0).box_size(text).expect("the font is registered");
    f64::from(width) / 100.0
}

/// A text that is no wider than `width`: cut off with an ellipsis where it must be.
pub fn fitted(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.into();
    }
    let mut cut = text.to_string();
    while !cut.is_empty() && text_width(&format!("{cut}\u{2026}"), size) > width {
        cut.pop();
    }
    cut.trim_end().to_string() + "\u{2026}"
}

/// Text cut into lines no wider than `width`, between words; what stands in brackets stays together.
pub fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut depth = 0;
    let apart = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c.is_whitespace() && depth <= 0
    };
    for word in text.split(apart).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

fn register_font() {
    let registered = plotters::style::register_font(FAMILY, FontStyle::Normal, FONT);
    assert!(registered.is_ok(), "the font in assets/ is a font");
}

fn font(size: f64) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(FAMILY), size, FontStyle::Normal)
}

fn style(colour: Colour, opacity: f64) -> ShapeStyle {
    ShapeStyle::from(RGBColor(colour.0, colour.1, colour.2).mix(opacity))
}

fn units(at: At) -> (i32, i32) {
    ((at.0 * UNITS).round() as i32, (at.1 * UNITS).round() as i32)
}

/// Places without those that lie on the way from their predecessor to their successor: a curve of a thousand equal
/// steps needs two.
fn without_needless(places: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    let mut kept: Vec<(i32, i32)> = Vec::with_capacity(places.len());
    for place in places {
        if kept.last() == Some(&place) {
            continue;
        }
        if let [.., a, b] = kept[..] {
            let (first, second) = ((b.0 - a.0, b.1 - a.1), (place.0 - b.0, place.1 - b.1));
            let turns = i64::from(first.0) * i64::from(second.1) != i64::from(first.1) * i64::from(second.0);
            let onwards = i64::from(first.0) * i64::from(second.0) + i64::from(first.1) * i64::from(second.1) > 0;
            if !turns && onwards {
                kept.pop();
            }
        }
        kept.push(place);
    }
    kept
}

/// A line cut into its dashes.
fn dashes(points: &[At], pattern: &[f64]) -> Vec<Vec<At>> {
    if pattern.is_empty() {
        return vec![points.to_vec()];
    }
    let mut strokes = Vec::new();
    let mut stroke: Vec<At> = points.first().copied().into_iter().collect();
    let (mut part, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = ((to.0 - from.0) * (to.0 - from.0) + (to.1 - from.1) * (to.1 - from.1)).sqrt();
        let mut gone = 0.0;
        while length - gone > left {
            gone += left;
            let along = gone / length;
            let at = (from.0 + along * (to.0 - from.0), from.1 + along * (to.1 - from.1));
            if part % 2 == 0 {
                stroke.push(at);
                strokes.push(std::mem::take(&mut stroke));
            } else {
                stroke = vec![at];
            }
            part = (part + 1) % pattern.len();
            left = pattern[part];
        }
        left -= length - gone;
        if part % 2 == 0 {
            stroke.push(to);
        }
    }
    strokes.push(stroke);
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_measured_as_it_is_drawn() {
        // Roboto's digits are 1150 of 2048 units wide.
        assert!((text_width("0.05", 8.0) - 8.0 * (3.0 * 1150.0 + 539.0) / 2048.0).abs() < 0.05);
    }

    #[test]
    fn text_is_wrapped_between_words_only() {
        assert_eq!(wrapped("20 runs a point; 3 runs failed", 6.0, 60.0).join(" "), "20 runs a point; 3 runs failed");
        assert_eq!(wrapped("unbreakable", 6.0, 1.0), ["unbreakable"]);
        assert_eq!(wrapped("see global(adopted, 0.1)", 6.0, 60.0), ["see", "global(adopted, 0.1)"]);
        assert_eq!(fitted("share adopted", 8.0, 30.0), "share\u{2026}");
        assert_eq!(fitted("share adopted", 8.0, 300.0), "share adopted");
    }

    #[test]
    fn dashes_leave_the_gaps_they_promise() {
        let strokes = dashes(&[(0.0, 0.0), (6.0, 0.0), (6.0, 4.0)], &[4.0, 1.0]);
        assert_eq!(strokes[0], [(0.0, 0.0), (4.0, 0.0)]);
        assert_eq!(strokes[1], [(5.0, 0.0), (6.0, 0.0), (6.0, 3.0)]);
    }

    #[test]
    fn straight_stretches_need_only_their_ends() {
        assert_eq!(without_needless(vec![(0, 0), (1, 0), (1, 0), (5, 0), (5, 3)]), [(0, 0), (5, 0), (5, 3)]);
        assert_eq!(without_needless(vec![(0, 0), (5, 0), (2, 0)]), [(0, 0), (5, 0), (2, 0)], "a turn back is kept");
    }
}
