return scenario "a-column-nearly-right" {
  steps = 20,
  world = function(p)
    agents("person", 100, { doubt = .5 })
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 1 + me.dobut })
    start { stage = "adopted", who = cluster(5) }
  end,
}
