//! Claims about makers as a whole, and about files and measures against published data.

use proptest::prelude::*;

use super::measure::*;
use super::*;
use crate::rng::{Distribution, Stream};

fn made(maker: &Maker, n: u32, seed: u64) -> Made {
    make(maker, n, &mut Stream::from_seed(seed)).unwrap_or_else(|error| panic!("{maker:?} among {n}: {error}"))
}

fn refusal(maker: Maker, n: u32) -> String {
    make(&maker, n, &mut Stream::from_seed(1)).expect_err("this maker cannot be").to_string()
}

fn ring(k: u32, rewire: f64) -> Maker {
    Maker::Ring { k, rewire, keep_degree: false }
}

mod every_maker {
    use super::*;

    /// Makers of every kind that are possible among n >= 12 agents.
    fn any_maker(n: u32) -> impl Strategy<Value = Maker> {
        let share = prop_oneof![Just(0.0), Just(1.0), 0.0..1.0f64];
        let half = (n - 1) / 2;
        let plain = prop_oneof![
            (0..=half, share.clone(), any::<bool>()).prop_map(|(half, rewire, keep_degree)| Maker::Ring {
                k: 2 * half,
                rewire,
                keep_degree
            }),
            (0.0..f64::from(n - 1)).prop_map(|k| Maker::Random(Density::MeanDegree(k))),
            (0..=u64::from(n) * u64::from(n - 1) / 2).prop_map(|m| Maker::Random(Density::Pairs(m))),
            share.clone().prop_map(|p| Maker::Random(Density::Probability(p))),
            (0..n).prop_map(move |k| Maker::Regular { k: if n % 2 == 1 { k & !1 } else { k } }),
            prop::collection::vec(0..n, n as usize)
                .prop_map(|list| Maker::Configuration { degrees: Degrees::List(list) }),
            prop::collection::vec(0..n / 3, n as usize)
                .prop_map(|list| Maker::Configuration { degrees: Degrees::Like(list) }),
            (1.0..4.0f64, 1..3u32).prop_map(|(exponent, min)| {
                Maker::Configuration { degrees: Degrees::PowerLaw { exponent, min, max: None } }
            }),
            (1..n, any::<bool>()).prop_map(|(m, mutual)| Maker::ScaleFree { m, mutual }),
            (1..n / 2, share.clone()).prop_map(|(m, p)| Maker::Clustered { m, p }),
            (1..3u32, any::<bool>()).prop_map(move |(r, moore)| Maker::Grid {
                r,
                border: true,
                moore,
                sides: Some((1, n))
            }),
            any::<bool>().prop_map(|moore| Maker::Grid { r: 1, border: false, moore, sides: None }),
            Just(Maker::Complete),
            (2..n, 0.0..1.0f64, share.clone()).prop_map(|(size, k, out)| Maker::Groups {
                size,
                k: k * f64::from(size - 1),
                out
            }),
            (0..=n, share.clone(), share.clone()).prop_map(move |(first, p_in, p_out)| Maker::Blocks {
                sizes: vec![first, n - first],
                p_in,
                p_out
            }),
            (prop::collection::vec((0..n, 0..n), 0..60), any::<bool>())
                .prop_map(|(ties, mutual)| Maker::List { ties, mutual }),
        ];
        (plain, prop_oneof![Just(None), any::<bool>().prop_map(Some)]).prop_map(|(maker, shuffle)| match shuffle {
            None => maker,
            Some(keep_degree) => Maker::Shuffled { of: Box::new(maker), keep_degree },
        })
    }

    /// A torus needs a rectangle, which not every n makes.
    fn possible(maker: &Maker, n: u32) -> bool {
        match maker {
            Maker::Grid { sides: None, .. } => (3..n).any(|rows| n.is_multiple_of(rows) && n / rows >= 3),
            Maker::Shuffled { of, .. } => possible(of, n),
            _ => true,
        }
    }

    fn with_agents() -> impl Strategy<Value = (u32, Maker)> {
        (12..40u32).prop_flat_map(|n| any_maker(n).prop_map(move |maker| (n, maker)))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn gives_sound_rows_and_the_same_network_again((n, maker) in with_agents(), seed in 0..1000u64) {
            prop_assume!(possible(&maker, n));
            let first = made(&maker, n, seed);
            prop_assert!(first.network.is_sound());
            prop_assert_eq!(first.network.agents(), n as usize);
            prop_assert_eq!(&first, &made(&maker, n, seed));
            let text = serde_json::to_string(&maker).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Maker>(&text).unwrap(), &maker);
        }

