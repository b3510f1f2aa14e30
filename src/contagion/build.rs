//! From the description of a world to its state at time 0, before anything spreads.

use std::sync::Arc;

use super::names::Vocabulary;
use super::select::{Selection, part_of};
use super::state::{Layer, State};
use super::world::*;
use crate::formula::{Columns, Context, Formula, Line, Mistake, Moment, Numbering, Scratch, View, compile};
use crate::network::{self, Network, NetworkError, Note};
use crate::rng::{Distribution, Purpose, Source};

/// A world ready to run.
#[derive(Clone, Debug)]
pub struct Built {
    pub state: State,
    /// What makers and files had to drop or bend, counted.
    pub notes: Vec<Note>,
    /// The written `chance`s met so far.
    pub numbering: Numbering,
}

/// Executes the setup of a world in its order.
pub fn build(world: &World, words: &Vocabulary, source: Source) -> Result<Built, Mistake> {
    let mut kinds = Vec::new();
    let mut agents: u32 = 0;
    for setup in &world.setup {
        if let Setup::Agents(kind) = setup {
            let count = u32::try_from(kind.members.count())
                .ok()
                .and_then(|count| agents.checked_add(count))
                .ok_or_else(|| Mistake::new(kind.line, "a world holds at most 4,294,967,295 agents"))?;
            kinds.push(agents..count);
            agents = count;
        }
    }
    let items = item_values(world, words);
    let mut state = State::new(kinds, words.agent_columns.len(), items, words.slots());
    let tie_columns = words.tie_columns.len();
    let nobody = Arc::new(Network::empty(state.agents()));
    state.layers = words.layers.iter().map(|_| Layer::new(nobody.clone(), tie_columns)).collect();
    state.structure = vec![f64::NAN; words.structure.len()];
    let mut builder = Builder {
        words,
        source,
        built: Built { state, notes: Vec::new(), numbering: Numbering::default() },
        kind: 0,
        pieces: vec![0; words.layers.len()],
        statement: 0,
    };
    for setup in &world.setup {
        builder.statement += 1;
        match setup {
            Setup::Agents(agents) => builder.agents(agents)?,
            Setup::Ties(ties) => builder.ties(ties, world)?,
            Setup::Set(set) => builder.set(set)?,
            Setup::Mark(mark) => builder.mark(mark)?,
        }
    }
    Ok(builder.built)
}

fn item_values(world: &World, words: &Vocabulary) -> Vec<Vec<f64>> {
    let mut items = vec![vec![0.0; words.item_columns.len()]; words.items.len()];
    for (place, item) in world.items.iter().enumerate() {
        for (column, value) in &item.columns {
            if let ItemValue::Number(value) = value {
                let column = words.item_columns.iter().position(|known| known == column);
                items[place][column.expect("columns of items were collected")] = *value;
            }
        }
    }
    items
}

/// Assigns a `set` statement to a state: shared by the setup and by events.
pub fn apply_set(
    set: &Set,
    words: &Vocabulary,
    state: &mut State,
    numbering: &mut Numbering,
    moment: Moment,
    part: u32,
) -> Result<(), Mistake> {
    let column = set.column.path.join(".");
    match set.column.view {
        View::Me => {
            let mut selection = Selection { words, state, numbering, moment, part };
            let values = selection.values(&set.to)?;
            let chosen = selection.agents(set.who.as_ref().unwrap_or(&Who::All))?;
            let place = place_of(&words.agent_columns, &column);
            let target = state.agent_column_mut(place);
            for agent in chosen {
                target[agent as usize] = finite(values[agent as usize], &set.column, set.line)?;
            }
        }
        View::Tie => {
            for layer in 0..state.layers.len() {
                set_ties(set, &column, words, state, numbering, moment, layer)?;
            }
        }
        View::It => {
            for item in 0..words.items.len() {
                let program = compile(&set.to, Context::World, &words.about(Some(item)), numbering)?;
                let value = program.scalar(state, moment, &mut Scratch::default());
                state.items[item][place_of(&words.item_columns, &column)] = finite(value, &set.column, set.line)?;
            }
        }
        View::Src | View::Dst | View::Plain => {
            return Err(Mistake::new(
                set.line,
                format!("cannot set {}.{column}; allowed: me.column, tie.column, it.column", set.column.view.word()),
            ));
        }
    }
    Ok(())
}

