//! Points spread over ranges: Sobol, Latin hypercube, independent.

use super::sobol::{Coordinate, DIMENSIONS, scrambled};
use super::{Factor, Level};
use crate::rng::{Purpose, Source, Stream};
use crate::stats::{exp, log};

/// Draws of [`Purpose::Design`] from which the parts of sampled designs begin.
const SAMPLING: u32 = 16;

/// How points are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Sobol's sequence, scrambled: the first points stay when more are asked for.
    Sobol,
    /// Latin hypercube (McKay, Beckman & Conover 1979): one point in each of n equal parts of every range.
    Latin,
    /// Each point by itself: the first points stay when more are asked for.
    Random,
}

/// A parameter that takes values between two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    pub name: String,
    pub low: f64,
    pub high: f64,
    pub scale: Scale,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Linear,
    /// Equal shares of the points between 1 and 10 and between 10 and 100. Both ends are above 0.
    Logarithmic,
    /// Whole numbers, both ends included.
    Whole,
}

impl Range {
    /// The value at a share of the way from `low` to `high`, 0 <= share < 1.
    fn at(&self, share: f64) -> f64 {
        let Range { low, high, .. } = *self;
        let value = match self.scale {
            Scale::Linear => low + (high - low) * share,
            Scale::Logarithmic => exp(log(low) + (log(high) - log(low)) * share),
            Scale::Whole => low + ((high - low + 1.0) * share).floor(),
        };
        // Rounding must not leave the range.
        value.clamp(low, high)
    }
}

/// `n` points over `ranges`. `part` tells apart the samples of one study; equal seeds give equal points.
///
/// Refuses more ranges than [`Method::Sobol`] has dimensions.
pub fn sample(method: Method, n: u32, ranges: &[Range], seed: u64, part: u32) -> Result<Factor, String> {
    if method == Method::Sobol && ranges.len() > DIMENSIONS {
        return Err(format!(
            "method \"sobol\" spreads at most {DIMENSIONS} parameters, not {}; \"latin\" takes any number",
            ranges.len()
        ));
    }
    let key = Source::new(seed, 0).key(Purpose::Design, SAMPLING + part);
    let columns = ranges.iter().enumerate().map(|(dimension, range)| {
        let stream = key.stream(dimension as u64);
        let shares = match method {
            Method::Sobol => sobol(n, dimension, stream),
            Method::Latin => latin(n, stream),
            Method::Random => random(n, stream),
        };
        shares.into_iter().map(|share| Level::Number(range.at(share) + 0.0)).collect::<Vec<Level>>()
    });
    let columns: Vec<Vec<Level>> = columns.collect();
    let point = |number: usize| columns.iter().map(|column| column[number].clone()).collect();
    Ok(Factor {
        names: ranges.iter().map(|range| range.name.clone()).collect(),
        points: (0..n as usize).map(point).collect(),
    })
}

fn sobol(n: u32, dimension: usize, mut stream: Stream) -> Vec<f64> {
    let (coordinate, key) = (Coordinate::new(dimension), stream.bits64());
    // The middle of the last digit's part, so that no point lies on the border of a box.
    (0..n).map(|number| (f64::from(scrambled(coordinate.bits(number), key)) + 0.5) / 4_294_967_296.0).collect()
}

fn latin(n: u32, mut stream: Stream) -> Vec<f64> {
    let mut strata: Vec<u32> = (0..n).collect();
    stream.shuffle(&mut strata);
    strata.into_iter().map(|stratum| (f64::from(stratum) + stream.unit()) / f64::from(n)).collect()
}

