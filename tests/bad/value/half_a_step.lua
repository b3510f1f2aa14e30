return scenario "half-a-step" {
  steps = 10.5,
  world = function(p)
    agents("person", 100)
  end,
}
