//! One agent listens by itself, when its turn comes: it hears the others as they are by then.

use std::ops::Range;

use super::arrivals::Arrivals;
use super::{Ear, Heard, Stir, indecision_draws, oldest};
use crate::contagion::State;
use crate::contagion::state::{Open, by_event, in_step};
use crate::contagion::world::{Count, Emit, Memory};
use crate::engine::evidence::check;
use crate::engine::rules::{Compiled, CompiledRoute};
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::Draws;

/// A formula asked for one agent at a time, and what it was last prepared for.
#[derive(Debug, Default)]
pub struct Asked {
    scratch: Scratch,
    as_of: Option<u64>,
}

/// When a turn is: which step, whose, and how much has happened before it.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    pub moment: Moment,
    pub agent: usize,
    /// By agent: its place in the order of the step before; empty in the first, where nobody has had a turn.
    pub before: &'a [u32],
    /// Goes up with every change of the state: what a formula adds up over others holds as long as it stands still.
    pub changes: u64,
}

impl Asked {
    /// The value for the agent whose turn it is.
    pub fn of_agent(&mut self, program: &Compiled, state: &State, turn: Turn<'_>) -> f64 {
        if let Some(value) = program.constant() {
            return value;
        }
        let mut out = [0.0];
        let scratch = self.prepared(program, state, turn);
        program.agents(state, turn.moment, scratch, Rows::Listed(&[turn.agent as u32]), &mut out);
        out[0]
    }

    /// The values for the ties of a row, at their places among those of all ties.
    fn of_ties(
        &mut self,
        program: &Compiled,
        state: &State,
        turn: Turn<'_>,
        row: Range<usize>,
        hearers: &[u32],
        values: &mut Vec<f64>,
    ) {
        values.resize(hearers.len(), 0.0);
        let out = &mut values[row.clone()];
        match program.constant() {
            Some(value) => out.fill(value),
            None => {
                let scratch = self.prepared(program, state, turn);
                program.ties(state, turn.moment, scratch, row.start, &hearers[row], out);
            }
        }
    }

    fn prepared(&mut self, program: &Compiled, state: &State, turn: Turn<'_>) -> &mut Scratch {
        let wanted = if program.is_local() { turn.moment.now.into() } else { turn.changes };
        if self.as_of != Some(wanted) {
            program.prepare(state, turn.moment, &mut self.scratch);
            self.as_of = Some(wanted);
        }
        &mut self.scratch
    }
}

/// The formulas of one route, asked agent by agent, and the draws of the step.
#[derive(Debug)]
pub struct Questions {
    reach: Vec<Asked>,
    weight: Vec<Asked>,
    needs: Asked,
    base: Asked,
    pub chance: Asked,
    pub leave: Asked,
    /// By place among the route's layers.
    arrivals: Vec<Arrivals>,
    indecision: Draws,
}

impl Questions {
    pub fn new(route: &CompiledRoute, state: &State, moment: Moment) -> Questions {
        let asked = || route.layers.iter().map(|_| Asked::default()).collect();
        Questions {
            reach: asked(),
            weight: asked(),
            needs: Asked::default(),
            base: Asked::default(),
            chance: Asked::default(),
            leave: Asked::default(),
            arrivals: route
                .layers
                .iter()
                .enumerate()
                .map(|(place, &layer)| Arrivals::new(route, place, &state.layers[layer], moment))
                .collect(),
            indecision: indecision_draws(route, moment),
        }
    }
}

impl Ear {
    /// A step of turns begins.
    pub fn begin_turns(&mut self, route: &CompiledRoute) {
        let n = self.evidence.len();
        self.needs.resize(n, 0.0);
        self.base.resize(n, 0.0);
        if let (Count::Signals, Memory::Steps(steps)) = (route.count, route.memory) {
            self.window.push_back(vec![0.0; n]);
            if self.window.len() > steps as usize {
                self.window.pop_front();
            }
        }
    }

