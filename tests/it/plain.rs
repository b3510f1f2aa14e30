//! Plain rules in a run: equal to what the language says where it can say it, seeded, and no more powerful than they should
//! be.

use uptake::engine::prepare;
use uptake::experiment::{self, Worlds, measures};
use uptake::record::{Outcome, Record};
use uptake::rng::Source;
use uptake::script::{Limits, NoFiles, Scenario, load};

/// A scenario of 20 steps with this world; the body begins on line 2.
fn scenario(body: &str) -> Scenario {
    let text = format!("return scenario 's' {{ steps = 20, world = function(p)\n{body}\nend }}");
    load(&text, "s.lua", NoFiles, Limits { work: 3_000_000, ..Limits::default() }).unwrap().remove(0)
}

fn run(scenario: &Scenario, replicate: u64) -> Record {
    let cell = &scenario.study().design.cells[0];
    let prepared = prepare(scenario.world(cell).unwrap()).unwrap();
    let mut rules = scenario.rules(cell).unwrap();
    let columns = measures(&prepared);
    let source = Source::new(1, replicate);
    experiment::run_plain(&prepared, &Worlds::new(1), source, 20, (&columns, &[]), &mut rules)
}

/// The last measure, which is the last one observed.
fn last(body: &str) -> f64 {
    let record = run(&scenario(body), 0);
    assert_eq!(record.outcome, Outcome::Done);
    *record.values.last().unwrap()
}

fn failure(body: &str) -> String {
    match run(&scenario(body), 0).outcome {
        Outcome::Failed(message) => message,
        Outcome::Done => panic!("it ran"),
    }
}

const PEOPLE: &str =
    "agents('person', 200, { x = dist.uniform(0, 1), y = 0 }) ties('ring', graph.ring { k = 8, rewire = .1 })\n";

#[test]
fn a_function_for_all_at_once_equals_the_same_update() {
    let function = "each('person', function(me)
        local sum, count = 0, 0
        for other in me:hears 'ring' do
            if abs(other.x - me.x) < .3 then sum, count = sum + (other.x - me.x), count + 1 end
        end
        me.x = me.x + .5 * sum / max(1, count)
    end) observe('square', mean(me.x * me.x))";
    let with_ties = function.replace("for other in", "for other, tie in");
    let update = "local near = lt(abs(src.x - me.x), .3)
        update(me.x, me.x + .5 * sum_in(near * (src.x - me.x)) / max(1, sum_in(near)))
        observe('square', mean(me.x * me.x))";
    let expected = {
        let scenario = scenario(&format!("{PEOPLE}{update}"));
        let prepared = prepare(scenario.world(&scenario.study().design.cells[0]).unwrap()).unwrap();
        let columns = measures(&prepared);
        experiment::run(&prepared, &Worlds::new(1), Source::new(1, 0), 20, &columns, &[]).values
    };
    assert_eq!(run(&scenario(&format!("{PEOPLE}{function}")), 0).values, expected);
    assert_eq!(run(&scenario(&format!("{PEOPLE}{with_ties}")), 0).values, expected);
}

