return scenario "an-odd-number-of-neighbours" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 5 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
