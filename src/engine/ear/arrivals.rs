//! Whether what is said over the ties of a layer arrives in a step: draws that are addressed by the place of the tie.

use crate::contagion::state::Layer;
use crate::engine::rules::CompiledRoute;
use crate::formula::Moment;
use crate::rng::{Chance48, Trials};

/// Whether what is said over the ties of a layer arrives in a step, asked tie by tie.
#[derive(Debug)]
pub(super) enum Arrivals {
    Certain,
    /// The same reach on all ties: by tie, whether it arrives.
    Known(Vec<bool>),
    /// A reach that is asked for at the turn: the place of the trial of each tie.
    Asked(Box<Trials>, Vec<u32>),
}

impl Arrivals {
    pub fn new(route: &CompiledRoute, place: usize, layer: &Layer, moment: Moment) -> Arrivals {
        let trials = route.trials(route.layers[place], moment);
        match route.reach[place].constant() {
            Some(reach) if reach >= 1.0 => Arrivals::Certain,
            Some(reach) => Arrivals::Known(by_tie(layer, trials, |_| true, Some(reach), &[])),
            None => {
                let mut places = vec![0; layer.network.ties()];
                (0..).zip(&layer.by_speaker().ties).for_each(|(place, &tie)| places[tie as usize] = place);
                Arrivals::Asked(Box::new(trials), places)
            }
        }
    }

    pub fn at(&mut self, tie: usize, reach: f64) -> bool {
        match self {
            Arrivals::Certain => true,
            Arrivals::Known(arrives) => arrives[tie],
            Arrivals::Asked(trials, places) => trials.at(places[tie], Chance48::new(reach)),
        }
    }
}

/// By tie: whether what is said over it arrives, of the speakers that are listened to. The reach is the same for all ties,
/// or one of each.
pub(super) fn by_tie(
    layer: &Layer,
    mut trials: Trials,
    listened: impl Fn(usize) -> bool,
    constant: Option<f64>,
    reaches: &[f64],
) -> Vec<bool> {
    let speakers = layer.by_speaker();
    let mut arrived = vec![false; speakers.ties.len()];
    let rows = speakers.offsets.windows(2).enumerate().filter(|(speaker, _)| listened(*speaker));
    let rows = rows.map(|(_, row)| row[0]..row[1]);
    match constant {
        Some(reach) => trials.each(rows, Chance48::new(reach), |places| {
            places.iter().for_each(|&at| arrived[speakers.ties[at as usize] as usize] = true);
        }),
        None => rows.flatten().for_each(|at| {
            let tie = speakers.ties[at as usize] as usize;
            arrived[tie] = trials.at(at, Chance48::new(reaches[tie]));
        }),
    }
    arrived
}
