-- What cannot be said in continuous time, or about an order of acting.
--[[
return scenario "bad" {
  steps = 5,
  world = function(p)
    order "continuous"
    agents("person", 10, { doubt = .5 })
    ties("friend", graph.ring { k = 4 }, { trust = .5 })
HERE
    start { stage = "adopted", who = random(1) }
  end,
}
]]

stage("adopted", { reach = -1 })
--> line 1: stage "adopted", route 1: reach: -1 is out of range: a number or an expression, at least 0

stage("adopted", { reach = "fast" })
--> line 1: stage "adopted", route 1: reach: expected a number or an expression, got a string "fast"

stage("adopted", { reach = 1, emit = "once" })
--> line 1: stage "adopted": emit = "once" lasts for a step, and continuous time has none; a holder signals at rate reach for as long as it holds the stage: let it leave, or leave emit out

stage("adopted", { reach = chance(.5) })
--> line 1: stage "adopted": reach: chance(p) is drawn once a step, and continuous time has none; multiply the rate by p instead

stage("adopted", { reach = now })
--> line 1: stage "adopted": reach: now changes step by step; in continuous time a rate holds until somebody enters or leaves, or at(t, function() set(...) end) changes a column

stage("adopted", { reach = 1, weight = me.new.adopted })
--> line 1: stage "adopted": weight: new changes step by step; in continuous time a rate holds until somebody enters or leaves, or at(t, function() set(...) end) changes a column

stage("adopted", { reach = 1, leave = me.age.adopted })
--> line 1: stage "adopted": leave: age changes step by step; in continuous time a rate holds until somebody enters or leaves, or at(t, function() set(...) end) changes a column

stage("adopted", { reach = 1, memory = -1 })
--> line 1: stage "adopted", route 1: memory: -1 is out of range: a whole number, at least 0

stage("adopted", { reach = 1, memory = .5 })
--> line 1: stage "adopted", route 1: memory: 0.5 is out of range: a whole number, at least 0

stage("adopted", { reach = 1, memory = 0, chance = 2 })
--> line 1: stage "adopted": with memory = 0 a signal counts for an instant, which leaves no time to wait for chance; leave chance out, or remember for longer

stage("adopted", { count = "signals", needs = 2 })
--> line 1: stage "adopted": count = "signals" counts signals one by one: give reach, the rate at which they arrive over a tie

stage("adopted", { memory = last(3) })
--> line 1: stage "adopted": memory = last(n) remembers signals; use it with count = "share" or count = "signals"

stage("adopted", {})
--> line 1: stage "adopted": nothing here takes time: give reach, the rate at which a holder signals over a tie, or chance, the rate at which one enters once the evidence suffices

stage("adopted", { reach = 1, tries = 0 })
--> line 1: stage "adopted", route 1: tries: 0 is out of range: a whole number, at least 1

stage("adopted", { reach = 1 })
each("person", function(me) end)
--> line 2: each "person": plain rules are called step by step, and order "continuous" (a line around it) has no steps; allowed with order "synchronous" or "asynchronous"

stage("adopted", { reach = 1 })
meet("friend", function(speaker, hearer) end)
--> line 2: meet "friend": plain rules are called step by step, and order "continuous" (a line around it) has no steps; allowed with order "synchronous" or "asynchronous"

stage("adopted", { reach = log(me.doubt - 1) })
--> fails with the only cell: line 1: stage "adopted": reach of a tie and of 39 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { reach = 1, leave = me.doubt / 0 })
--> fails with the only cell: line 1: stage "adopted": leave became infinite: a rate is a number
