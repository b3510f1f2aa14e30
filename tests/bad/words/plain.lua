-- Mistakes in plain functions: in how they are declared, and in what they do in a run.
--[[
return scenario "bad" {
  steps = 5,
  world = function(p)
    agents("person", 4, { mood = 1, memory = list(2) })
    agents("bot", 1)
    ties("talk", graph.ring { k = 2 }, { trust = .5 }, "person")
    stage("adopted")
HERE
  end,
}
]]

each()
--> line 1: each: expected agents (a name in quotes, or a selector such as random(10)), got nothing (nil)

each("person")
--> line 1: each "person": expected a function, got nothing (nil)

each("person", 3)
--> line 1: each "person": expected a function, got nothing (nil)

each(3, function(me) end)
--> line 1: each: expected agents (a name in quotes, or a selector such as random(10)), got the number 3

each("persons", function(me) end)
--> line 1: unknown set of agents "persons" (did you mean "person"?); known: all, person, bot, mood, adopted

each("person", { ordr = "random" }, function(me) end)
--> line 1: each "person": unknown field "ordr" (did you mean "order"?); allowed: order

each("person", { order = "rows" }, function(me) end)
--> line 1: each "person": order: expected "together" or "random", got "rows"

each("person", function(me) end, { order = "random" })
--> line 1: each "person": the function comes last, after a table

meet("talk")
--> line 1: meet "talk": expected a function, got nothing (nil)

meet(3, function(speaker, hearer) end)
--> line 1: meet: expected the name of a layer in quotes, got the number 3

meet("walk", function(speaker, hearer) end)
--> line 1: unknown layer "walk" (did you mean "talk"?); known: talk

meet("talk", { per_step = "all" }, function(speaker, hearer) end)
--> line 1: meet "talk": per_step: expected "agents" or a whole number, at least 1, got a string "all"

meet("talk", { per_step = 0 }, function(speaker, hearer) end)
--> line 1: meet "talk": per_step: 0 is out of range: a whole number, at least 1

meet("talk", { per_step = 2.5 }, function(speaker, hearer) end)
--> line 1: meet "talk": per_step: 2.5 is out of range: a whole number, at least 1

meet("talk", { choose = "speaker" }, function(speaker, hearer) end)
--> line 1: meet "talk": choose: expected "hearer" or "tie", got "speaker" (did you mean "hearer"?)

meet("talk", { chose = "tie" }, function(speaker, hearer) end)
--> line 1: meet "talk": unknown field "chose" (did you mean "choose"?); allowed: per_step, choose

meet("talk", function(speaker, hearer) end, {})
--> line 1: meet "talk": the function comes last, after a table

each("person", function(me) me.mod = 1 end)
--> fails with the only cell: line 1: each "person": unknown column of agents "mod" (did you mean "mood"?); known: mood, adopted, memory, hears, degree, number, is (agent 1, step 0)

each("person", function(me) local x = me.mod end)
--> fails with the only cell: line 1: each "person": unknown column of agents "mod" (did you mean "mood"?); known: mood, adopted, memory, hears, degree, number, is (agent 1, step 0)

each("person", function(me) local x = me.bot end)
--> fails with the only cell: line 1: each "person": "bot" is no column: me:is("bot") says whether it is one (agent 1, step 0)

each("person", function(me) me.mood = nil end)
--> fails with the only cell: line 1: each "person": me.mood was set to nothing (nil); a column holds a number (agent 1, step 0)

each("person", function(me) me.mood = "good" end)
--> fails with the only cell: line 1: each "person": me.mood: expected a number, got a string "good" (agent 1, step 0)

each("person", function(me) me.mood = 0 / 0 end)
--> fails with the only cell: line 1: each "person": me.mood became NaN (0/0, or the root or logarithm of a negative number) (agent 1, step 0)

each("person", function(me) me.mood = true end)
--> fails with the only cell: line 1: each "person": me.mood: expected a number, got true (agent 1, step 0)

each("person", function(me) me.adopted = 2 end)
--> fails with the only cell: line 1: each "person": me.adopted is a stage: expected 0 or 1, got the number 2 (agent 1, step 0)

each("person", function(me) me.memory = 3 end)
--> fails with the only cell: line 1: each "person": me.memory: expected a list, got the number 3 (agent 1, step 0)

each("all", function(me) local x = me.memory[1] end)
--> fails with the only cell: line 1: each "all": the list memory belongs to agents of kind person only (agent 5, step 0)

each("person", function(me) me[1] = 3 end)
--> fails with the only cell: line 1: each "person": agents have columns with names, not the number 1 (agent 1, step 0)

each("person", function(me) for other in me:hears("walk") do end end)
--> fails with the only cell: line 1: each "person": hears: unknown layer "walk" (did you mean "talk"?); known: talk (agent 1, step 0)

each("person", function(me) for other in me:hears(3) do end end)
--> fails with the only cell: line 1: each "person": hears: expected a layer in quotes (talk), got the number 3 (agent 1, step 0)

each("person", function(me) local x = me:degree("walk") end)
--> fails with the only cell: line 1: each "person": degree: unknown layer "walk" (did you mean "talk"?); known: talk (agent 1, step 0)

each("person", function(me) local x = me:is("persons") end)
--> fails with the only cell: line 1: each "person": unknown kind of agents "persons" (did you mean "person"?); known: person, bot (agent 1, step 0)

each("person", function(me) local x = me:is(3) end)
--> fails with the only cell: line 1: each "person": is: expected the name of a kind, got the number 3 (agent 1, step 0)

