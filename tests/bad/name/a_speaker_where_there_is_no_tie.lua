return scenario "a-speaker-where-there-is-no-tie" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = src.followers })
    start { stage = "adopted", who = cluster(5) }
  end,
}
