//! The rules of one world, compiled against its words, with what the engine needs to know to run them fast.

use super::compile::{check_order_of_stages, compile_contact, compile_rewiring, compile_route, compile_update};
use super::still::{Moving, stands_still};
use crate::contagion::cascade::{CascadeMeasure, Entrances};
use crate::contagion::names::{Quantity, Vocabulary};
use crate::contagion::trace::Keeps;
use crate::contagion::world::*;
use crate::formula::{Line, Mistake, Moment, Numbering, Program};
use crate::rng::{Purpose, Trials};

pub type Compiled = Program<Quantity>;

/// Everything that happens in a step, compiled.
#[derive(Clone, Debug)]
pub struct Rules {
    pub routes: Vec<CompiledRoute>,
    pub contacts: Vec<CompiledContact>,
    pub updates: Vec<CompiledUpdate>,
    pub rewirings: Vec<CompiledRewiring>,
    /// By slot: whether a holder can leave, or a post can take the stage away.
    pub can_end: Vec<bool>,
    /// By slot: whether nobody enters twice, because tries say so (in continuous time, where they count entries).
    pub once: Vec<bool>,
    /// Whether events change columns or take stages back after time 0, or whole times do.
    pub restarts: bool,
    /// By slot: whether some formula asks for its depth, credit or won.
    pub tracks: Vec<bool>,
    /// By slot: what the trace keeps of its entries.
    pub keeps: Vec<Keeps>,
    /// Whether there are rules that are plain functions.
    pub plain: bool,
    pub order: Order,
    /// Whether a step that changes nothing and draws nothing proves that nothing ever will (but events).
    pub timeless: bool,
}

/// One route into a stage of one item.
#[derive(Clone, Debug)]
pub struct CompiledRoute {
    pub slot: usize,
    pub from: usize,
    pub after: Option<usize>,
    pub layers: Vec<usize>,
    /// By place in `layers`.
    pub reach: Vec<Compiled>,
    pub weight: Vec<Compiled>,
    pub base: Compiled,
    pub needs: Compiled,
    pub chance: Compiled,
    pub leave: Compiled,
    pub emit: Emit,
    pub count: Count,
    pub memory: Memory,
    pub tries: Option<u32>,
    /// Tells its draws from those of other routes.
    pub part: u32,
    pub line: Line,
    /// What it is called in messages: `stage "adopted", route 2`.
    pub name: String,
    pub hearing: Hearing,
    /// Whether what is heard once stays heard, and nothing else changes the evidence.
    pub still: bool,
    /// Whether whoever enters the stage stays in it.
    pub lasts: bool,
}

/// How the engine follows what is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// Only new holders are visited: what is heard once stays heard, and nothing else changes the evidence.
    ByNews,
    /// Every tie is visited in every step.
    ByStep,
    /// Every agent visits its own ties when its turn comes.
    InTurn,
}

#[derive(Clone, Debug)]
pub struct CompiledContact {
    pub layer: usize,
    pub per: Option<Compiled>,
    pub prefer: Compiled,
    pub by: Chooser,
    pub gates: bool,
    pub part: u32,
    pub line: Line,
}

/// One column of agents, of ties of one layer, or of one item, and what it becomes.
#[derive(Clone, Debug)]
pub struct CompiledUpdate {
    pub column: Written,
    pub to: Compiled,
    pub name: String,
    pub line: Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Agents(usize),
    Ties { layer: usize, column: usize },
    Item { item: usize, column: usize },
}

#[derive(Clone, Debug)]
pub struct CompiledRewiring {
    pub layer: usize,
    pub rate: Compiled,
    pub drop: Compiled,
    pub pick: Compiled,
    pub friends_of_friends: bool,
    pub candidates: u32,
    pub from: u32,
    pub stop: Option<u32>,
    pub part: u32,
    pub line: Line,
}

impl CompiledRoute {
    /// The same reach on every tie, at all times.
    pub fn constant_reach(&self) -> Option<f64> {
        same_constant(&self.reach)
    }

    /// The same weight on every tie, at all times.
    pub fn constant_weight(&self) -> Option<f64> {
        same_constant(&self.weight)
    }