fn set_ties(
    set: &Set,
    column: &str,
    words: &Vocabulary,
    state: &mut State,
    numbering: &mut Numbering,
    moment: Moment,
    layer: usize,
) -> Result<(), Mistake> {
    // A column kept per topic is set for every topic unless one is named.
    let columns: Vec<usize> = (0..words.tie_columns.len())
        .filter(|&place| {
            let known = &words.tie_columns[place];
            known == column || known.strip_prefix(column).is_some_and(|rest| rest.starts_with('.'))
        })
        .collect();
    let here = columns.iter().any(|&place| state.layers[layer].columns[place].is_some());
    if !here && words.layers.len() > 1 {
        return Ok(()); // a layer that never had the column keeps none
    }
    let values = tie_values(&set.to, words, state, numbering, moment, layer)?;
    let given = match &set.given {
        Some(given) => Some(tie_values(given, words, state, numbering, moment, layer)?),
        None => None,
    };
    for place in columns {
        let target = state.layers[layer].column_mut(place);
        for (tie, value) in target.iter_mut().enumerate() {
            if given.as_ref().is_none_or(|given| given[tie] != 0.0) {
                *value = finite(values[tie], &set.column, set.line)?;
            }
        }
    }
    Ok(())
}

/// A formula's value for every tie of a layer.
pub fn tie_values(
    formula: &Formula,
    words: &Vocabulary,
    state: &State,
    numbering: &mut Numbering,
    moment: Moment,
    layer: usize,
) -> Result<Vec<f64>, Mistake> {
    let program = compile(formula, Context::Ties(layer), &words.about(None), numbering)?;
    let mut scratch = Scratch::default();
    let hearers = state.layers[layer].network.hearers();
    let mut values = vec![0.0; hearers.len()];
    program.prepare(state, moment, &mut scratch);
    program.ties(state, moment, &mut scratch, 0, &hearers, &mut values);
    Ok(values)
}

pub fn place_of(names: &[String], name: &str) -> usize {
    names.iter().position(|known| known == name).expect("all columns of a world were collected")
}

fn finite(value: f64, column: &Target, line: Line) -> Result<f64, Mistake> {
    if value.is_nan() {
        let name = column.path.join(".");
        return Err(Mistake::new(
            line,
            format!("{}.{name} would become NaN (0/0, log or sqrt of a negative number)", column.view.word()),
        ));
    }
    Ok(value)
}

/// Columns that came with a file's ties: name, and a value for each tie.
type TieColumns = Vec<(String, Vec<f64>)>;

struct Builder<'a> {
    words: &'a Vocabulary,
    source: Source,
    built: Built,
    /// Kinds declared so far.
    kind: usize,
    /// How often each layer was added to so far.
    pieces: Vec<u32>,
    statement: u32,
}

