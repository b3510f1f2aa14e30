//! A compiled formula over columns, a block of rows at a time.
//!
//! Sums of floats run in row order, always: over a neighbourhood in the order of its row, over a population in the order
//! of its agents.

use super::block::*;
use super::program::{Body, Op, Part, Place, Program, is_uniform};
use super::{Context, Fold, Side, Total};
use crate::rng::{Draws, Source};

/// Rows in a block: enough to spread the cost of an operation, few enough to stay in the nearest cache.
const BLOCK: usize = 512;

/// The ties of one layer, by hearer.
#[derive(Clone, Copy, Debug)]
pub struct Ties<'a> {
    /// Where each agent's row begins; one more than there are agents.
    pub offsets: &'a [u32],
    pub sources: &'a [u32],
}

/// Rows that a column is read at.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    /// As many rows as are asked for, from this one on.
    From(usize),
    /// These rows.
    Listed(&'a [u32]),
}

/// Who owns the columns hands out their values.
pub trait Columns {
    type Id: Copy + PartialEq;
    fn agents(&self) -> usize;
    fn ties(&self, layer: usize) -> Ties<'_>;
    fn scalar(&self, id: Self::Id) -> f64;
    /// Fills `out` with an agent column.
    fn agent(&self, id: Self::Id, rows: Rows<'_>, out: &mut [f64]);
    /// Fills `out` with a tie column of a layer.
    fn tie(&self, id: Self::Id, layer: usize, rows: Rows<'_>, out: &mut [f64]);
}

/// When a formula is evaluated: which run, and at what time.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub source: Source,
    pub now: u32,
}

/// Working memory of an evaluation, kept from one to the next: parts, blocks, draws.
#[derive(Debug, Default)]
pub struct Scratch {
    columns: Vec<Vec<f64>>,
    scalars: Vec<f64>,
    blocks: Blocks,
    speakers: Vec<u32>,
}

#[derive(Debug, Default)]
struct Blocks {
    slots: Vec<Vec<f64>>,
    /// A value for each agent of a block of rows of ties.
    of_agents: Vec<f64>,
    draws: Vec<(u32, u64, Draws)>,
}

impl<Id: Copy + PartialEq> Program<Id> {
    /// Computes the parts; afterwards rows can be asked for until anything they depend on changes.
    pub fn prepare<C: Columns<Id = Id>>(&self, columns: &C, moment: Moment, scratch: &mut Scratch) {
        scratch.blocks.draws.clear();
        scratch.columns.resize_with(self.places.max(scratch.columns.len()), Vec::new);
        scratch.scalars.resize(self.places.max(scratch.scalars.len()), 0.0);
        for part in &self.parts {
            match part {
                Part::Folds { side, folds, bodies } => fold_ties(folds, *side, bodies, columns, moment, scratch),
                Part::Total { total, of, among, place } => {
                    let chosen = chosen_values(of, among, columns, moment, scratch);
                    scratch.scalars[usize::from(*place)] = total_of(*total, &chosen);
                }
                Part::TieTotal { total, bodies, place } => {
                    let mut values = Vec::new();
                    for body in bodies {
                        each_tie(body, columns, moment, scratch, |_, _, blocks| {
                            values.extend_from_slice(blocks.result(body, 0));
                        });
                    }
                    scratch.scalars[usize::from(*place)] = total_of(*total, &values);
                }
                Part::RankCorrelation { x, y, among, place } => {
                    let x = chosen_values(x, among, columns, moment, scratch);
                    let y = chosen_values(y, among, columns, moment, scratch);
                    scratch.scalars[usize::from(*place)] = crate::stats::spearman(&x, &y);
                }
            }
        }
    }

    /// The one value of a formula about the world. Includes [`Program::prepare`].
    pub fn scalar<C: Columns<Id = Id>>(&self, columns: &C, moment: Moment, scratch: &mut Scratch) -> f64 {
        self.prepare(columns, moment, scratch);
        let mut out = [0.0];
        self.agents(columns, moment, scratch, Rows::From(0), &mut out);
        out[0]
    }

    /// The values of a formula about agents, at these agents. After [`Program::prepare`].
    pub fn agents<C: Columns<Id = Id>>(
        &self,
        columns: &C,
        moment: Moment,
        scratch: &mut Scratch,
        rows: Rows<'_>,
        out: &mut [f64],
    ) {
        agent_rows(&self.body, columns, moment, scratch, rows, out);
    }

