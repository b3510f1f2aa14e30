//! Whom to start with so that as many as possible are reached, without trying: for rules whose cascades can be followed
//! backwards.
//!
//! In an *independent cascade* every holder tries once on every tie, so that a cascade is what can be reached over ties
//! that succeed; in a *linear threshold* with a threshold drawn uniformly each agent adopts as if it had picked at most one
//! of those it hears, with odds by their weights (Kempe, Kleinberg and Tardos 2003). Either can be drawn backwards from a
//! random agent, and [`imm`] chooses by such draws.

use super::imm::{Reverse, TooMany, imm};
use super::prepare::Prepared;
use super::rules::{CompiledRoute, Rules};
use crate::contagion::State;
use crate::contagion::names::{Quantity, Vocabulary};
use crate::contagion::world::{Count, Emit, Event, Influential, Initial, Memory, Order, Setup, World};
use crate::formula::{Formula, Mistake, Moment, Name, Scratch, View};
use crate::rng::{Distribution, Purpose, Source, Stream};

/// `n` agents of `pool` that together reach nearly as many as any `n` could.
pub(super) fn influential(
    influential: &Influential,
    n: usize,
    pool: &[u32],
    prepared: &Prepared,
    state: &State,
    source: Source,
    part: u32,
) -> Result<Vec<u32>, Mistake> {
    let rules = prepared.rules.frozen(&prepared.world, &prepared.words);
    let (route, model) = followed(influential, &prepared.world, &rules, &prepared.words)?;
    let refuse = |why| refused(influential, why);
    let ties = Backwards::new(route, model, state, source).map_err(refuse)?;
    let targets: Vec<u32> = state.population().collect();
    let mut candidates = vec![false; state.agent_count()];
    pool.iter().for_each(|&agent| candidates[agent as usize] = true);
    let key = source.key(Purpose::Selection, part);
    let mut sampler = Sampler {
        ties: &ties,
        targets: &targets,
        steps: influential.steps.unwrap_or(u32::MAX),
        round: 0,
        seen_in: vec![0; state.agent_count()],
    };
    // Draws of a selector begin at the time; those of its phases begin far from it.
    let stream = |phase: u64| key.stream((phase + 1) << 32 | u64::from(state.now));
    match imm(n, &candidates, targets.len(), influential.epsilon, &mut sampler, &stream) {
        Ok(choice) => Ok(choice.chosen),
        Err(TooMany) => Err(Mistake::new(
            influential.line,
            format!(
                "influential: epsilon = {} takes more draws than fit into memory; give a larger one",
                influential.epsilon
            ),
        )),
    }
}

/// Whether the rules are such that cascades can be followed backwards.
pub(super) fn check(
    influential: &Influential,
    world: &World,
    rules: &Rules,
    words: &Vocabulary,
) -> Result<(), Mistake> {
    followed(influential, world, rules, words).map(|_| ())
}

fn followed<'a>(
    influential: &Influential,
    world: &World,
    rules: &'a Rules,
    words: &Vocabulary,
) -> Result<(&'a CompiledRoute, Model), Mistake> {
    let stage = words.stage(&influential.stage, influential.line)?;
    let item = influential.item.as_ref().map_or(Ok(0), |item| words.item(item, influential.line))?;
    if influential.steps.is_some() && world.order != Order::Synchronous {
        let message = "influential: steps count ties on a path only where all agents act at once; leave steps out";
        return Err(Mistake::new(influential.line, message));
    }
    model_of(rules, words.slot(stage, item), world, words).map_err(|why| refused(influential, why))
}

/// Whether the rules into a slot are an independent cascade, in which what an agent adds to a start shrinks as that grows.
pub(super) fn is_cascade(prepared: &Prepared, slot: usize) -> bool {
    matches!(model_of(&prepared.rules, slot, &prepared.world, &prepared.words), Ok((_, Model::Cascade)))
}

