//! Continuous time, held against the plainest way to do it.
//!
//! The definition: list everything that can happen with its rate, wait for an exponential time at the sum of the rates, let
//! one of them happen in proportion to its rate (Gillespie's direct method), and start again. It shares no line and no draw
//! with the engine's event queue, so the two agree in distribution only.

use uptake::contagion::build::build;
use uptake::contagion::*;
use uptake::formula::{Binary, Formula, Total, View};
use uptake::rng::{Source, Stream};

use crate::worlds::*;

const STAGES: [&str; 2] = ["first", "second"];
const TIMES: [usize; 3] = [1, 2, 4];
const RUNS: u64 = 1500;

/// A rate that may hang on something.
#[derive(Clone, Copy, Debug)]
enum Law {
    AtOnce,
    Rate(f64),
    /// In proportion to the evidence.
    Evidence(f64),
    /// In proportion to what the evidence lacks to 1.
    Lack(f64),
    /// While the evidence is below one half.
    BelowHalf(f64),
    /// In proportion to the share of all that hold the first stage.
    Holders(f64),
    /// A column of the speaker, in a reach; of the agent elsewhere.
    Voice,
}

impl Law {
    fn formula(self, tie: bool) -> Formula {
        let times = |x: f64, of: Formula| Formula::binary(Binary::Multiply, x.into(), of);
        let evidence = || Formula::name(View::Plain, "evidence");
        match self {
            Law::AtOnce => AT_ONCE.into(),
            Law::Rate(rate) => rate.into(),
            Law::Evidence(x) => times(x, evidence()),
            Law::Lack(x) => times(x, Formula::binary(Binary::Subtract, 1.0.into(), evidence())),
            Law::BelowHalf(x) => times(x, Formula::binary(Binary::Less, evidence(), 0.5.into())),
            Law::Holders(x) => {
                let of = std::sync::Arc::new(Formula::name(View::Me, STAGES[0]));
                times(x, Formula::Total { total: Total::Mean, of, among: None, line: 3 })
            }
            Law::Voice => Formula::name(if tie { View::Src } else { View::Me }, "voice"),
        }
    }

    fn rate(self, evidence: f64, holders: f64, voice: f64) -> f64 {
        match self {
            Law::AtOnce => f64::INFINITY,
            Law::Rate(rate) => rate,
            Law::Evidence(x) => x * evidence,
            Law::Lack(x) => x * (1.0 - evidence),
            Law::BelowHalf(x) => x * f64::from(u8::from(evidence < 0.5)),
            Law::Holders(x) => x * holders,
            Law::Voice => voice,
        }
    }
}

/// A route in the words of this test.
#[derive(Clone, Debug)]
struct Way {
    stage: usize,
    from: usize,
    after: Option<usize>,
    reach: Law,
    count: Count,
    memory: Memory,
    weight: bool,
    needs: f64,
    chance: Law,
    tries: Option<u32>,
    leave: Law,
}

fn way(stage: usize) -> Way {
    Way {
        stage,
        from: stage,
        after: None,
        reach: Law::AtOnce,
        count: Count::Sources,
        memory: Memory::Ever,
        weight: false,
        needs: 1.0,
        chance: Law::AtOnce,
        tries: None,
        leave: Law::Rate(0.0),
    }
}

impl Way {
    fn route(&self) -> Route {
        Route {
            from: Some(STAGES[self.from].into()),
            after: self.after.map(|after| STAGES[after].into()),
            reach: self.reach.formula(true),
            count: self.count,
            memory: self.memory,
            weight: if self.weight { of(View::Src, "voice") } else { 1.0.into() },
            needs: self.needs.into(),
            chance: self.chance.formula(false),
            tries: self.tries,
            leave: self.leave.formula(false),
            line: 3,
            ..Route::default()
        }
    }
}

/// Ten agents on a ring with some long ties, two of whom begin with the first stage, a third at time 1.
struct Case {
    ties: Vec<(u32, u32)>,
    voice: Vec<f64>,
    ways: Vec<Way>,
}

const AGENTS: usize = 10;

fn case(ways: Vec<Way>) -> Case {
    let n = AGENTS as u32;
    let ring: Vec<(u32, u32)> = (0..n).flat_map(|i| [(i, (i + 1) % n), (i, (i + 2) % n)]).collect();
    let mut ties = both_ways(&ring);
    ties.extend([(0, 5), (3, 8), (7, 2)]);
    let voice = (0..AGENTS).map(|i| f64::from(1 + i as u32 % 4) / 4.0).collect();
    Case { ties, voice, ways }
}

