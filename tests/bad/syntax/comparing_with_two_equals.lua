return scenario "comparing-with-two-equals" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { chance = me.followers == 3 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
