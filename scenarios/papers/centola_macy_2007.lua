-- Long ties speed news and stop what must be confirmed.
--
-- Source: Centola and Macy 2007, Complex contagions and the weakness of long ties, Am. J. Sociol. 113:702.
-- Claim: on a ring where everybody has 8 neighbours, exchanging the ends of a few ties (all degrees stay) speeds a simple
-- contagion (needs 1). One that needs 2 confirmations first speeds up and then dies; with needs = 4, half of the
-- neighbours, a single broken bridge is enough to stop it. It starts with one agent and all its neighbours.
-- Expect: rounds to reach all 2000 on the ring 249, 332, 498, 994 for needs 1 to 4, exactly; with a tenth of the ties
-- exchanged needs 1 reaches all in 6 rounds, needs 2 in 36, needs 3 and 4 nobody.

return scenario "centola-macy-2007" {
  replicates = 25,
  steps = 2000,
  sweep = {
    rewire = {0, .001, .01, .03, .1, .2, .3, .5, 1},
    needs = {1, 2, 3, 4},
  },
  structure = { "clustering" },

  world = function(p)
    agents("person", 2000)
    ties("friend", graph.ring { k = 8, rewire = p.rewire, keep = "degree" })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(9) }    -- somebody and all its neighbours
  end,

  charts = {
    "adopted ~ rewire | needs",
    "steps ~ rewire | needs",
    "adopted ~ clustering | needs",
  },

  checks = function(r)
    local function x(needs, rewire)
      return r { needs = needs, rewire = rewire }
    end
    local function rounds(needs)
      return x(needs, 0).steps
    end
    check("on the ring everything spreads, slower the more it needs",
      rounds(1) == 249 and rounds(2) == 332 and rounds(3) == 498 and rounds(4) == 994)
    check("long ties speed simple contagion",
      x(1, .01).steps < .1 * rounds(1) and x(1, .1).steps < .03 * rounds(1) and x(1, 1).adopted == 1)
    check("a few long ties speed a complex one", x(2, .1):mean "adopted" > .95 and x(2, .1).steps < .15 * rounds(2))
    check("many stop it", x(2, .5):mean "adopted" < .01 and x(3, .1):mean "adopted" < .05)
    check("one broken bridge stops what needs half of the neighbours", x(4, .001):mean "adopted" < .32)
  end,
}
