//! A network as ink: ties first, then agents, colour by colour. Written as SVG of its own, because thousands of ties are one
//! path here and would be thousands of elements otherwise.

use std::fmt::Write;

use super::places::{Mark, Places, THICK};
use super::{Frame, Look, Scene, Spot};
use crate::chart::palette::{Colour, INK, Palette, pale};
use crate::chart::paper::{Align, Paper, Type, text_width};
use crate::stats::{cos, sin};

pub const NEVER: Colour = (0xe3, 0xe6, 0xea);
pub const NEVER_EDGE: Colour = (0xb4, 0xbb, 0xc4);
pub const LEFT: Colour = (0x8c, 0x95, 0xa1);
pub const LONG: Colour = (0x6f, 0x7b, 0x8a);
const SHORT: Colour = (0xcd, 0xd3, 0xda);
/// The brightest end of the scale is lost on white paper.
const BRIGHTEST: f64 = 0.95;
/// Twentieths of a point, as everything on the sheet.
const UNITS: f64 = 20.0;
/// Up to so many agents have their names beside them.
const NAMED: usize = 60;

/// The colours of values.
pub struct Inks {
    low: f64,
    high: f64,
}

impl Inks {
    pub fn of((low, high): (f64, f64)) -> Inks {
        Inks { low, high }
    }

    pub fn share(&self, value: f64) -> f64 {
        if self.high > self.low { ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) } else { 0.0 }
    }

    pub fn of_share(&self, share: f64) -> Colour {
        Palette::Colour.scale(BRIGHTEST * share)
    }

    pub fn of_look(&self, look: Look) -> Colour {
        match look {
            Look::Never => NEVER,
            Look::Value(value) => self.of_share(self.share(value)),
            Look::Left => (0xff, 0xff, 0xff),
        }
    }

    /// The thin line around an agent.
    fn edge(&self, look: Look) -> Colour {
        match look {
            Look::Never => NEVER_EDGE,
            Look::Value(_) => (0xff, 0xff, 0xff),
            Look::Left => LEFT,
        }
    }
}

/// Everything that is the same in all frames.
pub struct Sketch<'a> {
    pub scene: &'a Scene,
    pub placed: &'a Places,
    /// How wide a frame is, in points.
    pub wide: f64,
    pub long: &'a [bool],
    pub inks: Inks,
}

pub fn hex(colour: Colour) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
}

fn units(points: f64) -> i64 {
    (points * UNITS).round() as i64
}

/// Ascending agents in runs of neighbours, at most so many in one: the first and the last of each.
pub fn runs(agents: &[usize], most: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &agent in agents {
        match runs.last_mut() {
            Some((first, last)) if *last + 1 == agent && agent - *first < most => *last = agent,
            _ => runs.push((agent, agent)),
        }
    }
    runs.into_iter()
}

