return scenario "changing-the-parameters" {
  steps = 20,
  world = function(p)
    p.k = 4
    agents("person", 100)
  end,
}
