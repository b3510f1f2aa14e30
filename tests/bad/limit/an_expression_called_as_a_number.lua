return scenario "an-expression-called-as-a-number" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = math.floor(me.followers) })
    start { stage = "adopted", who = cluster(5) }
  end,
}
