//! `uptake picture`: a small network and what spread through it, for a talk or to see what went wrong.

use anyhow::{Context as _, bail};

use super::chart::in_format;
use super::data::keep_data;
use super::scenario::{Planned, cell_name, first_cell, plan, tell_first_cell};
use super::{Which, say};
use crate::chart::picture::{Asked, Frame, Look, MOST_AGENTS, MOST_FRAMES, Scene, Shape, picture};
use crate::chart::{Drawn, Format, Formula, Made, file_name, signed};
use crate::contagion::State;
use crate::contagion::state::time_of;
use crate::contagion::world::{Members, Setup, TieMaker, World};
use crate::design::Run;
use crate::engine::{Outcome, Prepared};
use crate::experiment::Worlds;
use crate::formula::Mistake;
use crate::network::Maker;
use crate::store::Store;
use crate::table::{counted, nearest};

#[derive(clap::Args)]
pub struct Picture {
    #[command(flatten)]
    which: Which,
    /// Which replicate, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replicate: u32,
    /// The stage whose adoption is coloured; the one the scenario's charts show if not said
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// Colour agents by this column instead
    #[arg(long, value_name = "NAME", conflicts_with = "stage")]
    column: Option<String>,
    /// Show the ties of this layer only
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// So many moments side by side
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=MOST_FRAMES as i64))]
    film: Option<u32>,
    /// An SVG that moves by itself (PNG and PDF show its end)
    #[arg(long, conflicts_with = "film")]
    animate: bool,
    /// Where sweeps are kept
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: std::path::PathBuf,
}

pub fn main(args: &Picture) -> anyhow::Result<u8> {
    for planned in plan(&args.which, None)? {
        tell_first_cell(&planned.plan);
        let asked = Asked {
            replicate: args.replicate,
            stage: args.stage.clone(),
            column: args.column.clone(),
            layer: args.layer.clone(),
            film: args.film,
            moving: args.animate,
        };
        let store = Store::open(&args.out, &planned.plan)?;
        keep_data(&store, &planned)?;
        for file in keep(&planned, &store, &asked)? {
            say(format_args!("{}", store.dir().join(file).display()))?;
        }
    }
    Ok(0)
}

/// Draws a picture in every format, each saying how it was made. Returns the names of the files in the sweep's folder.
pub fn keep(planned: &Planned, store: &Store, asked: &Asked) -> anyhow::Result<Vec<String>> {
    let drawn = drawn(planned, asked)?;
    let text = Made::new(&planned.plan, Drawn::Picture(asked.clone())).to_text();
    let (_, cell) = first_cell(&planned.plan);
    let mut words = vec![asked.column.clone().or(asked.stage.clone()).unwrap_or("spread".into())];
    words.extend(asked.layer.clone());
    if !cell.levels.is_empty() {
        words.push(cell_name(&planned.plan.design.parameters, cell).replace('.', "_"));
    }
    words.push(format!("r{}", asked.replicate));
    words.extend(asked.film.map(|frames| format!("film {frames}")));
    words.extend(asked.moving.then(|| "moving".to_string()));
    let name = format!("pictures/{}", file_name(&words.join(" ")));
    let mut files = Vec::new();
    for (format, ending) in [(Format::Svg, "svg"), (Format::Png, "png"), (Format::Pdf, "pdf")] {
        let file = format!("{name}.{ending}");
        store.write_bytes(&file, &in_format(&signed(drawn.of(format), &text), format)?)?;
        files.push(file);
    }
    Ok(files)
}

/// A picture as SVG, and the SVG that PNG and PDF are made from: they do not move.
pub struct Sheets {
    svg: String,
    still: Option<String>,
}

impl Sheets {
    pub fn of(&self, format: Format) -> &str {
        match (&self.still, format) {
            (Some(still), Format::Png | Format::Pdf) => still,
            _ => &self.svg,
        }
    }
}

/// Makes the run and draws it.
pub fn drawn(planned: &Planned, asked: &Asked) -> anyhow::Result<Sheets> {
    let mut scene = scene(planned, asked)?;
    let svg = picture(&scene, asked.moving)?;
    let still = asked.moving.then(|| {
        scene.frames.drain(..scene.frames.len() - 1);
        picture(&scene, false)
    });
    Ok(Sheets { svg, still: still.transpose()? })
}

/// What is coloured.
enum Shown {
    Slot(usize),
    Column(usize),
}