    /// What decides in a step whether what is said over a layer arrives: places are those of the ties by speaker.
    pub fn trials(&self, layer: usize, moment: Moment) -> Trials {
        let part = self.part.wrapping_add(0x9e37_79b9u32.wrapping_mul(layer as u32));
        moment.source.key(Purpose::Reach, part).trials(moment.now.into())
    }

    pub fn never_leaves(&self) -> bool {
        self.leave.constant().is_some_and(|p| p <= 0.0)
    }
}

fn same_constant(programs: &[Compiled]) -> Option<f64> {
    let mut values = programs.iter().map(Program::constant);
    let first = values.next()??;
    values.all(|value| value == Some(first)).then_some(first)
}

impl Rules {
    /// Checks every word of the rules and compiles them. `numbering` goes on from the setup.
    pub fn compile(world: &World, words: &Vocabulary, numbering: &mut Numbering) -> Result<Rules, Mistake> {
        let mut rules = Rules {
            routes: Vec::new(),
            contacts: Vec::new(),
            updates: Vec::new(),
            rewirings: Vec::new(),
            can_end: vec![false; words.slots()],
            once: vec![false; words.slots()],
            restarts: false,
            tracks: vec![false; words.slots()],
            keeps: vec![Keeps::Nothing; words.slots()],
            plain: !world.plain.is_empty(),
            order: world.order,
            timeless: false,
        };
        for contact in &world.contacts {
            rules.contacts.push(compile_contact(contact, words, numbering)?);
        }
        for (stage, described) in world.stages.iter().enumerate() {
            for (number, route) in described.routes.iter().enumerate() {
                compile_route(&mut rules.routes, world, words, stage, number, route, numbering)?;
            }
        }
        for update in &world.updates {
            compile_update(&mut rules.updates, update, words, numbering)?;
        }
        for rewiring in &world.rewirings {
            rules.rewirings.push(compile_rewiring(rewiring, words, numbering)?);
        }
        check_order_of_stages(world, words)?;
        rules.settle(world, words);
        super::clock::sayable::check(world, &rules)?;
        Ok(rules)
    }

    /// The rules on a world that stands still: no events, no updates, no rewiring, ties open as they are.
    pub fn frozen(&self, world: &World, words: &Vocabulary) -> Rules {
        let mut rules = Rules { updates: Vec::new(), rewirings: Vec::new(), plain: false, ..self.clone() };
        rules.can_end.fill(false);
        rules.keeps.fill(Keeps::Nothing);
        let still = World { timeline: Vec::new(), updates: Vec::new(), ..world.clone() };
        rules.settle(&still, words);
        // Only now: which layers are gated still matters for what can be heard.
        rules.contacts.clear();
        rules.timeless = rules.is_timeless();
        rules
    }

    /// What follows from all rules together.
    fn settle(&mut self, world: &World, words: &Vocabulary) {
        for route in &self.routes {
            if !route.never_leaves() {
                self.can_end[route.slot] = true;
            }
        }
        for (_, event) in &world.timeline {
            if let Event::Post(post) = event {
                for (item, name) in words.items.iter().enumerate() {
                    if post.item.as_ref().is_none_or(|wanted| wanted == name) {
                        (0..words.stages.len()).for_each(|stage| self.can_end[words.slot(stage, item)] = true);
                    }
                }
            }
        }
        if !world.plain.is_empty() {
            self.can_end.fill(true); // a function may do anything
        }
        self.restarts = world.timeline.iter().any(|(time, event)| match event {
            Event::Start(start) => start.fixed && *time > 0,
            Event::Observe(_) => false,
            Event::Post(_) => true,
            Event::Set(_) | Event::Mark(_) | Event::Probe(_) => *time > 0,
        });
        self.restarts |= self.has_steps();
        for (slot, once) in self.once.iter_mut().enumerate() {
            let begun_later = world.timeline.iter().any(|(time, event)| match event {
                Event::Start(start) => *time > 0 && words.stage(&start.stage, 0) == Ok(slot / words.items.len()),
                Event::Post(_) => true,
                _ => false,
            });
            let mut into = self.routes.iter().filter(|route| route.slot == slot);
            *once = !begun_later && into.all(|route| route.tries == Some(1));
        }
        let moving = Moving::of(world, words, self);
        for route in &mut self.routes {
            route.still = stands_still(route, &moving, &self.can_end);
            route.hearing = match (self.order, route.still) {
                (Order::Asynchronous, _) => Hearing::InTurn,
                (_, true) => Hearing::ByNews,
                (_, false) => Hearing::ByStep,
            };
            route.lasts = !self.can_end[route.slot];
        }
        self.timeless = self.is_timeless();
    }

