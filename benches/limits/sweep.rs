//! W5: a sweep as a user has it made, from the text of a scenario to the merged rows on disk.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use uptake::design::Run;
use uptake::engine::{Prepared, prepare};
use uptake::experiment::{self, Plan, Worlds, plan::RESULT_VERSION};
use uptake::rng::Source;
use uptake::script::{Limits, NoFiles, load};
use uptake::store::Store;

use crate::compare::Measured;

fn text(n: u32, replicates: u32) -> String {
    format!(
        r#"return scenario "cascades" {{
    sweep = {{ z = linspace(1, 10, 20), phi = linspace(.05, .4, 20) }}, replicates = {replicates}, steps = 100000, seed = 1,
    world = function(p)
        agents("person", {n})
        ties("friend", graph.random {{ k = p.z }})
        stage("adopted", {{ count = "share", needs = p.phi }})
        start {{ stage = "adopted", who = random(.01) }}
    end }}"#
    )
}

/// The whole sweep on two threads. `shared`: cells of one replicate share draws, hence networks (the default of a study);
/// else every run draws and builds its own, as the C program does.
pub fn sweep(n: u32, replicates: u32, shared: bool) -> Measured {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let before = Instant::now();
    let text = text(n, replicates);
    let scenario = load(&text, "cascades.lua", NoFiles, Limits::default()).expect("a sound scenario").remove(0);
    let study = scenario.study();
    let cells: Vec<Prepared> = study
        .design
        .cells
        .iter()
        .map(|cell| prepare(scenario.world(cell).expect("a sound world")).expect("a sound world"))
        .collect();
    let measures = experiment::measures(&cells[0]);
    let plan = Plan {
        result_version: RESULT_VERSION,
        scenario: study.name.clone(),
        text: text.clone(),
        set: BTreeMap::new(),
        data: BTreeMap::new(),
        seed: study.seed,
        steps: study.steps,
        design: study.design.clone(),
        measures,
        curves: vec![],
    };
    let store = Store::open(folder.path(), &plan).expect("a store");
    let part = store.part().expect("a part");
    let mut pending = store.scan().expect("a scan").pending();
    // As the command line does: runs that share their network come one after another.
    pending.sort_by_key(|run| (run.replicate, run.cell));
    let identities: Vec<u64> = study.design.cells.iter().map(|cell| study.design.identity(cell)).collect();
    let worlds = Worlds::new(3);
    let run = |_: &mut (), run: Run| {
        part.begin(run);
        let common = Source::new(plan.seed, run.replicate.into());
        let source = if shared { common } else { Source { cell: identities[run.cell as usize], ..common } };
        experiment::run(&cells[run.cell as usize], &worlds, source, plan.steps, &plan.measures, &plan.curves)
    };
    let keep = |run: Run, record, _| part.append(run, &record);
    let two = NonZeroUsize::new(2).expect("two is not zero");
    uptake::sweep::sweep(&pending, two, || Ok(()), run, keep, &AtomicBool::new(false)).expect("the sweep ends well");
    part.finish().expect("the part is written");

    let place = plan.measures.iter().position(|name| name == "adopted").expect("a stage's share");
    let mut finals = vec![Vec::new(); plan.design.cells.len()];
    let merged = store
        .merge_with(&store.scan().expect("a scan"), |run, record| finals[run.cell as usize].push(record.values[place]))
        .expect("the rows are merged");
    let seconds = before.elapsed().as_secs_f64();
    assert_eq!(merged.missing, 0, "every run is there");
    let (result, error) = compared(&finals, shared);
    Measured { seconds, result, error, ..Measured::default() }
}

/// The mean over all runs, and the standard error of its difference from a mean over as many runs that each draw for
/// themselves.
fn compared(finals: &[Vec<f64>], shared: bool) -> (f64, f64) {
    let cells = finals.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let squared_error = |values: &[f64]| {
        let mean = mean(values);
        let (n, sum) = (values.len() as f64, values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>());
        sum / (n - 1.0) / n
    };
    let apart = finals.iter().map(|cell| squared_error(cell)).sum::<f64>() / cells / cells;
    let by_replicate: Vec<f64> =
        (0..finals[0].len()).map(|r| finals.iter().map(|cell| cell[r]).sum::<f64>() / cells).collect();
    let ours = if shared { squared_error(&by_replicate) } else { apart };
    (finals.iter().map(|cell| mean(cell)).sum::<f64>() / cells, (ours + apart).sqrt())
}
