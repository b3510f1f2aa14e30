//! How a world is set up and what happens in it, in sentences without their capital and full stop. The rules themselves
//! are told by the semantics card.

use crate::contagion::world::*;
use crate::formula::{Formula, View};
use crate::network::{Degrees, Density, Maker};
use crate::rng::Distribution;
use crate::table::{counted, written};

/// Who is there and who hears whom.
pub fn setting(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for setup in &world.setup {
        match setup {
            Setup::Agents(kind) => lines.push(of_agents(kind)),
            Setup::Ties(ties) => lines.push(of_ties(ties)),
            Setup::Set(set) => lines.push(of_set(set)),
            Setup::Mark(mark) => lines.push(format!("{} are marked as \"{}\"", who(&mark.who), mark.name)),
        }
    }
    for item in &world.items {
        let columns: Vec<String> = item
            .columns
            .iter()
            .map(|(name, value)| match value {
                ItemValue::Number(value) => format!("{name} {}", written(*value)),
                ItemValue::Text(text) => format!("{name} {text}"),
            })
            .collect();
        let with = if columns.is_empty() { String::new() } else { format!(" with {}", and(&columns)) };
        lines.push(format!("\"{}\" is a thing that spreads{with}", item.name));
    }
    lines
}

/// What happens at which time.
pub fn events(world: &World) -> Vec<String> {
    let told = world.timeline.iter().filter_map(|(time, event)| {
        let what = match event {
            Event::Start(start) => format!("{} start with \"{}\"{}", who(&start.who), start.stage, of_start(start)),
            Event::Post(post) => {
                format!("a fresh wave begins: {} start with \"{}\"{}", who(&post.who), post.stage, of_start(post))
            }
            Event::Set(set) => of_set(set),
            Event::Mark(mark) => format!("{} are marked as \"{}\"", who(&mark.who), mark.name),
            Event::Probe(probe) => format!(
                "a probe measures how far \"{}\" would spread in {} from each of {}",
                probe.stage,
                counted(probe.steps, "step"),
                who(&probe.who)
            ),
            Event::Observe(_) => return None,
        };
        Some(format!("at time {time}, {what}"))
    });
    told.collect()
}

/// What changes besides stages: updates, contacts, rewiring.
pub fn dynamics(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for contact in &world.contacts {
        let chooser = if contact.by == Chooser::Hearer { "hearer" } else { "speaker" };
        let how_many = match &contact.per {
            None => "all its ties".to_string(),
            Some(per) => format!("{} of its ties", value(per)),
        };
        let closed = if contact.gates { "closed ties carry nothing" } else { "closed ties carry as well" };
        lines.push(format!("each step every {chooser} opens {how_many} of the layer \"{}\"; {closed}", contact.layer));
    }
    for update in &world.updates {
        lines.push(format!("each step {} becomes {}", target(&update.column), value(&update.to)));
    }
    for rewiring in &world.rewirings {
        lines.push(format!(
            "each step a tie of the layer \"{}\" is reconsidered with probability {} and then dropped with probability {}, \
             for one of {}{}",
            rewiring.layer,
            value(&rewiring.rate),
            value(&rewiring.drop),
            counted(rewiring.candidates, "candidate"),
            if rewiring.friends_of_friends { " among friends of friends" } else { "" }
        ));
    }
    lines
}

/// `a, b and c`.
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn of_agents(agents: &Agents) -> String {
    let who = match &agents.members {
        Members::Count(count) => format!("{} of the kind \"{}\"", counted(count, "agent"), agents.kind),
        Members::Named(names) => {
            format!("{} of the kind \"{}\": {}", counted(names.len(), "agent"), agents.kind, and(names))
        }
        Members::Labelled(labels) => {
            format!("{} of the kind \"{}\", read from a table", counted(labels.len(), "agent"), agents.kind)
        }
    };
    let columns: Vec<String> =
        agents.columns.iter().map(|(name, first)| format!("{name} {}", initial(first))).collect();
    if columns.is_empty() {
        format!("there are {who}")
    } else {
        format!("there are {who}, each with {}", and(&columns))
    }
}