        #[test]
        fn shuffled_keeps_every_degree((n, maker) in with_agents(), seed in 0..1000u64) {
            prop_assume!(possible(&maker, n));
            let before = made(&maker, n, seed).network;
            let after = shuffled(&before, true, &mut Stream::from_seed(seed)).network;
            prop_assert_eq!(before.offsets(), after.offsets());
            prop_assert_eq!(before.by_speaker().offsets, after.by_speaker().offsets);
            let loose = shuffled(&before, false, &mut Stream::from_seed(seed)).network;
            prop_assert_eq!(before.ties(), loose.ties());
            prop_assert_eq!(before.is_mutual(), loose.is_mutual());
        }
    }

    #[test]
    fn makes_no_tie_among_nobody() {
        let makers = [
            ring(10, 0.1),
            Maker::Ring { k: 10, rewire: 0.1, keep_degree: true },
            Maker::Random(Density::MeanDegree(4.0)),
            Maker::Regular { k: 3 },
            Maker::Configuration { degrees: Degrees::PowerLaw { exponent: 2.5, min: 2, max: Some(9) } },
            Maker::ScaleFree { m: 3, mutual: true },
            Maker::Clustered { m: 3, p: 0.5 },
            Maker::Grid { r: 1, border: false, moore: true, sides: None },
            Maker::Complete,
            Maker::Groups { size: 20, k: 4.0, out: 0.1 },
            Maker::Blocks { sizes: vec![], p_in: 0.5, p_out: 0.5 },
            Maker::List { ties: vec![], mutual: true },
        ];
        for maker in makers {
            assert_eq!(made(&maker, 0, 1).network.ties(), 0, "{maker:?}");
        }
    }
}

mod refuses {
    use super::*;

    #[test]
    fn what_cannot_be_and_says_what_can() {
        let cases = [
            (
                refusal(ring(5, 0.0), 100),
                "ring: k = 5 is not possible, allowed is an even number, k / 2 neighbours on each side, such as 4 or 6",
            ),
            (refusal(ring(10, 0.0), 10), "ring: there are 10 agents, but it needs more than k = 10"),
            (refusal(ring(4, 1.5), 10), "ring: rewire = 1.5 is not possible, allowed is 0 to 1"),
            (
                refusal(Maker::Random(Density::MeanDegree(12.0)), 10),
                "random: k = 12 is not possible, allowed is at most 9, as there are 10 agents",
            ),
            (
                refusal(Maker::Regular { k: 3 }, 9),
                "regular: k = 3 is not possible, allowed is an even number, as 9 agents are odd in number (each tie has \
                 two ends)",
            ),
            (
                refusal(Maker::Grid { r: 1, border: false, moore: true, sides: None }, 10_007),
                "grid: there are 10007 agents, but it needs a number that makes a rectangle with sides of 3 or more, \
                 the nearest are 10005 (87 x 115) and 10008 (72 x 139)",
            ),
            (
                refusal(Maker::Blocks { sizes: vec![3, 4], p_in: 0.1, p_out: 0.1 }, 8),
                "blocks: sum of sizes = 7 is not possible, allowed is 8, the number of agents",
            ),
            (
                refusal(Maker::List { ties: vec![(0, 9)], mutual: true }, 9),
                "list: the tie 0 -> 9 names an agent that is not there, agents are 0 to 8",
            ),
            (
                refusal(Maker::Complete, 100_000),
                "the network would have 9999900000 ties, at most 4294967295 are possible",
            ),
            (
                refusal(Maker::Groups { size: 5, k: 5.0, out: 0.0 }, 10),
                "groups: k = 5 is not possible, allowed is at most size - 1 = 4",
            ),
            (
                refusal(Maker::ScaleFree { m: 0, mutual: false }, 10),
                "scale_free: m = 0 is not possible, allowed is 1 or more ties for each newcomer",
            ),
        ];
        for (given, wanted) in cases {
            assert_eq!(given, wanted);
        }
    }
}

mod rings {
    use super::*;

