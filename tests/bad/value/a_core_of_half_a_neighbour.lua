return scenario "a-core-of-half-a-neighbour" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
  structure = { "core_size.2.5" },
}
