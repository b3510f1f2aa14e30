return scenario "an-unknown-tie-rule" {
  world = function(p)
    agents("person", 50)
    ties("friend", graph.ring { k = 4 })
    contact("friend", { per = 1 })
    stage("uses", { count = "share", memory = last(12, { tie = "random" }), needs = .5, leave = lt(evidence, .5) })
    start { stage = "uses", who = random(.25), fixed = true }
  end,
}
