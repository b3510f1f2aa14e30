return scenario "an-unknown-route-field" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { need = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
