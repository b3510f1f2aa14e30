//! A list of operations while it grows, with no operation twice; finished, with none that nobody needs, and with as few
//! blocks to write to as will do.

use super::program::{Body, Op, Register, is_uniform, operands, renamed};
use super::{Binary, Context};

/// Appends an operation, or finds the same one computed before.
pub(super) fn emit<Id: Copy + PartialEq>(ops: &mut Vec<Op<Id>>, op: Op<Id>) -> Register {
    let place = ops.iter().position(|known| *known == op).unwrap_or_else(|| {
        ops.push(op);
        ops.len() - 1
    });
    Register::try_from(place).expect("a formula has fewer than 65,536 operations")
}

/// The value of an operation, if it is a number.
pub(super) fn constant<Id>(ops: &[Op<Id>], register: Register) -> Option<f64> {
    match ops[usize::from(register)] {
        Op::Constant(value) => Some(value),
        _ => None,
    }
}

/// 1 where the value is not 0, else 0.
pub(super) fn truth<Id: Copy + PartialEq>(ops: &mut Vec<Op<Id>>, value: Register) -> Register {
    use Binary::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    match ops[usize::from(value)] {
        Op::Binary(Less | LessEqual | Greater | GreaterEqual | Equal | NotEqual, _, _) => value,
        _ => {
            let zero = emit(ops, Op::Constant(0.0));
            emit(ops, Op::Binary(NotEqual, value, zero))
        }
    }
}

/// Drops what the results do not need and gives every operation a block to write to.
pub(super) fn finish<Id: Copy>(context: Context, ops: Vec<Op<Id>>, results: &[Register]) -> Body<Id> {
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
