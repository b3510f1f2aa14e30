//! Distributions of initial values. One draw costs one row of 64 bits, turned into the value by the inverse of the
//! distribution function, so that value r of a column depends on row r alone. The formulas are ours and pinned by tests.

use serde::{Deserialize, Serialize};

use super::{Draws, Key, happens, open_unit, unit};
use crate::stats::special::{beta_quantile, normal_quantile};
use crate::stats::{exp, pow};

/// A law that initial values are drawn from; build it with the checked constructors.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Distribution {
    /// Every value in [low, high) equally likely.
    Uniform { low: f64, high: f64 },
    /// Mean and standard deviation.
    Normal { mean: f64, sd: f64 },
    /// exp of a normal with these parameters.
    Lognormal { mean: f64, sd: f64 },
    /// Beta(a, b) on (0, 1).
    Beta { a: f64, b: f64 },
    /// P(X > x) = (minimum / x)^exponent for x >= minimum.
    Pareto { minimum: f64, exponent: f64 },
    /// 1 with probability p, else 0.
    Bernoulli { p: f64 },
    /// Every whole number from low to high, both included, equally likely.
    Int { low: f64, high: f64 },
}

/// Why a distribution cannot be: which parameter, and what is allowed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{parameter} = {value} is out of range: {allowed}")]
pub struct OutOfRange {
    pub parameter: &'static str,
    pub value: f64,
    pub allowed: &'static str,
}

fn require(ok: bool, parameter: &'static str, value: f64, allowed: &'static str) -> Result<(), OutOfRange> {
    if ok { Ok(()) } else { Err(OutOfRange { parameter, value, allowed }) }
}

impl Distribution {
    pub fn uniform(low: f64, high: f64) -> Result<Self, OutOfRange> {
        require(low.is_finite(), "low", low, "a finite number")?;
        require(high.is_finite() && high >= low, "high", high, "a finite number, at least low")?;
        Ok(Distribution::Uniform { low, high })
    }

    pub fn normal(mean: f64, sd: f64) -> Result<Self, OutOfRange> {
        require(mean.is_finite(), "mean", mean, "a finite number")?;
        require(sd.is_finite() && sd >= 0.0, "sd", sd, "a finite number, at least 0")?;
        Ok(Distribution::Normal { mean, sd })
    }

    pub fn lognormal(mean: f64, sd: f64) -> Result<Self, OutOfRange> {
        Self::normal(mean, sd)?;
        Ok(Distribution::Lognormal { mean, sd })
    }

    pub fn beta(a: f64, b: f64) -> Result<Self, OutOfRange> {
        require(a.is_finite() && a > 0.0, "a", a, "a finite number above 0")?;
        require(b.is_finite() && b > 0.0, "b", b, "a finite number above 0")?;
        Ok(Distribution::Beta { a, b })
    }

    pub fn pareto(minimum: f64, exponent: f64) -> Result<Self, OutOfRange> {
        require(minimum.is_finite() && minimum > 0.0, "minimum", minimum, "a finite number above 0")?;
        require(exponent.is_finite() && exponent > 0.0, "exponent", exponent, "a finite number above 0")?;
        Ok(Distribution::Pareto { minimum, exponent })
    }

    pub fn bernoulli(p: f64) -> Result<Self, OutOfRange> {
        require((0.0..=1.0).contains(&p), "p", p, "0 to 1")?;
        Ok(Distribution::Bernoulli { p })
    }

    pub fn int(low: f64, high: f64) -> Result<Self, OutOfRange> {
        require(low.fract() == 0.0, "low", low, "a whole number")?;
        require(high.fract() == 0.0 && high >= low, "high", high, "a whole number, at least low")?;
        Ok(Distribution::Int { low, high })
    }

    /// The value of this law at row `row` of `draws`.
    pub fn at(&self, draws: &mut Draws, row: u64) -> f64 {
        self.of(draws.bits64(row))
    }

