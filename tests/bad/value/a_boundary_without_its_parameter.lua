return scenario "a-boundary-without-its-parameter" {
  sweep = { k = {2, 4} },
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = p.k })
    stage("adopted", { needs = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
  charts = { "boundary(adopted, .1) ~ k" },
}
