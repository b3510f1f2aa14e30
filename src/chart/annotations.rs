//! Words and lines of reference that somebody wants in the picture.

use super::{
    Note,
    layout::{Frame, Scales, TICK_SIZE},
    palette::{INK, PALE_INK},
    paper::{Align, Paper, Pen, Type, fitted, text_width},
};

const LINE: Pen = Pen { width: 0.6, colour: PALE_INK, dash: &[1.2, 1.4] };
const LETTERS: Type = Type { size: TICK_SIZE, colour: INK };

/// Draws those whose place is in the panel.
pub fn draw(paper: &Paper, notes: &[Note], scales: &Scales, frame: Frame) {
    let inside = |place: Option<f64>| place.filter(|place| (0.0..=1.0).contains(place));
    for note in notes {
        let x = note.x.and_then(|x| inside(scales.x.place(x)));
        let y = note.y.and_then(|y| inside(scales.y.place(y)));
        let text = fitted(&note.text, TICK_SIZE, frame.width - 4.0);
        let wide = text_width(&text, TICK_SIZE);
        let write = |at, align| {
            if !text.is_empty() {
                paper.text(&text, at, align, LETTERS);
            }
        };
        match (x, y) {
            (Some(x), Some(y)) => write(within(frame, frame.at(x, y), wide), Align::Middle),
            (Some(x), None) if note.y.is_none() => {
                paper.line(&[frame.at(x, 0.0), frame.at(x, 1.0)], LINE);
                // Beside the line, on the side with room.
                let (at, left) = (frame.at(x, 1.0).0, x < 0.6);
                let (at, align) = if left { (at + 2.5, Align::Start) } else { (at - 2.5, Align::End) };
                write((at, frame.top + TICK_SIZE + 1.0), align);
            }
            (None, Some(y)) if note.x.is_none() => {
                paper.line(&[frame.at(0.0, y), frame.at(1.0, y)], LINE);
                let at = frame.at(1.0, y).1;
                let above = if y < 0.85 { at - 2.2 } else { at + TICK_SIZE };
                write((frame.right() - 2.0, above), Align::End);
            }
            _ => {}
        }
    }
}

/// The place of a text moved so far that all of it is in the frame.
fn within(frame: Frame, at: (f64, f64), wide: f64) -> (f64, f64) {
    let half = wide / 2.0 + 1.5;
    let x = at.0.max(frame.left + half).min((frame.right() - half).max(frame.left + half));
    (x, at.1.max(frame.top + TICK_SIZE).min(frame.bottom() - 2.0))
}
