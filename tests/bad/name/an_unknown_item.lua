return scenario "an-unknown-item" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    item "story"
    item "offer"
    stage("adopted", { items = { "storry" } })
    start { stage = "adopted", item = "story", who = cluster(5) }
  end,
}
