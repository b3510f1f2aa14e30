-- Mistakes about layers of ties and the makers of them.
--[[
return scenario "bad" {
  steps = 20,
  sweep = { k = {4} },
  world = function(p)
HERE
  end,
}
]]

ties(3, graph.ring { k = 4 })
--> line 1: ties: expected the name of a layer in quotes, got the number 3 (with k = 4)

ties("friend")
--> line 1: ties "friend": expected a maker such as graph.ring { k = 10 }, got nothing (nil) (with k = 4)

ties("friend", "known.edges")
--> line 1: ties "friend": expected a maker such as graph.ring { k = 10 }, got a string "known.edges": graph.file reads one from a file (with k = 4)

ties("friend", { k = 4 })
--> line 1: ties "friend": expected a maker such as graph.ring { k = 10 }, got a table (with k = 4)

ties("friend", graph.ring)
--> line 1: ties "friend": expected a maker such as graph.ring { k = 10 }, got a function: call it with its fields in braces (with k = 4)

ties("friend", graph.rings { k = 4 })
--> line 1: unknown maker "rings" (did you mean "ring"?); known: audience, blocks, clustered, complete, configuration, file, grid, groups, kernel, list, members, random, regular, ring, scale_free, shuffled, star (with k = 4)

ring { k = 4 }
--> line 1: unknown word "ring" (did you mean "graph.ring"?); names stand in quotes, locals are declared before they are used, uptake help lists the words (with k = 4)

local twice = 2 * graph.ring { k = 4 }
--> line 1: a maker of ties is no number: give it to ties(layer, maker) (with k = 4)

ties("friend", graph.ring { k = 4 }, .5)
--> line 1: ties "friend": expected a table of columns such as { trust = .5 }, got the number 0.5 (with k = 4)

ties("friend", graph.ring { k = 4 }, { .5 })
--> line 1: ties "friend": the number 0.5 has no column name; write { trust = .5 } (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = "much" })
--> line 1: ties "friend": trust: expected a number, a distribution or an expression, got a string "much" (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = list(2) })
--> line 1: ties "friend": trust: list(...) is for agents; ties have columns only (with k = 4)

ties("friend", graph.ring { k = 4 }, { open = 1 })
--> line 1: ties "friend": the column open is always there (1 for ties that a contact opened in this step) (with k = 4)

ties("friend", graph.ring { k = 4 }, nil, 3)
--> line 1: ties "friend": among: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = topic(3) })
--> line 1: topic: expected a table such as topic { running = .6 }, got the number 3 (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = topic { .6 } })
--> line 1: topic: the number 0.6 has no name; write topic { running = .6 } (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = topic { a = "much" } })
--> line 1: topic, a: expected a number, a distribution or an expression, got a string "much" (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = topic { a = topic { b = 1 } } })
--> line 1: topic, a: topics have no topics of their own (with k = 4)

ties("friend", graph.ring { k = 4 }, { trust = 1 + topic { a = .6 } })
--> line 1: topic {...} is the first value of a tie column and cannot be computed with (with k = 4)

ties("friend", graph.ring { k = 5 })
--> line 1: ring: k: 5 is odd: half of the neighbours are on each side, so k is even (with k = 4)

ties("friend", graph.ring { k = -2 })
--> line 1: ring: k: -2 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.ring { rewire = .1 })
--> line 1: ring: the field "k" is missing: ties of each agent; even, half to each side (a whole number, at least 0) (with k = 4)

ties("friend", graph.ring {
  k = 4,
  rewrie = .1,
})
--> line 3: ring: unknown field "rewrie" (did you mean "rewire"?); allowed: k, rewire, keep (with k = 4)

ties("friend", graph.ring { k = 4, rewire = 1.5 })
--> line 1: ring: rewire: 1.5 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.ring { k = 4, rewire = "some" })
--> line 1: ring: rewire: expected a number, 0 to 1, got a string "some" (with k = 4)

