-- Mistakes about agents, their first values and those who are chosen.
--[[
return scenario "bad" {
  steps = 20,
  sweep = { k = {4} },
  world = function(p)
HERE
  end,
}
]]

agents("person", -1)
--> line 1: agents "person": -1 is out of range: a whole number, at least 0 (with k = 4)

agents("person", 2.5)
--> line 1: agents "person": 2.5 is out of range: a whole number, at least 0 (with k = 4)

agents("person", "many")
--> line 1: agents "person": expected how many (a whole number), a list of names or nodes "file.csv", got a string "many" (with k = 4)

agents("person")
--> line 1: agents "person": expected how many (a whole number), a list of names or nodes "file.csv", got nothing (nil) (with k = 4)

agents(3, "person")
--> line 1: agents: expected the name of a kind of agents in quotes, got the number 3 (with k = 4)

agents("two words", 10)
--> line 1: agents: "two words" cannot be the name of a kind of agents: a name is letters, digits, _ and -, beginning with a letter (with k = 4)

agents("all", 3)
--> line 1: agents "all": "all" means the agents of every kind (with k = 4)

agents("person", {"a", "b", "a"})
--> line 1: agents "person": the name "a" stands twice (with k = 4)

agents("person", {"a", ""})
--> line 1: agents "person": name 2 is empty (with k = 4)

agents("person", {"a", 3})
--> line 1: agents "person": expected a list of names, got the number 3 in it (with k = 4)

agents("person", 3)
agents("person", 4)
--> line 2: agents "person" is there already: each name stands once (with k = 4)

agents("person", 10, .5)
--> line 1: agents "person": expected a table of columns such as { trust = .5 }, got the number 0.5 (with k = 4)

agents("person", 10, { .5 })
--> line 1: agents "person": the number 0.5 has no column name; write { trust = .5 } (with k = 4)

agents("person", 10, {
  followers = 3,
})
--> line 2: agents "person": the column followers is always there (how many agents hear the agent) (with k = 4)

agents("person", 10, { k_shell = 3 })
--> line 1: agents "person": the column k_shell is always there (the largest k such that the agent is in the k-core, where each has k neighbours in the core; directed ties as if both ways (Kitsak et al. 2010)) (with k = 4)

agents("person", 10, { trust = "much" })
--> line 1: agents "person": trust: expected a number, a distribution or an expression, got a string "much" (with k = 4)

agents("person", 10, { trust = topic { a = 1 } })
--> line 1: agents "person": trust: topic {...} is for columns of ties (with k = 4)

agents("person", 3, { age = {1, 2} })
--> line 1: agents "person": age: 2 values for 3 agents: a list needs one for each (with k = 4)

agents("person", 2, { age = {1, "two"} })
--> line 1: agents "person": age: expected a number or an expression, got a string "two" (with k = 4)

agents("person", 2, { age = { first = 1 } })
--> line 1: agents "person": age: a column: expected a list, got a field "first" (with k = 4)

agents("person", 3, { age = dout })
--> line 1: unknown word "dout" (did you mean "cut"?); names stand in quotes, locals are declared before they are used, uptake help lists the words (with k = 4)

agents("person", 3, { age = me.doubt })
--> fails with k = 4: line 1: unknown column of agents "doubt"; known: age, person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won

agents("person", 3, { person = 1 })
--> line 1: agents "person": person: the kind is a 0/1 column of that name already (with k = 4)

