return scenario "an-age-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3, leave = gt(me.age.adopted, 3) })
    start { stage = "adopted", who = cluster(5) }
  end,
}
