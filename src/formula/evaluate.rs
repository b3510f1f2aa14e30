//! A compiled formula over columns, a block of rows at a time.
//!
//! Sums of floats run in row order, always: over a neighbourhood in the order of its row, over a population in the order
//! of its agents.

use super::compile::{Body, Op, Part, binary, is_uniform, unary};
use super::{Binary, Context, Fold, Program, Side, Total, Unary};
use crate::rng::{Draws, Purpose, Source};

/// Rows in a block: enough to spread the cost of an operation, few enough to stay in the nearest cache.
const BLOCK: usize = 256;

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
    hearers: Vec<u32>,
    speakers: Vec<u32>,
}

#[derive(Debug, Default)]
struct Blocks {
    slots: Vec<Vec<f64>>,
    draws: Vec<(u32, u64, Draws)>,
}

/// The rows of one block.
#[derive(Clone, Copy)]
struct Block<'a> {
    /// The agents of the rows: the agents themselves, or the hearers of the ties.
    me: Rows<'a>,
    /// The speakers of the ties; the agents themselves where there is no tie.
    src: Rows<'a>,
    /// The rows as ties; none where a row is a pair of agents that are not tied.
    tie: Option<Rows<'a>>,
    count: usize,
}

impl<Id: Copy + PartialEq> Program<Id> {
    /// Computes the parts; afterwards rows can be asked for until anything they depend on changes.
    pub fn prepare<C: Columns<Id = Id>>(&self, columns: &C, moment: Moment, scratch: &mut Scratch) {
        scratch.blocks.draws.clear();
        scratch.columns.resize_with(self.parts.len().max(scratch.columns.len()), Vec::new);
        scratch.scalars.resize(self.parts.len().max(scratch.scalars.len()), 0.0);
        for (place, part) in self.parts.iter().enumerate() {
            match part {
                Part::Fold { fold, side, bodies } => {
                    let mut column = std::mem::take(&mut scratch.columns[place]);
                    fold_ties(*fold, *side, bodies, columns, moment, scratch, &mut column);
                    scratch.columns[place] = column;
                }
                Part::Total { total, bodies, among } => {
                    let chosen = chosen_values(&bodies[0], among, columns, moment, scratch);
                    scratch.scalars[place] = total_of(*total, &chosen);
                }
                Part::TieTotal { total, bodies } => {
                    let mut values = Vec::new();
                    for body in bodies {
                        each_tie(body, columns, moment, scratch, |_, _, block| values.extend_from_slice(block));
                    }
                    scratch.scalars[place] = total_of(*total, &values);
                }
                Part::RankCorrelation { x, y, among } => {
                    let x = chosen_values(x, among, columns, moment, scratch);
                    let y = chosen_values(y, among, columns, moment, scratch);
                    scratch.scalars[place] = crate::stats::spearman(&x, &y);
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
                me: Rows::Listed(&hearers[from..from + out.len()]),
                src: Rows::Listed(&sources[rows.clone()]),
                tie: Some(Rows::From(rows.start)),
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.slots[result_slot(&self.body)][..out.len()]);
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
                me: Rows::Listed(&hearers[rows.clone()]),
                src: Rows::Listed(speakers),
                tie: Some(Rows::Listed(&ties[rows])),
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.slots[result_slot(&self.body)][..out.len()]);
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
                me: Rows::Listed(&hearers[rows.clone()]),
                src: Rows::Listed(&speakers[rows]),
                tie: None,
                count: out.len(),
            };
            run(&self.body, columns, moment, parts, blocks, block);
            out.copy_from_slice(&blocks.slots[result_slot(&self.body)][..out.len()]);
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
        let block = Block { me: rows, src: rows, tie: Some(rows), count: out.len() };
        run(body, columns, moment, parts, blocks, block);
        out.copy_from_slice(&blocks.slots[result_slot(body)][..out.len()]);
    }
}

