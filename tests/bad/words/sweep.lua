-- Mistakes in what is varied, and in designs of it.
--[[
return scenario "bad" {
  world = function(p)
    agents("person", 20)
    stage("adopted")
  end,
HERE
}
]]

sweep = 3,
--> line 1: scenario "bad": sweep: expected a table of lists such as { k = {4, 8} }, got the number 3

sweep = { {1, 2} },
--> line 1: scenario "bad": sweep: the number 1 has no name; write sweep = { k = {4, 8} }

sweep = { k = 3 },
--> line 1: scenario "bad": sweep: k: expected a list of values such as {1, 2, 3}, got the number 3; a single value is a list of one

sweep = { k = {} },
--> line 1: scenario "bad": sweep: k: the list is empty

sweep = { k = {1, "a"} },
--> line 1: scenario "bad": sweep: k: numbers, strings and booleans cannot be mixed in one parameter

sweep = { k = {1, 2, 1} },
--> line 1: scenario "bad": sweep: k: the value 1 stands twice

sweep = { k = {0, -0} },
--> line 1: scenario "bad": sweep: k: the value 0 stands twice

sweep = { k = { {1}, {2} } },
--> line 1: scenario "bad": sweep: k: a value is a number, a string, true or false, not a table

sweep = { k = {1 / 0} },
--> line 1: scenario "bad": sweep: k: inf is no value of a parameter

sweep = { k = { a = 1 } },
--> line 1: scenario "bad": sweep: k: levels: expected a list, got a field "a"

sweep = { replicate = {1} },
--> line 1: scenario "bad": sweep: replicate is a column of every row already, a parameter needs another name

sweep = { ["two words"] = {1} },
--> line 1: scenario "bad": sweep: "two words" cannot be the name of a parameter: a name is letters, digits, _ and -, beginning with a letter

sweep = { k = linspace(1, 2) },
--> line 1: linspace: expected a whole number, at least 1, got nothing (nil)

sweep = { k = linspace("a", 2, 3) },
--> line 1: linspace(a, b, n): expected numbers as ends, got a string "a"

sweep = { k = linspace(1, 2, 0) },
--> line 1: linspace: 0 is out of range: a whole number, at least 1

sweep = { k = linspace(0, 1 / 0, 3) },
--> line 1: linspace: both ends must be finite numbers

sweep = { k = linspace(1, 1, 3) },
--> line 1: scenario "bad": sweep: k: the value 1 stands twice

sweep = { k = logspace(0, 2, 3) },
--> line 1: logspace: both ends must be finite numbers above 0, got 0 and 2

sweep = { k = logspace(1, 2, 2.5) },
--> line 1: logspace: 2.5 is out of range: a whole number, at least 1

sweep = { k = logspace(1) },
--> line 1: logspace(a, b, n): expected numbers as ends, got nothing (nil)

sweep = { a = linspace(0, 1, 10000), b = linspace(0, 1, 10000) },
--> line 1: scenario "bad": sweep: 100000000 combinations are too many: at most 10000000 are possible

sweep = zip { k = {4, 8}, n = {1} },
--> line 1: zip: k has 2 values and n has 1: each value of one belongs to the value of the other at its place

sweep = zip { k = {4, 8} },
--> line 1: zip: it pairs the values of two parameters or more; one alone is written name = {...}

sweep = zip { k = {4, 4}, n = {1, 1} },
--> line 1: zip: the values at place 2 stand together at an earlier place already

sweep = zip { k = {4, 8}, n = 3 },
--> line 1: zip: n: expected a list of values such as {1, 2, 3}, got the number 3; a single value is a list of one

sweep = zip { {4, 8}, {1, 2} },
--> line 1: zip: a table has no name; write zip { k = {4, 8}, n = {100, 200} }

sweep = zip(3),
--> line 1: zip: expected zip { k = {4, 8}, n = {100, 200} }, got the number 3

sweep = { zip { k = {4}, n = {1} }, k = {2} },
--> line 1: scenario "bad": sweep: the parameter k is there twice

sweep = { pairs = zip { k = {4}, n = {1} } },
--> line 1: scenario "bad": sweep: pairs: expected a list of values such as {1, 2, 3}, got zip, sample or points; a single value is a list of one

