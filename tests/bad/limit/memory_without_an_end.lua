return scenario "memory-without-an-end" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    local all = {}
    for i = 1, 1e9 do all[i] = { i } end
  end,
}
