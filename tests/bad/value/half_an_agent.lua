return scenario "half-an-agent" {
  steps = 20,
  world = function(p)
    agents("person", 99.5)
  end,
}
