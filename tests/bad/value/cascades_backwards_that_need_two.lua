return scenario "cascades-backwards-that-need-two" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = influential(5, { stage = "adopted" }) }
  end,
}
