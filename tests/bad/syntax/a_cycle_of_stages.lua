return scenario "a-cycle-of-stages" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("heard", { after = "acted" })
    stage("acted", { after = "heard" })
    start { stage = "heard", who = cluster(5) }
  end,
}
