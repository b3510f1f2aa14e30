-- Mistakes in the fields of a scenario.
--[[
return scenario "bad" {
  world = function(p)
    agents("person", 20)
    ties("friend", graph.ring { k = 4 })
    stage("adopted")
  end,
HERE
}
]]

replicats = 3,
--> line 1: scenario "bad": unknown field "replicats" (did you mean "replicates"?); allowed: sweep, where, replicates, steps, seed, independent, world, structure, charts, checks

worlds = function(p) end,
--> line 1: scenario "bad": unknown field "worlds" (did you mean "world"?); allowed: sweep, where, replicates, steps, seed, independent, world, structure, charts, checks

world = 3,
--> a line around it: scenario "bad": world: expected a function, got the number 3

steps = 0,
--> line 1: scenario "bad": steps: 0 is out of range: a whole number, 1 to 1000000000

steps = 1.5,
--> line 1: scenario "bad": steps: 1.5 is out of range: a whole number, 1 to 1000000000

steps = "many",
--> line 1: scenario "bad": steps: expected a whole number, 1 to 1000000000, got a string "many"

seed = 1.5,
--> line 1: scenario "bad": seed: 1.5 is out of range: a whole number, at least 0

seed = -1,
--> line 1: scenario "bad": seed: -1 is out of range: a whole number, at least 0

replicates = 0,
--> line 1: scenario "bad": replicates: 0 is out of range: a whole number, 1 to 1000000

replicates = "many",
--> line 1: scenario "bad": replicates: expected a whole number, 1 to 1000000, got a string "many"

replicates = { 3 },
--> line 1: scenario "bad": replicates: expected a whole number, 1 to 1000000, got a table

independent = 1,
--> line 1: scenario "bad": independent: expected true or false, got the number 1

where = 3,
--> line 1: scenario "bad": where: expected a function, got the number 3

sweep = { k = {1} }, where = function(p) return p.k > 1 end,
--> a line around it: scenario "bad": where drops every cell

sweep = { k = {1} }, where = function(p) return p.kk > 1 end,
--> line 1: where(p): unknown parameter "kk" (did you mean "k"?); known: k

structure = "clustering",
--> line 1: scenario "bad": structure: expected a list of strings, got a string "clustering"

structure = { "clusterin" },
--> line 1: scenario "bad": structure: unknown measure "clusterin" (did you mean "clustering"?); known: mean_degree, degree_heterogeneity, degree_assortativity, clustering, transitivity, path_length, components, largest_component, bridge_width, complex_path_length, complex_reach, vulnerable_cluster, core_size, bridge_width_quantile, agents, ties, assortativity, modularity, same_share

structure = { "assortativity" },
--> line 1: scenario "bad": structure: assortativity is of a column: write "assortativity.trait"

structure = { "assortativity.dout" },
--> line 1: unknown column of agents "dout"; there is no column of agents here

structure = { "core_size" },
--> line 1: scenario "bad": structure: core_size is at a number: write "core_size.2"

structure = { "core_size.many" },
--> line 1: core_size.many: expected a number, not a column

structure = { "clustering.freind" },
--> line 1: unknown layer "freind" (did you mean "friend"?); known: friend

structure = { "clustering.friend.more" },
--> line 1: scenario "bad": structure: "clustering.friend.more" has too many parts: write "measure" or "measure.layer"

structure = { "clustering", "clustering" },
--> line 1: scenario "bad": structure: "clustering" stands twice

structure = { 3 },
--> line 1: scenario "bad": structure: expected a list of strings, got the number 3

sweep = { clustering = {1, 2} }, structure = { "clustering" },
--> line 1: scenario "bad": structure: "clustering" is a parameter already

charts = "adopted ~ k",
--> line 1: scenario "bad": charts: expected a list of chart formulas, got a string "adopted ~ k"

charts = 3,
--> line 1: scenario "bad": charts: expected a list of chart formulas, got the number 3

charts = { 3 },
--> line 1: scenario "bad": charts: expected a formula such as "adopted ~ rewire" or chart {...}, got the number 3

charts = { main = "adopted ~ k" },
--> line 1: scenario "bad": charts: expected a list of chart formulas, got a field "main"

checks = 3,
--> line 1: scenario "bad": checks: expected a function, got the number 3

checks = { "adopted > .5" },
--> line 1: scenario "bad": checks: expected a function, got a table

"steps",
--> a line around it: scenario "bad": a string "steps" has no name; write scenario "name" { sweep, replicates, steps, seed, world, charts, checks, ... }

replicates = until_known { width = .1 },
--> line 1: until_known: the measure that is to be known is missing: until_known { "adopted", width = .05 }

replicates = until_known { "adopted" },
--> line 1: until_known: the field "width" is missing: of the interval, from its low to its high end (a number, at least 0)

replicates = until_known { "adopted", width = 0 },
--> line 1: until_known: width: no interval is that narrow; it is above 0

replicates = until_known { "adopted", width = "small" },
--> line 1: until_known: width: expected a number, at least 0, got a string "small"

replicates = until_known { "adopted", width = .1, share_above = "most" },
--> line 1: until_known: share_above: expected a number, got a string "most"

replicates = until_known { "adopted", width = .1, at_most = 0 },
--> line 1: until_known: at_most: 0 is out of range: a whole number, 1 to 1000000

replicates = until_known { "adopted", width = .1, at_least = 10 },
--> line 1: until_known: unknown field "at_least" (did you mean "at_most"?); allowed: width, share_above, at_most

replicates = until_known { "adoptd", width = .1 },
--> until_known: no run has the measure "adoptd" (did you mean "adopted"?); it has: population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf

replicates = until_known("adopted"),
--> line 1: until_known: expected until_known { "adopted", width = .05 }, got a string "adopted"

steps = until_known { "adopted", width = .1 },
--> line 1: scenario "bad": steps: expected a whole number, 1 to 1000000000, got until_known
