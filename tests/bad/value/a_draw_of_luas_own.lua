return scenario "a-draw-of-luas-own" {
  steps = 20,
  world = function(p)
    agents("person", 100, { doubt = math.random() })
  end,
}
