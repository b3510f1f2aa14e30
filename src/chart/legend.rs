//! Which look belongs to which series: a row of samples above the panels, wrapped where it is too long.

use super::{
    figure::{Figure, OverlayCurve, Shape},
    layout::TICK_SIZE,
    palette::{INK, Look, OVERLAY_DASHES, PALE_INK},
    paper::{Align, Paper, Pen, Type, fitted, text_width},
};

const SAMPLE: f64 = 13.0;
const ROW: f64 = 10.0;
const BETWEEN: f64 = 9.0;
/// The longest label, in points: two thirds of a column.
const LONGEST: f64 = 150.0;

/// What stands before a label.
#[derive(Clone, Copy, Debug)]
enum Sample {
    /// The name of what the series differ in has none.
    None,
    Series(Look, Shape),
    Overlay(&'static [f64]),
    Contour,
}

#[derive(Clone, Debug)]
struct Entry {
    label: String,
    sample: Sample,
    row: usize,
    left: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Legend {
    entries: Vec<Entry>,
    rows: usize,
}

impl Legend {
    pub fn new(figure: &Figure, overlay: &[OverlayCurve]) -> Legend {
        let mut entries = Vec::new();
        let mut add = |label: &str, sample| {
            let label = fitted(label, TICK_SIZE, LONGEST);
            entries.push(Entry { label, sample, row: 0, left: 0.0 });
        };
        if !figure.series_title.is_empty() {
            add(&figure.series_title, Sample::None);
            for (place, label) in figure.series.iter().enumerate() {
                let look = figure.look(place);
                add(label, Sample::Series(look, shape(figure)));
            }
        }
        if let Some(level) = figure.contour {
            add(&format!("contour at {}", super::ticks::short(level)), Sample::Contour);
        }
        for (name, dash) in overlay_looks(overlay) {
            add(name, Sample::Overlay(dash));
        }
        Legend { entries, rows: 0 }
    }

    /// The entries in rows from `left` to `right`.
    pub fn laid_out(mut self, left: f64, right: f64) -> Legend {
        let (mut at, mut row, mut indent) = (left, 0, left);
        for entry in &mut self.entries {
            let width = sample_width(entry.sample) + text_width(&entry.label, TICK_SIZE);
            if at + width > right && at > indent {
                (at, row) = (indent, row + 1);
            }
            (entry.left, entry.row) = (at, row);
            at += width + if matches!(entry.sample, Sample::None) { 6.0 } else { BETWEEN };
            if matches!(entry.sample, Sample::None) {
                indent = at;
            }
        }
        self.rows = if self.entries.is_empty() { 0 } else { row + 1 };
        self
    }

    pub fn height(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.rows as f64 * ROW + 1.5 }
    }

    pub fn draw(&self, paper: &Paper, top: f64) {
        for entry in &self.entries {
            let baseline = top + entry.row as f64 * ROW + TICK_SIZE;
            let middle = baseline - 0.36 * TICK_SIZE;
            let ends = [(entry.left, middle), (entry.left + SAMPLE, middle)];
            match entry.sample {
                Sample::None => {}
                Sample::Series(look, shape) => {
                    let dash = if matches!(shape, Shape::Marked | Shape::Apart) { &[] } else { look.dash };
                    paper.line(&ends, Pen { width: 1.0, colour: look.colour, dash });
                    if matches!(shape, Shape::Marked | Shape::Apart) {
                        paper.marker(look.marker, (entry.left + SAMPLE / 2.0, middle), 1.7, look.colour);
                    }
                }
                Sample::Overlay(dash) => paper.line(&ends, Pen { width: 0.9, colour: INK, dash }),
                Sample::Contour => super::marks::contour_line(paper, &ends),
            }
            let colour = if matches!(entry.sample, Sample::None) { PALE_INK } else { INK };
            let letters = Type { size: TICK_SIZE, colour };
            paper.text(&entry.label, (entry.left + sample_width(entry.sample), baseline), Align::Start, letters);
        }
    }
}

/// Each overlay's name and dash; curves of the same name, one a panel, share both.
pub fn overlay_looks(overlay: &[OverlayCurve]) -> Vec<(&str, &'static [f64])> {
    let mut looks: Vec<(&str, &'static [f64])> = Vec::new();
    for curve in overlay {
        if !looks.iter().any(|(name, _)| *name == curve.name) {
            looks.push((&curve.name, OVERLAY_DASHES[looks.len() % OVERLAY_DASHES.len()]));
        }
    }
    looks
}

/// How the figure's lines are drawn, so that samples look alike: markers are left out where points are many.
fn shape(figure: &Figure) -> Shape {
    let mut lines = figure.panels.iter().flat_map(|panel| &panel.lines);
    lines.next().map_or(Shape::Smooth, super::marks::drawn_shape)
}

fn sample_width(sample: Sample) -> f64 {
    if matches!(sample, Sample::None) { 0.0 } else { SAMPLE + 3.0 }
}
