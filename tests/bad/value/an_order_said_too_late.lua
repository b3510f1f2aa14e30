return scenario "an-order-said-too-late" {
  world = function(p)
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3, leave = .1 })
    order "continuous"
    start { stage = "adopted", who = random(5) }
  end,
}
