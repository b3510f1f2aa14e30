return scenario "asking-with-if" {
  steps = 20,
  world = function(p)
    agents("person", 100, { doubt = dist.uniform(0, 1) })
    ties("friend", graph.ring { k = 4 })
    local needs = 1
    if gt(me.doubt, .5) then needs = 2 end
    stage("adopted", { needs = needs })
    start { stage = "adopted", who = cluster(5) }
  end,
}
