return scenario "ring" {
  replicates = 25, steps = 200,
  sweep = { rewire = {0, .01, .1, 1}, needs = {1, 2} },
  world = function(p)
    agents("person", 400)
    ties("friend", graph.ring { k = 8, rewire = p.rewire })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(9) }
  end,
  charts = { "adopted ~ rewire | needs" },
  checks = function(r) check("long ties speed simple contagion", r { needs = 1, rewire = 1 }.adopted > .9) end,
}
