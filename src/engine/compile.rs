//! From the rules as they are written to programs: checks of what they say, and their formulas compiled.

use super::rules::{CompiledContact, CompiledRewiring, CompiledRoute, CompiledUpdate, Hearing, Written};
use crate::contagion::names::Vocabulary;
use crate::contagion::select::part_of;
use crate::contagion::world::*;
use crate::formula::{Context, Formula, Mistake, Numbering, View, compile};

pub(super) fn compile_route(
    into: &mut Vec<CompiledRoute>,
    world: &World,
    words: &Vocabulary,
    stage: usize,
    number: usize,
    route: &Route,
    numbering: &mut Numbering,
) -> Result<(), Mistake> {
    let described = &world.stages[stage];
    let line = route.line;
    let name = match described.routes.len() {
        1 => format!("stage \"{}\"", described.name),
        _ => format!("stage \"{}\", route {}", described.name, number + 1),
    };
    let within = |mistake: Mistake| {
        Mistake::new(if mistake.line == 0 { line } else { mistake.line }, format!("{name}: {}", mistake.message))
    };
    let named = |what: &Option<String>| what.as_ref().map(|what| words.stage(what, line)).transpose().map_err(within);
    let from = named(&route.from)?.unwrap_or(stage);
    let after = named(&route.after)?;
    let layers: Vec<usize> = match &route.layer {
        Some(layer) => vec![words.layer(layer, line).map_err(within)?],
        None => (0..words.layers.len()).collect(),
    };
    let items: Vec<usize> = match &route.items {
        Some(items) => items.iter().map(|item| words.item(item, line)).collect::<Result<_, _>>().map_err(within)?,
        None => (0..words.items.len()).collect(),
    };
    check_route(route, world.order).map_err(within)?;
    for item in items {
        let sight = words.about(Some(item));
        let mut of_ties = |formula: &Formula| {
            layers
                .iter()
                .map(|&layer| compile(formula, Context::Ties(layer), &sight, numbering))
                .collect::<Result<Vec<_>, _>>()
                .map_err(within)
        };
        let reach = of_ties(&route.reach)?;
        let weight = of_ties(&route.weight)?;
        let mut of_agents = |formula: &Formula| compile(formula, Context::Agents, &sight, numbering).map_err(within);
        let (base, needs) = (of_agents(&route.base)?, of_agents(&route.needs)?);
        let deciding = sight.deciding();
        let mut of_agents = |formula: &Formula| compile(formula, Context::Agents, &deciding, numbering).map_err(within);
        into.push(CompiledRoute {
            slot: words.slot(stage, item),
            from: words.slot(from, item),
            after: after.map(|after| words.slot(after, item)),
            reach,
            weight,
            base,
            needs,
            chance: of_agents(&route.chance)?,
            leave: of_agents(&route.leave)?,
            layers: layers.clone(),
            emit: route.emit,
            count: route.count,
            memory: route.memory,
            tries: route.tries,
            part: part_of(&format!("{}#{number} {}", described.name, words.items[item])),
            line,
            name: name.clone(),
            hearing: Hearing::ByStep,
            still: false,
            lasts: false,
        });
    }
    Ok(())
}

pub(super) fn check_route(route: &Route, order: Order) -> Result<(), Mistake> {
    if let Some(needs) = route.needs.constant() {
        if needs.is_nan() {
            return Err(Mistake::new(route.line, "needs is NaN; it must be a number or a formula"));
        }
        if route.count == Count::Share
            && needs > 1.0
            && route.base.constant() == Some(0.0)
            && route.weight.constant() == Some(1.0)
        {
            return Err(Mistake::new(
                route.line,
                format!("needs = {needs} can never be met: with count = \"share\" the evidence is 0 to 1"),
            ));
        }
    }
    match route.memory {
        Memory::Last { .. } if route.count == Count::Sources => Err(Mistake::new(
            route.line,
            "memory = last(n) remembers signals; use it with count = \"share\" or count = \"signals\"",
        )),
        Memory::Steps(0) if order == Order::Continuous => Ok(()),
        Memory::Steps(0) | Memory::Last { n: 0, .. } => Err(Mistake::new(route.line, "memory must be at least 1")),
        _ => Ok(()),
    }
}