ties("friend", graph.ring { k = 4, keep = "ties" })
--> line 1: ring: keep: expected "degree", got "ties" (with k = 4)

ties("friend", graph.ring { 4 })
--> line 1: ring: the number 4 has no name; write graph.ring { k, rewire = 0, keep } (with k = 4)

ties("friend", graph.ring(4))
--> line 1: ring: expected a table of fields, graph.ring { k, rewire = 0, keep }, got the number 4 (with k = 4)

ties("friend", graph.random {})
--> line 1: random: say exactly one of k (mean degree), p (probability of a tie) and m (number of tied pairs) (with k = 4)

ties("friend", graph.random { k = 4, p = .1 })
--> line 1: random: say exactly one of k (mean degree), p (probability of a tie) and m (number of tied pairs) (with k = 4)

ties("friend", graph.random { k = -1 })
--> line 1: random: k: -1 is out of range: a number, at least 0 (with k = 4)

ties("friend", graph.random { p = 2 })
--> line 1: random: p: 2 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.random { m = 2.5 })
--> line 1: random: m: 2.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.random { degree = 4 })
--> line 1: random: unknown field "degree"; allowed: k, p, m (with k = 4)

ties("friend", graph.regular {})
--> line 1: regular: the field "k" is missing: ties of each agent (a whole number, at least 0) (with k = 4)

ties("friend", graph.regular { k = 2.5 })
--> line 1: regular: k: 2.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.configuration {})
--> line 1: configuration: say exactly one of degrees and like (with k = 4)

ties("friend", graph.configuration { degrees = "many" })
--> line 1: configuration: degrees: expected a list of whole numbers, a distribution or power_law{...}, got a string "many" (with k = 4)

ties("friend", graph.configuration { degrees = {1, 2.5} })
--> line 1: configuration: degrees: 2.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.configuration { degrees = {1, 2}, like = "known.edges" })
--> line 1: configuration: say exactly one of degrees and like (with k = 4)

ties("friend", graph.configuration { like = 3 })
--> line 1: configuration: like: expected a string, got the number 3 (with k = 4)

ties("friend", graph.configuration { like = "nobody.edges" })
--> line 1: cannot read "nobody.edges": No such file or directory (os error 2) (paths are relative to the scenario's folder) (with k = 4)

ties("friend", graph.configuration { degrees = power_law {} })
--> line 1: power_law: the field "exponent" is missing: how fast large degrees become rare (a number, at least 0) (with k = 4)

ties("friend", graph.configuration { degrees = power_law { exponent = -2 } })
--> line 1: power_law: exponent: -2 is out of range: a number, at least 0 (with k = 4)

ties("friend", graph.configuration { degrees = power_law { exponent = 2, min = 0 } })
--> line 1: power_law: min: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.configuration { degrees = power_law { exponent = 2, max = 1.5 } })
--> line 1: power_law: max: 1.5 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.configuration { degrees = power_law { exponents = 2 } })
--> line 1: power_law: unknown field "exponents" (did you mean "exponent"?); allowed: exponent, min, max (with k = 4)

ties("friend", graph.configuration { degrees = power_law(2) })
--> line 1: power_law: expected a table of fields, power_law { exponent, min, max }, got the number 2 (with k = 4)

ties("friend", graph.scale_free {})
--> line 1: scale_free: the field "m" is missing: whom each newcomer follows (a whole number, at least 1) (with k = 4)

ties("friend", graph.scale_free { m = 0 })
--> line 1: scale_free: m: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.scale_free { m = 2, mutual = 1 })
--> line 1: scale_free: mutual: expected true or false, got the number 1 (with k = 4)

ties("friend", graph.clustered { m = 2 })
--> line 1: clustered: the field "p" is missing: probability of closing a triangle after a tie (a number, 0 to 1) (with k = 4)

