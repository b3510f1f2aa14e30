return scenario "changing-the-language" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    graph.ring = graph.random
  end,
}
