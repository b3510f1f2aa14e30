//! A compiled formula: lists of column operations, and what each of them is.

use super::{Binary, Context, Fold, Side, Total, Unary};

/// A place in the list of operations: that of the one whose result is meant.
pub(super) type Register = u16;
/// Where a part leaves what it computed, for those who read it.
pub(super) type Place = u16;

/// One operation on a block of rows; the result goes to the register of the same place in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op<Id> {
    Constant(f64),
    Scalar(Id),
    /// A scalar that some part leaves at this place.
    PartScalar(Place),
    /// The agent of the row: the agent itself, or the hearer of the tie.
    Me(Id),
    Src(Id),
    Tie(Id),
    /// An agent column that some part leaves at this place.
    PartMe(Place),
    Unary(Unary, Register),
    Binary(Binary, Register, Register),
    When(Register, Register, Register),
    Chance(u32, Register),
}

/// A list of operations, and which of them are the results.
#[derive(Clone, Debug)]
pub(super) struct Body<Id> {
    pub context: Context,
    pub ops: Vec<Op<Id>>,
    pub results: Vec<Register>,
    /// Where each operation writes; blocks are reused once nothing reads them any more.
    pub slots: Vec<Register>,
    pub slot_count: usize,
}

/// Something computed before the rows that use it.
#[derive(Clone, Debug)]
pub(super) enum Part<Id> {
    /// Sums over neighbourhoods that go over the same ties, in one pass. Every body has a result for each of the folds.
    Folds {
        side: Side,
        folds: Vec<(Fold, Place)>,
        bodies: Vec<Body<Id>>,
    },
    /// Over agents, weighted by a 0/1 column.
    Total {
        total: Total,
        of: Body<Id>,
        among: Body<Id>,
        place: Place,
    },
    /// Over the ties of the layers.
    TieTotal {
        total: Total,
        bodies: Vec<Body<Id>>,
        place: Place,
    },
    RankCorrelation {
        x: Body<Id>,
        y: Body<Id>,
        among: Body<Id>,
        place: Place,
    },
}

/// A compiled formula.
#[derive(Clone, Debug)]
pub struct Program<Id> {
    pub(super) parts: Vec<Part<Id>>,
    /// How many places parts write to.
    pub(super) places: usize,
    pub(super) body: Body<Id>,
    pub(super) reads: Vec<Id>,
    pub(super) draws: bool,
}

impl<Id: Copy + PartialEq> Program<Id> {
    /// The value, if it is the same number for every row, at all times.
    pub fn constant(&self) -> Option<f64> {
        match self.body.ops.last() {
            Some(Op::Constant(value)) => Some(*value),
            _ => None,
        }
    }

    /// Every column and number it depends on.
    pub fn reads(&self) -> &[Id] {
        &self.reads
    }

    /// Whether it holds a written `chance`.
    pub fn draws(&self) -> bool {
        self.draws
    }

    /// Whether a row depends on nothing but its own agent, tie and speaker: no sum over a neighbourhood, no total.
    pub fn is_local(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn context(&self) -> Context {
        self.body.context
    }
}

/// Whether an operation gives one number for all rows, whatever the block.
pub(super) fn is_uniform<Id>(op: &Op<Id>) -> bool {
    matches!(op, Op::Constant(_) | Op::Scalar(_) | Op::PartScalar(_))
}

/// The registers it reads.
pub(super) fn operands<Id>(op: &Op<Id>) -> impl Iterator<Item = Register> + use<Id> {
    let (a, b, c) = match *op {
        Op::Unary(_, a) | Op::Chance(_, a) => (Some(a), None, None),
        Op::Binary(_, a, b) => (Some(a), Some(b), None),
        Op::When(a, b, c) => (Some(a), Some(b), Some(c)),
        _ => (None, None, None),
    };
    [a, b, c].into_iter().flatten()
}

/// The same operation on registers that have moved.
pub(super) fn renamed<Id>(op: Op<Id>, to: &[Register]) -> Op<Id> {
    let name = |r: Register| to[usize::from(r)];
    match op {
        Op::Unary(op, a) => Op::Unary(op, name(a)),
        Op::Chance(number, a) => Op::Chance(number, name(a)),
        Op::Binary(op, a, b) => Op::Binary(op, name(a), name(b)),
        Op::When(a, b, c) => Op::When(name(a), name(b), name(c)),
        other => other,
    }
}
