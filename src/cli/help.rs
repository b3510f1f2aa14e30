//! `uptake help`: the words of the scenario language.

use anyhow::bail;

use super::say;
use crate::script::vocabulary;

#[derive(clap::Args)]
pub struct Help {
    /// A word of the language; all words if not said
    word: Option<String>,
}

pub fn main(args: &Help) -> anyhow::Result<u8> {
    let Some(word) = &args.word else {
        let mut kinds: Vec<&str> = Vec::new();
        for kind in vocabulary::words().map(|word| word.kind.word()) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        for kind in kinds {
            say(format_args!("\n{kind}"))?;
            for word in vocabulary::words().filter(|word| word.kind.word() == kind) {
                say(format_args!("  {:<20} {}", word.name, word.meaning))?;
            }
        }
        say("\nuptake help WORD says more; uptake --help lists the commands")?;
        return Ok(0);
    };
    match vocabulary::help(word) {
        Some(text) => say(text.trim_end())?,
        None => match vocabulary::nearest(word) {
            Some(meant) => bail!("there is no word \"{word}\" (did you mean \"{meant}\"?); uptake help lists all"),
            None => bail!("there is no word \"{word}\"; uptake help lists all"),
        },
    }
    Ok(0)
}