    #[test]
    fn a_ring_with_k_neighbours_has_k_ties_an_agent() {
        let network = made(&ring(6, 0.0), 20, 1).network;
        assert_eq!(network.hears(0), [1, 2, 3, 17, 18, 19]);
        assert_eq!(network.hears(10), [7, 8, 9, 11, 12, 13]);
        assert_eq!(network.ties(), 120);
    }

    #[test]
    fn rewiring_follows_watts_and_strogatz() {
        // n = 1000, k = 10, five networks each: C and L relative to the ring, PAPERS 21. C/C0 has a standard error of up
        // to 0.005 here and as much there.
        let measured = |rewire: f64| {
            let networks = (0..5).map(|seed| made(&ring(10, rewire), 1000, seed).network);
            let found = networks.map(|network| {
                let length = path_length(&network, u64::MAX, &mut Stream::from_seed(0));
                (clustering(&network).mean_local / 5.0, length.mean / 5.0)
            });
            found.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let (c0, l0) = measured(0.0);
        assert!((c0 - 2.0 / 3.0).abs() < 1e-12 && (l0 - 50.4505).abs() < 1e-4, "{c0} {l0}");
        let cases = [
            (0.01, 0.971, 0.176, 0.1),
            (0.03, 0.916, 0.119, 0.05),
            (0.1, 0.746, 0.0887, 0.05),
            (0.3, 0.351, 0.0716, 0.05),
            (1.0, 0.0130, 0.0647, 0.05),
        ];
        for (rewire, c, l, tolerance) in cases {
            let (c_here, l_here) = measured(rewire);
            assert!((c_here / c0 - c).abs() < 0.02, "rewire {rewire}: C/C0 {}", c_here / c0);
            assert!((l_here / l0 / l - 1.0).abs() < tolerance, "rewire {rewire}: L/L0 {}", l_here / l0);
        }
    }

    #[test]
    fn the_share_of_ties_rewired_is_the_one_asked_for() {
        let lattice = made(&ring(8, 0.0), 5000, 1).network;
        // An exchange moves two ties: 1 - 0.9 exp(-0.1).
        for (keep_degree, wanted) in [(false, 0.1), (true, 0.1856)] {
            let network = made(&Maker::Ring { k: 8, rewire: 0.1, keep_degree }, 5000, 2).network;
            assert_eq!(network.ties(), 40_000);
            let stayed: usize =
                (0..5000).map(|i| lattice.hears(i).iter().filter(|&&j| network.has(j, i as u32)).count()).sum();
            let moved = 1.0 - stayed as f64 / 40_000.0;
            // Standard error 0.0021 and 0.0036 at most; five of them.
            assert!((moved - wanted).abs() < 0.011 + 0.007 * f64::from(u8::from(keep_degree)), "{moved}");
            assert_eq!((0..5000).all(|i| network.degree(i) == 8), keep_degree);
        }
    }

    #[test]
    fn a_near_end_keeps_half_its_ties_however_much_is_rewired() {
        let network = made(&ring(8, 1.0), 2000, 3).network;
        assert!((0..2000).all(|i| network.degree(i) >= 4));
        assert!(clustering(&network).mean_local < 0.02);
    }

    #[test]
    fn a_full_ring_has_no_place_to_go() {
        let network = made(&ring(10, 1.0), 11, 3).network;
        assert_eq!(network, made(&Maker::Complete, 11, 0).network);
        let swapped = made(&Maker::Ring { k: 10, rewire: 1.0, keep_degree: true }, 11, 3);
        assert_eq!(swapped.notes[0].count, 55);
    }
}

mod random_networks {
    use super::*;

    #[test]
    fn a_mean_degree_is_met_exactly() {
        let network = made(&Maker::Random(Density::MeanDegree(6.0)), 10_000, 1).network;
        assert_eq!(network.ties(), 60_000);
        assert_eq!(made(&Maker::Random(Density::Pairs(77)), 100, 1).network.ties(), 154);
    }

