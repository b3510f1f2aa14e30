return scenario "an-unknown-maker" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.rings { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
