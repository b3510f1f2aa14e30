//! How many neighbours agents have: all that the theories of random networks know of a network.

use crate::stats::exp;

/// The shares of the agents with 0, 1, 2, ... neighbours.
#[derive(Clone, Debug, PartialEq)]
pub struct Degrees {
    shares: Vec<f64>,
}

impl Degrees {
    /// Of a random network whose ties are drawn independently, with `mean` neighbours on average.
    pub fn poisson(mean: f64) -> Degrees {
        if mean <= 0.0 {
            return Degrees { shares: vec![1.0] };
        }
        // Downwards and upwards from the most frequent degree, so that no factor underflows where the mean is large.
        let middle = mean.floor() as usize;
        let mut above = vec![1.0];
        while above.last().is_some_and(|&share| share > 1e-18) {
            above.push(above[above.len() - 1] * mean / (middle + above.len()) as f64);
        }
        let mut shares = vec![0.0; middle];
        let mut share = 1.0;
        for degree in (0..middle).rev() {
            share *= (degree + 1) as f64 / mean;
            shares[degree] = share;
        }
        shares.extend(above);
        Degrees::of_weights(shares)
    }

    /// Everybody has `degree` neighbours; between two whole numbers a mixture of both with that mean.
    pub fn regular(degree: f64) -> Degrees {
        let (whole, rest) = (degree.max(0.0).floor() as usize, degree.max(0.0).fract());
        let mut shares = vec![0.0; whole + 2];
        (shares[whole], shares[whole + 1]) = (1.0 - rest, rest);
        Degrees::of_weights(shares)
    }

    /// Shares that fall by the same factor from each degree to the next, from 0 on, with this mean: a skewed network.
    pub fn exponential(mean: f64) -> Degrees {
        let factor = mean.max(0.0) / (1.0 + mean.max(0.0));
        let mut shares = vec![1.0];
        while shares.last().is_some_and(|&share| share * factor > 1e-15) {
            shares.push(shares[shares.len() - 1] * factor);
        }
        Degrees::of_weights(shares)
    }

    /// Of a given network: the number of neighbours of each of its agents.
    pub fn of_agents(degrees: impl IntoIterator<Item = usize>) -> Degrees {
        let mut counts: Vec<f64> = vec![0.0];
        for degree in degrees {
            if degree >= counts.len() {
                counts.resize(degree + 1, 0.0);
            }
            counts[degree] += 1.0;
        }
        Degrees::of_weights(counts)
    }

    fn of_weights(weights: Vec<f64>) -> Degrees {
        let all: f64 = crate::stats::sum(&weights);
        let last = weights.iter().rposition(|&weight| weight > 0.0).unwrap_or(0);
        let all = if all > 0.0 { all } else { 1.0 };
        Degrees { shares: weights[..=last].iter().map(|weight| weight / all).collect() }
    }

    /// The share of the agents with k neighbours, at place k.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    pub fn mean(&self) -> f64 {
        self.sum(|k, share| k * share)
    }

    /// The shares of the degrees met along a tie, where an agent with k neighbours is met k times.
    pub fn met(&self) -> Vec<f64> {
        let mean = self.mean();
        let share = |(k, share): (usize, &f64)| if mean > 0.0 { k as f64 * share / mean } else { 0.0 };
        self.shares.iter().enumerate().map(share).collect()
    }

    /// How many more neighbours one has who is met along a tie, on average.
    pub fn excess(&self) -> f64 {
        self.met().iter().enumerate().skip(1).map(|(k, share)| (k - 1) as f64 * share).sum()
    }

    /// The sum over k of share(k) x^k.
    pub fn generating(&self, x: f64) -> f64 {
        self.shares.iter().rev().fold(0.0, |sum, share| sum * x + share)
    }

    /// The same for the further neighbours of one who is met along a tie.
    pub fn generating_met(&self, x: f64) -> f64 {
        self.met().iter().skip(1).rev().fold(0.0, |sum, share| sum * x + share)
    }

    /// The best connected `share` of the agents, as a distribution of its own; the least degree among them may be split.
    pub fn top(&self, share: f64) -> Degrees {
        let mut left = share.clamp(0.0, 1.0);
        let mut shares = vec![0.0; self.shares.len()];
        for (k, &all) in self.shares.iter().enumerate().rev() {
            shares[k] = all.min(left);
            left -= shares[k];
        }
        Degrees::of_weights(shares)
    }

    fn sum(&self, of: impl Fn(f64, f64) -> f64) -> f64 {
        self.shares.iter().enumerate().map(|(k, &share)| of(k as f64, share)).sum()
    }
}

/// Share of a Poisson distribution at or below `most`.
pub fn poisson_cdf(most: u32, mean: f64) -> f64 {
    let mut term = exp(-mean);
    let mut sum = term;
    for k in 1..=most {
        term *= mean / f64::from(k);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_degrees_have_mean_and_excess_z() {
        for z in [0.3, 1.0, 4.0, 30.0, 900.0] {
            let degrees = Degrees::poisson(z);
            assert!((degrees.mean() - z).abs() < 1e-9 * z && (degrees.excess() - z).abs() < 1e-9 * z, "{z}");
            assert!((degrees.generating(0.5) - exp(-0.5 * z)).abs() < 1e-12);
        }
        assert!((Degrees::poisson(2.0).shares()[1] - 2.0 * exp(-2.0)).abs() < 1e-15);
    }

    #[test]
    fn other_degrees_have_the_mean_they_are_asked_for() {
        assert_eq!(Degrees::regular(4.0).shares(), [0.0, 0.0, 0.0, 0.0, 1.0]);
        assert!((Degrees::regular(4.5).mean() - 4.5).abs() < 1e-12);
        assert!((Degrees::exponential(3.0).mean() - 3.0).abs() < 1e-9);
        let path = Degrees::of_agents([1, 2, 2, 1]);
        assert_eq!((path.shares(), path.mean()), (&[0.0, 0.5, 0.5][..], 1.5));
        assert_eq!(path.top(0.25).shares(), [0.0, 0.0, 1.0]);
        assert_eq!(Degrees::of_agents([]).mean(), 0.0);
    }
}
