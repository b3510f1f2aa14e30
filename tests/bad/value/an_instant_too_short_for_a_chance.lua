return scenario "an-instant-too-short-for-a-chance" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .5, memory = 0, chance = .2, leave = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
