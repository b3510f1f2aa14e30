return scenario "an-answer-to-half-a-source" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
    observe("p", response("adopted", .5))
  end,
}
