return scenario "an-update-that-becomes-nan" {
  steps = 20,
  world = function(p)
    agents("person", 100, { mood = 0 })
    ties("friend", graph.ring { k = 4 })
    update(me.mood, log(me.mood - 1))
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