fn random(n: u32, mut stream: Stream) -> Vec<f64> {
    (0..n).map(|_| stream.unit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str) -> Range {
        Range { name: name.into(), low: 0.0, high: 1.0, scale: Scale::Linear }
    }

    fn numbers(factor: &Factor, place: usize) -> Vec<f64> {
        factor.points.iter().map(|point| point[place].number().unwrap()).collect()
    }

    fn plane(method: Method, n: u32, seed: u64) -> Vec<(f64, f64)> {
        let factor = sample(method, n, &[unit("x"), unit("y")], seed, 0).unwrap();
        numbers(&factor, 0).into_iter().zip(numbers(&factor, 1)).collect()
    }

    /// The square of the L2 star discrepancy (Warnock's formula).
    fn discrepancy(points: &[(f64, f64)]) -> f64 {
        let n = points.len() as f64;
        let single: f64 = points.iter().map(|(x, y)| (1.0 - x * x) * (1.0 - y * y)).sum();
        let pairs: f64 =
            points.iter().flat_map(|a| points.iter().map(move |b| (1.0 - a.0.max(b.0)) * (1.0 - a.1.max(b.1)))).sum();
        1.0 / 9.0 - single / (2.0 * n) + pairs / (n * n)
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_stratum_of_every_parameter() {
        let names = ["a", "b", "c", "d"].map(unit);
        let factor = sample(Method::Latin, 50, &names, 7, 0).unwrap();
        for place in 0..4 {
            let mut strata: Vec<u32> = numbers(&factor, place).iter().map(|x| (x * 50.0) as u32).collect();
            strata.sort();
            assert_eq!(strata, (0..50).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn sobol_points_are_spread_far_more_evenly_than_independent_ones() {
        // Independent points: 5/36 / n on average. Sobol points are below a tenth of that for every seed tried.
        for seed in 0..20 {
            let [even, free] = [Method::Sobol, Method::Random].map(|method| discrepancy(&plane(method, 256, seed)));
            assert!(even < 0.1 * 5.0 / 36.0 / 256.0, "seed {seed}: {even}");
            assert!(even < free, "seed {seed}: {even} {free}");
        }
    }

    #[test]
    fn more_points_keep_the_first_ones() {
        for method in [Method::Sobol, Method::Random] {
            assert_eq!(plane(method, 10, 3), plane(method, 40, 3)[..10]);
            assert_ne!(plane(method, 10, 3), plane(method, 10, 4));
        }
    }

    #[test]
    fn two_samples_of_a_study_are_different() {
        let of = |part| sample(Method::Latin, 9, &[unit("x")], 1, part).unwrap();
        assert_ne!(of(0), of(1));
        assert_eq!(of(1), of(1));
    }

    #[test]
    fn scales_fill_their_range() {
        let range = |low, high, scale| Range { low, high, scale, ..unit("x") };
        let of = |range: Range| numbers(&sample(Method::Sobol, 512, &[range], 5, 0).unwrap(), 0);
        let below = |values: &[f64], limit: f64| values.iter().filter(|&&value| value < limit).count();
        let linear = of(range(-2.0, 6.0, Scale::Linear));
        assert!(linear.iter().all(|x| (-2.0..=6.0).contains(x)) && below(&linear, 0.0) == 128);
        let logarithmic = of(range(0.01, 100.0, Scale::Logarithmic));
        assert!(logarithmic.iter().all(|x| (0.01..=100.0).contains(x)) && below(&logarithmic, 1.0) == 256);
        let whole = of(range(1.0, 4.0, Scale::Whole));
        assert!([1.0, 2.0, 3.0, 4.0].iter().all(|n| whole.iter().filter(|x| x == &n).count() == 128));
    }

    #[test]
    fn the_points_are_pinned() {
        let first = |method| plane(method, 8, 1)[0];
        let expected = [
            (0.3508728634333238, 0.06047483126167208),
            (0.5745024362788526, 0.7932038129097415),
            (0.38918539403106955, 0.24068301881923426),
        ];
        assert_eq!([first(Method::Sobol), first(Method::Latin), first(Method::Random)], expected);
    }

    #[test]
    fn too_many_ranges_for_sobol_are_refused_with_what_takes_them() {
        let many: Vec<Range> = (0..22).map(|place| unit(&format!("p{place}"))).collect();
        assert!(sample(Method::Sobol, 4, &many, 1, 0).unwrap_err().contains("\"latin\" takes any number"));
        assert_eq!(sample(Method::Latin, 4, &many, 1, 0).unwrap().names.len(), 22);
    }
}
