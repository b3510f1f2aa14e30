//! How much it takes to convince an agent: the share of agents whom `m` of `k` neighbours convince.

use crate::stats::special::normal_cdf;

/// The law of thresholds in a population. A threshold is met when it is reached, not only when it is passed.
#[derive(Clone, Debug, PartialEq)]
pub enum Thresholds {
    /// A share of the neighbours, the same for all.
    Share(f64),
    /// A share of the neighbours, normal with a mean and a deviation above 0. Those at or below 0 act without anybody; those
    /// above 1 never do.
    Normal { mean: f64, sd: f64 },
    /// A share of the neighbours, equally likely anywhere between two values.
    Uniform { low: f64, high: f64 },
    /// A number of neighbours, however many there are.
    Sources(f64),
}

impl Thresholds {
    /// The share of agents with `k` neighbours who are convinced when `m` of them are. A share of nobody is 0.
    pub fn convinced(&self, m: usize, k: usize) -> f64 {
        // By division, as the engine compares, so that 3 of 10 meet a threshold of 0.3.
        let share = if k == 0 { 0.0 } else { m as f64 / k as f64 };
        let whether = |met: bool| if met { 1.0 } else { 0.0 };
        match *self {
            Thresholds::Share(threshold) => whether(share >= threshold),
            Thresholds::Normal { mean, sd } => normal_cdf((share - mean) / sd),
            Thresholds::Uniform { low, high } if high > low => ((share - low) / (high - low)).clamp(0.0, 1.0),
            Thresholds::Uniform { low, .. } => whether(share >= low),
            Thresholds::Sources(needed) => whether(m as f64 >= needed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_met_when_it_is_reached() {
        assert_eq!(Thresholds::Share(0.3).convinced(3, 10), 1.0);
        assert_eq!(Thresholds::Share(0.07).convinced(7, 100), 1.0);
        assert_eq!(Thresholds::Share(0.18).convinced(0, 0), 0.0);
        assert_eq!(Thresholds::Sources(2.0).convinced(1, 1), 0.0);
        assert_eq!(Thresholds::Uniform { low: 0.0, high: 1.0 }.convinced(1, 4), 0.25);
        assert_eq!(Thresholds::Normal { mean: 0.25, sd: 0.1 }.convinced(1, 4), 0.5);
    }
}
