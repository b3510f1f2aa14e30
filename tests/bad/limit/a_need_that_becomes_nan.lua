return scenario "a-need-that-becomes-nan" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = me.followers / 0 - me.followers / 0 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
