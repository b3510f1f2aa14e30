return scenario "an-unknown-distribution" {
  steps = 20,
  world = function(p)
    agents("person", 100, { doubt = dist.gaussian(0, 1) })
  end,
}
