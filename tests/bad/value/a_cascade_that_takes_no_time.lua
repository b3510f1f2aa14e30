return scenario "a-cascade-that-takes-no-time" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
