//! The command line: introduces the parts of the library to each other, one file per verb.
//!
//! Results go to standard output, progress and diagnostics to standard error. Exit codes: 0 done, 1 some runs or checks
//! failed, 2 usage or a bad scenario, 3 runs are missing, 4 rows contradict each other or a figure is another one when it
//! is made again, 75 stopped early and resumable, 76 stopped early without one new run.

mod chart;
mod check;
mod conclude;
mod data;
mod describe;
mod help;
mod merge;
mod network;
mod new;
mod origin;
mod overlay;
mod picture;
mod progress;
mod report;
mod reproduce;
mod rerun;
mod run;
mod same;
mod scenario;
mod slurm;
mod status;
mod stop;
mod sweep;
mod terminal;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::store::{Store, StoreError};

#[derive(Parser)]
#[command(name = "uptake", version, about = "How far does it spread? Seeded, reproducible models of social contagion")]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// One run: its adoption curve and numbers, on the terminal; with --trace, who brought it to whom
    Run(run::Run),
    /// All runs of a scenario, their table, figures and checks; the same command again, or its folder, resumes
    Sweep(sweep::Sweep),
    /// Validate a scenario, say what its rules mean, estimate its cost
    Check(check::Check),
    /// Say in words what a scenario does: a methods paragraph, an ODD description, what to cite
    Describe(describe::Describe),
    /// Draw the figures of a sweep again from its rows, or any other chart
    Chart(chart::Chart),
    /// A small network and what spread through it: one moment, a strip of moments, or moving
    Picture(picture::Picture),
    /// Put together what the parts of a sweep hold: table, figures, checks
    Merge(merge::Merge),
    /// How far a sweep is
    Status(status::Status),
    /// Run one row of a sweep again and compare
    Rerun(rerun::Rerun),
    /// Run some rows of a sweep again and compare their bytes
    Verify(rerun::Verify),
    /// Make a figure again from what it says of itself, and compare
    Reproduce(reproduce::Reproduce),
    /// A sweep on a Slurm cluster
    #[command(subcommand)]
    Slurm(slurm::Slurm),
    /// Write a small scenario to start from
    New(new::New),
    /// The words of the scenario language
    Help(help::Help),
    /// Measure a network: a file or a maker
    Network(network::Network),
}

/// Which scenario, and what is set from outside.
#[derive(Args, Clone)]
struct Which {
    /// The scenario file
    scenario: PathBuf,
    /// Only the scenario of this name, where the file has several
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Give a parameter one value, or several apart by commas
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Give a parameter N values from A to B, equally far apart, or by equal factors with :log at the end
    #[arg(long, value_name = "NAME=A:B:N[:log]")]
    param: Vec<String>,
    /// The seed of all random numbers
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// Parses the arguments, does what they say, and gives the exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.verb {
        Verb::Run(run) => run::main(&run),
        Verb::Sweep(sweep) => sweep::main(&sweep),
        Verb::Check(check) => check::main(&check),
        Verb::Describe(describe) => describe::main(&describe),
        Verb::Chart(chart) => chart::main(&chart),
        Verb::Picture(picture) => picture::main(&picture),
        Verb::Merge(merge) => merge::main(&merge),
        Verb::Status(status) => status::main(&status),
        Verb::Rerun(rerun) => rerun::main(&rerun),
        Verb::Verify(verify) => rerun::verify(&verify),
        Verb::Reproduce(reproduce) => reproduce::main(&reproduce),
        Verb::Slurm(slurm) => slurm::main(&slurm),
        Verb::New(new) => new::main(&new),
        Verb::Help(help) => help::main(&help),
        Verb::Network(network) => network::main(&network),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    let closed_pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    if error.downcast_ref::<std::io::Error>().is_some_and(closed_pipe) {
        return ExitCode::SUCCESS;
    }
    eprintln!("uptake: {error:#}");
    match error.downcast_ref::<StoreError>() {
        Some(StoreError::Conflict { .. }) => ExitCode::from(4),
        _ => ExitCode::from(2),
    }
}

/// The sweep kept in a folder.
fn sweep_in(dir: &Path) -> anyhow::Result<Store> {
    Ok(Store::at(dir)?)
}

/// A line of results.
fn say(line: impl std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}