each("person", function(me) local x = me:neighbours() end)
--> fails with the only cell: line 1: each "person": unknown column of agents "neighbours"; known: mood, adopted, memory, hears, degree, number, is (agent 1, step 0)

each("person", function(me) for other in me:hears("talk") do other.mood = 2 end end)
--> fails with the only cell: line 1: each "person": mood of agent 1 was written by another: all act at once here, so each writes to itself only; with { order = "random" } they act one after another and may write to others (agent 4, step 0)

each("person", function(me) for other, tie in me:hears("talk") do tie.trst = 2 end end)
--> fails with the only cell: line 1: each "person": unknown column of ties "trst" (did you mean "trust"?); known: trust (agent 1, step 0)

each("person", function(me) for other, tie in me:hears("talk") do tie.trust = "full" end end)
--> fails with the only cell: line 1: each "person": tie.trust: expected a number, got a string "full" (agent 1, step 0)

each("person", function(me) for _, other in ipairs(everyone()) do other.memory[1] = 2 end end)
--> fails with the only cell: line 1: each "person": the tables of the language cannot be changed, nor, where all act at once, the lists of others and what everyone() gives; with { order = "random" } agents may change the lists of others (agent 1, step 0)

each("person", function(me) local x = everyone("persons") end)
--> fails with the only cell: line 1: each "person": unknown kind of agents "persons" (did you mean "person"?); known: person, bot (agent 1, step 0)

each("person", function(me) local x = everyone(3) end)
--> fails with the only cell: line 1: each "person": everyone: expected the name of a kind, got the number 3 (agent 1, step 0)

each("person", function(me) local x = draw(0) end)
--> fails with the only cell: line 1: each "person": draw(n): expected a whole number, at least 1, got the number 0 (agent 1, step 0)

each("person", function(me) local x = draw("six") end)
--> fails with the only cell: line 1: each "person": draw(n): expected a whole number, at least 1, got a string "six" (agent 1, step 0)

each("person", function(me) local x = draw(2.5) end)
--> fails with the only cell: line 1: each "person": draw(n): expected a whole number, at least 1, got the number 2.5 (agent 1, step 0)

each("person", function(me) cut(3) end)
--> fails with the only cell: line 1: each "person": cut: expected a tie, got the number 3 (agent 1, step 0)

each("person", function(me) cut() end)
--> fails with the only cell: line 1: each "person": cut: expected a tie, got nothing (nil) (agent 1, step 0)

each("person", function(me) connect(me) end)
--> fails with the only cell: line 1: each "person": connect: expected an agent, got nothing (nil) (agent 1, step 0)

each("person", function(me) connect(me, me, "talk") end)
--> fails with the only cell: line 1: each "person": connect: an agent is not tied to itself (agent 1, step 0)

each("person", function(me) connect(me, everyone()[1], "walk") end)
--> fails with the only cell: line 1: each "person": connect: unknown layer "walk" (did you mean "talk"?); known: talk (agent 1, step 0)

each("person", function(me) connect(1, 2, "talk") end)
--> fails with the only cell: line 1: each "person": connect: expected an agent, got the number 1 (agent 1, step 0)

each("person", function(me) update(me.mood, 2) end)
--> fails with the only cell: line 1: each "person": update belongs in world = function(p) ... end: outside it there is no world to speak of (agent 1, step 0)

each("person", function(me) observe("x", 1) end)
--> fails with the only cell: line 1: each "person": observe belongs in world = function(p) ... end: outside it there is no world to speak of (agent 1, step 0)

each("person", function(me) set(me.mood, 2) end)
--> fails with the only cell: line 1: each "person": set belongs in world = function(p) ... end: outside it there is no world to speak of (agent 1, step 0)

each("person", function(me) me.mood = me.mood + mean(me.mood) end)
--> fails with the only cell: line 1: each "person": me.mood: expected a number, got an expression (agent 1, step 0)

each("person", function(me) me.mood = math.random() end)
--> fails with the only cell: line 1: each "person": math.random is not there: every draw has an address, so that a run can be had again; use dist.uniform and its kin for first values, chance(p) in expressions, random(n) to choose agents (agent 1, step 0)

each("person", function(me) math.floor = nil end)
--> fails with the only cell: line 1: each "person": the tables of the language cannot be changed, nor, where all act at once, the lists of others and what everyone() gives; with { order = "random" } agents may change the lists of others (agent 1, step 0)

each("person", function(me) local x = nil + me.mood end)
--> fails with the only cell: line 1: each "person": attempt to perform arithmetic (add) on nil and number: a value is missing here, look for a misspelt or forgotten name (agent 1, step 0)

each("person", function(me) error("mine") end)
--> fails with the only cell: line 1: each "person": mine (agent 1, step 0)

each("person", function(me) while true do end end)
--> fails with the only cell: line 1: each "person": the scenario works for too long here: is there a loop without an end? (agent 1, step 0)

each("person", function(me) local s = "x" while true do s = s .. s end end)
--> fails with the only cell: line 1: each "person": the scenario uses more memory than its limit allows: does a table or a text grow in a loop? (agent 1, step 0)

each("person", function(me) local function deep() return 1 + deep() end deep() end)
--> fails with the only cell: line 1: each "person": a function calls itself without an end (agent 1, step 0)

observe("x", mean(sum_in(src.memory)))
--> line 1: unknown column of agents "memory"; known: mood, person, bot, adopted, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won

observe("x", mean(me.memory))
--> line 1: unknown column of agents "memory"; known: mood, person, bot, adopted, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won
