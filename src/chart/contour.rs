//! Where a field of values passes a level: marching squares over the middles of cells.

/// A point in the plane of the field.
type At = (f64, f64);

/// The lines along which `values` (row by row: `xs` change fastest) pass `level`, each as far as it can be joined. A square with
/// a missing corner has none.
pub fn contour(xs: &[f64], ys: &[f64], values: &[f64], level: f64) -> Vec<Vec<At>> {
    let mut pieces = Vec::new();
    for j in 1..ys.len() {
        for i in 1..xs.len() {
            let corner = |i: usize, j: usize| (xs[i], ys[j], values[j * xs.len() + i]);
            // Around the square from the lower left, so that each side is a pair of neighbours.
            let corners = [corner(i - 1, j - 1), corner(i, j - 1), corner(i, j), corner(i - 1, j)];
            pieces.extend(square(corners, level));
        }
    }
    joined(pieces)
}

/// The lines within one square: one through two of its sides, or two where opposite corners are alike.
fn square(corners: [(f64, f64, f64); 4], level: f64) -> Vec<[At; 2]> {
    if corners.iter().any(|corner| corner.2.is_nan()) {
        return Vec::new();
    }
    let crossings: Vec<At> = (0..4)
        .filter_map(|side| {
            let (from, to) = (corners[side], corners[(side + 1) % 4]);
            if (from.2 >= level) == (to.2 >= level) {
                return None;
            }
            // Always from the lower value to the higher one, so that both squares of a side find the same point.
            let (from, to) = if from.2 < to.2 { (from, to) } else { (to, from) };
            let share = (level - from.2) / (to.2 - from.2);
            Some((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)))
        })
        .collect();
    match crossings[..] {
        [a, b] => vec![[a, b]],
        // A saddle: its middle says which corners hang together.
        [a, b, c, d] => {
            let middle = corners.iter().map(|corner| corner.2).sum::<f64>() / 4.0;
            if (middle >= level) == (corners[0].2 >= level) { vec![[a, b], [c, d]] } else { vec![[a, d], [b, c]] }
        }
        _ => Vec::new(),
    }
}

/// Pieces put together end to end.
fn joined(mut pieces: Vec<[At; 2]>) -> Vec<Vec<At>> {
    let mut lines = Vec::new();
    while let Some([a, b]) = pieces.pop() {
        let mut line = vec![a, b];
        for _ in 0..2 {
            while let Some(place) = pieces.iter().position(|piece| piece.contains(&line[line.len() - 1])) {
                let [from, to] = pieces.remove(place);
                line.push(if from == line[line.len() - 1] { to } else { from });
            }
            line.reverse();
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_is_passed_along_one_straight_line() {
        let xs = [0.0, 1.0, 2.0, 3.0];
        let values: Vec<f64> = (0..3).flat_map(|_| xs).collect();
        let [line] = &contour(&xs, &[0.0, 1.0, 2.0], &values, 1.25)[..] else { panic!("one line") };
        assert_eq!(line.len(), 3);
        assert!(line.iter().all(|at| at.0 == 1.25));
    }

    #[test]
    fn a_hill_is_passed_around_and_a_missing_corner_leaves_a_gap() {
        let at = [0.0, 1.0, 2.0];
        let mut values = vec![0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
        let lines = contour(&at, &at, &values, 0.5);
        assert_eq!((lines.len(), lines[0].len()), (1, 5));
        assert_eq!(lines[0][0], lines[0][4], "it is closed");
        values[0] = f64::NAN;
        assert_eq!(contour(&at, &at, &values, 0.5)[0].len(), 4);
        assert!(contour(&at, &at, &values, 2.0).is_empty());
    }
}
