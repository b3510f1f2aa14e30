//! Special functions: quantiles of the normal and the beta distribution.

use libm::{erfc, exp, fabs, lgamma, log, log1p, sqrt};

/// The value below which a share `u` (0 < u < 1) of a standard normal falls; about 16 digits.
/// Source: Wichura 1988, algorithm AS 241 (PPND16), Appl. Statist. 37:477.
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if fabs(q) <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE.0, &CENTRE.1);
    }
    let tail = sqrt(-log(if q < 0.0 { u } else { 1.0 - u }));
    let size = if tail <= 5.0 { ratio(tail - 1.6, &MIDDLE.0, &MIDDLE.1) } else { ratio(tail - 5.0, &FAR.0, &FAR.1) };
    if q < 0.0 { -size } else { size }
}

/// Share of a standard normal below `x`.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

fn ratio(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, &k| sum * x + k);
    horner(above) / horner(below)
}

type Rational = ([f64; 8], [f64; 8]);

#[rustfmt::skip]
const CENTRE: Rational = (
    [3.387_132_872_796_366_5, 133.141_667_891_784_38, 1_971.590_950_306_551_3, 13_731.693_765_509_46,
     45_921.953_931_549_87, 67_265.770_927_008_7, 33_430.575_583_588_13, 2_509.080_928_730_122_7],
    [1.0, 42.313_330_701_600_91, 687.187_007_492_057_9, 5_394.196_021_424_751,
     21_213.794_301_586_597, 39_307.895_800_092_71, 28_729.085_735_721_943, 5_226.495_278_852_854],
);
#[rustfmt::skip]
const MIDDLE: Rational = (
    [1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
     1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 7.745_450_142_783_414e-4],
    [1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1,
     0.148_103_976_427_480_08, 0.015_198_666_563_616_457, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9],
);
#[rustfmt::skip]
const FAR: Rational = (
    [6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
     0.026_532_189_526_576_124, 0.001_242_660_947_388_078_4, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7],
    [1.0, 0.599_832_206_555_887_9, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615,
     7.868_691_311_456_133e-4, 1.846_318_317_510_054_7e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15],
);

/// Share of Beta(a, b) below `x`: the regularised incomplete beta function I_x(a, b).
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b));
    // The continued fraction converges fast on the near side of the mean.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// Continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let keep = |v: f64| if fabs(v) < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..500 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let step = c * d;
        fraction *= step;
        if fabs(step - 1.0) < 1e-15 {
            break;
        }
    }
    fraction
}

/// The value below which a share `u` (0 < u < 1) of Beta(a, b) falls, by Newton steps kept inside a bracket.
pub fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    let scale = lgamma(a + b) - lgamma(a) - lgamma(b);
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..200 {
        let excess = beta_cdf(a, b, x) - u;
        if excess > 0.0 {
            high = x
        } else {
            low = x
        }
        let density = exp(scale + (a - 1.0) * log(x) + (b - 1.0) * log1p(-x));
        let newton = x - excess / density;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if fabs(next - x) <= 1e-15 * x || next == low || next == high {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_inverts_the_normal_distribution() {
        for u in [1e-12, 1e-6, 0.01, 0.07, 0.075, 0.3, 0.5, 0.8, 0.925, 0.93, 0.999] {
            assert!((normal_cdf(normal_quantile(u)) / u - 1.0).abs() < 1e-12, "{u}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
    }

    #[test]
    fn the_beta_quantile_inverts_the_beta_distribution() {
        for (a, b) in [(0.5, 0.5), (1.0, 1.0), (2.0, 5.0), (30.0, 4.0), (0.2, 3.0)] {
            for u in [1e-4, 0.1, 0.5, 0.9, 0.999] {
                let x = beta_quantile(a, b, u);
                assert!((beta_cdf(a, b, x) - u).abs() < 1e-11, "a {a} b {b} u {u} x {x}");
            }
        }
        // Beta(1, b) has the closed form 1 - (1 - u)^(1/b); Beta(2, 1) has sqrt(u).
        assert!((beta_quantile(1.0, 3.0, 0.488) - 0.2).abs() < 1e-12);
        assert!((beta_quantile(2.0, 1.0, 0.25) - 0.5).abs() < 1e-12);
    }
}
