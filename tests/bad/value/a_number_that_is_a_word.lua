return scenario "a-number-that-is-a-word" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = "two" })
    start { stage = "adopted", who = cluster(5) }
  end,
}
