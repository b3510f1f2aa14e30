return scenario "a-draw-a-step-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3 * chance(.5) })
    start { stage = "adopted", who = cluster(5) }
  end,
}
