//! Plain rules as they are declared; what they do in a run is told by `tests/it/plain.rs`.

use super::*;
use crate::contagion::world::*;

#[test]
fn each_and_meet_name_rules_whose_functions_stay_outside_of_the_world() {
    let world = world(
        "agents('person', 10, { x = 0, culture = list(5, dist.int(1, 3)) })\n\
         ties('talk', graph.complete {})\n\
         each('person', function(me) end)\n\
         each('person', { order = 'random' }, function(me) end)\n\
         meet('talk', { per_step = 3, choose = 'tie' }, function(speaker, hearer, tie) end)",
    )
    .unwrap();
    let rules: Vec<(&str, u32)> = world.plain.iter().map(|rule| (rule.name.as_str(), rule.line)).collect();
    assert_eq!(rules, [("each \"person\"", 4), ("each \"person\" #2", 5), ("meet \"talk\"", 6)]);
    assert!(matches!(&world.plain[1].kind, PlainKind::Each { one_by_one: true, .. }));
    assert_eq!(world.plain[2].kind, PlainKind::Meet { layer: "talk".into(), per_step: Some(3), by_tie: true });
    let Setup::Agents(agents) = &world.setup[0] else { panic!() };
    assert!(matches!(&agents.columns[1].1, Initial::List { length: 5, first } if matches!(**first, Initial::Draw(_))));
    let prepared = crate::engine::prepare(world).unwrap();
    assert_eq!(prepared.words.agent_columns, ["x"]);
    assert!(!prepared.rules.timeless);
}

#[test]
fn names_beside_plain_rules_know_their_line() {
    let world = world(
        "agents('person', 10, { x = 0 })\n\
         each('person', function(me) me.x = 1 end)\n\
         update(me.x,\n me.x + me.y)",
    );
    let mistake = crate::engine::prepare(world.unwrap()).unwrap_err();
    assert_eq!(mistake.line, 5);
    assert!(mistake.message.starts_with("unknown column of agents \"y\""), "{}", mistake.message);
}

#[test]
fn mistakes_around_plain_rules_say_what_is_allowed() {
    let mistakes = [
        ("each('person')", ":2: each \"person\": expected a function, got nothing (nil)"),
        (
            "each('person', { ordr = 'random' }, function() end)",
            ":2: each \"person\": unknown field \"ordr\" (did you mean \"order\"?); allowed: order",
        ),
        (
            "each('person', { order = 'rows' }, function() end)",
            ":2: each \"person\": order: expected \"together\" or \"random\", got \"rows\"",
        ),
        (
            "each(3, function() end)",
            ":2: each: expected agents (a name in quotes, or a selector such as random(10)), got the number 3",
        ),
        ("meet('talk', function() end, {})", ":2: meet \"talk\": the function comes last, after a table"),
        (
            "meet('talk', { per_step = 'all' }, function() end)",
            ":2: meet \"talk\": per_step: expected \"agents\" or a whole number, at least 1, got a string \"all\"",
        ),
        (
            "local x = draw()",
            ":2: draw belongs inside the function of each or meet; dist.uniform and its kin draw first values, chance(p) \
             draws in expressions",
        ),
        ("agents('a', 3, { l = list(0) })", ":2: list: 0 is out of range: a whole number, at least 1"),
        ("agents('a', 3, { l = list(2, me.x) })", ":2: list: it is filled with a number or a distribution"),
        (
            "agents('a', 3)\nties('t', graph.ring { k = 2 }, { l = list(2) })",
            ":3: ties \"t\": l: list(...) is for agents; ties have columns only",
        ),
    ];
    for (body, message) in mistakes {
        assert_eq!(world(body).unwrap_err().to_string(), format!("s.lua{message}"), "{body}");
    }
    let unknown = world("agents('person', 3)\nmeet('talk', function() end)").unwrap();
    let mistake = crate::engine::prepare(unknown).unwrap_err();
    assert_eq!((mistake.line, mistake.message.as_str()), (3, "unknown layer \"talk\"; there is no layer here"));
}
