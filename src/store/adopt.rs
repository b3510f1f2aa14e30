//! Rows that another sweep has made already: when replicates or levels are added, or a chart, the old runs need not be
//! made again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Store, StoreError};
use crate::design::Run;
use crate::experiment::Plan;
use crate::record::Outcome;

/// What was taken over from a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    pub rows: u64,
    /// The folder they came from.
    pub from: PathBuf,
}

impl Store {
    /// Copies the rows that are missing here and finished in a sweep beside this one, when the two plans differ in
    /// nothing but which cells and replicates they have: then a run, which is named by its cell's values and its
    /// replicate, is the same run. The copies are a part of this sweep; the other folder may be removed afterwards.
    pub fn adopt(&self) -> Result<Vec<Adopted>, StoreError> {
        self.adopt_some(|_| true, |_| BTreeSet::new())
    }

    /// The same for those runs alone that are `wanted`: attempts at parts of a sweep need not copy everything each. Of a
    /// sweep by another text or other data, which `same_cells` is asked about, come the cells whose identities it gives;
    /// but not their failed runs, whose reasons name lines of the text.
    pub fn adopt_some(
        &self,
        wanted: impl Fn(Run) -> bool,
        same_cells: impl Fn(&Store) -> BTreeSet<u64>,
    ) -> Result<Vec<Adopted>, StoreError> {
        let mut adopted = Vec::new();
        for folder in self.folders_beside() {
            // A neighbour that cannot be read or trusted has nothing to give; that is not this sweep's concern.
            let Ok(other) = Store::at(&folder) else { continue };
            if !differ_in_runs_alone(&self.plan, &other.plan) {
                continue;
            }
            let ours = self.scan()?;
            if !ours.pending().into_iter().any(&wanted) {
                break;
            }
            let Ok(theirs) = other.scan() else { continue };
            if theirs.conflict.is_some() || theirs.finished() == 0 {
                continue;
            }
            let is_by_one_text = self.plan.text == other.plan.text && self.plan.data == other.plan.data;
            let same = (!is_by_one_text).then(|| same_cells(&other));
            let gives = |cell: u64, outcome: &Outcome| {
                same.as_ref().is_none_or(|same| same.contains(&cell) && !matches!(outcome, Outcome::Failed(_)))
            };
            let mut part = None;
            other.each_record(&theirs, |run, record| {
                let cell = other.cells.identity(run.cell);
                let here = Run { cell: self.cells.find(cell).unwrap_or(u32::MAX), ..run };
                let takes = here.cell != u32::MAX
                    && here.replicate < self.plan.design.replicates
                    && wanted(here)
                    && theirs.is_finished(run)
                    && gives(cell, &record.outcome)
                    && !ours.is_finished(here);
                if takes {
                    let part = match &mut part {
                        Some(part) => part,
                        None => part.insert(self.part()?),
                    };
                    part.append(here, record)?;
                }
                Ok(())
            })?;
            if let Some(part) = part {
                adopted.push(Adopted { rows: part.finish()?, from: folder });
            }
        }
        Ok(adopted)
    }

    /// The other folders of this scenario, in the order of their names.
    fn folders_beside(&self) -> Vec<PathBuf> {
        let mut folders = self.dir.parent().map(super::folders_in).unwrap_or_default();
        folders.retain(|folder| *folder != self.dir);
        folders
    }
}

/// Whether a run that both plans have must give the same row in both, provided that its world is the same.
fn differ_in_runs_alone(a: &Plan, b: &Plan) -> bool {
    // Named one by one, so that a new field of the plan has to be decided about here.
    let Plan { result_version, scenario, text: _, set, data: _, seed, steps, design, measures, curves } = a;
    // What is set from outside shows in the cells' levels, in their number of replicates, in `seed` and in `steps`, or it
    // is something unknown here.
    let shows = |name: &String| {
        matches!(name.as_str(), "steps" | "seed" | "replicates")
            || (design.parameters.contains(name) && b.design.parameters.contains(name))
    };
    *result_version == b.result_version
        && *scenario == b.scenario
        && (*set == b.set || set.keys().chain(b.set.keys()).all(shows))
        && *seed == b.seed
        && *steps == b.steps
        && *measures == b.measures
        && *curves == b.curves
}