fn scene(planned: &Planned, asked: &Asked) -> anyhow::Result<Scene> {
    let (number, cell) = first_cell(&planned.plan);
    let (prepared, source) =
        (planned.prepared(number)?, planned.source(Run { cell: number, replicate: asked.replicate }));
    let told = |mistake: Mistake| anyhow::anyhow!("{}:{}: {mistake}", planned.origin.file, mistake.line);
    let shown = shown(planned, &prepared, asked)?;
    let built = Worlds::new(1).get(&prepared, source).map_err(told)?;
    let agents = built.state.agent_count();
    if agents > MOST_AGENTS {
        bail!(
            "{} has {agents} agents; a picture shows at most {MOST_AGENTS}, more would be a cloud: give it fewer (--set, \
             where its number is a parameter)",
            planned.plan.scenario
        );
    }
    // A run of fewer steps is the beginning of the whole run, so a moment is the end of a run up to it.
    let until = |steps: u32| -> anyhow::Result<Outcome> {
        match prepared.world.plain.is_empty() {
            true => prepared.run(&built, source, steps),
            false => prepared.run_plain(&built, source, steps, &mut planned.scenario.rules(cell)?),
        }
        .map_err(told)
    };
    let end = until(planned.plan.steps)?;
    let mut frames = Vec::new();
    let mut initial = vec![false; agents];
    for time in times(end.steps, asked) {
        let outcome = if time == end.steps { end.clone() } else { until(time)? };
        frames.push(frame(&outcome, &shown, time, &mut initial));
    }
    let chosen = layers(&prepared, asked.layer.as_deref())?;
    let ties = ties(&end.state, &chosen);
    let values = frames.iter().flat_map(|frame| &frame.looks).filter_map(|look| match look {
        Look::Value(value) => Some(*value),
        _ => None,
    });
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 0.0) };
    let (meaning, range, whole) = match shown {
        Shown::Slot(slot) => {
            (format!("time of \"{}\"", prepared.words.slot_name(slot)), (low, high.max(low + 1.0)), true)
        }
        Shown::Column(column) => (prepared.words.agent_columns[column].clone(), (low, high), false),
    };
    let parameters = &planned.plan.design.parameters;
    let title = match parameters.is_empty() {
        true => planned.plan.scenario.clone(),
        false => format!("{}: {}", planned.plan.scenario, cell_name(parameters, cell)),
    };
    let mut notes = vec![format!("{}, {} tied", counted(agents, "agent"), counted(ties.len(), "pair"))];
    if end.state.layers.iter().any(|layer| layer.rewired.is_some()) {
        notes.push("ties as they are at the end".into());
    }
    let steps = counted(end.steps, "step");
    notes.push(format!("seed {}, replicate {}, {steps}", planned.plan.seed, asked.replicate));
    let shape = shape(&prepared.world, &prepared, &chosen, agents);
    Ok(Scene {
        title,
        notes,
        shape,
        ties,
        names: names(&prepared.world, agents),
        agents,
        initial,
        meaning,
        range,
        whole,
        frames,
    })
}

/// The moments that are shown: the end, or some from the start to the end, equally far apart.
fn times(steps: u32, asked: &Asked) -> Vec<u32> {
    let wanted = match asked.film {
        Some(frames) => frames,
        None if asked.moving => MOST_FRAMES.min(steps as usize + 1) as u32,
        None => return vec![steps],
    };
    let last = u64::from(wanted.max(2) - 1);
    let mut times: Vec<u32> = (0..=last).map(|frame| ((frame * u64::from(steps) + last / 2) / last) as u32).collect();
    times.dedup();
    times
}

fn frame(outcome: &Outcome, shown: &Shown, time: u32, initial: &mut [bool]) -> Frame {
    let state = &outcome.state;
    match *shown {
        Shown::Column(column) => {
            let looks = state.agent_columns[column].iter().map(|&value| Look::Value(value)).collect();
            Frame { time, looks, said: String::new() }
        }
        Shown::Slot(slot) => {
            let standing = &state.standings[slot];
            let look = |agent: usize| match standing.entered[agent] {
                0 if standing.ever[agent] => Look::Left,
                0 => Look::Never,
                entered => Look::Value(f64::from(time_of(entered))),
            };
            // Marks of entries by an event are odd.
            standing.entered.iter().zip(initial.iter_mut()).for_each(|(mark, initial)| *initial |= mark % 2 == 1);
            let held = 100.0 * f64::from(standing.held) / f64::from(outcome.population.max(1));
            let said = if held > 0.0 && held < 1.0 { "< 1%".to_string() } else { format!("{held:.0}%") };
            Frame { time, looks: (0..standing.entered.len()).map(look).collect(), said }
        }
    }
}

