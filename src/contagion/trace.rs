//! Who adopted what and when, and who brought it to them: kept where it is asked for, and never read by a rule.

/// What is remembered of the entries into a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keeps {
    #[default]
    Nothing,
    /// Who entered, in order.
    Entries,
    /// Also the evidence they entered on, and whose it was.
    Sources,
}

/// The entries of a run, in the order in which they happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// By slot.
    keeps: Vec<Keeps>,
    adoptions: Vec<Adoption>,
    sources: Vec<Source>,
}

/// One entry of one agent into one stage of one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adoption {
    pub agent: u32,
    pub slot: u32,
    /// When, see [`by_event`](super::state::by_event) and [`in_step`](super::state::in_step).
    pub entered: u32,
    /// Whether the agent had never held the stage before.
    pub first: bool,
    /// None where an event or a plain rule said so.
    pub reason: Option<Reason>,
}

/// What a route had heard when it let an agent in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// By its place among all routes of the world.
    pub route: u32,
    /// What `needs` was compared with, base included.
    pub evidence: f64,
    pub needs: f64,
    /// How many agents it was heard from, each counted once.
    pub distinct: u32,
    /// The sources, and the one of them that is the parent in the tree of the cascade.
    first_source: u32,
    source_count: u32,
    parent: u32,
}

/// A tie that brought it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    pub agent: u32,
    pub layer: u32,
    /// Its share of the credit; the shares of an adoption add up to one.
    pub credit: f64,
}

impl Trace {
    /// A trace that keeps this of each slot.
    pub fn keeping(keeps: Vec<Keeps>) -> Trace {
        Trace { keeps, ..Trace::default() }
    }

    pub fn keeps(&self, slot: usize) -> Keeps {
        self.keeps.get(slot).copied().unwrap_or_default()
    }

    /// In the order in which they happened.
    pub fn adoptions(&self) -> &[Adoption] {
        &self.adoptions
    }

    /// Each agent once, when it held the stage of `slot` for the first time.
    pub fn adopters(&self, slot: usize) -> impl Iterator<Item = &Adoption> {
        self.adoptions.iter().filter(move |adoption| adoption.first && adoption.slot as usize == slot)
    }

    /// The ties that brought it, by layer and row.
    pub fn sources(&self, adoption: &Adoption) -> &[Source] {
        match &adoption.reason {
            Some(reason) => &self.sources[reason.first_source as usize..][..reason.source_count as usize],
            None => &[],
        }
    }

    /// The place of the parent among [`Trace::sources`]: the source with the largest credit; of several, the one that
    /// entered last; of these, the one in the lowest row.
    pub fn parent(&self, adoption: &Adoption) -> Option<usize> {
        let reason = adoption.reason.as_ref()?;
        (reason.source_count > 0).then_some(reason.parent as usize)
    }

    /// Notes an entry that has just happened.
    pub(super) fn enter(&mut self, slot: usize, agent: usize, entered: u32, first: bool) {
        if self.keeps(slot) > Keeps::Nothing {
            self.adoptions.push(Adoption { agent: agent as u32, slot: slot as u32, entered, first, reason: None });
        }
    }

    /// Says why the entry that was noted last happened. `entered` tells when a source entered what it said.
    pub fn explain(
        &mut self,
        (route, evidence, needs): (usize, f64, f64),
        sources: impl IntoIterator<Item = Source>,
        entered: impl Fn(u32) -> u32,
    ) {
        let first_source = self.sources.len();
        self.sources.extend(sources);
        let all = &self.sources[first_source..];
        let rank = |source: &Source| (source.credit, entered(source.agent));
        let mut parent = 0;
        for (place, source) in all.iter().enumerate().skip(1) {
            if rank(source) > rank(&all[parent]) {
                parent = place;
            }
        }
        let mut agents: Vec<u32> = all.iter().map(|source| source.agent).collect();
        agents.sort_unstable();
        agents.dedup();
        let adoption = self.adoptions.last_mut().expect("an entry is noted before it is explained");
        adoption.reason = Some(Reason {
            route: route as u32,
            evidence,
            needs,
            distinct: agents.len() as u32,
            first_source: first_source as u32,
            source_count: all.len() as u32,
            parent: parent as u32,
        });
    }
}
