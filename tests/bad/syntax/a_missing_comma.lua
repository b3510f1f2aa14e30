return scenario "a-missing-comma" {
  steps = 20
  world = function(p)
    agents("person", 100)
  end,
}
