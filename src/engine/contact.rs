//! Contact: which ties are open in a step, when attention is limited.

use super::rules::{Compiled, CompiledContact};
use crate::contagion::State;
use crate::contagion::state::Open;
use crate::contagion::world::Chooser;
use crate::formula::{Mistake, Moment, Rows, Scratch};
use crate::rng::{Draws, Purpose};

/// Opens, for every agent, `per` of its ties, chosen with odds by `prefer`; a fraction of a tie is a probability.
pub fn open_ties(
    contact: &CompiledContact,
    state: &mut State,
    moment: Moment,
    scratch: &mut Scratch,
) -> Result<(), Mistake> {
    let per = agents_column(contact, state, moment, scratch)?;
    let odds = tie_odds(&contact.prefer, contact, state, moment, scratch)?;
    let layer = &state.layers[contact.layer];
    let mut open: Vec<u32> = match per {
        None => (0..layer.network.ties() as u32).collect(),
        Some(_) => Vec::new(),
    };
    if let Some(per) = per {
        let key = moment.source.key(Purpose::Contact, contact.part);
        let mut chooser = Chooser32 {
            picks: key.draws(moment.now.into()),
            fractions: key.draws(1 << 32 | u64::from(moment.now)),
            pool: Vec::new(),
            moved: Vec::new(),
        };
        match contact.by {
            Chooser::Hearer => {
                let offsets = layer.network.offsets();
                for (agent, &per) in per.iter().enumerate() {
                    let row = offsets[agent] as usize..offsets[agent + 1] as usize;
                    chooser.choose(agent, per, row, |place| place as u32, odds.as_deref(), &mut open);
                }
            }
            Chooser::Speaker => {
                let speakers = layer.by_speaker();
                for (agent, &per) in per.iter().enumerate() {
                    let row = speakers.offsets[agent] as usize..speakers.offsets[agent + 1] as usize;
                    chooser.choose(agent, per, row, |place| speakers.ties[place], odds.as_deref(), &mut open);
                }
            }
        }
    }
    let layer = &mut state.layers[contact.layer];
    open.sort_unstable();
    layer.open = Some(Open::new(layer.network.ties(), open));
    layer.gated = contact.gates;
    Ok(())
}

struct Chooser32 {
    /// Word p is the draw for place p of the rows.
    picks: Draws,
    /// Row i is the draw for the fraction of agent i.
    fractions: Draws,
    pool: Vec<(f64, u32)>,
    moved: Vec<(u32, u32)>,
}

impl Chooser32 {
    fn choose(
        &mut self,
        agent: usize,
        per: f64,
        row: std::ops::Range<usize>,
        tie: impl Fn(usize) -> u32,
        odds: Option<&[f64]>,
        open: &mut Vec<u32>,
    ) {
        let whole = per.floor();
        let extra = per > whole && self.fractions.bernoulli(agent as u64, per - whole);
        let wanted = whole + f64::from(u8::from(extra));
        if wanted <= 0.0 {
            return;
        }
        if odds.is_none() && wanted >= row.len() as f64 {
            open.extend(row.map(tie));
            return;
        }
        match odds {
            None => self.choose_alike(wanted as usize, row, tie, open),
            Some(odds) => self.choose_by_odds(wanted as usize, row, tie, odds, open),
        }
    }

    /// Every set of `wanted` ties equally likely: the first steps of a shuffle, of which only what moved is kept.
    fn choose_alike(
        &mut self,
        wanted: usize,
        row: std::ops::Range<usize>,
        tie: impl Fn(usize) -> u32,
        open: &mut Vec<u32>,
    ) {
        if wanted > 32 {
            let mut places: Vec<usize> = row.clone().collect();
            for i in 0..wanted {
                let left = (places.len() - i) as u64;
                let draw = u64::from(self.picks.bits32((row.start + i) as u64));
                places.swap(i, i + ((draw * left) >> 32) as usize);
            }
            return open.extend(places[..wanted].iter().map(|&place| tie(place)));
        }
        self.moved.clear();
        let standing = |moved: &[(u32, u32)], place: u32| {
            moved.iter().rev().find(|(at, _)| *at == place).map_or(place, |(_, what)| *what)
        };
        for i in 0..wanted as u32 {
            let left = u64::from(row.len() as u32 - i);
            let draw = u64::from(self.picks.bits32(row.start as u64 + u64::from(i)));
            let j = i + ((draw * left) >> 32) as u32;
            let chosen = standing(&self.moved, j);
            let displaced = standing(&self.moved, i);
            self.moved.push((j, displaced));
            open.push(tie(row.start + chosen as usize));
        }
    }

    fn choose_by_odds(
        &mut self,
        wanted: usize,
        row: std::ops::Range<usize>,
        tie: impl Fn(usize) -> u32,
        odds: &[f64],
        open: &mut Vec<u32>,
    ) {
        self.pool.clear();
        for place in row {
            let tie = tie(place);
            // A waiting time with rate = odds: the shortest ones are a weighted sample without replacement
            // (Efraimidis & Spirakis 2006). Odds of 0 wait for ever.
            if odds[tie as usize] > 0.0 {
                let u = (f64::from(self.picks.bits32(place as u64)) + 0.5) / 4_294_967_296.0;
                self.pool.push((-crate::stats::log(u) / odds[tie as usize], tie));
            }
        }
        self.pool.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        open.extend(self.pool.iter().take(wanted).map(|(_, tie)| *tie));
    }
}

fn agents_column(
    contact: &CompiledContact,
    state: &State,
    moment: Moment,
    scratch: &mut Scratch,
) -> Result<Option<Vec<f64>>, Mistake> {
    let Some(program) = &contact.per else { return Ok(None) };
    let mut per = vec![0.0; state.agent_count()];
    program.prepare(state, moment, scratch);
    program.agents(state, moment, scratch, Rows::From(0), &mut per);
    match per.iter().find(|per| per.is_nan()) {
        Some(_) => Err(Mistake::new(contact.line, "contact: per became NaN")),
        None => Ok(Some(per)),
    }
}

/// None where all ties are equally likely.
fn tie_odds(
    program: &Compiled,
    contact: &CompiledContact,
    state: &State,
    moment: Moment,
    scratch: &mut Scratch,
) -> Result<Option<Vec<f64>>, Mistake> {
    if program.constant().is_some() {
        return Ok(None);
    }
    let hearers = state.layers[contact.layer].network.hearers();
    let mut odds = vec![0.0; hearers.len()];
    program.prepare(state, moment, scratch);
    program.ties(state, moment, scratch, 0, &hearers, &mut odds);
    match odds.iter().find(|odds| odds.is_nan() || **odds < 0.0) {
        Some(odds) => Err(Mistake::new(contact.line, format!("contact: prefer became {odds}; odds are 0 or more"))),
        None => Ok(Some(odds)),
    }
}
