-- Seen, consumed, passed on, acted: four things to count, and what one wants decides which.
--
-- Source: Watts and Dodds 2007; Bakshy et al. 2011 (reach is not influence).
-- Claim: a message is seen by many, consumed by fewer, and passed on or acted upon by fewer still; passing on and
-- acting are separate. Every stage is measured without being asked for, and none is the measure of the others.
-- Expect: the counts nest; some pass on without acting, some act without passing on.

return scenario "funnel" {
  replicates = 10,
  steps = 100,
  sweep = { charm = {.2, .5, .8} },

  world = function(p)
    agents("person", 2000)
    ties("friend", graph.random { k = 10 })
    stage("seen", { from = "relayed", reach = .6, emit = "once" })
    stage("consumed", { after = "seen", base = 1, tries = 1, chance = .6 })
    stage("relayed", { after = "consumed", base = 1, tries = 1, chance = .4 })
    stage("acted", { after = "consumed", base = 1, tries = 1, chance = p.charm })
    start { stage = "relayed", who = random(20) }
    observe("only_relayed", mean(me.relayed * (1 - me.acted)))
    observe("only_acted", mean(me.acted * (1 - me.relayed)))
  end,

  charts = { "seen ~ charm", "consumed ~ charm", "relayed ~ charm", "acted ~ charm" },

  checks = function(r)
    local x = r { charm = .5 }
    check("D11: seen, consumed, passed on are fewer and fewer",
      x.seen > x.consumed and x.consumed > x.relayed and x.consumed > x.acted)
    check("D11: each without the other", x.only_relayed > .05 and x.only_acted > .05)
    check("D2: charm changes who acts and not who passes on",
      r { charm = .8 }.acted > 2 * r { charm = .2 }.acted
        and math.abs(r { charm = .8 }.relayed - r { charm = .2 }.relayed) < .01)
  end,
}