    /// The agent whose turn it is hears, and its evidence is brought up to date.
    pub fn listen_in_turn(
        &mut self,
        route: &CompiledRoute,
        state: &State,
        turn: Turn<'_>,
        questions: &mut Questions,
    ) -> Result<Stir, Mistake> {
        let i = turn.agent;
        let mut stir = Stir { heard: !self.begun, drew: false };
        let unit = route.constant_weight() == Some(1.0);
        let shares_last = route.count == Count::Share && matches!(route.memory, Memory::Last { .. });
        let (mut sum, mut whole) = (0.0, 0.0);
        for (place, &layer) in route.layers.iter().enumerate() {
            let ties = &state.layers[layer];
            let row = ties.network.row(i);
            let heard = &mut self.layers[place];
            if !unit {
                let program = &route.weight[place];
                let Heard { hearers, weights, .. } = heard;
                questions.weight[place].of_ties(program, state, turn, row.clone(), hearers, weights);
                check(&weights[row.clone()], route, "weight")?;
            }
            let constant = route.reach[place].constant();
            if constant.is_none() {
                let program = &route.reach[place];
                let Heard { hearers, reaches, .. } = heard;
                questions.reach[place].of_ties(program, state, turn, row.clone(), hearers, reaches);
                check(&reaches[row.clone()], route, "reach")?;
            }
            let Heard { weights, reaches, when, .. } = heard;
            let weight = |tie: usize| if unit { 1.0 } else { weights[tie] };
            let arrivals = &mut questions.arrivals[place];
            let mut arrives = |tie: usize| {
                let reach = constant.unwrap_or_else(|| reaches[tie]);
                stir.drew |= reach > 0.0 && reach < 1.0;
                arrivals.at(tie, reach)
            };
            let open = if ties.gated { ties.open.as_ref() } else { None };
            let is_open = |tie: usize| open.is_none_or(|open| open.is[tie]);
            let speakers = &state.standings[route.from].entered;
            let now = turn.moment.now;
            // Said once, it is heard by everybody at the first turn that follows.
            let says = |tie: usize| {
                let source = ties.sources()[tie] as usize;
                match (route.emit, speakers[source]) {
                    (_, 0) => false,
                    (Emit::Always, _) => true,
                    (Emit::Once, mark) if mark == by_event(now) || mark == in_step(now) => true,
                    (Emit::Once, mark) if mark + 1 != by_event(now) => false,
                    (Emit::Once, _) => turn.before.is_empty() || turn.before[i] < turn.before[source],
                }
            };
            if route.count == Count::Share && !shares_last {
                let only_open = route.memory == Memory::Steps(1);
                row.clone().filter(|&tie| !only_open || is_open(tie)).for_each(|tie| whole += weight(tie));
            }
            match (route.count, route.memory) {
                (_, Memory::Last { .. }) => {
                    for tie in open_in(row, open) {
                        if arrives(tie) {
                            let value = if says(tie) { weight(tie) } else { 0.0 };
                            self.last.remember(i, value);
                        }
                    }
                }
                (Count::Signals, _) => {
                    for tie in open_in(row, open) {
                        if says(tie) && arrives(tie) {
                            sum += weight(tie);
                        }
                    }
                }
                (Count::Sources | Count::Share, memory) => {
                    let oldest = oldest(memory, now);
                    for tie in row {
                        let remembered = memory == Memory::Ever && when[tie] != 0;
                        if !remembered && is_open(tie) && says(tie) && arrives(tie) {
                            when[tie] = now + 1;
                        }
                        if when[tie] >= oldest {
                            sum += weight(tie);
                        }
                    }
                }
            }
        }
        match (route.count, route.memory) {
            (_, Memory::Last { .. }) => {
                let holds = state.standings[route.slot].holds(i);
                sum = self.last.sum(route.count, i, holds, &mut questions.indecision);
            }
            (Count::Signals, Memory::Ever) => sum += self.sum[i],
            (Count::Signals, Memory::Steps(_)) => {
                self.window.back_mut().expect("a step of turns has begun")[i] = sum;
                sum = self.window.iter().map(|earlier| earlier[i]).sum();
            }
            (Count::Sources | Count::Share, _) => {}
        }
        stir.heard |= sum != self.sum[i];
        self.sum[i] = sum;
        self.needs[i] = questions.needs.of_agent(&route.needs, state, turn);
        self.base[i] = questions.base.of_agent(&route.base, state, turn);
        check(&self.needs[i..=i], route, "needs")?;
        check(&self.base[i..=i], route, "base")?;
        let share = match route.count {
            Count::Share if !shares_last => Some(if whole > 0.0 { sum / whole } else { 0.0 }),
            _ => None,
        };
        self.evidence[i] = self.base[i] + share.unwrap_or(sum);
        self.is_ready[i] = self.suffices(i, unit);
        Ok(stir)
    }

    /// A step of turns has ended.
    pub fn end_turns(&mut self) {
        self.begun = true;
    }

    pub fn is_ready(&self, agent: usize) -> bool {
        self.is_ready[agent]
    }
}

/// The ties of a row that are open, ascending.
fn open_in(row: Range<usize>, open: Option<&Open>) -> impl Iterator<Item = usize> {
    let all = if open.is_none() { row.clone() } else { 0..0 };
    let some = open.map_or(&[][..], |open| {
        let from = open.ties.partition_point(|&tie| (tie as usize) < row.start);
        let count = open.ties[from..].partition_point(|&tie| (tie as usize) < row.end);
        &open.ties[from..from + count]
    });
    all.chain(some.iter().map(|&tie| tie as usize))
}
