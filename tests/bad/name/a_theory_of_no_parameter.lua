return scenario "a-theory-of-no-parameter" {
  sweep = { degree = {2, 4} },
  world = function(p)
    agents("person", 100)
    ties("friend", graph.random { k = p.degree })
    stage("adopted", { count = "share", needs = .2 })
    start { stage = "adopted", who = random(1) }
  end,
  charts = { chart { "global(adopted, .1) ~ degree", theory = { "watts", phi = .2, z = "degrees" } } },
}
