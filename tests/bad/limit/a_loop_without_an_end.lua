return scenario "a-loop-without-an-end" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    while true do end
  end,
}