/// Calls `each(first tie, hearers, values)` for every block of a layer's ties, in row order.
fn each_tie<C: Columns>(
    body: &Body<C::Id>,
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
    mut each: impl FnMut(&[u32], &[u32], &[f64]),
) {
    let Context::Ties(layer) = body.context else { unreachable!("a fold goes over ties") };
    let Scratch { columns: parts, scalars, blocks, hearers, .. } = scratch;
    fill_uniform(body, columns, scalars, blocks);
    let Ties { offsets, sources } = columns.ties(layer);
    let mut hearer = 0;
    let mut first = 0;
    while first < sources.len() {
        let count = BLOCK.min(sources.len() - first);
        hearers.clear();
        while hearers.len() < count {
            let end = (offsets[hearer + 1] as usize).min(first + count) - first;
            hearers.resize(end.max(hearers.len()), hearer as u32);
            if hearers.len() < count {
                hearer += 1;
            }
        }
        let block = Block {
            me: Rows::Listed(hearers),
            src: Rows::Listed(&sources[first..first + count]),
            tie: Some(Rows::From(first)),
            count,
        };
        run(body, columns, moment, parts, blocks, block);
        each(hearers, &sources[first..first + count], &blocks.slots[result_slot(body)][..count]);
        first += count;
    }
}

fn fold_ties<C: Columns>(
    fold: Fold,
    side: Side,
    bodies: &[Body<C::Id>],
    columns: &C,
    moment: Moment,
    scratch: &mut Scratch,
    out: &mut Vec<f64>,
) {
    let start = if fold == Fold::Max { f64::NEG_INFINITY } else { 0.0 };
    out.clear();
    out.resize(columns.agents(), start);
    let mut counts = vec![0.0; if fold == Fold::Mean { columns.agents() } else { 0 }];
    for body in bodies {
        each_tie(body, columns, moment, scratch, |hearers, sources, values| {
            let agents = if side == Side::In { hearers } else { sources };
            match fold {
                Fold::Sum => in_runs(agents, values, out, |sum, value| sum + value),
                Fold::Count => in_runs(agents, values, out, |count, value| count + f64::from(value != 0.0)),
                Fold::Max => in_runs(agents, values, out, f64::max),
                Fold::Mean => {
                    in_runs(agents, values, out, |sum, value| sum + value);
                    agents.iter().for_each(|&agent| counts[agent as usize] += 1.0);
                }
            }
        });
    }
    match fold {
        Fold::Max => out.iter_mut().filter(|value| **value == f64::NEG_INFINITY).for_each(|value| *value = 0.0),
        Fold::Mean => out.iter_mut().zip(&counts).filter(|(_, n)| **n > 0.0).for_each(|(value, n)| *value /= n),
        Fold::Sum | Fold::Count => {}
    }
}

