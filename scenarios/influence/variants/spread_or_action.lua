-- Who makes a message spread is not who makes people act.
--
-- Source: Watts and Dodds 2007; Cha et al. 2010 (several kinds of influence, hardly correlated).
-- Claim: passing on depends on how many hear somebody, acting on the charm of who said it. Ranked by what a start at
-- each would yield, the two orders differ, and followers foretell the one better than the other.
-- Expect: rank correlation of spread and action below .8; followers with spread above followers with action.

return scenario "spread-or-action" {
  replicates = 8,
  steps = 1,
  sweep = { people = {1000} },

  world = function(p)
    agents("person", p.people, { charm = dist.uniform(0, 1) })
    ties("follow", graph.scale_free { m = 4 })
    stage("relayed", { reach = .1, emit = "once" })
    stage("acted", { from = "relayed", reach = .3 * src.charm^3, emit = "once" })
    at(0, function()
      mark("sample", random(200, "person"))
      probe("spread", { who = "sample", stage = "relayed", steps = 12, replicates = 10 })
      probe("action", { who = "sample", stage = "acted", from = "relayed", steps = 2, replicates = 10 })
      observe("orders", rank_corr(me.spread, me.action, "sample"))
      observe("foretells_spread", rank_corr(me.followers, me.spread, "sample"))
      observe("foretells_action", rank_corr(me.followers, me.action, "sample"))
    end)
  end,

  charts = { "ccdf(orders)" },

  checks = function(r)
    check("D3: two orders of influence", r {}.orders < .8)
    check("D3: followers foretell spreading better than acting", r {}.foretells_spread > r {}.foretells_action)
  end,
}
