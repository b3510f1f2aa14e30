return scenario "rewiring-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3 })
    rewire { layer = "friend", rate = .1 }
    start { stage = "adopted", who = random(5) }
  end,
}
