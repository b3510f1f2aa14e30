return scenario "a-share-of-more-than-all" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { count = "share", needs = 18 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