impl Case {
    fn world(&self) -> World {
        let begins = |who: &[usize]| (0..AGENTS).map(|i| f64::from(u8::from(who.contains(&i)))).collect::<Vec<f64>>();
        let columns = vec![("voice", self.voice.clone()), ("begins", begins(&[0, 6])), ("later", begins(&[3]))];
        let routes = |stage| self.ways.iter().filter(|way| way.stage == stage).map(Way::route).collect();
        let later =
            Event::Start(Start { stage: STAGES[0].into(), who: marked("later"), item: None, fixed: false, line: 5 });
        World {
            setup: vec![people(AGENTS as u32, columns), layer("near", exactly(&self.ties))],
            stages: (0..2).map(|at| stage(STAGES[at], routes(at))).collect(),
            timeline: vec![begin(STAGES[0], marked("begins"), false), (1, later)],
            order: Order::Continuous,
            ..World::default()
        }
    }
}

/// The state of the definition.
struct Plain<'a> {
    case: &'a Case,
    now: f64,
    holds: [Vec<bool>; 2],
    spells: [Vec<u32>; 2],
    /// By way and tie: when it was heard.
    heard: Vec<Vec<Vec<f64>>>,
    /// By way and agent: the last signals.
    signals: Vec<Vec<Vec<f64>>>,
    /// By way and agent: whether half a memory leaned to yes when it was last asked.
    leans: Vec<Vec<bool>>,
}

/// What can happen.
#[derive(Clone, Copy)]
enum Deed {
    Arrive(usize, usize),
    Enter(usize, usize),
    Leave(usize, usize),
}

