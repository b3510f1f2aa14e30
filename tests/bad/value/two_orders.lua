return scenario "two-orders" {
  world = function(p)
    order "asynchronous"
    order "synchronous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { needs = 2 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
