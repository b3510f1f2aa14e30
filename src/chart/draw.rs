//! A figure onto a sheet: scales, then places, then ink.

use super::{
    Request, annotations,
    error::ChartError,
    figure::{Figure, Shape},
    layout::{
        CAPTION_LINE, CAPTION_SIZE, Frame, HEADLINE_LINE, HEADLINE_SIZE, Layout, Place, Scales, TICK_LENGTH, TICK_SIZE,
        TITLE_LINE, TITLE_SIZE,
    },
    legend::Legend,
    marks,
    palette::{GRID, INK, PALE_INK, diverging},
    paper::{Align, Paper, Pen, Type, fitted},
    scale::{Scale, range},
    svg,
    ticks::Tick,
};

const AXIS: f64 = 0.5;
const TICK_TYPE: Type = Type { size: TICK_SIZE, colour: INK };
const TITLE_TYPE: Type = Type { size: TITLE_SIZE, colour: INK };

/// The drawn figure as SVG, and the figure's caption with what drawing added to it.
pub fn draw(mut figure: Figure, request: &Request) -> Result<(String, String), ChartError> {
    let scales = scales(&figure, request)?;
    figure.notes.extend(unseen(&figure, &scales));
    let legend = Legend::new(&figure, &request.overlay);
    let layout = Layout::new(&figure, &scales, request.width, request.title.as_deref(), legend);
    let caption = figure.notes.join("; ");
    let mut file = String::new();
    {
        let paper = Paper::new(&mut file, layout.width, layout.height);
        around(&paper, &figure, &layout, &scales);
        for ((panel, place), strip) in figure.panels.iter().zip(&layout.places).zip(&layout.strips) {
            grid(&paper, &figure, &layout, &scales, place.frame);
            zero(&paper, &figure, &scales, place.frame);
            marks::draw(&paper, &figure, panel, &scales, place.frame);
            marks::overlays(&paper, &figure, &request.overlay, &panel.level, &scales, place.frame);
            annotations::draw(&paper, &request.notes, &scales, place.frame);
            axes(&paper, &layout, &scales, *place);
            if !strip.is_empty() {
                let at = (place.frame.left + place.frame.width / 2.0, place.frame.top - 3.2);
                paper.text(strip, at, Align::Middle, TICK_TYPE);
            }
        }
    }
    let about = svg::About {
        title: request.title.clone().unwrap_or_else(|| request.formula.clone()),
        caption: caption.clone(),
    };
    Ok((svg::finished(&file, layout.width, layout.height, &about), caption))
}

fn scales(figure: &Figure, request: &Request) -> Result<Scales, ChartError> {
    let lines = || figure.panels.iter().flat_map(|panel| &panel.lines);
    if figure.colour.is_some() {
        let values: Vec<f64> = figure.panels.iter().flat_map(|panel| &panel.cells).map(|cell| cell.value).collect();
        let colour = match &figure.colour {
            Some(_) if figure.difference => Some(Scale::around_zero(&values)),
            Some(axis) => Some(Scale::of_measure(axis, &values, 0.0, "colour")?),
            None => None,
        };
        return Ok(Scales { x: Scale::of_cells(&figure.x, "x")?, y: Scale::of_cells(&figure.y, "y")?, colour });
    }
    let mut across: Vec<f64> = lines().flat_map(|line| &line.points).map(|point| point.x).collect();
    across.extend(lines().flat_map(|line| &line.dots).map(|dot| dot.0));
    let x = Scale::of_lines(&figure.x, &across, "x")?;

    let mut up: Vec<f64> = lines().flat_map(|line| &line.points).flat_map(|p| [p.y, p.low, p.high]).collect();
    up.extend(lines().flat_map(|line| &line.dots).map(|dot| dot.1));
    let (low, high) = range(&across);
    if figure.difference {
        up.push(0.0);
    }
    let over = request.overlay.iter().flat_map(|curve| &curve.points);
    up.extend(over.filter(|(x, _)| (low..=high).contains(x)).map(|(_, y)| *y));
    let y = Scale::of_measure(&figure.y, &up, 0.025, "y")?;
    Ok(Scales { x, y, colour: None })
}

