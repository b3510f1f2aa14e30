return scenario "a-sweep-without-levels" {
  sweep = { k = {} },
  world = function(p)
    agents("person", 100)
  end,
}