#[cfg(test)]
mod tests {
    use super::super::testing::{made, plan};
    use super::*;

    fn filled(out: &std::path::Path, plan: &Plan) -> Store {
        let store = Store::open(out, plan).unwrap();
        let part = store.part().unwrap();
        for run in store.scan().unwrap().pending() {
            part.append(run, &made(run)).unwrap();
        }
        part.finish().unwrap();
        store
    }

    #[test]
    fn more_replicates_and_levels_reuse_the_rows_there_are() {
        let out = tempfile::tempdir().unwrap();
        let small = filled(out.path(), &plan(2, 3));
        let large = Store::open(out.path(), &plan(3, 5)).unwrap();
        assert_eq!(large.adopt().unwrap(), [Adopted { rows: 12, from: small.dir().to_path_buf() }]);
        let scan = large.scan().unwrap();
        assert_eq!((scan.finished(), scan.total()), (12, 30));
        for run in (0..12).map(|number| small.plan().design.run(number)) {
            let record = large.record(&scan, run).unwrap().unwrap();
            assert_eq!(large.row_text(run, &record), small.row_text(run, &made(run)));
        }
        assert_eq!(large.adopt().unwrap(), [], "what is there is not copied again");
        // The other way round: fewer replicates take only their own.
        let fewer = Store::open(out.path(), &plan(2, 1)).unwrap();
        assert_eq!(fewer.adopt().unwrap().iter().map(|adopted| adopted.rows).sum::<u64>(), 4);
    }

    #[test]
    fn rows_are_reused_however_the_number_of_replicates_was_given() {
        let out = tempfile::tempdir().unwrap();
        let with = |set: Option<&str>, replicates| {
            let mut plan = plan(2, replicates);
            plan.set.extend(set.map(|number| ("replicates".to_string(), number.to_string())));
            plan
        };
        filled(out.path(), &with(None, 3));
        let more = filled_by_adoption(out.path(), &with(Some("5"), 5));
        assert_eq!(more, 12);
        assert_eq!(filled_by_adoption(out.path(), &with(Some("4"), 4)), 12);
    }

    fn filled_by_adoption(out: &std::path::Path, plan: &Plan) -> u64 {
        Store::open(out, plan).unwrap().adopt().unwrap().iter().map(|adopted| adopted.rows).sum()
    }

    #[test]
    fn a_plan_that_differs_in_anything_else_gives_nothing() {
        let out = tempfile::tempdir().unwrap();
        filled(out.path(), &plan(2, 3));
        let mut others: Vec<Plan> = (0..4).map(|_| plan(2, 4)).collect();
        others[0].seed += 1;
        others[1].text += " ";
        others[2].steps += 1;
        others[3].set.insert("unknown".into(), "1".into());
        for plan in others {
            assert_eq!(Store::open(out.path(), &plan).unwrap().adopt().unwrap(), []);
        }
    }

    #[test]
    fn of_another_text_come_the_finished_runs_of_cells_that_are_the_same() {
        let out = tempfile::tempdir().unwrap();
        let small = filled(out.path(), &plan(2, 12));
        let mut edited = plan(2, 15);
        edited.text += " -- a remark";
        let large = Store::open(out.path(), &edited).unwrap();
        assert_eq!(large.adopt().unwrap(), [], "nobody says that a cell is the same");
        let same = |_: &Store| BTreeSet::from([large.cells.identity(1)]);
        // Of 12 runs of cell 1 one failed.
        let adopted = [Adopted { rows: 11, from: small.dir().to_path_buf() }];
        assert_eq!(large.adopt_some(|_| true, same).unwrap(), adopted);
        let scan = large.scan().unwrap();
        assert!(
            scan.runs().all(|run| scan.is_finished(run) == (run.cell == 1 && run.replicate < 12 && run.replicate != 9))
        );
    }
}
