//! What depends on the order of values by size: quantiles, ranks, inequality.

/// The values in ascending order. NaN would have no place: leave it out before.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The value below which a share `q` (0 to 1) of `sorted` falls, interpolated linearly between the two neighbours at
/// (n - 1) q; NaN of nothing. Source: Hyndman and Fan 1996, type 7 (the default of R, numpy and Julia).
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    debug_assert!(sorted.is_sorted(), "quantiles need ascending values");
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let below = place as usize;
    let above = (below + 1).min(last);
    let part = place - below as f64;
    // Equal neighbours need no interpolation, which would turn infinities into NaN.
    if part == 0.0 || sorted[below] == sorted[above] {
        return sorted[below];
    }
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// The middle value of `sorted`, or half way between the two middle ones.
pub fn median(sorted: &[f64]) -> f64 {
    quantile(sorted, 0.5)
}

/// Every value's place by size, from 1; equal values share the mean of their places (mid-ranks).
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let tied = order[start..].iter().take_while(|&&i| values[i] == values[order[start]]).count().max(1);
        for &i in &order[start..start + tied] {
            // Places start + 1 ..= start + tied, their mean.
            ranks[i] = start as f64 + (tied + 1) as f64 / 2.0;
        }
        start += tied;
    }
    ranks
}

/// Gini coefficient of values from 0 on: 0 when all hold the same, (n - 1) / n when one holds everything; NaN of
/// nothing or of nothing but zeros.
pub fn gini(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let sorted = sorted(values);
    let weighted: Vec<f64> =
        sorted.iter().enumerate().map(|(i, value)| (2.0 * (i + 1) as f64 - n - 1.0) * value).collect();
    super::sum(&weighted) / (n * super::sum(&sorted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r_and_numpy() {
        let values = sorted(&[15.0, 50.0, 20.0, 40.0, 35.0]);
        assert_eq!(values, [15.0, 20.0, 35.0, 40.0, 50.0]);
        // numpy.quantile([15, 20, 35, 40, 50], [0, .1, .4, .5, .9, 1])
        for (q, expected) in [(0.0, 15.0), (0.1, 17.0), (0.4, 29.0), (0.5, 35.0), (0.9, 46.0), (1.0, 50.0)] {
            assert!((quantile(&values, q) - expected).abs() < 1e-12, "{q}");
        }
        assert_eq!(median(&[1.0, 2.0, 3.0, 10.0]), 2.5);
        assert_eq!(quantile(&[7.0], 0.9), 7.0);
        assert!(median(&[]).is_nan());
        assert_eq!(median(&[f64::INFINITY, f64::INFINITY]), f64::INFINITY);
    }

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[30.0, 10.0, 20.0, 20.0]), [4.0, 1.0, 2.5, 2.5]);
        assert_eq!(ranks(&[0.0, -0.0, 0.0]), [2.0, 2.0, 2.0]);
        assert_eq!(ranks(&[f64::NAN, 1.0]), [2.0, 1.0], "NaN comes last and stops nothing");
    }

    #[test]
    fn inequality_runs_from_equal_shares_to_one_owner() {
        assert_eq!(gini(&[3.0, 3.0, 3.0, 3.0]), 0.0);
        assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0]), 0.75);
        assert_eq!(gini(&[4.0, 1.0, 3.0, 2.0]), 0.25);
        assert!(gini(&[0.0, 0.0]).is_nan());
    }
}
