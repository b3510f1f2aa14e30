-- Mistakes about stages, their routes, contacts, updates and rewiring.
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

stage(adopted)
--> line 1: unknown word "adopted"; names stand in quotes, locals are declared before they are used, uptake help lists the words (with k = 4)

stage(3)
--> line 1: stage: expected the name of a stage in quotes, got the number 3 (with k = 4)

stage("two words")
--> line 1: stage: "two words" cannot be the name of a stage: a name is letters, digits, _ and -, beginning with a letter (with k = 4)

stage("adopted")
stage("adopted")
--> line 2: stage "adopted" is there already: each name stands once (with k = 4)

stage("adopted", 3)
--> line 1: stage "adopted", route 1: expected a table of fields, got the number 3 (with k = 4)

stage("adopted", "friend")
--> line 1: stage "adopted", route 1: expected a table of fields, got a string "friend" (with k = 4)

stage("adopted", { 3 })
--> line 1: stage "adopted", route 1: the number 3 has no name; write { from, after, layer, items, reach, emit, weight, count, memory, base, needs, chance, tries, leave } (with k = 4)

stage("adopted", { needs = 1 },
  { need = 2 })
--> line 2: stage "adopted", route 2: unknown field "need" (did you mean "needs"?); allowed: from, after, layer, items, reach, emit, weight, count, memory, base, needs, chance, tries, leave (with k = 4)

stage("adopted", { from = 3 })
--> line 1: stage "adopted", route 1: from: expected a string, got the number 3 (with k = 4)

stage("adopted", { from = "adoptd" })
--> line 1: stage "adopted": unknown stage "adoptd" (did you mean "adopted"?); known: adopted (with k = 4)

stage("adopted", { after = 3 })
--> line 1: stage "adopted", route 1: after: expected a string, got the number 3 (with k = 4)

stage("adopted", { after = "herd" })
--> line 1: stage "adopted": unknown stage "herd"; known: adopted (with k = 4)

stage("adopted", { after = "adopted" })
--> line 1: stage "adopted" would have to be entered after itself (with k = 4)

stage("adopted", { layer = 3 })
--> line 1: stage "adopted", route 1: layer: expected a string, got the number 3 (with k = 4)

stage("adopted", { layer = "freind" })
--> line 1: stage "adopted": unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

stage("adopted", { items = "story" })
--> line 1: stage "adopted", route 1: items: expected a list of strings, got a string "story" (with k = 4)

stage("adopted", { items = { "story" } })
--> line 1: stage "adopted": unknown item "story"; there is no item here (with k = 4)

stage("adopted", { items = { 3 } })
--> line 1: stage "adopted", route 1: items: expected a list of strings, got the number 3 (with k = 4)

stage("adopted", { items = { first = "story" } })
--> line 1: stage "adopted", route 1: items: expected a list of strings, got a field "first" (with k = 4)

stage("adopted", { reach = 1.5 })
--> line 1: stage "adopted", route 1: reach: 1.5 is out of range: a number or an expression, 0 to 1 (with k = 4)

stage("adopted", { reach = "half" })
--> line 1: stage "adopted", route 1: reach: expected a number or an expression, got a string "half" (with k = 4)

stage("adopted", { reach = trust })
--> line 1: unknown word "trust"; names stand in quotes, locals are declared before they are used, uptake help lists the words (with k = 4)

stage("adopted", { reach = tie.trst })
--> line 1: stage "adopted": unknown column of ties "trst" (did you mean "trust"?); known: trust, friend, open, won (with k = 4)

stage("adopted", { emit = "twice" })
--> line 1: stage "adopted", route 1: emit: expected "always" or "once", got "twice" (with k = 4)

stage("adopted", { emit = 1 })
--> line 1: stage "adopted", route 1: emit: expected "always" or "once", got the number 1 (with k = 4)

stage("adopted", { weight = "strong" })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got a string "strong" (with k = 4)

stage("adopted", { weight = { 1 } })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got a table (with k = 4)

stage("adopted", { weight = random(3) })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got a selector of agents (with k = 4)

stage("adopted", { weight = me })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got a view without a column: name a column, such as me.trust (with k = 4)

stage("adopted", { weight = me.doubt > .5 })
--> line 1: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne (with k = 4)

stage("adopted", { weight = me.doubt == .5 })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got false: == and ~= cannot compare expressions, use eq(a, b) and ne(a, b); of a plain flag when(flag, 1, 0) makes a number (with k = 4)

stage("adopted", { weight = dist.uniform(0, 1) })
--> line 1: stage "adopted", route 1: weight: expected a number or an expression, got a distribution: a distribution gives the first values of a column; declare one and compute with it (with k = 4)

