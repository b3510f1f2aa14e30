//! From a tree to a straight list of column operations.
//!
//! Equal sub-formulas are computed once. What needs all rows before any row can be used (a sum over a neighbourhood, a
//! mean over the population) becomes a *part*: a column or a number of its own, computed first.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::{Binary, Fold, Formula, Line, Mistake, Name, Side, Total, Unary, View};
use crate::stats::{exp, log, pow};

/// What a row of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// One number for the world.
    World,
    /// A row for each agent.
    Agents,
    /// A row for each tie of this layer.
    Ties(usize),
}

/// What a name stands for in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved<Id> {
    Constant(f64),
    /// One number for all rows.
    Scalar(Id),
    /// A column of agents.
    Agent(Id),
    /// A column of the ties in sight.
    Tie(Id),
}

/// Who owns the columns says what names stand for.
pub trait Names {
    type Id: Copy + PartialEq + Debug;
    /// What `name` stands for where a row is as in `context`.
    fn resolve(&self, name: &Name, context: Context) -> Result<Resolved<Self::Id>, Mistake>;
    /// The layers a fold goes over: the named one, or all.
    fn layers(&self, layer: Option<&str>, line: Line) -> Result<Vec<usize>, Mistake>;
    /// The 0/1 column of the agents a total goes over: the named ones, or the population.
    fn among(&self, among: Option<&str>, line: Line) -> Result<Resolved<Self::Id>, Mistake>;
    /// A measure of structure.
    fn structure(&self, measure: &str, layer: Option<&str>, line: Line) -> Result<Self::Id, Mistake>;
    /// A measure of a cascade, which is a [`Formula::Cascade`].
    fn cascade(&self, measure: &Formula) -> Result<Self::Id, Mistake>;
}

/// Gives every written `chance` a number of its own, the same in every world of a study: in the order in which the
/// rules are compiled. Those met only in observations are counted apart for each, so that observing more never moves a
/// draw of the rules or of another observation.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    numbers: BTreeMap<u32, u32>,
    rules: u32,
    /// The last number given within the present observation.
    observing: Option<u32>,
}

impl Numbering {
    /// Counts from `first` on, for formulas compiled apart from others.
    pub fn starting_at(first: u32) -> Self {
        Numbering { rules: first, ..Numbering::default() }
    }

    /// While observing, numbers are taken from a range that belongs to the observation, whatever else is observed;
    /// `part` tells observations apart.
    pub fn observing(&mut self, part: Option<u32>) {
        self.observing = part.map(|part| 1 << 30 | part & ((1 << 30) - 1));
    }

    fn number(&mut self, token: u32) -> u32 {
        let last = self.observing.as_mut().unwrap_or(&mut self.rules);
        *self.numbers.entry(token).or_insert_with(|| {
            *last += 1;
            *last
        })
    }
}

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
    reads: Vec<Id>,
    draws: bool,
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

/// Checks `formula` against the names of a world and turns it into column operations.
pub fn compile<N: Names>(
    formula: &Formula,
    context: Context,
    names: &N,
    numbering: &mut Numbering,
) -> Result<Program<N::Id>, Mistake> {
    let mut compiler = Compiler { names, numbering, parts: Vec::new(), places: 0, reads: Vec::new(), draws: false };
    let body = compiler.body(formula, context)?;
    let parts = compiler.parts.into_iter().map(Growing::grown).collect();
    Ok(Program { parts, places: compiler.places.into(), body, reads: compiler.reads, draws: compiler.draws })
}

struct Compiler<'a, N: Names> {
    names: &'a N,
    numbering: &'a mut Numbering,
    parts: Vec<Growing<N::Id>>,
    places: Place,
    reads: Vec<N::Id>,
    draws: bool,
}

/// A part, or folds that others over the same ties may still join.
enum Growing<Id> {
    Done(Box<Part<Id>>),
    Folds(Folds<Id>),
}

struct Folds<Id> {
    side: Side,
    layers: Vec<usize>,
    folds: Vec<(Fold, Place)>,
    /// By layer: all operations, and the result for each of the folds.
    bodies: Vec<(Vec<Op<Id>>, Vec<Register>)>,
}

impl<Id: Copy> Growing<Id> {
    fn grown(self) -> Part<Id> {
        match self {
            Growing::Done(part) => *part,
            Growing::Folds(Folds { side, layers, folds, bodies }) => {
                let finished = |(layer, (ops, results)): (usize, (Vec<Op<Id>>, Vec<Register>))| {
                    finish(Context::Ties(layer), ops, &results)
                };
                Part::Folds { side, folds, bodies: layers.into_iter().zip(bodies).map(finished).collect() }
            }
        }
    }
}

