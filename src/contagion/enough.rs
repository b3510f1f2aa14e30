//! Whether there are as many agents as a world asks for, as far as that is known before anything is built.

use super::names::Vocabulary;
use super::select::how_many;
use super::world::*;
use crate::formula::Mistake;

/// Refuses what every run of at most `steps` steps would fail of: more agents asked for than a kind, the population or a
/// selection of known size has. What formulas, marks and trials choose is known to the run alone.
pub fn enough(world: &World, words: &Vocabulary, steps: u32) -> Result<(), Mistake> {
    let sizes = Sizes::of(world, words);
    for setup in &world.setup {
        match setup {
            Setup::Set(set) => sizes.set(set)?,
            _ => setup.selectors().into_iter().try_for_each(|who| sizes.suffice(who))?,
        }
    }
    // A plain rule may end a run before its time.
    let last = if world.plain.is_empty() { steps } else { 0 };
    for (_, event) in world.timeline.iter().filter(|(time, _)| *time <= last) {
        match event {
            Event::Start(start) | Event::Post(start) => sizes.suffice(&start.who)?,
            Event::Mark(mark) => sizes.suffice(&mark.who)?,
            Event::Probe(probe) => sizes.suffice(&probe.who)?,
            Event::Set(set) => sizes.set(set)?,
            Event::Observe(_) => {}
        }
    }
    Ok(())
}

/// How many agents there are of each kind.
struct Sizes<'a> {
    words: &'a Vocabulary,
    /// By place in [`Vocabulary::kinds`]; the first is the population.
    kinds: Vec<usize>,
}

impl Sizes<'_> {
    fn of<'a>(world: &World, words: &'a Vocabulary) -> Sizes<'a> {
        let kinds = world.setup.iter().filter_map(|setup| match setup {
            Setup::Agents(kind) => Some(kind.members.count()),
            _ => None,
        });
        Sizes { words, kinds: kinds.collect() }
    }

    /// Only columns of agents are set for chosen ones.
    fn set(&self, set: &Set) -> Result<(), Mistake> {
        match set.column.view {
            crate::formula::View::Me => set.who.iter().try_for_each(|who| self.suffice(who)),
            _ => Ok(()),
        }
    }

    fn suffice(&self, who: &Who) -> Result<(), Mistake> {
        self.chosen(who).map(|_| ())
    }

    /// How many `who` chooses; None where only a run can tell.
    fn chosen(&self, who: &Who) -> Result<Option<usize>, Mistake> {
        let population = self.kinds.first().copied().unwrap_or(0);
        let inner = who.inner().map(|inner| self.chosen(inner)).transpose()?;
        let pool = inner.unwrap_or(Some(population));
        let out_of = |n: f64, pool: Option<usize>, line| pool.map(|pool| how_many(n, pool, line)).transpose();
        match who {
            Who::All => Ok(Some(self.kinds.iter().sum())),
            Who::Named(name, _) => Ok(self.named(name)),
            Who::Where(..) => Ok(None),
            Who::Top { n, line, .. } | Who::Bottom { n, line, .. } | Who::Random { n, line, .. } => {
                out_of(*n, pool, *line)
            }
            // The inner selector is where a cluster begins; what it takes is of the population.
            Who::Cluster { n, line, .. } => out_of(*n, Some(population), *line),
            Who::Greedy { n, how, .. } => out_of(*n, pool, how.line).map(|_| None),
            Who::Influential { n, how, .. } => out_of(*n, pool, how.line).map(|_| None),
        }
    }

    fn named(&self, name: &str) -> Option<usize> {
        if name == "all" {
            return Some(self.kinds.iter().sum());
        }
        match self.words.kinds.iter().position(|known| known == name) {
            Some(kind) => Some(self.kinds[kind]),
            None => self.words.individuals.iter().any(|(known, _)| known == name).then_some(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{Formula, View};

    fn kind(name: &str, count: u32) -> Setup {
        let members = Members::Count(count);
        Setup::Agents(Agents { kind: name.into(), members, columns: Vec::new(), line: 1 })
    }

    fn random(n: f64, among: Option<Who>) -> Who {
        Who::Random { n, among: among.map(Box::new), line: 5 }
    }

    fn cluster(n: f64, centre: Option<Who>) -> Who {
        Who::Cluster { n, centre: centre.map(Box::new), layer: None, line: 5 }
    }

    /// What is said of a start at `time` of 100 persons and 3 shops, in runs of at most 50 steps.
    fn said(who: Who, time: u32) -> Option<String> {
        let start = Start { stage: "adopted".into(), who, item: None, fixed: false, line: 5 };
        let mark = Setup::Mark(Mark { name: "keen".into(), who: Who::Named("person".into(), 2), line: 2 });
        let world = World {
            setup: vec![kind("person", 100), kind("shop", 3), mark],
            stages: vec![Stage { name: "adopted".into(), routes: Vec::new(), line: 3 }],
            timeline: vec![(time, Event::Start(start))],
            ..World::default()
        };
        let words = Vocabulary::of(&world).expect("sound words");
        enough(&world, &words, 50).err().map(|mistake| format!("{}: {mistake}", mistake.line))
    }

    #[test]
    fn more_than_there_are_is_known_before_anything_is_built() {
        let refused = |n: f64, of: usize| {
            Some(format!("5: cannot choose {n} agents out of {of}; ask for {of} at most, or for a share below 1"))
        };
        let named = |name: &str| Some(Who::Named(name.into(), 5));
        assert_eq!(said(cluster(101.0, None), 0), refused(101.0, 100));
        assert_eq!(said(random(101.0, None), 50), refused(101.0, 100), "of the population, not of all");
        assert_eq!(said(random(104.0, Some(Who::All)), 0), refused(104.0, 103));
        assert_eq!(said(random(4.0, named("shop")), 0), refused(4.0, 3));
        assert_eq!(said(random(51.0, Some(random(0.5, None))), 0), refused(51.0, 50));
        assert_eq!(said(cluster(10.0, Some(random(4.0, named("shop")))), 0), refused(4.0, 3), "the centre too");
    }

    #[test]
    fn what_is_there_what_a_run_alone_knows_and_what_never_happens_is_not_refused() {
        let few = Formula::name(View::Me, "keen");
        for who in [
            cluster(100.0, None),
            random(103.0, Some(Who::All)),
            random(3.0, Some(Who::Named("shop".into(), 5))),
            random(101.0, Some(Who::Where(few, 5))),
            random(101.0, Some(Who::Named("keen".into(), 5))),
        ] {
            assert_eq!(said(who.clone(), 0), None, "{who:?}");
        }
        assert_eq!(said(random(101.0, None), 51), None, "the run is over by then");
    }
}
