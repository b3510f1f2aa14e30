//! `uptake run`: one run, looked at closely.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::scenario::{first_cell, plan, tell_first_cell};
use super::{Which, say, terminal};
use crate::design::Run as Address;
use crate::experiment::{Worlds, about, record};
use crate::table::{counted, written};

#[derive(clap::Args)]
pub struct Run {
    #[command(flatten)]
    which: Which,
    /// Which replicate, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replicate: u32,
    /// One JSON object instead of a picture
    #[arg(long)]
    json: bool,
    /// Write who adopted when, on what evidence, and who brought it, to this CSV file
    ///
    /// A row for each tie that brought it, one for an adoption that came of itself; one row of each adoption has parent = 1.
    /// now: from when on the agent holds the stage. by: start, route or function. evidence, needs: what it had heard, and the
    /// threshold that met. sources: how many agents it had it from. from, layer, credit: one of them, over which ties, and its
    /// share of the credit.
    #[arg(long, value_name = "CSV")]
    trace: Option<PathBuf>,
    /// Write the ties that the run ended with to this CSV file: layer, from, to, and the columns of ties
    #[arg(long, value_name = "CSV")]
    ties: Option<PathBuf>,
}

pub fn main(args: &Run) -> anyhow::Result<u8> {
    let all = plan(&args.which, None)?;
    let written_one = [("--trace", &args.trace), ("--ties", &args.ties)].into_iter().find(|(_, path)| path.is_some());
    if let (Some((option, _)), true) = (written_one, all.len() > 1) {
        let names: Vec<&str> = all.iter().map(|planned| planned.plan.scenario.as_str()).collect();
        bail!(
            "{option} writes one run, but the file has {} scenarios; choose with --only: {}",
            all.len(),
            names.join(", ")
        );
    }
    for planned in all {
        planned.tell_warnings();
        let (number, _) = first_cell(&planned.plan);
        tell_first_cell(&planned.plan);
        let run = Address { cell: number, replicate: args.replicate };
        let prepared = match args.trace {
            None => planned.prepared(number)?,
            Some(_) => planned.traced(number)?,
        };
        let (built, outcome) = planned.outcome(run, &prepared, &Worlds::new(1))?;
        built.notes.iter().for_each(|note| eprintln!("note: {note}"));
        if outcome.clamped > 0 {
            eprintln!("note: cut to 0..1: {} outside of it", counted(outcome.clamped, "probability"));
        }
        if let Some(path) = &args.trace {
            planned.write_trace(path, &prepared, &outcome)?;
        }
        if let Some(path) = &args.ties {
            let ties = crate::experiment::ties(&prepared, &outcome.state);
            std::fs::write(path, ties.csv()).with_context(|| format!("cannot write {}", path.display()))?;
            eprintln!("{}: {} at the end: {}", planned.plan.scenario, counted(ties.rows(), "tie"), path.display());
        }
        let record = record(&prepared, &outcome, &planned.plan.measures, &[]);
        if args.json {
            let pairs = planned.plan.measures.iter().zip(&record.values);
            let values: serde_json::Map<String, serde_json::Value> =
                pairs.map(|(name, value)| (name.clone(), serde_json::json!(value))).collect();
            say(serde_json::Value::Object(values))?;
            continue;
        }
        for slot in 0..prepared.words.slots() {
            let shares: Vec<f64> =
                outcome.curves[slot].iter().map(|&held| f64::from(held) / f64::from(outcome.population)).collect();
            say(terminal::curve(&prepared.words.slot_name(slot), &shares))?;
        }
        for (name, value) in planned.plan.measures.iter().zip(&record.values) {
            let is_time = [".t50", ".thalf"].iter().any(|ending| name.ends_with(ending));
            let value = match value.is_nan() {
                true => if is_time { "never" } else { "none" }.to_string(),
                false => written((value * 1e6).round() / 1e6),
            };
            let line = format!("{name:>24}  {value:<10}  {}", about(name, &prepared));
            say(line.trim_end())?;
        }
    }
    Ok(0)
}
