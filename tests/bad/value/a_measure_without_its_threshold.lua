return scenario "a-measure-without-its-threshold" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = top(5, me.complex_centrality) }
  end,
}
