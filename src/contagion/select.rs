//! Which agents: selectors resolved to lists of agents, ascending.

use std::collections::VecDeque;

use super::names::Vocabulary;
use super::state::State;
use super::world::{Greedy, Influential, Who};
use crate::formula::{Columns, Context, Formula, Line, Mistake, Moment, Numbering, Rows, Scratch, compile};
use crate::rng::{Purpose, Stream};
use crate::table::counted;

/// Chooses agents by what the rules of the world do: the engine's part of a selection.
pub trait Trying {
    /// `n` agents of `pool` by trial.
    fn greedy(&self, how: &Greedy, n: usize, pool: &[u32], part: u32) -> Result<Vec<u32>, Mistake>;
    /// `n` agents of `pool` by cascades followed backwards.
    fn influential(&self, how: &Influential, n: usize, pool: &[u32], part: u32) -> Result<Vec<u32>, Mistake>;
}

/// What resolving a selector takes: the world's words and values, and when.
pub struct Selection<'a> {
    pub words: &'a Vocabulary,
    pub state: &'a State,
    pub numbering: &'a mut Numbering,
    pub moment: Moment,
    /// Which use of a selector this is; the draws of one are not those of another.
    pub part: u32,
    /// None while the world is built: it has no rules yet.
    pub trying: Option<&'a dyn Trying>,
}

