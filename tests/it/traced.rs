//! Sweeps that follow a transition: what they find, with how many runs, and that nothing depends on who made them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use uptake::rng::Stream;

use super::attempts::{Place, code, told};
use super::command::Rows;

/// Watts' window over the mean degree, and over the threshold when `phi` is refined too.
fn window(name: &str, replicates: u32, sweep: &str) -> Place {
    Place::with(&format!(
        r#"
return scenario "{name}" {{
  replicates = {replicates}, steps = 1000,
  sweep = {{ {sweep} }},
  world = function(p)
    agents("person", 2000)
    ties("friend", graph.random {{ k = p.z }})
    stage("adopted", {{ count = "share", needs = p.phi }})
    start {{ stage = "adopted", who = random(1) }}
  end,
  charts = {{ "global(adopted, .1) ~ z{}" }},
}}
"#,
        if sweep.contains("phi = {.18}") { " | phi" } else { " * phi" }
    ))
}

const TWO: &str = "z = {.5, 2, 4, 6}, phi = {.14, .18, .22, .26}, \
                   refine { \"adopted\", share_above = .1, level = .25, within = { z = .25, phi = .01 } }";

fn table(place: &Place, out: &str, name: &str) -> Rows {
    let files = place.results(out);
    Rows::of(std::str::from_utf8(&files[Path::new(name)]).expect("a table is text"))
}

fn numbers(rows: &Rows, column: &str) -> Vec<f64> {
    rows.column(column).iter().map(|text| text.parse().expect("a number")).collect()
}

#[test]
fn the_edges_of_watts_window_are_found_with_a_fraction_of_the_runs_of_a_grid() {
    let sweep = "phi = {.18}, z = {.5, 1.5, 3, 5, 7, 9}, \
                 refine { \"adopted\", share_above = .1, level = .25, within = { z = .125 } }";
    let place = window("ring", 60, sweep);
    let swept = place.uptake("sweep ring.lua");
    assert_eq!(code(&swept), 0, "{}", told(&swept));
    let boundary = table(&place, "output", "boundary.csv");
    let edges = numbers(&boundary, "z");
    // In a large population global cascades are possible between 1.02 and 5.76; a quarter of the runs go global a
    // little further in below, and with 2000 agents a little beyond above.
    assert_eq!(edges.len(), 2, "{edges:?}");
    assert!((1.02..1.45).contains(&edges[0]) && (5.5..6.3).contains(&edges[1]), "{edges:?}");
    for (from, to) in numbers(&boundary, "z.from").iter().zip(numbers(&boundary, "z.to")) {
        assert!(to - from <= 0.125);
    }
    // A grid with the same steps has 69 values of z.
    let cells = table(&place, "output", "cells.csv").rows.len();
    assert!((10..=20).contains(&cells), "{cells}");
    let figure = &place.results("output")[Path::new("figures/global-adopted-0_1-by-z-phi.svg")];
    assert!(String::from_utf8_lossy(figure).contains("global(adopted, 0.1) = 0.25"), "the figure shows the crossing");
}

#[test]
fn a_boundary_in_two_parameters_is_the_same_whoever_makes_its_runs() {
    let place = window("ring", 10, TWO);
    for (out, jobs) in [("one", "1"), ("two", "2")] {
        let swept = place.uptake(&format!("sweep ring.lua --out {out} -j {jobs}"));
        assert_eq!(code(&swept), 0, "{}", told(&swept));
    }
    assert_eq!(place.results("one"), place.results("two"));
    let boundary = table(&place, "one", "boundary.csv");
    assert_eq!(boundary.columns, ["z", "phi", "z.from", "phi.from", "z.to", "phi.to"]);
    assert!(boundary.rows.len() > 20, "{}", boundary.rows.len());
    // A grid as fine: 23 values of z and 13 of phi, at the least.
    let cells = table(&place, "one", "cells.csv").rows.len();
    assert!(cells < 23 * 13 / 2, "{cells}");

    // Shares: each makes what it sees of a round, and says when others have to come first.
    let (mut rounds, mut done) = (0, false);
    while !done {
        done = true;
        for share in ["1/3", "2/3", "3/3"] {
            let made = place.uptake(&format!("sweep ring.lua --out three --shard {share}"));
            let waits = told(&made).contains("runs of other shares are missing");
            assert_eq!(code(&made), if waits { 3 } else { 0 }, "{}", told(&made));
            done &= !waits;
        }
        rounds += 1;
        assert!(rounds < 12, "every round gets further");
    }
    let merged = place.uptake(&format!("merge {}", place.sweep("three").display()));
    assert_eq!(code(&merged), 0, "{}", told(&merged));
    assert_eq!(place.results("one"), place.results("three"));
    for verb in ["verify", "status", "chart", "sweep"] {
        let output = place.uptake(&format!("{verb} {}", place.sweep("three").display()));
        assert_eq!(code(&output), 0, "{verb}: {}", told(&output));
    }
    // A part that is gone is made again, whatever round it was of.
    fs::remove_file(place.sweep("three").join("parts/part-000002.rows")).expect("it was there");
    assert_eq!(code(&place.uptake("sweep ring.lua --out three")), 0);
    assert_eq!(place.results("one"), place.results("three"));
}

#[test]
fn killed_again_and_again_a_traced_boundary_comes_to_the_same_bytes() {
    let place = window("ring", 30, TWO);
    let begun = std::time::Instant::now();
    assert_eq!(code(&place.uptake("sweep ring.lua --out whole -j 2")), 0);
    let whole = begun.elapsed();
    let mut stream = Stream::from_seed(4);
    let mut killed = 0;
    for _ in 0..12 {
        let mut child = place.start("sweep ring.lua --out killed -j 2");
        std::thread::sleep(whole.mul_f64(0.4 * stream.unit()).min(Duration::from_secs(2)));
        child.kill().expect("it is a child of this one");
        killed += u32::from(child.wait().expect("it was started here").code().is_none());
    }
    assert!(killed > 0);
    let last = place.uptake("sweep ring.lua --out killed");
    assert_eq!(code(&last), 0, "{}", told(&last));
    assert_eq!(place.results("whole"), place.results("killed"));
}

#[test]
fn what_a_round_cannot_afford_is_not_begun_and_is_said() {
    let capped = TWO.replace("phi = .01 }", "phi = .01 }, at_most = 40");
    let place = window("ring", 10, &capped);
    let swept = place.uptake("sweep ring.lua --no-figures");
    assert!(code(&swept) == 0 && told(&swept).contains("more cells than at_most allows"), "{}", told(&swept));
    assert!(table(&place, "output", "cells.csv").rows.len() <= 40);
}
