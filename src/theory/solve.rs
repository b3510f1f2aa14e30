//! Fixed points and maxima of functions of one number, found without chance and without derivatives.

/// No iteration takes more turns: next to a critical value the way to the fixed point is endless.
const MOST_TURNS: u32 = 200_000;

/// Where `next` leads from `start` in the long run.
pub fn fixed_point(start: f64, next: impl Fn(f64) -> f64) -> f64 {
    let mut at = start;
    for _ in 0..MOST_TURNS {
        let then = next(at);
        let moved = (then - at).abs();
        at = then;
        if moved < 1e-14 {
            break;
        }
    }
    at
}

/// Where `value` has its first local maximum between `low` and `high`, looked for on a grid of `parts` and then refined
/// by golden sections; the end of the range that is higher when it has none inside.
pub fn first_maximum(low: f64, high: f64, parts: u32, value: impl Fn(f64) -> f64) -> f64 {
    let at = |part: u32| low + (high - low) * f64::from(part) / f64::from(parts);
    let top = (1..parts).find(|&part| value(at(part)) > value(at(part - 1)) && value(at(part)) >= value(at(part + 1)));
    let Some(top) = top else { return if value(low) > value(high) { low } else { high } };
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let (mut from, mut to) = (at(top - 1), at(top + 1));
    for _ in 0..100 {
        let (a, b) = (to - golden * (to - from), from + golden * (to - from));
        if value(a) < value(b) { from = a } else { to = b }
    }
    (from + to) / 2.0
}

/// Where between `inside` and `outside` a condition that holds at the one and not at the other begins to fail.
/// Halves the stretch between them `halvings` times.
pub fn edge(mut inside: f64, mut outside: f64, halvings: u32, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..halvings {
        let middle = 0.5 * (inside + outside);
        if holds(middle) { inside = middle } else { outside = middle }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_has_its_maximum_where_it_should() {
        let top = first_maximum(0.0, 1.0, 50, |x| -(x - 0.3) * (x - 0.3));
        assert!((top - 0.3).abs() < 1e-7, "{top}");
        assert_eq!(first_maximum(0.0, 1.0, 50, |x| x), 1.0);
        assert!((edge(0.0, 1.0, 60, |x| x < 0.25) - 0.25).abs() < 1e-12);
        assert!((fixed_point(0.0, |x| 0.5 * x + 0.1) - 0.2).abs() < 1e-13);
    }
}