/// Points that a logarithmic axis cannot show. (Sizes of 0 in a distribution are told by the distribution itself.)
fn unseen(figure: &Figure, scales: &Scales) -> Option<String> {
    let lines = figure.panels.iter().flat_map(|panel| &panel.lines).filter(|line| line.shape != Shape::Steps);
    let places =
        lines.flat_map(|line| line.points.iter().map(|point| (point.x, point.y)).chain(line.dots.iter().copied()));
    let off = |scale: &Scale, value: f64| value.is_finite() && scale.place(value).is_none();
    match places.filter(|&(x, y)| y.is_finite() && (off(&scales.x, x) || off(&scales.y, y))).count() {
        0 => None,
        1 => Some("1 point at 0 or below is off the logarithmic axis".into()),
        many => Some(format!("{many} points at 0 or below are off the logarithmic axis")),
    }
}

/// Title, legend, axis titles, colour bar, caption.
fn around(paper: &Paper, figure: &Figure, layout: &Layout, scales: &Scales) {
    let large = Type { size: HEADLINE_SIZE, colour: INK };
    for (row, line) in layout.headline.iter().enumerate() {
        paper.text(line, (layout.left(), 11.0 + row as f64 * HEADLINE_LINE), Align::Start, large);
    }
    layout.legend.draw(paper, layout.legend_top + 1.0);
    let all = layout.around();
    let x_title = fitted(&figure.x.title, TITLE_SIZE, layout.width - 2.0 * layout.left());
    paper.text(&x_title, (all.left + all.width / 2.0, layout.x_title), Align::Middle, TITLE_TYPE);
    for (row, line) in layout.y_title.iter().enumerate() {
        let at = (layout.y_title_right(row), all.top + all.height / 2.0);
        paper.upright(line, at, Align::Middle, TITLE_TYPE);
    }
    if let (Some(bar), Some(colours)) = (layout.colour_bar, &scales.colour) {
        colour_bar(paper, bar, layout, figure, colours);
    }
    let small = Type { size: CAPTION_SIZE, colour: PALE_INK };
    for (row, line) in layout.caption.iter().enumerate() {
        paper.text(line, (layout.left(), layout.caption_top + row as f64 * CAPTION_LINE), Align::Start, small);
    }
}

fn colour_bar(paper: &Paper, bar: Frame, layout: &Layout, figure: &Figure, colours: &Scale) {
    const PARTS: u32 = 64;
    for part in 0..PARTS {
        let (low, high) = (f64::from(part) / f64::from(PARTS), f64::from(part + 1) / f64::from(PARTS));
        let (from, to) = (bar.at(0.0, high), bar.at(1.0, low));
        let under = if part > 0 { 0.3 } else { 0.0 };
        let middle = (low + high) / 2.0;
        let shade = if figure.difference { diverging(middle) } else { figure.palette.scale(middle) };
        paper.rectangle(from, (to.0, to.1 + under), shade);
    }
    for tick in &layout.colour_ticks {
        let Some(up) = colours.place(tick.value) else { continue };
        let (x, y) = bar.at(1.0, up);
        paper.line(&[(x, y), (x + TICK_LENGTH, y)], Pen { width: AXIS, colour: INK, dash: &[] });
        paper.text(&tick.label, (x + TICK_LENGTH + 1.3, y + 0.36 * TICK_SIZE), Align::Start, TICK_TYPE);
    }
    for (row, line) in layout.colour_title.iter().rev().enumerate() {
        let at = (layout.width - 4.5 - row as f64 * TITLE_LINE, bar.top + bar.height / 2.0);
        paper.upright(line, at, Align::Middle, TITLE_TYPE);
    }
}