fn refused(influential: &Influential, why: String) -> Mistake {
    let stage = &influential.stage;
    Mistake::new(
        influential.line,
        format!(
            "influential: stage \"{stage}\" is no rule that can be followed backwards: {why}; known are independent \
             cascades (emit = \"once\", needs of at most 1) and linear thresholds (needs = a column from dist.uniform(0, \
             1)); greedy(n, ...) chooses for any rules"
        ),
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    /// Every tie carries it or not, once.
    Cascade,
    /// Every agent is convinced by at most one of those it hears.
    Threshold,
}

/// The one route into a slot and which model it is, or why it is neither.
fn model_of<'a>(
    rules: &'a Rules,
    slot: usize,
    world: &World,
    words: &Vocabulary,
) -> Result<(&'a CompiledRoute, Model), String> {
    let routes: Vec<&CompiledRoute> = rules.routes.iter().filter(|route| route.slot == slot).collect();
    let route = match routes[..] {
        [route] => route,
        [] => return Err("it has no route".into()),
        _ => return Err(format!("it has {} routes", routes.len())),
    };
    let certain = route.constant_reach().is_some_and(|reach| reach >= 1.0);
    if route.from != slot {
        return Err("those who hold another stage are heard".into());
    }
    if route.after.is_some() {
        return Err("another stage comes before it".into());
    }
    if !route.never_leaves() {
        return Err("it can be left".into());
    }
    if route.chance.constant().is_none_or(|chance| chance < 1.0) {
        return Err("it has a chance".into());
    }
    if route.base.constant() != Some(0.0) {
        return Err("it has a base".into());
    }
    if world.contacts.iter().any(|contact| contact.gates && route.layers.contains(&words_layer(words, &contact.layer)))
    {
        return Err("contacts open its ties".into());
    }
    if route
        .reach
        .iter()
        .chain(&route.weight)
        .any(|program| program.draws() || program.reads().iter().any(|read| moves(*read)))
    {
        return Err("its reach or weight changes in the course of a run".into());
    }
    match route.needs.constant() {
        Some(needs) if needs <= 0.0 => Err("nobody needs to hear anybody".into()),
        Some(needs) if route.count == Count::Share || needs > 1.0 => {
            Err(format!("needs = {needs} can take more than one source"))
        }
        Some(_) if route.constant_weight() != Some(1.0) => Err("ties differ in weight".into()),
        Some(_) if route.emit == Emit::Always && !certain => Err("holders try again in every step".into()),
        Some(_) => Ok((route, Model::Cascade)),
        None if !is_uniform(route, world, words) => {
            Err("its needs are not the uniform ones of a linear threshold".into())
        }
        None if route.count == Count::Signals => Err("it counts signals".into()),
        None if !certain => Err("a linear threshold needs reach 1".into()),
        None if route.memory != Memory::Ever => Err("it forgets".into()),
        None => Ok((route, Model::Threshold)),
    }
}

fn words_layer(words: &Vocabulary, layer: &str) -> usize {
    words.layers.iter().position(|known| known == layer).expect("the layers of contacts were checked")
}

/// What a step of the rule itself changes.
fn moves(read: Quantity) -> bool {
    matches!(
        read,
        Quantity::Held(_)
            | Quantity::New(_)
            | Quantity::Age(_)
            | Quantity::Depth(_)
            | Quantity::Credit(_)
            | Quantity::Won(_)
            | Quantity::Now
            | Quantity::Open
    )
}

/// Whether the needs are a column that every kind drew uniformly from 0 to 1, and that nothing writes.
fn is_uniform(route: &CompiledRoute, world: &World, words: &Vocabulary) -> bool {
    let stage = &world.stages[route.slot / words.items.len()];
    let needs = stage.routes.iter().find(|described| described.line == route.line).map(|described| &described.needs);
    let Some(Formula::Name(Name { view: View::Me, path, .. })) = needs else { return false };
    let name = path.join(".");
    let uniform = Distribution::uniform(0.0, 1.0).ok().map(Initial::Draw);
    let mut kinds = world.setup.iter().filter_map(|setup| match setup {
        Setup::Agents(agents) => Some(agents.columns.iter().find(|(known, _)| *known == name)),
        _ => None,
    });
    let drawn = kinds.all(|column| column.is_some_and(|(_, initial)| Some(initial) == uniform.as_ref()));
    let at_setup = world.setup.iter().any(|setup| match setup {
        Setup::Set(set) => set.column.path.join(".") == name,
        Setup::Mark(mark) => mark.name == name,
        _ => false,
    });
    let by_event = world.timeline.iter().any(|(_, event)| match event {
        Event::Set(set) => set.column.path.join(".") == name,
        Event::Mark(mark) => mark.name == name,
        Event::Probe(probe) => probe.column == name,
        _ => false,
    });
    let by_update = world.updates.iter().any(|update| update.column.path.join(".") == name);
    drawn && !at_setup && !by_event && !by_update && world.plain.is_empty()
}

/// All ties of a route by hearer, with what decides whether they carry backwards.
struct Backwards {
    model: Model,
    offsets: Vec<u32>,
    speakers: Vec<u32>,
    /// In 2^-32: of a cascade the probability that the tie carries; of a threshold the odds that this tie or one before it in
    /// its row is picked.
    odds: Vec<u64>,
}

const WHOLE: f64 = 4_294_967_296.0;