impl Plain<'_> {
    fn new(case: &Case) -> Plain<'_> {
        let none = || [vec![0; AGENTS], vec![0; AGENTS]];
        let ways = case.ways.len();
        Plain {
            case,
            now: 0.0,
            holds: [vec![false; AGENTS], vec![false; AGENTS]],
            spells: none(),
            heard: vec![vec![Vec::new(); case.ties.len()]; ways],
            signals: vec![vec![Vec::new(); AGENTS]; ways],
            leans: vec![vec![false; AGENTS]; ways],
        }
    }

    fn voice_of(&self, way: &Way, tie: usize) -> f64 {
        if way.weight { self.case.voice[self.case.ties[tie].0 as usize] } else { 1.0 }
    }

    /// Evidence by a way; `instant` is a tie whose signal arrives right now.
    fn evidence(&self, w: usize, agent: usize, instant: Option<usize>) -> f64 {
        let way = &self.case.ways[w];
        if let Memory::Last { n, .. } = way.memory {
            let all = &self.signals[w][agent];
            let sum: f64 = all[all.len().saturating_sub(n as usize)..].iter().sum();
            let half = if 2.0 * sum == f64::from(n) { if self.leans[w][agent] { 0.5 } else { -0.5 } } else { 0.0 };
            return (sum + half) / f64::from(n);
        }
        let (mut sum, mut whole) = (0.0, 0.0);
        for (tie, &(speaker, hearer)) in self.case.ties.iter().enumerate() {
            if hearer as usize != agent {
                continue;
            }
            let weight = self.voice_of(way, tie);
            whole += weight;
            let speaks = self.holds[way.from][speaker as usize];
            let at_once = matches!(way.reach, Law::AtOnce);
            let times = self.heard[w][tie].iter().filter(|&&heard| match way.memory {
                Memory::Steps(units) => self.now - heard < f64::from(units),
                _ => true,
            });
            let times = times.count() + usize::from(at_once && speaks) + usize::from(instant == Some(tie));
            let counted = if way.count == Count::Signals { times as f64 } else { f64::from(u8::from(times > 0)) };
            sum += weight * counted;
        }
        if way.count == Count::Share { sum / whole } else { sum }
    }

    fn rate(&self, law: Law, w: usize, agent: usize) -> f64 {
        let holders = self.holds[0].iter().filter(|&&holds| holds).count() as f64 / AGENTS as f64;
        law.rate(self.evidence(w, agent, None), holders, self.case.voice[agent])
    }

    fn may(&self, w: usize, agent: usize, instant: Option<usize>) -> bool {
        let way = &self.case.ways[w];
        !self.holds[way.stage][agent]
            && way.after.is_none_or(|after| self.holds[after][agent])
            && way.tries.is_none_or(|tries| self.spells[way.stage][agent] < tries)
            && self.evidence(w, agent, instant) >= way.needs - 1e-9
    }

    fn enter(&mut self, stage: usize, agent: usize) {
        if !self.holds[stage][agent] {
            self.holds[stage][agent] = true;
            self.spells[stage][agent] += 1;
        }
    }

    /// A holder that leaves was heard until now by all that hear it without waiting.
    fn leave(&mut self, stage: usize, agent: usize) {
        self.holds[stage][agent] = false;
        for (w, way) in self.case.ways.iter().enumerate() {
            if way.from == stage && matches!(way.reach, Law::AtOnce) {
                for (tie, _) in self.case.ties.iter().enumerate().filter(|(_, tie)| tie.0 as usize == agent) {
                    self.heard[w][tie].push(self.now);
                }
            }
        }
    }

    /// What waits for nothing.
    fn settle(&mut self) {
        while let Some((w, agent)) = (0..self.case.ways.len())
            .filter(|&w| matches!(self.case.ways[w].chance, Law::AtOnce))
            .flat_map(|w| (0..AGENTS).map(move |agent| (w, agent)))
            .find(|&(w, agent)| self.may(w, agent, None))
        {
            self.enter(self.case.ways[w].stage, agent);
        }
    }

    fn deeds(&self) -> Vec<(Deed, f64)> {
        let mut all = Vec::new();
        for (w, way) in self.case.ways.iter().enumerate() {
            if !matches!(way.reach, Law::AtOnce) {
                for (tie, &(speaker, _)) in self.case.ties.iter().enumerate() {
                    if self.holds[way.from][speaker as usize] || matches!(way.memory, Memory::Last { .. }) {
                        all.push((Deed::Arrive(w, tie), self.rate(way.reach, w, speaker as usize)));
                    }
                }
            }
            for agent in 0..AGENTS {
                if !matches!(way.chance, Law::AtOnce) && self.may(w, agent, None) {
                    all.push((Deed::Enter(w, agent), self.rate(way.chance, w, agent)));
                }
                if self.holds[way.stage][agent] {
                    all.push((Deed::Leave(w, agent), self.rate(way.leave, w, agent)));
                }
            }
        }
        all.retain(|(_, rate)| *rate > 0.0);
        all
    }

    /// When the next memory ends, after which nothing is as it was.
    fn next_end(&self) -> f64 {
        let mut next = f64::INFINITY;
        for (w, way) in self.case.ways.iter().enumerate() {
            if let Memory::Steps(units) = way.memory {
                let ends = self.heard[w].iter().flatten().map(|heard| heard + f64::from(units));
                next = ends.filter(|&end| end > self.now).fold(next, f64::min);
            }
        }
        next
    }

    fn until(&mut self, time: f64, stream: &mut Stream) {
        loop {
            self.settle();
            let deeds = self.deeds();
            let whole: f64 = deeds.iter().map(|(_, rate)| rate).sum();
            let wait = if whole > 0.0 { -uptake::stats::log(stream.open_unit()) / whole } else { f64::INFINITY };
            let end = self.next_end();
            if self.now + wait >= end.min(time) {
                self.now = end.min(time);
                if end < time {
                    continue;
                }
                return;
            }
            self.now += wait;
            let mut at = stream.unit() * whole;
            let chosen = deeds.iter().find(|(_, rate)| {
                at -= rate;
                at < 0.0
            });
            self.happens(chosen.unwrap_or(&deeds[deeds.len() - 1]).0, stream);
        }
    }

    fn happens(&mut self, deed: Deed, stream: &mut Stream) {
        match deed {
            Deed::Enter(w, agent) => self.enter(self.case.ways[w].stage, agent),
            Deed::Leave(w, agent) => self.leave(self.case.ways[w].stage, agent),
            Deed::Arrive(w, tie) => {
                let way = &self.case.ways[w];
                let (speaker, hearer) = (self.case.ties[tie].0 as usize, self.case.ties[tie].1 as usize);
                match way.memory {
                    Memory::Steps(0) => {
                        if self.may(w, hearer, Some(tie)) {
                            self.enter(way.stage, hearer);
                        }
                    }
                    Memory::Last { .. } => {
                        let says = self.holds[way.from][speaker];
                        let weight = self.voice_of(way, tie);
                        self.leans[w][hearer] = stream.bernoulli(0.5);
                        self.signals[w][hearer].push(if says { weight } else { 0.0 });
                    }
                    _ => self.heard[w][tie].push(self.now),
                }
            }
        }
    }

    /// How many hold each stage at the times that are looked at.
    fn counts(mut self, stream: &mut Stream) -> [[usize; 3]; 2] {
        [0, 6].into_iter().for_each(|agent| self.enter(0, agent));
        let mut counts = [[0; 3]; 2];
        for (place, time) in TIMES.into_iter().enumerate() {
            self.until(time as f64, stream);
            if time == 1 {
                self.enter(0, 3);
                self.settle();
            }
            for (stage, counts) in counts.iter_mut().enumerate() {
                counts[place] = self.holds[stage].iter().filter(|&&holds| holds).count();
            }
        }
        counts
    }
}

