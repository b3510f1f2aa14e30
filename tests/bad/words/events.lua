-- Mistakes about what happens in the course of a run, and where words may stand.
--[[
return scenario "bad" {
  steps = 20,
  sweep = { k = {4} },
  world = function(p)
    agents("person", 20, { doubt = .5 })
    ties("friend", graph.ring { k = 4 }, { trust = .5 })
HERE
  end,
}
]]

start { who = random(3) }
--> line 1: start: the field "stage" is missing: the stage they enter (a string) (with k = 4)

start { stage = "adopted" }
--> line 1: start: the field "who" is missing: the initial adopters (agents: a kind, name or mark in quotes, "all", or a selector such as random(10)) (with k = 4)

start("adopted")
--> line 1: start: expected a table of fields, start { stage, who, item, at, fixed }, got a string "adopted" (with k = 4)

start { stage = 3, who = "all" }
--> line 1: start: stage: expected a string, got the number 3 (with k = 4)

start { stage = "adopted", who = me.doubt }
--> line 1: start: who: expected agents (a name in quotes, or a selector such as random(10)), got an expression: where(x) chooses those for whom an expression is not 0 (with k = 4)

start { stage = "adopted", who = 3 }
--> line 1: start: who: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

start { stage = "adopted", who = "all" }
--> line 1: unknown stage "adopted"; there is no stage here (with k = 4)

