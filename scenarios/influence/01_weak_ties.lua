-- Long ties speed what one telling is enough for, and stop what needs confirmation.
--
-- Source: Granovetter 1973 (weak ties); Centola and Macy 2007 (complex contagion); Eckles et al. 2024 (noise).
-- Claim: on a ring, rewiring a share of the ties makes a simple contagion (needs = 1) ten times faster. A complex one
-- (needs = 3) reaches everybody on the ring and dies where three ties in ten are rewired. If people now and then adopt
-- with one confirmation fewer (slip), long ties help again: the contested side of the claim.
-- Expect: needs 1: half of all after 99 steps at rewire 0, after 3 at rewire 1; needs 3: all at 0, under a tenth at .3.

return scenario "weak-ties" {
  replicates = 20,
  steps = 600,
  sweep = {
    rewire = {0, .001, .002, .005, .01, .02, .05, .1, .15, .2, .3, .5, 1},
    needs = {1, 2, 3},
    slip = {0, .05},
  },

  world = function(p)
    agents("person", 2000)
    ties("friend", graph.ring { k = 10, rewire = p.rewire })
    stage("adopted",
      { needs = p.needs },                          -- enough distinct friends have it
      { needs = p.needs - 1, chance = p.slip })     -- or, rarely, one fewer
    start { stage = "adopted", who = cluster(10) }
  end,

  charts = {
    "adopted ~ rewire | needs / slip",
    "adopted.thalf ~ rewire | needs / slip",
  },

  checks = function(r)
    local function x(needs, rewire, slip)
      return r { needs = needs, rewire = rewire, slip = slip or 0 }
    end
    check("A7: long ties speed simple contagion", x(1, 1)["adopted.thalf"] * 10 < x(1, 0)["adopted.thalf"])
    check("A8: long ties stop complex contagion", x(3, 0).adopted > .99 and x(3, .3).adopted < .1)
    check("A8: contested, a little noise reverses it", x(2, 1).adopted < .05 and x(2, 1, .05).adopted > .95)
  end,
}
