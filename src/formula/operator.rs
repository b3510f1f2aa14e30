//! Operators, and what each does to numbers: wherever a formula meets them, while it is read, compiled or evaluated.

use serde::{Deserialize, Serialize};

use crate::stats::{exp, log, pow};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unary {
    Negate,
    Exp,
    Log,
    Sqrt,
    Abs,
    Floor,
}

impl Unary {
    /// The value at `a`.
    #[inline]
    pub fn of(self, a: f64) -> f64 {
        match self {
            Unary::Negate => -a,
            Unary::Exp => exp(a),
            Unary::Log => log(a),
            Unary::Sqrt => a.sqrt(),
            Unary::Abs => a.abs(),
            Unary::Floor => a.floor(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Modulo,
    Min,
    Max,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
}

impl Binary {
    /// The value at `a` and `b`. Comparisons give 1 or 0.
    #[inline]
    pub fn of(self, a: f64, b: f64) -> f64 {
        let flag = |yes: bool| f64::from(u8::from(yes));
        match self {
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
}