/// Light lines at the labelled marks, behind the data.
fn grid(paper: &Paper, figure: &Figure, layout: &Layout, scales: &Scales, frame: Frame) {
    if figure.colour.is_some() {
        return;
    }
    let pen = Pen { width: 0.4, colour: GRID, dash: &[] };
    for up in labelled(&layout.y_ticks, &scales.y) {
        paper.line(&[frame.at(0.0, up), frame.at(1.0, up)], pen);
    }
    if !matches!(scales.x, Scale::Words(_)) {
        for across in labelled(&layout.x_ticks, &scales.x) {
            paper.line(&[frame.at(across, 0.0), frame.at(across, 1.0)], pen);
        }
    }
}

/// The line of no difference.
fn zero(paper: &Paper, figure: &Figure, scales: &Scales, frame: Frame) {
    if let (true, None, Some(up)) = (figure.difference, &figure.colour, scales.y.place(0.0)) {
        paper.line(&[frame.at(0.0, up), frame.at(1.0, up)], Pen { width: 0.7, colour: PALE_INK, dash: &[] });
    }
}

fn labelled(ticks: &[Tick], scale: &Scale) -> Vec<f64> {
    ticks.iter().filter(|tick| !tick.label.is_empty()).filter_map(|tick| scale.place(tick.value)).collect()
}

/// The lines of both axes with their marks, and the labels where this panel carries them.
fn axes(paper: &Paper, layout: &Layout, scales: &Scales, place: Place) {
    let frame = place.frame;
    let pen = Pen { width: AXIS, colour: INK, dash: &[] };
    let (corner, end, top) = (frame.at(0.0, 0.0), frame.at(1.0, 0.0), frame.at(0.0, 1.0));
    paper.line(&[top, corner, end], pen);
    for tick in &layout.x_ticks {
        let Some(across) = scales.x.place(tick.value).filter(|place| (-1e-6..=1.0 + 1e-6).contains(place)) else {
            continue;
        };
        let (x, y) = frame.at(across, 0.0);
        let length = if tick.label.is_empty() { TICK_LENGTH / 2.0 } else { TICK_LENGTH };
        if !matches!(scales.x, Scale::Words(_)) {
            paper.line(&[(x, y), (x, y + length)], pen);
        }
        if !place.labels_below {
        } else if layout.upright_words {
            paper.upright(&tick.label, (x + 0.36 * TICK_SIZE, y + TICK_LENGTH + 1.5), Align::End, TICK_TYPE);
        } else if !tick.label.is_empty() {
            paper.text(&tick.label, (x, y + TICK_LENGTH + 1.0 + TICK_SIZE), Align::Middle, TICK_TYPE);
        }
    }
    for tick in &layout.y_ticks {
        let Some(up) = scales.y.place(tick.value).filter(|place| (-1e-6..=1.0 + 1e-6).contains(place)) else {
            continue;
        };
        let (x, y) = frame.at(0.0, up);
        let length = if tick.label.is_empty() { TICK_LENGTH / 2.0 } else { TICK_LENGTH };
        paper.line(&[(x - length, y), (x, y)], pen);
        if place.labels_left && !tick.label.is_empty() {
            paper.text(&tick.label, (x - TICK_LENGTH - 1.5, y + 0.36 * TICK_SIZE), Align::End, TICK_TYPE);
        }
    }
    if let Some(gap) = scales.x.gap() {
        let (x, y) = frame.at(gap, 0.0);
        break_mark(paper, |along, off| (x + along, y + off));
    }
    if let Some(gap) = scales.y.gap() {
        let (x, y) = frame.at(0.0, gap);
        break_mark(paper, |along, off| (x + off, y - along));
    }
}

/// Two slanted strokes across an interrupted axis; `at` turns lengths along and across the axis into the sheet.
fn break_mark(paper: &Paper, at: impl Fn(f64, f64) -> (f64, f64)) {
    let white = [at(-1.1, -0.8), at(1.1, -0.8), at(1.1, 0.8), at(-1.1, 0.8)];
    paper.polygon(&white, (255, 255, 255), 1.0);
    for shift in [-1.1, 1.1] {
        let stroke = [at(shift - 0.9, 2.2), at(shift + 0.9, -2.2)];
        paper.line(&stroke, Pen { width: AXIS, colour: INK, dash: &[] });
    }
}
