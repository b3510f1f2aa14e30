-- Ties that cannot be made among the agents there are: known when the network is made.
--[[
return scenario "bad" {
  steps = 20,
  world = function(p)
    agents("person", 6)
HERE
  end,
}
]]

ties("friend", graph.ring { k = 8 })
--> fails with the only cell: line 1: ties "friend": ring: there are 6 agents, but it needs more than k = 8

ties("friend", graph.random { m = 100 })
--> fails with the only cell: line 1: ties "friend": random: m = 100 is not possible, allowed is at most 15, as there are 6 agents

ties("friend", graph.random { k = 10 })
--> fails with the only cell: line 1: ties "friend": random: k = 10 is not possible, allowed is at most 5, as there are 6 agents

ties("friend", graph.regular { k = 7 })
--> fails with the only cell: line 1: ties "friend": regular: there are 6 agents, but it needs more than k = 7

ties("friend", graph.regular { k = 3 }, nil, random(5))
--> fails with the only cell: line 1: ties "friend": regular: k = 3 is not possible, allowed is an even number, as 5 agents are odd in number (each tie has two ends)

ties("friend", graph.configuration { degrees = {1, 2, 3} })
--> fails with the only cell: line 1: ties "friend": configuration: degrees = a list of 3 is not possible, allowed is one degree for each of the 6 agents

ties("friend", graph.configuration { degrees = {9, 9, 9, 9, 9, 9} })
--> fails with the only cell: line 1: ties "friend": configuration: degree = 9 is not possible, allowed is at most 5, as there are 6 agents

ties("friend", graph.configuration { degrees = power_law { exponent = 2, min = 9 } })
--> fails with the only cell: line 1: ties "friend": configuration: max = 5 with min = 9 is not possible, allowed is min <= max <= 5, as there are 6 agents

ties("friend", graph.scale_free { m = 6 })
--> fails with the only cell: line 1: ties "friend": scale_free: there are 6 agents, but it needs more than m = 6

ties("friend", graph.clustered { m = 6, p = .5 })
--> fails with the only cell: line 1: ties "friend": clustered: there are 6 agents, but it needs more than m = 6

ties("friend", graph.grid { sides = {4, 2} })
--> fails with the only cell: line 1: ties "friend": grid: rows x columns = 4 x 2 is not possible, allowed is rows x columns = 6, one cell for each agent

ties("friend", graph.grid { r = 3 })
--> fails with the only cell: line 1: ties "friend": grid: there are 6 agents, but it needs a number that makes a rectangle with sides of 7 or more, the nearest are 49 (7 x 7)

ties("friend", graph.groups { size = 3, k = 5 })
--> fails with the only cell: line 1: ties "friend": groups: k = 5 is not possible, allowed is at most size - 1 = 2

ties("friend", graph.blocks { sizes = {4, 4}, p_in = 1, p_out = 0 })
--> fails with the only cell: line 1: ties "friend": blocks: sum of sizes = 8 is not possible, allowed is 6, the number of agents

ties("friend", graph.members { of = "person", each = 7 })
--> fails with the only cell: line 1: ties "friend": members: each = 7 is not possible, allowed is at most 6, the number of groups

ties("friend", graph.members { of = "groups" })
--> fails with the only cell: line 1: unknown set of agents "groups"; known: all, person

ties("friend", graph.kernel { k = 6, weight = 1 })
--> fails with the only cell: line 1: ties "friend": kernel: k = 6 is not possible, allowed is at most 5, the number of others

ties("friend", graph.kernel { k = 2, weight = log(-1 * src.person) })
--> fails with the only cell: line 1: ties "friend": kernel: the weight of agent 6 for agent 1 is NaN, allowed are finite numbers from 0 up

ties("friend", graph.kernel { k = 2, weight = -1 * src.person })
--> fails with the only cell: line 1: ties "friend": kernel: the weight of agent 6 for agent 1 is -1, allowed are finite numbers from 0 up

ties("friend", graph.kernel { k = 2, weight = tie.trust })
--> fails with the only cell: line 1: unknown column of ties "trust"; known: friend, open, won

ties("friend", graph.star("persons", "person"))
--> fails with the only cell: line 1: unknown set of agents "persons" (did you mean "person"?); known: all, person

ties("friend", graph.audience { of = "person", size = 7 })
--> fails with the only cell: line 1: ties "friend": audience: size = 7 is not possible, allowed is at most 6, those that agent 1 can reach

ties("friend", graph.audience { of = "person", size = 2, disjoint = true })
--> fails with the only cell: line 1: ties "friend": audience: size = 2 is not possible, allowed is at most 1, for 6 disjoint audiences among 6 agents

ties("friend", graph.list { {"ann", 2} })
--> fails with the only cell: line 1: unknown set of agents "ann"; known: all, person

ties("friend", graph.list { {1, 9} })
--> fails with the only cell: line 1: there is no agent 9; agents are 1 to 6

ties("friend", graph.list { {2, 2} })
--> fails with the only cell: line 1: an agent cannot be tied to itself

ties("friend", graph.file "known.edges")
--> warning: line 1: known.edges: self-ties dropped: 1
--> fails with the only cell: line 1: known.edges ties 3 agents, but there are 6; declare agents("person", 3) or read them: agents("person", nodes "...")

ties("friend", graph.ring { k = 2 }, { trust = log(-1 * src.person) })
--> fails with the only cell: line 1: tie.trust would become NaN (0/0, log or sqrt of a negative number)

ties("friend", graph.ring { k = 2 }, { trust = src.dout })
--> fails with the only cell: line 1: unknown column of agents "dout"; known: person, followers, following, local_clustering, local_bridge_width, k_shell, betweenness, pagerank, eigenvector, complex_centrality, new, age, depth, credit, won

ties("friend", graph.ring { k = 2 }, nil, "persons")
--> fails with the only cell: line 1: unknown set of agents "persons" (did you mean "person"?); known: all, person

ties("friend", graph.configuration { degrees = power_law { exponent = 2, min = 5, max = 3 } })
--> fails with the only cell: line 1: ties "friend": configuration: max = 3 with min = 5 is not possible, allowed is min <= max <= 5, as there are 6 agents
