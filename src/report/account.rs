//! The account of a study: the methods paragraph of a paper, the ODD description of the model, what to cite.

use std::fmt::Write;

use super::cases::{Case, cases, levels};
use super::head::Head;
use super::setting::{and, dynamics, events, setting};
use super::works::{self, Work};
use crate::contagion::semantics;
use crate::contagion::world::{Initial, Order, Setup, World};
use crate::design::Cell;
use crate::experiment::{Plan, Study};
use crate::table::counted;

/// What there is to tell of a study.
pub struct Account {
    pub head: Head,
    /// Who is there and who hears whom; what happens when; what else changes; the rules. Each told once for all cells
    /// that differ in numbers only.
    pub setting: Vec<Case>,
    pub events: Vec<Case>,
    pub dynamics: Vec<Case>,
    pub rules: Vec<Case>,
    pub works: Vec<Work>,
    /// The first world, for its names.
    first: World,
}

impl Account {
    /// Told from the worlds of some cells (at least one), which may be a sample of many.
    pub fn new(study: &Study, text: &str, worlds: &[(&Cell, World)]) -> Account {
        let told = |of: fn(&World) -> Vec<String>| {
            let lines: Vec<(&Cell, Vec<String>)> = worlds.iter().map(|(cell, world)| (*cell, of(world))).collect();
            let mut told = cases(&study.design.parameters, &lines);
            told.retain(|case| !case.lines.is_empty());
            told
        };
        let head = Head::of(text, &study.name);
        let all: Vec<World> = worlds.iter().map(|(_, world)| world.clone()).collect();
        Account {
            setting: told(setting),
            events: told(events),
            dynamics: told(dynamics),
            rules: told(semantics),
            works: works::of(&head, &all),
            first: all.into_iter().next().unwrap_or_default(),
            head,
        }
    }

    /// The methods paragraph.
    pub fn methods(&self, study: &Study, plan: &Plan) -> String {
        let mut text = format!(
            "We ran the model \"{}\" with uptake {} (results of version {}), a seeded agent-based engine for social contagion.",
            study.name,
            env!("CARGO_PKG_VERSION"),
            plan.result_version
        );
        for cases in [&self.setting, &self.events, &self.rules, &self.dynamics] {
            for case in cases {
                for line in &case.lines {
                    let given = if case.given.is_empty() { String::new() } else { format!("with {}, ", case.given) };
                    let _ = write!(text, " {}", sentence(&format!("{given}{line}")));
                }
            }
        }
        let _ = write!(text, " {}", runs(study));
        let _ = write!(text, " {}", draws(study));
        if !plan.data.is_empty() {
            let files: Vec<String> = plan
                .data
                .iter()
                .map(|(path, hash)| format!("{path} (blake3 {})", &hash[..16.min(hash.len())]))
                .collect();
            let _ = write!(text, " Data were read from {}.", and(&files));
        }
        if !self.works.is_empty() {
            let names: Vec<String> = self.works.iter().map(Work::short).collect();
            let _ = write!(text, " The model rests on {}.", and(&names));
        }
        let _ = write!(text, " The plan of these runs has the hash {}.", plan.identity());
        text
    }

    /// The model in the order of the ODD protocol (Grimm et al. 2006, 2020), in Markdown. What a scenario cannot know is
    /// left to its author in brackets.
    pub fn odd(&self, study: &Study, plan: &Plan) -> String {
        let mut text = format!("# {}: ODD description\n", study.name);
        let mut part = |title: &str, lines: Vec<String>| {
            let _ = write!(text, "\n## {title}\n\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(text, "{line}");
            });
        };
        let or = |text: Vec<String>, instead: &str| if text.is_empty() { vec![instead.to_string()] } else { text };
        let mut purpose = Vec::new();
        purpose.extend((!self.head.lead.is_empty()).then(|| self.head.lead.clone()));
        purpose.extend(self.head.about("Claim").map(|claim| format!("\nClaim: {claim}")));
        purpose.extend(self.head.about("Expect").map(|pattern| format!("\nPatterns to reproduce: {pattern}")));
        part(
            "1. Purpose and patterns",
            or(purpose, "[What is the model for, and which patterns show that it does it?]"),
        );

        let mut entities = bullets(&self.setting);
        entities.extend(self.columns());
        entities.push(format!(
            "- Time goes in steps, at most {} of them; a run ends earlier when nothing can change.",
            study.steps
        ));
        part("2. Entities, state variables, and scales", entities);

        let mut process = vec![
            "One step, in this order: contacts open ties; messages are heard; agents decide on what they heard up to the \
             start of the step; leaves, then entries; updates; plain rules; rewiring."
                .to_string(),
            match self.first.order {
                Order::Synchronous => "All agents act at once.".into(),
                Order::Asynchronous => "Agents act one after another in a fresh random order.".into(),
                Order::Continuous => "Agents act at exponential waiting times.".into(),
            },
        ];
        process.extend(bullets(&self.events));
        part("3. Process overview and scheduling", process);

