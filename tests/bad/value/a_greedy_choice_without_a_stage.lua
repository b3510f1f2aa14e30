return scenario "a-greedy-choice-without-a-stage" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .1, emit = "once" })
    start { stage = "adopted", who = greedy(5, { steps = 20 }) }
  end,
}
