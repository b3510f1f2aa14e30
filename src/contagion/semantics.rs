//! What the rules of a world say, in sentences: nothing that changes a result is left to be guessed.

use super::world::*;
use crate::table::counted;

/// The semantics card of a world: one sentence a line.
pub fn semantics(world: &World) -> Vec<String> {
    let mut lines = vec![match world.order {
        Order::Synchronous => "all agents act at once, each seeing the state at the start of the step".to_string(),
        Order::Asynchronous => {
            "agents act one after another in a fresh random order each step, each seeing the latest \
                                state; contacts open before the first, updates and rewiring follow the last"
                .to_string()
        }
        Order::Continuous => {
            let at_whole_times = [
                ("contacts", world.contacts.is_empty()),
                ("updates", world.updates.is_empty()),
                ("rewiring", world.rewirings.is_empty()),
            ];
            let what: Vec<&str> = at_whole_times.iter().filter(|(_, none)| !none).map(|(what, _)| *what).collect();
            let what = if what.is_empty() { String::new() } else { format!("; whole times have {}", what.join(", ")) };
            format!(
                "continuous time: reach, chance and leave are rates per unit of time, waiting is exponential; what has no \
                rate does not wait; curves and observations show whole times{what}"
            )
        }
    }];
    for stage in &world.stages {
        if stage.routes.is_empty() {
            lines.push(format!("{}: entered by start only", stage.name));
        }
        for (number, route) in stage.routes.iter().enumerate() {
            let name = match stage.routes.len() {
                1 => stage.name.clone(),
                _ => format!("{}, route {}", stage.name, number + 1),
            };
            lines.push(format!("{name}: {}", of_route(stage, route, world.order)));
        }
    }
    for rule in &world.plain {
        lines.push(of_plain(rule));
    }
    lines.push("S is the share of the population that holds stage S at the end, those it started with included".into());
    lines
}

fn of_plain(rule: &PlainRule) -> String {
    match &rule.kind {
        PlainKind::Each { one_by_one: false, .. } => format!(
            "{}: a plain function, called for all agents at once after the updates: each reads the others as they were, \
            what it writes they see afterwards",
            rule.name
        ),
        PlainKind::Each { one_by_one: true, .. } => format!(
            "{}: a plain function, called after the updates for one agent after another in a fresh random order, each \
            seeing the latest state",
            rule.name
        ),
        PlainKind::Meet { per_step, by_tie, .. } => format!(
            "{}: a plain function, called after the updates for {} pairs a step, one after another, each seeing the \
            latest state; {}",
            rule.name,
            per_step.map_or("as many as the population has agents".to_string(), |count| count.to_string()),
            match by_tie {
                true => "a pair is the ends of a tie, all ties equally likely",
                false => "a random agent that hears somebody meets one of those it hears",
            }
        ),
    }
}

fn of_route(stage: &Stage, route: &Route, order: Order) -> String {
    let continuous = order == Order::Continuous;
    let from = route.from.as_ref().unwrap_or(&stage.name);
    let weighted = route.weight.constant() != Some(1.0);
    let evidence = match route.count {
        Count::Sources if weighted => format!("the weights of the ties heard from {from} add up to"),
        Count::Sources => format!("the ties heard from {from} number"),
        Count::Share if weighted => format!("the weights of the ties heard from {from}, divided by those of all, are"),
        Count::Share => format!("the ties heard from {from}, divided by all one hears, are"),
        Count::Signals => format!("the signals heard from {from} add up to"),
    };
    let memory = match route.memory {
        Memory::Ever => String::new(),
        Memory::Steps(0) => " right now".to_string(),
        Memory::Steps(units) if continuous => format!(" within {} of time", counted(units, "unit")),
        Memory::Steps(steps) => format!(" within {}", counted(steps, "step")),
        Memory::Last { n, tie, .. } => format!(
            " among the last {n}{}",
            match tie {
                Tie::Half => "",
                Tie::Stay => " (half of them: as one does already)",
                Tie::Draw => " (half of them: a fair draw)",
                Tie::Yes => " (half of them: yes)",
                Tie::No => " (half of them: no)",
            }
        ),
    };
    let needs = match route.needs.constant() {
        Some(needs) => format!("at least {needs} (>=)"),
        None => "at least what the agent needs (>=)".to_string(),
    };
    let mut text = format!("entered when {evidence}{memory} {needs}");
    if let Some(after) = &route.after {
        text += &match continuous {
            true => format!(", by those who hold {after}"),
            false => format!(", by those who hold {after} since an earlier step"),
        };
    }
    if route.base.constant() != Some(0.0) {
        text += ", a base signal added";
    }
    match (route.reach.constant(), continuous) {
        (Some(AT_ONCE), true) => text += "; a holder is heard at once",
        (Some(reach), true) => {
            text += &format!("; signals arrive over a tie at rate {reach} while its speaker holds it")
        }
        (None, true) => text += "; signals arrive over a tie at a rate of its own while its speaker holds it",
        (Some(reach), false) if reach >= 1.0 => {}
        (Some(reach), false) => text += &format!("; a message over a tie is heard with probability {reach}"),
        (None, false) => text += "; a message over a tie is heard with a probability of its own",
    }
    if route.emit == Emit::Once {
        text += match order {
            Order::Asynchronous => "; one speaks only once: each hearer hears it at its first turn after the entry",
            _ => "; one speaks only in the step after entering",
        };
    }
    match (route.chance.constant(), continuous) {
        (Some(AT_ONCE), true) => text += "; then at once",
        (Some(chance), true) => text += &format!("; then at rate {chance}"),
        (None, true) => text += "; then at a rate of its own",
        (Some(chance), false) if chance >= 1.0 => {}
        (Some(chance), false) => text += &format!("; then with probability {chance} a step"),
        (None, false) => text += "; then with a probability of its own a step",
    }
    match route.tries {
        None => {}
        Some(1) if continuous => text += "; once at most, starts included",
        Some(tries) if continuous => text += &format!("; {} at most, starts included", counted(tries, "time")),
        Some(tries) => text += &format!("; at most {}", counted(tries, "try")),
    }
    if weighted {
        text += "; sums of weights are compared with a relative slack of 1e-9";
    }
    match (route.leave.constant(), continuous) {
        (Some(leave), _) if leave <= 0.0 => text += "; never left",
        (Some(leave), true) => text += &format!("; left at rate {leave}"),
        (None, true) => text += "; left at a rate of its own",
        (Some(leave), false) => text += &format!("; left with probability {leave} a step"),
        (None, false) => text += "; left with a probability of its own a step",
    }
    text
}
