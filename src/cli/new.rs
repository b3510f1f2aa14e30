//! `uptake new`: a small scenario to start from.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::say;

#[derive(clap::Args)]
pub struct New {
    /// The scenario's name; the file is NAME.lua
    name: String,
}

pub fn main(args: &New) -> anyhow::Result<u8> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if args.name.is_empty() || !args.name.chars().all(allowed) {
        bail!("a scenario's name has letters, digits, - and _ only, such as my-first-cascade");
    }
    let path = PathBuf::from(format!("{}.lua", args.name));
    let mut file = std::fs::File::create_new(&path).with_context(|| format!("cannot make {}", path.display()))?;
    file.write_all(TEMPLATE.replace("NAME", &args.name).as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))?;
    say(format_args!("{}\nnow: uptake run {0}, then uptake sweep {0}", path.display()))?;
    Ok(0)
}

const TEMPLATE: &str = include_str!("new.lua");
