//! Sequential stopping: a cell is repeated until an interval is narrow enough.

use serde::{Deserialize, Serialize};

use crate::stats::{Interval, t_interval, wilson};

/// Replicate until something is known to within a width.
///
/// The runs of a cell are looked at in the order of their numbers, first 10 of them, then half as many again each time;
/// the first look at which the interval is narrow enough decides how many runs the cell has. So the answer depends on the
/// rows alone, not on which of them was made first, by how many threads, or how many more there are.
///
/// Looking often and stopping at the first narrow interval makes intervals a little too narrow on average; looks that
/// are half as many again keep them few (13 up to a thousand runs).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Until {
    /// The measure that is to be known.
    pub measure: String,
    /// From the low to the high end of its 95 % interval.
    pub width: f64,
    /// When given, what is to be known is the share of runs in which the measure is above this (Wilson's interval);
    /// else its mean (Student's t).
    pub share_above: Option<f64>,
}

const FIRST_LOOK: u32 = 10;
const CONFIDENCE: f64 = 0.95;

impl Until {
    /// Whether these values, one for each run that was done and has one, are enough.
    pub fn known(&self, values: &[f64]) -> bool {
        let Interval { low, high } = match self.share_above {
            None => t_interval(values, CONFIDENCE),
            Some(limit) => {
                let above = values.iter().filter(|&&value| value > limit).count();
                wilson(above as u64, values.len() as u64, CONFIDENCE)
            }
        };
        // An unknown interval is not narrow.
        high - low <= self.width
    }

    /// How many runs a cell needs, of at most `at_most`, as far as it can be told: `value` gives the measure of a
    /// replicate, NaN when the run failed or has no value, nothing when it is not there yet.
    pub fn wanted(&self, at_most: u32, mut value: impl FnMut(u32) -> Option<f64>) -> u32 {
        let (mut look, mut values, mut next) = (FIRST_LOOK.min(at_most), Vec::new(), 0);
        loop {
            while next < look {
                match value(next) {
                    None => return look,
                    Some(value) => values.extend((!value.is_nan()).then_some(value)),
                }
                next += 1;
            }
            if look == at_most || self.known(&values) {
                return look;
            }
            look = (look + look / 2).min(at_most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(width: f64) -> Until {
        Until { measure: "adopted".into(), width, share_above: None }
    }

    #[test]
    fn looks_come_at_ten_and_half_as_many_again() {
        let mut there = 0;
        let mut looks = Vec::new();
        // Nothing is ever known to width 0 with values that differ: the cap ends it.
        while there < 100 {
            there = mean(0.0).wanted(100, |replicate| (replicate < there).then_some(f64::from(replicate % 2)));
            looks.push(there);
        }
        assert_eq!(looks, [10, 15, 22, 33, 49, 73, 100]);
        assert_eq!(mean(0.0).wanted(4, |_| None), 4);
    }

    #[test]
    fn a_cell_without_spread_is_known_at_the_first_look_and_a_share_takes_wilsons_width() {
        assert_eq!(mean(0.01).wanted(1000, |_| Some(0.5)), 10);
        let share = Until { share_above: Some(0.1), ..mean(0.1) };
        // All above: Wilson's interval of n of n is z^2 / (n + z^2) wide; 0.1 is reached from n = 35 on.
        assert_eq!(share.wanted(1000, |_| Some(0.5)), 49);
        // A half: 2 z sqrt(1/4 / n) or so; 0.1 is reached from n = 381 on.
        assert_eq!(share.wanted(1000, |replicate| Some(f64::from(replicate % 2))), 549);
    }

    #[test]
    fn later_rows_do_not_change_what_earlier_ones_decided() {
        let value = |replicate: u32| if replicate < 10 { 0.5 } else { f64::from(replicate) };
        assert_eq!(mean(0.01).wanted(1000, |replicate| Some(value(replicate))), 10);
    }

    #[test]
    fn failed_runs_count_as_runs_and_not_as_values() {
        assert_eq!(mean(0.01).wanted(40, |_| Some(f64::NAN)), 40, "nothing is ever known");
        assert_eq!(mean(0.01).wanted(40, |replicate| Some(if replicate < 9 { f64::NAN } else { 1.0 })), 15);
    }

    #[test]
    fn a_mean_is_known_to_the_width_that_was_asked_for() {
        // Uniform values have standard deviation 0.289: width 0.1 takes 4 * 0.0833 * 1.96^2 / 0.01 = 128 runs or so.
        let mut stream = crate::rng::Stream::from_seed(5);
        let values: Vec<f64> = (0..1000).map(|_| stream.unit()).collect();
        let n = mean(0.1).wanted(1000, |replicate| Some(values[replicate as usize]));
        assert_eq!(n, 163);
        let interval = t_interval(&values[..n as usize], 0.95);
        assert!(interval.high - interval.low <= 0.1);
    }
}