sweep = zip { k = {4}, n = {1} } + 1,
--> line 1: a part of a sweep is no number: write it into sweep = { ... }

sweep = sample { x = {.1, .3} },
--> line 1: sample: n is missing, the number of points: sample { n = 64, method = "sobol", phi = {.05, .4}, z = {1, 10} }

sweep = sample { n = 8 },
--> line 1: sample: no parameter has a range: sample { n = 64, method = "sobol", phi = {.05, .4}, z = {1, 10} }

sweep = sample { n = 0, x = {0, 1} },
--> line 1: sample: n: 0 is out of range: a whole number, at least 1

sweep = sample { n = 2e6, x = {0, 1} },
--> line 1: sample: n: 2000000 points are too many: at most 1000000

sweep = sample { n = 8, method = "latn", x = {0, 1} },
--> line 1: sample: method: expected "sobol", "latin" or "random", got "latn" (did you mean "latin"?)

sweep = sample { n = 8, method = 3, x = {0, 1} },
--> line 1: sample: method: expected "sobol", "latin" or "random", got the number 3

sweep = sample { n = 8, x = {1, 0} },
--> line 1: sample: x: 1 is not below 0; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = {1} },
--> line 1: sample: x: got 1 values; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = 3 },
--> line 1: sample: x: got the number 3; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = {"a", "b"} },
--> line 1: sample: x: both ends are numbers; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = {0, 1, "log"} },
--> line 1: sample: x: a logarithmic range begins above 0, not at 0; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = {.5, 2, "whole"} },
--> line 1: sample: x: 0.5 and 2 are not both whole numbers; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, x = {0, 1, "lin"} },
--> line 1: sample: x: "lin" is no scale; a range is {low, high}, {low, high, "log"} or {low, high, "whole"}

sweep = sample { n = 8, ["two words"] = {0, 1} },
--> line 1: sample: "two words" cannot be the name of a parameter: a name is letters, digits, _ and -, beginning with a letter

sweep = sample { 8, x = {0, 1} },
--> line 1: sample: the number 8 has no name; write sample { n = 64, method = "sobol", phi = {.05, .4}, z = {1, 10} }

sweep = sample(8),
--> line 1: sample: expected sample { n = 64, method = "sobol", phi = {.05, .4}, z = {1, 10} }, got the number 8

sweep = sample { n = 8, steps = {0, 1} },
--> line 1: scenario "bad": sweep: steps is a column of every row already, a parameter needs another name