    /// The values of a formula about ties, from tie `first` on; `hearers` are the hearers of those ties.
    /// After [`Program::prepare`].
    pub fn ties<C: Columns<Id = Id>>(
        &self,
        columns: &C,
        moment: Moment,
        scratch: &mut Scratch,
        first: usize,
        hearers: &[u32],
        out: &mut [f64],
    ) {
        let Context::Ties(layer) = self.body.context else {
            unreachable!("a formula about ties was compiled in the context of ties")
        };
        let Scratch { columns: parts, scalars, blocks, .. } = scratch;
        fill_uniform(&self.body, columns, scalars, blocks);
        let sources = columns.ties(layer).sources;
        for (number, out) in out.chunks_mut(BLOCK).enumerate() {
            let from = number * BLOCK;
            let rows = first + from..first + from + out.len();
            let block = Block {
                me: Agents::At(Rows::Listed(&hearers[from..from + out.len()])),
                src: Rows::Listed(&sources[rows.clone()]),
                tie: Some(Rows::From(rows.start)),
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.result(&self.body, 0)[..out.len()]);
        }
    }

    /// The values of a formula about ties at listed ties. After [`Program::prepare`].
    pub fn listed_ties<C: Columns<Id = Id>>(
        &self,
        columns: &C,
        moment: Moment,
        scratch: &mut Scratch,
        ties: &[u32],
        hearers: &[u32],
        out: &mut [f64],
    ) {
        let Context::Ties(layer) = self.body.context else {
            unreachable!("a formula about ties was compiled in the context of ties")
        };
        let Scratch { columns: parts, scalars, blocks, speakers, .. } = scratch;
        fill_uniform(&self.body, columns, scalars, blocks);
        let sources = columns.ties(layer).sources;
        for (number, out) in out.chunks_mut(BLOCK).enumerate() {
            let rows = number * BLOCK..number * BLOCK + out.len();
            speakers.clear();
            speakers.extend(ties[rows.clone()].iter().map(|&tie| sources[tie as usize]));
            let block = Block {
                me: Agents::At(Rows::Listed(&hearers[rows.clone()])),
                src: Rows::Listed(speakers),
                tie: Some(Rows::Listed(&ties[rows])),
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.result(&self.body, 0)[..out.len()]);
        }
    }
}

impl<Id: Copy + PartialEq> Program<Id> {
    /// The values of a formula about ties for pairs of agents that are not tied: columns of the tie are 0.
    /// After [`Program::prepare`].
    pub fn pairs<C: Columns<Id = Id>>(
        &self,
        columns: &C,
        moment: Moment,
        scratch: &mut Scratch,
        speakers: &[u32],
        hearers: &[u32],
        out: &mut [f64],
    ) {
        let Scratch { columns: parts, scalars, blocks, .. } = scratch;
        fill_uniform(&self.body, columns, scalars, blocks);
        for (number, out) in out.chunks_mut(BLOCK).enumerate() {
            let rows = number * BLOCK..number * BLOCK + out.len();
            let block = Block {
                me: Agents::At(Rows::Listed(&hearers[rows.clone()])),
                src: Rows::Listed(&speakers[rows]),
                tie: None,
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.result(&self.body, 0)[..out.len()]);
        }
    }
}

fn agent_rows<C: Columns>(
    body: &Body<C::Id>,
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
    rows: Rows<'_>,
    out: &mut [f64],
) {
    if let [Op::Me(id)] = body.ops[..] {
        return columns.agent(id, rows, out); // nothing but a column
    }
    let Scratch { columns: parts, scalars, blocks, .. } = scratch;
    fill_uniform(body, columns, scalars, blocks);
    for (number, out) in out.chunks_mut(BLOCK).enumerate() {
        let from = number * BLOCK;
        let rows = match rows {
            Rows::From(first) => Rows::From(first + from),
            Rows::Listed(listed) => Rows::Listed(&listed[from..from + out.len()]),
        };
        let block = Block { me: Agents::At(rows), src: rows, tie: Some(rows), count: out.len() };
        run(body, columns, moment, parts, blocks, block);
        out.copy_from_slice(&blocks.result(body, 0)[..out.len()]);
    }
}

/// Calls `each(hearers, sources, blocks)` for every block of a layer's ties, in row order, once it is computed. A block
/// holds whole rows where they fit.
fn each_tie<C: Columns>(
    body: &Body<C::Id>,
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
    mut each: impl FnMut(Hearers<'_>, &[u32], &Results<'_>),
) {
    let Context::Ties(layer) = body.context else { unreachable!("a fold goes over ties") };
    let Scratch { columns: parts, scalars, blocks, .. } = scratch;
    fill_uniform(body, columns, scalars, blocks);
    let Ties { offsets, sources } = columns.ties(layer);
    let (mut first, mut tie) = (0, 0);
    while tie < sources.len() {
        // Some whole rows, the rest of a row, or a piece of one that is longer than a block.
        let fits = |row: &u32| *row as usize <= tie + BLOCK;
        let rows = offsets[first + 1..].iter().take(BLOCK).take_while(|row| fits(row)).count().max(1);
        let end = (offsets[first + rows] as usize).min(tie + BLOCK);
        let hearers = Hearers { first, tie, offsets: &offsets[first..=first + rows], count: end - tie };
        let sources = &sources[tie..end];
        let block = Block {
            me: Agents::Hearers(hearers),
            src: Rows::Listed(sources),
            tie: Some(Rows::From(tie)),
            count: hearers.count,
        };
        run(body, columns, moment, parts, blocks, block);
        each(hearers, sources, &Results { blocks, count: hearers.count });
        tie = end;
        first += if end == offsets[first + rows] as usize { rows } else { rows - 1 };
    }
}

/// What a block left.
struct Results<'a> {
    blocks: &'a Blocks,
    count: usize,
}

