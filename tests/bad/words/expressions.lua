-- Mistakes in expressions: views, functions, totals and measures.
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

observe("x", me.doubt < 3)
--> line 1: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne (with k = 4)

observe("x", me.doubt == me.person)
--> line 1: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne (with k = 4)

observe("x", "doubt" .. me.doubt)
--> line 1: an expression cannot be joined to a string: it has no value while the scenario is read (with k = 4)

observe("x", #me.doubt)
--> line 1: an expression has no length; count_in(x), count_out(x) and sum(x) count (with k = 4)

observe("x", me.doubt(3))
--> line 1: me.doubt is an expression, not a function (a product is written with *) (with k = 4)

observe("x", me + 1)
--> line 1: me alone is no value: name a column, such as me.trust (with k = 4)

observe("x", src)
--> line 1: observe "x": expected a number or an expression, got a view without a column: name a column, such as me.trust (with k = 4)

observe("x", tie .. 1)
--> line 1: tie alone is no value: name a column, such as tie.trust (with k = 4)

observe("x", it.quality)
--> line 1: unknown column of items "quality"; there is no column of items here (with k = 4)

observe("x", dst.doubt)
--> line 1: dst.doubt speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

observe("x", me[nil])
--> line 1: me[...]: the name of the column is missing (nil) (with k = 4)

observe("x", me[3])
--> line 1: me[...]: expected the name of a column, got the number 3 (with k = 4)

observe("x", me.new.adopted.story.more)
--> line 1: me.new.adopted.story has no parts of its own: the longest name is src.new.stage.item (with k = 4)

observe("x", mean(me.doubt).person)
--> line 1: an expression has no part "person": only columns have, such as me.age.adopted (with k = 4)

observe("x", me.doubt + true)
--> line 1: expected a number or an expression, got true: == and ~= cannot compare expressions, use eq(a, b) and ne(a, b); of a plain flag when(flag, 1, 0) makes a number (with k = 4)

observe("x", me.doubt ^ "x")
--> line 1: expected a number or an expression, got a string "x" (with k = 4)

observe("x", me.doubt + nil)
--> line 1: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", me.dout)
--> line 1: me.dout speaks of an agent, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

observe("x", mean(me.dout))
--> line 1: unknown column of agents "dout" (did you mean "doubt"?); known: doubt, person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won (with k = 4)

me.doubt = 3
--> line 1: a column cannot be assigned: set(column, expression) sets it once, update(column, expression) every step (with k = 4)

now = now + 1
--> line 1: now is a word of the language (view): choose another name for what is kept (with k = 4)

observe("x", evidence)
--> line 1: evidence is what an agent decides on: it stands in chance and leave of a route only (with k = 4)

observe("x", me.age.adopted)
--> line 1: me.age.adopted speaks of an agent, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

observe("x", me.age)
--> line 1: me.age speaks of an agent, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

stage("adopted")
observe("x", me.age.adoptd)
--> line 2: me.age.adoptd speaks of an agent, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...) (with k = 4)

stage("adopted")
observe("x", sum(me.depth.adopted.story))
--> line 2: unknown item "story"; there is no item here (with k = 4)

stage("adopted")
observe("x", sum(me.credit))
--> line 2: me.credit needs a stage; known: adopted (with k = 4)

stage("adopted")
observe("x", sum(tie.won.adoptd))
--> line 2: unknown stage "adoptd" (did you mean "adopted"?); known: adopted (with k = 4)

stage("adopted")
observe("x", sum(me.new.new))
--> line 2: unknown stage "new"; known: adopted (with k = 4)

observe("x", exp())
--> line 1: exp(x): expected 1 of them, got 0 (with k = 4)

observe("x", exp(1, 2))
--> line 1: exp(x): expected 1 of them, got 2 (with k = 4)

observe("x", log("x"))
--> line 1: log: expected a number or an expression, got a string "x" (with k = 4)

observe("x", sqrt(nil))
--> line 1: sqrt: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", abs(true))
--> line 1: abs: expected a number or an expression, got true: == and ~= cannot compare expressions, use eq(a, b) and ne(a, b); of a plain flag when(flag, 1, 0) makes a number (with k = 4)

observe("x", floor(random(3)))
--> line 1: floor: expected a number or an expression, got a selector of agents (with k = 4)

observe("x", min())
--> line 1: min(a, b, ...) needs at least one number (with k = 4)

observe("x", max("a", 3))
--> line 1: max: expected a number or an expression, got a string "a" (with k = 4)

observe("x", clamp(me.doubt, 0))
--> line 1: clamp(x, low, high): expected 3 of them, got 2 (with k = 4)

observe("x", lt(me.doubt))
--> line 1: lt(a, b): expected 2 of them, got 1 (with k = 4)

