return scenario "an-open-string" {
  world = function(p)
    agents("person, 100)
  end,
}