impl<N: Names> Compiler<'_, N> {
    fn body(&mut self, formula: &Formula, context: Context) -> Result<Body<N::Id>, Mistake> {
        let mut ops = Vec::new();
        let result = self.lower(formula, context, &mut ops)?;
        Ok(finish(context, ops, &[result]))
    }

    fn lower(&mut self, formula: &Formula, context: Context, ops: &mut Vec<Op<N::Id>>) -> Result<Register, Mistake> {
        let op = match formula {
            Formula::Number(value) => Op::Constant(*value),
            Formula::Name(name) => self.name(name, context)?,
            Formula::Unary(op, a) => {
                let a = self.lower(a, context, ops)?;
                match constant(ops, a) {
                    Some(a) => Op::Constant(unary(*op, a)),
                    None => Op::Unary(*op, a),
                }
            }
            Formula::Binary(op, a, b) => {
                let a = self.lower(a, context, ops)?;
                let b = self.lower(b, context, ops)?;
                match (constant(ops, a), constant(ops, b)) {
                    (Some(a), Some(b)) => Op::Constant(binary(*op, a, b)),
                    _ => Op::Binary(*op, a, b),
                }
            }
            Formula::When(c, a, b) => {
                let c = self.lower(c, context, ops)?;
                let a = self.lower(a, context, ops)?;
                let b = self.lower(b, context, ops)?;
                match constant(ops, c) {
                    Some(c) => return Ok(if c != 0.0 { a } else { b }),
                    None => Op::When(c, a, b),
                }
            }
            Formula::Chance { token, p } => {
                let number = self.numbering.number(*token);
                self.draws = true;
                Op::Chance(number, self.lower(p, context, ops)?)
            }
            Formula::Fold { fold, side, of, layer, line } => {
                if context == Context::World {
                    return Err(Mistake::new(
                        *line,
                        "a sum over a neighbourhood has a value for each agent; put it inside mean(...) or sum(...)",
                    ));
                }
                let layers = self.names.layers(layer.as_deref(), *line)?;
                Op::PartMe(self.fold(*fold, *side, layers, of)?)
            }
            Formula::Total { total, of, among, line } => {
                Op::PartScalar(self.total(*total, of, among.as_deref(), *line)?)
            }
            Formula::RankCorrelation { x, y, among, line } => {
                let (x, y) = (self.body(x, Context::Agents)?, self.body(y, Context::Agents)?);
                let among = self.among(among.as_deref(), *line)?;
                let place = self.place();
                self.parts.push(Growing::Done(Box::new(Part::RankCorrelation { x, y, among, place })));
                Op::PartScalar(place)
            }
            Formula::Structure { measure, layer, line } => {
                let id = self.names.structure(measure, layer.as_deref(), *line)?;
                self.read(id);
                Op::Scalar(id)
            }
            Formula::Cascade { .. } => {
                let id = self.names.cascade(formula)?;
                self.read(id);
                Op::Scalar(id)
            }
        };
        Ok(emit(ops, op))
    }

    /// Joins folds over the same ties, where there are such and what `of` needs is there before them: equal parts of their
    /// formulas are then computed once.
    fn fold(&mut self, fold: Fold, side: Side, layers: Vec<usize>, of: &Formula) -> Result<Place, Mistake> {
        let joins = |part: &Growing<N::Id>| {
            matches!(part, Growing::Folds(known) if known.side == side && known.layers == layers) && !needs_parts(of)
        };
        let known = self.parts.iter().position(joins);
        let mut bodies = match known.map(|known| &self.parts[known]) {
            Some(Growing::Folds(known)) => known.bodies.clone(),
            _ => vec![(Vec::new(), Vec::new()); layers.len()],
        };
        for ((ops, results), &layer) in bodies.iter_mut().zip(&layers) {
            let result = self.lower(of, Context::Ties(layer), ops)?;
            results.push(if fold == Fold::Count { truth(ops, result) } else { result });
        }
        let place = self.place();
        match known.map(|known| &mut self.parts[known]) {
            Some(Growing::Folds(known)) => {
                known.folds.push((fold, place));
                known.bodies = bodies;
            }
            _ => self.parts.push(Growing::Folds(Folds { side, layers, folds: vec![(fold, place)], bodies })),
        }
        Ok(place)
    }

    fn total(&mut self, total: Total, of: &Formula, among: Option<&str>, line: Line) -> Result<Place, Mistake> {
        if !speaks_of_ties(of) {
            let (of, among) = (self.body(of, Context::Agents)?, self.among(among, line)?);
            let place = self.place();
            self.parts.push(Growing::Done(Box::new(Part::Total { total, of, among, place })));
            return Ok(place);
        }
        if among.is_some() {
            return Err(Mistake::new(
                line,
                "a total over ties goes over all of them; multiply by a column to choose some",
            ));
        }
        let layers = self.names.layers(None, line)?;
        let bodies = layers.iter().map(|&layer| self.body(of, Context::Ties(layer))).collect::<Result<_, _>>()?;
        let place = self.place();
        self.parts.push(Growing::Done(Box::new(Part::TieTotal { total, bodies, place })));
        Ok(place)
    }

    fn among(&mut self, among: Option<&str>, line: Line) -> Result<Body<N::Id>, Mistake> {
        let op = match self.names.among(among, line)? {
            Resolved::Constant(value) => Op::Constant(value),
            Resolved::Agent(id) | Resolved::Scalar(id) | Resolved::Tie(id) => {
                self.read(id);
                Op::Me(id)
            }
        };
        Ok(finish(Context::Agents, vec![op], &[0]))
    }

    fn name(&mut self, name: &Name, context: Context) -> Result<Op<N::Id>, Mistake> {
        let tie_in_sight = matches!(context, Context::Ties(_));
        let missing = match name.view {
            View::Src | View::Dst | View::Tie if !tie_in_sight => Some("a tie"),
            View::Me if context == Context::World => Some("an agent"),
            _ => None,
        };
        if let Some(missing) = missing {
            return Err(Mistake::new(
                name.line,
                format!(
                    "{name} speaks of {missing}, but there is none in sight here; \
                     use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...)"
                ),
            ));
        }
        let op = match self.names.resolve(name, context)? {
            Resolved::Constant(value) => return Ok(Op::Constant(value)),
            Resolved::Scalar(id) => Op::Scalar(id),
            Resolved::Tie(id) => Op::Tie(id),
            Resolved::Agent(id) if name.view == View::Src => Op::Src(id),
            Resolved::Agent(id) => Op::Me(id),
        };
        if let Op::Scalar(id) | Op::Tie(id) | Op::Src(id) | Op::Me(id) = op {
            self.read(id);
        }
        Ok(op)
    }

    fn read(&mut self, id: N::Id) {
        if !self.reads.contains(&id) {
            self.reads.push(id);
        }
    }

    fn place(&mut self) -> Place {
        self.places = self.places.checked_add(1).expect("a formula has fewer than 65,536 parts");
        self.places - 1
    }
}

