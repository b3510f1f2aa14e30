//! What one route has heard in continuous time, and who waits on its account.

use super::sayable::is_at_once;
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::world::{Count, Memory};
use crate::engine::credit;
use crate::engine::evidence::suffices;
use crate::engine::last::LastSignals;
use crate::engine::rules::{Compiled, CompiledRoute, Rules};

/// What one route has heard, and who waits.
#[derive(Debug)]
pub(super) struct Listening {
    pub carry: Carry,
    /// Nobody needs to hear anything.
    pub mute: bool,
    /// All ties weigh the same and carry at most one signal: who was heard is not remembered tie by tie.
    pub alike: bool,
    /// Whether formulas hang on who holds which stage, so that every event can change them for everybody.
    pub moves: bool,
    /// Whether evidence makes a holder leave.
    pub hears_to_leave: bool,
    /// Whether evidence is a count, which is compared without any slack.
    pub exact: bool,
    pub needs: Vec<f64>,
    pub base: Vec<f64>,
    pub sum: Vec<f64>,
    /// Empty when not a share.
    pub whole: Vec<f64>,
    pub evidence: Vec<f64>,
    pub ready: Vec<bool>,
    /// Agents that will not enter any more.
    pub deaf: Vec<bool>,
    /// When the first signal is due, where no other matters.
    pub soonest: Vec<f64>,
    pub chance: Rate,
    pub leave: Rate,
    pub waiting: Vec<bool>,
    /// How often each agent has waited to enter, and to leave: what was drawn at an earlier count is void.
    pub enters: Vec<u32>,
    pub leaves: Vec<u32>,
    pub layers: Vec<Signals>,
    pub last: LastSignals,
    /// The first of its lanes: those to enter and to leave, then two for each layer.
    pub lane: usize,
}

/// How the signals of a route come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carry {
    /// Whoever holds the stage is heard at once.
    AtOnce,
    /// The first signal over a tie matters; no other is waited for.
    Once,
    /// Signals arrive for as long as the speaker holds the stage.
    Again,
    /// Signals arrive whether or not the speaker holds the stage: they say which.
    Always,
}

/// What was heard over the ties of a layer.
#[derive(Debug)]
pub(super) struct Signals {
    pub hearers: Vec<u32>,
    pub weights: Vec<f64>,
    pub reaches: Vec<f64>,
    /// How many signals over each tie count now.
    pub live: Vec<u32>,
    /// Until when the last one counts, where that is limited.
    pub until: Vec<f64>,
    /// How often each tie has been waited for.
    pub drawn: Vec<u32>,
}

/// A rate of every agent, and what it hangs on.
#[derive(Debug)]
pub(super) struct Rate {
    pub constant: Option<f64>,
    pub each: Vec<f64>,
    /// On the evidence and on what stands still, so that it changes for one agent at a time.
    pub by_evidence: bool,
}

