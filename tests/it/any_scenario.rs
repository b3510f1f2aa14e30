//! Scenarios put together at random from most of the language: whatever is combined, a scenario is refused with a line, or
//! its runs end with numbers that make sense, the same each time, whatever else is observed. About six in ten run.

use proptest::prelude::*;
use uptake::engine::prepare;
use uptake::experiment::{self, Worlds, curves, measures};
use uptake::record::{Outcome, Record};
use uptake::rng::Source;
use uptake::script::{Limits, NoFiles, Scenario, ScriptError, load};

use crate::worlds::cases;

/// One of each may stand in a scenario.
const STATEMENTS: [&[&str]; 5] = [
    &[
        "",
        "contact('friend', { per = 1 })",
        "contact('friend', { per = 2 * me.x, by = 'speaker', prefer = .1 + tie.w })",
        "contact('far', { per = 1, gates = false })",
    ],
    &[
        "",
        "update(me.x, 1 - me.x)",
        "update(tie.w, tie.w * .9 + .1 * src.x * tie.open)",
        "update(me.x, clamp(me.x + mean_in(src.x, 'friend', 0) * (me.followers - 5) / 9, 0, 1))",
    ],
    &[
        "",
        "rewire { layer = 'friend', rate = .2, pick = 1 + src.x }",
        "rewire { layer = 'friend', drop = 1 - tie.w, among = 'friends_of_friends' }",
    ],
    &[
        "",
        "at(2, function() start { stage = 'used', who = random(3) ITEM } set(me.x, .5, top(2, me.followers)) end)",
        "every(2, function(t) mark('late', random(.1)) set(tie.w, tie.w / 2) end)",
        "at(3, function() probe('would', { who = top(3, me.x), stage = 'tried', steps = 3, replicates = 2 ITEM }) end)",
        "start { stage = 'tried', who = cluster(4), at = 1, fixed = true ITEM }",
    ],
    &[
        "",
        "",
        "each('person', RULE)",
        "each('person', { order = 'random' }, RULE) each('person', RULE)",
        "meet('friend', { per_step = 5 }, function(speaker, hearer, tie)
            hearer.x = speaker.x cut(tie) connect(hearer, speaker, 'far')
        end) each('bot', function(me) for other in me:hears 'far' do if other.x > .5 then stop() end end end)",
    ],
];

/// A row of choices; where it has ended, the first of each.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn of<'s>(&mut self, words: &[&'s str]) -> &'s str {
        words[usize::from(self.0.next().copied().unwrap_or(0)) % words.len()]
    }

    /// `name = one of these, `, or nothing.
    fn field(&mut self, name: &str, words: &[&str]) -> String {
        let given = self.0.next().is_some_and(|choice| choice % 3 == 2);
        if given { format!("{name} = {}, ", self.of(words)) } else { String::new() }
    }

    fn route(&mut self, after: &str) -> String {
        let fields = [
            self.field("needs", &["2", "0", ".3", "me.x * 2", "1 - me.x", "p.needs"]),
            self.field("memory", &["2", "1"]),
            self.field(
                "count",
                &["'share'", "'signals', memory = last(3)", "'sources'", "'share', memory = last(2, { tie = 'stay' })"],
            ),
            self.field("layer", &["'friend'", "'far'"]),
            self.field("reach", &[".5", ".1", "src.x", "tie.w", ".5 * (1 + me.tried)", "mean(me.x)"]),
            self.field("chance", &[".3", "me.x", ".2 * evidence", ".5 * mean(me.tried)", "2 * me.x"]),
            self.field("leave", &[".2", "me.x * .5", ".1 * evidence", "lt(evidence, 1)"]),
            self.field("weight", &["tie.w", "2", "tie.w - .4", "me.x / src.x", "max_in(tie.w, 'far')"]),
            self.field("base", &[".2", "me.x", "share 'tried'", "-1"]),
            self.field("tries", &["1", "3"]),
            self.field("emit", &["'once'", "'always'"]),
            self.field("from", &["'tried'", "'used'"]),
        ];
        format!("{{ {}{after} }}", fields.concat())
    }

    fn stage(&mut self, name: &str, after: &str) -> String {
        let routes: Vec<String> = (0..self.of(&["1", "12"]).len()).map(|_| self.route(after)).collect();
        format!("stage('{name}', {})", routes.join(", "))
    }

    fn statement(&mut self, kind: &[&str]) -> String {
        let rule = "function(me, t)
            local sum, most = 0, 0
            for other in me:hears 'far' do sum = sum + other.x * other.tried end
            for other, tie in me:hears 'friend' do most = max(most, tie.w, other.x) if draw() < .1 then tie.w = draw() end end
            if draw() < most then me.x = (me.x + sum / 9) % 1 me.used = draw(2) - 1 end
        end";
        self.of(kind).replace("RULE", rule)
    }

    fn scenario(&mut self, observed: &str) -> String {
        let order = self.of(&["synchronous", "asynchronous", "continuous"]);
        let friends =
            self.of(&["graph.random { k = 5 }", "graph.ring { k = 4, rewire = .2 }", "graph.scale_free { m = 2 }"]);
        let items = self.of(&["", "", "", "item 'a' item 'b'"]);
        let after = self.of(&["", "after = 'tried'"]);
        let stages = [self.stage("tried", ""), self.stage("used", after)].join("\n");
        let statements = STATEMENTS.map(|kind| self.statement(kind));
        format!(
            "return scenario 'any' {{ steps = 6, sweep = {{ needs = {{ 1 }} }}, world = function(p)
            order '{order}'
            agents('person', 40, {{ x = dist.uniform(0, 1) }}) agents('bot', 3)
            ties('friend', {friends}, {{ w = dist.uniform(0, 1) }}) ties('far', graph.random {{ k = 2 }}, {{ w = .5 }})
            {items}
            {stages}
            {}
            start {{ stage = 'tried', who = random(3) ITEM }}
            observe('x', mean(me.x)) observe('w', sum(sum_in(tie.w)))
            {observed}
            end }}",
            statements.join("\n"),
        )
        .replace("ITEM", if items.is_empty() { "" } else { ", item = 'a'" })
    }
}