observe("x", le(1, 2, 3))
--> line 1: le(a, b): expected 2 of them, got 3 (with k = 4)

observe("x", gt("a", "b"))
--> line 1: gt: expected a number or an expression, got a string "a" (with k = 4)

observe("x", ge(me.doubt, nil))
--> line 1: ge: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", eq(me.doubt))
--> line 1: eq(a, b): expected 2 of them, got 1 (with k = 4)

observe("x", ne())
--> line 1: ne(a, b): expected 2 of them, got 0 (with k = 4)

observe("x", when(me.doubt, 1))
--> line 1: when: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", when("yes", 1, 2))
--> line 1: when: expected a number or an expression, got a string "yes" (with k = 4)

observe("x", chance(1.2))
--> line 1: chance(1.2): a probability is 0 to 1 (with k = 4)

observe("x", chance("often"))
--> line 1: chance: expected a number or an expression, got a string "often" (with k = 4)

observe("x", chance())
--> line 1: chance(p): expected 1 of them, got 0 (with k = 4)

observe("x", sum_in("trust"))
--> line 1: sum_in: expected a number or an expression, got a string "trust" (with k = 4)

observe("x", mean(sum_in(tie.trust, 3)))
--> line 1: sum_in: expected the name of a layer in quotes, got the number 3 (with k = 4)

observe("x", mean(sum_in(tie.trust, "freind")))
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

observe("x", mean(mean_in(tie.trst)))
--> line 1: unknown column of ties "trst" (did you mean "trust"?); known: trust, friend, open, won (with k = 4)

observe("x", mean(max_in(tie.trust, me.doubt)))
--> line 1: max_in: expected the name of a layer in quotes, got an expression (with k = 4)

observe("x", mean(count_in()))
--> line 1: count_in: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", mean(sum_out(random(3))))
--> line 1: sum_out: expected a number or an expression, got a selector of agents (with k = 4)

observe("x", mean(mean_out(tie.trust, true)))
--> line 1: mean_out: expected the name of a layer in quotes, got true (with k = 4)

observe("x", mean(max_out(nil)))
--> line 1: max_out: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", mean(count_out(tie.trust, "all")))
--> line 1: unknown layer "all"; known: friend (with k = 4)

observe("x", share(me.adopted))
--> line 1: share: expected the name of a stage in quotes, got an expression (with k = 4)

observe("x", share("adopted"))
--> line 1: unknown column of agents "adopted"; known: doubt, person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won (with k = 4)

observe("x", share("doubt", "persons"))
--> line 1: unknown set of agents "persons" (did you mean "person"?); known: all, person, doubt (with k = 4)

observe("x", share("doubt", random(3)))
--> line 1: share: expected the name of a set of agents in quotes, got a selector of agents: give the selected agents a name with mark(name, who) and use that (with k = 4)

observe("x", sum())
--> line 1: sum: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", sum(me.doubt, random(3)))
--> line 1: sum: expected the name of a set of agents in quotes, got a selector of agents: give the selected agents a name with mark(name, who) and use that (with k = 4)

observe("x", mean("doubt"))
--> line 1: mean: expected a number or an expression, got a string "doubt" (with k = 4)

observe("x", mean(tie.trust, "person"))
--> line 1: a total over ties goes over all of them; multiply by a column to choose some (with k = 4)

observe("x", std(me.doubt, 3))
--> line 1: std: expected the name of a set of agents in quotes, got the number 3 (with k = 4)

observe("x", gini(nil))
--> line 1: gini: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", rank_corr(me.doubt))
--> line 1: rank_corr: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

observe("x", rank_corr(me.doubt, "person"))
--> line 1: rank_corr: expected a number or an expression, got a string "person" (with k = 4)

observe("x", mean_degree(3))
--> line 1: mean_degree: expected the name of a layer in quotes, got the number 3 (with k = 4)

observe("x", degree_heterogeneity("freind"))
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

observe("x", degree_assortativity(me.doubt))
--> line 1: degree_assortativity: expected the name of a layer in quotes, got an expression (with k = 4)

observe("x", clustering(random(3)))
--> line 1: clustering: expected the name of a layer in quotes, got a selector of agents: give the selected agents a name with mark(name, who) and use that (with k = 4)

observe("x", transitivity(true))
--> line 1: transitivity: expected the name of a layer in quotes, got true (with k = 4)

observe("x", path_length({}))
--> line 1: path_length: expected the name of a layer in quotes, got a table (with k = 4)

observe("x", components(.5))
--> line 1: components: expected the name of a layer in quotes, got the number 0.5 (with k = 4)

observe("x", largest_component("person"))
--> line 1: unknown layer "person"; known: friend (with k = 4)

observe("x", bridge_width(2))
--> line 1: bridge_width: expected the name of a layer in quotes, got the number 2 (with k = 4)

