local n = 0
repeat n = n + 1 until n < 0

return scenario "a-file-that-loops" {
  steps = 20,
  world = function(p)
    agents("person", 100)
  end,
}
