return scenario "a-check-that-matches-no-run" {
  sweep = { k = {2, 4} },
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = p.k })
    stage("adopted", { needs = 1 })
    start { stage = "adopted", who = cluster(5) }
  end,
  checks = function(r)
    check("everybody has it", r { k = 6 }.adopted > .9)
  end,
}
