-- Where personal advice weighs much, close communities decide; among strangers the same trust carries nothing.
--
-- Source: Centola and Macy 2007; Centola 2010 (clustered ties reinforce).
-- Claim: what matters is trust together with clustering. High trust carries a choice everywhere among people whose
-- friends know one another, and nowhere when the same ties are rewired; low trust carries it nowhere.
-- Expect: at mean trust .5 acted > .95 clustered and < .1 random; at .2 < .1.

return scenario "advice-society" {
  replicates = 8,
  steps = 300,
  sweep = {
    trust = {.2, .3, .4, .5, .6},
    rewire = {.02, 1},
  },

  world = function(p)
    agents("person", 1200)
    ties("advice", graph.ring { k = 12, rewire = p.rewire }, { trust = dist.uniform(p.trust - .2, p.trust + .2) })
    stage("acted", { weight = tie.trust, needs = 1.5 })
    start { stage = "acted", who = cluster(12) }
  end,

  charts = { "acted ~ trust | rewire" },

  checks = function(r)
    local function acted(trust, rewire)
      return r { trust = trust, rewire = rewire }.acted
    end
    check("C25: trust among friends of friends", acted(.5, .02) > .95 and acted(.5, 1) < .1)
    check("C25: without trust nothing", acted(.2, .02) < .1)
  end,
}
