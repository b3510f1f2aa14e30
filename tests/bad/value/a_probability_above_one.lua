return scenario "a-probability-above-one" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = 1.5 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
