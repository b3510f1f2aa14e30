-- Rewarding those who carry a message makes it travel sooner.
--
-- Source: Berger 2013 (social currency); the reward is given for currency earned by telling.
-- Claim: whoever has earned much by telling is rewarded in public (features, discounts, early access). Friends of the
-- rewarded tell more readily, so half of the population is reached earlier.
-- Expect: half of its peak after 86 steps without rewards, after 15 with.

return scenario "ambassadors" {
  replicates = 10,
  steps = 120,
  sweep = { reward = {0, .5, 1} },

  world = function(p)
    agents("person", 1500, { coins = 0 })
    ties("friend", graph.ring { k = 12, rewire = .3 })
    stage("consumed", { from = "relayed", reach = .3, emit = "once" })
    stage("relayed",
      { after = "consumed", from = "consumed", chance = .025 + .3 * p.reward * gt(max_in(src.coins), .3) })
    update(me.coins, .95 * me.coins + me.credit.consumed)
    start { stage = "relayed", who = cluster(20) }
  end,

  charts = { "relayed.t50 ~ reward", "relayed ~ now | reward" },

  checks = function(r)
    check("C20: rewards speed it up", r { reward = 1 }["relayed.t50"] < .5 * r { reward = 0 }["relayed.t50"])
  end,
}
