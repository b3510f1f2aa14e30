return scenario "a-reversed-range" {
  steps = 20,
  world = function(p)
    agents("person", 100, { doubt = dist.uniform(1, 0) })
  end,
}