#[test]
fn every_way_to_walk_meets_the_same_agents() {
    // Nested, over two layers of which one has empty rows, while ties move and columns are changed by the engine, by a
    // rule for one after another, and by one that gets hold of others by `everyone`.
    let by_row = "ties('loose', graph.random { k = 1 }) rewire { layer = 'ring', rate = .2, pick = 1 + src.x }
        stage('warm', { chance = .1, leave = .3 })
        update(me.y, .5 * me.y + me.x * chance(.2))
        each('person', { ORDER }, function(me)
            local sum = 0
            me.x = .9 * me.x -- whom those heard hear in turn
            for other in me:hears 'ring' do
                sum = sum * .9 + other.x * (1 + other.y)
                for third in other:hears 'loose' do sum = sum * .8 + third.x - other.y * third.warm end
            end
            me.x = .5 * me.x + .05 * sum
            if sum > 1 then me.warm = 1 end
        end)
        each('person', { order = 'random' }, function(me) if draw() < .01 then me.x = draw() end end)
        each('person', function(me) if draw() < .1 then me.y = everyone()[draw(200)].x end end)
        each('person', function(me)
            local most = 0
            for other in me:hears 'loose' do most = max(most, other.x, me.x) end
            me.x = .9 * me.x + .1 * most
        end)
        observe('square', mean(me.x * me.x)) observe('y', mean(me.y * me.y))";
    for order in ["", "order = 'random'"] {
        let by_row = by_row.replace("ORDER", order);
        // As text, since a time that never came is NaN.
        let told = |body: &str| format!("{:?}", run(&scenario(&format!("{PEOPLE}{body}")), 0));
        let expected = told(&by_row);
        assert!(expected.contains("Done"), "{expected}");
        // A use that is more than reading a column takes tables for buffers; a local of that name, a list for a row.
        let over_tables =
            by_row.replace(" do s", " do local _ = other s").replace(" do most", " do local _ = other most");
        let over_a_list = format!("local buffer = 0\n{by_row}");
        let over_a_list_of_tables = format!("local buffer = 0\n{over_tables}");
        let with_ties =
            by_row.replace("for other in", "for other, tie in").replace("for third in", "for third, tie in");
        for other in [over_tables, over_a_list, over_a_list_of_tables, with_ties] {
            assert!(other != by_row);
            assert_eq!(told(&other), expected);
        }
    }
}

#[test]
fn a_walk_that_only_reads_sees_lists_too_and_names_what_is_unknown() {
    let people = "agents('person', 10, { x = 0, l = list(2, 3) }) ties('ring', graph.ring { k = 2 })\n";
    let rule = |body: &str| format!("{people}each('person', function(me) for other in me:hears() do {body} end end)");
    let lists = format!("{} observe('x', sum(me.x), 2)", rule("local l = other.l me.x += l[1] + #l"));
    assert_eq!(last(&lists), 10.0 * 2.0 * 2.0 * 5.0);
    assert!(failure(&rule("me.x = other.z")).starts_with("line 3: each \"person\": unknown column of agents \"z\""));
    assert!(failure(&rule("local l = other.l l[1] = 1")).contains("the lists of others"));
    let nobody = format!("{people}each('person', function(me) for other in me.x:hears() do me.x = other.x end end)");
    assert!(failure(&nobody).contains("attempt to index a number with a string \"hears\""), "{}", failure(&nobody));
    for (wrong, meant) in [("rong", " (did you mean \"ring\"?)"), ("", "")] {
        let said = failure(&rule("").replace(":hears()", &format!(":hears '{wrong}'")));
        assert!(said.contains(&format!("hears: unknown layer \"{wrong}\"{meant}")), "{said}");
    }
}

const RANDOM: &str = "each('person', { order = 'random' }, function(me)
        if draw() < .1 then me.y = me.y + draw(6) end
        for k = 1, draw(10) do me.x = me.x + draw() - .5 end
    end)
    meet('ring', function(speaker, hearer) if draw() < .5 then hearer.x = speaker.x end end)\n";

#[test]
fn runs_are_the_same_in_any_order_and_on_any_thread() {
    let body = format!("{PEOPLE}{RANDOM}observe('x', mean(me.x))");
    let forth: Vec<Record> = {
        let scenario = scenario(&body);
        (0..6).map(|replicate| run(&scenario, replicate)).collect()
    };
    let back = std::thread::spawn(move || {
        let scenario = scenario(&body);
        let mut records: Vec<Record> = (0..6).rev().map(|replicate| run(&scenario, replicate)).collect();
        records.reverse();
        records
    });
    assert_eq!(forth, back.join().unwrap());
    assert!(forth.windows(2).all(|pair| pair[0] != pair[1]), "every replicate draws for itself");
}

#[test]
fn observing_more_and_adding_a_rule_elsewhere_move_no_draw() {
    let x = |more: &str| last(&format!("{PEOPLE}{more}{RANDOM}observe('x', mean(me.x))"));
    let plain = x("");
    assert_eq!(x("observe('chance', mean(chance(.5)), 3)"), plain);
    assert_eq!(x("agents('bot', 3) each('bot', function(me) draw() draw(3) end)"), plain);
}