/// A stage that can only be entered after itself never begins: the order of stages has no circle.
pub(super) fn check_order_of_stages(world: &World, words: &Vocabulary) -> Result<(), Mistake> {
    for start in 0..world.stages.len() {
        let mut seen = vec![false; world.stages.len()];
        let mut open = vec![start];
        while let Some(stage) = open.pop() {
            for route in &world.stages[stage].routes {
                if let Some(after) = &route.after {
                    let after = words.stage(after, route.line)?;
                    if after == start {
                        return Err(Mistake::new(
                            route.line,
                            format!("stage \"{}\" would have to be entered after itself", world.stages[start].name),
                        ));
                    }
                    if !std::mem::replace(&mut seen[after], true) {
                        open.push(after);
                    }
                }
            }
        }
    }
    Ok(())
}

pub(super) fn compile_contact(
    contact: &Contact,
    words: &Vocabulary,
    numbering: &mut Numbering,
) -> Result<CompiledContact, Mistake> {
    let layer = words.layer(&contact.layer, contact.line)?;
    let sight = words.about(None);
    Ok(CompiledContact {
        layer,
        per: contact.per.as_ref().map(|per| compile(per, Context::Agents, &sight, numbering)).transpose()?,
        prefer: compile(&contact.prefer, Context::Ties(layer), &sight, numbering)?,
        by: contact.by,
        gates: contact.gates,
        part: part_of(&contact.layer),
        line: contact.line,
    })
}

pub(super) fn compile_update(
    into: &mut Vec<CompiledUpdate>,
    update: &Update,
    words: &Vocabulary,
    numbering: &mut Numbering,
) -> Result<(), Mistake> {
    let column = update.column.path.join(".");
    let name = format!("{}.{column}", update.column.view.word());
    let place = |names: &[String]| crate::contagion::set::place_of(names, &column);
    let mut push = |column, context, item, numbering: &mut Numbering| {
        let to = compile(&update.to, context, &words.about(item), numbering)?;
        into.push(CompiledUpdate { column, to, name: name.clone(), line: update.line });
        Ok(())
    };
    match update.column.view {
        View::Me => push(Written::Agents(place(&words.agent_columns)), Context::Agents, None, numbering),
        View::Tie if words.has_topics(&column) => {
            let topics: Vec<&str> = words.topics.iter().map(String::as_str).collect();
            Err(Mistake::new(
                update.line,
                format!("{name} is kept per topic; update {name}.{} and so on: {}", topics[0], topics.join(", ")),
            ))
        }
        View::Tie => {
            let layers = words.layers_with(&column);
            let column = place(&words.tie_columns);
            layers
                .into_iter()
                .try_for_each(|layer| push(Written::Ties { layer, column }, Context::Ties(layer), None, numbering))
        }
        View::It => {
            let column = place(&words.item_columns);
            (0..words.items.len())
                .try_for_each(|item| push(Written::Item { item, column }, Context::World, Some(item), numbering))
        }
        View::Src | View::Dst | View::Plain => {
            Err(Mistake::new(update.line, format!("cannot update {name}; allowed: me.column, tie.column, it.column")))
        }
    }
}

pub(super) fn compile_rewiring(
    rewiring: &Rewiring,
    words: &Vocabulary,
    numbering: &mut Numbering,
) -> Result<CompiledRewiring, Mistake> {
    let layer = words.layer(&rewiring.layer, rewiring.line)?;
    let sight = words.about(None);
    let mut of_ties = |formula: &Formula| compile(formula, Context::Ties(layer), &sight, numbering);
    Ok(CompiledRewiring {
        layer,
        rate: of_ties(&rewiring.rate)?,
        drop: of_ties(&rewiring.drop)?,
        pick: of_ties(&rewiring.pick)?,
        friends_of_friends: rewiring.friends_of_friends,
        candidates: rewiring.candidates,
        from: rewiring.from,
        stop: rewiring.stop,
        part: part_of(&rewiring.layer),
        line: rewiring.line,
    })
}
