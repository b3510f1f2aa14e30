return scenario "arithmetic-with-nothing" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    local half
    stage("adopted", { needs = half * 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
