-- Everybody influences a little, and few people much more; who is followed by as many is not heard as far.
--
-- Source: Bakshy, Hofman, Mason and Watts 2011, Everyone's an influencer; Watts and Dodds 2007.
-- Claim: what a start at each person yields (probe) is heavy tailed even where all have as many friends: most move
-- somebody, and the top hundredth holds far less than half of all influence.
-- Expect: the top 1 % hold well under a tenth where degrees are equal, more where a few are followed by many.

return scenario "everybody-influences" {
  replicates = 8,
  steps = 1,
  sweep = { network = {"equal", "skewed"} },

  world = function(p)
    agents("person", 500)
    ties("friend", p.network == "equal" and graph.regular { k = 10 } or graph.scale_free { m = 10 })
    stage("relayed", { reach = .08, emit = "once" })
    at(0, function()
      probe("realised", { who = "person", stage = "relayed", steps = 20, replicates = 4 })
      mark("top", top(5, me.realised))
      observe("top_share", sum(me.realised, "top") / sum(me.realised))
      observe("somebody", mean(gt(me.realised, 0)))
      observe("inequality", gini(me.realised))
    end)
  end,

  charts = { "top_share ~ network", "somebody ~ network", "inequality ~ network" },

  checks = function(r)
    local equal, skewed = r { network = "equal" }, r { network = "skewed" }
    check("A21: among equals everybody influences a little", equal.somebody > .8 and equal.top_share < .5)
    check("A21: where a few are followed by many, they hold more", skewed.top_share > equal.top_share)
  end,
}
