-- What spreads, through whom, and what to expect: say it here, with the source.
-- `uptake help` lists all words of the language; `uptake help stage` explains one.

return scenario "NAME" {
  replicates = 20,
  steps = 200,

  -- Every combination of these is a cell, and p holds one of them.
  sweep = {
    rewire = {0, .01, .1, 1},
    needs = {1, 2},
  },

  world = function(p)
    agents("person", 1000)
    ties("friend", graph.ring { k = 8, rewire = p.rewire })
    stage("adopted", { needs = p.needs })           -- enough distinct friends have it
    start { stage = "adopted", who = cluster(9) }   -- someone and the eight friends around
  end,

  charts = {
    "adopted ~ rewire | needs",
    "adopted.thalf ~ rewire | needs",
  },

  checks = function(r)
    check("one contact is enough everywhere", r{needs=1, rewire=1}.adopted > .99)
    check("two are not where ties are random", r{needs=2, rewire=1}.adopted < .1)
  end,
}
