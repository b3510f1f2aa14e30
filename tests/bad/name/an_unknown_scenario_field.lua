return scenario "an-unknown-scenario-field" {
  step = 20,
  world = function(p)
    agents("person", 100)
  end,
}
