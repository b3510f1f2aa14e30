return scenario "joining-with-and" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { chance = gt(me.followers, 2) and .5 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
