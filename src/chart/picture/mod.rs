//! Pictures of a small network and of how something spread through it: one moment, a strip of moments, or moving.
//!
//! Agents stand on the ring or sheet they live on, else where their ties put them (`stress`), and take the colour of the
//! time at which they adopted. The same run gives the same bytes.

mod ink;
mod moving;
mod places;
mod stress;

use serde::{Deserialize, Serialize};

use self::ink::{Inks, Sketch};
use self::places::{long_ties, places};
use super::error::ChartError;
use super::palette::{INK, PALE_INK, Palette};
use super::paper::{Align, Paper, Pen, Type, fitted, text_width, wrapped};
use super::svg;
use crate::table::written;

/// A place on paper or in a layout.
pub type Spot = (f64, f64);

/// More agents than this are a cloud, not a picture.
pub const MOST_AGENTS: usize = 2_000;
/// A strip or a film of more moments is not looked at.
pub const MOST_FRAMES: usize = 60;

/// What a picture was asked to show, of the first cell of its plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub replicate: u32,
    /// The stage whose adoption is shown.
    pub stage: Option<String>,
    /// The column of agents whose values are shown instead.
    pub column: Option<String>,
    /// The layer whose ties are shown; all if not said.
    pub layer: Option<String>,
    /// How many moments stand side by side; one if not said.
    pub film: Option<u32>,
    /// Whether the SVG moves.
    pub moving: bool,
}

/// One run, as far as it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub title: String,
    /// What stands under the picture.
    pub notes: Vec<String>,
    pub shape: Shape,
    /// Who is tied to whom, each pair once, the smaller number first, ascending.
    pub ties: Vec<(u32, u32)>,
    /// Names of the agents, where they have any.
    pub names: Vec<String>,
    pub agents: usize,
    /// Who was there at the start of it.
    pub initial: Vec<bool>,
    /// What the colours mean.
    pub meaning: String,
    /// The values of the first and the last colour, and whether all are whole numbers, such as times.
    pub range: (f64, f64),
    pub whole: bool,
    /// At least one.
    pub frames: Vec<Frame>,
}

/// The shape of a network that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A circle, with ties to so many on each side.
    Ring { near: u32 },
    /// Cells, with ties to those so many rows and columns away.
    Grid { rows: u32, columns: u32, reach: u32 },
    /// None: ties decide.
    Free,
}

/// One moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub time: u32,
    pub looks: Vec<Look>,
    /// What is said beside the time, such as the share that adopted.
    pub said: String,
}

/// How an agent looks at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// It never adopted.
    Never,
    /// It adopted at this time, or has this value.
    Value(f64),
    /// It adopted and left again.
    Left,
}

const EDGE: f64 = 10.0;
const SINGLE: f64 = 380.0;
const STRIP: f64 = 504.0;
const TITLE: Type = Type { size: 11.0, colour: INK };
const LABEL: Type = Type { size: 8.0, colour: INK };
const SMALL: Type = Type { size: 7.0, colour: PALE_INK };
const GAP: f64 = 12.0;
/// Above a frame, for its time.
const HEAD: f64 = 13.0;
const BAR: (f64, f64) = (150.0, 6.0);

/// Draws a scene; `moving` as one frame that changes, else its frames side by side.
pub fn picture(scene: &Scene, moving: bool) -> Result<String, ChartError> {
    if scene.agents > MOST_AGENTS {
        return Err(ChartError::ManyAgents { agents: scene.agents, most: MOST_AGENTS });
    }
    let mut neighbours = vec![Vec::new(); scene.agents];
    for &(a, b) in &scene.ties {
        neighbours[a as usize].push(b);
        neighbours[b as usize].push(a);
    }
    neighbours.iter_mut().for_each(|row| row.sort_unstable());
    let placed = places(scene.shape, &neighbours);
    let long = long_ties(scene.shape, &neighbours, &scene.ties);

    let shown = if moving { 1 } else { scene.frames.len() };
    let columns = columns(shown);
    let width = if shown == 1 { SINGLE } else { STRIP };
    let wide = (width - 2.0 * EDGE - GAP * (columns as f64 - 1.0)) / columns as f64;
    let tall = wide * placed.tall;
    let headline = wrapped(&scene.title, TITLE.size, width - 2.0 * EDGE);
    let top = EDGE + headline.len() as f64 * 14.0;
    let rows = shown.div_ceil(columns) as f64;
    let legend_top = top + rows * (HEAD + tall + GAP);
    let notes = wrapped(&scene.notes.join("; "), SMALL.size, width - 2.0 * EDGE);
    let height = legend_top + 37.0 + notes.len() as f64 * 8.6 + EDGE - 4.0;

    let sketch = Sketch { scene, placed: &placed, wide, long: &long, inks: Inks::of(scene.range) };
    let corner = |frame: usize| {
        let (row, column) = ((frame / columns) as f64, (frame % columns) as f64);
        (EDGE + column * (wide + GAP), top + row * (HEAD + tall + GAP) + HEAD)
    };
    let mut file = String::new();
    {
        let paper = Paper::new(&mut file, width, height);
        for (row, line) in headline.iter().enumerate() {
            paper.text(line, (EDGE, EDGE + 9.0 + row as f64 * 14.0), Align::Start, TITLE);
        }
        if !moving {
            for (number, frame) in scene.frames.iter().enumerate() {
                let (x, y) = corner(number);
                paper.text(&format!("time {}", frame.time), (x, y - 4.0), Align::Start, LABEL);
                paper.text(&frame.said, (x + wide, y - 4.0), Align::End, Type { size: 8.0, colour: PALE_INK });
                sketch.names(&paper, frame, (x, y));
            }
        } else if let Some(frame) = scene.frames.last() {
            sketch.names(&paper, frame, corner(0));
        }
        legend(&paper, scene, &sketch, legend_top + 4.0, width);
        for (row, line) in notes.iter().enumerate() {
            paper.text(line, (EDGE, legend_top + 41.0 + row as f64 * 8.6), Align::Start, SMALL);
        }
    }
    let about = svg::About { title: scene.title.clone(), caption: scene.notes.join("; ") };
    let finished = svg::finished(&file, width, height, &about);
    let network = match moving {
        true => moving::moving(&sketch, corner(0), (EDGE, legend_top + 4.0)),
        false => {
            let frames = scene.frames.iter().enumerate();
            sketch.ties() + &frames.map(|(number, frame)| sketch.frame(frame, corner(number))).collect::<String>()
        }
    };
    Ok(behind_the_words(&finished, &network))
}

