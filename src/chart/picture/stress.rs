//! Places for the agents of a network that has no shape of its own, such that agents far from each other over ties are
//! far from each other on paper.
//!
//! Stress (the squared misfit of all distances, weighted by their inverse squares) is lowered pair by pair, with smaller
//! and smaller moves. Source: Zheng, Pawar and Goodman 2019, Graph drawing by stochastic gradient descent, IEEE Trans. Vis.
//! Comput. Graph. 25:2738. A tie is short where its ends have their neighbours in common, so that groups stand apart.
//! Components are laid out one by one and packed. The same network is always laid out alike.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Spot;
use crate::rng::Stream;
use crate::stats::{exp, log};

/// Rounds of moves over all pairs.
const ROUNDS: u32 = 30;
/// The smallest move of the last round, relative to its pair.
const LAST: f64 = 0.1;
/// Lengths of ties in whole numbers, so that sums of them are exact: this many are a unit.
const UNIT: f64 = 1024.0;
/// The shortest tie, between agents with the same neighbours; the longest, between agents with none in common, is 1.
const SHORTEST: f64 = 0.45;
/// Between the boxes of two components.
const GAP: f64 = 0.7;
/// Draws of the layout are no draws of the model.
const SEED: u64 = 7;

/// A place for every agent; a tie is about one unit long.
pub fn spread(neighbours: &[Vec<u32>]) -> Vec<Spot> {
    let mut stream = Stream::from_seed(SEED);
    let lengths = lengths(neighbours);
    let mut spots = vec![(0.0, 0.0); neighbours.len()];
    let mut boxes = Vec::new();
    for members in components(neighbours) {
        let mut places = component(neighbours, &lengths, &members, &mut stream);
        lie_down(&mut places);
        let (low, high) = bounds(&places);
        for (&member, place) in members.iter().zip(&places) {
            spots[member as usize] = (place.0 - low.0, place.1 - low.1);
        }
        boxes.push((members, (high.0 - low.0 + GAP, high.1 - low.1 + GAP)));
    }
    for ((members, _), corner) in boxes.iter().zip(packed(&boxes)) {
        for &member in members {
            let spot = &mut spots[member as usize];
            *spot = (spot.0 + corner.0, spot.1 + corner.1);
        }
    }
    spots
}

/// By agent and neighbour, how long their tie wants to be.
fn lengths(neighbours: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let length = |a: usize, b: usize| {
        let common = in_common(&neighbours[a], &neighbours[b]) + 2; // each is a neighbour of itself and the other
        let all = neighbours[a].len() + neighbours[b].len() + 2 - common;
        let apart = 1.0 - common as f64 / all as f64;
        (UNIT * (SHORTEST + (1.0 - SHORTEST) * apart)).round() as u32
    };
    let row = |agent: usize| neighbours[agent].iter().map(|&other| length(agent, other as usize)).collect();
    (0..neighbours.len()).map(row).collect()
}

/// How many two ascending lists share.
pub fn in_common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

/// The components, the largest first, those of equal size by their first agent; agents ascending.
fn components(neighbours: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut seen = vec![false; neighbours.len()];
    let mut all = Vec::new();
    for first in 0..neighbours.len() {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        let mut members = vec![first as u32];
        let mut next = 0;
        while next < members.len() {
            for &other in &neighbours[members[next] as usize] {
                if !std::mem::replace(&mut seen[other as usize], true) {
                    members.push(other);
                }
            }
            next += 1;
        }
        members.sort_unstable();
        all.push(members);
    }
    all.sort_by_key(|members| (Reverse(members.len()), members[0]));
    all
}

/// Places within one component.
fn component(neighbours: &[Vec<u32>], lengths: &[Vec<u32>], members: &[u32], stream: &mut Stream) -> Vec<Spot> {
    let count = members.len();
    let side = (count as f64).sqrt();
    let mut places: Vec<Spot> = members.iter().map(|_| (side * stream.unit(), side * stream.unit())).collect();
    if count < 2 {
        return places;
    }
    let mut pairs = pairs(neighbours, lengths, members);
    let widest = pairs.iter().map(|pair| pair.2).fold(0.0f32, f32::max);
    let closest = pairs.iter().map(|pair| pair.2).fold(f32::INFINITY, f32::min);
    let square = |length: f32| f64::from(length) * f64::from(length);
    let (first, last) = (square(widest), LAST * square(closest));
    let decay = log(first / last) / f64::from(ROUNDS - 1);
    for round in 0..ROUNDS {
        // A fresh order every round where that is cheap; else now and then.
        if count <= 600 || round % 5 == 0 {
            stream.shuffle(&mut pairs);
        }
        let step = first * exp(-decay * f64::from(round));
        for &(a, b, distance) in &pairs {
            let distance = f64::from(distance);
            let share = (step / (distance * distance)).min(1.0);
            let (from, to) = (places[a as usize], places[b as usize]);
            let (x, y) = (from.0 - to.0, from.1 - to.1);
            let length = (x * x + y * y).sqrt().max(1e-9);
            let move_by = share * (length - distance) / (2.0 * length);
            places[a as usize] = (from.0 - move_by * x, from.1 - move_by * y);
            places[b as usize] = (to.0 + move_by * x, to.1 + move_by * y);
        }
    }
    places
}

