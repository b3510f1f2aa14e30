//! `uptake check`: is the scenario sound, what do its rules mean, what will it cost.

use std::time::Instant;

use super::scenario::{cell_name, located, plan};
use super::{Which, say};
use crate::contagion::{advice, semantics};
use crate::design::Run;
use crate::experiment::Worlds;
use crate::record::Outcome;
use crate::table::counted;

#[derive(clap::Args)]
pub struct Check {
    #[command(flatten)]
    which: Which,
}

/// How many cells are run once to estimate the time of all.
const TRIED: usize = 12;

pub fn main(args: &Check) -> anyhow::Result<u8> {
    let mut code = 0;
    for planned in plan(&args.which, None)? {
        let design = &planned.plan.design;
        let cells = design.cells.len();
        say(format_args!(
            "{}: {} x {}{} = {} of at most {}, seed {}",
            planned.plan.scenario,
            counted(cells, "cell"),
            if design.until.is_some() { "at most " } else { "" },
            counted(design.replicates, "replicate"),
            counted(design.runs(), "run"),
            counted(planned.plan.steps, "step"),
            planned.plan.seed
        ))?;
        let mut warnings = planned.scenario.warnings();
        let mut cards: Vec<(Vec<String>, u32)> = Vec::new();
        for cell in (0..cells as u32).step_by((cells / 200).max(1)) {
            let prepared = planned.prepared(cell)?;
            let new: Vec<_> = advice(&prepared.world).into_iter().filter(|advice| !warnings.contains(advice)).collect();
            warnings.extend(new);
            let card = semantics(&prepared.world);
            if !cards.iter().any(|(known, _)| *known == card) {
                cards.push((card, cell));
            }
        }
        for warning in warnings {
            say(format_args!("  warning: line {}: {warning}", warning.line))?;
        }
        for (place, (card, cell)) in cards.iter().enumerate().take(4) {
            if cards.len() > 1 {
                say(format_args!("  with {}:", cell_name(&design.parameters, &design.cells[*cell as usize])))?;
            }
            for line in card.iter().filter(|line| place == 0 || !cards[0].0.contains(line)) {
                say(format_args!("  - {line}"))?;
            }
        }
        if cards.len() > 4 {
            say(format_args!("  ({} more variants of the rules over the cells)", cards.len() - 4))?;
        }
        let tried: Vec<u32> = (0..cells as u32).step_by(cells.div_ceil(TRIED).max(1)).collect();
        let (begun, worlds) = (Instant::now(), Worlds::new(1));
        for &cell in &tried {
            if let Outcome::Failed(why) = planned.run(Run { cell, replicate: 0 }, &worlds)?.outcome {
                let with = cell_name(&design.parameters, &design.cells[cell as usize]);
                say(format_args!("  fails with {with}: {}", located(&planned.origin.file, &why)))?;
                code = 1;
            }
        }
        let each = begun.elapsed().as_secs_f64() / tried.len() as f64;
        let row = 24 * (planned.plan.measures.len() + design.parameters.len()) as u64;
        say(format_args!(
            "  about {:.1} s of computing in all ({:.2} ms a run), {} of rows",
            each * design.runs() as f64,
            1e3 * each,
            bytes(row * design.runs())
        ))?;
    }
    Ok(code)
}

fn bytes(count: u64) -> String {
    match count {
        0..10_000 => format!("{count} bytes"),
        10_000..10_000_000 => format!("{} kB", count / 1_000),
        _ => format!("{} MB", count / 1_000_000),
    }
}
