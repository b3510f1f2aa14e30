//! One block of rows, and the operations of a program on it.

use super::evaluate::{Moment, Rows};
use super::{Binary, Context, Unary};
use crate::rng::{Draws, Purpose};
use crate::wide::widest;

/// The rows of one block.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// The agents of the rows: the agents themselves, or the hearers of the ties.
    pub(super) me: Agents<'a>,
    /// The speakers of the ties; the agents themselves where there is no tie.
    pub(super) src: Rows<'a>,
    /// The rows as ties; none where a row is a pair of agents that are not tied.
    pub(super) tie: Option<Rows<'a>>,
    pub(super) count: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Agents<'a> {
    At(Rows<'a>),
    Hearers(Hearers<'a>),
}

/// The hearers of ties that lie side by side, from tie `tie` on: agent `first`, once for each of its ties, and so on.
#[derive(Clone, Copy)]
pub(super) struct Hearers<'a> {
    pub(super) first: usize,
    pub(super) tie: usize,
    /// Where the rows of these agents begin, and the last ends. The first may begin before `tie`, the last end later.
    pub(super) offsets: &'a [u32],
    pub(super) count: usize,
}

impl Hearers<'_> {
    pub(super) fn agents(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Where each agent's ties end in the block.
    pub(super) fn ends(&self) -> impl Iterator<Item = usize> {
        let (tie, count) = (self.tie, self.count);
        self.offsets[1..].iter().map(move |&past| (past as usize - tie).min(count))
    }
}

/// How many values are written to a row before it is asked how long it is.
pub(super) const AT_ONCE: usize = 8;

widest! {
    /// Gives every tie the value of its hearer. Writes up to [`AT_ONCE`] values more, of which nothing is meant.
    pub(super) fn spread(hearers: Hearers<'_>, values: &[f64], out: &mut [f64]) {
        let mut first = 0;
        for (end, &value) in hearers.ends().zip(values) {
            let mut at = first;
            loop {
                out[at..at + AT_ONCE].fill(value);
                at += AT_ONCE;
                if at >= end {
                    break;
                }
            }
            first = end;
        }
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

widest! {
    pub(super) fn unary_block(op: Unary, a: &[f64], out: &mut [f64]) {
        // The operation is chosen outside of the loop, so that each loop is a simple one.
        macro_rules! each {
            ($op:expr) => {
                for (out, &a) in out.iter_mut().zip(a) {
                    *out = $op.of(a);
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
}

widest! {
    pub(super) fn binary_block(op: Binary, a: &[f64], b: &[f64], out: &mut [f64]) {
        macro_rules! each {
            ($op:expr) => {
                for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
                    *out = $op.of(a, b);
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
}

widest! {
    pub(super) fn choose_block(c: &[f64], a: &[f64], b: &[f64], out: &mut [f64]) {
        for (((out, &c), &a), &b) in out.iter_mut().zip(c).zip(a).zip(b) {
            *out = if c != 0.0 { a } else { b };
        }
    }
}

/// Where the draws of one written `chance` are found.
pub(super) struct Address {
    pub(super) number: u32,
    pub(super) context: Context,
    pub(super) moment: Moment,
    pub(super) agents: usize,
}

/// One draw per row, addressed by (this written chance, kind of row, row, now). The row of a pair that is not tied is
/// numbered hearer by hearer.
pub(super) fn chance_block(
    address: Address,
    p: &[f64],
    block: Block<'_>,
    draws: &mut Vec<(u32, u64, Draws)>,
    out: &mut [f64],
) {
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
            None => match block.me {
                Agents::At(hearers) => row_of(hearers, i) * agents as u64 + row_of(block.src, i),
                Agents::Hearers(_) => unreachable!("rows of ties are ties"),
            },
        };
        *out = f64::from(u8::from(draws.bernoulli(row, p)));
    }
}
