return scenario "a-negative-rate" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = -2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
