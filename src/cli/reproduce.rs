//! `uptake reproduce`: a figure made again from what it says of itself, and compared.
//!
//! A reader who has the figure and nothing else gets everything: the scenario is written out, all its runs are made in a
//! folder of their own, its claims are checked, the figure is drawn again, and what differs is named.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::chart::{Sheet, in_format};
use super::conclude::conclude;
use super::data::{holding, keep_data};
use super::origin::{Beside, Origin, origin_of};
use super::picture;
use super::scenario::{Planned, planned};
use super::stop::{Limits, Stop, stopped_with};
use super::sweep::{Wanted, make_runs};
use super::{say, sweep_in};
use crate::chart::picture::Asked;
use crate::chart::{Drawing, Drawn, Format, Made, Rows, difference, made_from, signed};
use crate::design::Shard;
use crate::experiment::Figure;
use crate::experiment::plan::RESULT_VERSION;
use crate::store::Store;
use crate::table::{are, counted};

#[derive(clap::Args)]
pub struct Reproduce {
    /// A figure that uptake drew: SVG, PNG or PDF
    figure: PathBuf,
    /// Say how the figure was made, and make nothing
    #[arg(long)]
    show: bool,
    /// Draw it from the rows of this sweep, and run nothing
    #[arg(long, value_name = "DIR")]
    rows: Option<PathBuf>,
    /// Where the scenario's data files are
    #[arg(long, value_name = "DIR", default_value = ".")]
    scenario_folder: PathBuf,
    /// Where the runs are kept
    #[arg(long, value_name = "DIR", default_value = "reproduced")]
    out: PathBuf,
    /// Threads; as many as there are cores if not said
    #[arg(short = 'j', long = "jobs", value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    limits: Limits,
}

/// Something differs.
const DIFFERENT: u8 = 4;

pub fn main(args: &Reproduce) -> anyhow::Result<u8> {
    let stop = Stop::new(&args.limits)?;
    let name = args.figure.display().to_string();
    let file = fs::read(&args.figure).with_context(|| format!("cannot read {name}"))?;
    let (format, made, text) = made_from(&file).with_context(|| name.clone())?;
    if args.show {
        say(made.to_pretty())?;
        return Ok(0);
    }
    tell(&made)?;
    let theirs = Theirs { format, file, made, text };
    match &args.rows {
        Some(dir) => from_rows(&theirs, dir),
        None => anew(args, &theirs, &stop),
    }
}

/// The figure as it was given.
struct Theirs {
    format: Format,
    file: Vec<u8>,
    made: Made,
    /// What it says of itself, word by word.
    text: String,
}

fn tell(made: &Made) -> anyhow::Result<()> {
    match &made.drawn {
        Drawn::Chart { figure, rows, .. } => {
            say(format_args!("{} from {} of {}", figure.formula, counted(rows.runs, "run"), made.scenario))?;
        }
        Drawn::Picture(_) => say(format_args!("a picture of one run of {}", made.scenario))?,
    }
    say(format_args!("  drawn by uptake {}, plan {}, seed {}", made.uptake, made.plan, made.seed))?;
    for (name, value) in &made.set {
        say(format_args!("  with {name} = {value}"))?;
    }
    Ok(())
}

/// The figure drawn again from the rows of a sweep.
fn from_rows(theirs: &Theirs, dir: &Path) -> anyhow::Result<u8> {
    let store = sweep_in(dir)?;
    let mut found = Findings::default();
    if store.identity() != theirs.made.plan {
        found.differs("plan", format!("the rows in {} are of plan {}", dir.display(), store.identity()));
        found.differs_in_plan(&theirs.made, store.plan());
    }
    let merged = store.merge(&store.scan()?)?;
    let scenario = origin_of(&store, None).load()?;
    let table = store.runs_table()?;
    let Drawn::Chart { figure, rows, numbers } = &theirs.made.drawn else {
        bail!("a picture shows no rows, but one run, which takes a moment: leave --rows out");
    };
    compare(theirs, (figure, rows, numbers), &Sheet::new(&scenario, &store, &table, merged.missing)?, &mut found)?;
    found.conclude(theirs)
}

