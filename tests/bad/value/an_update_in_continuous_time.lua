return scenario "an-update-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50, { doubt = 1 })
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3 * me.doubt })
    update(me.doubt, .9 * me.doubt)
    start { stage = "adopted", who = random(5) }
  end,
}
