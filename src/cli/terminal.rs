//! Curves drawn with characters.

use std::fmt::Write;

const ROWS: usize = 10;
const COLUMNS: usize = 64;

/// An adoption curve: `values` are shares 0..1 at time 0, 1, ...
pub fn curve(name: &str, values: &[f64]) -> String {
    let columns = COLUMNS.min(values.len().max(2));
    let last = values.len().saturating_sub(1);
    let at = |column: usize| values[(column * last + (columns - 1) / 2) / (columns - 1)];
    let eighths: Vec<usize> = (0..columns).map(|column| (at(column) * (ROWS * 8) as f64).round() as usize).collect();
    let mut text = format!("share {name}\n");
    for row in (0..ROWS).rev() {
        let label = match row {
            row if row == ROWS - 1 => "  1 ",
            row if row == ROWS / 2 - 1 => " .5 ",
            _ => "    ",
        };
        let line: String = eighths.iter().map(|&height| BLOCKS[height.saturating_sub(row * 8).min(8)]).collect();
        let _ = writeln!(text, "{label}|{}", line.trim_end());
    }
    let _ = writeln!(text, "  0 +{}", "-".repeat(columns));
    let _ = writeln!(text, "     0{:>width$} steps", last, width = columns - 1);
    text
}

const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_rises_from_the_left_to_the_right() {
        let text = curve("adopted", &[0.0, 0.5, 1.0]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "  1 |  █");
        assert_eq!(lines[6], " .5 | ██");
        assert_eq!(lines[11], "  0 +---");
    }
}