/// The figure drawn again from runs that are made again.
fn anew(args: &Reproduce, theirs: &Theirs, stop: &Stop) -> anyhow::Result<u8> {
    let made = &theirs.made;
    let mut found = Findings::default();
    if made.result_version != RESULT_VERSION {
        found.differs(
            "version",
            format!(
                "uptake {} gives the results of version {}, this one those of version {RESULT_VERSION}: the numbers will differ",
                made.uptake, made.result_version
            ),
        );
    }
    let mut planned = planned(Origin {
        text: made.text.clone(),
        file: format!("{}.lua", made.scenario),
        files: Beside::with(&args.scenario_folder, data_files(made, &args.scenario_folder)?),
        sweep: None,
        name: made.scenario.clone(),
        set: made.set.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
    })
    .context("the scenario in the figure cannot be read")?;
    if planned.plan.identity() != made.plan {
        found.differs("plan", format!("its scenario gives plan {} here", planned.plan.identity()));
        found.differs_in_plan(made, &planned.plan);
    }
    let mut store = Store::open(&args.out, &planned.plan)?;
    planned.follow(&store)?;
    keep_data(&store, &planned)?;
    store.write_bytes("scenario.lua", made.text.as_bytes())?;
    say(format_args!("  its scenario is in {}", store.dir().join("scenario.lua").display()))?;
    let (figure, rows, numbers) = match &made.drawn {
        Drawn::Chart { figure, rows, numbers } => (&**figure, rows, numbers),
        Drawn::Picture(asked) => return picture_anew(theirs, asked, &planned, &store, found),
    };
    let wanted = Wanted { shard: Shard::WHOLE, adopts: false, retries: false };
    let attempt = make_runs(args.jobs, &mut planned, &mut store, &wanted, stop)?;
    if attempt.stopped {
        return Ok(stopped_with(attempt.rows));
    }
    // What the runs come to is said, but what is asked here is whether the figure is the same.
    conclude(&store, store.scan()?, &planned.scenario, true)?;
    let table = store.runs_table()?;
    let sheet = Sheet::new(&planned.scenario, &store, &table, 0)?;
    let drawing = compare(theirs, (figure, rows, numbers), &sheet, &mut found)?;
    say(format_args!("  drawn again: {}", store.dir().join(sheet.keep(figure, &drawing)?).display()))?;
    found.conclude(theirs)
}

/// Where the data files are, each told from its namesakes by its hash: where the scenario says, seen from its folder, or
/// in that folder itself.
fn data_files(made: &Made, folder: &Path) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    for (path, wanted) in &made.data {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match holding(wanted, &[folder.join(path), folder.join(name)]) {
            Ok(place) => found.insert(path.clone(), place),
            Err(instead) => bail!(
                "the figure was made from the file {path} with the blake3 hash {wanted}; {instead}; say where its folder is \
                 with --scenario-folder DIR"
            ),
        };
    }
    Ok(found)
}

/// The one run of a picture, made and drawn again.
fn picture_anew(
    theirs: &Theirs,
    asked: &Asked,
    planned: &Planned,
    store: &Store,
    mut found: Findings,
) -> anyhow::Result<u8> {
    found.ink(theirs, picture::drawn(planned, asked)?.of(theirs.format))?;
    for file in picture::keep(planned, store, asked)? {
        say(format_args!("  drawn again: {}", store.dir().join(file).display()))?;
    }
    found.conclude(theirs)
}

/// Draws a chart again and compares it, first what it was drawn from.
fn compare(
    theirs: &Theirs,
    (figure, rows, numbers): (&Figure, &Rows, &str),
    sheet: &Sheet,
    found: &mut Findings,
) -> anyhow::Result<Drawing> {
    let drawing = sheet.draw(figure)?;
    found.rows(rows, sheet.rows());
    found.numbers(numbers, &drawing.csv());
    found.ink(theirs, &drawing.svg)?;
    Ok(drawing)
}

/// What is the same and what differs, in the order in which it was looked at.
#[derive(Default)]
struct Findings {
    lines: Vec<String>,
    different: bool,
}