#[test]
fn one_after_another_sees_the_latest_state_and_all_at_once_does_not() {
    // Everybody takes the largest neighbour: on a ring of 200 a maximum travels 4 agents a step at once, and farther
    // when those on its way have moved before.
    let spread = |options: &str| {
        last(&format!(
            "agents('person', 200, {{ x = 0 }}) ties('ring', graph.ring {{ k = 8 }}) set(me.x, 1, random(1))
             each('person', {options} function(me) for other in me:hears() do me.x = max(me.x, other.x) end end)
             observe('reached', sum(me.x), 3)"
        ))
    };
    assert_eq!(spread(""), 25.0);
    assert!(spread("{ order = 'random' },") > 25.0);
}

#[test]
fn stages_are_entered_and_left_and_heard_in_the_next_step() {
    let body = "agents('person', 10) ties('line', graph.list { {1, 2}, {2, 3} })
        stage('adopted', { needs = 1 })
        each('person', function(me, t)
            if me:number() == 1 then me.adopted = t == 3 and 1 or me.adopted end
            if me:number() == 2 and t == 6 then me.adopted = 0 end
        end)";
    let at = |time: u32| last(&format!("{body} observe('held', sum(me.adopted), {time})"));
    assert_eq!([3, 4, 5, 6, 7].map(at), [0.0, 1.0, 2.0, 3.0, 2.0]);
}

#[test]
fn what_a_rule_enters_and_a_later_one_leaves_is_not_held() {
    for order in ["synchronous", "asynchronous"] {
        let body = format!(
            "order '{order}' agents('person', 10, {{ x = 0 }}) ties('ring', graph.ring {{ k = 2 }}) stage('used', {{ needs = 3 }})
             each('person', function(me) me.used = 1 end)
             each('person', function(me) me.used = 0 end)
             each('person', function(me) if me:number() < 4 then me.used = 1 end end)
             observe('held', sum(me.used))"
        );
        assert_eq!(last(&body), 3.0);
        let record = run(&scenario(&body), 0);
        assert_eq!((record.values[2], record.values[3]), (0.3, 0.3), "its share and its peak");
    }
}

#[test]
fn ties_are_cut_and_made_both_ways_where_they_go_both_ways() {
    let body = |layer: &str, act: &str| {
        format!(
            "agents('person', 6, {{ n = 0 }}) ties('knows', {layer}, {{ strength = .5 }})
             each('person', {{ order = 'random' }}, function(me, t)
                 if t > 0 or me:number() > 1 then return end
                 local all = everyone()
                 for other, tie in me:hears 'knows' do {act} end
             end)
             update(me.n, count_in(1))
             update(tie.strength, tie.strength)"
        )
    };
    let ties = |layer: &str, act: &str| last(&format!("{} observe('ties', sum(count_in(1)), 2)", body(layer, act)));
    let strength =
        |layer: &str, act: &str| last(&format!("{} observe('s', sum(sum_in(tie.strength)), 2)", body(layer, act)));
    assert_eq!(ties("graph.complete {}", "cut(tie)"), 20.0);
    assert_eq!(ties("graph.list { {2, 1}, {3, 1}, {1, 2} }", "cut(tie)"), 1.0);
    assert_eq!(ties("graph.ring { k = 2 }", "connect(all[4], me)"), 14.0);
    assert_eq!(ties("graph.ring { k = 2 }", "cut(tie) connect(all[4], me)"), 10.0);
    assert_eq!(ties("graph.ring { k = 2 }", "connect(other, me)"), 12.0);
    assert_eq!(strength("graph.ring { k = 2 }", "tie.strength = 2"), 5.0 + 4.0);
    assert_eq!(
        strength("graph.ring { k = 2 }", "cut(tie) local new = connect(all[4], me) new.strength = 3"),
        4.0 + 3.0 + 0.5
    );
}

