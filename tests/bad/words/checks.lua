-- Mistakes in what is claimed of runs.
--[[
return scenario "bad" {
  steps = 5, replicates = 2,
  sweep = { phi = {.1, .2}, z = {0, 1}, refine { "adopted", within = { z = 1 } } },
  world = function(p)
    agents("person", 20)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { chance = p.z })
    start { stage = "adopted", who = random(1) }
    observe("gap", 1 - share("adopted"))
  end,
  checks = function(r)
HERE
  end,
}
]]

check()
--> FAILS  the checks stopped here: check: expected check(text, holds), got nothing (nil) as the text (line 1)

check("many adopt")
--> FAILS  the checks stopped here: check "many adopt": expected true or false, got nothing (nil); compare with <, > or == (line 1)

check("many adopt", r { z = 1 }.adopted)
--> FAILS  the checks stopped here: check "many adopt": expected true or false, got the number 1; compare with <, > or == (line 1)

check(3, true)
--> FAILS  the checks stopped here: check: expected check(text, holds), got the number 3 as the text (line 1)

check("many adopt", r.adopted > .5)
--> FAILS  the checks stopped here: r.adopted: say of which runs: r{}.adopted for all, r{ k = 4 }.adopted for some (line 1)

check("many adopt", r { z = 1 } > .5)
--> FAILS  the checks stopped here: a selection of runs has no size of its own: name a measure, such as r{ k = 4 }.adopted (line 1)

check("many adopt", r { z = 1 }.adoptd > .5)
--> FAILS  the checks stopped here: r{ z = 1 }: unknown measure "adoptd" (did you mean "adopted"?); known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)

check("many adopt", r { zz = 1 }.adopted > .5)
--> FAILS  the checks stopped here: r{...}: unknown parameter "zz" (did you mean "z"?); known: phi, z, replicate (line 1)

check("many adopt", r { z = 3 }.adopted > .5)
--> FAILS  the checks stopped here: r{ z = 3 }: no finished run matches; z is 0, 1 (line 1)

check("many adopt", r { z = {1} }.adopted > .5)
--> FAILS  the checks stopped here: r{...}: z: expected a value, got a table (line 1)

check("many adopt", r { 1 }.adopted > .5)
--> FAILS  the checks stopped here: r{...}: the number 1 has no name; write r{ k = 4 } (line 1)

check("many adopt", r(1).adopted > .5)
--> FAILS  the checks stopped here: r: expected r{ k = 4 }, got the number 1 (line 1)

check("many adopt", r {}[1] > .5)
--> FAILS  the checks stopped here: r{}: expected the name of a measure, got the number 1 (line 1)

check("many adopt", #r {} > 3)
--> FAILS  the checks stopped here: r{} is a selection of runs: name a measure, such as r{}.adopted (line 1)

check("many adopt", 2 * r { z = 1 } > 1)
--> FAILS  the checks stopped here: r{ z = 1 } is a selection of runs: name a measure, such as r{ z = 1 }.adopted (line 1)

check("many adopt", r {}:q("adopted") > .5)
--> FAILS  the checks stopped here: q("adopted", .9): expected a quantile, 0 to 1, got nothing (nil) (line 1)

check("many adopt", r {}:q("adopted", 50) > .5)
--> FAILS  the checks stopped here: q("adopted", 50): a quantile is 0 to 1 (line 1)

check("many adopt", r {}:q("adoptd", .5) > .5)
--> FAILS  the checks stopped here: r{}: unknown measure "adoptd" (did you mean "adopted"?); known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)

check("many adopt", r {}:mean() > .5)
--> FAILS  the checks stopped here: r{}:mean: expected the name of a measure in quotes, got nothing (nil) (line 1)

check("many adopt", r {}:mean("adoptd") > .5)
--> FAILS  the checks stopped here: r{}: unknown measure "adoptd" (did you mean "adopted"?); known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)

check("many adopt", r {}:share("adopted") > .5)
--> FAILS  the checks stopped here: share("adopted", .1): expected the value that runs are above, got nothing (nil) (line 1)

check("many adopt", r {}:median("adopted") > .5)
--> FAILS  the checks stopped here: r{}: unknown measure "median"; known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)

check("more adopt", r:paired("adopted").mean > 0)
--> FAILS  the checks stopped here: r:paired: expected a measure and two filters, such as ("adopted", { k = 4 }, { k = 8 }), got a string "adopted", nothing (nil), nothing (nil) (line 1)