impl Findings {
    fn same(&mut self, what: &str) {
        self.lines.push(format!("  same     {what}"));
    }

    fn note(&mut self, what: &str, how: String) {
        self.lines.push(format!("  other    {what}: {how}"));
    }

    fn differs(&mut self, what: &str, how: String) {
        self.lines.push(format!("  DIFFERS  {what}: {how}"));
        self.different = true;
    }

    /// Which part of two plans is not the same.
    fn differs_in_plan(&mut self, made: &Made, plan: &crate::experiment::Plan) {
        let parts = [
            ("the scenario's text", made.text != plan.text),
            ("what is set from outside", made.set != plan.set),
            ("the seed", made.seed != plan.seed),
            ("the data files", made.data != plan.data),
            ("the version of the results", made.result_version != plan.result_version),
        ];
        let differ: Vec<&str> = parts.iter().filter(|(_, differs)| *differs).map(|(part, _)| *part).collect();
        let how = match differ.is_empty() {
            true => {
                "in nothing the figure keeps; another version of the program plans the same text differently".into()
            }
            false => format!("in {}", differ.join(", ")),
        };
        self.lines.push(format!("           they differ {how}"));
    }

    fn rows(&mut self, theirs: &Rows, ours: &Rows) {
        if theirs == ours {
            return self.same(&format!("rows: all {}", counted(ours.runs, "run")));
        }
        let mut how = Vec::new();
        if theirs.runs != ours.runs {
            how.push(format!(
                "the figure shows {}, here {} {}",
                counted(theirs.runs, "run"),
                are(ours.runs),
                ours.runs
            ));
        }
        if theirs.missing > 0 {
            how.push(format!("it was drawn with {} missing", counted(theirs.missing, "run")));
        }
        if ours.missing > 0 {
            how.push(format!("{} {} missing here", counted(ours.missing, "run"), are(ours.missing)));
        }
        if how.is_empty() {
            how.push(format!("their hash is {} in the figure, {} here", theirs.hash, ours.hash));
        }
        self.differs("rows", how.join("; "));
    }

    /// The plotted numbers, as CSV.
    fn numbers(&mut self, theirs: &str, ours: &str) {
        if theirs == ours {
            return self.same("plotted numbers");
        }
        let (theirs, ours): (Vec<&str>, Vec<&str>) = (theirs.lines().collect(), ours.lines().collect());
        let how = match () {
            () if theirs.first() != ours.first() => "their columns are others".to_string(),
            () if theirs.len() != ours.len() => {
                format!("{} in the figure, {} here", counted(theirs.len() - 1, "row"), ours.len() - 1)
            }
            () => {
                let differ: Vec<usize> = (0..theirs.len()).filter(|&row| theirs[row] != ours[row]).collect();
                let first = differ.first().copied().unwrap_or(0);
                format!(
                    "{} of {} rows; the first ({}):\n    in the figure  {}\n    made again     {}",
                    differ.len(),
                    theirs.len() - 1,
                    theirs[0],
                    theirs[first],
                    ours[first]
                )
            }
        };
        self.differs("plotted numbers", how);
    }

    /// What is seen, drawn again as `svg`.
    fn ink(&mut self, theirs: &Theirs, svg: &str) -> anyhow::Result<()> {
        let here = env!("CARGO_PKG_VERSION");
        if theirs.made.uptake != here {
            self.note("version", format!("uptake {} drew it, this is {here}", theirs.made.uptake));
        }
        // Under its own text: what the figure says of its rows was compared already, here it is what it shows.
        let again = in_format(&signed(svg, &theirs.text), theirs.format)?;
        match difference(theirs.format, &theirs.file, &again) {
            None => self.same("drawing"),
            Some(places) => self.differs("drawing", places),
        }
        Ok(())
    }

    fn conclude(self, theirs: &Theirs) -> anyhow::Result<u8> {
        self.lines.iter().try_for_each(say)?;
        say(match self.different {
            false => format!("identical: the {} made again is the same, byte by byte", theirs.format),
            true => "NOT identical".to_string(),
        })?;
        Ok(if self.different { DIFFERENT } else { 0 })
    }
}