#[test]
fn a_run_ends_when_all_say_so_or_one_stops_it() {
    let steps = |rule: &str| {
        let record = run(
            &scenario(&format!("agents('person', 5, {{ x = 0 }}) each('person', {rule}) observe('x', sum(me.x), 9)")),
            0,
        );
        (record.values[1], *record.values.last().unwrap())
    };
    assert_eq!(steps("function(me, t) me.x = t return t >= me:number() end"), (6.0, 25.0));
    assert_eq!(steps("function(me, t) me.x = t if t == 2 and me:number() == 3 then stop() end end"), (3.0, 10.0));
    assert_eq!(steps("function(me, t) me.x = t end"), (20.0, 40.0));
}

#[test]
fn nothing_leaks_from_one_run_into_the_next() {
    let scenario = scenario(
        "local runs = 0 counted = 0
         agents('person', 3, { x = 0, l = list(2, 1) })
         each('person', function(me) runs = runs + 1 counted = counted + 1 me.l[1] = me.l[1] + 1 me.x = runs + counted + me.l[1] end)
         observe('x', sum(me.x))",
    );
    assert_eq!(run(&scenario, 0), run(&scenario, 0));
}

#[test]
fn an_error_names_line_agent_and_step_and_the_next_run_is_sound() {
    let body = "agents('person', 5, { x = 0, l = list(2) }) ties('ring', graph.ring { k = 2 })
        stage('adopted')
        each('person', function(me, t)
            if t == 3 and me:number() == 4 then
                ACT
            end
        end)";
    let said = |act: &str| failure(&body.replace("ACT", act));
    assert_eq!(
        said("me.x = 0/0"),
        "line 4: each \"person\": me.x became NaN (0/0, or the root or logarithm of a negative number) (agent 4, step 3)"
    );
    assert_eq!(
        said("me.x = 'a'"),
        "line 4: each \"person\": me.x: expected a number, got a string \"a\" (agent 4, step 3)"
    );
    assert_eq!(
        said("me.adopted = 2"),
        "line 4: each \"person\": me.adopted is a stage: expected 0 or 1, got the number 2 (agent 4, step 3)"
    );
    assert_eq!(
        said("me.quality = 1"),
        "line 6: each \"person\": unknown column of agents \"quality\"; known: x, adopted, l, hears, degree, number, is (agent 4, step 3)"
    );
    assert_eq!(
        said("local x = nil + 1"),
        "line 6: each \"person\": attempt to perform arithmetic (add) on nil and number: a value is missing here, look for a misspelt or forgotten name (agent 4, step 3)"
    );
    assert!(
        said("me:hears('rong')()")
            .starts_with("line 6: each \"person\": hears: unknown layer \"rong\" (did you mean \"ring\"?)")
    );
    assert!(
        said("while true do end")
            .contains("the scenario works for too long here: is there a loop without an end? (agent 4, step 3)")
    );
    assert!(
        said("for other in me:hears() do other.x = 1 end").contains("was written by another: all act at once here")
    );
    assert!(
        said("for other in me:hears() do other.l[1] = 1 end")
            .contains("cannot be changed, nor, where all act at once, the lists of others and what everyone() gives")
    );
    assert!(
        said("draw(0)").contains("draw(n): expected a whole number, at least 1, got the number 0 (agent 4, step 3)")
    );

    let scenario = scenario(&body.replace("ACT", "if draw() < .5 then error('unlucky') end"));
    let outcomes: Vec<bool> = (0..10).map(|replicate| run(&scenario, replicate).is_done()).collect();
    assert!(outcomes.contains(&true) && outcomes.contains(&false), "{outcomes:?}");
}

#[test]
fn a_world_with_plain_rules_does_not_run_without_them() {
    let scenario = scenario("agents('person', 3, { x = 0 })\neach('person', function(me) me.x = 1 end)");
    let prepared = prepare(scenario.world(&scenario.study().design.cells[0]).unwrap()).unwrap();
    let record = experiment::run(&prepared, &Worlds::new(1), Source::new(1, 0), 20, &[], &[]);
    let expected = "line 3: each \"person\" is a plain rule: its function has to come along with the run";
    assert_eq!(record.outcome, Outcome::Failed(expected.into()));
}
