return scenario "a-need-that-is-not-a-number" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 0 / 0 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
