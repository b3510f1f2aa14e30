return scenario "a-measure-with-a-threshold-it-does-not-take" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = top(5, me.k_shell(2)) }
  end,
}
