return scenario "an-unknown-column" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = me.dout })
    start { stage = "adopted", who = cluster(5) }
  end,
}
