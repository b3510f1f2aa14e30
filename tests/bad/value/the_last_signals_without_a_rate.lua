return scenario "the-last-signals-without-a-rate" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { count = "share", memory = last(5), needs = .5, chance = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