agents("person", nodes "nobody.csv")
--> line 1: cannot read "nobody.csv": No such file or directory (os error 2) (paths are relative to the scenario's folder) (with k = 4)

agents("person", nodes(3))
--> line 1: nodes: expected the path of a table in quotes, got the number 3 (with k = 4)

agents("person", nodes "twice.csv")
--> line 1: twice.csv: a line around it: agent `a` is in the table twice, first in a line around it: `a,20` (with k = 4)

agents("person", nodes "people.csv", { age = 3 })
--> warning: line 1: agents "person": the column age of the file is replaced by the one written here

agents("person", 5, { age = random(3) })
--> line 1: agents "person": age: expected a number, a distribution or an expression, got a selector of agents (with k = 4)

agents("person", 3, { age = dist.gauss(0, 1) })
--> line 1: unknown distribution "gauss"; known: bernoulli, beta, int, lognormal, normal, pareto, uniform (with k = 4)

agents("person", 3, { age = dist.uniform(3, 1) })
--> line 1: dist.uniform: high = 1 is out of range: a finite number, at least low (with k = 4)

agents("person", 3, { age = dist.uniform("low", 1) })
--> line 1: dist.uniform: expected a plain number, got a string "low" (with k = 4)

agents("person", 3, { age = dist.uniform(0) })
--> line 1: dist.uniform: expected a plain number, got nothing (nil) (with k = 4)

agents("person", 3, { age = dist.normal(0, -1) })
--> line 1: dist.normal: sd = -1 is out of range: a finite number, at least 0 (with k = 4)

agents("person", 3, { age = dist.lognormal("low", 1) })
--> line 1: dist.lognormal: expected a plain number, got a string "low" (with k = 4)

agents("person", 3, { age = dist.beta(0, 1) })
--> line 1: dist.beta: a = 0 is out of range: a finite number above 0 (with k = 4)

agents("person", 3, { age = dist.pareto(1, 0) })
--> line 1: dist.pareto: exponent = 0 is out of range: a finite number above 0 (with k = 4)

agents("person", 3, { age = dist.bernoulli(2) })
--> line 1: dist.bernoulli: p = 2 is out of range: 0 to 1 (with k = 4)

agents("person", 3, { age = dist.int(0, 2.5) })
--> line 1: dist.int: high = 2.5 is out of range: a whole number, at least low (with k = 4)

agents("person", 3, { age = dist.int(1, me.x) })
--> line 1: dist.int: expected a plain number, got an expression (with k = 4)

agents("person", 3, { age = .5 + dist.uniform(0, 1) })
--> line 1: a distribution gives the first values of a column and cannot be computed with: declare a column with it, then use that column in an expression (with k = 4)

agents("person", 3, { age = dist.uniform })
--> line 1: agents "person": age: expected a number, a distribution or an expression, got a function (with k = 4)

agents("person", 3, { memory = list(0) })
--> line 1: list: 0 is out of range: a whole number, at least 1 (with k = 4)

agents("person", 3, { memory = list(2.5) })
--> line 1: list: 2.5 is out of range: a whole number, at least 1 (with k = 4)

agents("person", 3, { memory = list(1e7) })
--> line 1: list: 10000000 is out of range: a whole number, 1 to 1000000 (with k = 4)

agents("person", 3, { memory = list(2, me.x) })
--> line 1: list: it is filled with a number or a distribution (with k = 4)

agents("person", 3, { memory = list(2, "a") })
--> line 1: list: expected a number, a distribution or an expression, got a string "a" (with k = 4)

agents("person", 3, { memory = 2 * list(2) })
--> line 1: list(...) gives each agent a list, which only functions given to each and meet can see (with k = 4)

item("story", 3)
--> line 1: item "story": expected a table of columns such as { trust = .5 }, got the number 3 (with k = 4)

item(3)
--> line 1: item: expected the name of an item in quotes, got the number 3 (with k = 4)

item("story", { quality = me.x })
--> line 1: item "story": quality: expected a number or a string, got an expression (with k = 4)

item("story", { topic = me.x })
--> line 1: item "story": topic: expected a number or a string, got an expression (with k = 4)

item("story", { quality = "good" })
--> line 1: item "story": column quality is text; only topic may be (with k = 4)

item("story")
item("story")
--> line 2: item "story" is there already: each name stands once (with k = 4)

agents("person", 5)
mark("chosen", random(2.5))
--> line 2: random: 2.5 is out of range: a whole number, or a share below 1 (with k = 4)

agents("person", 5)
mark("chosen", random(-1))
--> line 2: random: -1 is out of range: a whole number, or a share below 1 (with k = 4)

agents("person", 5)
mark("chosen", random("three"))
--> line 2: random: expected how many (a whole number, or a share below 1), got a string "three" (with k = 4)

agents("person", 5)
mark("chosen", random(2, 3))
--> line 2: random: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

agents("person", 5)
mark("chosen", random(2, "persons"))
--> fails with k = 4: line 2: unknown set of agents "persons" (did you mean "person"?); known: all, person, chosen

agents("person", 5)
mark("chosen", top(2))
--> line 2: top: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

agents("person", 5)
mark("chosen", top("two", me.followers))
--> line 2: top: expected how many (a whole number, or a share below 1), got a string "two" (with k = 4)

agents("person", 5)
mark("chosen", top(2, "followers"))
--> line 2: top: expected a number or an expression, got a string "followers" (with k = 4)

agents("person", 5)
mark("chosen", top(2, me.folowers))
--> fails with k = 4: line 2: unknown column of agents "folowers" (did you mean "followers"?); known: chosen, person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won

agents("person", 5)
mark("chosen", bottom(2, random(3)))
--> line 2: bottom: expected a number or an expression, got a selector of agents (with k = 4)

agents("person", 5)
mark("chosen", bottom(2, log(-1 * me.person)))
--> fails with k = 4: line 2: the value to rank by is not a number for agent 1

agents("person", 5)
mark("chosen", cluster("two"))
--> line 2: cluster: expected how many (a whole number, or a share below 1), got a string "two" (with k = 4)

agents("person", 5)
mark("chosen", cluster(2, 3))
--> line 2: cluster: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

agents("person", 5)
mark("chosen", cluster(2, nil, 3))
--> line 2: cluster: expected the name of a layer in quotes, got the number 3 (with k = 4)

agents("person", 5)
mark("chosen", cluster(2, nil, "friend"))
--> fails with k = 4: line 2: unknown layer "friend"; there is no layer here

agents("person", 5)
mark("chosen", where("all"))
--> line 2: where: expected a number or an expression, got a string "all" (with k = 4)

agents("person", 5)
mark("chosen", where())
--> line 2: where: expected a number or an expression, got nothing (nil): look for a misspelt name (with k = 4)

agents("person", 5)
mark("chosen", where(src.person))
--> fails with k = 4: line 2: src.person speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...)

agents("person", 5)
mark("chosen", 3)
--> line 2: mark: expected agents (a name in quotes, or a selector such as random(10)), got the number 3 (with k = 4)

agents("person", 5)
mark("chosen", me.person)
--> line 2: mark: expected agents (a name in quotes, or a selector such as random(10)), got an expression: where(x) chooses those for whom an expression is not 0 (with k = 4)

agents("person", 5)
mark("all", random(3))
--> line 2: mark: "all" means the agents of every kind (with k = 4)

agents("person", 5)
mark("two words", random(3))
--> line 2: mark: "two words" cannot be the name of a mark: a name is letters, digits, _ and -, beginning with a letter (with k = 4)

agents("person", 5)
local few = 1 + random(3)
--> line 2: a selector of agents is no number: mark(name, who) makes it a 0/1 column, me.name (with k = 4)

agents("person", 5)
local who = random(3)
for i = 1, 40 do who = random(3, who) end
--> line 3: random: selectors are nested more than 16 deep: is one built in a loop? (with k = 4)
