//! Cascades from a share of initial adopters on a random network of any degrees. Source: Gleeson and Cahalane 2007, Seed size
//! strongly affects cascades on random networks, Phys. Rev. E 75:056103.
//!
//! With p(k) the share of agents of degree k, z its mean, F(m, k) the share of those of degree k whom m neighbours convince,
//! and s the share of initial adopters, the chance q that a neighbour has adopted goes from step to step as
//!
//! q' = s + (1 - s) sum over k of k p(k) / z sum over m < k of C(k - 1, m) q^m (1 - q)^(k - 1 - m) F(m, k),   q = s at time 0,
//!
//! and the share of adopters at the next time is s + (1 - s) sum over k of p(k) sum over m of C(k, m) q^m (1 - q)^(k - m) F(m, k).
//! It is exact for steps that all agents take at once, on a network without end that is random but for its degrees.

use super::degrees::Degrees;
use super::solve::fixed_point;
use super::thresholds::Thresholds;

/// Degrees and thresholds, with what each step of the equations needs of them.
pub struct Cascade {
    shares: Vec<f64>,
    met: Vec<f64>,
    /// F(m, k), at place k then m.
    convinced: Vec<Vec<f64>>,
}

impl Cascade {
    pub fn new(degrees: &Degrees, thresholds: &Thresholds) -> Cascade {
        let of_degree = |k: usize| (0..=k).map(|m| thresholds.convinced(m, k)).collect();
        let convinced = (0..degrees.shares().len()).map(of_degree).collect();
        Cascade { shares: degrees.shares().to_vec(), met: degrees.met(), convinced }
    }

    /// The shares of adopters at times 0 to `steps`, when a share `start` adopts at time 0.
    pub fn course(&self, start: f64, steps: usize) -> Vec<f64> {
        let (mut course, mut q) = (vec![start], start);
        for _ in 0..steps {
            let (neighbour, agent) = self.step(q);
            course.push(start + (1.0 - start) * agent);
            q = start + (1.0 - start) * neighbour;
        }
        course
    }

    /// The share of adopters in the end.
    pub fn ends(&self, start: f64) -> f64 {
        self.ends_from(start, start)
    }

    /// The same when vanishingly few adopt at time 0, and those set something off: 0 where they cannot.
    pub fn ends_if_global(&self) -> f64 {
        self.ends_from(0.0, 1e-4)
    }

    fn ends_from(&self, start: f64, q: f64) -> f64 {
        let q = fixed_point(q, |q| start + (1.0 - start) * self.step(q).0);
        start + (1.0 - start) * self.step(q).1
    }

    /// The chances that one met along a tie, and that anybody, is convinced when each of its (other) neighbours has adopted
    /// with probability `q`.
    fn step(&self, q: f64) -> (f64, f64) {
        let (mut neighbour, mut agent) = (0.0, 0.0);
        // The distribution of adopters among k neighbours, grown from k - 1 neighbours to k: stable for any k and q.
        let mut adopters = vec![0.0; self.shares.len() + 1];
        adopters[0] = 1.0;
        for (k, convinced) in self.convinced.iter().enumerate() {
            if k > 0 {
                if self.met[k] > 0.0 {
                    neighbour += self.met[k] * product(&adopters[..k], convinced);
                }
                for m in (1..=k).rev() {
                    adopters[m] = adopters[m] * (1.0 - q) + adopters[m - 1] * q;
                }
                adopters[0] *= 1.0 - q;
            }
            if self.shares[k] > 0.0 {
                agent += self.shares[k] * product(&adopters[..=k], convinced);
            }
        }
        (neighbour.min(1.0), agent.min(1.0))
    }
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::super::solve::edge;
    use super::*;
    use crate::stats::{exp, pow};

    #[test]
    fn the_size_of_a_global_cascade_is_that_of_the_table() {
        // phi = 0.18, one initial adopter, n without end (PAPERS: derived, confirmed by brute force).
        let table = [
            (1.2, 0.2999),
            (1.5, 0.5802),
            (2.0, 0.7966),
            (3.0, 0.9405),
            (4.0, 0.9802),
            (5.0, 0.9930),
            (5.5, 0.9958),
            (5.7, 0.9966),
            (0.9, 0.0),
            (8.0, 0.0),
        ];
        for (z, expected) in table {
            let found = Cascade::new(&Degrees::poisson(z), &Thresholds::Share(0.18)).ends_if_global();
            assert!((found - expected).abs() < 6e-5, "z = {z}: {found}");
        }
    }

    #[test]
    fn a_threshold_of_one_neighbour_reaches_the_giant_component() {
        // S = 1 - exp(-z S) and a start of vanishing size.
        let found = Cascade::new(&Degrees::poisson(2.0), &Thresholds::Sources(1.0)).ends_if_global();
        assert!((found - 0.796_812_13).abs() < 1e-8, "{found}");
    }

    #[test]
    fn the_first_steps_on_a_regular_network_are_binomial() {
        // Degree 4, two neighbours needed, a tenth at the start: q' = s + (1 - s) P(Bin(3, q) >= 2).
        let cascade = Cascade::new(&Degrees::regular(4.0), &Thresholds::Sources(2.0));
        let course = cascade.course(0.1, 2);
        let at_least_two = |n: f64, q: f64| 1.0 - pow(1.0 - q, n) - n * q * pow(1.0 - q, n - 1.0);
        let q = 0.1 + 0.9 * at_least_two(3.0, 0.1);
        let expected = [0.1, 0.1 + 0.9 * at_least_two(4.0, 0.1), 0.1 + 0.9 * at_least_two(4.0, q)];
        for (found, expected) in course.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-14, "{course:?}");
        }
    }

    #[test]
    fn isolated_agents_are_never_convinced() {
        let cascade = Cascade::new(&Degrees::poisson(5.0), &Thresholds::Share(0.01));
        assert!((cascade.ends(0.05) - (1.0 - 0.95 * exp(-5.0))).abs() < 1e-3);
    }

    #[test]
    fn more_initial_adopters_move_the_upper_edge() {
        // A single adopter sets off nothing beyond z = 5.7647 (phi = 0.18).
        let upper = |start: f64| {
            let global = |z: f64| Cascade::new(&Degrees::poisson(z), &Thresholds::Share(0.18)).ends(start) > 0.5;
            edge(5.0, 12.0, 20, global)
        };
        let edges = [1e-4, 1e-3, 5e-3, 1e-2].map(upper);
        assert!(edges.is_sorted() && (edges[0] - 5.7647).abs() < 0.2 && edges[3] > 6.5, "{edges:?}");
    }
}
