-- Who influences us says who we are: people follow the similar, some devotedly and most with caution.
--
-- Source: McPherson, Smith-Lovin and Cook 2001 (homophily); Centola 2011 (homophily and adoption).
-- Claim: the more one prefers the similar, the more those one listens to resemble oneself. One devoted tie suffices to
-- take something up, cautious ones must agree, so more entries are owed to devoted ties than their number says.
-- Expect: rank correlation of trait and mean trait of those heard rises from 0; devoted ties, a fifth of all, bring
-- more than a third of all entries.

return scenario "follow-the-similar" {
  replicates = 8,
  steps = 100,
  sweep = { h = {0, 1, 2, 4, 8} },

  world = function(p)
    agents("person", 1000, { trait = dist.uniform(0, 1) })
    ties("follow",
      graph.kernel { k = 10, weight = exp(-p.h * abs(src.trait - me.trait)), candidates = 300 },
      { devoted = dist.bernoulli(.2) })
    stage("consumed", { weight = when(tie.devoted, .9, .3), needs = .9 })
    start { stage = "consumed", who = random(20) }
    observe("likeness", rank_corr(me.trait, mean_in(src.trait)))
    observe("by_devoted", sum(tie.won.consumed * tie.devoted) / max(sum(tie.won.consumed), 1e-9))
  end,

  charts = { "likeness ~ h", "by_devoted ~ h" },

  checks = function(r)
    check("E1: who is heard resembles who hears",
      math.abs(r { h = 0 }.likeness) < .1 and r { h = 2 }.likeness > .2
        and r { h = 8 }.likeness > r { h = 4 }.likeness and r { h = 4 }.likeness > r { h = 2 }.likeness)
    check("E1: the devoted carry more than their share", r { h = 2 }.by_devoted > 1/3)
  end,
}
