-- Ten circles of friends on Facebook: what needs confirmation stays in its circle, and cannot even start where chance alone
-- made the ties.
--
-- Source: McAuley and Leskovec 2012, Learning to discover social circles in ego networks, NIPS. 4039 people, 88 234 ties.
-- Data: facebook_combined.txt.gz from https://snap.stanford.edu/data/ego-Facebook.html, unpacked and saved as
-- ../../../shared/data/facebook_ego.edges. Anonymised; no explicit licence, SNAP asks for the citation: not shipped here.
-- Claim:
-- Expect:

return scenario "facebook" {
  replicates = 20,
  steps = 200,
  sweep = {
    phi = {.01, .02, .05, .1, .15, .2, .25, .3, .4},
    wiring = {"as it is", "shuffled"},
    from = {"one place", "anywhere"},
  },
  structure = { "clustering" },

  world = function(p)
    local friends = graph.file("../../../shared/data/facebook_ego.edges", { directed = false })
    agents("person", 4039)
    ties("friend", p.wiring == "shuffled" and graph.shuffled(friends) or friends)
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = p.from == "anywhere" and random(40) or cluster(40) }
  end,

  charts = {
    "adopted ~ phi | wiring / from",
    "clustering ~ phi | wiring",
  },

  checks = function(r)
    check("x", true)
  end,
}
