-- A buy button in the feed is a second way into action, past being convinced.
--
-- Source: Berger 2013 (STEPPS); social commerce.
-- Claim: people who consume a post act on it with some chance. Where one can buy in the feed itself, the same telling
-- leads to more buying, at no cost to telling.
-- Expect: acted .04 without and .11 with the button.

return scenario "checkout" {
  replicates = 10,
  steps = 80,
  sweep = { checkout = {0, .5, 1} },

  world = function(p)
    agents("person", 1500)
    ties("friend", graph.ring { k = 12, rewire = .3 })
    stage("consumed", { from = "relayed", reach = .5 * .6^src.depth.relayed, emit = "once", tries = 1 })
    stage("relayed", { after = "consumed", from = "relayed", tries = 1, chance = .35 })
    stage("acted",
      { after = "consumed", from = "relayed", tries = 1, chance = .2 },
      { from = "relayed", reach = .1 * p.checkout, emit = "once" })              -- bought where it is seen
    start { stage = "relayed", who = random(15) }
  end,

  charts = { "acted ~ checkout", "consumed ~ checkout" },

  checks = function(r)
    local without, with = r { checkout = 0 }, r { checkout = 1 }
    check("C30: a second way in", with.acted > 1.5 * without.acted)
    check("C30: the telling stays as it was", math.abs(with.consumed - without.consumed) < .02)
  end,
}