ties("friend", graph.clustered { m = 0, p = .5 })
--> line 1: clustered: m: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.clustered { m = 2, p = 50 })
--> line 1: clustered: p: 50 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.grid { r = 0 })
--> line 1: grid: r: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.grid { border = "yes" })
--> line 1: grid: border: expected true or false, got a string "yes" (with k = 4)

ties("friend", graph.grid { neighbours = 6 })
--> line 1: grid: neighbours: 6 is out of range: 4 or 8 (with k = 4)

ties("friend", graph.grid { neighbours = 9 })
--> line 1: grid: neighbours: 9 is out of range: a whole number, 4 to 8 (with k = 4)

ties("friend", graph.grid { sides = 4 })
--> line 1: grid: sides: expected a list of whole numbers, got the number 4 (with k = 4)

ties("friend", graph.grid { sides = {4} })
--> line 1: grid: sides: expected a list {rows, columns} (with k = 4)

ties("friend", graph.grid { sides = {4, 2.5} })
--> line 1: grid: sides: 2.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.complete { k = 4 })
--> line 1: complete: unknown field "k"; it takes no fields (with k = 4)

ties("friend", graph.groups { size = 5 })
--> line 1: groups: the field "k" is missing: mean number of ties of an agent inside its group (a number, at least 0) (with k = 4)

ties("friend", graph.groups { size = 0, k = 2 })
--> line 1: groups: size: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.groups { size = 5, k = -2 })
--> line 1: groups: k: -2 is out of range: a number, at least 0 (with k = 4)

ties("friend", graph.groups { size = 5, k = 2, out = 2 })
--> line 1: groups: out: 2 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.blocks { sizes = 5, p_in = .5, p_out = .1 })
--> line 1: blocks: sizes: expected a list of whole numbers, got the number 5 (with k = 4)

ties("friend", graph.blocks { sizes = {5, 2.5}, p_in = .5, p_out = .1 })
--> line 1: blocks: sizes: 2.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.blocks { sizes = {5, 5}, p_out = .1 })
--> line 1: blocks: the field "p_in" is missing: probability of a tie inside a block (a number, 0 to 1) (with k = 4)

ties("friend", graph.blocks { sizes = {5, 5}, p_in = 5, p_out = .1 })
--> line 1: blocks: p_in: 5 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.blocks { sizes = {5, 5}, p_in = .5, p_out = -1 })
--> line 1: blocks: p_out: -1 is out of range: a number, 0 to 1 (with k = 4)

ties("friend", graph.members { each = 2 })
--> line 1: members: the field "of" is missing: whom one joins (agents: a kind, name or mark in quotes, "all", or a selector such as random(10)) (with k = 4)

ties("friend", graph.members { of = 3 })
--> line 1: members: of: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

ties("friend", graph.members { of = "group", each = .5 })
--> line 1: members: each: 0.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.kernel { weight = 1 })
--> line 1: kernel: the field "k" is missing: whom each agent hears (a whole number, at least 0) (with k = 4)

ties("friend", graph.kernel { k = 3 })
--> line 1: kernel: the field "weight" is missing: the odds of a candidate, such as exp(-abs(me.trait - src.trait)) (a number or an expression, at least 0) (with k = 4)

ties("friend", graph.kernel { k = 3, weight = -1 })
--> line 1: kernel: weight: -1 is out of range: a number or an expression, at least 0 (with k = 4)

ties("friend", graph.kernel { k = 3, weight = "trust" })
--> line 1: kernel: weight: expected a number or an expression, got a string "trust" (with k = 4)

ties("friend", graph.kernel { k = 3.5, weight = 1 })
--> line 1: kernel: k: 3.5 is out of range: a whole number, at least 0 (with k = 4)

ties("friend", graph.kernel { k = 3, weight = 1, candidates = 0 })
--> line 1: kernel: candidates: 0 is out of range: a whole number, at least 1 (with k = 4)

ties("friend", graph.star("person"))
--> line 1: star: to: expected agents (a name in quotes, or a selector such as random(10)), got nothing (nil); write graph.star(from, to) (with k = 4)

