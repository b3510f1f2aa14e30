//! One sweep split over machines: which runs are whose, without anybody asking anybody.

use super::{Design, Run};
use crate::rng::{Purpose, Source};

/// Draws of [`Purpose::Design`] for the order that is dealt out.
const DEALING: u32 = 1;

/// Share `number` (from 0) of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// The whole as one share.
    pub const WHOLE: Shard = Shard { number: 0, of: 1 };

    /// Reads `I/N`, counted from `base`: `1/8` to `8/8` with base 1, `0/8` to `7/8` with base 0.
    pub fn parse(text: &str, base: u32) -> Result<Shard, String> {
        let whole = |text: &str| text.trim().parse::<u32>().ok();
        let Some((number, of)) = text.split_once('/').and_then(|(i, n)| Some((whole(i)?, whole(n)?))) else {
            return Err(format!("--shard {text}: expected I/N, two whole numbers, such as 1/8"));
        };
        let last = u64::from(base) + u64::from(of);
        if of == 0 {
            return Err(format!("--shard {text}: there is no share of nothing, N is at least 1"));
        }
        match number.checked_sub(base) {
            Some(number) if number < of => Ok(Shard { number, of }),
            _ => {
                let meant = match (base, number) {
                    (1, 0) => "; where shares are counted from 0, say --shard-base 0",
                    (0, _) if number == of => "; where shares are counted from 1, leave --shard-base 0 away",
                    _ => "",
                };
                Err(format!("--shard {text}: the shares of {of} are {base} to {}{meant}", last - 1))
            }
        }
    }

    pub fn is_whole(&self) -> bool {
        self.of == 1
    }

    /// The runs of this share. Where cells are repeated until something is known, whole cells are dealt out: who makes a
    /// cell can then go on without waiting for others.
    pub fn of(&self, design: &Design, seed: u64) -> Share {
        let by_cell = design.until.is_some();
        let things = if by_cell { design.cells.len() as u64 } else { design.runs() };
        Share { by_cell, replicates: design.replicates, takes: self.takes(things, seed) }
    }

    /// For each of `things` numbers whether it is in this share: they are dealt out in an order shuffled by `seed`, so
    /// that shares are equal to within one and costly runs, which lie side by side, are spread over all. The same for
    /// everybody and for ever: who computes which share when, and how many shares an earlier attempt had, changes
    /// nothing about what the shares of N hold.
    fn takes(&self, things: u64, seed: u64) -> Vec<bool> {
        if self.is_whole() {
            return vec![true; things as usize];
        }
        let mut order: Vec<u32> = (0..u32::try_from(things).expect("runs are numbered with 32 bits")).collect();
        Source::new(seed, 0).key(Purpose::Design, DEALING).stream(0).shuffle(&mut order);
        let mut takes = vec![false; things as usize];
        order.iter().skip(self.number as usize).step_by(self.of as usize).for_each(|&one| takes[one as usize] = true);
        takes
    }
}

/// Which runs of a design are in a share.
#[derive(Clone, Debug)]
pub struct Share {
    by_cell: bool,
    replicates: u32,
    takes: Vec<bool>,
}

impl Share {
    pub fn has(&self, run: Run) -> bool {
        let cell = run.cell as usize;
        self.takes[if self.by_cell { cell } else { cell * self.replicates as usize + run.replicate as usize }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(of: u32, things: u64) -> Vec<Vec<bool>> {
        (0..of).map(|number| Shard { number, of }.takes(things, 7)).collect()
    }

    #[test]
    fn every_run_is_in_just_one_share_and_shares_are_equal_to_within_one() {
        for of in [1, 2, 3, 7, 40] {
            let shares = shares(of, 1000);
            for thing in 0..1000 {
                assert_eq!(shares.iter().filter(|share| share[thing]).count(), 1);
            }
            for share in &shares {
                let size = share.iter().filter(|&&mine| mine).count();
                assert!(size == 1000 / of as usize || size == 1000_usize.div_ceil(of as usize));
            }
        }
        assert!(shares(5, 3).iter().filter(|share| share.iter().any(|&mine| mine)).count() == 3);
    }

    #[test]
    fn runs_are_dealt_one_by_one_but_cells_as_wholes_where_rows_decide_how_many() {
        let levels = (0..20).map(|level| crate::design::Level::Number(f64::from(level))).collect();
        let mut design = Design::grid(&[crate::design::Parameter { name: "a".into(), levels }], 10);
        let cells_split = |design: &Design| {
            let share = Shard { number: 1, of: 3 }.of(design, 5);
            let has = |cell| (0..10).filter(|&replicate| share.has(Run { cell, replicate })).count();
            (0..20).filter(|&cell| !matches!(has(cell), 0 | 10)).count()
        };
        assert!(cells_split(&design) > 15);
        design.until = Some(crate::design::Until { measure: "x".into(), width: 0.1, share_above: None });
        assert_eq!(cells_split(&design), 0);
    }

    #[test]
    fn the_dealing_is_pinned() {
        let mine = |number, of| -> Vec<usize> {
            let takes = Shard { number, of }.takes(12, 1);
            (0..12).filter(|&thing| takes[thing]).collect()
        };
        assert_eq!([mine(0, 3), mine(1, 3), mine(2, 3)], [vec![0, 1, 8, 10], vec![5, 6, 7, 9], vec![2, 3, 4, 11]]);
    }

    #[test]
    fn neighbours_are_spread_over_the_shares() {
        // A cell of 100 runs in 4 shares: 25 each, standard deviation 4.1 (hypergeometric); all within 5 of them.
        for share in shares(4, 1000) {
            for cell in share.chunks(100) {
                let here = cell.iter().filter(|&&mine| mine).count();
                assert!((5..=45).contains(&here), "{here}");
            }
        }
    }

    #[test]
    fn shares_are_written_from_one_or_from_zero() {
        assert_eq!(Shard::parse("1/8", 1), Ok(Shard { number: 0, of: 8 }));
        assert_eq!(Shard::parse("0/8", 0), Ok(Shard { number: 0, of: 8 }));
        assert_eq!(Shard::parse(" 8 / 8", 1), Ok(Shard { number: 7, of: 8 }));
        let said = |text, base| Shard::parse(text, base).unwrap_err();
        assert_eq!(
            said("0/8", 1),
            "--shard 0/8: the shares of 8 are 1 to 8; where shares are counted from 0, say --shard-base 0"
        );
        assert!(said("8/8", 0).ends_with("are 0 to 7; where shares are counted from 1, leave --shard-base 0 away"));
        assert!(said("9/8", 1).ends_with("the shares of 8 are 1 to 8"));
        assert!(said("1/0", 1).contains("at least 1"));
        assert!(said("1", 1).contains("expected I/N") && said("a/b", 1).contains("expected I/N"));
    }
}
