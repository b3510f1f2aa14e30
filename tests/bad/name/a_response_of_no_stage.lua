return scenario "a-response-of-no-stage" {
  sweep = { k = {2, 4} },
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = p.k })
    stage("adopted", { needs = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
  charts = { "response(adopted.peak) | k" },
}