fn of_ties(ties: &Ties) -> String {
    let columns: Vec<String> = ties.columns.iter().map(|(name, first)| format!("{name} {}", initial(first))).collect();
    let with = if columns.is_empty() { String::new() } else { format!("; each tie has {}", and(&columns)) };
    let among = ties.among.as_ref().map_or(String::new(), |among| format!(" among {}", who(among)));
    format!("the layer \"{}\" ties them{among} by {}{with}", ties.layer, maker(&ties.maker))
}

fn of_start(start: &Start) -> String {
    let item = start.item.as_ref().map_or(String::new(), |item| format!(" of \"{item}\""));
    format!("{item}{}", if start.fixed { " and keep it" } else { "" })
}

fn of_set(set: &Set) -> String {
    let whom = set.who.as_ref().map_or(String::new(), |chosen| format!(" for {}", who(chosen)));
    let given = if set.given.is_some() { " where a formula says so" } else { "" };
    format!("{} is set to {}{whom}{given}", target(&set.column), value(&set.to))
}

fn target(target: &Target) -> String {
    let whose = match target.view {
        View::Me => "the agent's ",
        View::Tie => "the tie's ",
        View::It => "the item's ",
        View::Src | View::Dst | View::Plain => "",
    };
    format!("{whose}{}", target.path.join("."))
}

fn value(formula: &Formula) -> String {
    formula.constant().map_or("what a formula says".to_string(), written)
}

fn initial(initial: &Initial) -> String {
    match initial {
        Initial::Formula(formula) => value(formula),
        Initial::Draw(law) => distribution(law),
        Initial::Values(_) => "given as a list".into(),
        Initial::Read(_) => "read from a file".into(),
        Initial::Topics(topics) => {
            let topics: Vec<String> =
                topics.iter().map(|(topic, first)| format!("{} on {topic}", self::initial(first))).collect();
            format!("of {}", and(&topics))
        }
        Initial::List { length, first } => {
            format!("a list of {}, each {}", counted(length, "number"), self::initial(first))
        }
    }
}

fn distribution(law: &Distribution) -> String {
    let w = |value: f64| written(value);
    match *law {
        Distribution::Uniform { low, high } => format!("drawn uniformly between {} and {}", w(low), w(high)),
        Distribution::Normal { mean, sd } => format!("drawn from a normal law with mean {} and sd {}", w(mean), w(sd)),
        Distribution::Lognormal { mean, sd } => {
            format!("drawn from a lognormal law with log-mean {} and log-sd {}", w(mean), w(sd))
        }
        Distribution::Beta { a, b } => format!("drawn from a beta law with a = {} and b = {}", w(a), w(b)),
        Distribution::Pareto { minimum, exponent } => {
            format!("drawn from a power law above {} with exponent {}", w(minimum), w(exponent))
        }
        Distribution::Bernoulli { p } => format!("1 with probability {} and else 0", w(p)),
        Distribution::Int { low, high } => format!("a whole number drawn from {} to {}", w(low), w(high)),
    }
}

/// A number of agents or a share of them.
fn so_many(n: f64) -> String {
    match n {
        n if n < 1.0 => format!("a share of {} of the agents", written(n)),
        n => counted(written(n), "agent"),
    }
}

fn who(chosen: &Who) -> String {
    let among =
        |among: &Option<Box<Who>>| among.as_ref().map_or(String::new(), |among| format!(" among {}", who(among)));
    match chosen {
        Who::All => "all agents".into(),
        Who::Named(name, _) if name == "all" => "all agents".into(),
        Who::Named(name, _) => format!("\"{name}\""),
        Who::Top { n, among: pool, .. } => {
            format!("{} with the largest value of a formula{}", so_many(*n), among(pool))
        }
        Who::Bottom { n, among: pool, .. } => {
            format!("{} with the smallest value of a formula{}", so_many(*n), among(pool))
        }
        Who::Random { n, among: pool, .. } => format!("{} drawn at random{}", so_many(*n), among(pool)),
        Who::Cluster { n, centre, .. } => format!(
            "{} near each other (breadth-first from {})",
            so_many(*n),
            centre.as_ref().map_or("a random centre".to_string(), |centre| who(centre))
        ),
        Who::Where(..) => "all for whom a formula holds".into(),
        Who::Greedy { n, how, among: pool } => format!(
            "{}{} that reach most by greedy choice ({} of {} on a copy of the world)",
            so_many(*n),
            among(pool),
            counted(how.replicates, how.lazy.map_or("try", |lazy| if lazy { "lazy (CELF) try" } else { "full try" })),
            counted(how.steps, "step")
        ),
        Who::Influential { n, how, among: pool } => format!(
            "{}{} that reach most by cascades drawn backwards (IMM, epsilon {})",
            so_many(*n),
            among(pool),
            written(how.epsilon)
        ),
    }
}

