return scenario "a-stage-without-its-item" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    item "story"
    item "offer"
    stage("adopted", { needs = 2 })
    start { stage = "adopted", item = "story", who = cluster(5) }
    observe("told", mean(me.adopted))
  end,
}