/// How far apart two samples of counts are, in standard errors: by their means and by their mean squares.
fn apart(ours: &[f64], theirs: &[f64]) -> f64 {
    let moments = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n / n)
    };
    let between = |ours: &[f64], theirs: &[f64]| {
        let ((a, var_a), (b, var_b)) = (moments(ours), moments(theirs));
        if a == b { 0.0 } else { (a - b).abs() / (var_a + var_b).sqrt() }
    };
    let squares = |values: &[f64]| values.iter().map(|value| value * value).collect::<Vec<f64>>();
    between(ours, theirs).max(between(&squares(ours), &squares(theirs)))
}

/// 13 cases, 2 stages, 3 times, 2 moments: 156 comparisons (fewer that are independent) of at most 5 standard errors each:
/// wrong by chance once in 10 000 seeds.
#[test]
fn the_event_queue_and_the_plainest_definition_agree_in_distribution() {
    let last = |n| Memory::Last { n, full: true, tie: Tie::Draw };
    let spreading = |reach| Way { reach: Law::Rate(reach), ..way(0) };
    let cases: Vec<(&str, Vec<Way>)> = vec![
        ("recovery for good", vec![Way { tries: Some(1), leave: Law::Rate(0.5), ..spreading(0.8) }]),
        ("recovery", vec![Way { memory: Memory::Steps(0), leave: Law::Rate(0.7), ..spreading(0.5) }]),
        ("two must be heard", vec![Way { needs: 2.0, chance: Law::Rate(1.3), ..spreading(0.7) }]),
        (
            "a share in sight",
            vec![Way {
                count: Count::Share,
                memory: Memory::Steps(0),
                needs: 0.4,
                chance: Law::Rate(0.9),
                leave: Law::Rate(0.3),
                ..way(0)
            }],
        ),
        (
            "voter",
            vec![Way {
                count: Count::Share,
                memory: Memory::Steps(0),
                needs: 0.0,
                chance: Law::Evidence(1.0),
                leave: Law::Lack(1.0),
                ..way(0)
            }],
        ),
        (
            "doses that pass",
            vec![Way {
                count: Count::Signals,
                memory: Memory::Steps(2),
                needs: 3.0,
                leave: Law::Rate(0.4),
                ..spreading(1.0)
            }],
        ),
        (
            "sources that pass",
            vec![Way {
                memory: Memory::Steps(1),
                needs: 2.0,
                chance: Law::Rate(2.0),
                leave: Law::Rate(0.4),
                ..spreading(0.9)
            }],
        ),
        (
            "seen for a while after leaving",
            vec![Way { memory: Memory::Steps(1), needs: 2.0, chance: Law::Rate(1.0), leave: Law::Rate(0.8), ..way(0) }],
        ),
        (
            "exposed, infectious, recovered",
            vec![
                Way { from: 1, ..spreading(0.9) },
                Way {
                    after: Some(0),
                    needs: 0.0,
                    chance: Law::Rate(0.7),
                    tries: Some(1),
                    leave: Law::Rate(0.5),
                    ..way(1)
                },
            ],
        ),
        (
            "the last two",
            vec![Way {
                count: Count::Share,
                memory: last(2),
                needs: 0.5,
                leave: Law::BelowHalf(2.0),
                ..spreading(0.5)
            }],
        ),
        (
            "the more, the faster",
            vec![Way { needs: 0.0, chance: Law::Holders(1.5), leave: Law::Holders(0.5), ..way(0) }],
        ),
        (
            "weighed by the speaker's voice",
            vec![Way {
                weight: true,
                needs: 0.75,
                reach: Law::Voice,
                chance: Law::Voice,
                leave: Law::Rate(0.2),
                ..way(0)
            }],
        ),
        (
            "two ways, and a stage that follows at once",
            vec![
                Way { needs: 2.0, leave: Law::Rate(0.3), ..spreading(0.6) },
                Way { needs: 1.0, chance: Law::Rate(0.2), leave: Law::Rate(0.1), ..spreading(1.0) },
                Way { from: 0, needs: 3.0, ..way(1) },
            ],
        ),
    ];
    let mut stream = Stream::from_seed(1976);
    for (name, ways) in cases {
        let case = case(ways);
        let prepared = prepared(case.world());
        let mut ours: Vec<Vec<f64>> = vec![Vec::new(); 6];
        let mut theirs = ours.clone();
        for replicate in 0..RUNS {
            let outcome = run(&prepared, replicate, 4);
            let counts = Plain::new(&case).counts(&mut stream);
            for (stage, curve) in outcome.curves.iter().enumerate() {
                let curve = until(curve, 5);
                for (place, time) in TIMES.into_iter().enumerate() {
                    ours[3 * stage + place].push(f64::from(curve[time]));
                    theirs[3 * stage + place].push(counts[stage][place] as f64);
                }
            }
        }
        for (place, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            let far = apart(ours, theirs);
            assert!(far < 5.0, "{name}: stage {} at time {}: {far} standard errors", place / 3, TIMES[place % 3]);
        }
    }
}