impl Listening {
    pub fn new(route: &CompiledRoute, rules: &Rules, state: &State, lane: usize) -> Listening {
        let n = state.agent_count();
        let at_once = route.reach.iter().all(is_at_once);
        let lasting = route.memory == Memory::Ever && route.count != Count::Signals;
        let carry = match (at_once, route.memory) {
            (true, _) => Carry::AtOnce,
            (false, Memory::Last { .. }) => Carry::Always,
            (false, _) if lasting => Carry::Once,
            (false, _) => Carry::Again,
        };
        let deciding = [&route.needs, &route.base, &route.chance, &route.leave];
        let moving = deciding.into_iter().chain(&route.weight).chain(&route.reach).any(moves);
        let unit = route.constant_weight() == Some(1.0);
        let constants = (route.needs.constant(), route.base.constant());
        let reads_evidence =
            [&route.chance, &route.leave].iter().any(|program| program.reads().contains(&Quantity::Evidence));
        let mute = unit && !reads_evidence && matches!(constants, (Some(needs), Some(base)) if base >= needs);
        // Whoever speaks once only is heard over a tie once only.
        let speaks_once = !rules.can_end[route.from] || rules.once[route.from];
        // One signal makes its hearer enter for good, at once: only the first that is due matters.
        let first_is_enough = carry == Carry::Once
            && route.count == Count::Sources
            && matches!(constants, (Some(needs), Some(base)) if base + 1.0 >= needs)
            && (route.lasts || rules.once[route.slot])
            && is_at_once(&route.chance)
            && route.after.is_none();
        // After a restart of all waiting it has to be known over which ties a signal came; where one was enough it is.
        let alike = lasting
            && unit
            && speaks_once
            && !moving
            && !credit::is_asked_for(rules, route.slot)
            && leave_is_known(rules, route.from)
            && (first_is_enough || !rules.restarts);
        let first_is_enough = alike && first_is_enough;
        let by_tie = |wanted: bool, layer: usize| if wanted { state.layers[layer].network.ties() } else { 0 };
        let counted = by_count(route, alike || mute);
        Listening {
            carry,
            mute,
            alike,
            moves: moving,
            hears_to_leave: route.leave.reads().contains(&Quantity::Evidence),
            exact: unit,
            needs: vec![0.0; n],
            base: vec![0.0; n],
            sum: vec![0.0; n],
            whole: Vec::new(),
            evidence: vec![0.0; n],
            ready: vec![false; n],
            deaf: vec![false; n],
            soonest: vec![f64::INFINITY; if first_is_enough { n } else { 0 }],
            chance: Rate::new(&route.chance, moving),
            leave: Rate::new(&route.leave, moving),
            waiting: vec![false; n],
            enters: vec![0; n],
            leaves: vec![0; n],
            layers: route
                .layers
                .iter()
                .map(|&layer| Signals {
                    hearers: if alike || mute { Vec::new() } else { state.layers[layer].network.hearers() },
                    weights: Vec::new(),
                    reaches: Vec::new(),
                    live: vec![0; by_tie(counted, layer)],
                    until: vec![0.0; by_tie(counted && matches!(route.memory, Memory::Steps(_)), layer)],
                    drawn: vec![0; by_tie(!alike && !mute && carry != Carry::AtOnce, layer)],
                })
                .collect(),
            last: LastSignals::new(route.memory, n),
            lane,
        }
    }

    /// Brings evidence and readiness of an agent up to date with its sum. Returns whether the evidence changed.
    #[inline]
    pub fn weigh(&mut self, route: &CompiledRoute, i: usize) -> bool {
        let sum = self.sum[i];
        let share = match self.whole.get(i) {
            // The sum of a memory of the last signals is a share already.
            Some(&whole) if !matches!(route.memory, Memory::Last { .. }) => {
                if whole > 0.0 {
                    sum / whole
                } else {
                    0.0
                }
            }
            _ => sum,
        };
        let evidence = self.base[i] + share;
        self.ready[i] = suffices(evidence, self.needs[i], self.exact);
        std::mem::replace(&mut self.evidence[i], evidence) != evidence
    }

    pub fn enter_lane(&self) -> u32 {
        self.lane as u32
    }

    pub fn leave_lane(&self) -> u32 {
        self.lane as u32 + 1
    }

    pub fn arrive_lane(&self, place: usize) -> u32 {
        (self.lane + 2 + 2 * place) as u32
    }

    pub fn forget_lane(&self, place: usize) -> u32 {
        (self.lane + 3 + 2 * place) as u32
    }

    /// Nothing has been heard, as far as this route goes; all waiting has yet to be drawn anew.
    pub fn forget(&mut self, route: &CompiledRoute) {
        self.sum.fill(0.0);
        for signals in &mut self.layers {
            signals.live.fill(0);
            signals.until.fill(0.0);
        }
        self.last = LastSignals::new(route.memory, self.sum.len());
    }
}

impl Rate {
    pub fn new(program: &Compiled, moves: bool) -> Rate {
        let by_evidence = program.reads().contains(&Quantity::Evidence) && !moves;
        Rate { constant: program.constant(), each: Vec::new(), by_evidence }
    }

    pub fn of(&self, agent: usize) -> f64 {
        self.constant.unwrap_or_else(|| self.each[agent])
    }
}

/// Whether live signals are counted tie by tie.
pub(super) fn by_count(route: &CompiledRoute, alike: bool) -> bool {
    !alike && !matches!(route.memory, Memory::Last { .. })
}

/// Whether a formula hangs on who holds which stage.
fn moves(program: &Compiled) -> bool {
    program
        .reads()
        .iter()
        .any(|read| matches!(read, Quantity::Held(_) | Quantity::Depth(_) | Quantity::Credit(_) | Quantity::Won(_)))
        || (program.reads().contains(&Quantity::Evidence) && !program.is_local())
}

/// Whether it is known when a holder leaves as soon as it has entered.
pub(super) fn leave_is_known(rules: &Rules, slot: usize) -> bool {
    let mut into = rules.routes.iter().filter(|route| route.slot == slot);
    into.all(|route| !moves(&route.leave) && !route.leave.reads().contains(&Quantity::Evidence))
}