impl Backwards {
    fn new(route: &CompiledRoute, model: Model, state: &State, source: Source) -> Result<Backwards, String> {
        let n = state.agent_count();
        let moment = Moment { source, now: state.now };
        let mut scratch = Scratch::default();
        let values: Vec<Vec<f64>> = route
            .layers
            .iter()
            .enumerate()
            .map(|(place, &layer)| {
                let program = if model == Model::Cascade { &route.reach[place] } else { &route.weight[place] };
                let hearers = state.layers[layer].network.hearers();
                let mut values = vec![0.0; hearers.len()];
                program.prepare(state, moment, &mut scratch);
                program.ties(state, moment, &mut scratch, 0, &hearers, &mut values);
                values
            })
            .collect();
        let mut ties = Backwards { model, offsets: vec![0], speakers: Vec::new(), odds: Vec::new() };
        let mut row: Vec<f64> = Vec::new();
        for agent in 0..n {
            row.clear();
            for (&layer, values) in route.layers.iter().zip(&values) {
                let layer = &state.layers[layer];
                let rows = layer.network.row(agent);
                ties.speakers.extend_from_slice(&layer.sources()[rows.clone()]);
                row.extend_from_slice(&values[rows]);
            }
            match model {
                Model::Cascade => row.iter_mut().for_each(|p| *p = p.clamp(0.0, 1.0)),
                Model::Threshold => cumulate(&mut row, route.count == Count::Share, agent)?,
            }
            ties.odds.extend(row.iter().map(|odds| (odds * WHOLE).round() as u64));
            ties.offsets.push(u32::try_from(ties.speakers.len()).map_err(|_| "it has too many ties".to_string())?);
        }
        Ok(ties)
    }

    fn row(&self, agent: u32) -> std::ops::Range<usize> {
        self.offsets[agent as usize] as usize..self.offsets[agent as usize + 1] as usize
    }
}

/// Weights become the odds that this tie or one before it is picked.
fn cumulate(row: &mut [f64], share: bool, agent: usize) -> Result<(), String> {
    if row.iter().any(|weight| weight.is_nan() || *weight < 0.0) {
        return Err("a weight is negative or not a number".into());
    }
    let whole: f64 = row.iter().sum();
    if !share && whole > 1.0 + 1e-9 {
        return Err(format!("the weights of what agent {} hears add up to {whole}, more than 1", agent + 1));
    }
    let scale = if share && whole > 0.0 { 1.0 / whole } else { 1.0 };
    let mut sum = 0.0;
    for weight in row.iter_mut() {
        sum += *weight * scale;
        *weight = sum.min(1.0);
    }
    Ok(())
}

/// Draws cascades backwards.
struct Sampler<'a> {
    ties: &'a Backwards,
    targets: &'a [u32],
    steps: u32,
    round: u32,
    seen_in: Vec<u32>,
}

impl Reverse for Sampler<'_> {
    fn set(&mut self, draws: &mut Stream, members: &mut Vec<u32>) {
        if self.round == u32::MAX {
            self.seen_in.fill(0);
            self.round = 0;
        }
        self.round += 1;
        let target = self.targets[draws.below(self.targets.len() as u32) as usize];
        self.seen_in[target as usize] = self.round;
        members.push(target);
        match self.ties.model {
            Model::Cascade => self.cascade(draws, members),
            Model::Threshold => self.threshold(target, draws, members),
        }
    }
}

impl Sampler<'_> {
    /// Breadth-first over ties that carry, at most `steps` deep.
    fn cascade(&mut self, draws: &mut Stream, members: &mut Vec<u32>) {
        let (mut head, mut depth) = (0, 0);
        while head < members.len() && depth < self.steps {
            let level_end = members.len();
            depth += 1;
            while head < level_end {
                let row = self.ties.row(members[head]);
                head += 1;
                for (&speaker, &odds) in self.ties.speakers[row.clone()].iter().zip(&self.ties.odds[row]) {
                    let seen = &mut self.seen_in[speaker as usize];
                    if *seen != self.round && u64::from(draws.bits32()) < odds {
                        *seen = self.round;
                        members.push(speaker);
                    }
                }
            }
        }
    }

    /// From one to the one that convinces it, until nobody does or the walk closes.
    fn threshold(&mut self, target: u32, draws: &mut Stream, members: &mut Vec<u32>) {
        let mut agent = target;
        for _ in 0..self.steps {
            let row = self.ties.row(agent);
            if row.is_empty() {
                return;
            }
            let drawn = u64::from(draws.bits32());
            let picked = self.ties.odds[row.clone()].partition_point(|&odds| odds <= drawn);
            let Some(&speaker) = self.ties.speakers[row].get(picked) else { return };
            if std::mem::replace(&mut self.seen_in[speaker as usize], self.round) == self.round {
                return;
            }
            members.push(speaker);
            agent = speaker;
        }
    }
}
