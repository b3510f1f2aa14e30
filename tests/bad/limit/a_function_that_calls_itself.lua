return scenario "a-function-that-calls-itself" {
  steps = 20,
  world = function(p)
    local function deeper(n) return 1 + deeper(n + 1) end
    agents("person", deeper(0))
  end,
}
