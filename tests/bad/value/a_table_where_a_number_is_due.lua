return scenario "a-table-where-a-number-is-due" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = { 4 } })
  end,
}
