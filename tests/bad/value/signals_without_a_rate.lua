return scenario "signals-without-a-rate" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { count = "signals", needs = 6, chance = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