    #[test]
    fn degrees_are_poisson() {
        let network = made(&Maker::Random(Density::MeanDegree(6.0)), 100_000, 1).network;
        // A Poisson law has <k^2>/<k>^2 = 1 + 1/6; standard error about 0.0003.
        assert!((degree_heterogeneity(&network) - 7.0 / 6.0).abs() < 0.002);
        assert!(degree_assortativity(&network).abs() < 0.01);
        // Giant component at mean degree 2: 0.7968 of the agents (Newman 2002); standard error about 0.004.
        let sparse = made(&Maker::Random(Density::MeanDegree(2.0)), 100_000, 2).network;
        assert!((components(&sparse).largest() as f64 / 1e5 - 0.79681).abs() < 0.02);
    }

    #[test]
    fn a_probability_holds_on_average() {
        let network = made(&Maker::Random(Density::Probability(0.002)), 5000, 3).network;
        let pairs = 5000.0 * 4999.0 / 2.0;
        let sd = f64::sqrt(pairs * 0.002 * 0.998);
        assert!((network.ties() as f64 / 2.0 - pairs * 0.002).abs() < 5.0 * sd);
        assert_eq!(
            made(&Maker::Random(Density::Probability(1.0)), 50, 1).network,
            made(&Maker::Complete, 50, 1).network
        );
    }

    #[test]
    fn blocks_have_their_densities() {
        let network = made(&Maker::Blocks { sizes: vec![400, 600], p_in: 0.1, p_out: 0.01 }, 1000, 1).network;
        let block = |i: u32| u32::from(i >= 400);
        let (mut inside, mut across) = (0.0f64, 0.0f64);
        for i in 0..1000u32 {
            for &j in network.hears(i as usize) {
                if block(i) == block(j) { inside += 0.5 } else { across += 0.5 }
            }
        }
        let (pairs_in, pairs_out) = (400.0 * 399.0 / 2.0 + 600.0 * 599.0 / 2.0, 400.0 * 600.0);
        assert!((inside - 0.1 * pairs_in).abs() < 5.0 * f64::sqrt(pairs_in * 0.09));
        assert!((across - 0.01 * pairs_out).abs() < 5.0 * f64::sqrt(pairs_out * 0.0099));
    }

    #[test]
    fn groups_are_tied_inside_but_for_the_share_that_leads_out() {
        let closed = made(&Maker::Groups { size: 20, k: 4.0, out: 0.0 }, 1000, 1);
        assert_eq!((closed.network.ties(), closed.notes.len()), (4000, 0));
        let group: Vec<u32> = (0..1000).map(|i| i / 20).collect();
        assert_eq!(same_share(&closed.network, &group), 1.0);
        let open = made(&Maker::Groups { size: 20, k: 4.0, out: 0.3 }, 1000, 1).network;
        assert_eq!(open.ties(), 4000);
        // Of those led out about one in fifty stays by chance; standard error 0.01.
        assert!((same_share(&open, &group) - (1.0 - 0.3 * 0.98)).abs() < 0.05);
        let uneven = made(&Maker::Groups { size: 30, k: 2.0, out: 0.0 }, 100, 1);
        assert_eq!(
            uneven.notes,
            [Note::new("groups: 100 agents are no multiple of size = 30, agents in the last group", 10)]
        );
    }
}

mod degrees {
    use super::*;

    #[test]
    fn regular_networks_are_regular() {
        for (n, k) in [(1000, 3), (100, 50), (7, 4), (10, 9), (8, 5), (6, 3), (50, 0), (5000, 20)] {
            let network = made(&Maker::Regular { k }, n, 1).network;
            assert!((0..n as usize).all(|i| network.degree(i) == k as usize), "{n} {k}");
        }
        let network = made(&Maker::Regular { k: 4 }, 10_000, 1).network;
        assert!(clustering(&network).mean_local < 0.002);
    }

    #[test]
    fn given_degrees_are_met_exactly() {
        let list: Vec<u32> = (0..2000).map(|i| 1 + i % 40).collect();
        let network = made(&Maker::Configuration { degrees: Degrees::List(list.clone()) }, 2000, 1).network;
        assert!((0..2000).all(|i| network.degree(i) == list[i] as usize));
    }

    #[test]
    fn a_star_can_be_asked_for_by_its_degrees() {
        let mut list = vec![1; 200];
        list[7] = 199;
        let star = made(&Maker::Configuration { degrees: Degrees::List(list) }, 200, 1);
        assert_eq!((star.network.degree(7), star.notes.len()), (199, 0));
    }

