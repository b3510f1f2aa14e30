//! What belongs to a step and not to an agent: in continuous time it happens at whole times.
//!
//! Contacts open ties for the unit of time that begins, once the events of its time are done; updates and then rewiring
//! end a unit, before the events of the next time. All waiting is drawn anew afterwards, which changes no law.

use super::Clock;
use super::listening::Carry;
use super::queue::Due;
use crate::contagion::State;
use crate::contagion::names::Quantity;
use crate::contagion::state::Phase;
use crate::contagion::world::Memory;
use crate::engine::contact::open_ties;
use crate::engine::rewire::rewire;
use crate::engine::stepper::Pace;
use crate::engine::update::update;
use crate::formula::Mistake;

impl Clock<'_> {
    /// Opens the ties of the coming unit of time.
    pub(super) fn open_for_a_unit(&mut self, state: &mut State) -> Result<(), Mistake> {
        let moment = self.moment(state);
        for contact in &self.rules.contacts {
            open_ties(contact, state, moment, &mut self.scratch)?;
            self.stale = true;
        }
        Ok(())
    }

    /// Updates and rewiring, at the end of a unit of time.
    pub(super) fn end_unit(&mut self, state: &mut State) -> Result<(), Mistake> {
        let moment = self.moment(state);
        if !self.rules.updates.is_empty() {
            state.phase = Phase::Updating;
            update(&self.rules.updates, state, moment, &mut self.scratch)?;
            state.phase = Phase::Standing;
            self.written(&|read| {
                matches!(read, Quantity::AgentColumn(_) | Quantity::TieColumn(_) | Quantity::ItemColumn(..))
            });
        }
        for rewiring in &self.rules.rewirings {
            rewire(rewiring, state, moment, &mut self.scratch)?;
            self.stale = true;
        }
        Ok(())
    }

    /// Where holders are heard at once and memory is limited, ties that were closed or rewired fall silent as if their speaker
    /// had left.
    pub(super) fn hush(&mut self, r: usize, state: &State) {
        let route = &self.rules.routes[r];
        let Memory::Steps(units) = route.memory else { return };
        if self.listening[r].carry != Carry::AtOnce || self.listening[r].mute {
            return;
        }
        for (place, &layer) in route.layers.iter().enumerate() {
            let layer = &state.layers[layer];
            let lane = self.listening[r].forget_lane(place);
            for (tie, &source) in layer.sources().iter().enumerate() {
                let signals = &mut self.listening[r].layers[place];
                let said = layer.carries(tie) && state.standings[route.from].holds(source as usize);
                if said || signals.live[tie] == 0 {
                    continue;
                }
                if units == 0 {
                    signals.live[tie] = 0;
                } else if signals.until[tie] <= self.now {
                    let time = self.now + f64::from(units);
                    signals.until[tie] = time;
                    self.due(Due { time, lane, row: tie as u32, count: 0 });
                }
            }
        }
    }
}
