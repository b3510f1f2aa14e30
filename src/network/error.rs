//! Why a network cannot be: what was given and what is allowed.

/// Everything that makers, readers and measures refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A field of a maker outside its range.
    #[error("{maker}: {field} = {given} is not possible, allowed is {allowed}")]
    Argument { maker: &'static str, field: &'static str, given: String, allowed: String },

    /// A maker that needs another number of agents.
    #[error("{maker}: there are {agents} agents, but it needs {needs}")]
    Agents { maker: &'static str, agents: u32, needs: String },

    /// Ties are numbered with 32 bits.
    #[error("the network would have {ties} ties, at most 4294967295 are possible")]
    TooManyTies { ties: u64 },

    /// An agent's number that is not there.
    #[error("{maker}: the tie {speaker} -> {hearer} names an agent that is not there, agents are 0 to {last}")]
    NoSuchAgent { maker: &'static str, speaker: u32, hearer: u32, last: i64 },

    /// A weight that cannot be an odds.
    #[error("kernel: the weight of agent {} for agent {} is {weight}, allowed are finite numbers from 0 up", .speaker + 1, .hearer + 1)]
    Weight { hearer: u32, speaker: u32, weight: String },

    /// A line of a file that cannot be read.
    #[error("line {line}: {problem}: `{text}`")]
    Line { line: u64, text: String, problem: String },

    /// A file that cannot be read as a whole.
    #[error("{problem}")]
    File { problem: String },
}

impl NetworkError {
    pub(super) fn argument(
        maker: &'static str,
        field: &'static str,
        given: impl ToString,
        allowed: impl Into<String>,
    ) -> Self {
        NetworkError::Argument { maker, field, given: given.to_string(), allowed: allowed.into() }
    }

    /// A line's error, with the line's text cut to a readable length.
    pub(super) fn line(line: u64, text: &str, problem: impl Into<String>) -> Self {
        let text = text.trim_end();
        let shown = match text.char_indices().nth(80) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text.to_string(),
        };
        NetworkError::Line { line, text: shown, problem: problem.into() }
    }
}

/// A share or probability: 0 to 1, both included.
pub(super) fn require_share(maker: &'static str, field: &'static str, given: f64) -> Result<(), NetworkError> {
    if (0.0..=1.0).contains(&given) { Ok(()) } else { Err(NetworkError::argument(maker, field, given, "0 to 1")) }
}

/// The number of ties as they are numbered.
pub(super) fn require_ties(ties: u64) -> Result<u32, NetworkError> {
    u32::try_from(ties).map_err(|_| NetworkError::TooManyTies { ties })
}