    #[test]
    fn impossible_degrees_are_said_to_be() {
        // Two hubs of 3 among four agents, the others with one tie each: no network has that.
        let maker = Maker::Configuration { degrees: Degrees::List(vec![3, 3, 1, 1]) };
        let notes = made(&maker, 4, 1).notes;
        assert!(notes[0].to_string().starts_with("configuration: no network has these degrees"), "{notes:?}");
        let odd = Maker::Configuration { degrees: Degrees::List(vec![2, 2, 1]) };
        let made = made(&odd, 3, 1);
        assert_eq!(made.network.ties() % 2, 0);
        assert!(made.notes[0].to_string().contains("sum is odd"), "{:?}", made.notes);
    }

    #[test]
    fn a_power_law_has_its_shares() {
        let law = Degrees::PowerLaw { exponent: 2.5, min: 2, max: Some(1000) };
        let network = made(&Maker::Configuration { degrees: law }, 100_000, 1).network;
        let share = |d| (0..100_000).filter(|&i| network.degree(i) == d).count() as f64 / 1e5;
        let norm: f64 = (2..=1000).map(|d| crate::stats::pow(f64::from(d), -2.5)).sum();
        for d in [2, 3, 5, 10] {
            let wanted = crate::stats::pow(d as f64, -2.5) / norm;
            assert!((share(d) - wanted).abs() < 5.0 * f64::sqrt(wanted / 1e5), "{d}: {} {wanted}", share(d));
        }
        let shares = Degrees::Shares(vec![0.5, 0.0, 0.0, 0.5]);
        let network = made(&Maker::Configuration { degrees: shares }, 10_000, 1).network;
        assert!((mean_degree(&network) - 1.5).abs() < 0.08);
        let whole = Degrees::Law(Distribution::int(3.0, 5.0).unwrap());
        let network = made(&Maker::Configuration { degrees: whole }, 999, 1).network;
        assert!((0..999).all(|i| (3..=6).contains(&network.degree(i))));
    }

    #[test]
    fn shuffling_a_ring_leaves_its_degrees_only() {
        let of = Box::new(ring(10, 0.0));
        let network = made(&Maker::Shuffled { of: of.clone(), keep_degree: true }, 5000, 1).network;
        assert!((0..5000).all(|i| network.degree(i) == 10));
        assert!(clustering(&network).mean_local < 0.005);
        let loose = made(&Maker::Shuffled { of, keep_degree: false }, 5000, 1).network;
        assert_eq!(loose.ties(), 50_000);
        assert!((degree_heterogeneity(&loose) - 1.1).abs() < 0.01);
    }
}

mod growth {
    use super::*;

    #[test]
    fn a_newcomer_hears_m_agents_and_the_core_is_a_star() {
        let network = made(&Maker::ScaleFree { m: 4, mutual: false }, 1000, 1).network;
        assert_eq!(network.ties(), 996 * 4);
        let mut heard: Vec<usize> = (0..1000).map(|i| network.degree(i)).collect();
        heard.sort_unstable();
        assert_eq!(heard[..6], [0, 1, 1, 1, 1, 4]);
        assert_eq!(heard[999], 4);
        let both = made(&Maker::ScaleFree { m: 4, mutual: true }, 1000, 1).network;
        assert_eq!(both, network.undirected());
    }

    #[test]
    fn followers_are_unequal_and_numbers_say_nothing_about_them() {
        let network = made(&Maker::ScaleFree { m: 4, mutual: true }, 20_000, 1).network;
        let degrees: Vec<f64> = (0..20_000).map(|i| network.degree(i) as f64).collect();
        assert!(degrees.iter().fold(0.0f64, |a, &b| a.max(b)) > 200.0);
        // P(degree = m) -> 2 / (m + 2) = 1/3; standard error 0.0033.
        let least = degrees.iter().filter(|&&d| d == 4.0).count() as f64 / 20_000.0;
        assert!((least - 1.0 / 3.0).abs() < 0.02, "{least}");
        let first: f64 = degrees[..10_000].iter().sum();
        assert!((first / network.ties() as f64 - 0.5).abs() < 0.03);
    }