impl Sketch<'_> {
    fn at(&self, agent: usize) -> (i64, i64) {
        let (x, y) = self.placed.spots[agent];
        (units(x * self.wide), units(y * self.wide))
    }

    /// The radius of a dot, in points.
    fn radius(&self) -> f64 {
        let agents = self.scene.agents.max(1) as f64;
        let room = (self.wide * self.wide * self.placed.tall / agents).sqrt();
        let free = if matches!(self.scene.shape, super::Shape::Ring { .. }) {
            0.4 * std::f64::consts::PI * self.wide / agents
        } else {
            0.3 * room
        };
        free.clamp(0.9, if agents <= NAMED as f64 { 9.0 } else { 6.5 })
    }

    /// The ties, once, to be used by every frame.
    pub fn ties(&self) -> String {
        let mut paths = [String::new(), String::new()];
        let mut drawn = 0;
        for (&(a, b), &long) in self.scene.ties.iter().zip(self.long) {
            let near_by = matches!(self.placed.mark, Mark::Sector(_) | Mark::Cell(_));
            if near_by && !long {
                continue; // ring and sheet show them by themselves
            }
            let ((x, y), (to_x, to_y)) = (self.at(a as usize), self.at(b as usize));
            let path = &mut paths[usize::from(long)];
            drawn += 1;
            let _ = match self.scene.shape {
                // Bent towards the middle.
                super::Shape::Ring { .. } => {
                    let middle = units(0.5 * self.wide);
                    let bend = |from: i64, to: i64| (from + to) / 4 + middle / 2;
                    write!(path, "M{x},{y}Q{},{} {to_x},{to_y}", bend(x, to_x), bend(y, to_y))
                }
                _ => write!(path, "M{x},{y}L{to_x},{to_y}"),
            };
        }
        // Many ties are drawn thinner and paler, so that they do not blacken the paper.
        let crowd = (self.wide / 360.0) * (400.0 / drawn.max(1) as f64).sqrt().clamp(0.2, 1.0);
        let mut out = String::from("<defs>\n<g id=\"ties\" fill=\"none\">\n");
        for (path, colour, width) in [(&paths[0], SHORT, 0.8), (&paths[1], LONG, 0.9)] {
            if !path.is_empty() {
                let width = units((width * crowd).max(0.2)).max(3);
                let colour = pale(colour, (3.0 * crowd).clamp(0.4, 1.0));
                let _ = writeln!(out, "<path d=\"{path}\" stroke=\"{}\" stroke-width=\"{width}\"/>", hex(colour));
            }
        }
        out += "</g>\n</defs>\n";
        out
    }

    /// One frame with its upper left corner at `corner`.
    pub fn frame(&self, frame: &Frame, corner: Spot) -> String {
        let mut out = self.opened(corner);
        let mut groups: Vec<((Colour, Colour), Vec<usize>)> = Vec::new();
        // Those that never adopted lie below the others.
        let order = (0..self.scene.agents).filter(|&agent| frame.looks[agent] == Look::Never);
        let order = order.chain((0..self.scene.agents).filter(|&agent| frame.looks[agent] != Look::Never));
        for agent in order {
            let look = frame.looks[agent];
            let inks = (self.inks.of_look(look), self.inks.edge(look));
            match groups.iter_mut().find(|(known, _)| *known == inks) {
                Some((_, agents)) => agents.push(agent),
                None => groups.push((inks, vec![agent])),
            }
        }
        let edge = self.edge_width();
        for ((fill, stroke), agents) in groups {
            let _ = writeln!(
                out,
                "<g fill=\"{}\" stroke=\"{}\" stroke-width=\"{edge}\">{}</g>",
                hex(fill),
                hex(stroke),
                runs(&agents, self.together()).map(|run| self.marks(run, "")).collect::<String>()
            );
        }
        out + &self.rings() + "</g>\n"
    }

    /// The group of a frame, with the ties in it.
    pub fn opened(&self, corner: Spot) -> String {
        format!("<g transform=\"translate({} {})\">\n<use href=\"#ties\"/>\n", units(corner.0), units(corner.1))
    }

    pub fn edge_width(&self) -> i64 {
        match self.placed.mark {
            Mark::Dot => units((0.14 * self.radius()).clamp(0.2, 0.8)),
            Mark::Cell(_) | Mark::Sector(_) => 0,
        }
    }

    /// How many agents may share a mark: those side by side on a ring, not more than a quarter of it.
    pub fn together(&self) -> usize {
        if matches!(self.placed.mark, Mark::Sector(_)) { self.scene.agents / 4 } else { 1 }
    }

    /// The mark of an agent, or of some that stand side by side; with an attribute if any.
    pub fn marks(&self, (agent, last): (usize, usize), attribute: &str) -> String {
        let (x, y) = self.at(agent);
        match self.placed.mark {
            Mark::Dot => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"{attribute}/>", units(self.radius())),
            Mark::Cell(side) => {
                let side = units(0.94 * side * self.wide);
                let (x, y) = (x - side / 2, y - side / 2);
                format!("<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"{attribute}/>")
            }
            Mark::Sector(radius) => {
                // A little beyond its end, so that no white shows between neighbours.
                let path = self.sector((agent, last), radius * (1.0 - THICK), radius * (1.0 + THICK), 0.3);
                format!("<path d=\"{path}\"{attribute}/>")
            }
        }
    }

    /// A part of a ring between two radii, from the first to the last of some agents.
    fn sector(&self, (first, last): (usize, usize), inner: f64, outer: f64, beyond: f64) -> String {
        let turn = std::f64::consts::TAU / self.scene.agents as f64;
        let (from, to) = ((first as f64 - 0.5 - beyond) * turn, (last as f64 + 0.5 + beyond) * turn);
        let corner = |angle: f64, radius: f64| {
            let (x, y) = (0.5 + radius * sin(angle), 0.5 - radius * cos(angle));
            format!("{},{}", units(x * self.wide), units(y * self.wide))
        };
        let arc = |radius: f64, way: u8| format!("A{0},{0} 0 0 {way} ", units(radius * self.wide));
        format!(
            "M{}L{}{}{}L{}{}{}Z",
            corner(from, inner),
            corner(from, outer),
            arc(outer, 1),
            corner(to, outer),
            corner(to, inner),
            arc(inner, 0),
            corner(from, inner)
        )
    }

    /// The marks of the initial adopters.
    pub fn rings(&self) -> String {
        let mut out = String::new();
        let initial = || (0..self.scene.agents).filter(|&agent| self.scene.initial[agent]);
        if initial().next().is_none() {
            return out;
        }
        match self.placed.mark {
            Mark::Sector(radius) => {
                let _ = write!(out, "<g fill=\"{}\">", hex(INK));
                for agent in initial() {
                    let path = self.sector((agent, agent), radius * (1.0 + THICK), radius * (1.0 + 1.35 * THICK), 0.0);
                    let _ = write!(out, "<path d=\"{path}\"/>");
                }
            }
            Mark::Dot => {
                let (radius, width) = (1.12 * self.radius(), (0.26 * self.radius()).clamp(0.6, 1.6));
                let _ = write!(out, "<g fill=\"none\" stroke=\"{}\" stroke-width=\"{}\">", hex(INK), units(width));
                for agent in initial() {
                    let (x, y) = self.at(agent);
                    let _ = write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", units(radius));
                }
            }
            Mark::Cell(side) => {
                let width = units((0.16 * side * self.wide).clamp(0.4, 1.4));
                let _ = write!(out, "<g fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\">", hex(INK));
                for agent in initial() {
                    let ((x, y), side) = (self.at(agent), units(0.9 * side * self.wide));
                    let _ = write!(
                        out,
                        "<rect x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\"/>",
                        x - side / 2,
                        y - side / 2
                    );
                }
            }
        }
        out + "</g>\n"
    }

    /// The names of the agents: inside their dots where they fit, else below.
    pub fn names(&self, paper: &Paper, frame: &Frame, corner: Spot) {
        if self.scene.agents > NAMED || self.placed.mark != Mark::Dot {
            return;
        }
        let radius = self.radius();
        for (agent, name) in self.scene.names.iter().enumerate() {
            let (x, y) = self.placed.spots[agent];
            let (x, y) = (corner.0 + x * self.wide, corner.1 + y * self.wide);
            let size = (radius * 0.95).clamp(4.0, 8.0);
            if text_width(name, size) < 1.7 * radius {
                let (r, g, b) = self.inks.of_look(frame.looks[agent]);
                let light = 0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b);
                let colour = if light > 140.0 { INK } else { (0xff, 0xff, 0xff) };
                paper.text(name, (x, y + 0.36 * size), Align::Middle, Type { size, colour });
            } else if self.wide > 200.0 {
                paper.text(name, (x, y + radius + 8.0), Align::Middle, Type { size: 7.0, colour: INK });
            }
        }
    }
}
