//! The seam for rules that are no formulas: whoever makes a run brings their functions along.

use super::ear::Ear;
use super::rules::Rules;
use crate::contagion::State;
use crate::contagion::names::Vocabulary;
use crate::contagion::world::World;
use crate::formula::{Mistake, Moment};

/// The functions of a world's plain rules, for one run. What they keep from step to step belongs to that run.
pub trait PlainRules {
    /// Carries out rule `number` of [`World::plain`] in the step of `moment`: after the updates, before the rewiring. It
    /// may write columns of agents and ties, let agents enter and leave stages, and give layers other ties.
    fn step(&mut self, number: usize, scene: &mut Scene<'_>, moment: Moment) -> Result<Done, Mistake>;
}

/// What a plain rule works on.
#[derive(Debug)]
pub struct Scene<'a> {
    pub world: &'a World,
    pub words: &'a Vocabulary,
    pub state: &'a mut State,
}

/// What a plain rule did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// Who entered which slot, to be heard in the next step.
    pub entered: Vec<(usize, u32)>,
    /// Layers with other ties than before: for each of the ties which one it was.
    pub retied: Vec<(usize, Vec<Option<u32>>)>,
    /// Nothing can change any more: the run ends with this step.
    pub stop: bool,
}

/// Lets what was heard over the ties of a layer follow the ties to their new places.
pub(super) fn follow(ears: &mut [Ear], rules: &Rules, layer: usize, kept: &[Option<u32>], state: &State) {
    for (ear, route) in ears.iter_mut().zip(&rules.routes) {
        if let Some(place) = route.layers.iter().position(|&of_route| of_route == layer) {
            ear.retie(place, kept, &state.layers[layer].network);
        }
    }
}
