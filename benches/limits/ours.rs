//! Our side: one measurement in a process of its own.

use std::fs;
use std::time::Instant;

use uptake::contagion::build::{Built, build};
use uptake::contagion::{TieMaker, Who};
use uptake::engine::frontier::{Audience, Cascade, Countdown, needed_of_count, needed_of_share, spread};
use uptake::engine::{Outcome, Prepared, prepare};
use uptake::experiment::{self, run::record};
use uptake::formula::{Formula, View};
use uptake::network::{Degrees, Density, Maker, make};
use uptake::rng::{Source, Stream};

use crate::compare::Measured;
use crate::{sweep, worlds};

/// The first argument of a process that measures.
pub const CHILD: &str = "measure";

/// Measures what the arguments name and says it as JSON.
pub fn child(arguments: &[String]) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let measured = match arguments[..] {
        ["cascade", graph, start, threshold] => cascade(graph, start, number(threshold)),
        ["run", graph, start, threshold] => whole_run(graph, start, number(threshold)),
        ["scenario", n, k, threshold] => scenario(number(n) as u32, number(k), number(threshold)),
        ["independent", graph, replicates] => independent(graph, number(replicates) as u64),
        ["linear", graph, replicates] => linear(graph, number(replicates) as u64),
        ["average", n, k, steps] => average(number(n) as u32, number(k) as u32, number(steps) as u32),
        ["function", n, k, steps] => function(number(n) as u32, number(k) as u32, number(steps) as u32),
        ["epidemic", graph, start, tau, gamma, replicates] => {
            epidemic(graph, start, number(tau), number(gamma), number(replicates) as u64)
        }
        ["sweep", n, replicates, how] => sweep::sweep(number(n) as u32, number(replicates) as u32, how == "shared"),
        ["make", maker] => made(maker),
        _ => panic!("unknown measurement {arguments:?}"),
    };
    let Measured { seconds, result, error, .. } = measured;
    let peak_mib = peak_mib();
    println!("{}", serde_json::json!({ "time_s": seconds, "peak_mib": peak_mib, "result": result, "error": error }));
}

/// The largest memory this process ever held, 0 where the system does not say.
fn peak_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok()).map_or(0.0, |kib| kib / 1024.0)
}

