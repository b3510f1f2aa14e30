return scenario "more-agents-than-fit" {
  steps = 20,
  world = function(p)
    agents("person", 5e9)
  end,
}
