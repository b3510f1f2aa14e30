return scenario "a-theory-over-what-is-pooled" {
  sweep = { z = {2, 4}, phi = {.1, .2} },
  world = function(p)
    agents("person", 100)
    ties("friend", graph.random { k = p.z })
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = random(1) }
  end,
  charts = { chart { "global(adopted, .1) ~ z", theory = "watts" } },
}
