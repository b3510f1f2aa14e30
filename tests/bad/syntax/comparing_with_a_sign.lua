return scenario "comparing-with-a-sign" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = when(me.followers < 3, 1, 2) })
    start { stage = "adopted", who = cluster(5) }
  end,
}
