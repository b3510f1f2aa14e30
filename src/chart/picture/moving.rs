//! A picture that moves by itself: CSS in the file, no script. Whoever asked for less motion sees the end.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::ink::{Sketch, hex, runs};
use super::{BAR, Frame, Look, Spot};
use crate::chart::palette::{Colour, INK, PALE_INK};
use crate::chart::provenance::escaped;

/// Seconds: for a moment, for the whole at least and at most, for the end before it begins again.
const MOMENT: f64 = 0.45;
const SHORTEST: f64 = 3.0;
const LONGEST: f64 = 18.0;
const REST: f64 = 2.5;

/// The network and its time, to be laid over a sheet; `bar` is the corner of the scale of colours.
pub fn moving(sketch: &Sketch, corner: Spot, bar: Spot) -> String {
    let frames = &sketch.scene.frames;
    let length = (MOMENT * frames.len() as f64).clamp(SHORTEST, LONGEST);
    let whole = length + REST;
    let share = |frame: usize| 100.0 * length * frame as f64 / (frames.len() as f64 * whole);

    // Agents that change alike share a rule.
    let mut rules: BTreeMap<Vec<(usize, Colour)>, Vec<usize>> = BTreeMap::new();
    for agent in 0..sketch.scene.agents {
        let mut changes: Vec<(usize, Colour)> = Vec::new();
        for (number, frame) in frames.iter().enumerate() {
            let colour = sketch.inks.of_look(frame.looks[agent]);
            if changes.last().is_none_or(|(_, last)| *last != colour) {
                changes.push((number, colour));
            }
        }
        rules.entry(changes).or_default().push(agent);
    }
    let mut agents = String::new();
    for (rule, (changes, alike)) in rules.iter().enumerate() {
        let last = hex(changes.last().map_or((0, 0, 0), |(_, colour)| *colour));
        let marks: String = runs(alike, sketch.together()).map(|run| sketch.marks(run, "")).collect();
        let _ = write!(agents, "<g class=\"a{rule}\" fill=\"{last}\">{marks}</g>");
    }
    let mut style = String::new();
    for (rule, changes) in rules.keys().enumerate() {
        if changes.len() > 1 {
            let stops: String = changes
                .iter()
                .map(|(frame, colour)| format!("{:.2}%{{fill:{}}}", share(*frame), hex(*colour)))
                .collect();
            let _ = writeln!(
                style,
                ".a{rule}{{animation:a{rule} {whole:.2}s step-end infinite}}\n@keyframes a{rule}{{{stops}}}"
            );
        }
    }
    // Every time and its hand on the scale: shown and hidden, which all programs do alike.
    let hand = hand(sketch, bar);
    let mut times = String::new();
    let (x, y) = (corner.0 * 20.0, (corner.1 - 4.0) * 20.0);
    let right = x + sketch.wide * 20.0;
    for (number, frame) in frames.iter().enumerate() {
        let is_last = number + 1 == frames.len();
        let hidden = if is_last { "" } else { " visibility=\"hidden\"" };
        let mut stops = String::new();
        if number > 0 {
            stops += "0%{visibility:hidden}";
        }
        let _ = write!(stops, "{:.2}%{{visibility:visible}}", share(number));
        if !is_last {
            let _ = write!(stops, "{:.2}%{{visibility:hidden}}", share(number + 1));
        }
        let _ = writeln!(
            style,
            ".t{number}{{animation:t{number} {whole:.2}s step-end infinite}}\n@keyframes t{number}{{{stops}}}"
        );
        let _ = writeln!(
            times,
            "<g class=\"t{number}\"{hidden} font-size=\"160\"><text x=\"{x:.0}\" y=\"{y:.0}\" fill=\"{}\">time {}</text><text \
             x=\"{right:.0}\" y=\"{y:.0}\" text-anchor=\"end\" fill=\"{}\">{}</text>{}</g>",
            hex(INK),
            frame.time,
            hex(PALE_INK),
            escaped(&frame.said),
            hand(frame.time)
        );
    }
    let _ = writeln!(style, "@media (prefers-reduced-motion: reduce){{*{{animation:none !important}}}}");
    format!(
        "<style>\n{style}</style>\n{}{}<g stroke=\"#ffffff\" stroke-width=\"{}\">{agents}</g>\n{}</g>\n{times}",
        sketch.ties(),
        sketch.opened(corner),
        sketch.edge_width(),
        sketch.rings()
    )
}

/// The hand that goes along the scale where the colours are times: its mark at a time.
fn hand(sketch: &Sketch, bar: Spot) -> impl Fn(u32) -> String {
    let early = |frame: &Frame| {
        frame.looks.iter().all(|look| !matches!(look, Look::Value(value) if *value > f64::from(frame.time)))
    };
    let values_are_times = sketch.scene.whole && sketch.scene.frames.iter().all(early);
    move |time| {
        let x = 20.0 * (bar.0 + BAR.0 * sketch.inks.share(f64::from(time)));
        let y = 20.0 * (bar.1 - 0.8);
        match values_are_times {
            true => format!("<path d=\"M{x:.0},{y:.0}l-44,-70h88z\" fill=\"{}\"/>", hex(INK)),
            false => String::new(),
        }
    }
}
