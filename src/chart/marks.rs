//! The data themselves: lines, bands, bars, dots, cells.

use super::{
    figure::{Figure, Line, Marks, OverlayCurve, Panel, Point, Shape},
    layout::{Frame, Scales},
    legend::overlay_looks,
    palette::{INK, Look, NO_VALUE, dark, diverging, pale},
    paper::{At, Paper, Pen},
    scale::Scale,
};

const LINE: f64 = 1.0;
const MARKER: f64 = 1.7;
/// The opacity of a band that few others lie over.
const SOLE_BAND: f64 = 0.18;
/// More points than this are joined without markers.
const MOST_MARKERS: usize = 25;

/// Draws one panel's content into its frame.
pub fn draw(paper: &Paper, figure: &Figure, panel: &Panel, scales: &Scales, frame: Frame) {
    cells(paper, figure, panel, scales, frame);
    if let Some(level) = figure.contour {
        for part in contour(figure, panel, scales, level) {
            contour_line(paper, &part.iter().map(|&(x, y)| frame.at(x, y)).collect::<Vec<_>>());
        }
    }
    let look = |line: &Line| figure.look(line.series);
    for line in &panel.lines {
        for &(x, y) in &line.dots {
            if let Some(at) = place(scales, frame, x, y) {
                paper.dot(at, 0.9, look(line).colour, 0.3);
            }
        }
    }
    for line in panel.lines.iter().filter(|line| line.shape != Shape::Apart) {
        for stretch in stretches(&line.points, &scales.x) {
            band(paper, stretch, scales, frame, look(line), opacity(panel.lines.len()));
        }
    }
    for line in &panel.lines {
        match line.shape {
            Shape::Apart => apart(paper, line, figure.series.len(), scales, frame, look(line)),
            Shape::Steps => steps(paper, line, scales, frame, look(line)),
            Shape::Marked | Shape::Smooth => joined(paper, line, scales, frame, look(line)),
        }
    }
}

/// Dashed curves over the data, cut off where the panel ends; over the colours of a heat map on a white bed.
pub fn overlays(paper: &Paper, figure: &Figure, overlay: &[OverlayCurve], level: &str, scales: &Scales, frame: Frame) {
    let looks = overlay_looks(overlay);
    for curve in overlay.iter().filter(|curve| curve.panel.as_deref().is_none_or(|panel| panel == level)) {
        let of = figure.series.len();
        let series = curve.series.as_ref().and_then(|own| figure.series_levels.iter().position(|level| level == own));
        let colour = match series {
            Some(place) if of > 1 => dark(figure.palette.look(place, of, figure.series_ascend).colour),
            _ => INK,
        };
        let dash = looks.iter().find(|(name, _)| *name == curve.name).map_or(&[][..], |(_, dash)| dash);
        let places: Vec<Option<At>> = curve
            .points
            .iter()
            .map(|&(x, y)| Some((scales.x.place_of_curve(x)?, scales.y.place_of_curve(y)?)))
            .collect();
        for stroke in inside(&places) {
            let stroke: Vec<At> = stroke.iter().map(|&(x, y)| frame.at(x, y)).collect();
            if scales.colour.is_some() {
                paper.line(&stroke, Pen { width: 1.9, colour: (255, 255, 255), dash: &[] });
            }
            paper.line(&stroke, Pen { width: 0.9, colour, dash });
        }
    }
}

/// A line over the colours of a heat map that is seen on dark and on bright ones.
pub fn contour_line(paper: &Paper, places: &[At]) {
    paper.line(places, Pen { width: 2.0, colour: INK, dash: &[] });
    paper.line(places, Pen { width: 1.1, colour: (255, 255, 255), dash: &[] });
}

/// Where the values of the cells, taken in their middles, pass `level`: in shares of both axes.
fn contour(figure: &Figure, panel: &Panel, scales: &Scales, level: f64) -> Vec<Vec<At>> {
    let (Marks::Levels(across), Marks::Levels(up)) = (&figure.x.marks, &figure.y.marks) else { return Vec::new() };
    let middle = |cell: &(f64, f64)| (cell.0 + cell.1) / 2.0;
    let xs: Vec<f64> = scales.x.cells(across).iter().map(middle).collect();
    let ys: Vec<f64> = scales.y.cells(up).iter().map(middle).collect();
    let mut values = vec![f64::NAN; xs.len() * ys.len()];
    for cell in &panel.cells {
        values[cell.y * xs.len() + cell.x] = cell.value;
    }
    super::contour::contour(&xs, &ys, &values, level)
}