check("more adopt", r:paired("adoptd", { z = 1 }, { z = 0 }).mean > 0)
--> FAILS  the checks stopped here: r:paired: unknown measure "adoptd" (did you mean "adopted"?); known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)

check("more adopt", r:paired("adopted", { z = 1 }, { z = 2 }).mean > 0)
--> FAILS  the checks stopped here: r{ z = 2 }: no finished run matches; z is 0, 1 (line 1)

check("more adopt", r:paired("adopted", { z = 1 }, { phi = .1 }).mean > 0)
--> FAILS  the checks stopped here: r:paired("adopted", { z = 1 }, { phi = 0.1 }): several runs of the first could be half of one pair; name the same parameters on both sides (line 1)

check("more adopt", r:paired("adopted", { z = 1 }, { z = 0 }) > 0)
--> FAILS  the checks stopped here: a comparison has no size of its own: name a part of it, such as r:paired(...).mean (line 1)

check("more adopt", r:paired("adopted", { z = 1 }, { z = 0 }).median > 0)
--> FAILS  the checks stopped here: unknown part of a comparison "median" (did you mean "mean"?); known: mean, low, high, positive, positive_low, positive_high, negative, pairs (line 1)

check("it tips", r:crossings { phi = .3 }[1].z > 0)
--> FAILS  the checks stopped here: r:crossings: phi is never 0.3; it is 0.1, 0.2 (line 1)

check("it tips", r:crossings { z = 0 }[1].z > 0)
--> FAILS  the checks stopped here: r:crossings: z is refined: its value is what a crossing tells (line 1)

check("it tips", r:crossings { ph = .1 }[1].z > 0)
--> FAILS  the checks stopped here: r:crossings: unknown parameter "ph" (did you mean "phi"?); known: phi, z (line 1)

check("it tips", r:crossings { .1 }[1].z > 0)
--> FAILS  the checks stopped here: r:crossings{...}: the number 0.1 has no name; write r:crossings{ k = 4 } (line 1)

check("it tips", r:crossings { phi = {.1} }[1].z > 0)
--> FAILS  the checks stopped here: r:crossings{...}: phi: expected a value, got a table (line 1)

check("it tips", r:crossings(.1)[1].z > 0)
--> FAILS  the checks stopped here: r:crossings: expected the values of other parameters, such as { k = 4 }, got the number 0.1 (line 1)

check("it tips", r:crossings { phi = .1 }[2].z > 0)
--> FAILS  the checks stopped here: r:crossings{ phi = 0.1 }[2]: there is 1 crossing (line 1)

check("it tips", r:crossings { phi = .1 }.z > 0)
--> FAILS  the checks stopped here: r:crossings{ phi = 0.1 } is a list of crossings: r:crossings{ phi = 0.1 }[1].z is of the first; there is 1 crossing (line 1)

check("it tips", r:crossings { phi = .1 }[1].y > 0)
--> FAILS  the checks stopped here: unknown parameter "y" (did you mean "z"?); known: phi, z (line 1)

check("it tips", r:crossing { phi = .1 }[1].z > 0)
--> FAILS  the checks stopped here: r:crossing is not there, did you mean r:crossings? (line 1)

agents("person", 3)
--> FAILS  the checks stopped here: agents belongs in world = function(p) ... end: outside it there is no world to speak of (line 1)

while true do end
--> FAILS  the checks stopped here: the scenario works for too long here: is there a loop without an end? (line 1)

local t = {}
for i = 1, 1e9 do t[i] = tostring(i) .. ("x"):rep(1000) end
--> FAILS  the checks stopped here: the scenario uses more memory than its limit allows: does a table or a text grow in a loop? (a line around it)

check("it peaks", r { z = 2 }["adopted.peak"] > 0)
--> FAILS  the checks stopped here: r{ z = 2 }: no finished run matches; z is 0, 1 (line 1)

check("all in all", r { y = 1 }["adopted.total"] > 0)
--> FAILS  the checks stopped here: r{...}: unknown parameter "y" (did you mean "z"?); known: phi, z, replicate (line 1)

check("soon", r { z = 1 }.adopted.t50 > 0)
--> FAILS  the checks stopped here: attempt to index number with 't50' (line 1)

check("half of them", r { z = 2 }["adopted.thalf"] > 0)
--> FAILS  the checks stopped here: r{ z = 2 }: no finished run matches; z is 0, 1 (line 1)

check("as many", r { z = 1 }.populations > r {}.population)
--> FAILS  the checks stopped here: r{ z = 1 }: unknown measure "populations" (did you mean "population"?); known: phi, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf, gap (line 1)
