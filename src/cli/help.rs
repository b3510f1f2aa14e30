//! `uptake help`: the words of the scenario language.

use anyhow::bail;

use super::say;
use crate::script::vocabulary;
use crate::theory::{self, THEORIES, Theory};

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
    if word == "theory" {
        return theories();
    }
    match vocabulary::help(word) {
        Some(text) => say(text.trim_end())?,
        None if theory::named(word).is_ok() => return theory_of(theory::named(word)?),
        None => match (&vocabulary::speaking_of(word)[..], vocabulary::nearest(word)) {
            ([only], _) => say(vocabulary::help(only.name).unwrap_or_default().trim_end())?,
            ([], Some(meant)) => {
                bail!("there is no word \"{word}\" (did you mean \"{meant}\"?); uptake help lists all")
            }
            ([], None) => bail!("there is no word \"{word}\"; uptake help lists all"),
            (several, _) => {
                say(format_args!("{word} is spoken of in"))?;
                for word in several {
                    say(format_args!("  {:<20} {}", word.name, word.meaning))?;
                }
            }
        },
    }
    Ok(0)
}

/// What charts can lay over the data.
fn theories() -> anyhow::Result<u8> {
    say("theory = \"name\", theory = { \"name\", input = a number or \"a parameter\" }, or a list of those")?;
    say(
        "  inside chart: theory laid over the runs, dashed. An input that is not given is the parameter of its name, else its default;",
    )?;
    say(
        "  input = { from = { anybody = 1, hubs = .1 } } gives a number for each level of a parameter. After a sweep, uptake says",
    )?;
    say("  where runs and theory differ by more than chance; the figure's csv has both.\n")?;
    for theory in THEORIES {
        say(format_args!("  {:<20} {}", theory.name, theory.about))?;
    }
    say("\nuptake help NAME lists the inputs of a theory")?;
    Ok(0)
}

fn theory_of(theory: &Theory) -> anyhow::Result<u8> {
    say(format_args!("theory \"{}\": {}\n  {}", theory.name, theory.label, theory.about))?;
    for input in theory.inputs {
        let default = input.default.map_or(String::new(), |default| format!("; {default} if not said"));
        say(format_args!("  {:<12} {} ({}{default})", input.name, input.meaning, input.takes))?;
    }
    Ok(0)
}
