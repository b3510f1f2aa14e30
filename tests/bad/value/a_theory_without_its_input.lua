return scenario "a-theory-without-its-input" {
  sweep = { z = {2, 4} },
  world = function(p)
    agents("person", 100)
    ties("friend", graph.random { k = p.z })
    stage("adopted", { count = "share", needs = .2 })
    start { stage = "adopted", who = random(.1) }
  end,
  charts = { chart { "adopted ~ z", theory = { "gleeson_cahalane", phi = .2 } } },
}
