//! What the VM gives and what the words of the language become.

use std::collections::BTreeSet;

use super::*;
use crate::contagion::world::*;
use crate::formula::Formula;
use crate::network::{Degrees, Maker};
use crate::script::vocabulary::{Kind, words};
use crate::stats;

/// What the expression prints, executed at the top of a file.
fn printed(expression: &str) -> String {
    let text = format!("print({expression})\nreturn scenario 's' {{ world = function(p) end }}");
    let scenario = file(&text).unwrap_or_else(|error| panic!("{expression}: {error}")).remove(0);
    scenario.printed().remove(0)
}

fn number(expression: &str) -> f64 {
    printed(&format!("string.format('%.17g', {expression})")).parse().expect("a number")
}

fn setup(body: &str) -> Vec<Setup> {
    world(body).unwrap_or_else(|error| panic!("{body}: {error}")).setup
}

fn maker(expression: &str) -> TieMaker {
    match setup(&format!("ties('friend', {expression})")).remove(0) {
        Setup::Ties(ties) => ties.maker,
        other => panic!("{other:?}"),
    }
}

#[test]
fn powers_of_plain_numbers_are_ours_and_keep_their_precedence() {
    for (x, y) in [(0.7, 2.3), (1.3, -4.7), (10.0, 0.1), (2.0, 10.0), (3.0, 4.0)] {
        assert_eq!(number(&format!("{x}^{y}")), stats::pow(x, y), "{x}^{y}");
    }
    assert_eq!(number("2^3^2"), 512.0);
    assert_eq!(number("-2^2"), -4.0);
    assert_eq!(number("2^-1 * 3"), 1.5);
    assert_eq!(number("(1 + 1)^(2 * 2) - 1"), 15.0);
    assert_eq!(number("1.1^2"), 1.1 * 1.1);
    assert_eq!(number("2^.5"), 2f64.sqrt());
}

#[test]
fn mathematics_is_ours() {
    assert_eq!(number("math.exp(1.7)"), stats::exp(1.7));
    assert_eq!(number("math.log(1.7)"), stats::log(1.7));
    assert_eq!(number("math.log(1.7, 2)"), stats::log(1.7) / stats::log(2.0));
    assert_eq!(number("math.sin(1.7) + math.pow(1.3, 2.7)"), stats::sin(1.7) + stats::pow(1.3, 2.7));
    assert_eq!(number("exp(1.7) + log(2) + sqrt(2)"), stats::exp(1.7) + stats::log(2.0) + 2f64.sqrt());
    assert_eq!(number("clamp(7, 0, 1) + max(1, 2, 3) + min(4, 5) + abs(-1) + floor(1.5)"), 10.0);
    assert_eq!(number("lt(1, 2) + le(2, 2) + gt(1, 2) + ge(1, 2) + eq(3, 3) + ne(3, 3) + when(1 < 2, 10, 20)"), 13.0);
}

#[test]
fn pairs_runs_in_one_order() {
    let walk = |table: &str| {
        printed(&format!(
            "(function() local s = '' for k, v in pairs({table}) do s = s .. tostring(k) .. ' ' end return s end)()"
        ))
    };
    assert_eq!(walk("{ 'x', 'y', b = 1, a = 2, [-1] = 3, [2.5] = 4, [true] = 5 }"), "1 2 -1 2.5 a b true ");
    assert_eq!(walk("{}"), "");
}

#[test]
fn spaced_lists_end_where_they_should() {
    assert_eq!(printed("table.concat(linspace(0, 1, 11), ' ')"), "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1");
    assert_eq!(printed("table.concat(logspace(.01, 100, 5), ' ')"), "0.01 0.1 1 10 100");
    assert_eq!(printed("table.concat(linspace(5, 9, 1), ' ')"), "5");
}

#[test]
fn parameters_keep_the_written_order_wherever_the_table_stands() {
    let order =
        |text: &str| file(text).unwrap().iter().map(|s| s.study().design.parameters.clone()).collect::<Vec<_>>();
    assert_eq!(
        order("return scenario 's' { sweep = { z = {1}, a = {2}, ['m'] = {3} }, world = print }"),
        [["z", "a", "m"]]
    );
    // Not a literal of the sweep: by name.
    assert_eq!(order("local t = { z = {1}, a = {2} } return scenario 's' { sweep = t, world = print }"), [["a", "z"]]);
}

#[test]
fn nothing_leaks_from_one_world_into_the_next() {
    let text = "local calls = 0\nfunction count() calls = calls + 1 return calls end\n\
                return scenario 's' { sweep = { k = {1, 2} }, world = function(p) agents('person', count()) end }";
    let scenario = file(text).unwrap().remove(0);
    for cell in &scenario.study().design.cells {
        let world = scenario.world(cell).unwrap();
        assert!(matches!(&world.setup[0], Setup::Agents(agents) if agents.members == Members::Count(1)));
    }
    // The same cell has the same world.
    let cell = &scenario.study().design.cells[0];
    assert_eq!(scenario.world(cell).unwrap(), scenario.world(cell).unwrap());
}

