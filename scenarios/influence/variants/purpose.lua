-- A cause keeps buyers who share it when the price rises.
--
-- Source: McPherson, Smith-Lovin and Cook 2001 (like attracts like), for buyers and brands.
-- Claim: a product is worth as much to everybody; a purpose adds worth for those whose values are near. When the price
-- rises by half, a brand with a purpose keeps most of its buyers, one without loses nearly all.
-- Expect: at a premium of .5 more than half are left with a purpose, less than a tenth without.

return scenario "purpose" {
  replicates = 10,
  steps = 60,
  sweep = {
    premium = {0, .1, .2, .3, .4, .5},
    purpose = {0, 1},
  },

  world = function(p)
    agents("person", 1000, { value = dist.uniform(0, 1), wants = dist.normal(.4, .1) })
    ties("friend", graph.ring { k = 10, rewire = .1 }, { trust = .02 })
    item("shirt", { value = .5, worth = .5 })
    stage("bought", {
      base = it.worth + p.purpose * .6 * exp(-1.5 * abs(me.value - it.value)),      -- a cause, to the like-minded
      weight = tie.trust,                                                           -- friends who wear it
      needs = me.wants + p.premium,
    })
  end,

  charts = { "bought ~ premium | purpose" },

  checks = function(r)
    local function kept(purpose)
      return r { premium = .5, purpose = purpose }.bought / r { premium = 0, purpose = purpose }.bought
    end
    check("C26: a purpose keeps its buyers", kept(1) > .5)
    check("C26: without one they leave", kept(0) < .1)
  end,
}