ties("friend", graph.star(3, "person"))
--> line 1: star: from: expected agents (a name in quotes, or a selector such as random(10)), got the number 3; write graph.star(from, to) (with k = 4)

ties("friend", graph.audience { of = "star" })
--> line 1: audience: the field "size" is missing: hearers of each (a number, at least 0) (with k = 4)

ties("friend", graph.audience { size = 3 })
--> line 1: audience: the field "of" is missing: who is heard (agents: a kind, name or mark in quotes, "all", or a selector such as random(10)) (with k = 4)

ties("friend", graph.audience { of = "star", size = -3 })
--> line 1: audience: size: -3 is out of range: a number, at least 0 (with k = 4)

ties("friend", graph.audience { of = "star", size = 3, among = 4 })
--> line 1: audience: among: expected agents (a name in quotes, or a selector such as random(10)), got the number 4 (with k = 4)

ties("friend", graph.audience { of = "star", size = 3, disjoint = "no" })
--> line 1: audience: disjoint: expected true or false, got a string "no" (with k = 4)

ties("friend", graph.audience { of = "a", among = "b", size = 3 }, nil, "c")
--> line 1: ties "friend": among is said twice, by the maker and as the fourth argument (with k = 4)

ties("friend", graph.list(3))
--> line 1: list: expected a list, got the number 3 (with k = 4)

ties("friend", graph.list { {"a", "b"}, {"a"} })
--> line 1: list: tie 2: expected {speaker, hearer}, got a list of 1 (with k = 4)

ties("friend", graph.list { {"a", "b"}, "c" })
--> line 1: list: tie 2: expected a list, got a string "c" (with k = 4)

ties("friend", graph.list { {"a", 0} })
--> line 1: list: tie 1: expected names or numbers from 1, got the number 0 (with k = 4)

ties("friend", graph.list { {"a", me.x} })
--> line 1: list: tie 1: expected names or numbers from 1, got an expression (with k = 4)

ties("friend", graph.list { first = {"a", "b"} })
--> line 1: list: expected a list, got a field "first" (with k = 4)

ties("friend", graph.file(3))
--> line 1: file: expected a path in quotes, got the number 3 (with k = 4)

ties("friend", graph.file "nobody.edges")
--> line 1: cannot read "nobody.edges": No such file or directory (os error 2) (paths are relative to the scenario's folder) (with k = 4)

ties("friend", graph.file "torn.edges")
--> line 1: torn.edges: a line around it: a tie needs two agents, apart by a blank, tab, comma or semicolon: `a` (with k = 4)

ties("friend", graph.file("known.edges", { wieght = "x" }))
--> line 1: file: unknown field "wieght" (did you mean "weight"?); allowed: directed, weight (with k = 4)

ties("friend", graph.file("known.edges", { weight = 3 }))
--> line 1: file: weight: expected a string, got the number 3 (with k = 4)

ties("friend", graph.file("known.edges", { directed = "no" }))
--> line 1: file: directed: expected true or false, got a string "no" (with k = 4)

ties("friend", graph.file("people.csv", { weight = "x" }))
--> line 1: file: weight: people.csv has no third column of numbers (with k = 4)

ties("friend", graph.shuffled())
--> line 1: shuffled: expected a maker such as graph.ring { k = 10 }, got nothing (nil) (with k = 4)

ties("friend", graph.shuffled(graph.shuffled(graph.ring { k = 4 })))
--> line 1: shuffled: these ties are shuffled already (with k = 4)

ties("friend", graph.shuffled(graph.ring { k = 4 }, { keep = "clustering" }))
--> line 1: shuffled: keep: expected "degree", got "clustering" (with k = 4)

ties("friend", graph.shuffled(graph.ring { k = 4 }, { share = 2 }))
--> line 1: shuffled: share: 2 is out of range: a number, 0 to 1 (with k = 4)