observe("x", complex_path_length())
--> line 1: complex_path_length(threshold, layer): expected a number, got nothing (nil) (with k = 4)

observe("x", complex_path_length("two"))
--> line 1: complex_path_length(threshold, layer): expected a number, got a string "two" (with k = 4)

observe("x", complex_reach(-1))
--> line 1: complex_reach.-1: -1 is out of range: a threshold above 0: a share below 1, a number of sources from 1 on (with k = 4)

observe("x", complex_reach(2, 3))
--> line 1: complex_reach: expected the name of a layer in quotes, got the number 3 (with k = 4)

observe("x", vulnerable_cluster("friend"))
--> line 1: vulnerable_cluster(threshold, layer): expected a number, got a string "friend" (with k = 4)

observe("x", vulnerable_cluster(0))
--> line 1: vulnerable_cluster.0: 0 is out of range: a threshold above 0: a share below 1, a number of sources from 1 on (with k = 4)

observe("x", core_size(2.5))
--> line 1: core_size.2.5: 2.5 is out of range: a whole number of neighbours, at least 0 (with k = 4)

observe("x", core_size())
--> line 1: core_size(k, layer): expected a number, got nothing (nil) (with k = 4)

observe("x", bridge_width_quantile(50))
--> line 1: bridge_width_quantile.50: 50 is out of range: a quantile, 0 to 1 (with k = 4)

observe("x", bridge_width_quantile("half"))
--> line 1: bridge_width_quantile(q, layer): expected a number, got a string "half" (with k = 4)

observe("x", assortativity())
--> line 1: assortativity: expected a column such as me.trait, got nothing (nil) (with k = 4)

observe("x", assortativity(me.dout))
--> line 1: unknown column of agents "dout" (did you mean "doubt"?); known: doubt (with k = 4)

observe("x", modularity(3))
--> line 1: modularity: expected a column such as me.trait, got the number 3 (with k = 4)

observe("x", same_share(me.doubt + 1))
--> line 1: same_share: expected a column such as me.trait, got an expression (with k = 4)

observe("x", mean(me.local_clustering(2)))
--> line 1: me.local_clustering takes nothing in parentheses; for one layer write me.local_clustering.layer (with k = 4)

observe("x", mean(me.local_bridge_width.freind))
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

observe("x", mean(me.k_shell.friend.more))
--> line 1: me.k_shell.friend.more has too many words after k_shell (with k = 4)

observe("x", mean(me.betweenness.doubt))
--> line 1: unknown layer "doubt"; known: friend (with k = 4)

observe("x", mean(me.pagerank(3)))
--> line 1: me.pagerank takes nothing in parentheses; for one layer write me.pagerank.layer (with k = 4)

observe("x", mean(me.eigenvector.person))
--> line 1: unknown layer "person"; known: friend (with k = 4)

observe("x", mean(me.complex_centrality))
--> line 1: complex_centrality takes a threshold: me.complex_centrality(2), or me.complex_centrality(me.column) with one for each agent (with k = 4)

observe("x", mean(me.complex_centrality()))
--> line 1: me.complex_centrality(threshold): expected one number above 0 or a column such as me.doubt, got nothing (with k = 4)

observe("x", mean(me.complex_centrality(0)))
--> line 1: me.complex_centrality(threshold): expected one number above 0 or a column such as me.doubt, got the number 0 (with k = 4)

observe("x", mean(me.complex_centrality(1, 2)))
--> line 1: me.complex_centrality(threshold): expected one number above 0 or a column such as me.doubt, got the number 1, the number 2 (with k = 4)

observe("x", mean(me.complex_centrality("two")))
--> line 1: me.complex_centrality(threshold): expected one number above 0 or a column such as me.doubt, got a string "two" (with k = 4)

observe("x", mean(me.complex_centrality(me.dout)))
--> line 1: unknown column of agents "dout" (did you mean "doubt"?); known: doubt (with k = 4)

observe("x", mean(me.following.freind))
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

observe("x", mean(me.followers(3)))
--> line 1: me.followers takes nothing in parentheses; for one layer write me.followers.layer (with k = 4)

observe("x", mean(me.open))
--> line 1: unknown column of agents "open"; known: doubt, person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won (with k = 4)

stage("adopted")
observe("x", reinforcement())
--> line 2: reinforcement(stage): expected the name of a stage in quotes, got nothing (nil) (with k = 4)

stage("adopted")
observe("x", virality("adoptd"))
--> line 2: unknown stage "adoptd" (did you mean "adopted"?); known: adopted (with k = 4)

stage("adopted")
observe("x", virality("adopted", 2))
--> line 2: virality(stage) takes 1 in brackets, got 2 (with k = 4)

stage("adopted")
observe("x", mean_depth(3))
--> line 2: mean_depth(stage): expected the name of a stage in quotes, got the number 3 (with k = 4)

