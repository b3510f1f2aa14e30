//! What the charts of a study ask of its runs, checked before anything is run.

use anyhow::bail;

use crate::chart::{Formula, Measure};
use crate::experiment::Study;
use crate::table::nearest;

/// What the charts of a study say, as far as they can be read.
pub(super) fn formulas(study: &Study) -> Vec<Formula> {
    study.figures.iter().filter_map(|figure| Formula::parse(&figure.formula).ok()).collect()
}

/// The stages of which a chart shows the exposure curve.
pub(super) fn responses(study: &Study) -> Vec<String> {
    let mut stages = Vec::new();
    for formula in formulas(study) {
        if let Measure::Response(stage) = formula.y
            && !stages.contains(&stage)
        {
            stages.push(stage);
        }
    }
    stages
}

/// Finds a misspelt column of a chart before anything is run.
pub(super) fn check(study: &Study, measures: &[String], stages: &[String], file: &str) -> anyhow::Result<()> {
    let mut known: Vec<&str> = study.design.parameters.iter().map(String::as_str).collect();
    known.push("replicate");
    known.extend(measures.iter().map(String::as_str));
    for figure in &study.figures {
        let formula =
            Formula::parse(&figure.formula).map_err(|error| anyhow::anyhow!("{file}:{}: {error}", figure.line))?;
        if let Measure::Response(stage) = &formula.y
            && !stages.contains(stage)
        {
            let meant = nearest(stage, stages.iter().map(String::as_str));
            let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
            let (line, all) = (figure.line, stages.join(", "));
            bail!("{file}:{line}: chart \"{}\": \"{stage}\" is no stage{meant}; known: {all}", figure.formula);
        }
        let columns = formula.named().filter(|column| *column != "now").chain([formula.y.column()]);
        for column in columns {
            if !known.contains(&column) {
                let meant = nearest(column, known.iter().copied());
                let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
                let (line, all) = (figure.line, known.join(", "));
                bail!("{file}:{line}: chart \"{}\": no run has \"{column}\"{meant}; known: {all}", figure.formula);
            }
        }
        crate::cli::overlay::check(figure, study)
            .map_err(|error| anyhow::anyhow!("{file}:{}: chart \"{}\": {error:#}", figure.line, figure.formula))?;
    }
    Ok(())
}