impl Selection<'_> {
    /// The agents `who` names, ascending.
    pub fn agents(&mut self, who: &Who) -> Result<Vec<u32>, Mistake> {
        let mut stream = self.moment.source.key(Purpose::Selection, self.part).stream(self.moment.now.into());
        self.resolve(who, &mut stream)
    }

    fn resolve(&mut self, who: &Who, stream: &mut Stream) -> Result<Vec<u32>, Mistake> {
        let mut chosen = match who {
            Who::All => (0..self.state.agents() as u32).collect(),
            Who::Named(name, line) => self.named(name, *line)?,
            Who::Where(formula, line) => self.with_value(formula, *line)?,
            Who::Random { n, among, line } => {
                let pool = self.among(among, stream)?;
                let count = how_many(*n, pool.len(), *line)?;
                stream.sample(&pool, count)
            }
            Who::Top { n, by, among, line } => self.extreme(*n, by, among, *line, true, stream)?,
            Who::Bottom { n, by, among, line } => self.extreme(*n, by, among, *line, false, stream)?,
            Who::Cluster { n, centre, layer, line } => {
                self.cluster(*n, centre.as_deref(), layer.as_deref(), *line, stream)?
            }
            Who::Greedy { n, how, among } => {
                let pool = self.among(among, stream)?;
                let count = how_many(*n, pool.len(), how.line)?;
                self.trying("greedy", how.line)?.greedy(how, count, &pool, self.part)?
            }
            Who::Influential { n, how, among } => {
                let pool = self.among(among, stream)?;
                let count = how_many(*n, pool.len(), how.line)?;
                self.trying("influential", how.line)?.influential(how, count, &pool, self.part)?
            }
        };
        chosen.sort_unstable();
        Ok(chosen)
    }

    fn among(&mut self, among: &Option<Box<Who>>, stream: &mut Stream) -> Result<Vec<u32>, Mistake> {
        match among {
            Some(who) => self.resolve(who, stream),
            None => Ok(self.state.population().collect()),
        }
    }

    fn trying(&self, word: &str, line: Line) -> Result<&dyn Trying, Mistake> {
        self.trying.ok_or_else(|| nothing_to_try(word, line))
    }

    fn named(&mut self, name: &str, line: Line) -> Result<Vec<u32>, Mistake> {
        if name == "all" {
            return Ok((0..self.state.agents() as u32).collect());
        }
        if let Some(kind) = self.words.kinds.iter().position(|known| known == name) {
            return Ok(self.state.kinds[kind].clone().collect());
        }
        if let Some((_, agent)) = self.words.individuals.iter().find(|(known, _)| known == name) {
            return Ok(vec![*agent]);
        }
        let known = self.words.known_sets();
        if !known.contains(&name) {
            return Err(Mistake::unknown(line, "set of agents", name, &known));
        }
        self.with_value(&Formula::name(crate::formula::View::Me, name), 0)
    }

    fn with_value(&mut self, formula: &Formula, line: Line) -> Result<Vec<u32>, Mistake> {
        let program = compile(formula, Context::Agents, &self.words.about(None), self.numbering)?;
        let mut scratch = Scratch::default();
        program.prepare(self.state, self.moment, &mut scratch);
        let (mut values, mut chosen) = ([0.0; 1024], Vec::new());
        for first in (0..self.state.agents()).step_by(values.len()) {
            let count = values.len().min(self.state.agents() - first);
            let values = &mut values[..count];
            program.agents(self.state, self.moment, &mut scratch, Rows::From(first), values);
            if let Some(agent) = values.iter().position(|value| value.is_nan()) {
                let agent = first + agent + 1;
                return Err(Mistake::new(line, format!("where: the value is not a number (NaN) for agent {agent}")));
            }
            chosen.extend((first as u32..).zip(values).filter(|(_, value)| **value != 0.0).map(|(agent, _)| agent));
        }
        Ok(chosen)
    }

    /// A formula's value for every agent.
    pub fn values(&mut self, formula: &Formula) -> Result<Vec<f64>, Mistake> {
        let program = compile(formula, Context::Agents, &self.words.about(None), self.numbering)?;
        let mut scratch = Scratch::default();
        let mut values = vec![0.0; self.state.agents()];
        program.prepare(self.state, self.moment, &mut scratch);
        program.agents(self.state, self.moment, &mut scratch, Rows::From(0), &mut values);
        Ok(values)
    }

    fn extreme(
        &mut self,
        n: f64,
        by: &Formula,
        among: &Option<Box<Who>>,
        line: Line,
        top: bool,
        stream: &mut Stream,
    ) -> Result<Vec<u32>, Mistake> {
        let mut pool = self.among(among, stream)?;
        let count = how_many(n, pool.len(), line)?;
        let values = self.values(by)?;
        if let Some(agent) = pool.iter().find(|&&agent| values[agent as usize].is_nan()) {
            return Err(Mistake::new(line, format!("the value to rank by is not a number for agent {}", agent + 1)));
        }
        // A shuffle before a stable sort breaks ties by a draw.
        stream.shuffle(&mut pool);
        let key = |agent: &u32| values[*agent as usize];
        pool.sort_by(|a, b| {
            let order = key(a).total_cmp(&key(b));
            if top { order.reverse() } else { order }
        });
        pool.truncate(count);
        Ok(pool)
    }

    /// Breadth-first from the centre, whoever is tied either way, until `n` are found. Neighbours are visited in a drawn
    /// order. When the component is used up, a new centre is drawn.
    fn cluster(
        &mut self,
        n: f64,
        centre: Option<&Who>,
        layer: Option<&str>,
        line: Line,
        stream: &mut Stream,
    ) -> Result<Vec<u32>, Mistake> {
        let pool: Vec<u32> = self.state.population().collect();
        let wanted = how_many(n, pool.len(), line)?;
        let layers: Vec<usize> = match layer {
            Some(layer) => vec![self.words.layer(layer, line)?],
            None => (0..self.words.layers.len()).collect(),
        };
        let mut centres = match centre {
            Some(who) => self.resolve(who, stream)?,
            None => Vec::new(),
        };
        let mut reached = vec![false; self.state.agents()];
        let mut found = Vec::with_capacity(wanted);
        let mut queue = VecDeque::new();
        centres.reverse();
        while found.len() < wanted {
            let Some(agent) = queue.pop_front() else {
                let next = match centres.pop() {
                    Some(centre) => centre,
                    None => {
                        let rest: Vec<u32> = pool.iter().copied().filter(|&agent| !reached[agent as usize]).collect();
                        rest[stream.below(rest.len() as u32) as usize]
                    }
                };
                if !std::mem::replace(&mut reached[next as usize], true) {
                    found.push(next);
                    queue.push_back(next);
                }
                continue;
            };
            let mut near = self.neighbours(agent, &layers);
            near.retain(|&other| self.state.population().contains(&other) && !reached[other as usize]);
            stream.shuffle(&mut near);
            for other in near {
                if found.len() < wanted && !std::mem::replace(&mut reached[other as usize], true) {
                    found.push(other);
                    queue.push_back(other);
                }
            }
        }
        Ok(found)
    }

    /// Everybody tied to `agent`, either way, ascending.
    fn neighbours(&self, agent: u32, layers: &[usize]) -> Vec<u32> {
        let mut near = Vec::new();
        for &place in layers {
            let layer = &self.state.layers[place];
            near.extend_from_slice(&layer.sources()[layer.network.row(agent as usize)]);
            if !layer.network.is_mutual() {
                let speakers = layer.by_speaker();
                let row = speakers.offsets[agent as usize] as usize..speakers.offsets[agent as usize + 1] as usize;
                near.extend_from_slice(&speakers.hearers[row]);
            }
        }
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// What is said to those who choose by rules where there are none yet.
pub fn nothing_to_try(word: &str, line: Line) -> Mistake {
    let message = format!(
        "{word} tries the rules, and while the world is built there is nothing to try: use it in start, or inside at(0, \
         function() mark(name, {word}(...)) end)"
    );
    Mistake::new(line, message)
}

/// A number of agents, or a share of them when below 1.
pub(super) fn how_many(n: f64, available: usize, line: Line) -> Result<usize, Mistake> {
    if n.is_nan() || n < 0.0 {
        return Err(Mistake::new(line, format!("cannot choose {n} agents; give a number, or a share below 1")));
    }
    let count = if n < 1.0 { (n * available as f64).round() } else { n };
    if count.fract() != 0.0 {
        return Err(Mistake::new(line, format!("cannot choose {n} agents; give a whole number, or a share below 1")));
    }
    if count > available as f64 {
        let most = format!("ask for {available} at most, or for a share below 1");
        return Err(Mistake::new(line, format!("cannot choose {} out of {available}; {most}", counted(n, "agent"))));
    }
    Ok(count as usize)
}

/// A number of its own for a use of draws, from what it is called: adding another use leaves it alone.
pub fn part_of(name: &str) -> u32 {
    // FNV-1a (Fowler, Noll, Vo): short names, no secrets, and the same on every machine.
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