    /// The values at rows 0, 1, ... of the draws of `key` at time 0: as by [`Distribution::at`], read in one go.
    pub fn column(&self, key: Key, rows: usize) -> Vec<f64> {
        let mut stream = key.stream(0);
        (0..rows).map(|_| self.of(stream.bits64())).collect()
    }

    fn of(&self, bits: u64) -> f64 {
        match *self {
            Distribution::Uniform { low, high } => low + (high - low) * unit(bits),
            Distribution::Bernoulli { p } => f64::from(u8::from(happens(bits, p))),
            Distribution::Int { low, high } => {
                let span = (high - low) as u64 + 1;
                low + ((u128::from(bits) * u128::from(span)) >> 64) as f64
            }
            _ => self.quantile(open_unit(bits)),
        }
    }

    /// The value below which a share `u` of draws falls, 0 < u < 1.
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Distribution::Uniform { low, high } => low + (high - low) * u,
            Distribution::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Distribution::Lognormal { mean, sd } => exp(mean + sd * normal_quantile(u)),
            Distribution::Beta { a, b } => beta_quantile(a, b, u),
            Distribution::Pareto { minimum, exponent } => minimum * pow(1.0 - u, -1.0 / exponent),
            Distribution::Bernoulli { p } => f64::from(u8::from(u > 1.0 - p)),
            Distribution::Int { low, high } => low + (u * (high - low + 1.0)).floor(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Source};

    fn column(law: Distribution) -> Vec<f64> {
        let mut draws = Source::new(1, 0).key(Purpose::AgentColumn, 0).draws(0);
        (0..40_000).map(|row| law.at(&mut draws, row)).collect()
    }

    #[test]
    fn means_are_those_of_the_law() {
        let cases = [
            (Distribution::uniform(2.0, 4.0).unwrap(), 3.0, 0.58),
            (Distribution::normal(1.0, 2.0).unwrap(), 1.0, 2.0),
            (Distribution::lognormal(0.0, 0.5).unwrap(), exp(0.125), 0.61),
            (Distribution::beta(2.0, 6.0).unwrap(), 0.25, 0.15),
            (Distribution::pareto(1.0, 5.0).unwrap(), 1.25, 0.33),
            (Distribution::bernoulli(0.3).unwrap(), 0.3, 0.46),
            (Distribution::int(1.0, 100.0).unwrap(), 50.5, 28.9),
        ];
        for (law, mean, sd) in cases {
            let values = column(law);
            let observed = values.iter().sum::<f64>() / values.len() as f64;
            // Five standard errors: fails by chance less than once in a million seeds.
            assert!((observed - mean).abs() < 5.0 * sd / 200.0, "{law:?}: {observed}");
        }
    }

    #[test]
    fn a_column_is_its_rows() {
        let key = Source::new(5, 1).key(Purpose::AgentColumn, 7);
        for law in [Distribution::uniform(2.0, 4.0), Distribution::int(1.0, 9.0), Distribution::beta(2.0, 6.0)] {
            let (law, mut draws) = (law.unwrap(), key.draws(0));
            assert_eq!(law.column(key, 300), (0..300).map(|row| law.at(&mut draws, row)).collect::<Vec<f64>>());
        }
    }

    #[test]
    fn whole_numbers_reach_both_ends() {
        let values = column(Distribution::int(1.0, 4.0).unwrap());
        for wanted in 1..=4 {
            assert!(values.contains(&f64::from(wanted)));
        }
        assert!(values.iter().all(|v| v.fract() == 0.0 && (1.0..=4.0).contains(v)));
    }

    #[test]
    fn impossible_parameters_are_refused_by_name() {
        assert_eq!(Distribution::bernoulli(1.5).unwrap_err().to_string(), "p = 1.5 is out of range: 0 to 1");
        assert_eq!(
            Distribution::int(1.0, 2.5).unwrap_err().to_string(),
            "high = 2.5 is out of range: a whole number, at least low"
        );
        assert!(Distribution::uniform(2.0, 1.0).is_err() && Distribution::normal(0.0, -1.0).is_err());
    }
}