#[test]
fn every_chance_that_is_written_is_another_draw_and_a_captured_one_the_same() {
    let setup = setup("local c = chance(.5)\nset(me.a, c)\nset(me.b, c)\nset(me.d, chance(.5))");
    let tokens: Vec<u32> = setup
        .iter()
        .map(|setup| match setup {
            Setup::Set(Set { to: Formula::Chance { token, .. }, .. }) => *token,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(tokens, [0, 0, 1]);
}

#[test]
fn a_table_of_agents_gives_labels_numbers_and_codes() {
    let setup = setup(
        "agents('person', nodes 'people.csv', { doubt = .5 })\nties('knows', graph.file('known.edges', { directed = \
        false, weight = 'strength' }))",
    );
    let Setup::Agents(agents) = &setup[0] else { panic!() };
    assert_eq!(agents.members, Members::Labelled(vec!["a".into(), "b".into(), "c".into()]));
    assert_eq!(agents.columns[0], ("age".into(), Initial::Read(vec![20.0, 31.0, 55.0])));
    assert_eq!(agents.columns[1], ("club".into(), Initial::Read(vec![0.0, 1.0, 1.0])));
    assert_eq!(agents.columns[2], ("doubt".into(), Initial::Formula(Formula::Number(0.5))));
    let Setup::Ties(Ties { maker: TieMaker::File(ties), .. }) = &setup[1] else { panic!() };
    assert_eq!((ties.labels.join(" "), ties.network.ties()), ("a b c".into(), 4));
    assert_eq!(ties.columns, [("strength".to_string(), vec![3.0, 3.0, 0.5, 0.5])]);
}

#[test]
fn data_files_are_known_by_hash_and_their_faults_are_told() {
    let text = "return scenario 's' { world = function(p) ties('knows', graph.file 'known.edges') end }";
    let scenario = file(text).unwrap().remove(0);
    assert!(scenario.data().is_empty());
    let world = scenario.world(&scenario.study().design.cells[0]).unwrap();
    let hash = blake3::hash(b"a b 3\nb c 0.5\nc c 1\n").to_hex().to_string();
    assert_eq!(scenario.data(), BTreeMap::from([("known.edges".to_string(), hash)]));
    assert_eq!(scenario.warnings()[0].to_string(), "known.edges: self-ties dropped: 1");
    assert_eq!(world, scenario.world(&scenario.study().design.cells[0]).unwrap());
}

#[test]
fn values_from_outside_take_the_place_of_written_ones() {
    let text = "return scenario 's' { sweep = { k = {4, 6}, kind = {'a', 'b'}, loud = {true, false} }, steps = 10,\n\
                where = function(p) return p.k < 9 end,\n\
                world = function(p) every(1, function() mark('m', 'all') end) end }";
    let mut scenario = file(text).unwrap().remove(0);
    scenario.set("k", "8, 9").unwrap();
    scenario.set("kind", "b").unwrap();
    scenario.set("loud", "true").unwrap();
    scenario.set("steps", "3").unwrap();
    scenario.set("replicates", "7").unwrap();
    let study = scenario.study();
    assert_eq!((study.steps, study.design.replicates, study.design.cells.len()), (3, 7, 1));
    assert_eq!(study.design.cells[0].levels, [Level::Number(8.0), Level::Text("b".into()), Level::Flag(true)]);
    assert_eq!(scenario.world(&study.design.cells[0]).unwrap().timeline.len(), 3);
    let told = |scenario: &mut Scenario, name: &str, value: &str| scenario.set(name, value).unwrap_err().message;
    assert_eq!(told(&mut scenario, "k", "many"), "k=many: \"many\" is no number");
    assert_eq!(told(&mut scenario, "steps", "0"), "steps=0: expected a whole number, at least 1");
    assert_eq!(
        told(&mut scenario, "kk", "3"),
        "unknown parameter \"kk\" (did you mean \"k\"?); known: k, kind, loud, steps, seed, replicates"
    );
}

#[test]
fn structure_is_observed_at_the_start() {
    let text = "return scenario 's' { structure = { 'clustering', 'clustering.friend', 'assortativity.trait', \
                'assortativity.trait.friend', 'vulnerable_cluster.0.18', 'core_size.3.friend' }, world = function(p) end }";
    let scenario = file(text).unwrap().remove(0);
    let world = scenario.world(&scenario.study().design.cells[0]).unwrap();
    let told: Vec<_> = world
        .observations
        .iter()
        .map(|observation| match &observation.value {
            Formula::Structure { measure, layer, .. } if observation.at == Some(0) => {
                (measure.as_str(), layer.as_deref())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("clustering", None),
        ("clustering", Some("friend")),
        ("assortativity.trait", None),
        ("assortativity.trait", Some("friend")),
        ("vulnerable_cluster.0.18", None),
        ("core_size.3", Some("friend")),
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_measures_of_the_vocabulary_are_those_that_can_be_taken() {
    let told: BTreeSet<String> = words()
        .filter_map(|word| match word.kind {
            Kind::Measure => Some(word.name.to_string()),
            Kind::ColumnMeasure | Kind::ThresholdMeasure => Some(format!("{}.", word.name)),
            _ => None,
        })
        // Sizes, which a run asks for by structure = { "agents", "ties" } only.
        .chain(["agents".to_string(), "ties".to_string()])
        .collect();
    let taken: BTreeSet<String> = crate::contagion::structure::known().into_iter().map(str::to_string).collect();
    assert_eq!(told, taken);
    for structure in crate::network::measure::Structure::ALL {
        assert_eq!(vocabulary::word(structure.name()).map(|word| word.meaning), Some(structure.about()));
    }
    for structure in crate::network::measure::ThresholdStructure::ALL {
        assert_eq!(vocabulary::word(structure.name()).map(|word| word.meaning), Some(structure.about()));
    }
    for measure in crate::network::measure::AgentMeasure::ALL {
        assert_eq!(vocabulary::word(measure.name()).map(|word| word.kind), Some(Kind::Column));
    }
}

#[test]
fn every_measure_of_a_cascade_is_a_word() {
    use crate::contagion::cascade::CascadeMeasure;
    let words = vocabulary::words().filter(|word| word.kind == Kind::Cascade);
    let told: BTreeSet<&str> = words.map(|word| word.name).collect();
    assert_eq!(told, CascadeMeasure::ALL.into_iter().map(CascadeMeasure::name).collect());
}

#[test]
fn later_than_the_last_step_is_a_warning() {
    let text = "return scenario 's' { steps = 5, world = function(p)\nobserve('x', 1, 6)\nend }";
    let scenario = file(text).unwrap().remove(0);
    scenario.world(&scenario.study().design.cells[0]).unwrap();
    let warning = &scenario.warnings()[0];
    assert_eq!((warning.line, warning.to_string()), (2, "observe \"x\": step 6 is after the last step, 5".to_string()));
}

/// Executes every word that has fields with all of them, so that the reader's own assertion (each field of the
/// vocabulary is read, and no other) is met for each.
#[test]
fn every_field_of_the_vocabulary_is_read() {
    let made = [
        ("graph.ring", "graph.ring { k = 4, rewire = .1, keep = 'degree' }"),
        ("graph.random", "graph.random { p = .1 }"),
        ("graph.regular", "graph.regular { k = 3 }"),
        ("graph.configuration", "graph.configuration { degrees = power_law { exponent = 2.5, min = 2, max = 9 } }"),
        ("graph.scale_free", "graph.scale_free { m = 2, mutual = true }"),
        ("graph.clustered", "graph.clustered { m = 2, p = .5 }"),
        ("graph.grid", "graph.grid { r = 2, border = true, neighbours = 4, sides = {3, 4} }"),
        ("graph.complete", "graph.complete {}"),
        ("graph.groups", "graph.groups { size = 20, k = 3, out = .1 }"),
        ("graph.blocks", "graph.blocks { sizes = {3, 4}, p_in = .5, p_out = .1 }"),
        ("graph.members", "graph.members { of = 'a', each = 2 }"),
        ("graph.kernel", "graph.kernel { k = 3, weight = me.x, candidates = 9 }"),
        ("graph.star", "graph.star('a', random(3))"),
        ("graph.audience", "graph.audience { of = 'a', among = 'b', size = 2.5, disjoint = true }"),
        ("graph.list", "graph.list { {'a', 2} }"),
        ("graph.file", "graph.file('known.edges', { directed = false, weight = 'x' })"),
        ("graph.shuffled", "graph.shuffled(graph.complete {}, { keep = 'degree', share = .5 })"),
    ];
    for (_, expression) in made {
        maker(expression);
    }
    let statements = [
        (
            "route",
            "stage('s', { from = 's', after = 's', layer = 'l', items = {'i'}, reach = .1, emit = 'once', weight = 2, \
                   count = 'signals', memory = 3, base = .1, needs = 2, chance = .5, tries = 2, leave = .1 })",
        ),
        ("last", "stage('s', { memory = last(3, { start = 'empty' }) })"),
        ("power_law", "power_law { exponent = 2.5 }"),
        ("each", "each('all', { order = 'random' }, function(me) end)"),
        ("meet", "meet('l', { per_step = 3, choose = 'tie' }, function(speaker, hearer) end)"),
        ("contact", "contact('l', { per = 2, by = 'speaker', prefer = tie.x, gates = false })"),
        (
            "rewire",
            "rewire { layer = 'l', rate = .1, drop = .5, pick = src.x, among = 'friends_of_friends', candidates = 5, \
                    from = 2, stop = 9 }",
        ),
        ("start", "start { stage = 's', who = 'all', item = 'i', at = 3, fixed = true }"),
        (
            "probe",
            "probe('x', { who = 'all', stage = 's', from = 't', item = 'i', steps = 3, replicates = 2, count = 'all' \
            })",
        ),
    ];
    let selectors = [
        (
            "greedy",
            "mark('m', greedy(3, { stage = 's', steps = 9, replicates = 5, among = 'all', from = 't', item = 'i', count = \
             'all', lazy = false }))",
        ),
        (
            "influential",
            "mark('m', influential(3, { stage = 's', epsilon = .1, steps = 9, among = 'all', item = 'i' }))",
        ),
    ];
    let around = [
        ("until_known", "replicates = until_known { 'x', width = .1, share_above = .2, at_most = 30 }"),
        (
            "refine",
            "sweep = { z = {1, 2}, refine { 'x', share_above = .1, level = .4, within = { z = .1 }, at_most = 9 } }",
        ),
    ];
    for (_, field) in around {
        file(&format!("return scenario 's' {{ {field}, world = function(p) end }}")).unwrap();
    }
    for (_, statement) in statements.iter().chain(&selectors) {
        world(statement).unwrap_or_else(|error| panic!("{error}"));
    }
    let text = "return scenario 's' { sweep = { k = {1} }, where = function(p) return true end, replicates = 2, \
    steps = 3, \
                seed = 4, independent = true, world = function(p) end, \
                structure = { 'clustering' }, checks = function(r) end, \
                charts = { chart { 'a ~ b', title = 't', log = 'xy', width = 'double', theory = 'watts' } } }";
    let scenario = file(text).unwrap().remove(0);
    assert_eq!(scenario.study().figures[0].log.as_deref(), Some("xy"));
    let told: BTreeSet<&str> = made
        .iter()
        .chain(&statements)
        .chain(&selectors)
        .chain(&around)
        .map(|(word, _)| *word)
        .chain(["scenario", "chart"])
        .collect();
    for word in words().filter(|word| !word.fields.is_empty() || word.kind == Kind::Maker) {
        assert!(told.contains(word.name), "{} is not executed here", word.name);
    }
}

#[test]
fn the_words_that_can_be_written_are_those_of_the_vocabulary() {
    let written = ["runs", "paired", "crossings", "route"];
    for word in words().filter(|word| {
        !matches!(word.kind, Kind::Column | Kind::History | Kind::Result | Kind::Figure)
            && !written.contains(&word.name)
    }) {
        assert_ne!(printed(&format!("type({})", word.name)), "nil", "{}", word.name);
    }
    // And nothing else is there but Lua.
    let lua = ["math", "pairs", "print", "graph", "dist", "__power", "__ordered"];
    let session = Rc::new(Session::new("s.lua", source::Source::new(""), Box::new(NoFiles)));
    let vm = vm::new(&session, Limits::default()).unwrap();
    let known: BTreeSet<String> =
        mlua::Lua::new().globals().pairs::<String, mlua::Value>().map(|pair| pair.unwrap().0).collect();
    for pair in vm.named_registry_value::<mlua::Table>("uptake").unwrap().pairs::<String, mlua::Value>() {
        let (name, _) = pair.unwrap();
        assert!(known.contains(&name) || lua.contains(&name.as_str()) || vocabulary::word(&name).is_some(), "{name}");
    }
}

#[test]
fn makers_become_plain_values() {
    assert_eq!(
        maker("graph.ring { k = 4, rewire = .1, keep = 'degree' }"),
        TieMaker::Network(Maker::Ring { k: 4, rewire: 0.1, keep_degree: true })
    );
    assert_eq!(
        maker("graph.grid {}"),
        TieMaker::Network(Maker::Grid { r: 1, border: false, moore: true, sides: None })
    );
    assert_eq!(
        maker("graph.configuration { like = 'known.edges' }"),
        TieMaker::Network(Maker::Configuration { degrees: Degrees::Like(vec![1, 2, 1]) })
    );
    assert_eq!(maker("graph.list { {'a', 2} }"), TieMaker::List(vec![("a".into(), "2".into())]));
}

#[test]
fn conditions_that_lua_swallows_are_warned_of() {
    let text =
        "return scenario 's' { world = function(p)\n  local x = me.trait == 3\n  if me.vain then x = 1 end\nend }";
    let scenario = file(text).unwrap().remove(0);
    let lines: Vec<u32> = scenario.warnings().iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [2, 3]);
}
