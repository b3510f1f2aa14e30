//! Every mistake with the message it gets.

use super::*;

/// Mistakes in a world; the body begins on line 2.
const WORLDS: &[(&str, &str)] = &[
    (
        "agents('person', 10)\nstage('adopted', { needs = 1 },\n  { need = 2 })",
        ":4: stage \"adopted\", route 2: unknown field \"need\" (did you mean \"needs\"?); allowed: from, after, layer, items, reach, emit, weight, count, memory, base, needs, chance, tries, leave",
    ),
    (
        "stage('adopted', { needs = '3' })",
        ":2: stage \"adopted\", route 1: needs: expected a number or an expression, got a string \"3\"",
    ),
    (
        "stage('adopted', { reach = 1.5 })",
        ":2: stage \"adopted\", route 1: reach: 1.5 is out of range: a number or an expression, 0 to 1",
    ),
    (
        "stage('adopted', { chance = 0/0 })",
        ":2: stage \"adopted\", route 1: chance: not a number (NaN): was 0 divided by 0?",
    ),
    (
        "stage('adopted', { count = 'shares' })",
        ":2: stage \"adopted\", route 1: count: expected \"sources\", \"share\" or \"signals\", got \"shares\" (did you mean \"share\"?)",
    ),
    (
        "stage('adopted', { count = 'share', needs = 3 })",
        ":2: stage \"adopted\", route 1: needs: 3 can never be met: with count = \"share\" evidence is 0 to 1",
    ),
    (
        "stage('adopted', { memory = 0 })",
        ":2: stage \"adopted\", route 1: memory: 0 is out of range: a whole number, at least 1",
    ),
    (
        "stage('adopted', { memory = 'long' })",
        ":2: stage \"adopted\", route 1: memory: expected a whole number of steps, at least 1, or last(n), got a string \"long\"",
    ),
    (
        "stage('adopted', { tries = 1.5 })",
        ":2: stage \"adopted\", route 1: tries: 1.5 is out of range: a whole number, at least 1",
    ),
    ("stage('adopted', 3)", ":2: stage \"adopted\", route 1: expected a table of fields, got the number 3"),
    (
        "stage('adopted', { 3 })",
        ":2: stage \"adopted\", route 1: the number 3 has no name; write { from, after, layer, items, reach, emit, weight, count, memory, base, needs, chance, tries, leave }",
    ),
    (
        "stage('adopted', { items = 'story' })",
        ":2: stage \"adopted\", route 1: items: expected a list of strings, got a string \"story\"",
    ),
    ("stage('adopted')\nstage('adopted')", ":3: stage \"adopted\" is there already: each name stands once"),
    (
        "stage('two words')",
        ":2: stage: \"two words\" cannot be the name of a stage: a name is letters, digits, _ and -, beginning with a letter",
    ),
    (
        "stage(adopted)",
        ":2: unknown word \"adopted\"; names stand in quotes, locals are declared before they are used, uptake help lists the words",
    ),
    ("agents('person', -1)", ":2: agents \"person\": -1 is out of range: a whole number, at least 0"),
    (
        "agents('person', 'many')",
        ":2: agents \"person\": expected how many (a whole number), a list of names or nodes \"file.csv\", got a string \"many\"",
    ),
    ("agents('all', 3)", ":2: agents \"all\": \"all\" means the agents of every kind"),
    ("agents('person', {'a', 'b', 'a'})", ":2: agents \"person\": the name \"a\" stands twice"),
    (
        "agents('person', 10, { trust = topic { a = 1 } })",
        ":2: agents \"person\": trust: topic {...} is for columns of ties",
    ),
    (
        "agents('person', 10, {\n  followers = 3 })",
        ":3: agents \"person\": the column followers is always there (how many agents hear the agent)",
    ),
    ("agents('person', 10, { .5 })", ":2: agents \"person\": the number 0.5 has no column name; write { trust = .5 }"),
    (
        "agents('person', 3, { age = {1, 2} })",
        ":2: agents \"person\": age: 2 values for 3 agents: a list needs one for each",
    ),
    ("agents('person', 3)\nagents('person', 4)", ":3: agents \"person\" is there already: each name stands once"),
    (
        "agents('person', 3, { age = dist.uniform(3, 1) })",
        ":2: dist.uniform: high = 1 is out of range: a finite number, at least low",
    ),
    (
        "agents('person', 3, { age = .5 + dist.uniform(0, 1) })",
        ":2: a distribution gives the first values of a column and cannot be computed with: declare a column with it, then use that column in an expression",
    ),
    (
        "agents('person', nodes 'nobody.csv')",
        ":2: cannot read \"nobody.csv\": no such file (paths are relative to the scenario's folder)",
    ),
    (
        "ties('friend', graph.ring { k = 5 })",
        ":2: ring: k: 5 is odd: half of the neighbours are on each side, so k is even",
    ),
    (
        "ties('friend', graph.ring { rewire = .1 })",
        ":2: ring: the field \"k\" is missing: ties of each agent; even, half to each side (a whole number, at least 0)",
    ),
    (
        "ties('friend', graph.ring {\n  k = 4,\n  rewrie = .1 })",
        ":4: ring: unknown field \"rewrie\" (did you mean \"rewire\"?); allowed: k, rewire, keep",
    ),
    (
        "ties('friend', graph.rings { k = 4 })",
        ":2: unknown maker \"rings\" (did you mean \"ring\"?); known: audience, blocks, clustered, complete, configuration, file, grid, groups, kernel, list, members, random, regular, ring, scale_free, shuffled, star",
    ),
    (
        "ties('friend', graph.ring)",
        ":2: ties \"friend\": expected a maker such as graph.ring { k = 10 }, got a function: call it with its fields in braces",
    ),
    (
        "ties('friend', graph.random { k = 4, p = .1 })",
        ":2: random: say exactly one of k (mean degree), p (probability of a tie) and m (number of tied pairs)",
    ),
    ("ties('friend', graph.grid { neighbours = 6 })", ":2: grid: neighbours: 6 is out of range: 4 or 8"),
    (
        "ties('friend', graph.list { {'a', 'b'}, {'a'} })",
        ":2: list: tie 2: expected {speaker, hearer}, got a list of 1",
    ),
    (
        "ties('friend', graph.file('known.edges', { wieght = 'x' }))",
        ":2: file: unknown field \"wieght\" (did you mean \"weight\"?); allowed: directed, weight",
    ),
    (
        "ties('friend', graph.ring { k = 4 }, { trust = 'much' })",
        ":2: ties \"friend\": trust: expected a number, a distribution or an expression, got a string \"much\"",
    ),
    ("ties('friend', { k = 4 })", ":2: ties \"friend\": expected a maker such as graph.ring { k = 10 }, got a table"),
    (
        "ties('friend', graph.audience { of = 'a', among = 'b', size = 3 }, nil, 'c')",
        ":2: ties \"friend\": among is said twice, by the maker and as the fourth argument",
    ),
    (
        "ties('friend', graph.configuration { degrees = 'many' })",
        ":2: configuration: degrees: expected a list of whole numbers, a distribution or power_law{...}, got a string \"many\"",
    ),
    (
        "ties('friend', graph.kernel { k = 3, weight = -1 })",
        ":2: kernel: weight: -1 is out of range: a number or an expression, at least 0",
    ),
    (
        "ties('friend', graph.shuffled(graph.shuffled(graph.ring { k = 4 })))",
        ":2: shuffled: these ties are shuffled already",
    ),
    (
        "ties('friend', graph.file('people.csv', { weight = 'x' }))",
        ":2: file: weight: people.csv has no third column of numbers",
    ),
    ("item('story', { topic = me.x })", ":2: item \"story\": topic: expected a number or a string, got an expression"),
    (
        "contact('talk', { per = -1 })",
        ":2: contact \"talk\": per: -1 is out of range: a number or an expression, at least 0",
    ),
    (
        "contact('talk', { by = 'listener' })",
        ":2: contact \"talk\": by: expected \"hearer\" or \"speaker\", got \"listener\"",
    ),
    ("update(src.trust, 1)", ":2: update: src.trust belongs to the other end of a tie: write me.trust"),
    ("update(me.followers, 1)", ":2: update: me.followers cannot be set: it is always how many agents hear the agent"),
    (
        "update(me.x, 1)\nupdate(me.x, 2)",
        ":3: update: me.x is updated already; all updates happen at once, so one must say it all",
    ),
    (
        "me.x = 3",
        ":2: a column cannot be assigned: set(column, expression) sets it once, update(column, expression) every step",
    ),
    ("rewire { rate = .1 }", ":2: rewire: the field \"layer\" is missing: whose ties (a string)"),
    ("start { who = random(3) }", ":2: start: the field \"stage\" is missing: the stage they enter (a string)"),
    (
        "start { stage = 'a', who = me.x }",
        ":2: start: who: expected agents (a name in quotes, or a selector such as random(10)), got an expression: where(x) chooses those for whom an expression is not 0",
    ),
    ("start { stage = 'a', who = random(2.5) }", ":2: random: 2.5 is out of range: a whole number, or a share below 1"),
    (
        "at(3, function() start { stage = 'a', who = 'all', at = 5 } end)",
        ":2: start: at: inside at and every the time is said by them",
    ),
    (
        "at(3, function() stage 'a' end)",
        ":2: stage belongs directly in world(p), not inside at or every, where one can write start, post, set, mark, probe and observe",
    ),
    ("at(3)", ":2: at: expected at(3, function() ... end), got nothing (nil)"),
    ("every(0, function() end)", ":2: every: 0 is out of range: a whole number, at least 1"),
    (
        "set(tie.trust, 1, random(3))",
        ":2: set: for a tie column the third argument says for which ties, such as chance(.3): expected a number or an expression, got a selector of agents",
    ),
    ("set(me.new.adopted, 1)", ":2: set: me.new.adopted is no column that can be set"),
    (
        "probe('x', { who = 'all', stage = 'a' })",
        ":2: probe \"x\": the field \"steps\" is missing: how many steps it is given (a whole number, at least 1)",
    ),
    (
        "observe('x', me.y < 3)",
        ":2: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne",
    ),
    ("observe('x', lt(me.y))", ":2: lt(a, b): expected 2 of them, got 1"),
    (
        "observe('x', sum(me.y, random(3)))",
        ":2: sum: expected the name of a set of agents in quotes, got a selector of agents: give the selected agents a name with mark(name, who) and use that",
    ),
    (
        "observe('k', mean(me.y))",
        ":2: observe \"k\": a parameter has that name already, a measure needs one of its own",
    ),
    ("observe('x', 1)\nobserve('x', 2)", ":3: observe \"x\" is there already: each name stands once"),
    (
        "local c = me.y == me.z",
        ":2: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne",
    ),
    (
        "local c = 'x' .. me.y",
        ":2: an expression cannot be joined to a string: it has no value while the scenario is read",
    ),
    ("local c = me.y(3)", ":2: me.y is an expression, not a function (a product is written with *)"),
    ("local c = me + 1", ":2: me alone is no value: name a column, such as me.trust"),
    ("local c = me[nil]", ":2: me[...]: the name of the column is missing (nil)"),
    (
        "local c = me.y + true",
        ":2: expected a number or an expression, got true: == and ~= cannot compare expressions, use eq(a, b) and ne(a, b); of a \
         plain flag when(flag, 1, 0) makes a number",
    ),
    ("local c = me.y ^ 'x'", ":2: expected a number or an expression, got a string \"x\""),
    ("local c = chance(1.2)", ":2: chance(1.2): a probability is 0 to 1"),
    ("local c = me.a.b.c.d", ":2: me.a.b.c has no parts of its own: the longest name is src.new.stage.item"),
    (
        "local e = me.x\nfor i = 1, 1000 do e = e + 1 end",
        ":3: this expression has more than 10000 parts, or is nested more than 500 deep: is it built in a loop?",
    ),
    (
        "local e = me.x\nfor i = 1, 40 do e = e * e end",
        ":3: this expression has more than 10000 parts, or is nested more than 500 deep: is it built in a loop?",
    ),
    (
        "local s = random(3)\nfor i = 1, 40 do s = random(3, s) end",
        ":3: random: selectors are nested more than 16 deep: is one built in a loop?",
    ),
    (
        "local c = (1 - me.x) and 2 < me.y",
        ":2: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne",
    ),
    (
        "if me.x > 2 then end",
        ":2: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne",
    ),
    ("local c = last(0)", ":2: last: 0 is out of range: a whole number, at least 1"),
    (
        "agent('person', 3)",
        ":2: unknown word \"agent\" (did you mean \"agents\"?); names stand in quotes, locals are declared before they are used, uptake help lists the words",
    ),
    (
        "ring { k = 4 }",
        ":2: unknown word \"ring\" (did you mean \"graph.ring\"?); names stand in quotes, locals are declared before they are used, uptake help lists the words",
    ),
    (
        "local x = math.random()",
        ":2: math.random is not there: every draw has an address, so that a run can be had again; use dist.uniform and its kin for first values, chance(p) in expressions, random(n) to choose agents",
    ),
    (
        "local x = os.time()",
        ":2: os is not there: a scenario has no clock and no system; steps are its time (now, at, every)",
    ),
    ("require 'x'", ":2: require is not there: a scenario is one file; write the function in it"),
    ("local x = p.kk", ":2: world(p): unknown parameter \"kk\" (did you mean \"k\"?); known: k"),
    ("p.k = 3", ":2: p and the tables of the language cannot be changed: keep what changes in a local"),
    (
        "order 'random'",
        ":2: order: expected \"synchronous\", \"asynchronous\" or \"continuous\", got a string \"random\"",
    ),
    ("check('x', true)", ":2: check belongs in checks = function(r) ... end: elsewhere there are no runs to speak of"),
    (
        "local x = nil + 1",
        ":2: attempt to perform arithmetic (add) on nil and number: a value is missing here, look for a misspelt or forgotten name",
    ),
    ("error('mine')", ":2: mine"),
    (
        "local t = {}\nlocal x = t.a.b",
        ":3: attempt to index nil with 'b': a value is missing here, look for a misspelt or forgotten name",
    ),
    ("\nwhile true do end", ":3: the scenario works for too long here: is there a loop without an end?"),
    (
        "for k in pairs({ [me.x] = 1 }) do end",
        ":2: pairs: keys can be numbers, strings and booleans; an expression has no place in an order",
    ),
];

