return scenario "a-modularity-of-a-layer" {
  world = function(p)
    agents("person", 100, { club = dist.int(1, 3) })
    ties("friend", graph.ring { k = 4 })
    stage "adopted"
    observe("groups", modularity "friend")
  end,
}
