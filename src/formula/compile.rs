//! From a tree to a straight list of column operations.
//!
//! Equal sub-formulas are computed once. What needs all rows before any row can be used (a sum over a neighbourhood, a
//! mean over the population) becomes a *part*: a column or a number of its own, computed first.

use super::list::{constant, emit, finish, truth};
use super::names::{Context, Names, Resolved};
use super::numbering::Numbering;
use super::program::{Body, Op, Part, Place, Program, Register};
use super::{Fold, Formula, Line, Mistake, Name, Side, Total, View};

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
    let Compiler { places, reads, draws, .. } = compiler;
    Ok(Program { parts, places: places.into(), body, reads, draws })
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
                    Some(a) => Op::Constant(op.of(a)),
                    None => Op::Unary(*op, a),
                }
            }
            Formula::Binary(op, a, b) => {
                let a = self.lower(a, context, ops)?;
                let b = self.lower(b, context, ops)?;
                match (constant(ops, a), constant(ops, b)) {
                    (Some(a), Some(b)) => Op::Constant(op.of(a, b)),
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