/// Adds every value to what its agent has, in order. Values of one agent that follow each other, as all in a row do, are
/// added up without a detour through memory.
fn in_runs(agents: &[u32], values: &[f64], out: &mut [f64], add: impl Fn(f64, f64) -> f64) {
    let mut rest = agents.iter().zip(values).peekable();
    while let Some((&agent, &value)) = rest.next() {
        let mut sum = add(out[agent as usize], value);
        while let Some((_, &value)) = rest.next_if(|(next, _)| **next == agent) {
            sum = add(sum, value);
        }
        out[agent as usize] = sum;
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

fn result_slot<Id>(body: &Body<Id>) -> usize {
    usize::from(*body.slots.last().expect("a formula has at least one operation"))
}

/// Fills the blocks of operations whose value is the same in every row.
fn fill_uniform<C: Columns>(body: &Body<C::Id>, columns: &C, scalars: &[f64], blocks: &mut Blocks) {
    if blocks.slots.len() < body.slot_count {
        blocks.slots.resize_with(body.slot_count, || vec![0.0; BLOCK]);
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
            Op::Me(id) => columns.agent(id, block.me, &mut out[..n]),
            Op::Src(id) => columns.agent(id, block.src, &mut out[..n]),
            Op::Tie(id) => match block.tie {
                Some(rows) => columns.tie(id, layer, rows, &mut out[..n]),
                None => out[..n].fill(0.0),
            },
            Op::PartMe(part) => gather(&parts[usize::from(part)], block.me, &mut out[..n]),
            Op::Unary(op, a) => unary_block(op, read(a), &mut out[..n]),
            Op::Binary(op, a, b) => binary_block(op, read(a), read(b), &mut out[..n]),
            Op::When(c, a, b) => {
                let (c, a, b) = (read(c), read(a), read(b));
                for i in 0..n {
                    out[i] = if c[i] != 0.0 { a[i] } else { b[i] };
                }
            }
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

/// Copies the rows of a column.
pub fn gather(column: &[f64], rows: Rows<'_>, out: &mut [f64]) {
    match rows {
        Rows::From(first) => out.copy_from_slice(&column[first..first + out.len()]),
        Rows::Listed(listed) => {
            for (out, &row) in out.iter_mut().zip(listed) {
                *out = column[row as usize];
            }
        }
    }
}

fn unary_block(op: Unary, a: &[f64], out: &mut [f64]) {
    // The operation is chosen outside of the loop, so that each loop is a simple one.
    macro_rules! each {
        ($op:expr) => {
            for (out, &a) in out.iter_mut().zip(a) {
                *out = unary($op, a);
            }
        };
    }
    match op {
        Unary::Negate => each!(Unary::Negate),
        Unary::Abs => each!(Unary::Abs),
        Unary::Sqrt => each!(Unary::Sqrt),
        Unary::Floor => each!(Unary::Floor),
        Unary::Exp | Unary::Log => each!(op),
    }
}

fn binary_block(op: Binary, a: &[f64], b: &[f64], out: &mut [f64]) {
    macro_rules! each {
        ($op:expr) => {
            for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
                *out = binary($op, a, b);
            }
        };
    }
    match op {
        Binary::Add => each!(Binary::Add),
        Binary::Subtract => each!(Binary::Subtract),
        Binary::Multiply => each!(Binary::Multiply),
        Binary::Divide => each!(Binary::Divide),
        Binary::Min => each!(Binary::Min),
        Binary::Max => each!(Binary::Max),
        Binary::Less => each!(Binary::Less),
        Binary::LessEqual => each!(Binary::LessEqual),
        Binary::Greater => each!(Binary::Greater),
        Binary::GreaterEqual => each!(Binary::GreaterEqual),
        Binary::Equal => each!(Binary::Equal),
        Binary::NotEqual => each!(Binary::NotEqual),
        Binary::Power | Binary::Modulo => each!(op),
    }
}

/// Where the draws of one written `chance` are found.
struct Address {
    number: u32,
    context: Context,
    moment: Moment,
    agents: usize,
}

/// One draw per row, addressed by (this written chance, kind of row, row, now). The row of a pair that is not tied is
/// numbered hearer by hearer.
fn chance_block(address: Address, p: &[f64], block: Block<'_>, draws: &mut Vec<(u32, u64, Draws)>, out: &mut [f64]) {
    let Address { number, context, moment, agents } = address;
    let kind = match (context, block.tie) {
        (Context::World, _) => 0,
        (Context::Agents, _) => 1,
        (Context::Ties(layer), Some(_)) => 2 + 2 * layer as u64,
        (Context::Ties(layer), None) => 3 + 2 * layer as u64,
    };
    let nonce = kind << 32 | u64::from(moment.now);
    let place = draws.iter().position(|(known, at, _)| (*known, *at) == (number, nonce)).unwrap_or_else(|| {
        draws.push((number, nonce, moment.source.key(Purpose::Expression, number).draws(nonce)));
        draws.len() - 1
    });
    let draws = &mut draws[place].2;
    let row_of = |rows: Rows<'_>, i: usize| match rows {
        Rows::From(first) => (first + i) as u64,
        Rows::Listed(listed) => u64::from(listed[i]),
    };
    for (i, (out, &p)) in out.iter_mut().zip(p).enumerate() {
        let row = match block.tie {
            Some(rows) => row_of(rows, i),
            None => row_of(block.me, i) * agents as u64 + row_of(block.src, i),
        };
        *out = f64::from(u8::from(draws.bernoulli(row, p)));
    }
}