/// The column or stage that was asked for; else the stage of the first chart that shows one, else the last.
fn shown(planned: &Planned, prepared: &Prepared, asked: &Asked) -> anyhow::Result<Shown> {
    let words = &prepared.words;
    let unknown = |what: &str, name: &str, known: &[String]| {
        let meant = nearest(name, known.iter().map(String::as_str));
        let meant = meant.map_or(String::new(), |name| format!(" (did you mean \"{name}\"?)"));
        let known = if known.is_empty() { "none".to_string() } else { known.join(", ") };
        anyhow::anyhow!("{} has no {what} \"{name}\"{meant}; it has: {known}", planned.plan.scenario)
    };
    if let Some(name) = &asked.column {
        let place = words.agent_columns.iter().position(|known| known == name);
        return place.map(Shown::Column).ok_or_else(|| unknown("column of agents", name, &words.agent_columns));
    }
    let slots: Vec<String> = (0..words.slots()).map(|slot| words.slot_name(slot)).collect();
    let place = |name: &str| slots.iter().position(|known| known == name);
    if let Some(name) = &asked.stage {
        return place(name).map(Shown::Slot).ok_or_else(|| unknown("stage", name, &slots));
    }
    let charted = planned.scenario.study().figures.iter().find_map(|figure| {
        let column = Formula::parse(&figure.formula).ok()?.y.column().to_string();
        // The peak of a stage is about that stage.
        place(&column).or_else(|| place(column.rsplit_once('.')?.0))
    });
    match charted.or(slots.len().checked_sub(1)) {
        Some(slot) => Ok(Shown::Slot(slot)),
        None => bail!(
            "{} has no stage to show; say which column with --column: {}",
            planned.plan.scenario,
            words.agent_columns.join(", ")
        ),
    }
}

/// The layers whose ties are shown.
fn layers(prepared: &Prepared, asked: Option<&str>) -> anyhow::Result<Vec<usize>> {
    let known = &prepared.words.layers;
    match asked {
        None => Ok((0..known.len()).collect()),
        Some(name) => {
            let place = known.iter().position(|layer| layer == name);
            Ok(vec![place.with_context(|| format!("there is no layer \"{name}\"; there are: {}", known.join(", ")))?])
        }
    }
}

/// Who is tied to whom in these layers, in either direction.
fn ties(state: &State, layers: &[usize]) -> Vec<(u32, u32)> {
    let mut ties = Vec::new();
    for &layer in layers {
        let layer = &state.layers[layer];
        let pairs = layer.sources().iter().copied().zip(layer.network.hearers());
        ties.extend(pairs.map(|(speaker, hearer)| (speaker.min(hearer), speaker.max(hearer))));
    }
    ties.sort_unstable();
    ties.dedup();
    ties
}

/// The shape of the first layer that is shown, when all agents live on it.
fn shape(world: &World, prepared: &Prepared, chosen: &[usize], agents: usize) -> Shape {
    let ties = world.setup.iter().find_map(|setup| match setup {
        Setup::Ties(ties) if chosen.iter().any(|&layer| prepared.words.layers[layer] == ties.layer) => Some(ties),
        _ => None,
    });
    let population = world.setup.iter().find_map(|setup| match setup {
        Setup::Agents(kind) => Some(kind.members.count()),
        _ => None,
    });
    let Some(ties) = ties.filter(|ties| ties.among.is_none() && population == Some(agents)) else { return Shape::Free };
    match &ties.maker {
        TieMaker::Network(Maker::Ring { k, .. }) => Shape::Ring { near: k / 2 },
        TieMaker::Network(Maker::Grid { r, sides, .. }) => {
            let (rows, columns) = sides.unwrap_or_else(|| squarest(agents as u32));
            Shape::Grid { rows, columns, reach: *r }
        }
        _ => Shape::Free,
    }
}

/// The sides of a grid that were not said, as its maker takes them.
fn squarest(cells: u32) -> (u32, u32) {
    let rows = (1..=cells).take_while(|rows| rows * rows <= cells).filter(|rows| cells.is_multiple_of(*rows)).last();
    rows.map_or((1, cells), |rows| (rows, cells / rows))
}

/// The names of the agents where all have one.
fn names(world: &World, agents: usize) -> Vec<String> {
    let mut names = Vec::new();
    for setup in &world.setup {
        if let Setup::Agents(kind) = setup {
            match &kind.members {
                Members::Named(given) | Members::Labelled(given) => names.extend(given.iter().cloned()),
                Members::Count(_) => return Vec::new(),
            }
        }
    }
    if names.len() == agents { names } else { Vec::new() }
}
