return scenario "more-neighbours-than-agents" {
  steps = 20,
  world = function(p)
    agents("person", 5)
    ties("friend", graph.ring { k = 8 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
