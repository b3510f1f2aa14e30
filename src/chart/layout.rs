//! Where everything goes on the sheet: panels in rows and columns, and what stands around them. All lengths are points.

use super::{
    Width,
    figure::{Figure, Marks, Panel},
    legend::Legend,
    paper::{At, fitted, text_width, wrapped},
    scale::Scale,
    ticks::Tick,
};

pub const TICK_SIZE: f64 = 7.0;
pub const TITLE_SIZE: f64 = 8.0;
pub const CAPTION_SIZE: f64 = 6.0;
pub const TICK_LENGTH: f64 = 2.2;
/// Between the baselines of the lines of a caption.
pub const CAPTION_LINE: f64 = 7.6;
pub const HEADLINE_SIZE: f64 = 9.0;
pub const HEADLINE_LINE: f64 = 11.0;
/// Between the baselines of an axis title of several lines.
pub const TITLE_LINE: f64 = 9.2;

const EDGE: f64 = 3.0;
const STRIP: f64 = 10.5;
const COLOUR_BAR: f64 = 6.5;
/// How tall the colour bar gets beside several rows, in heights of a panel.
const BAR_HEIGHT: f64 = 1.6;
/// The longest word under an axis, when words stand upright.
const LONGEST_WORD: f64 = 70.0;

/// The three scales of a figure.
pub struct Scales {
    pub x: Scale,
    pub y: Scale,
    pub colour: Option<Scale>,
}

/// The rectangle that one panel's data are drawn in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Frame {
    /// From shares of both axes to the sheet.
    pub fn at(&self, x: f64, y: f64) -> At {
        (self.left + x * self.width, self.top + (1.0 - y) * self.height)
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    pub fn right(&self) -> f64 {
        self.left + self.width
    }
}

/// A panel's place, and whether the labels of the shared axes stand at it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub frame: Frame,
    pub labels_left: bool,
    pub labels_below: bool,
}

pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub headline: Vec<String>,
    pub legend_top: f64,
    pub legend: Legend,
    pub places: Vec<Place>,
    pub x_ticks: Vec<Tick>,
    pub y_ticks: Vec<Tick>,
    pub colour_ticks: Vec<Tick>,
    /// Words under the axis stand upright because they have no room side by side.
    pub upright_words: bool,
    /// What stands over each panel; nothing over a single one.
    pub strips: Vec<String>,
    /// The baseline of the x axis title.
    pub x_title: f64,
    /// The lines of the upright y axis title.
    pub y_title: Vec<String>,
    pub colour_title: Vec<String>,
    pub colour_bar: Option<Frame>,
    pub caption: Vec<String>,
    /// The first baseline of the caption.
    pub caption_top: f64,
}

impl Layout {
    pub fn new(figure: &Figure, scales: &Scales, width: Width, title: Option<&str>, legend: Legend) -> Layout {
        let sheet = width.points();
        let columns = columns(figure.panels.len(), width);
        let rows = figure.panels.len().div_ceil(columns);
        let (columns_f, rows_f) = (columns as f64, rows as f64);
        let strip = if figure.panels.iter().any(|panel| !panel.factor.is_empty()) { STRIP } else { 0.0 };
        let gap = if columns > 1 { 9.0 } else { 0.0 };

        // The height follows from the width a panel has before its labels are known.
        let rough = (sheet - 40.0) / columns_f;
        let tall = (0.52 * rough + 36.0).min(if figure.colour.is_some() { 190.0 } else { 200.0 });
        let y_ticks = y_ticks(figure, &scales.y, tall);
        let colour_ticks = scales.colour.as_ref().map_or(Vec::new(), |scale| scale.ticks(&Marks::Range, 5));

        let all_rows = rows_f * (strip + tall + 7.0) - strip - 7.0;
        let y_title = wrapped(&figure.y.title, TITLE_SIZE, all_rows + 8.0);
        let colour_title = figure.colour.as_ref().map_or("", |axis| &axis.title);
        let colour_title = wrapped(colour_title, TITLE_SIZE, all_rows.min(BAR_HEIGHT * tall) + 8.0);
        let title_width = |lines: &[String]| TITLE_SIZE + (lines.len().max(1) as f64 - 1.0) * TITLE_LINE;

        let left = EDGE + title_width(&y_title) + 4.0 + widest(&y_ticks) + TICK_LENGTH + 1.8;
        let bar = if figure.colour.is_some() {
            7.0 + COLOUR_BAR + 3.5 + widest(&colour_ticks) + 3.0 + title_width(&colour_title)
        } else {
            2.0
        };
        let right = EDGE + bar;
        let wide = (sheet - left - right - gap * (columns_f - 1.0)) / columns_f;

        let (x_ticks, upright_words) = x_ticks(figure, &scales.x, wide);
        let overhang = if upright_words { 0.0 } else { overhang(&scales.x, &x_ticks, wide) };
        let right = if figure.colour.is_none() && overhang > right - 1.0 { overhang + 1.0 } else { right };
        let wide = (sheet - left - right - gap * (columns_f - 1.0)) / columns_f;
        let labels_height = if upright_words { widest(&x_ticks).min(LONGEST_WORD) } else { TICK_SIZE };

        let headline = title.map_or(Vec::new(), |title| wrapped(title, HEADLINE_SIZE, sheet - 2.0 * EDGE));
        let legend_top = EDGE + headline.len() as f64 * HEADLINE_LINE;
        let legend = legend.laid_out(left.min(32.0), sheet - EDGE);
        let top = legend_top + legend.height() + if strip > 0.0 { 0.0 } else { 4.0 };

        let row_height = strip + tall + 7.0;
        let places: Vec<Place> = (0..figure.panels.len())
            .map(|panel| {
                let (row, column) = (panel / columns, panel % columns);
                let frame = Frame {
                    left: left + column as f64 * (wide + gap),
                    top: top + strip + row as f64 * row_height,
                    width: wide,
                    height: tall,
                };
                Place { frame, labels_left: column == 0, labels_below: panel + columns >= figure.panels.len() }
            })
            .collect();
        let grid_bottom = top + rows_f * row_height - 7.0;
        let x_title = grid_bottom + TICK_LENGTH + 2.0 + labels_height + 2.0 + TITLE_SIZE;
        let caption = wrapped(&figure.notes.join("; "), CAPTION_SIZE, sheet - 2.0 * EDGE);
        let caption_top = x_title + 5.0 + CAPTION_SIZE + 1.0;
        let height = caption_top + (caption.len() as f64 - 1.0) * CAPTION_LINE + 3.5;
        let colour_bar = figure.colour.as_ref().map(|_| Frame {
            left: places.iter().fold(0.0f64, |right, place| right.max(place.frame.right())) + 7.0,
            top: top + strip,
            width: COLOUR_BAR,
            height: (grid_bottom - top - strip).min(BAR_HEIGHT * tall),
        });
        Layout {
            width: sheet,
            height,
            headline,
            legend_top,
            legend,
            places,
            x_ticks,
            y_ticks,
            colour_ticks,
            upright_words,
            strips: strips(&figure.panels, wide),
            x_title,
            y_title,
            colour_title,
            colour_bar,
            caption,
            caption_top,
        }
    }

