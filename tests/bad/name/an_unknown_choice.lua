return scenario "an-unknown-choice" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { count = "shares" })
    start { stage = "adopted", who = cluster(5) }
  end,
}
