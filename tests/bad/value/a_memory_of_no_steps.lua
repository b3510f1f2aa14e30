return scenario "a-memory-of-no-steps" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { memory = 0 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