    pub fn left(&self) -> f64 {
        EDGE
    }

    /// The right side of a line of the upright y axis title.
    pub fn y_title_right(&self, line: usize) -> f64 {
        EDGE + TITLE_SIZE - 0.5 + line as f64 * TITLE_LINE
    }

    /// The rectangle around all panels.
    pub fn around(&self) -> Frame {
        let first = self.places[0].frame;
        let right = self.places.iter().fold(0.0f64, |right, place| right.max(place.frame.right()));
        let bottom = self.places.iter().fold(0.0f64, |bottom, place| bottom.max(place.frame.bottom()));
        Frame { width: right - first.left, height: bottom - first.top, ..first }
    }
}

/// Small multiples side by side: as many as stay readable, in rows that are evenly filled.
fn columns(panels: usize, width: Width) -> usize {
    let most = match width {
        Width::Single if panels == 4 => 2,
        Width::Single => 3,
        Width::Double if panels == 5 || panels == 6 || panels == 9 => 3,
        Width::Double => 4,
    };
    panels.clamp(1, most)
}

fn y_ticks(figure: &Figure, scale: &Scale, tall: f64) -> Vec<Tick> {
    let wanted = (tall / 15.0).clamp(3.0, 6.0) as usize;
    match figure.colour {
        Some(_) => scale.cell_ticks(&figure.y.marks, (tall / 11.0) as usize, wanted),
        None => scale.ticks(&figure.y.marks, wanted),
    }
}

/// Marks of the x axis, as many as have room, and whether words must stand upright.
fn x_ticks(figure: &Figure, scale: &Scale, wide: f64) -> (Vec<Tick>, bool) {
    if let Scale::Words(words) = scale {
        let ticks = scale.ticks(&figure.x.marks, words.len());
        let upright = widest(&ticks) > wide / words.len() as f64 - 3.0;
        let shown = if upright { ticks.into_iter().map(shortened).collect() } else { ticks };
        return (shown, upright);
    }
    let most = (wide / 16.0).clamp(2.0, 8.0) as usize;
    let fits = |ticks: &[Tick]| {
        let mut end = f64::NEG_INFINITY;
        ticks.iter().filter(|tick| !tick.label.is_empty()).all(|tick| {
            let half = text_width(&tick.label, TICK_SIZE) / 2.0;
            let at = scale.place(tick.value).unwrap_or(0.0) * wide;
            let free = at - half > end;
            end = at + half + 4.0;
            free
        })
    };
    let ticks = |wanted| match figure.colour {
        Some(_) => scale.cell_ticks(&figure.x.marks, wanted, wanted),
        None => scale.ticks(&figure.x.marks, wanted),
    };
    let attempts = (2..=most).rev().map(ticks);
    let mut last = Vec::new();
    for ticks in attempts {
        if fits(&ticks) {
            return (ticks, false);
        }
        last = ticks;
    }
    (last, false)
}

fn shortened(tick: Tick) -> Tick {
    Tick { label: fitted(&tick.label, TICK_SIZE, LONGEST_WORD), ..tick }
}

/// What stands over the panels: the factor and its level, the level alone where the panels are too narrow for both.
fn strips(panels: &[Panel], wide: f64) -> Vec<String> {
    let strips = |name: bool| panels.iter().map(move |panel| panel.strip(name));
    let fit = |name: bool| strips(name).all(|strip| text_width(&strip, TICK_SIZE) <= wide + 6.0);
    strips(fit(true)).map(|strip| fitted(&strip, TICK_SIZE, wide + 6.0)).collect()
}

fn widest(ticks: &[Tick]) -> f64 {
    ticks.iter().fold(0.0f64, |widest, tick| widest.max(text_width(&tick.label, TICK_SIZE)))
}

/// How far the last label reaches beyond the end of its axis.
fn overhang(scale: &Scale, ticks: &[Tick], wide: f64) -> f64 {
    ticks.iter().filter(|tick| !tick.label.is_empty()).fold(0.0f64, |most, tick| {
        let end = scale.place(tick.value).unwrap_or(0.0) * wide + text_width(&tick.label, TICK_SIZE) / 2.0;
        most.max(end - wide)
    })
}
