return scenario "a-share-that-is-a-percentage" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
    observe("quarter", time_to("adopted", 25))
  end,
}