impl Results<'_> {
    fn result<Id>(&self, body: &Body<Id>, number: usize) -> &[f64] {
        &self.blocks.result(body, number)[..self.count]
    }
}

/// Sums over neighbourhoods, one pass for all.
fn fold_ties<C: Columns>(
    folds: &[(Fold, Place)],
    side: Side,
    bodies: &[Body<C::Id>],
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
) {
    let n = columns.agents();
    let mut outs: Vec<Vec<f64>> =
        folds.iter().map(|(_, place)| std::mem::take(&mut scratch.columns[usize::from(*place)])).collect();
    for (out, (fold, _)) in outs.iter_mut().zip(folds) {
        out.clear();
        out.resize(n, if *fold == Fold::Max { f64::NEG_INFINITY } else { 0.0 });
    }
    for body in bodies {
        each_tie(body, columns, moment, scratch, |hearers, sources, results| {
            for (number, ((fold, _), out)) in folds.iter().zip(&mut outs).enumerate() {
                let values = results.result(body, number);
                // A count is a sum of 0s and 1s: the compiler has seen to it.
                match (side, fold) {
                    (Side::In, Fold::Sum | Fold::Mean | Fold::Count) => {
                        by_hearer(hearers, values, out, |sum, value| sum + value);
                    }
                    (Side::In, Fold::Max) => by_hearer(hearers, values, out, f64::max),
                    (Side::Out, Fold::Sum | Fold::Mean | Fold::Count) => {
                        by_source(sources, values, out, |sum, value| sum + value);
                    }
                    (Side::Out, Fold::Max) => by_source(sources, values, out, f64::max),
                }
            }
        });
    }
    for ((fold, place), mut out) in folds.iter().zip(outs) {
        match fold {
            Fold::Max => out.iter_mut().filter(|value| **value == f64::NEG_INFINITY).for_each(|value| *value = 0.0),
            Fold::Mean => {
                let counts = tie_counts(side, bodies, columns);
                out.iter_mut().zip(&counts).filter(|(_, n)| **n > 0.0).for_each(|(value, n)| *value /= n);
            }
            Fold::Sum | Fold::Count => {}
        }
        scratch.columns[usize::from(*place)] = out;
    }
}

/// How many ties every agent has on this side, over the layers of the bodies.
fn tie_counts<C: Columns>(side: Side, bodies: &[Body<C::Id>], columns: &C) -> Vec<f64> {
    let mut counts = vec![0.0; columns.agents()];
    for body in bodies {
        let Context::Ties(layer) = body.context else { unreachable!("a fold goes over ties") };
        let Ties { offsets, sources } = columns.ties(layer);
        match side {
            Side::In => counts.iter_mut().zip(offsets.windows(2)).for_each(|(n, row)| *n += f64::from(row[1] - row[0])),
            Side::Out => sources.iter().for_each(|&source| counts[source as usize] += 1.0),
        }
    }
    counts
}

/// Adds every value to what its hearer has, in order.
fn by_hearer(hearers: Hearers<'_>, values: &[f64], out: &mut [f64], add: impl Fn(f64, f64) -> f64) {
    let agents = &mut out[hearers.first..hearers.first + hearers.agents()];
    let mut first = 0;
    for (end, out) in hearers.ends().zip(agents) {
        *out = values[first..end].iter().fold(*out, |sum, &value| add(sum, value));
        first = end;
    }
}

