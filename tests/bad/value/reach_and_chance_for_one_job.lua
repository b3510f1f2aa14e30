return scenario "reach-and-chance-for-one-job" {
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3, chance = .2 })
    start { stage = "adopted", who = random(1) }
  end,
}
