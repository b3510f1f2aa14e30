use std::time::Instant;
use uptake::network::*;
use uptake::rng::Stream;
fn main() {
    let arg: Vec<String> = std::env::args().collect();
    let which = arg.get(1).map(String::as_str).unwrap_or("all");
    let n: u32 = arg.get(2).map_or(1_000_000, |x| x.parse().unwrap());
    let cases: Vec<(&str, Maker)> = vec![
        ("ws", Maker::Ring { k: 10, rewire: 0.1, keep_degree: false }),
        ("ws1", Maker::Ring { k: 10, rewire: 1.0, keep_degree: false }),
        ("wskeep", Maker::Ring { k: 10, rewire: 0.1, keep_degree: true }),
        ("er", Maker::Random(Density::Pairs(5 * n as u64))),
        ("gnp", Maker::Random(Density::Probability(10.0 / n as f64))),
        ("ba", Maker::ScaleFree { m: 5, mutual: false }),
        ("bam", Maker::ScaleFree { m: 5, mutual: true }),
        (
            "cm",
            Maker::Configuration { degrees: Degrees::PowerLaw { exponent: 2.5, min: 2, max: Some(1000.min(n - 1)) } },
        ),
        ("hk", Maker::Clustered { m: 5, p: 0.5 }),
        ("reg", Maker::Regular { k: 10 }),
        ("grid", Maker::Grid { r: 1, border: false, moore: true, sides: None }),
        ("groups", Maker::Groups { size: 20, k: 8.0, out: 0.1 }),
        ("shba", Maker::Shuffled { of: Box::new(Maker::ScaleFree { m: 5, mutual: false }), keep_degree: true }),
    ];
    for (name, maker) in cases {
        if which != "all" && which != name {
            continue;
        }
        let mut times = vec![];
        let mut ties = 0;
        for seed in 0..3 {
            let t = Instant::now();
            let made = make(&maker, n, &mut Stream::from_seed(seed)).unwrap();
            times.push(t.elapsed().as_secs_f64());
            ties = made.network.ties();
            for x in made.notes {
                eprintln!("{x}");
            }
        }
        times.sort_by(f64::total_cmp);
        println!("{name:8} n={n} ties={ties} {:.1} ms (min {:.1})", times[1] * 1e3, times[0] * 1e3);
    }
    if which == "small" || which == "all" {
        let maker = Maker::Random(Density::Pairs(30_000));
        let t = Instant::now();
        for seed in 0..1000 {
            make(&maker, 10_000, &mut Stream::from_seed(seed)).unwrap();
        }
        println!("small er 10k/30k: {:.1} us each", t.elapsed().as_secs_f64() * 1e3);
    }
    if which == "measure" || which == "all" {
        for n in [100_000u32] {
            let net = make(&Maker::Ring { k: 10, rewire: 0.1, keep_degree: false }, n, &mut Stream::from_seed(1))
                .unwrap()
                .network;
            let t = Instant::now();
            let c = measure::clustering(&net);
            println!("clustering {:?} {:?}", c.mean_local, t.elapsed());
            let t = Instant::now();
            let c = measure::bridge_width(&net, 1_000_000_000, &mut Stream::from_seed(1));
            println!("bridge {c:?} {:?}", t.elapsed());
            let t = Instant::now();
            let c = measure::path_length(&net, 100_000_000, &mut Stream::from_seed(1));
            println!("path {c:?} {:?}", t.elapsed());
            let t = Instant::now();
            let c = measure::components(&net);
            println!("components {:?} {:?}", c.count(), t.elapsed());
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