/// Every pair of a component with its distance over ties.
fn pairs(neighbours: &[Vec<u32>], lengths: &[Vec<u32>], members: &[u32]) -> Vec<(u16, u16, f32)> {
    let mut local = vec![0u16; neighbours.len()];
    members.iter().enumerate().for_each(|(place, &member)| local[member as usize] = place as u16);
    let mut pairs = Vec::with_capacity(members.len() * (members.len() - 1) / 2);
    let mut distances = vec![u32::MAX; neighbours.len()];
    let mut open = BinaryHeap::new();
    for &from in members {
        members.iter().for_each(|&member| distances[member as usize] = u32::MAX);
        distances[from as usize] = 0;
        open.push((Reverse(0), from));
        while let Some((Reverse(so_far), agent)) = open.pop() {
            let agent = agent as usize;
            if so_far > distances[agent] {
                continue;
            }
            for (&other, &length) in neighbours[agent].iter().zip(&lengths[agent]) {
                let there = so_far + length;
                if there < distances[other as usize] {
                    distances[other as usize] = there;
                    open.push((Reverse(there), other));
                }
            }
        }
        for &to in members.iter().filter(|&&to| to > from) {
            pairs.push((local[from as usize], local[to as usize], (f64::from(distances[to as usize]) / UNIT) as f32));
        }
    }
    pairs
}

/// Turns places so that they are wider than tall.
fn lie_down(places: &mut [Spot]) {
    let count = places.len() as f64;
    let middle = places.iter().fold((0.0, 0.0), |sum, place| (sum.0 + place.0 / count, sum.1 + place.1 / count));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter() {
        let (x, y) = (place.0 - middle.0, place.1 - middle.1);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    // The direction in which they vary most.
    let half = (xx - yy) / 2.0;
    let (x, y) = (half + (half * half + xy * xy).sqrt(), xy);
    let length = (x * x + y * y).sqrt();
    let (cos, sin) = if length > 1e-12 { (x / length, y / length) } else { (1.0, 0.0) };
    for place in places {
        *place = (cos * place.0 + sin * place.1, cos * place.1 - sin * place.0);
    }
}

fn bounds(places: &[Spot]) -> (Spot, Spot) {
    let start = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
    places.iter().fold(start, |(low, high), place| {
        ((low.0.min(place.0), low.1.min(place.1)), (high.0.max(place.0), high.1.max(place.1)))
    })
}

/// The upper left corners of boxes, the largest first: in rows, about as wide as tall in all.
fn packed(boxes: &[(Vec<u32>, Spot)]) -> Vec<Spot> {
    let area: f64 = boxes.iter().map(|(_, size)| size.0 * size.1).sum();
    let widest = boxes.iter().map(|(_, size)| size.0).fold(0.0, f64::max);
    let width = widest.max(1.15 * area.sqrt());
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0);
    boxes
        .iter()
        .map(|(_, size)| {
            if x > 0.0 && x + size.0 > width {
                (x, y, row) = (0.0, y + row, 0.0);
            }
            let corner = (x, y);
            x += size.0;
            row = f64::max(row, size.1);
            corner
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutual(agents: usize, ties: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let mut neighbours = vec![Vec::new(); agents];
        for &(a, b) in ties {
            neighbours[a as usize].push(b);
            neighbours[b as usize].push(a);
        }
        neighbours.iter_mut().for_each(|row| row.sort_unstable());
        neighbours
    }

    fn apart(spots: &[Spot], a: usize, b: usize) -> f64 {
        let (x, y) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
        (x * x + y * y).sqrt()
    }

    #[test]
    fn a_chain_lies_stretched_out() {
        let ties: Vec<(u32, u32)> = (0..9).map(|agent| (agent, agent + 1)).collect();
        let spots = spread(&mutual(10, &ties));
        let ends = apart(&spots, 0, 9);
        let ties: f64 = (0..9).map(|agent| apart(&spots, agent, agent + 1)).sum();
        assert!(ends > 0.95 * ties, "{ends} of {ties}");
        assert!((spots[0].1 - spots[9].1).abs() < 0.2 * ends, "wider than tall");
    }

    #[test]
    fn two_groups_stand_apart() {
        let mut ties = vec![(0, 8)];
        for group in [0, 8] {
            for a in 0..8 {
                (a + 1..8).for_each(|b| ties.push((group + a, group + b)));
            }
        }
        let spots = spread(&mutual(16, &ties));
        let inside: f64 = (1..8).map(|agent| apart(&spots, 1, agent)).fold(0.0, f64::max);
        assert!(apart(&spots, 1, 9) > 1.5 * inside);
    }

    #[test]
    fn the_same_network_is_laid_out_alike_and_nobody_is_on_anybody() {
        let ties = [(0, 1), (1, 2), (2, 0), (2, 3), (5, 6)];
        let neighbours = mutual(8, &ties);
        let spots = spread(&neighbours);
        assert_eq!(spots, spread(&neighbours));
        for a in 0..8 {
            (0..a).for_each(|b| assert!(apart(&spots, a, b) > 0.3, "{a} and {b}"));
        }
        assert_eq!(in_common(&[1, 3, 5], &[0, 3, 4, 5]), 2);
    }
}
