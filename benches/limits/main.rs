//! How far the engine is from tight C programs, side by side in one run on one machine.
//!
//! `cargo bench --bench limits [-- W1 W5]`. The C programs (`limit.c`) are looked for in the folder UPTAKE_LIMITS, else in
//! `../shared/limits` beside the project. Every measurement is a process of its own, theirs and ours in turn on the same
//! graphs and initial adopters, so that what else the machine does falls on both; the table shows medians.
//!
//! Lines named "alone" time what the C program times: the simulation on a loaded graph. "whole run" is all that
//! `Prepared::run` and the row of a run cost, on a world with that graph. "from nothing" is a network drawn, a run and its
//! row, against the C program's network alone.

mod compare;
mod ours;
mod sweep;
mod worlds;

use compare::Agree::{Drawn, Equal, Near};
use compare::{Compared, Line, Programs};

/// Files that several lines use, by name, and the C program's command that makes them.
const FILES: [(&str, &str); 9] = [
    ("er5", "gen er 1 er5 100000 300000"),
    ("er6", "gen er 1 er6 1000000 3000000"),
    ("er7", "gen er 1 er7 10000000 50000000"),
    ("start5", "seeds 100000 1000 1 start5"),
    ("start6", "seeds 1000000 10000 1 start6"),
    ("start7", "seeds 10000000 100000 1 start7"),
    ("ring", "gen ws 1 ring 100000 8 0.01"),
    ("er8", "gen er 1 er8 100000 500000"),
    ("popular", "gen ba 1 popular 100000 8"),
];

/// W3 has fewer replicates than its definition, on both sides. The mean of 100 has a standard error of about 0.2 % in W3,
/// 1 % in W3b.
const LINES: [Line; 22] = [
    Line("W1 100k alone", 11, Equal, "w1 er5 start5 0.18", "cascade er5 start5 0.18"),
    Line("W1 100k whole run", 11, Equal, "w1 er5 start5 0.18", "run er5 start5 0.18"),
    Line("W1 1M alone", 5, Equal, "w1 er6 start6 0.18", "cascade er6 start6 0.18"),
    Line("W1 1M whole run", 5, Equal, "w1 er6 start6 0.18", "run er6 start6 0.18"),
    Line("W2 alone", 11, Equal, "w2 ring near0 2", "cascade ring near0 2"),
    Line("W2 whole run", 11, Equal, "w2 ring near0 2", "run ring near0 2"),
    Line("W3 100 replicates", 3, Near(0.01), "w3 popular 0.05 10 100 geo", "independent popular 100"),
    Line("W3b 100 replicates", 3, Near(0.05), "w3b popular 10 100", "linear popular 100"),
    Line("W4 as a formula", 3, Near(1e-8), "w4 100000 8 50 .5 .3 csr", "average 100000 8 50"),
    Line("W4 as a function", 3, Near(1e-8), "w4 100000 8 50 .5 .3 csr", "function 100000 8 50"),
    Line("W5 networks shared", 5, Drawn, "w5 10000 10 2", "sweep 10000 10 shared"),
    Line("W5 networks fresh", 5, Drawn, "w5 10000 10 2", "sweep 10000 10 fresh"),
    Line("W6 ring", 5, Equal, "gen ws 1 - 1000000 10 0.1", "make ring"),
    Line("W6 random", 5, Equal, "gen er 1 - 1000000 5000000", "make random"),
    Line("W6 scale-free", 5, Equal, "gen ba 1 - 1000000 5", "make scale_free"),
    Line("W6 configuration", 5, Near(0.02), "gen cm 1 - 1000000 2.5 2 1000", "make configuration"),
    Line("W7 0.18 alone", 3, Equal, "w1 er7 start7 0.18", "cascade er7 start7 0.18"),
    Line("W7 0.12 alone", 3, Equal, "w1 er7 start7 0.12", "cascade er7 start7 0.12"),
    Line("W7 0.12 whole run", 3, Equal, "w1 er7 start7 0.12", "run er7 start7 0.12"),
    Line("W7 from nothing", 3, Equal, "gen er 1 - 10000000 50000000", "scenario 10000000 10 0.12"),
    Line("W8 0.1 whole run", 5, Near(0.05), "w8 er8 start5 0.1 1 10", "epidemic er8 start5 0.1 1 10"),
    Line("W8 0.3 whole run", 5, Near(0.01), "w8 er8 start5 0.3 1 10", "epidemic er8 start5 0.3 1 10"),
];

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if given.first().is_some_and(|word| word == ours::CHILD) {
        return ours::child(&given[1..]);
    }
    let Some(programs) = Programs::find(&FILES) else {
        println!("SKIPPED: no limit.c in UPTAKE_LIMITS or ../shared/limits; nothing was compared");
        return;
    };
    let wanted = |name: &str| {
        let workload = name.split(' ').next().unwrap_or(name);
        given.is_empty() || given.iter().any(|word| word.eq_ignore_ascii_case(workload))
    };
    println!("{}", Compared::head());
    for line in LINES.iter().filter(|line| wanted(line.0)) {
        println!("{}", programs.compare(line).row());
    }
}