stage("adopted")
observe("x", max_depth(me.adopted))
--> line 2: max_depth(stage): expected the name of a stage in quotes, got an expression (with k = 4)

stage("adopted")
observe("x", largest_broadcast(me.adopted))
--> line 2: largest_broadcast(stage): expected the name of a stage in quotes, got an expression (with k = 4)

stage("adopted")
observe("x", layer_share("adopted"))
--> line 2: layer_share(stage, layer): expected the name of a layer in quotes, got nothing (nil) (with k = 4)

stage("adopted")
observe("x", layer_share("adopted", "freind"))
--> line 2: unknown layer "freind" (did you mean "friend"?); known: friend (with k = 4)

stage("adopted")
observe("x", local_share("friend"))
--> line 2: unknown stage "friend"; known: adopted (with k = 4)

stage("adopted")
observe("x", response("adopted"))
--> line 2: response(stage, k): expected a number of sources, whole and at least 1, got nothing (nil) (with k = 4)

stage("adopted")
observe("x", response("adopted", 0))
--> line 2: response(stage, k): expected a number of sources, whole and at least 1, got the number 0 (with k = 4)

stage("adopted")
observe("x", time_to("adopted"))
--> line 2: time_to(stage, share): expected a share of the population, above 0 and at most 1, got nothing (nil) (with k = 4)

stage("adopted")
observe("x", time_to("adopted", 0))
--> line 2: time_to(stage, share): expected a share of the population, above 0 and at most 1, got the number 0 (with k = 4)

stage("adopted")
observe("x", peak_time("adopted", .5))
--> line 2: peak_time(stage) takes 1 in brackets, got 2 (with k = 4)

local e = me.doubt
for i = 1, 1000 do e = e + 1 end
--> line 2: this expression has more than 10000 parts, or is nested more than 500 deep: is it built in a loop? (with k = 4)

local e = me.doubt
for i = 1, 40 do e = e * e end
--> line 2: this expression has more than 10000 parts, or is nested more than 500 deep: is it built in a loop? (with k = 4)

local c = (1 - me.doubt) and 2 < me.doubt
--> line 1: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne (with k = 4)

if me.doubt > 2 then end
--> line 1: an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne (with k = 4)

if me.doubt then end
--> warning: line 1: me.doubt is an expression and always counts as true here: use when(c, a, b), a product for "and", max for "or", 1 - x for "not"

local x = math.floor(me.doubt)
--> line 1: invalid argument #1 to 'floor' (number expected, got expression): Lua's own functions take plain numbers; uptake help lists those for expressions (with k = 4)

local x = math.floor(nil)
--> line 1: invalid argument #1 to 'floor' (number expected, got nil) (with k = 4)

local x = math.random()
--> line 1: math.random is not there: every draw has an address, so that a run can be had again; use dist.uniform and its kin for first values, chance(p) in expressions, random(n) to choose agents (with k = 4)

local x = new.used
--> line 1: new is no word by itself: write me.new.stage (with k = 4)

local x = math.cosh(1)
--> line 1: math.cosh is not there (did you mean "math.cos"?); math has abs, acos, asin, atan, atan2, ceil, clamp, cos, deg, exp, floor, fmod, frexp, huge, ldexp, log, log10, log1p, max, min, modf, pi, pow, rad, round, sign, sin, sqrt, tan, tanh (with k = 4)

local x = nil + 1
--> line 1: attempt to perform arithmetic (add) on nil and number: a value is missing here, look for a misspelt or forgotten name (with k = 4)

local t = {}
local x = t.a.b
--> line 2: attempt to index nil with 'b': a value is missing here, look for a misspelt or forgotten name (with k = 4)

local t = {}
t.a.b = 3
--> line 2: attempt to index nil with 'b': a value is missing here, look for a misspelt or forgotten name (with k = 4)

local x = "a" < 3
--> line 1: attempt to compare string < number (with k = 4)

local x = {} .. "a"
--> line 1: attempt to concatenate table with string (with k = 4)

local x = ("a"):bold()
--> line 1: attempt to call missing method 'bold' of string (with k = 4)

for k in pairs({ [me.doubt] = 1 }) do end
--> line 1: pairs: keys can be numbers, strings and booleans; an expression has no place in an order (with k = 4)

for k in pairs(3) do end
--> line 1: pairs: expected a table, got the number 3 (with k = 4)

local x = 2 ^ me
--> line 1: expected a number or an expression, got a view without a column: name a column, such as me.trust (with k = 4)

x ^= 2
--> line 1: ^= is not there: write a = a ^ b, whose digits are the same on every processor

error("mine")
--> line 1: mine (with k = 4)

error({})
--> line 1: error(...) was called with something that is no text: say why in words (with k = 4)
