//! The ties of a statement: made or read, joined to their layer, given their columns.

use std::sync::Arc;

use super::build::{Builder, Built};
use super::select::part_of;
use super::set::{finite, place_of, tie_values};
use super::state::Layer;
use super::world::*;
use crate::formula::{Columns, Context, Formula, Line, Mistake, Scratch, View, compile};
use crate::network::{self, Network, NetworkError, Note};
use crate::rng::{Distribution, Purpose};

/// Columns that came with a file's ties: name, and a value for each tie.
type TieColumns = Vec<(String, Vec<f64>)>;

impl Builder<'_> {
    pub(super) fn ties(&mut self, ties: &Ties, world: &World) -> Result<(), Mistake> {
        let layer = place_of(&self.words.layers, &ties.layer);
        let piece = self.pieces[layer];
        self.pieces[layer] += 1;
        let part = part_of(&format!("{}#{piece}", ties.layer));
        let among = self.who(&ties.among, part)?;
        let (network, file_columns) = self.network(ties, &ties.maker, &among, part, world)?;
        let moved = self.join(layer, network, &ties.layer);
        if ties.columns.is_empty() && file_columns.is_empty() {
            return Ok(());
        }
        let all = self.built.state.layers[layer].network.ties() as u32;
        let first_tie_of_piece = moved.unwrap_or_else(|| (0..all).collect());
        for (column, initial) in &ties.columns {
            match initial {
                Initial::Topics(topics) => {
                    for (topic, initial) in topics {
                        self.tie_column(
                            layer,
                            &format!("{column}.{topic}"),
                            initial,
                            part,
                            &first_tie_of_piece,
                            ties.line,
                        )?;
                    }
                }
                initial => self.tie_column(layer, column, initial, part, &first_tie_of_piece, ties.line)?,
            }
        }
        for (column, values) in file_columns {
            let initial = Initial::Values(values);
            self.tie_column(layer, &column, &initial, part, &first_tie_of_piece, ties.line)?;
        }
        Ok(())
    }

    /// The ties of one statement among all agents, and the columns that came with them.
    fn network(
        &mut self,
        ties: &Ties,
        maker: &TieMaker,
        among: &[u32],
        part: u32,
        world: &World,
    ) -> Result<(Arc<Network>, TieColumns), Mistake> {
        let n = self.built.state.agents();
        let mistake = |error: NetworkError| Mistake::new(ties.line, format!("ties \"{}\": {error}", ties.layer));
        let mut stream = self.source.key(Purpose::Wiring, part).stream(0);
        let plain = |made: network::Made, notes: &mut Vec<Note>| {
            notes.extend(made.notes);
            (Arc::new(made.network), Vec::new())
        };
        Ok(match maker {
            TieMaker::Network(maker) => {
                let made = network::make(maker, among.len() as u32, &mut stream).map_err(mistake)?;
                let (network, columns) = plain(made, &mut self.built.notes);
                (if among.len() == n { network } else { Arc::new(network.placed(among, n)) }, columns)
            }
            TieMaker::Star { from, to } => {
                let from = self.select(part).agents(from)?;
                let to = self.select(part.wrapping_add(1)).agents(to)?;
                plain(network::star(n as u32, &from, &to).map_err(mistake)?, &mut self.built.notes)
            }
            TieMaker::Members { of, each } => {
                let groups = self.select(part).agents(of)?;
                let made = network::members(n as u32, &groups, among, *each, &mut stream).map_err(mistake)?;
                plain(made, &mut self.built.notes)
            }
            TieMaker::Audience { of, size, disjoint } => {
                let speakers = self.select(part).agents(of)?;
                if size.fract() != 0.0 || *size < 0.0 || *size > f64::from(u32::MAX) {
                    return Err(Mistake::new(
                        ties.line,
                        format!(
                            "ties \"{}\": audience: size = {size} is not possible, allowed is a whole number",
                            ties.layer
                        ),
                    ));
                }
                let made = network::audience(n as u32, &speakers, among, *size as u32, *disjoint, &mut stream)
                    .map_err(mistake)?;
                plain(made, &mut self.built.notes)
            }
            TieMaker::Kernel { k, weight, candidates } => {
                let made = self.kernel(*k, weight, *candidates, among, &mut stream, ties)?;
                plain(made, &mut self.built.notes)
            }
            TieMaker::List(list) => {
                let pairs = list
                    .iter()
                    .map(|(from, to)| Ok((self.one(from, among, ties.line)?, self.one(to, among, ties.line)?)))
                    .collect::<Result<Vec<_>, Mistake>>()?;
                let (network, dropped) = Network::from_ties(n, pairs, false);
                if dropped.self_ties > 0 {
                    return Err(Mistake::new(ties.line, "an agent cannot be tied to itself"));
                }
                if dropped.repeats > 0 {
                    self.built.notes.push(Note::new("repeated ties dropped", dropped.repeats));
                }
                (Arc::new(network), Vec::new())
            }
            TieMaker::File(file) => self.file(file, among, world, ties.line)?,
            TieMaker::Shuffled { of, share } => {
                let (network, _) = self.network(ties, of, among, part, world)?;
                let mut stream = self.source.key(Purpose::Wiring, part).stream(1);
                let made = match *share {
                    1.0 => network::shuffled(&network, true, &mut stream),
                    share => network::swapped(Arc::unwrap_or_clone(network), share, &mut stream).map_err(mistake)?,
                };
                plain(made, &mut self.built.notes)
            }
        })
    }

    fn kernel(
        &mut self,
        k: u32,
        weight: &Formula,
        candidates: u32,
        among: &[u32],
        stream: &mut crate::rng::Stream,
        ties: &Ties,
    ) -> Result<network::Made, Mistake> {
        // The formula is about ties: a candidate is a tie that may come to be, in a layer of one hearer's candidates.
        let layer = place_of(&self.words.layers, &ties.layer);
        let program = compile(weight, Context::Ties(layer), &self.words.about(None), &mut self.built.numbering)?;
        let moment = self.moment();
        let mut scratch = Scratch::default();
        program.prepare(&self.built.state, moment, &mut scratch);
        let state = &self.built.state;
        let mut hearers = Vec::new();
        let mut weigh = |hearer: u32, speakers: &[u32], odds: &mut [f64]| {
            hearers.clear();
            hearers.resize(speakers.len(), hearer);
            program.pairs(state, moment, &mut scratch, speakers, &hearers, odds);
        };
        let made = network::kernel(state.agents() as u32, among, k, candidates, &mut weigh, stream);
        made.map_err(|error| Mistake::new(ties.line, format!("ties \"{}\": {error}", ties.layer)))
    }

    /// The one agent a written list names: a name, or a number counted from 1.
    fn one(&mut self, name: &str, among: &[u32], line: Line) -> Result<u32, Mistake> {
        if let Ok(number) = name.parse::<usize>() {
            return among.get(number.wrapping_sub(1)).copied().ok_or_else(|| {
                Mistake::new(line, format!("there is no agent {number}; agents are 1 to {}", among.len()))
            });
        }
        match self.select(0).agents(&Who::Named(name.to_string(), line))?[..] {
            [agent] => Ok(agent),
            ref agents => Err(Mistake::new(line, format!("\"{name}\" names {} agents; a tie needs one", agents.len()))),
        }
    }

    /// A file's agents are those of the population: by label where they came with labels, else in the file's order.
    fn file(
        &mut self,
        file: &FileTies,
        among: &[u32],
        world: &World,
        line: Line,
    ) -> Result<(Arc<Network>, TieColumns), Mistake> {
        let labels = world.setup.iter().find_map(|setup| match setup {
            Setup::Agents(Agents { members: Members::Labelled(labels), .. }) => Some(labels),
            _ => None,
        });
        let n = self.built.state.agents();
        let places: Vec<u32> = match labels {
            Some(labels) if *labels == file.labels => among.to_vec(),
            Some(labels) => {
                let mut sorted: Vec<(&str, u32)> =
                    labels.iter().zip(0..).map(|(label, place)| (label.as_str(), place)).collect();
                sorted.sort_unstable();
                file.labels
                    .iter()
                    .map(|label| {
                        sorted
                            .binary_search_by(|(known, _)| known.cmp(&label.as_str()))
                            .map(|at| among[sorted[at].1 as usize])
                            .map_err(|_| {
                                Mistake::new(
                                    line,
                                    format!(
                                        "{}: a tie names \"{label}\", who is not among the agents' {} labels",
                                        file.path,
                                        labels.len()
                                    ),
                                )
                            })
                    })
                    .collect::<Result<_, _>>()?
            }
            None if file.labels.len() == among.len() => among.to_vec(),
            None => {
                return Err(Mistake::new(
                    line,
                    format!(
                        "{} ties {} agents, but there are {}; declare agents(\"person\", {}) or read them: agents(\"person\", nodes \"...\")",
                        file.path,
                        file.labels.len(),
                        among.len(),
                        file.labels.len()
                    ),
                ));
            }
        };
        if places.windows(2).all(|pair| pair[0] < pair[1]) {
            let everybody = places.len() == n;
            let network = if everybody { file.network.clone() } else { Arc::new(file.network.placed(&places, n)) };
            return Ok((network, file.columns.clone()));
        }
        // Labels in another order than the file's: ties change their places, and their columns with them.
        let network = &file.network;
        let hearers = network.hearers();
        let mut order: Vec<u32> = (0..network.ties() as u32).collect();
        let placed = |tie: &u32| {
            let tie = *tie as usize;
            (places[hearers[tie] as usize], places[network.sources()[tie] as usize])
        };
        order.sort_unstable_by_key(placed);
        let pairs = order.iter().map(|tie| {
            let (hearer, speaker) = placed(tie);
            (speaker, hearer)
        });
        let (moved, _) = Network::from_ties(n, pairs, false);
        let moved = if network.is_mutual() { moved.undirected() } else { moved };
        let columns = file
            .columns
            .iter()
            .map(|(name, values)| (name.clone(), order.iter().map(|&tie| values[tie as usize]).collect()))
            .collect();
        Ok((Arc::new(moved), columns))
    }

    /// Adds the ties of a statement to their layer. Returns where each tie of the statement went; none when they are all
    /// the ties there are.
    fn join(&mut self, layer: usize, network: Arc<Network>, name: &str) -> Option<Vec<u32>> {
        let state = &mut self.built.state;
        state.forget_measures();
        let target = &mut state.layers[layer];
        let columns = target.columns.len();
        if target.network.ties() == 0 {
            *target = Layer::new(network, columns);
            return None;
        }
        let joined = network::join(&[&target.network, &network]);
        let mut both = Layer::new(Arc::new(joined.network), columns);
        both.first_values = std::mem::take(&mut target.first_values);
        let mut everywhere = vec![0; network.ties()];
        for (to, (&part, &tie)) in joined.part.iter().zip(&joined.tie).enumerate() {
            match part {
                0 => {
                    for (place, column) in target.columns.iter().enumerate() {
                        if let Some(values) = column {
                            both.column_mut(place)[to] = values[tie as usize];
                        }
                    }
                }
                _ => everywhere[tie as usize] = to as u32,
            }
        }
        *target = both;
        if joined.repeats > 0 {
            self.built.notes.push(Note::new(format!("ties of layer {name} declared twice, kept once"), joined.repeats));
        }
        Some(everywhere)
    }

    fn tie_column(
        &mut self,
        layer: usize,
        column: &str,
        initial: &Initial,
        part: u32,
        ties: &[u32],
        line: Line,
    ) -> Result<(), Mistake> {
        let target = Target { view: View::Tie, path: vec![column.to_string()] };
        let network = self.built.state.layers[layer].network.clone();
        let values: Vec<f64> = match initial {
            Initial::Values(values) | Initial::Read(values) => values.clone(),
            Initial::Draw(law) => self.drawn(law, &network, part_of(column) ^ part, ties),
            Initial::Formula(formula) => {
                let moment = self.moment();
                let Built { state, numbering, .. } = &mut self.built;
                let all = tie_values(formula, self.words, state, numbering, moment, layer)?;
                ties.iter().map(|&tie| all[tie as usize]).collect()
            }
            Initial::List { .. } => {
                return Err(Mistake::new(line, format!("tie column {column}: list(...) is for agents")));
            }
            Initial::Topics(_) => {
                return Err(Mistake::new(line, format!("column {column}: topic{{...}} inside topic{{...}}")));
            }
        };
        let place = place_of(&self.words.tie_columns, column);
        if let Initial::Formula(formula) = initial {
            let first = formula.constant().unwrap_or(0.0);
            self.built.state.layers[layer].first_values[place] = first;
        }
        let written = self.built.state.layers[layer].column_mut(place);
        for (&tie, value) in ties.iter().zip(values) {
            written[tie as usize] = finite(value, &target, line)?;
        }
        Ok(())
    }

    /// Both directions of a mutual tie share their draw.
    fn drawn(&self, law: &Distribution, network: &Network, part: u32, ties: &[u32]) -> Vec<f64> {
        let mut draws = self.source.key(Purpose::TieColumn, part).draws(0);
        match network.reverse_ties() {
            Some(reverse) => {
                ties.iter().map(|&tie| law.at(&mut draws, tie.min(reverse[tie as usize]).into())).collect()
            }
            None => ties.iter().map(|&tie| law.at(&mut draws, tie.into())).collect(),
        }
    }
}