    /// Whether there is something to do in every step, or at every whole time, whoever holds what.
    pub fn has_steps(&self) -> bool {
        !(self.contacts.is_empty() && self.updates.is_empty() && self.rewirings.is_empty()) || self.plain
    }

    fn is_timeless(&self) -> bool {
        let reads = |found: &mut dyn FnMut(Quantity)| {
            for route in &self.routes {
                let programs = route.reach.iter().chain(&route.weight);
                let programs = programs.chain([&route.base, &route.needs, &route.chance, &route.leave]);
                programs.flat_map(|program| program.reads()).for_each(|&quantity| found(quantity));
            }
        };
        let mut tied_to_time = false;
        reads(&mut |quantity| tied_to_time |= matches!(quantity, Quantity::Now | Quantity::Age(_) | Quantity::New(_)));
        let draws = self.routes.iter().any(|route| {
            let programs = route.reach.iter().chain(&route.weight);
            programs.chain([&route.base, &route.needs, &route.chance, &route.leave]).any(|program| program.draws())
        });
        let windows = self.routes.iter().any(|route| route.memory != Memory::Ever || route.count == Count::Signals);
        !tied_to_time && !draws && !windows && !self.has_steps()
    }

    /// Marks the slots whose depth, credit or won somebody reads.
    pub fn track(&mut self, reads: &[Quantity]) {
        for read in reads {
            if let Quantity::Depth(slot) | Quantity::Credit(slot) | Quantity::Won(slot) = read {
                self.tracks[*slot as usize] = true;
            }
        }
    }

    /// Keeps of every slot what the measures of its cascade need.
    pub fn keep_for(&mut self, words: &Vocabulary) {
        for name in &words.cascade {
            match name.measure {
                CascadeMeasure::TimeTo | CascadeMeasure::PeakTime => {}
                CascadeMeasure::Response => self.keep_for_response(name.slot),
                _ => self.keep(name.slot, Keeps::Sources),
            }
        }
    }

    /// Keeps what the exposure curve of a slot needs.
    pub fn keep_for_response(&mut self, slot: usize) {
        self.keep(slot, Keeps::Entries);
        for (_, from) in self.entrances(slot, false).heard {
            self.keep(from, Keeps::Entries);
        }
    }

    /// Keeps at least this of the entries into a slot.
    pub fn keep(&mut self, slot: usize, keeps: Keeps) {
        self.keeps[slot] = self.keeps[slot].max(keeps);
    }

    /// Whether the reasons of entries have to be looked at: a kernel that does not know them will not do.
    pub fn explains(&self) -> bool {
        self.keeps.contains(&Keeps::Sources) || self.tracks.contains(&true)
    }

    /// How a slot is entered.
    pub fn entrances(&self, slot: usize, in_turn: bool) -> Entrances {
        let mut heard: Vec<(usize, usize)> = Vec::new();
        for route in self.routes.iter().filter(|route| route.slot == slot) {
            heard.extend(route.layers.iter().map(|&layer| (layer, route.from)));
        }
        heard.sort_unstable();
        heard.dedup();
        Entrances { heard, in_turn }
    }

    /// Everything the rules read.
    pub fn reads(&self) -> Vec<Quantity> {
        let mut all = Vec::new();
        let mut add = |program: &Compiled| all.extend_from_slice(program.reads());
        for route in &self.routes {
            route.reach.iter().chain(&route.weight).for_each(&mut add);
            [&route.base, &route.needs, &route.chance, &route.leave].into_iter().for_each(&mut add);
        }
        for contact in &self.contacts {
            contact.per.iter().for_each(&mut add);
            add(&contact.prefer);
        }
        self.updates.iter().for_each(|update| add(&update.to));
        for rewiring in &self.rewirings {
            [&rewiring.rate, &rewiring.drop, &rewiring.pick].into_iter().for_each(&mut add);
        }
        all
    }
}