/// Whether parts have to be computed before the formula itself.
fn needs_parts(formula: &Formula) -> bool {
    let mut needs = false;
    formula.walk(&mut |part| {
        needs |= matches!(part, Formula::Fold { .. } | Formula::Total { .. } | Formula::RankCorrelation { .. });
    });
    needs
}

/// Whether a formula speaks of a tie outside of any fold or total of its own.
fn speaks_of_ties(formula: &Formula) -> bool {
    match formula {
        Formula::Name(name) => matches!(name.view, View::Src | View::Dst | View::Tie),
        Formula::Number(_)
        | Formula::Structure { .. }
        | Formula::Cascade { .. }
        | Formula::Fold { .. }
        | Formula::Total { .. }
        | Formula::RankCorrelation { .. } => false,
        Formula::Unary(_, a) | Formula::Chance { p: a, .. } => speaks_of_ties(a),
        Formula::Binary(_, a, b) => speaks_of_ties(a) || speaks_of_ties(b),
        Formula::When(c, a, b) => speaks_of_ties(c) || speaks_of_ties(a) || speaks_of_ties(b),
    }
}

/// 1 where the value is not 0, else 0.
fn truth<Id: Copy + PartialEq>(ops: &mut Vec<Op<Id>>, value: Register) -> Register {
    use Binary::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    match ops[usize::from(value)] {
        Op::Binary(Less | LessEqual | Greater | GreaterEqual | Equal | NotEqual, _, _) => value,
        _ => {
            let zero = emit(ops, Op::Constant(0.0));
            emit(ops, Op::Binary(NotEqual, value, zero))
        }
    }
}

fn constant<Id>(ops: &[Op<Id>], register: Register) -> Option<f64> {
    match ops[usize::from(register)] {
        Op::Constant(value) => Some(value),
        _ => None,
    }
}