/// Mistakes of whole files.
const FILES: &[(&str, &str)] = &[
    (
        "scenario 's' { world = function(p) end }",
        ": a scenario file returns scenario \"name\" { ... }, or a list of them, but this one returns nothing; did you forget return?",
    ),
    (
        "return 3",
        ": a scenario file returns scenario \"name\" { ... }, or a list of them, got the number 3; did you forget return?",
    ),
    (
        "return {}",
        ": a scenario file returns scenario \"name\" { ... }, or a list of them, but the list is empty; did you forget return?",
    ),
    (
        "return scenario 's' {\n  world = function(p) end,\n  replicats = 3 }",
        ":3: scenario \"s\": unknown field \"replicats\" (did you mean \"replicates\"?); allowed: sweep, where, replicates, steps, seed, independent, world, structure, charts, checks",
    ),
    (
        "return scenario 's' { steps = 10 }",
        ":1: scenario \"s\": the field \"world\" is missing: function(p): declares the world of one run; p holds one value of each parameter (a function)",
    ),
    ("return scenario 's' { world = 3 }", ":1: scenario \"s\": world: expected a function, got the number 3"),
    (
        "return scenario 's' { world = function(p) end, steps = 0 }",
        ":1: scenario \"s\": steps: 0 is out of range: a whole number, 1 to 1000000000",
    ),
    (
        "return scenario 's' { world = function(p) end, seed = 1.5 }",
        ":1: scenario \"s\": seed: 1.5 is out of range: a whole number, at least 0",
    ),
    (
        "return scenario 's' { world = function(p) end,\n sweep = { k = {} } }",
        ":2: scenario \"s\": sweep: k: the list is empty",
    ),
    (
        "return scenario 's' { world = function(p) end, sweep = { k = 3 } }",
        ":1: scenario \"s\": sweep: k: expected a list of values such as {1, 2, 3}, got the number 3; a single value is a list of one",
    ),
    (
        "return scenario 's' { world = function(p) end, sweep = { k = {1, 'a'} } }",
        ":1: scenario \"s\": sweep: k: numbers, strings and booleans cannot be mixed in one parameter",
    ),
    (
        "return scenario 's' { world = function(p) end, sweep = { k = {1, 2, 1} } }",
        ":1: scenario \"s\": sweep: k: the value 1 stands twice",
    ),
    (
        "return scenario 's' { world = function(p) end, sweep = { replicate = {1} } }",
        ":1: scenario \"s\": sweep: replicate is a column of every row already, a parameter needs another name",
    ),
    (
        "return scenario 's' { world = function(p) end, sweep = { k = {1} }, where = function(p) return p.k > 1 end }",
        ":1: scenario \"s\": where drops every cell",
    ),
    (
        "return scenario 's' { world = function(p) end,\n charts = {\n  'adopted' } }",
        ":3: charts: \"adopted\" is no chart: write \"measure ~ parameter\", such as \"adopted ~ rewire | needs / slip\"",
    ),
    (
        "return scenario 's' { world = function(p) end, charts = { chart { 'a ~ b', log = 'z' } } }",
        ":1: chart: log: expected \"x\", \"y\", \"xy\" or \"none\", got \"z\" (did you mean \"x\"?)",
    ),
    (
        "return scenario 's' { world = function(p) end, structure = { 'clusterin' } }",
        ":1: scenario \"s\": structure: unknown measure \"clusterin\" (did you mean \"clustering\"?); known: mean_degree, degree_heterogeneity, degree_assortativity, clustering, transitivity, path_length, components, largest_component, bridge_width, complex_path_length, complex_reach, vulnerable_cluster, core_size, bridge_width_quantile, agents, ties, assortativity, modularity, same_share",
    ),
    (
        "return scenario 's' { world = function(p) end, structure = { 'assortativity' } }",
        ":1: scenario \"s\": structure: assortativity is of a column: write \"assortativity.trait\"",
    ),
    (
        "return scenario 'a b' { world = function(p) end }",
        ":1: scenario \"a b\": a name is letters, digits, - and _ (results are kept in a folder of that name)",
    ),
    (
        "return { scenario 's' { world = function(p) end }, scenario 's' { world = function(p) end } }",
        ":1: scenario \"s\" is there twice: each needs a name of its own",
    ),
    (
        "agents('person', 3)",
        ":1: agents belongs in world = function(p) ... end: outside it there is no world to speak of",
    ),
    (
        "return scenario 's' {\n  world = function(p)\n    stage('a'\n  end }",
        ":4: expected ')' (to close '(' at line 3), got 'end'",
    ),
    ("x = 'unfinished", ":1: malformed string; did you forget to finish it?"),
    (
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        ":1: the scenario works for too long here: is there a loop without an end?",
    ),
    (
        "local s = 'x' for i = 1, 40 do s = s .. s end",
        ": the scenario uses more memory than its limit allows: does a table or a text grow in a loop?",
    ),
];

#[test]
fn every_mistake_of_a_world_gets_its_message() {
    for (body, message) in WORLDS {
        let error = world(body).err().unwrap_or_else(|| panic!("{body}: no error"));
        assert_eq!(error.to_string(), format!("s.lua{message}"), "{body}");
    }
}

#[test]
fn every_mistake_of_a_file_gets_its_message() {
    for (text, message) in FILES {
        let error = file(text).err().unwrap_or_else(|| panic!("{text}: no error"));
        assert_eq!(error.to_string(), format!("s.lua{message}"), "{text}");
    }
}
