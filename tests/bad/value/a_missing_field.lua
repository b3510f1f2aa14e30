return scenario "a-missing-field" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring {})
  end,
}
