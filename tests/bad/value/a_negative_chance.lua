return scenario "a-negative-chance" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { chance = -.1 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
