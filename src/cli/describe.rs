//! `uptake describe`: what a paper says of a scenario.

use clap::ValueEnum;

use super::report::worlds;
use super::scenario::plan;
use super::{Which, say};
use crate::report::Account;

#[derive(clap::Args)]
pub struct Describe {
    #[command(flatten)]
    which: Which,
    /// A methods paragraph, the model in the order of the ODD protocol, or what to cite
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The methods paragraph
    Text,
    /// An ODD description (Grimm et al.), with gaps where only the author knows
    Markdown,
    /// The program and the works that the model rests on
    Bibtex,
}

pub fn main(args: &Describe) -> anyhow::Result<u8> {
    for (place, planned) in plan(&args.which, None)?.iter().enumerate() {
        let (study, plan) = (planned.scenario.study(), &planned.plan);
        let account = Account::new(study, &plan.text, &worlds(&planned.scenario)?);
        if place > 0 {
            say("")?;
        }
        say(match args.format {
            Format::Text => account.methods(study, plan),
            Format::Markdown => account.odd(study, plan),
            Format::Bibtex => account.bibtex(),
        }
        .trim_end())?;
    }
    Ok(0)
}
