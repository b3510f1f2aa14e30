return scenario "tries-that-change-nothing" {
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3, tries = 1 })
    start { stage = "adopted", who = random(1) }
  end,
}