stage("adopted", { weight = evidence })
--> line 1: stage "adopted": evidence is what an agent decides on: it stands in chance and leave of a route only (with k = 4)

stage("adopted", { count = "shares" })
--> line 1: stage "adopted", route 1: count: expected "sources", "share" or "signals", got "shares" (did you mean "share"?) (with k = 4)

stage("adopted", { count = "share", needs = 3 })
--> line 1: stage "adopted", route 1: needs: 3 can never be met: with count = "share" evidence is 0 to 1 (with k = 4)

stage("adopted", { memory = 0 })
--> line 1: stage "adopted", route 1: memory: 0 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { memory = 2.5 })
--> line 1: stage "adopted", route 1: memory: 2.5 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { memory = "long" })
--> line 1: stage "adopted", route 1: memory: expected a whole number of steps, at least 1, or last(n), got a string "long" (with k = 4)

stage("adopted", { memory = last(0) })
--> line 1: last: 0 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { memory = last(3, "full") })
--> line 1: last: expected a table of fields, last(n, { start, tie }), got a string "full" (with k = 4)

stage("adopted", { memory = last(3, { start = "half" }) })
--> line 1: last: start: expected "full" or "empty", got "half" (with k = 4)

stage("adopted", { memory = last(3, { tie = "coin" }) })
--> line 1: last: tie: expected "half", "stay", "draw", "yes" or "no", got "coin" (with k = 4)

stage("adopted", { memory = last(3, { ties = "yes" }) })
--> line 1: last: unknown field "ties" (did you mean "tie"?); allowed: start, tie (with k = 4)

stage("adopted", { base = "none" })
--> line 1: stage "adopted", route 1: base: expected a number or an expression, got a string "none" (with k = 4)

stage("adopted", { base = tie.trust })
--> line 1: stage "adopted": tie.trust speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

stage("adopted", { base = evidence })
--> line 1: stage "adopted": evidence is what an agent decides on: it stands in chance and leave of a route only (with k = 4)

stage("adopted", { needs = "3" })
--> line 1: stage "adopted", route 1: needs: expected a number or an expression, got a string "3" (with k = 4)

stage("adopted", { needs = 0 / 0 })
--> line 1: stage "adopted", route 1: needs: not a number (NaN): was 0 divided by 0? (with k = 4)

stage("adopted", { needs = src.doubt })
--> line 1: stage "adopted": src.doubt speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

stage("adopted", { chance = -1 })
--> line 1: stage "adopted", route 1: chance: -1 is out of range: a number or an expression, 0 to 1 (with k = 4)

stage("adopted", { chance = "rare" })
--> line 1: stage "adopted", route 1: chance: expected a number or an expression, got a string "rare" (with k = 4)

stage("adopted", { tries = 0 })
--> line 1: stage "adopted", route 1: tries: 0 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { tries = 1.5 })
--> line 1: stage "adopted", route 1: tries: 1.5 is out of range: a whole number, at least 1 (with k = 4)

stage("adopted", { tries = me.doubt })
--> line 1: stage "adopted", route 1: tries: expected a whole number, at least 1, got an expression (with k = 4)

stage("adopted", { leave = 2 })
--> line 1: stage "adopted", route 1: leave: 2 is out of range: a number or an expression, 0 to 1 (with k = 4)

stage("adopted", { leave = "never" })
--> line 1: stage "adopted", route 1: leave: expected a number or an expression, got a string "never" (with k = 4)

contact("friend", { per = -1 })
--> line 1: contact "friend": per: -1 is out of range: a number or an expression, at least 0 (with k = 4)

contact("friend", { per = "all" })
--> line 1: contact "friend": per: expected a number or an expression, got a string "all" (with k = 4)

contact("friend", { by = "listener" })
--> line 1: contact "friend": by: expected "hearer" or "speaker", got "listener" (with k = 4)

contact("friend", { prefer = -1 })
--> line 1: contact "friend": prefer: -1 is out of range: a number or an expression, at least 0 (with k = 4)

contact("friend", { prefer = "best" })
--> line 1: contact "friend": prefer: expected a number or an expression, got a string "best" (with k = 4)

contact("friend", { gates = 0 })
--> line 1: contact "friend": gates: expected true or false, got the number 0 (with k = 4)

contact("friend", { pre = 2 })
--> line 1: contact "friend": unknown field "pre" (did you mean "per"?); allowed: per, by, prefer, gates (with k = 4)

contact("friend", 2)
--> line 1: contact "friend": expected a table of fields, contact(layer, { per, by, prefer, gates }), got the number 2 (with k = 4)

contact("freind", { per = 2 })
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

contact(3, { per = 2 })
--> line 1: contact: expected the name of a layer in quotes, got the number 3 (with k = 4)

