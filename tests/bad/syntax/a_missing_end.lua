return scenario "a-missing-end" {
  world = function(p)
    agents("person", 100)
    if p.k then
      agents("extra", 5)
  end,
}