stage("adopted")
start { stage = "adopted", who = "persons" }
--> line 2: unknown set of agents "persons" (did you mean "person"?); known: all, person, doubt, adopted (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", item = 3 }
--> line 2: start: item: expected a string, got the number 3 (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", item = "story" }
--> line 2: unknown item "story"; there is no item here (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", at = -1 }
--> line 2: start: at: -1 is out of range: a whole number, at least 0 (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", at = "first" }
--> line 2: start: at: expected a whole number, at least 0, got a string "first" (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", fixed = 1 }
--> line 2: start: fixed: expected true or false, got the number 1 (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", when = 5 }
--> line 2: start: unknown field "when" (did you mean "who"?); allowed: stage, who, item, at, fixed (with k = 4)

stage("adopted")
start { stage = "adopted", who = random(21) }
--> line 2: cannot choose 21 agents out of 20; ask for 20 at most, or for a share below 1 (with k = 4)

stage("adopted")
start { stage = "adopted", who = "all", at = 50 }
--> warning: line 2: start: step 50 is after the last step, 20

at(3, function() start { stage = "adopted", who = "all", at = 5 } end)
--> line 1: start: at: inside at and every the time is said by them (with k = 4)

post()
--> line 1: post: expected the name of an item in quotes, got nothing (nil) (with k = 4)

post("story", "all")
--> line 1: post: expected the name of a stage in quotes, got nothing (nil) (with k = 4)

post("story", 3, "adopted")
--> line 1: post: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

post("story", "all", "adopted")
--> line 1: unknown stage "adopted"; there is no stage here (with k = 4)

set()
--> line 1: set: expected a column such as me.trust, tie.trust or it.quality, got nothing (nil) (with k = 4)

set(me.doubt)
--> line 1: set: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

set(me.doubt, "more")
--> line 1: set: expected a number or an expression, got a string "more" (with k = 4)

set("doubt", 1)
--> line 1: set: expected a column such as me.trust, tie.trust or it.quality, got a string "doubt" (with k = 4)

set(me.dout, 1)
--> warning: line 1: set: me.dout is a column of its own; did you mean me.doubt?

set(me.followers, 1)
--> line 1: set: me.followers cannot be set: it is always how many agents hear the agent (with k = 4)

set(src.doubt, 1)
--> line 1: set: src.doubt belongs to the other end of a tie: write me.doubt (with k = 4)

set(me.doubt, 1, {})
--> line 1: set: expected agents (a name in quotes, or a selector such as random(10)), got a table (with k = 4)

set(me.doubt, 1, "persons")
--> fails with k = 4: line 1: unknown set of agents "persons" (did you mean "person"?); known: all, person, doubt

set(tie.trust, 1, random(3))
--> line 1: set: for a tie column the third argument says for which ties, such as chance(.3): expected a number or an expression, got a selector of agents (with k = 4)

set(tie.trust, 1, "all")
--> line 1: set: for a tie column the third argument says for which ties, such as chance(.3): expected a number or an expression, got a string "all" (with k = 4)

set(me.new.adopted, 1)
--> line 1: set: me.new.adopted is no column that can be set (with k = 4)

item("story", { quality = 1 })
set(it.quality, 1, "all")
--> line 2: set: a column of an item is set for the item as a whole (with k = 4)

mark()
--> line 1: mark: expected the name of a mark in quotes, got nothing (nil) (with k = 4)

mark("chosen")
--> line 1: mark: expected agents (a name in quotes, or a selector such as random(10)), got nothing (nil) (with k = 4)

mark("chosen", 3)
--> line 1: mark: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

mark("person", random(3))
--> line 1: mark: a kind of agents is called "person" already, a mark needs a name of its own (with k = 4)

mark("doubt", random(3))
--> line 1: mark: a column of agents is called "doubt" already, a mark needs a name of its own (with k = 4)

at()
--> line 1: at: expected a whole number, at least 0, got nothing (nil) (with k = 4)

at(3)
--> line 1: at: expected at(3, function() ... end), got nothing (nil) (with k = 4)

at(-1, function() end)
--> line 1: at: -1 is out of range: a whole number, at least 0 (with k = 4)

at("end", function() end)
--> line 1: at: expected a whole number, at least 0, got a string "end" (with k = 4)

at(50, function() mark("chosen", random(3)) end)
--> warning: line 1: at: step 50 is after the last step, 20

at(3, function() stage("adopted") end)
--> line 1: stage belongs directly in world(p), not inside at or every, where one can write start, post, set, mark, probe and observe (with k = 4)

at(3, function() at(4, function() end) end)
--> line 1: at belongs directly in world(p), not inside at or every, where one can write start, post, set, mark, probe and observe (with k = 4)

at(3, function() ties("late", graph.ring { k = 2 }) end)
--> line 1: ties belongs directly in world(p), not inside at or every, where one can write start, post, set, mark, probe and observe (with k = 4)

at(3, function() observe("x", 1, 5) end)
--> line 1: observe "x": inside at and every the time is said by them (with k = 4)

every(0, function() end)
--> line 1: every: 0 is out of range: a whole number, at least 1 (with k = 4)

every(2)
--> line 1: every: expected every(2, function(t) ... end), got nothing (nil) (with k = 4)

every(2, function() end, -1)
--> line 1: every: from: -1 is out of range: a whole number, at least 0 (with k = 4)

every("day", function() end)
--> line 1: every: expected a whole number, at least 1, got a string "day" (with k = 4)

probe()
--> line 1: probe: expected the name of a column in quotes, got nothing (nil) (with k = 4)

probe("yield")
--> line 1: probe "yield": the field "who" is missing: the agents that are tried, one by one (agents: a kind, name or mark in quotes, "all", or a selector such as random(10)) (with k = 4)

probe("yield", { who = "all", stage = "adopted" })
--> line 1: probe "yield": the field "steps" is missing: how many steps it is given (a whole number, at least 1) (with k = 4)

probe("yield", { who = "all", steps = 3 })
--> line 1: probe "yield": the field "stage" is missing: the stage whose holders are counted (a string) (with k = 4)

probe("yield", { stage = "adopted", steps = 3 })
--> line 1: probe "yield": the field "who" is missing: the agents that are tried, one by one (agents: a kind, name or mark in quotes, "all", or a selector such as random(10)) (with k = 4)

probe("yield", { who = 3, stage = "adopted", steps = 3 })
--> line 1: probe "yield": who: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 0 })
--> line 1: probe "yield": steps: 0 is out of range: a whole number, at least 1 (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3, replicates = 0 })
--> line 1: probe "yield": replicates: 0 is out of range: a whole number, at least 1 (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3, count = "some" })
--> line 1: probe "yield": count: expected "population" or "all", got "some" (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3, from = 3 })
--> line 1: probe "yield": from: expected a string, got the number 3 (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3, item = 3 })
--> line 1: probe "yield": item: expected a string, got the number 3 (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3, times = 3 })
--> line 1: probe "yield": unknown field "times"; allowed: who, stage, from, item, steps, replicates, count (with k = 4)

probe("yield", { who = "all", stage = "adopted", steps = 3 })
--> line 1: unknown stage "adopted"; there is no stage here (with k = 4)

