return scenario "trying-while-the-world-is-built" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .1, emit = "once" })
    mark("leaders", greedy(5, { stage = "adopted", steps = 20 }))
    start { stage = "adopted", who = "leaders" }
  end,
}