impl Builder<'_> {
    fn moment(&self) -> Moment {
        Moment { source: self.source, now: 0 }
    }

    fn agents(&mut self, agents: &Agents) -> Result<(), Mistake> {
        let range = self.built.state.kinds[self.kind].clone();
        self.kind += 1;
        for (column, initial) in &agents.columns {
            if matches!(initial, Initial::List { .. }) {
                continue; // no column: whoever brings the plain rules keeps the lists
            }
            let place = place_of(&self.words.agent_columns, column);
            let part = part_of(&format!("{}.{column}", agents.kind));
            let values = match initial {
                Initial::Values(values) => values.clone(),
                Initial::Draw(law) => {
                    let mut draws = self.source.key(Purpose::AgentColumn, part).draws(0);
                    (0..range.len() as u64).map(|row| law.at(&mut draws, row)).collect()
                }
                Initial::Formula(formula) => {
                    let all = self.select(part).values(formula)?;
                    all[range.start as usize..range.end as usize].to_vec()
                }
                Initial::List { .. } => unreachable!("lists were left out above"),
                Initial::Topics(_) => {
                    return Err(Mistake::new(
                        agents.line,
                        format!("column {column} of {}: topic{{...}} is for columns of ties", agents.kind),
                    ));
                }
            };
            if values.len() != range.len() {
                return Err(Mistake::new(
                    agents.line,
                    format!("column {column} has {} values for {} agents", values.len(), range.len()),
                ));
            }
            let target = Target { view: View::Me, path: vec![column.clone()] };
            for &value in &values {
                finite(value, &target, agents.line)?;
            }
            self.built.state.agent_column_mut(place)[range.start as usize..range.end as usize].copy_from_slice(&values);
        }
        Ok(())
    }

    fn select(&mut self, part: u32) -> Selection<'_> {
        Selection {
            words: self.words,
            state: &self.built.state,
            moment: Moment { source: self.source, now: 0 },
            numbering: &mut self.built.numbering,
            part,
        }
    }

    fn who(&mut self, who: &Option<Who>, part: u32) -> Result<Vec<u32>, Mistake> {
        match who {
            Some(who) => self.select(part).agents(who),
            None => Ok(self.built.state.population().collect()),
        }
    }

    fn ties(&mut self, ties: &Ties, world: &World) -> Result<(), Mistake> {
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
    ) -> Result<(Network, TieColumns), Mistake> {
        let n = self.built.state.agents();
        let mistake = |error: NetworkError| Mistake::new(ties.line, format!("ties \"{}\": {error}", ties.layer));
        let mut stream = self.source.key(Purpose::Wiring, part).stream(0);
        let plain = |made: network::Made, notes: &mut Vec<Note>| {
            notes.extend(made.notes);
            (made.network, Vec::new())
        };
        Ok(match maker {
            TieMaker::Network(maker) => {
                let made = network::make(maker, among.len() as u32, &mut stream).map_err(mistake)?;
                let (network, columns) = plain(made, &mut self.built.notes);
                (if among.len() == n { network } else { network.placed(among, n) }, columns)
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
                (network, Vec::new())
            }
            TieMaker::File(file) => self.file(file, among, world, ties.line)?,
            TieMaker::Shuffled { of, share } => {
                let (network, _) = self.network(ties, of, among, part, world)?;
                let mut stream = self.source.key(Purpose::Wiring, part).stream(1);
                let made = match *share {
                    1.0 => network::shuffled(&network, true, &mut stream),
                    share => network::swapped(network, share, &mut stream).map_err(mistake)?,
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
    ) -> Result<(Network, TieColumns), Mistake> {
        let labels = world.setup.iter().find_map(|setup| match setup {
            Setup::Agents(Agents { members: Members::Labelled(labels), .. }) => Some(labels),
            _ => None,
        });
        let n = self.built.state.agents();
        let places: Vec<u32> = match labels {
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
            return Ok((file.network.placed(&places, n), file.columns.clone()));
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
        Ok((moved, columns))
    }

    /// Adds the ties of a statement to their layer. Returns where each tie of the statement went; none when they are all
    /// the ties there are.
    fn join(&mut self, layer: usize, network: Network, name: &str) -> Option<Vec<u32>> {
        let state = &mut self.built.state;
        let target = &mut state.layers[layer];
        let columns = target.columns.len();
        if target.network.ties() == 0 {
            *target = Layer::new(Arc::new(network), columns);
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
            Initial::Values(values) => values.clone(),
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

    fn set(&mut self, set: &Set) -> Result<(), Mistake> {
        let moment = self.moment();
        let part = part_of(&format!("set#{}", self.statement));
        apply_set(set, self.words, &mut self.built.state, &mut self.built.numbering, moment, part)
    }

    fn mark(&mut self, mark: &Mark) -> Result<(), Mistake> {
        let chosen = self.select(part_of(&mark.name)).agents(&mark.who)?;
        apply_mark(mark, &chosen, self.words, &mut self.built.state);
        Ok(())
    }
}

/// Sets the 0/1 column of a mark: 1 for the chosen, 0 for everybody else.
pub fn apply_mark(mark: &Mark, chosen: &[u32], words: &Vocabulary, state: &mut State) {
    let column = state.agent_column_mut(place_of(&words.agent_columns, &mark.name));
    column.fill(0.0);
    for &agent in chosen {
        column[agent as usize] = 1.0;
    }
}
