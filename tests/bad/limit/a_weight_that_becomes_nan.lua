return scenario "a-weight-that-becomes-nan" {
  steps = 20,
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 }, { trust = .5 })
    stage("adopted", { weight = log(tie.trust - .5 * now), needs = -5 })
    start { stage = "adopted", who = cluster(5) }
  end,
}
