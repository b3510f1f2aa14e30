return scenario "a-plain-rule-in-continuous-time" {
  world = function(p)
    order "continuous"
    agents("person", 50, { opinion = 0 })
    ties("friend", graph.ring { k = 4 })
    stage("adopted", { reach = .3 })
    meet("friend", {}, function(speaker, hearer)
      hearer.opinion = speaker.opinion
    end)
    start { stage = "adopted", who = random(5) }
  end,
}