fn maker(maker: &TieMaker) -> String {
    match maker {
        TieMaker::Network(maker) => network(maker),
        TieMaker::Star { from, to } => format!("a star: {} heard by {}", who(from), who(to)),
        TieMaker::Members { of, each } => format!("membership: every agent joins {each} of {}", who(of)),
        TieMaker::Audience { of, size, disjoint } => format!(
            "audiences: each of {} is heard by {}{}",
            who(of),
            so_many(*size),
            if *disjoint { ", all different" } else { "" }
        ),
        TieMaker::Kernel { k, candidates, .. } => {
            format!("preference: everybody hears {k} of {candidates} sampled others, with odds by a formula")
        }
        TieMaker::List(pairs) => format!("a list of {}", counted(pairs.len(), "tie")),
        TieMaker::File(file) => format!("the ties in the file {}", file.path),
        TieMaker::Shuffled { of, share } => {
            format!("{}, a share of {} of the ties exchanged with degrees kept", self::maker(of), written(*share))
        }
    }
}

fn network(maker: &Maker) -> String {
    let w = |value: f64| written(value);
    match maker {
        Maker::Ring { k, rewire, keep_degree: false } => {
            format!("a ring of {k} neighbours, each tie rewired with probability {}", w(*rewire))
        }
        Maker::Ring { k, rewire, keep_degree: true } => {
            format!(
                "a ring of {k} neighbours, each tie exchanging ends with probability {}, all degrees kept",
                w(*rewire)
            )
        }
        Maker::Random(Density::MeanDegree(degree)) => {
            format!("a random network of {} an agent on average", counted(w(*degree), "tie"))
        }
        Maker::Random(Density::Pairs(pairs)) => format!("a random network of {}", counted(pairs, "tie")),
        Maker::Random(Density::Probability(p)) => {
            format!("a random network, every pair tied with probability {}", w(*p))
        }
        Maker::Regular { k } => format!("a random network in which everybody has {}", counted(k, "neighbour")),
        Maker::Configuration { degrees } => match degrees {
            Degrees::PowerLaw { exponent, min, .. } => {
                format!("a random network with power-law degrees, exponent {}, at least {min}", w(*exponent))
            }
            Degrees::Law(law) => format!("a random network with degrees {}", distribution(law)),
            Degrees::Shares(_) | Degrees::List(_) | Degrees::Like(_) => "a random network with given degrees".into(),
        },
        Maker::ScaleFree { m, mutual } => format!(
            "preferential attachment, {} a newcomer{}",
            counted(m, "tie"),
            if *mutual { "" } else { ", which hears those it chose" }
        ),
        Maker::Clustered { m, p } => {
            format!(
                "preferential attachment, {} a newcomer, triangles closed with probability {}",
                counted(m, "tie"),
                w(*p)
            )
        }
        Maker::Grid { r, border, moore, .. } => format!(
            "a {} of cells, neighbours up to {r} {} away",
            if *border { "sheet" } else { "torus" },
            if *moore { "rows and columns" } else { "steps" }
        ),
        Maker::Complete => "a complete network".into(),
        Maker::Groups { size, k, out } => format!(
            "groups of {size} with {} an agent on average, each leading out of the group with probability {}",
            counted(w(*k), "tie"),
            w(*out)
        ),
        Maker::Blocks { sizes, p_in, p_out } => {
            format!(
                "{}, pairs tied with probability {} inside and {} across",
                counted(sizes.len(), "block"),
                w(*p_in),
                w(*p_out)
            )
        }
        Maker::List { ties, .. } => format!("a list of {}", counted(ties.len(), "tie")),
        Maker::Shuffled { of, keep_degree } => {
            format!("{}, shuffled{}", network(of), if *keep_degree { " with degrees kept" } else { "" })
        }
    }
}
