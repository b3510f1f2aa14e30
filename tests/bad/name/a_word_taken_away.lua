return scenario "a-word-taken-away" {
  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 4 })
    share = .2
    stage("adopted", { needs = share, count = "share" })
  end,
}