/// A line's shape as it is drawn: many points need no markers.
pub fn drawn_shape(line: &Line) -> Shape {
    match line.shape {
        Shape::Marked if line.points.len() > MOST_MARKERS => Shape::Smooth,
        shape => shape,
    }
}

fn cells(paper: &Paper, figure: &Figure, panel: &Panel, scales: &Scales, frame: Frame) {
    let (Marks::Levels(across), Marks::Levels(up), Some(colours)) = (&figure.x.marks, &figure.y.marks, &scales.colour)
    else {
        return;
    };
    let (columns, rows) = (scales.x.cells(across), scales.y.cells(up));
    for cell in &panel.cells {
        let ((left, right), (low, high)) = (columns[cell.x], rows[cell.y]);
        let (from, to) = (frame.at(left, high), frame.at(right, low));
        let shade = |share| if figure.difference { diverging(share) } else { figure.palette.scale(share) };
        let colour = colours.place(cell.value).map_or(NO_VALUE, shade);
        // A cell reaches a hair under the next ones, or else white hairs shine through between them.
        let to = (if right < 0.999 { to.0 + 0.3 } else { to.0 }, if low > 0.001 { to.1 + 0.3 } else { to.1 });
        paper.rectangle(from, to, colour);
    }
}

/// Points in stretches without gaps: a missing point parts a line, and so does the break of an axis.
fn stretches<'a>(points: &'a [Point], x: &'a Scale) -> impl Iterator<Item = &'a [Point]> {
    let broken = matches!(x, Scale::Broken { .. });
    let together =
        move |a: &Point, b: &Point| a.y.is_nan() == b.y.is_nan() && !(broken && (a.x == 0.0) != (b.x == 0.0));
    points.chunk_by(together).filter(|stretch| !stretch[0].y.is_nan())
}

fn place(scales: &Scales, frame: Frame, x: f64, y: f64) -> Option<At> {
    Some(frame.at(scales.x.place(x)?, scales.y.place(y)?))
}

/// The end of an interval, held within the panel: on a logarithmic axis it may reach down to 0.
fn held(scales: &Scales, frame: Frame, x: f64, y: f64) -> Option<At> {
    let up = scales.y.place(y).unwrap_or(0.0).clamp(0.0, 1.0);
    Some(frame.at(scales.x.place(x)?, up))
}

fn band(paper: &Paper, stretch: &[Point], scales: &Scales, frame: Frame, look: Look, opacity: f64) {
    let known = |a: &Point, b: &Point| a.low.is_nan() == b.low.is_nan();
    for part in stretch.chunk_by(known).filter(|part| part.len() > 1 && !part[0].low.is_nan()) {
        let upper: Vec<At> = part.iter().filter_map(|point| held(scales, frame, point.x, point.high)).collect();
        let lower: Vec<At> = part.iter().filter_map(|point| held(scales, frame, point.x, point.low)).collect();
        let around: Vec<At> = upper.iter().chain(lower.iter().rev()).copied().collect();
        paper.polygon(&around, look.colour, opacity);
        // Wide bands that lie over each other need edges to be told apart.
        if opacity < SOLE_BAND {
            let pen = Pen { width: 0.35, colour: pale(look.colour, 0.4), dash: &[] };
            paper.line(&upper, pen);
            paper.line(&lower, pen);
        }
    }
}

/// Many bands lie over each other: the more there are, the paler each is.
fn opacity(bands: usize) -> f64 {
    match bands {
        0..=2 => SOLE_BAND,
        3 => 0.15,
        4 | 5 => 0.11,
        _ => 0.07,
    }
}

/// The interval of a point that has no neighbour to share a band with.
fn bar(paper: &Paper, point: &Point, x: f64, scales: &Scales, frame: Frame, look: Look) {
    if point.low.is_nan() {
        return;
    }
    if let (Some(from), Some(to)) = (held(scales, frame, x, point.low), held(scales, frame, x, point.high)) {
        paper.line(&[from, to], Pen { width: 0.7, colour: look.colour, dash: &[] });
    }
}

