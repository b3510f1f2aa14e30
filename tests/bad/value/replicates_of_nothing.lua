return scenario "replicates-of-nothing" {
  replicates = 0,
  world = function(p)
    agents("person", 100)
  end,
}