/// As many side by side as stay readable, in rows that are evenly filled.
fn columns(frames: usize) -> usize {
    match frames {
        0..=4 => frames.max(1),
        5 | 6 | 9 => 3,
        _ => 4,
    }
}

/// The finished sheet with the network on it, under everything but the white of the paper.
fn behind_the_words(finished: &str, network: &str) -> String {
    let paper = finished.find("<rect ").expect("a sheet begins white");
    let end = paper + finished[paper..].find('\n').map_or(0, |end| end + 1);
    format!("{}{network}{}", &finished[..end], &finished[end..])
}

/// What colours, rings and lines mean.
fn legend(paper: &Paper, scene: &Scene, sketch: &Sketch, top: f64, width: f64) {
    const PARTS: u32 = 75;
    let (left, (wide, tall)) = (EDGE, BAR);
    for part in 0..PARTS {
        let (from, to) = (f64::from(part) / f64::from(PARTS), f64::from(part + 1) / f64::from(PARTS));
        let under = if part + 1 < PARTS { 0.3 } else { 0.0 };
        let colour = sketch.inks.of_share((from + to) / 2.0);
        paper.rectangle((left + from * wide, top), (left + to * wide + under, top + tall), colour);
    }
    let mut last = f64::NEG_INFINITY;
    for value in ticks(scene.range, scene.whole) {
        let x = left + sketch.inks.share(value) * wide;
        let half = text_width(&written(value), SMALL.size) / 2.0;
        paper.line(&[(x, top + tall), (x, top + tall + 2.0)], Pen { width: 0.5, colour: INK, dash: &[] });
        if x - half > last {
            paper.text(&written(value), (x.max(left + half), top + tall + 9.0), Align::Middle, SMALL);
            last = x + half + 3.0;
        }
    }
    let mut x = left + wide + 8.0;
    let y = top + tall - 0.5;
    let mut word = |text: &str, sample: &mut dyn FnMut(f64)| {
        let room = width - EDGE - x - 11.0;
        if room > text_width(text, SMALL.size) {
            sample(x + 4.0);
            paper.text(text, (x + 11.0, y), Align::Start, SMALL);
            x += 11.0 + text_width(text, SMALL.size) + 10.0;
        }
    };
    let meaning = fitted(&scene.meaning, SMALL.size, 110.0);
    paper.text(&meaning, (left + wide, top + tall + 9.0 + 8.6), Align::End, SMALL);
    let middle = top + tall / 2.0;
    let looks = || scene.frames.iter().flat_map(|frame| &frame.looks);
    if scene.initial.contains(&true) {
        word("initial adopter", &mut |x| {
            paper.dot((x, middle), 3.6, INK, 1.0);
            paper.dot((x, middle), 2.5, Palette::Colour.scale(0.0), 1.0);
        });
    }
    if looks().any(|look| *look == Look::Never) {
        word("not adopted", &mut |x| {
            paper.dot((x, middle), 3.0, ink::NEVER_EDGE, 1.0);
            paper.dot((x, middle), 2.6, ink::NEVER, 1.0);
        });
    }
    if looks().any(|look| *look == Look::Left) {
        word("left again", &mut |x| {
            paper.dot((x, middle), 3.0, ink::LEFT, 1.0);
            paper.dot((x, middle), 1.9, (255, 255, 255), 1.0);
        });
    }
    if sketch.long.contains(&true) {
        word("long tie", &mut |x| {
            paper.line(&[(x - 4.0, middle), (x + 4.0, middle)], Pen { width: 0.9, colour: ink::LONG, dash: &[] });
        });
    }
}

/// A few round values over the range.
fn ticks((low, high): (f64, f64), whole: bool) -> Vec<f64> {
    let room = high - low;
    if room <= 0.0 {
        return vec![low];
    }
    let mut step = 1.0;
    while room / step > 6.0 {
        step *= 10.0;
    }
    while room / step < 0.6 && !whole {
        step /= 10.0;
    }
    let step = [0.1, 0.2, 0.5, 1.0, 2.0]
        .into_iter()
        .map(|part| part * step)
        .find(|step| room / step <= 6.0 && (!whole || *step >= 1.0))
        .unwrap_or(step);
    // Whole multiples, written without the dust of their sums.
    let (first, last) = ((low / step).ceil() as i64, (high / step + 1e-9).floor() as i64);
    let parts = (1.0 / step).round();
    (first..=last).map(|tick| if step < 1.0 { tick as f64 / parts } else { tick as f64 * step }).collect()
}

#[cfg(test)]
mod tests;
