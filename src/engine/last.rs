//! The last n signals of every agent.

use crate::contagion::world::{Count, Memory, Tie};
use crate::rng::Draws;

/// A ring of n signals for every agent; nothing for memories of another kind.
#[derive(Clone, Debug)]
pub struct LastSignals {
    n: usize,
    full: bool,
    tie: Tie,
    signals: Vec<f64>,
    /// How many each agent has heard.
    heard: Vec<u64>,
}

impl LastSignals {
    pub fn new(memory: Memory, agents: usize) -> LastSignals {
        let (n, full, tie) = match memory {
            Memory::Last { n, full, tie } => (n as usize, full, tie),
            Memory::Ever | Memory::Steps(_) => (0, false, Tie::Half),
        };
        let heard = vec![0; if n > 0 { agents } else { 0 }];
        LastSignals { n, full, tie, signals: vec![0.0; n * agents], heard }
    }

    pub fn remember(&mut self, agent: usize, value: f64) {
        let place = (self.heard[agent] % self.n as u64) as usize;
        self.signals[agent * self.n + place] = value;
        self.heard[agent] += 1;
    }

    /// How many signals the agent has had.
    pub fn heard(&self, agent: usize) -> u64 {
        self.heard[agent]
    }

    /// What they add up to, divided by their number where a share is counted; a memory of which exactly half says yes leans
    /// to a side. `holds`: what the agent does already.
    pub fn sum(&self, count: Count, agent: usize, holds: bool, indecision: &mut Draws) -> f64 {
        let remembered = if self.full { self.n as u64 } else { self.heard[agent].min(self.n as u64) };
        if remembered == 0 {
            return 0.0;
        }
        let out_of = remembered as f64;
        let sum: f64 = self.signals[agent * self.n..(agent + 1) * self.n].iter().sum();
        let leaning = match self.tie {
            _ if 2.0 * sum != out_of => 0.0,
            Tie::Half => 0.0,
            Tie::Stay => lean(holds),
            Tie::Draw => lean(indecision.bernoulli(agent as u64, 0.5)),
            Tie::Yes => lean(true),
            Tie::No => lean(false),
        };
        (sum + leaning) / if count == Count::Share { out_of } else { 1.0 }
    }
}

/// Half a signal to either side.
fn lean(to_yes: bool) -> f64 {
    if to_yes { 0.5 } else { -0.5 }
}
