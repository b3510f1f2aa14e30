//! `uptake status`: how far a sweep is.

use std::path::PathBuf;

use super::{say, sweep_in};

#[derive(clap::Args)]
pub struct Status {
    /// The folder of a sweep
    dir: PathBuf,
    #[arg(long)]
    json: bool,
}

pub fn main(args: &Status) -> anyhow::Result<u8> {
    let store = sweep_in(&args.dir)?;
    let scan = store.scan()?;
    let missing = scan.total() - scan.finished();
    if args.json {
        say(serde_json::json!({
            "scenario": store.plan().scenario, "plan": store.identity(), "runs": scan.total(), "finished": scan.finished(),
            "failed": scan.failed(), "missing": missing, "parts": scan.parts().len(), "torn_lines": scan.torn(),
            "foreign_lines": scan.foreign(), "duplicates": scan.duplicates(),
        }))?;
    } else {
        let (finished, total, failed, parts) = (scan.finished(), scan.total(), scan.failed(), scan.parts().len());
        say(format_args!(
            "{}: {finished} of {total} runs finished, {failed} failed, in {parts} parts",
            store.plan().scenario
        ))?;
        if scan.torn() + scan.foreign() > 0 {
            say(format_args!("{} torn and {} foreign lines left out", scan.torn(), scan.foreign()))?;
        }
    }
    Ok(if missing > 0 { 3 } else { 0 })
}