stage("adopted")
probe("yield", { who = "all", stage = "adopted", steps = 3, from = "herd" })
--> line 2: unknown stage "herd"; known: adopted (with k = 4)

stage("adopted")
probe("followers", { who = "all", stage = "adopted", steps = 3 })
--> line 2: probe "followers": me.followers is always there; choose another name (with k = 4)

observe()
--> line 1: observe: expected the name of a measure in quotes, got nothing (nil) (with k = 4)

observe("x")
--> line 1: observe "x": expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", "doubt")
--> line 1: observe "x": expected a number or an expression, got a string "doubt" (with k = 4)

observe("two words", 1)
--> line 1: observe: "two words" cannot be the name of a measure: a name is letters, digits, _ and -, beginning with a letter (with k = 4)

observe("x", 1, -1)
--> line 1: observe "x": -1 is out of range: a whole number, at least 0 (with k = 4)

observe("x", 1, "end")
--> line 1: observe "x": expected a whole number, at least 0, got a string "end" (with k = 4)

observe("x", 1, 50)
--> warning: line 1: observe "x": step 50 is after the last step, 20

observe("k", 1)
--> line 1: observe "k": a parameter has that name already, a measure needs one of its own (with k = 4)

observe("steps", 1)
--> line 1: observe "steps": every row has a column of that name, a measure needs one of its own (with k = 4)

observe("status", 1)
--> line 1: observe "status": every row has a column of that name, a measure needs one of its own (with k = 4)

observe("x", 1)
observe("x", 2)
--> line 2: observe "x" is there already: each name stands once (with k = 4)

stage("adopted")
observe("adopted", 1)
--> line 2: observe "adopted": a stage has that name already, a measure needs one of its own (with k = 4)

stage("adopted")
mark("best", greedy(3, { stage = "adopted", steps = 5 }))
--> line 2: greedy tries the rules, and while the world is built there is nothing to try: use it in start, or inside at(0, function() mark(name, greedy(...)) end) (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy("three", { stage = "adopted", steps = 5 }) }
--> line 2: greedy: expected how many (a whole number, or a share below 1), got a string "three" (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3) }
--> line 2: greedy: the field "stage" is missing: the stage whose holders are counted, those who start included (a string) (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted" }) }
--> line 2: greedy: the field "steps" is missing: how many steps a try is given (a whole number, at least 1) (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adoptd", steps = 5 }) }
--> line 2: unknown stage "adoptd" (did you mean "adopted"?); known: adopted (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, replicates = 0 }) }
--> line 2: greedy: replicates: 0 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, among = 3 }) }
--> line 2: greedy: among: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, from = "herd" }) }
--> line 2: unknown stage "herd"; known: adopted (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, item = "story" }) }
--> line 2: unknown item "story"; there is no item here (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, count = "people" }) }
--> line 2: greedy: count: expected "population" or "all", got "people" (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, lazy = "yes" }) }
--> line 2: greedy: lazy: expected true or false, got a string "yes" (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(3, { stage = "adopted", steps = 5, lazyness = 1 }) }
--> line 2: greedy: unknown field "lazyness"; allowed: stage, steps, replicates, among, from, item, count, lazy (with k = 4)

stage("adopted")
start { stage = "adopted", who = greedy(30, { stage = "adopted", steps = 5 }) }
--> line 2: cannot choose 30 agents out of 20; ask for 20 at most, or for a share below 1 (with k = 4)

stage("adopted")
start { stage = "adopted", who = influential(3, { epsilon = .1 }) }
--> line 2: influential: the field "stage" is missing: the stage whose holders are counted, those who start included (a string) (with k = 4)

stage("adopted")
start { stage = "adopted", who = influential(2.5, { stage = "adopted" }) }
--> line 2: influential: 2.5 is out of range: a whole number, or a share below 1 (with k = 4)

stage("adopted", { reach = .1, emit = "once" })
start { stage = "adopted", who = influential(3, { stage = "adopted", epsilon = .9 }) }
--> line 2: influential: epsilon: 0.9 is out of range: a number, 0.01 to 0.6 (with k = 4)

