return scenario "a-negative-number-of-agents" {
  steps = 20,
  world = function(p)
    agents("person", -100)
  end,
}