        let sources: Vec<String> = self.head.about("Source").map(str::to_string).collect();
        let basic = if sources.is_empty() { "[Which theory does it build on?]".into() } else { sources.join(" ") };
        part(
            "4. Design concepts",
            vec![
                format!("- *Basic principles.* {basic}"),
                format!("- *Emergence.* The size and speed of cascades: {}.", and(&plan.measures)),
                "- *Adaptation, objectives, learning, prediction.* [Agents follow the rules below; say whether these stand for a goal.]"
                    .into(),
                "- *Sensing.* An agent hears those it has ties to, as the rules say.".into(),
                "- *Interaction.* Over ties, from a speaker to a hearer, in layers.".into(),
                format!("- *Stochasticity.* {}", draws(study)),
                "- *Collectives.* [Groups that act as one, if any.]".into(),
                format!("- *Observation.* For every run: {}.", and(&plan.measures)),
            ],
        );
        part("5. Initialization", or(bullets(&self.events), "Nobody holds any stage at time 0."));
        let data: Vec<String> = plan.data.iter().map(|(path, hash)| format!("- {path}, blake3 {hash}")).collect();
        part("6. Input data", or(data, "The model reads no data."));
        let mut rules = bullets(&self.rules);
        rules.extend(bullets(&self.dynamics));
        part("7. Submodels", rules);
        let parameters: Vec<String> = study
            .parameters
            .iter()
            .map(|parameter| format!("| {} | {} |", parameter.name, levels(&parameter.levels)))
            .collect();
        let mut table = vec!["| parameter | values |".to_string(), "|---|---|".to_string()];
        table.extend(parameters);
        table.push(format!("\n{}", runs(study)));
        part("Experiment", table);
        text
    }

    /// BibTeX of what to cite: the program and the works the model rests on.
    pub fn bibtex(&self) -> String {
        let program = format!(
            "@software{{uptake,\n  author = {{{{The uptake authors}}}},\n  title = {{uptake: How Far Does It Spread?}},\n  version = {{{}}}\n}}\n",
            env!("CARGO_PKG_VERSION")
        );
        self.works.iter().fold(program, |text, work| text + "\n" + &work.bibtex())
    }

    fn columns(&self) -> Vec<String> {
        let mut names = Vec::new();
        for setup in &self.first.setup {
            match setup {
                Setup::Agents(agents) => names.extend(agents.columns.iter().map(|(name, first)| match first {
                    Initial::List { .. } => format!("{name} (a list, of {})", agents.kind),
                    _ => format!("{name} (of {})", agents.kind),
                })),
                Setup::Ties(ties) => {
                    names.extend(ties.columns.iter().map(|(name, _)| format!("{name} (of {} ties)", ties.layer)))
                }
                Setup::Set(_) | Setup::Mark(_) => {}
            }
        }
        let stages: Vec<String> = self.first.stages.iter().map(|stage| stage.name.clone()).collect();
        let mut lines = Vec::new();
        if !stages.is_empty() {
            lines.push(format!("- Every agent holds each of these stages or not: {}.", and(&stages)));
        }
        if !names.is_empty() {
            lines.push(format!("- State variables: {}.", and(&names)));
        }
        lines
    }
}

/// How many runs of what.
pub fn runs(study: &Study) -> String {
    let design = &study.design;
    let varied: Vec<String> = study
        .parameters
        .iter()
        .filter(|parameter| parameter.levels.len() > 1)
        .map(|parameter| format!("{} \u{2208} {}", parameter.name, levels(&parameter.levels)))
        .collect();
    let cells = counted(design.cells.len(), "cell");
    let (over, each) = match varied.is_empty() {
        true => ("There is one cell".to_string(), ""),
        false => (format!("We varied {}: {cells}", varied.join(", ")), " each"),
    };
    let most = if design.until.is_some() { "at most " } else { "" };
    format!(
        "{over} with {most}{}{each}, {most}{} of at most {}.",
        counted(design.replicates, "replicate"),
        counted(design.runs(), "run"),
        counted(study.steps, "step")
    )
}

/// Where chance comes from.
fn draws(study: &Study) -> String {
    format!(
        "All random numbers derive from the seed {} and are addressed by purpose, agent or tie, and step; {}.",
        study.seed,
        match study.independent {
            true => "every cell draws for itself",
            false => "replicate r draws the same in every cell (common random numbers)",
        }
    )
}

fn bullets(cases: &[Case]) -> Vec<String> {
    let mut lines = Vec::new();
    for case in cases {
        if !case.given.is_empty() {
            lines.push(format!("- With {}:", case.given));
        }
        let indent = if case.given.is_empty() { "" } else { "  " };
        lines.extend(case.lines.iter().map(|line| format!("{indent}- {}", sentence(line))));
    }
    lines
}

/// With a capital at the start and a full stop at the end; a name before a colon stays as it is written.
pub fn sentence(line: &str) -> String {
    if line.split(' ').next().is_some_and(|word| word.ends_with([':', ','])) {
        return format!("{line}.");
    }
    let mut letters = line.chars();
    let first: String = letters.next().map_or(String::new(), |first| first.to_uppercase().collect());
    format!("{first}{}.", letters.as_str())
}