sweep = points "gone.csv",
--> line 1: points: cannot read "gone.csv": No such file or directory (os error 2) (paths are relative to the scenario's folder)

sweep = points "torn.csv",
--> line 1: points: "torn.csv", a line around it: 1 value for 2 parameters

sweep = points { 1 },
--> line 1: points: expected the path of a CSV file in quotes, got a table

sweep = points(),
--> line 1: points: expected the path of a CSV file in quotes, got nothing (nil)

sweep = { points "points.csv", k = {4, 8} },
--> line 1: scenario "bad": sweep: the parameter k is there twice

sweep = refine { "adopted", within = { z = .1 } },
--> line 1: scenario "bad": sweep: expected a table of lists such as { k = {4, 8} }, got refine

sweep = { z = {1, 2}, refine { within = { z = .1 } } },
--> line 1: refine: the measure that is to be followed is missing: refine { "adopted", share_above = .1, level = .5, within = { z = .1 } }

sweep = { z = {1, 2}, refine { "adopted" } },
--> line 1: refine: within: is missing, the width for each parameter: refine { "adopted", share_above = .1, level = .5, within = { z = .1 } }

sweep = { z = {1, 2}, refine("adopted") },
--> line 1: refine: expected refine { "adopted", share_above = .1, level = .5, within = { z = .1 } }, got a string "adopted"

sweep = { z = {1, 2}, refine { "adopted", within = .1 } },
--> line 1: refine: within: expected within = { z = .1, phi = .01 }, got the number 0.1

sweep = { z = {1, 2}, refine { "adopted", within = { .1 } } },
--> line 1: refine: within: the number 0.1 has no name; write within = { z = .1, phi = .01 }

sweep = { z = {1, 2}, refine { "adopted", within = { z = 0 } } },
--> line 1: refine: within: z: expected a number above 0, got the number 0

sweep = { z = {1, 2}, refine { "adopted", within = { z = "narrow" } } },
--> line 1: refine: within: z: expected a number above 0, got a string "narrow"

sweep = { z = {1, 2}, refine { "adopted", within = {} } },
--> line 1: refine: within: a transition is followed over one or two parameters, not 0

sweep = { a = {1, 2}, b = {1, 2}, c = {1, 2}, refine { "adopted", within = { a = .1, b = .1, c = .1 } } },
--> line 1: refine: within: a transition is followed over one or two parameters, not 3

sweep = { phi = {1, 2}, refine { "adopted", within = { pih = .1 } } },
--> line 1: scenario "bad": sweep: refine: unknown parameter "pih" (did you mean "phi"?); known: phi

sweep = { z = {1}, refine { "adopted", within = { z = .1 } } },
--> line 1: scenario "bad": sweep: refine: z has one value; a step is between two

sweep = { z = {"a", "b"}, refine { "adopted", within = { z = .1 } } },
--> line 1: scenario "bad": sweep: refine: z is no number: there is nothing between its values

sweep = { zip { z = {1, 2}, n = {1, 2} }, refine { "adopted", within = { z = .1 } } },
--> line 1: scenario "bad": sweep: refine: z is given by zip; between listed values alone are steps

sweep = { sample { n = 8, z = {1, 2} }, refine { "adopted", within = { z = .1 } } },
--> line 1: scenario "bad": sweep: refine: z is given by sample; between listed values alone are steps

sweep = { z = {1, 2}, refine { "adopted", withn = 1, within = { z = .1 } } },
--> line 1: refine: unknown field "withn" (did you mean "within"?); allowed: share_above, level, within, at_most

sweep = { z = {1, 2}, refine { "adopted", share_above = "most", within = { z = .1 } } },
--> line 1: refine: share_above: expected a number, got a string "most"

sweep = { z = {1, 2}, refine { "adopted", level = "half", within = { z = .1 } } },
--> line 1: refine: level: expected a number, got a string "half"

sweep = { z = {1, 2}, refine { "adopted", level = 1 / 0, within = { z = .1 } } },
--> line 1: refine: level: inf is out of range: a number

sweep = { z = {1, 2}, refine { "adopted", at_most = 0, within = { z = .1 } } },
--> line 1: refine: at_most: 0 is out of range: a whole number, 1 to 1000000

sweep = { z = {1, 2}, refine { "adopted", at_most = 2.5, within = { z = .1 } } },
--> line 1: refine: at_most: 2.5 is out of range: a whole number, 1 to 1000000

sweep = { z = {1, 2, 3}, refine { "adopted", at_most = 2, within = { z = .1 } } },
--> line 1: scenario "bad": sweep: refine: at_most: 2 cells in all are fewer than the 3 of the lists

sweep = { z = {1, 2}, refine { "adopted", within = { z = .1 } }, refine { "adopted", within = { z = .2 } } },
--> line 1: scenario "bad": sweep: refine is there twice: a sweep follows one transition

sweep = { z = {1, 2}, edge = refine { "adopted", within = { z = .1 } } },
--> line 1: scenario "bad": sweep: edge: expected a list of values such as {1, 2, 3}, got refine; a single value is a list of one

sweep = { z = {1, 2}, refine { "adoptd", within = { z = .1 } } },
--> refine: no run has the measure "adoptd" (did you mean "adopted"?); it has: population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf

sweep = { z = {1, 2}, refine { "z", within = { z = .1 } } },
--> refine: no run has the measure "z"; it has: population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf

sweep = { z = {1, 2}, 2 * refine { "adopted", within = { z = .1 } } },
--> line 1: refine is no number: write it into sweep = { ... }

sweep = { z = {1, 2}, refine { "adopted", within = { z = .1 } } }, where = function(p) return true end,
--> line 1: scenario "bad": where: drops cells, and refine adds some: a sweep has one or the other