/// Appends an operation, or finds the same one computed before.
fn emit<Id: Copy + PartialEq>(ops: &mut Vec<Op<Id>>, op: Op<Id>) -> Register {
    let place = ops.iter().position(|known| *known == op).unwrap_or_else(|| {
        ops.push(op);
        ops.len() - 1
    });
    Register::try_from(place).expect("a formula has fewer than 65,536 operations")
}

/// Drops what the results do not need and gives every operation a block to write to.
fn finish<Id: Copy>(context: Context, ops: Vec<Op<Id>>, results: &[Register]) -> Body<Id> {
    let mut needed = vec![false; ops.len()];
    results.iter().for_each(|&result| needed[usize::from(result)] = true);
    for place in (0..ops.len()).rev() {
        if needed[place] {
            for operand in operands(&ops[place]) {
                needed[usize::from(operand)] = true;
            }
        }
    }
    let mut moved = vec![0; ops.len()];
    let mut kept: Vec<Op<Id>> = Vec::new();
    for (place, op) in ops.into_iter().enumerate().filter(|(place, _)| needed[*place]) {
        moved[place] = kept.len() as Register;
        kept.push(renamed(op, &moved));
    }
    // A single result is last: whatever follows its operation was not needed.
    let results: Vec<Register> = results.iter().map(|&result| moved[usize::from(result)]).collect();
    let mut last_use = vec![usize::MAX; kept.len()];
    for (place, op) in kept.iter().enumerate() {
        for operand in operands(op) {
            last_use[usize::from(operand)] = place;
        }
    }
    results.iter().for_each(|&result| last_use[usize::from(result)] = usize::MAX);
    let mut free: Vec<Register> = Vec::new();
    let mut slots = Vec::with_capacity(kept.len());
    let mut slot_count = 0;
    for (place, op) in kept.iter().enumerate() {
        // A number is filled in once before all blocks, so its slot is never one that others write to.
        let reused = if is_uniform(op) { None } else { free.pop() };
        let slot = reused.unwrap_or_else(|| {
            slot_count += 1;
            slot_count as Register - 1
        });
        slots.push(slot);
        let mut done: Vec<Register> = operands(op).filter(|&r| last_use[usize::from(r)] == place).collect();
        done.sort_unstable();
        done.dedup();
        free.extend(done.iter().filter(|&&r| !is_uniform(&kept[usize::from(r)])).map(|&r| slots[usize::from(r)]));
    }
    Body { context, ops: kept, results, slots, slot_count }
}

/// Whether an operation gives one number for all rows, whatever the block.
pub(super) fn is_uniform<Id>(op: &Op<Id>) -> bool {
    matches!(op, Op::Constant(_) | Op::Scalar(_) | Op::PartScalar(_))
}

fn operands<Id>(op: &Op<Id>) -> impl Iterator<Item = Register> + use<Id> {
    let (a, b, c) = match *op {
        Op::Unary(_, a) | Op::Chance(_, a) => (Some(a), None, None),
        Op::Binary(_, a, b) => (Some(a), Some(b), None),
        Op::When(a, b, c) => (Some(a), Some(b), Some(c)),
        _ => (None, None, None),
    };
    [a, b, c].into_iter().flatten()
}

fn renamed<Id>(op: Op<Id>, to: &[Register]) -> Op<Id> {
    let name = |r: Register| to[usize::from(r)];
    match op {
        Op::Unary(op, a) => Op::Unary(op, name(a)),
        Op::Chance(number, a) => Op::Chance(number, name(a)),
        Op::Binary(op, a, b) => Op::Binary(op, name(a), name(b)),
        Op::When(a, b, c) => Op::When(name(a), name(b), name(c)),
        other => other,
    }
}

pub(super) fn unary(op: Unary, a: f64) -> f64 {
    match op {
        Unary::Negate => -a,
        Unary::Exp => exp(a),
        Unary::Log => log(a),
        Unary::Sqrt => a.sqrt(),
        Unary::Abs => a.abs(),
        Unary::Floor => a.floor(),
    }
}

pub(super) fn binary(op: Binary, a: f64, b: f64) -> f64 {
    let flag = |yes: bool| f64::from(u8::from(yes));
    match op {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Power => pow(a, b),
        // Takes the sign of the divisor, as in Lua.
        Binary::Modulo => a - b * (a / b).floor(),
        Binary::Min => a.min(b),
        Binary::Max => a.max(b),
        Binary::Less => flag(a < b),
        Binary::LessEqual => flag(a <= b),
        Binary::Greater => flag(a > b),
        Binary::GreaterEqual => flag(a >= b),
        Binary::Equal => flag(a == b),
        Binary::NotEqual => flag(a != b),
    }
}