fn joined(paper: &Paper, line: &Line, scales: &Scales, frame: Frame, look: Look) {
    let marked = drawn_shape(line) == Shape::Marked;
    let dash = if marked { &[] } else { look.dash };
    for stretch in stretches(&line.points, &scales.x) {
        let places: Vec<At> = stretch.iter().filter_map(|point| place(scales, frame, point.x, point.y)).collect();
        paper.line(&places, Pen { width: LINE, colour: look.colour, dash });
        if let [alone] = stretch {
            bar(paper, alone, alone.x, scales, frame, look);
        }
        if marked || stretch.len() == 1 {
            for &at in &places {
                paper.marker(look.marker, at, MARKER, look.colour);
            }
        }
    }
}

fn steps(paper: &Paper, line: &Line, scales: &Scales, frame: Frame, look: Look) {
    let mut corners = Vec::new();
    let mut before: Option<f64> = None;
    for point in &line.points {
        let (Some(x), Some(y)) = (scales.x.place(point.x), scales.y.place(point.y)) else { continue };
        // Up to this size as many runs are at least as large as at it.
        corners.push(frame.at(before.unwrap_or(0.0).max(0.0), y));
        corners.push(frame.at(x, y));
        before = Some(x);
    }
    paper.line(&corners, Pen { width: LINE, colour: look.colour, dash: look.dash });
    if let (Some(&end), true) = (corners.last(), line.points.len() == 1) {
        paper.marker(look.marker, end, MARKER, look.colour);
    }
}

/// Markers over words: series stand side by side, so that their bars do not cover each other.
fn apart(paper: &Paper, line: &Line, series: usize, scales: &Scales, frame: Frame, look: Look) {
    let between = (0.7 / series as f64).min(0.16);
    let shift = (line.series as f64 - (series as f64 - 1.0) / 2.0) * between;
    for point in line.points.iter().filter(|point| !point.y.is_nan()) {
        let x = point.x + shift;
        bar(paper, point, x, scales, frame, look);
        if let Some(at) = place(scales, frame, x, point.y) {
            paper.marker(look.marker, at, MARKER + 0.2, look.colour);
        }
    }
}

/// A line in shares of both axes, cut into its parts within the panel (Liang and Barsky 1984).
fn inside(places: &[Option<At>]) -> Vec<Vec<At>> {
    let mut parts: Vec<Vec<At>> = Vec::new();
    let mut joins = false;
    for pair in places.windows(2) {
        let (Some(from), Some(to)) = (pair[0], pair[1]) else {
            joins = false;
            continue;
        };
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        for (way, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
            if way < 0.0 {
                enter = enter.max(room / way);
            } else if way > 0.0 {
                leave = leave.min(room / way);
            } else if room < 0.0 {
                leave = -1.0;
            }
        }
        if enter > leave {
            joins = false;
            continue;
        }
        let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
        match parts.last_mut() {
            Some(part) if joins && enter == 0.0 => part.push(at(leave)),
            _ => parts.push(vec![at(enter), at(leave)]),
        }
        joins = leave == 1.0;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_cut_where_the_panel_ends() {
        let parts =
            inside(&[Some((-0.5, 0.5)), Some((0.5, 0.5)), Some((0.5, 1.5)), None, Some((0.2, 0.2)), Some((0.4, 0.2))]);
        assert_eq!(parts, [vec![(0.0, 0.5), (0.5, 0.5), (0.5, 1.0)], vec![(0.2, 0.2), (0.4, 0.2)]]);
        assert!(inside(&[Some((2.0, 0.0)), Some((3.0, 1.0))]).is_empty());
    }

    #[test]
    fn a_missing_point_and_a_broken_axis_part_a_line() {
        let point = |x: f64, y: f64| Point { x, y, low: y, high: y };
        let points = [point(0.0, 0.1), point(0.1, 0.2), point(0.5, f64::NAN), point(1.0, 0.3)];
        let linear = Scale::Linear { low: 0.0, high: 1.0 };
        assert_eq!(stretches(&points, &linear).map(<[Point]>::len).collect::<Vec<_>>(), [2, 1]);
        let broken = Scale::Broken { zero: 0.0, start: 0.2, low: -1.0, high: 0.0 };
        assert_eq!(stretches(&points, &broken).map(<[Point]>::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
