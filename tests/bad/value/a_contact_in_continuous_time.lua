return scenario "a-contact-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    contact("friend", { per = 1 })
    stage("adopted", { reach = .3, leave = .1 })
    start { stage = "adopted", who = random(5) }
  end,
}
