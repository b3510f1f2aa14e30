//! Agents act one after another, in a fresh random order each step, each seeing the latest state.

use super::{Stepper, Stirred};
use crate::contagion::State;
use crate::contagion::state::{Phase, in_step};
use crate::engine::ear::turn::{Questions, Turn};
use crate::engine::evidence::check;
use crate::formula::{Mistake, Moment};
use crate::rng::{Draws, Purpose, Source};

/// Whose turn comes when: by a draw for every agent and step, the smallest first.
#[derive(Clone, Debug)]
pub struct Turns(Draws);

impl Turns {
    /// The order of step `now`.
    pub fn of(source: Source, now: u32) -> Turns {
        Turns(source.key(Purpose::Order, 0).draws(now.into()))
    }

    /// What places an agent: of two agents the one with less comes first.
    pub fn rank(&mut self, agent: u32) -> (u64, u32) {
        (self.0.bits64(agent.into()), agent)
    }

    fn of_all(mut self, agents: usize) -> Vec<u32> {
        let mut ranks: Vec<(u64, u32)> = (0..agents as u32).map(|agent| self.rank(agent)).collect();
        ranks.sort_unstable();
        ranks.into_iter().map(|(_, agent)| agent).collect()
    }
}

impl Stepper<'_> {
    /// Everybody takes a turn: hears, decides by what it has heard, leaves and enters, before the next one does.
    pub(super) fn take_turns(
        &mut self,
        state: &mut State,
        moment: Moment,
        stirred: &mut Stirred,
    ) -> Result<(), Mistake> {
        let rules = self.rules;
        let agents = Turns::of(moment.source, moment.now).of_all(state.agent_count());
        let mut questions: Vec<Questions> =
            rules.routes.iter().map(|route| Questions::new(route, state, moment)).collect();
        let mut entry: Vec<Draws> = self.decision_draws(Purpose::Entry, moment);
        let mut leave: Vec<Draws> = self.decision_draws(Purpose::Leave, moment);
        for (ear, route) in self.ears.iter_mut().zip(&rules.routes) {
            ear.begin_turns(route);
        }
        state.phase = Phase::Acting;
        let before = std::mem::take(&mut self.before);
        let (mut entries, mut leaves) = (Vec::new(), Vec::new());
        self.changes += 1;
        for &agent in &agents {
            let i = agent as usize;
            entries.clear();
            leaves.clear();
            for (number, route) in rules.routes.iter().enumerate() {
                let turn = Turn { moment, agent: i, before: &before, changes: self.changes };
                if route.lasts && state.standings[route.slot].holds(i) {
                    continue;
                }
                let stir = self.ears[number].listen_in_turn(route, state, turn, &mut questions[number])?;
                stirred.changed |= stir.heard;
                stirred.drew |= stir.drew;
                let standing = &state.standings[route.slot];
                let holds = standing.holds(i);
                let ear = &mut self.ears[number];
                let (program, asked, draws, field) = if !holds {
                    let may = ear.is_ready(i)
                        && route.after.is_none_or(|after| state.standings[after].holds(i))
                        && ear.tries.get(i).is_none_or(|&tries| tries > 0);
                    if !may {
                        continue;
                    }
                    if let Some(tries) = ear.tries.get_mut(i) {
                        *tries -= 1;
                    }
                    (&route.chance, &mut questions[number].chance, &mut entry[number], "chance")
                } else {
                    if route.never_leaves() || standing.fixed.get(i).is_some_and(|&fixed| fixed) {
                        continue;
                    }
                    (&route.leave, &mut questions[number].leave, &mut leave[number], "leave")
                };
                std::mem::swap(&mut state.evidence, &mut ear.evidence);
                let p = asked.of_agent(program, state, turn);
                std::mem::swap(&mut state.evidence, &mut ear.evidence);
                check(&[p], route, field)?;
                if p < 1.0 || program.constant().is_none() {
                    self.clamped += u64::from(!(0.0..=1.0).contains(&p));
                    stirred.drew |= p > 0.0 && p < 1.0;
                }
                if draws.bernoulli(agent.into(), p) {
                    if holds { leaves.push(route.slot) } else { entries.push(number) }
                }
            }
            for &slot in &leaves {
                if state.standings[slot].holds(i) {
                    state.leave(slot, i);
                }
            }
            for &number in &entries {
                let slot = rules.routes[number].slot;
                if state.enter(slot, i, in_step(moment.now)) {
                    self.credit(number, i, state, moment);
                }
            }
            if !entries.is_empty() || !leaves.is_empty() {
                stirred.moved = true;
                self.changes += 1;
            }
        }
        stirred.changed |= stirred.moved;
        self.ears.iter_mut().for_each(|ear| ear.end_turns());
        // Whom an event made known has been heard by now.
        self.fresh.iter_mut().for_each(Vec::clear);
        self.before = vec![0; agents.len()];
        agents.iter().enumerate().for_each(|(place, &agent)| self.before[agent as usize] = place as u32);
        Ok(())
    }

    fn decision_draws(&self, purpose: Purpose, moment: Moment) -> Vec<Draws> {
        let of_route = |part| moment.source.key(purpose, part).draws(moment.now.into());
        self.rules.routes.iter().map(|route| of_route(route.part)).collect()
    }
}
