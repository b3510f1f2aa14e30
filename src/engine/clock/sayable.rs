//! What cannot be said in continuous time, and what to say instead.

use crate::contagion::names::Quantity;
use crate::contagion::world::{Count, Emit, Memory, Order, World};
use crate::engine::rules::{Compiled, CompiledRoute, Rules};
use crate::formula::{Line, Mistake};

/// Refuses what speaks of steps, which continuous time does not have. Nothing to say of worlds in any other order.
pub fn check(world: &World, rules: &Rules) -> Result<(), Mistake> {
    if world.order != Order::Continuous {
        return Ok(());
    }
    let refuse = |line: Line, what: String| Err(Mistake::new(line, what));
    if let Some(rule) = world.plain.first() {
        return refuse(
            rule.line,
            format!(
                "{}: plain rules are called step by step, and order \"continuous\" (line {}) has no steps; allowed \
                 with order \"synchronous\" or \"asynchronous\"",
                rule.name, world.order_line
            ),
        );
    }
    rules.routes.iter().try_for_each(check_route)
}

fn check_route(route: &CompiledRoute) -> Result<(), Mistake> {
    let refuse = |what: &str| Err(Mistake::new(route.line, format!("{}: {what}", route.name)));
    let constant_rate = |programs: &[Compiled]| programs.iter().all(|program| !is_at_once(program));
    let carried_at_a_rate = constant_rate(&route.reach);
    if route.emit == Emit::Once {
        return refuse(
            "emit = \"once\" lasts for a step, and continuous time has none; a holder signals at rate reach for as long \
             as it holds the stage: let it leave, or leave emit out",
        );
    }
    if !carried_at_a_rate && route.count == Count::Signals {
        return refuse(
            "count = \"signals\" counts signals one by one: give reach, the rate at which they arrive over a tie",
        );
    }
    if !carried_at_a_rate && matches!(route.memory, Memory::Last { .. }) {
        return refuse(
            "memory = last(n) is of signals one by one: give reach, the rate at which they arrive over a tie",
        );
    }
    if carried_at_a_rate && route.memory == Memory::Steps(0) && !is_at_once(&route.chance) {
        return refuse(
            "with memory = 0 a signal counts for an instant, which leaves no time to wait for chance; leave chance \
             out, or remember for longer",
        );
    }
    if !carried_at_a_rate && is_at_once(&route.chance) && route.from == route.slot && !route.layers.is_empty() {
        return refuse(
            "nothing here takes time: give reach, the rate at which a holder signals over a tie, or chance, the rate \
             at which one enters once the evidence suffices",
        );
    }
    if is_at_once(&route.leave) {
        return refuse("leave is infinite: nobody would hold the stage for any time");
    }
    let programs = route.reach.iter().map(|program| ("reach", program));
    let programs = programs.chain(route.weight.iter().map(|program| ("weight", program)));
    let programs = programs.chain([
        ("base", &route.base),
        ("needs", &route.needs),
        ("chance", &route.chance),
        ("leave", &route.leave),
    ]);
    for (field, program) in programs {
        if program.draws() {
            return refuse(&format!(
                "{field}: chance(p) is drawn once a step, and continuous time has none; multiply the rate by p instead"
            ));
        }
        let of_steps = program.reads().iter().find_map(|read| match read {
            Quantity::Now => Some("now"),
            Quantity::Age(_) => Some("age"),
            Quantity::New(_) => Some("new"),
            _ => None,
        });
        if let Some(word) = of_steps {
            return refuse(&format!(
                "{field}: {word} changes step by step; in continuous time a rate holds until somebody enters or leaves, \
                 or at(t, function() set(...) end) changes a column"
            ));
        }
    }
    Ok(())
}

/// Whether there is no waiting at all: the rate that is meant where none is given.
pub fn is_at_once(program: &Compiled) -> bool {
    program.constant() == Some(f64::INFINITY)
}