stage("adopted", { reach = .1, emit = "once" })
start { stage = "adopted", who = influential(3, { stage = "adopted", steps = 0 }) }
--> line 2: influential: steps: 0 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { reach = .1, emit = "once" })
start { stage = "adopted", who = influential(3, { stage = "adopted", among = "persons" }) }
--> line 2: unknown set of agents "persons" (did you mean "person"?); known: all, person, doubt, adopted (with k = 4)

stage("adopted", { reach = .1, emit = "once" })
start { stage = "adopted", who = influential(3, { stage = "adopted", among = 3 }) }
--> line 2: influential: among: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

stage("adopted", { reach = .1, emit = "once" })
start { stage = "adopted", who = influential(3, { stage = "adopted", item = "story" }) }
--> line 2: unknown item "story"; there is no item here (with k = 4)

stage("adopted", { reach = .1 })
start { stage = "adopted", who = influential(3, { stage = "adopted" }) }
--> line 2: influential: stage "adopted" is no rule that can be followed backwards: holders try again in every step; known are independent cascades (emit = "once", needs of at most 1) and linear thresholds (needs = a column from dist.uniform(0, 1)); greedy(n, ...) chooses for any rules (with k = 4)

agents("late", 3)
check("many", true)
--> line 2: check belongs in checks = function(r) ... end: elsewhere there are no runs to speak of (with k = 4)

local x = p.kk
--> line 1: world(p): unknown parameter "kk" (did you mean "k"?); known: k (with k = 4)

p.k = 3
--> line 1: p and the tables of the language cannot be changed: keep what changes in a local (with k = 4)

local c = chart { "adopted ~ k" }
observe("x", c)
--> line 2: observe "x": expected a number or an expression, got a chart (with k = 4)

agent("bot", 3)
--> line 1: unknown word "agent" (did you mean "agents"?); names stand in quotes, locals are declared before they are used, uptake help lists the words (with k = 4)

local x = os.time()
--> line 1: os is not there: a scenario has no clock and no system; steps are its time (now, at, every) (with k = 4)

require "x"
--> line 1: require is not there: a scenario is one file; write the function in it (with k = 4)

local x = io.open("x")
--> line 1: io is not there: a scenario opens no files; graph.file and nodes read data (with k = 4)

local f = loadstring("return 1")
--> line 1: loadstring is not there: a scenario is read once, as it is written (with k = 4)

local x = _G.agents
--> line 1: _G is not there: a scenario has no table of globals (with k = 4)

local x = debug.traceback()
--> line 1: debug is not there: errors name their line; print writes to the diagnostics (with k = 4)

local x = vector.create(1, 2, 3)
--> line 1: vector is not there: a scenario computes with numbers and expressions (with k = 4)

local x = draw()
--> line 1: draw belongs inside the function of each or meet; dist.uniform and its kin draw first values, chance(p) draws in expressions (with k = 4)

cut(1)
--> line 1: cut belongs inside the function of each or meet; rewire moves ties by expressions (with k = 4)

connect(1, 2, "friend")
--> line 1: connect belongs inside the function of each or meet; ties(layer, maker) makes ties at the start (with k = 4)

local all = everyone("person")
--> line 1: everyone belongs inside the function of each or meet; selectors such as random(10) choose agents (with k = 4)

stop()
--> line 1: stop belongs inside the function of each or meet; a run ends by itself when nothing can change any more (with k = 4)

share = 3
--> line 1: share is a word of the language (function): choose another name for what is kept (with k = 4)

function mark() end
--> line 1: mark is a word of the language (statement): choose another name for what is kept (with k = 4)

set(me.memory, evidence)
--> fails with k = 4: evidence is what an agent decides on: it stands in chance and leave of a route only

mark("few", where(evidence))
--> fails with k = 4: evidence is what an agent decides on: it stands in chance and leave of a route only

update(me.doubt, 0, "person")
--> line 1: update(column, expression): expected at most 2 of them, got 3 (with k = 4)

observe("x", 1, 2, 3)
--> line 1: observe(name, expression, t): expected at most 3 of them, got 4 (with k = 4)

set(me.doubt, 1, "person", 2)
--> line 1: set(column, expression, who): expected at most 3 of them, got 4 (with k = 4)

order = "asynchronous"
--> line 1: order is a word of the language (statement): choose another name for what is kept; to use it write order "asynchronous" (with k = 4)
