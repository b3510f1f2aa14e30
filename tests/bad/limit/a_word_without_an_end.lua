return scenario "a-word-without-an-end" {
  steps = 20,
  world = function(p)
    local word = "a"
    for _ = 1, 60 do word = word .. word end
    agents(word, 100)
  end,
}