/// The names of the measures, and what was measured; or the line and why it cannot be run.
fn run(text: &str) -> Result<(Vec<String>, Record), (u32, String)> {
    let refused = |error: ScriptError| (error.line, error.message);
    let scenario: Scenario = load(text, "any.lua", NoFiles, Limits::default()).map_err(refused)?.remove(0);
    let cell = &scenario.study().design.cells[0];
    let world = scenario.world(cell).map_err(refused)?;
    let mut rules = scenario.rules(cell).map_err(refused)?;
    let prepared = prepare(world).map_err(|mistake| (mistake.line, mistake.message))?;
    let columns = measures(&prepared);
    let (worlds, source) = (Worlds::new(1), Source::new(1, 0));
    let record = experiment::run_plain(&prepared, &worlds, source, 6, (&columns, &curves(&prepared)), &mut rules);
    Ok((columns, record))
}

proptest! {
    #![proptest_config(cases(1500, 2010))]

    #[test]
    fn any_scenario_runs_or_says_on_which_line_it_cannot(choices in proptest::collection::vec(any::<u8>(), 100)) {
        let written = |observed: &str| Choices(choices.iter()).scenario(observed);
        let text = written("");
        let (columns, record) = match run(&text) {
            Ok(ran) => ran,
            Err((line, message)) => {
                prop_assert!(line > 0 && !message.is_empty(), "{line} {message}\n{text}");
                return Ok(());
            }
        };
        match &record.outcome {
            Outcome::Failed(message) => prop_assert!(message.starts_with("line "), "{message}\n{text}"),
            Outcome::Done => {
                for (name, value) in columns.iter().zip(&record.values) {
                    let share = name.ends_with("tried") || name.ends_with("used") || name.ends_with(".peak");
                    prop_assert!(!share || (0.0..=1.0).contains(value), "{name} is {value}\n{text}");
                }
                prop_assert!(record.curves.iter().flatten().all(|&holders| holders <= 40), "{record:?}\n{text}");
            }
        }
        let again = run(&text).map(|(_, record)| format!("{record:?}"));
        prop_assert_eq!(again.ok(), Some(format!("{record:?}")), "{}", text);

        // More observed: the same run.
        let (more, closer) = run(&written("observe('luck', mean(chance(.5)), 2)")).expect("it could be read before");
        prop_assert_eq!(&more[..columns.len()], &columns[..]);
        if record.is_done() {
            let same = |one: &f64, other: &f64| one == other || one.is_nan() && other.is_nan();
            prop_assert!(closer.values.iter().zip(&record.values).all(|(one, other)| same(one, other)), "{closer:?} {record:?}\n{text}");
            prop_assert_eq!(&closer.curves, &record.curves);
        }
    }
}
