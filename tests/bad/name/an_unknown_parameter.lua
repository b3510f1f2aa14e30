return scenario "an-unknown-parameter" {
  sweep = { rewire = {0, .1} },
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4, rewire = p.rewired })
  end,
}
