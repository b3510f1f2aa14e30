-- Political blogs before the 2004 election: what needs confirmation stays in its camp.
--
-- Source: Adamic and Glance 2005, The political blogosphere and the 2004 U.S. election, LinkKDD.
-- Data: polblogs.gml from https://websites.umich.edu/~mejn/netdata/, as ../../../shared/data/polblogs.edges (one link a line,
-- "from to", numbered from 0) and polblogs.nodes.csv (node, label, leaning). Free for research with citation, no explicit
-- licence: not shipped here.
-- Claim:
-- Expect:

return scenario "polblogs" {
  replicates = 40,
  steps = 200,
  sweep = {
    phi = {.02, .05, .1, .15, .2, .25, .3, .35, .4, .5},
    wiring = {"as it is", "shuffled"},
  },

  world = function(p)
    local links = graph.file("../../../shared/data/polblogs.edges", { directed = false })
    agents("blog", nodes "../../../shared/data/polblogs.nodes.csv")
    ties("link", p.wiring == "shuffled" and graph.shuffled(links) or links)
    stage("adopted", { count = "share", needs = p.phi })
    mark("liberal", where(me.leaning))
    mark("conservative", where(1 - me.leaning))
    start { stage = "adopted", who = cluster(60, top(1, me.followers * me.liberal)) }
    observe("own", mean(me.adopted, "liberal"))
    observe("other", mean(me.adopted, "conservative"))
  end,

  charts = {
    "own ~ phi | wiring",
    "other ~ phi | wiring",
  },

  checks = function(r)
    check("x", true)
  end,
}
