//! Where agents stand: on the circle or the sheet they live on, or where their ties put them; and which ties are long.

use super::stress::{in_common, spread};
use super::{Shape, Spot};
use crate::stats::{cos, sin};

/// Agents in a box as wide as 1 and as tall as `tall`.
pub struct Places {
    pub spots: Vec<Spot>,
    pub tall: f64,
    pub mark: Mark,
}

/// How an agent is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    Dot,
    /// A square of this side.
    Cell(f64),
    /// A part of a ring; the circle through the middles has this radius.
    Sector(f64),
}

/// A circle with more agents is a ring of sectors: dots would lie on each other.
const DOTS_ON_A_CIRCLE: usize = 260;
/// Of the radius: how thick a ring of sectors is.
pub const THICK: f64 = 0.075;
/// Where at least this share of the ties joins agents without a common neighbour, such ties are nothing special.
const SPECIAL: f64 = 0.25;

pub fn places(shape: Shape, neighbours: &[Vec<u32>]) -> Places {
    let agents = neighbours.len();
    match shape {
        Shape::Ring { .. } => {
            let sectors = agents > DOTS_ON_A_CIRCLE;
            let radius = if sectors { 0.5 / (1.0 + THICK) } else { 0.485 };
            let spot = |agent: usize| {
                let angle = std::f64::consts::TAU * agent as f64 / agents as f64;
                (0.5 + radius * sin(angle), 0.5 - radius * cos(angle))
            };
            let mark = if sectors { Mark::Sector(radius) } else { Mark::Dot };
            Places { spots: (0..agents).map(spot).collect(), tall: 1.0, mark }
        }
        Shape::Grid { rows, columns, .. } => {
            let side = 1.0 / f64::from(columns);
            let spot = |agent: u32| (f64::from(agent % columns), f64::from(agent / columns));
            let spots = (0..agents as u32).map(spot).map(|(x, y)| ((x + 0.5) * side, (y + 0.5) * side)).collect();
            Places { spots, tall: f64::from(rows) * side, mark: Mark::Cell(side) }
        }
        Shape::Free => fitted(spread(neighbours)),
    }
}

/// Places scaled into their box, with a little air around them.
fn fitted(spots: Vec<Spot>) -> Places {
    let of = |pick: fn(f64, f64) -> f64, part: fn(&Spot) -> f64| spots.iter().map(part).reduce(pick).unwrap_or(0.0);
    let (left, right) = (of(f64::min, |spot| spot.0), of(f64::max, |spot| spot.0));
    let (top, bottom) = (of(f64::min, |spot| spot.1), of(f64::max, |spot| spot.1));
    let air = (0.07 * (right - left).max(bottom - top)).clamp(0.2, 0.6);
    let wide = (right - left + 2.0 * air).max(bottom - top + 2.0 * air);
    let across = (right - left + 2.0 * air).max(0.6 * wide);
    let tall = (bottom - top + 2.0 * air) / across;
    let shift = (across - (right - left)) / 2.0;
    let place = |spot: &Spot| ((spot.0 - left + shift) / across, (spot.1 - top + air) / across);
    let mut spots: Vec<Spot> = spots.iter().map(place).collect();
    // Dots are not to lie on each other: a little more than two of their radii apart.
    let apart = (0.6 * (tall / spots.len().max(1) as f64).sqrt()).min(0.052);
    (0..20).for_each(|_| push_apart(&mut spots, apart, tall));
    Places { spots, tall, mark: Mark::Dot }
}

/// Moves all that are nearer to each other than `apart` half of what is missing each, inside their box.
fn push_apart(spots: &mut [Spot], apart: f64, tall: f64) {
    for a in 0..spots.len() {
        for b in 0..a {
            let (x, y) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
            let square = x * x + y * y;
            if square < apart * apart && square > 0.0 {
                let length = square.sqrt();
                let push = 0.5 * (apart - length) / length;
                let inside = |spot: Spot| (spot.0.clamp(0.02, 0.98), spot.1.clamp(0.02, (tall - 0.02).max(0.02)));
                spots[a] = inside((spots[a].0 + push * x, spots[a].1 + push * y));
                spots[b] = inside((spots[b].0 - push * x, spots[b].1 - push * y));
            }
        }
    }
}

/// By tie, whether it is long: it leads further round than a ring's own ties, further off than a sheet's, or it joins two
/// agents that have no neighbour in common where most ties do.
pub fn long_ties(shape: Shape, neighbours: &[Vec<u32>], ties: &[(u32, u32)]) -> Vec<bool> {
    let agents = neighbours.len() as u32;
    match shape {
        Shape::Ring { near } => {
            let apart = |(a, b): (u32, u32)| a.abs_diff(b).min(agents - a.abs_diff(b));
            ties.iter().map(|&tie| apart(tie) > near).collect()
        }
        Shape::Grid { rows, columns, reach } => {
            let apart = |a: u32, b: u32, side: u32| a.abs_diff(b).min(side - a.abs_diff(b));
            let far = |(a, b): (u32, u32)| {
                apart(a / columns, b / columns, rows) > reach || apart(a % columns, b % columns, columns) > reach
            };
            ties.iter().map(|&tie| far(tie)).collect()
        }
        Shape::Free => {
            let alone = |&(a, b): &(u32, u32)| in_common(&neighbours[a as usize], &neighbours[b as usize]) == 0;
            let long: Vec<bool> = ties.iter().map(alone).collect();
            let count = long.iter().filter(|long| **long).count();
            if count as f64 > SPECIAL * ties.len() as f64 { vec![false; ties.len()] } else { long }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_round_and_its_rewired_ties_are_long() {
        let neighbours = vec![Vec::new(); 8];
        let placed = places(Shape::Ring { near: 2 }, &neighbours);
        let from_middle = |spot: &Spot| {
            let (x, y) = (spot.0 - 0.5, spot.1 - 0.5);
            (x * x + y * y).sqrt()
        };
        assert!(placed.spots.iter().all(|spot| (from_middle(spot) - 0.485).abs() < 1e-12));
        assert!((placed.spots[0].0 - 0.5).abs() < 1e-12, "the first is at the top");
        assert_eq!(
            long_ties(Shape::Ring { near: 2 }, &neighbours, &[(0, 2), (0, 7), (1, 5), (0, 3)]),
            [false, false, true, true]
        );
    }

    #[test]
    fn a_sheet_keeps_its_rows() {
        let shape = Shape::Grid { rows: 2, columns: 5, reach: 1 };
        let placed = places(shape, &vec![Vec::new(); 10]);
        assert_eq!((placed.tall, placed.mark), (0.4, Mark::Cell(0.2)));
        assert_eq!(placed.spots[6], (1.5 * 0.2, 1.5 * 0.2));
        assert_eq!(long_ties(shape, &vec![Vec::new(); 10], &[(0, 4), (0, 5), (0, 2)]), [false, false, true]);
    }
}
