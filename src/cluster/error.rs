//! What can go wrong between this program and Slurm.

/// Why nothing was submitted, seen or cancelled.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error("{command} is not there: submit on a machine that has Slurm's commands, or look at `uptake slurm script`")]
    Missing { command: &'static str },

    #[error("cannot start {command}: {source}")]
    Start { command: &'static str, source: std::io::Error },

    #[error("{command} refuses: {said}")]
    Refused { command: &'static str, said: String },

    #[error("{command} said \"{said}\", which is not understood")]
    Unexpected { command: &'static str, said: String },

    #[error(
        "--time {given:?} is no time limit: write minutes (90), hours:minutes:seconds (2:00:00) or days-hours (1-12)"
    )]
    Time { given: String },
}