contact("friend", { per = 1 })
contact("friend", { per = 2 })
--> line 2: contact "friend" is there already: each name stands once (with k = 4)

contact("friend", { per = src.doubt })
--> line 1: src.doubt speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

update("doubt", 1)
--> line 1: update: expected a column such as me.trust, tie.trust or it.quality, got a string "doubt" (with k = 4)

update(me.doubt)
--> line 1: update: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

update(me.doubt, "more")
--> line 1: update: expected a number or an expression, got a string "more" (with k = 4)

update(me.doubt + 1, 1)
--> line 1: update: expected a column such as me.trust, tie.trust or it.quality, got an expression (with k = 4)

update(now, 1)
--> line 1: update: now cannot be set (with k = 4)

update(src.doubt, 1)
--> line 1: update: src.doubt belongs to the other end of a tie: write me.doubt (with k = 4)

update(me.followers, 1)
--> line 1: update: me.followers cannot be set: it is always how many agents hear the agent (with k = 4)

update(me.dout, 1)
--> warning: line 1: update: me.dout is a column of its own; did you mean me.doubt?

update(me.doubt.x, 1)
--> line 1: update: me.doubt.x is no column that can be set (with k = 4)

update(me.person, 1)
--> line 1: update: me.person cannot be set: it says who is of the kind "person" (with k = 4)

update(tie.open, 1)
--> line 1: update: tie.open cannot be set: it is always 1 for ties that a contact opened in this step (with k = 4)

update(me.doubt, src.doubt)
--> line 1: src.doubt speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

update(me.doubt, 1)
update(me.doubt, 2)
--> line 2: update: me.doubt is updated already; all updates happen at once, so one must say it all (with k = 4)

rewire { rate = .1 }
--> line 1: rewire: the field "layer" is missing: whose ties (a string) (with k = 4)

rewire { layer = "freind" }
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

rewire { layer = 3 }
--> line 1: rewire: layer: expected a string, got the number 3 (with k = 4)

rewire { layer = "friend", rate = 2 }
--> line 1: rewire: rate: 2 is out of range: a number or an expression, 0 to 1 (with k = 4)

rewire { layer = "friend", drop = -1 }
--> line 1: rewire: drop: -1 is out of range: a number or an expression, 0 to 1 (with k = 4)

rewire { layer = "friend", pick = -1 }
--> line 1: rewire: pick: -1 is out of range: a number or an expression, at least 0 (with k = 4)

rewire { layer = "friend", among = "friends" }
--> line 1: rewire: among: expected "anyone" or "friends_of_friends", got "friends" (with k = 4)

rewire { layer = "friend", candidates = 0 }
--> line 1: rewire: candidates: 0 is out of range: a whole number, at least 1 (with k = 4)

rewire { layer = "friend", from = -1 }
--> line 1: rewire: from: -1 is out of range: a whole number, at least 0 (with k = 4)

rewire { layer = "friend", from = 9, stop = 5 }
--> line 1: rewire: stop: it stops before it begins (with k = 4)

rewire { layer = "friend", stop = "late" }
--> line 1: rewire: stop: expected a whole number, at least 0, got a string "late" (with k = 4)

rewire { layer = "friend", until_step = 5 }
--> line 1: rewire: unknown field "until_step"; allowed: layer, rate, drop, pick, among, candidates, from, stop (with k = 4)

rewire("friend")
--> line 1: rewire: expected a table of fields, rewire { layer, rate, drop, pick, among, candidates, from, stop }, got a string "friend" (with k = 4)

order("random")
--> line 1: order: expected "synchronous", "asynchronous" or "continuous", got a string "random" (with k = 4)

order("synchronous")
order("asynchronous")
--> line 2: order: said already in line 1; a world has one order (with k = 4)

stage("adopted")
order("continuous")
--> line 2: order: has to stand before stage "adopted" (line 1): in continuous time reach, chance and leave are rates (with k = 4)

stage("heard", { after = "told" })
stage("told", { after = "heard" })
--> line 2: stage "heard" would have to be entered after itself (with k = 4)

item("story")
item("offer")
stage("adopted", { items = { "stroy" } })
--> line 3: stage "adopted": unknown item "stroy" (did you mean "story"?); known: story, offer (with k = 4)

item("story")
item("offer")
stage("adopted", { weight = me.adopted })
--> line 3: stage "adopted": me.adopted needs an item, such as me.adopted.story; known: story, offer (with k = 4)

item("story", { topic = "sport" })
ties("trusted", graph.ring { k = 2 }, { faith = topic { music = 1 } })
stage("adopted", { weight = tie.faith })
--> line 3: stage "adopted": unknown topic "sport"; known: music (with k = 4)
