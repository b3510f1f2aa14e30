return scenario "an-agent-tied-to-itself" {
  steps = 20,
  world = function(p)
    agents("person", { "susan", "tim" })
    ties("talks", graph.list { { "susan", "susan" } })
  end,
}