#[test]
fn a_rate_that_is_set_anew_is_waited_for_anew() {
    // Rate 1 until time 1, then 3: of 20000 agents exp(-1), then exp(-4) have not entered. Standard error .0035.
    let route = || Route { needs: 0.0.into(), chance: of(View::Me, "rate"), ..Route::default() };
    let mut world = world(20_000, exactly(&[]), vec![route()], Who::Random { n: 0.0, among: None, line: 4 });
    world.setup[0] = people(20_000, vec![("rate", vec![1.0; 20_000])]);
    world.timeline.push((
        1,
        Event::Set(Set {
            column: Target { view: View::Me, path: vec!["rate".into()] },
            to: 3.0.into(),
            who: None,
            given: None,
            line: 5,
        }),
    ));
    world.order = Order::Continuous;
    let outcome = run(&prepared(world), 0, 2);
    let share = |time: usize| 1.0 - f64::from(outcome.curves[0][time]) / 20_000.0;
    assert!((share(1) - 0.36788).abs() < 0.0175 && (share(2) - 0.018316).abs() < 0.005, "{} {}", share(1), share(2));
}

#[test]
fn a_run_in_continuous_time_ends_when_nothing_is_due_any_more() {
    let route = Route { reach: 2.0.into(), tries: Some(1), leave: 1.0.into(), ..Route::default() };
    let mut world = world(50, ring(4), vec![route], random_start(1.0));
    world.order = Order::Continuous;
    let outcome = run(&prepared(world), 0, 1_000_000);
    assert!(outcome.steps < 200, "{}", outcome.steps);
    assert_eq!((outcome.curves[0].len() as u32, outcome.curves[0].last()), (outcome.steps + 1, Some(&0)));
}

#[test]
fn a_probe_in_continuous_time_says_what_a_start_would_yield() {
    // Two agents, one tie: a signal at rate 1 within 1 unit of time arrives with probability 1 - 1/e = .632. Standard error
    // of 4000 tries: .0076.
    let mut world =
        world(2, exactly(&[(0, 1)]), vec![Route { reach: 1.0.into(), ..Route::default() }], random_start(0.0));
    world.order = Order::Continuous;
    world.timeline = vec![(
        0,
        Event::Probe(Probe {
            column: "yields".into(),
            who: Who::All,
            stage: "adopted".into(),
            from: None,
            item: None,
            steps: 1,
            replicates: 4000,
            count_all: false,
            line: 5,
        }),
    )];
    let prepared = prepared(world);
    let built = build(&prepared.world, &prepared.words, Source::new(1, 0)).expect("the world can be built");
    let outcome = prepared.run(&built, Source::new(1, 0), 1).expect("the world runs");
    let yields = &outcome.state.agent_columns[0];
    assert!((yields[0] - 0.632).abs() < 0.038 && yields[1] == 0.0, "{yields:?}");
}