    #[test]
    fn clustering_grows_with_the_chance_of_triads() {
        let measured: Vec<f64> = [0.0, 0.5, 1.0]
            .iter()
            .map(|&p| clustering(&made(&Maker::Clustered { m: 4, p }, 5000, 1).network).mean_local)
            .collect();
        assert!(
            measured[0] < 0.03 && measured[1] > 4.0 * measured[0] && measured[2] > 1.5 * measured[1],
            "{measured:?}"
        );
        assert_eq!(made(&Maker::Clustered { m: 4, p: 0.7 }, 5000, 1).network.ties(), 2 * 4996 * 4);
    }
}

mod grids {
    use super::*;

    fn grid(r: u32, border: bool, moore: bool) -> Maker {
        Maker::Grid { r, border, moore, sides: None }
    }

    #[test]
    fn every_cell_of_a_torus_has_all_its_neighbours() {
        for (r, moore, degree) in [(1, true, 8), (2, true, 24), (1, false, 4), (2, false, 12)] {
            let network = made(&grid(r, false, moore), 2500, 1).network;
            assert!((0..2500).all(|i| network.degree(i) == degree));
        }
        let small = made(&grid(1, false, true), 12, 1).network; // 3 x 4
        assert_eq!(small.hears(0), [1, 3, 4, 5, 7, 8, 9, 11]);
    }

    #[test]
    fn a_sheet_ends_at_its_border() {
        let network = made(&grid(1, true, false), 12, 1).network;
        assert_eq!(network.hears(0), [1, 4]);
        assert_eq!(network.hears(5), [1, 4, 6, 9]);
        assert_eq!(network.ties(), 2 * (3 * 3 + 2 * 4));
        // Who sees to the other border sees everybody.
        let all = made(&grid(1_000_000_000, true, true), 12, 1).network;
        assert_eq!(all, made(&Maker::Complete, 12, 1).network);
    }

    #[test]
    fn sides_can_be_given() {
        let maker = Maker::Grid { r: 1, border: false, moore: true, sides: Some((3, 40)) };
        assert!((0..120).all(|i| made(&maker, 120, 1).network.degree(i) == 8));
        let wrong = Maker::Grid { r: 2, border: false, moore: true, sides: Some((4, 30)) };
        assert!(refusal(wrong, 120).contains("sides of at least 2 r + 1 = 5 on a torus"));
    }

    #[test]
    fn a_long_rectangle_is_remarked() {
        assert_eq!(made(&grid(1, false, true), 3 * 101, 1).notes.len(), 1);
    }
}

/// Values pinned: if one moves, every published result made with that maker moves.
#[test]
fn networks_are_pinned() {
    let fingerprint = |maker: Maker, n: u32| {
        let network = made(&maker, n, 42).network;
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for &word in network.offsets().iter().chain(network.sources()) {
            hash = (hash ^ u64::from(word)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash
    };
    let power_law = Degrees::PowerLaw { exponent: 2.5, min: 2, max: Some(30) };
    let found = [
        fingerprint(ring(6, 0.2), 200),
        fingerprint(Maker::Ring { k: 6, rewire: 0.2, keep_degree: true }, 200),
        fingerprint(Maker::Random(Density::MeanDegree(5.0)), 200),
        fingerprint(Maker::Random(Density::Probability(0.03)), 200),
        fingerprint(Maker::Regular { k: 5 }, 200),
        fingerprint(Maker::Configuration { degrees: power_law }, 200),
        fingerprint(Maker::ScaleFree { m: 3, mutual: false }, 200),
        fingerprint(Maker::Clustered { m: 3, p: 0.5 }, 200),
        fingerprint(Maker::Groups { size: 20, k: 4.0, out: 0.2 }, 200),
        fingerprint(Maker::Blocks { sizes: vec![120, 80], p_in: 0.1, p_out: 0.01 }, 200),
        fingerprint(Maker::Shuffled { of: Box::new(Maker::ScaleFree { m: 3, mutual: false }), keep_degree: true }, 200),
    ];
    let wanted = [
        5_627_159_011_551_562_091,
        7_094_072_310_844_032_463,
        8_107_288_775_288_634_327,
        17_568_981_690_421_867_159,
        3_318_346_893_985_936_525,
        3_494_716_900_656_028_989,
        440_150_229_924_758_094,
        3_771_566_150_941_730_821,
        14_741_739_288_263_191_549,
        9_562_201_508_892_952_883,
        5_475_927_022_452_487_904,
    ];
    assert_eq!(found, wanted);
}