/// Adds every value to what its source has, in order.
fn by_source(sources: &[u32], values: &[f64], out: &mut [f64], add: impl Fn(f64, f64) -> f64) {
    for (&source, &value) in sources.iter().zip(values) {
        out[source as usize] = add(out[source as usize], value);
    }
}

/// The values of the agents for whom `among` is not 0, in row order.
fn chosen_values<C: Columns>(
    body: &Body<C::Id>,
    among: &Body<C::Id>,
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
) -> Vec<f64> {
    let mut values = vec![0.0; columns.agents()];
    let mut chosen = vec![0.0; columns.agents()];
    agent_rows(body, columns, moment, scratch, Rows::From(0), &mut values);
    agent_rows(among, columns, moment, scratch, Rows::From(0), &mut chosen);
    values.iter().zip(chosen).filter(|(_, among)| *among != 0.0).map(|(value, _)| *value).collect()
}

/// A total over nobody is 0.
fn total_of(total: Total, values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    match total {
        _ if values.is_empty() => 0.0,
        Total::Sum => sum(values),
        Total::Mean => sum(values) / n,
        Total::Std => {
            let mean = sum(values) / n;
            (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt()
        }
        Total::Gini => crate::stats::gini(values),
    }
}

impl Blocks {
    fn result<Id>(&self, body: &Body<Id>, number: usize) -> &[f64] {
        &self.slots[usize::from(body.slots[usize::from(body.results[number])])]
    }
}

/// Fills the blocks of operations whose value is the same in every row.
fn fill_uniform<C: Columns>(body: &Body<C::Id>, columns: &C, scalars: &[f64], blocks: &mut Blocks) {
    if blocks.slots.len() < body.slot_count {
        blocks.slots.resize_with(body.slot_count, || vec![0.0; BLOCK + AT_ONCE]);
    }
    for (op, &slot) in body.ops.iter().zip(&body.slots) {
        let value = match *op {
            Op::Constant(value) => value,
            Op::Scalar(id) => columns.scalar(id),
            Op::PartScalar(part) => scalars[usize::from(part)],
            _ => continue,
        };
        blocks.slots[usize::from(slot)].fill(value);
    }
}

fn run<C: Columns>(
    body: &Body<C::Id>,
    columns: &C,
    moment: Moment,
    parts: &[Vec<f64>],
    blocks: &mut Blocks,
    block: Block<'_>,
) {
    let n = block.count;
    let layer = match body.context {
        Context::Ties(layer) => layer,
        Context::World | Context::Agents => 0,
    };
    for (op, &slot) in body.ops.iter().zip(&body.slots) {
        if is_uniform(op) {
            continue;
        }
        // The block is taken out while the others are read; an operation never writes to a block it reads.
        let mut out = std::mem::take(&mut blocks.slots[usize::from(slot)]);
        let read = |register: u16| &blocks.slots[usize::from(body.slots[usize::from(register)])][..n];
        match *op {
            Op::Constant(_) | Op::Scalar(_) | Op::PartScalar(_) => unreachable!("filled in before"),
            Op::Me(id) => match block.me {
                Agents::At(rows) => columns.agent(id, rows, &mut out[..n]),
                Agents::Hearers(hearers) => {
                    blocks.of_agents.resize(hearers.agents(), 0.0);
                    columns.agent(id, Rows::From(hearers.first), &mut blocks.of_agents);
                    spread(hearers, &blocks.of_agents, &mut out);
                }
            },
            Op::Src(id) => columns.agent(id, block.src, &mut out[..n]),
            Op::Tie(id) => match block.tie {
                Some(rows) => columns.tie(id, layer, rows, &mut out[..n]),
                None => out[..n].fill(0.0),
            },
            Op::PartMe(place) => match block.me {
                Agents::At(rows) => gather(&parts[usize::from(place)], rows, &mut out[..n]),
                Agents::Hearers(hearers) => spread(hearers, &parts[usize::from(place)][hearers.first..], &mut out),
            },
            Op::Unary(op, a) => unary_block(op, read(a), &mut out[..n]),
            Op::Binary(op, a, b) => binary_block(op, read(a), read(b), &mut out[..n]),
            Op::When(c, a, b) => choose_block(read(c), read(a), read(b), &mut out[..n]),
            Op::Chance(number, p) => {
                let mut draws = std::mem::take(&mut blocks.draws);
                let address = Address { number, context: body.context, moment, agents: columns.agents() };
                chance_block(address, read(p), block, &mut draws, &mut out[..n]);
                blocks.draws = draws;
            }
        }
        blocks.slots[usize::from(slot)] = out;
    }
}