/// The median time of some calls, as many as C makes, and what the last returned.
fn timed<T>(agents: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let calls = if agents > 2_000_000 { 1 } else { 5 };
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..calls {
        drop(last.take());
        let before = Instant::now();
        last = Some(work());
        times.push(before.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    (times[calls / 2], last.expect("one call at least"))
}

/// The kernel alone: needs and cascade. As in C the buffers are there before the clock starts.
fn cascade(graph: &str, start: &str, threshold: f64) -> Measured {
    let network = worlds::load(graph.as_ref());
    let start = worlds::start(start.as_ref());
    let mut left: Vec<u8> = Vec::with_capacity(network.agents());
    let mut cascade = Cascade::default();
    let (seconds, result) = timed(network.agents(), || {
        left.clear();
        let largest = network.offsets().windows(2).map(|row| row[1] - row[0]).max().unwrap_or(0);
        let needed = |degree| match threshold {
            count if count >= 1.0 => needed_of_count(count),
            share => needed_of_share(share, degree),
        };
        let known: Vec<u8> = (0..=largest).map(|degree| u8::new(needed(degree))).collect();
        left.extend(network.offsets().windows(2).map(|row| known[(row[1] - row[0]) as usize]));
        let audience = Audience { offsets: network.offsets(), hearers: network.sources() };
        spread(&[audience], &mut left, &start, u32::MAX, &mut cascade);
        cascade.adopters.len() as f64
    });
    Measured { seconds, result, ..Measured::default() }
}

/// The steps of a run that goes on until nothing changes.
const STEPS: u32 = 1_000_000;

/// A run with its row, on a world that is built.
fn whole_run(graph: &str, start: &str, threshold: f64) -> Measured {
    let network = worlds::load(graph.as_ref());
    let n = network.agents();
    let world = worlds::cascade(n as u32, worlds::read(network), worlds::threshold(threshold), worlds::started());
    let prepared = prepare(worlds::with_start(world, n, &worlds::start(start.as_ref()))).expect("a sound world");
    let source = Source::new(1, 0);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    let (seconds, total) = timed(n, || run_to_row(&prepared, &built, source, STEPS));
    Measured { seconds, result: (total * n as f64).round(), ..Measured::default() }
}

/// The share that ever adopted, from the row of a run.
fn run_to_row(prepared: &Prepared, built: &Built, source: Source, steps: u32) -> f64 {
    let outcome = prepared.run(built, source, steps).expect("the world runs");
    let measures = experiment::measures(prepared);
    let row = record(prepared, &outcome, &measures, &[]);
    row.values[measures.iter().position(|name| name == "adopted.total").expect("a stage's total")]
}

/// From nothing to a row with a network of our own: time and memory of all of it, and the number of pairs tied.
fn scenario(n: u32, k: f64, threshold: f64) -> Measured {
    let maker = TieMaker::Network(Maker::Random(Density::MeanDegree(k)));
    let who = Who::Random { n: 0.01, among: None, line: 1 };
    let before = Instant::now();
    let prepared = prepare(worlds::cascade(n, maker, worlds::threshold(threshold), who)).expect("a sound world");
    let source = Source::new(1, 0);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    let total = run_to_row(&prepared, &built, source, STEPS);
    let seconds = before.elapsed().as_secs_f64();
    assert!(total > 0.99, "nearly everybody adopts");
    let pairs = built.state.layers[0].network.ties() / 2;
    Measured { seconds, result: pairs as f64, ..Measured::default() }
}

/// Runs of one world for many replicates, built anew for each where more than the start of a cascade is drawn: total time
/// and mean number of adopters.
fn replicates(prepared: &Prepared, n: usize, count: u64, rebuild: bool) -> Measured {
    let world = |source| build(&prepared.world, &prepared.words, source).expect("the world can be built");
    let before = Instant::now();
    let mut built = world(Source::new(1, 0));
    let mut total = 0.0;
    for replicate in 0..count {
        let source = Source::new(1, replicate);
        if rebuild && replicate > 0 {
            built = world(source);
        }
        total += run_to_row(prepared, &built, source, STEPS);
    }
    let seconds = before.elapsed().as_secs_f64();
    Measured { seconds, result: total * n as f64 / count as f64, ..Measured::default() }
}

fn independent(graph: &str, count: u64) -> Measured {
    let network = worlds::load(graph.as_ref());
    let top = worlds::top(&network, 10);
    let n = network.agents();
    let world = worlds::cascade(n as u32, worlds::read(network), worlds::try_once(0.05), worlds::started());
    let prepared = prepare(worlds::with_start(world, n, &top)).expect("a sound world");
    replicates(&prepared, n, count, false)
}

fn linear(graph: &str, count: u64) -> Measured {
    let network = worlds::load(graph.as_ref());
    let top = worlds::top(&network, 10);
    let n = network.agents();
    let own = uptake::contagion::Route { needs: Formula::name(View::Me, "needs"), ..worlds::threshold(0.5) };
    let world = worlds::cascade(n as u32, worlds::read(network), own, worlds::started());
    let prepared = prepare(worlds::with_thresholds(worlds::with_start(world, n, &top))).expect("a sound world");
    replicates(&prepared, n, count, true)
}

/// An epidemic in continuous time: the mean time of a run with its row, the mean number ever infected.
fn epidemic(graph: &str, start: &str, tau: f64, gamma: f64, count: u64) -> Measured {
    let network = worlds::load(graph.as_ref());
    let n = network.agents();
    let world = worlds::cascade(n as u32, worlds::read(network), worlds::infectious(tau, gamma), worlds::started());
    let world = uptake::contagion::World { order: uptake::contagion::Order::Continuous, ..world };
    let prepared = prepare(worlds::with_start(world, n, &worlds::start(start.as_ref()))).expect("a sound world");
    let built = build(&prepared.world, &prepared.words, Source::new(1, 0)).expect("the world can be built");
    let runs: Vec<(f64, f64)> = (0..count)
        .map(|replicate| {
            let before = Instant::now();
            let total = run_to_row(&prepared, &built, Source::new(1, replicate), STEPS);
            (before.elapsed().as_secs_f64(), total * n as f64)
        })
        .collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| runs.iter().map(of).sum::<f64>() / count as f64;
    Measured { seconds: mean(&|run| run.0), result: mean(&|run| run.1), ..Measured::default() }
}

fn average(n: u32, k: u32, steps: u32) -> Measured {
    let prepared = prepare(worlds::bounded_confidence(n, k)).expect("a sound world");
    let source = Source::new(1, 0);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    let (seconds, outcome) = timed(n as usize, || prepared.run(&built, source, steps).expect("the world runs"));
    Measured { seconds, result: mean_square(&outcome), ..Measured::default() }
}

/// The same by a function of the script, which every run reads anew.
fn function(n: u32, k: u32, steps: u32) -> Measured {
    let scenario = worlds::bounded_confidence_in_lua(n, k);
    let cell = &scenario.study().design.cells[0];
    let world = worlds::with_scattered(scenario.world(cell).expect("a sound world"), n);
    let prepared = prepare(world).expect("a sound world");
    let source = Source::new(1, 0);
    let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
    let (seconds, outcome) = timed(n as usize, || {
        let mut rules = scenario.rules(cell).expect("a sound world");
        prepared.run_plain(&built, source, steps, &mut rules).expect("the world runs")
    });
    Measured { seconds, result: mean_square(&outcome), ..Measured::default() }
}

/// Of the first column of all agents.
fn mean_square(outcome: &Outcome) -> f64 {
    let x = &outcome.state.agent_columns[0];
    x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64
}

fn made(maker: &str) -> Measured {
    let maker = match maker {
        "ring" => Maker::Ring { k: 10, rewire: 0.1, keep_degree: false },
        "random" => Maker::Random(Density::Pairs(5_000_000)),
        "scale_free" => Maker::ScaleFree { m: 5, mutual: true },
        "configuration" => {
            Maker::Configuration { degrees: Degrees::PowerLaw { exponent: 2.5, min: 2, max: Some(1000) } }
        }
        _ => panic!("unknown maker {maker}"),
    };
    let before = Instant::now();
    let made = make(&maker, 1_000_000, &mut Stream::from_seed(1)).expect("possible arguments");
    let seconds = before.elapsed().as_secs_f64();
    Measured { seconds, result: made.network.ties() as f64 / 2.0, ..Measured::default() }
}
