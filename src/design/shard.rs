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

    /// The runs of this share; `alike` as in [`Dealing::new`].
    pub fn of(&self, design: &Design, seed: u64, alike: &[u64]) -> Share {
        let dealing = (!self.is_whole()).then(|| Dealing::new(design, seed, alike));
        Share { shard: *self, dealing }
    }
}

/// Which runs of a design are in a share.
#[derive(Clone, Debug)]
pub struct Share {
    shard: Shard,
    /// None where the share is the whole.
    dealing: Option<Dealing>,
}

impl Share {
    pub fn has(&self, run: Run) -> bool {
        self.dealing.as_ref().is_none_or(|dealing| dealing.share(run, self.shard.of) == self.shard.number)
    }
}

/// The order in which the runs of a design are dealt out: cut into N stretches of equal length, to within one run, it
/// gives N shares. It is shuffled by the seed, so that costly runs, which lie side by side in the design, are spread over
/// all shares; but those that share a network stay together, or every share would build all networks again.
///
/// The same for everybody and for ever: who computes which share when, and how many shares an earlier attempt had,
/// changes nothing about what the shares of N hold.
#[derive(Clone, Debug)]
pub struct Dealing {
    by_cell: bool,
    replicates: u32,
    /// In the order, by run or by cell.
    places: Vec<u32>,
}

impl Dealing {
    /// `alike` has a number for every cell, the same for cells whose runs share their network. Where cells are repeated
    /// until something is known, whole cells are dealt out: who makes a cell can then go on without waiting for others.
    pub fn new(design: &Design, seed: u64, alike: &[u64]) -> Dealing {
        let by_cell = design.until.is_some();
        let (kinds, kind) = numbered(alike);
        let replicates = design.replicates as usize;
        let places = match by_cell {
            true => places(kind.len(), kinds, |cell| kind[cell], seed),
            false => places(
                kind.len() * replicates,
                kinds * replicates,
                |run| kind[run / replicates] * replicates + run % replicates,
                seed,
            ),
        };
        Dealing { by_cell, replicates: design.replicates, places }
    }

    /// The share of a run, from 0, when there are `of`.
    pub fn share(&self, run: Run, of: u32) -> u32 {
        let cell = run.cell as usize;
        let thing = if self.by_cell { cell } else { cell * self.replicates as usize + run.replicate as usize };
        let share = u64::from(self.places[thing]) * u64::from(of) / self.places.len() as u64;
        u32::try_from(share).expect("a place lies below the number of places")
    }
}

/// Different numbers as 0, 1, ...: how many there are, and which each is.
fn numbered(numbers: &[u64]) -> (usize, Vec<usize>) {
    let mut known = numbers.to_vec();
    known.sort_unstable();
    known.dedup();
    let place = |number| known.binary_search(number).expect("all are known");
    (known.len(), numbers.iter().map(place).collect())
}

/// For each of `things` its place in a shuffled order, in which things of one of the `groups` follow on each other.
fn places(things: usize, groups: usize, group: impl Fn(usize) -> usize, seed: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(things).expect("runs are numbered with 32 bits")).collect();
    Source::new(seed, 0).key(Purpose::Design, DEALING).stream(0).shuffle(&mut order);
    let mut sizes = vec![0; groups];
    (0..things).for_each(|thing| sizes[group(thing)] += 1);
    // The next free place of every group that was met; the first of its things to come brings the group its stretch.
    let mut next: Vec<Option<u32>> = vec![None; groups];
    let (mut free, mut places) = (0, vec![0; things]);
    for thing in order.into_iter().map(|thing| thing as usize) {
        let group = group(thing);
        let place = next[group].unwrap_or_else(|| {
            free += sizes[group];
            free - sizes[group]
        });
        places[thing] = place;
        next[group] = Some(place + 1);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(cells: u32, replicates: u32) -> Design {
        let levels = (0..cells).map(|level| crate::design::Level::Number(f64::from(level))).collect();
        Design::grid(&[crate::design::Parameter { name: "a".into(), levels }], replicates)
    }

    fn runs(design: &Design) -> impl Iterator<Item = Run> {
        (0..design.runs()).map(|number| design.run(number))
    }

    /// No two cells share a network.
    fn all_different(design: &Design) -> Vec<u64> {
        (0..design.cells.len() as u64).collect()
    }

    #[test]
    fn every_run_is_in_just_one_share_and_shares_are_equal_to_within_one() {
        let design = design(100, 10);
        for alike in [all_different(&design), vec![7; 100]] {
            for of in [1, 2, 3, 7, 40, 3000] {
                let mut sizes = vec![0; of as usize];
                let shares: Vec<Share> =
                    (0..of.min(40)).map(|number| Shard { number, of }.of(&design, 7, &alike)).collect();
                let dealing = Dealing::new(&design, 7, &alike);
                for run in runs(&design) {
                    let mine = dealing.share(run, of);
                    sizes[mine as usize] += 1;
                    assert!((0..).zip(&shares).all(|(number, share)| share.has(run) == (number == mine)));
                }
                assert!(sizes.iter().all(|&size| size == 1000 / of || size == 1000_u32.div_ceil(of)), "{sizes:?}");
            }
        }
    }

    #[test]
    fn runs_that_share_a_network_stay_together_but_for_the_cuts() {
        // 30 cells, of 3 networks for each of 20 replicates: 60 networks, and at most 7 cuts between 8 shares.
        let design = design(30, 20);
        let alike: Vec<u64> = (0..30).map(|cell| 100 - cell % 3).collect();
        let dealing = Dealing::new(&design, 5, &alike);
        let mut built: Vec<(u32, u64, u32)> =
            runs(&design).map(|run| (dealing.share(run, 8), alike[run.cell as usize], run.replicate)).collect();
        built.sort_unstable();
        built.dedup();
        assert!(built.len() <= 67, "{} networks are built", built.len());
    }

    #[test]
    fn whole_cells_are_dealt_where_rows_decide_how_many_runs_they_have() {
        let mut design = design(20, 10);
        let cells_split = |design: &Design| {
            let share = Shard { number: 1, of: 3 }.of(design, 5, &all_different(design));
            let has = |cell| (0..10).filter(|&replicate| share.has(Run { cell, replicate })).count();
            (0..20).filter(|&cell| !matches!(has(cell), 0 | 10)).count()
        };
        assert!(cells_split(&design) > 15);
        design.until = Some(crate::design::Until { measure: "x".into(), width: 0.1, share_above: None });
        assert_eq!(cells_split(&design), 0);
    }

    #[test]
    fn the_dealing_is_pinned() {
        let design = design(6, 2);
        let mine = |number| -> Vec<u64> {
            let share = Shard { number, of: 3 }.of(&design, 1, &all_different(&design));
            (0..12).filter(|&number| share.has(design.run(number))).collect()
        };
        assert_eq!([mine(0), mine(1), mine(2)], [[1, 6, 10, 11], [4, 5, 8, 9], [0, 2, 3, 7]]);
    }

    #[test]
    fn neighbours_are_spread_over_the_shares() {
        // A cell of 100 runs in 4 shares: 25 each, standard deviation 4.1 (hypergeometric); all within 5 of them. Whether
        // or not cells share networks.
        let design = design(10, 100);
        for alike in [all_different(&design), vec![0; 10]] {
            let dealing = Dealing::new(&design, 7, &alike);
            for cell in 0..10 {
                let mut here = [0; 4];
                (0..100).for_each(|replicate| here[dealing.share(Run { cell, replicate }, 4) as usize] += 1);
                assert!(here.iter().all(|here| (5..=45).contains(here)), "{here:?}");
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
