-- Some likeness helps what needs confirmation, too much of it locks it in.
--
-- Source: McPherson, Smith-Lovin and Cook 2001; Centola 2011 and 2015.
-- Claim: people meet the similar, offline by whom they find and online by whom they keep. A contagion that needs two
-- friends fails without homophily, spreads with some, stays in its corner with much; one friend is enough anywhere.
-- Expect (needs 2): < .1 at h = 0, > .9 at h = .8, < .5 at h = 3.2; online clustering at h = 1.6 over 5 times
-- that at h = 0.

return scenario "homophily" {
  replicates = 10,
  steps = 260,
  sweep = {
    h = {0, .2, .4, .8, 1.6, 3.2},
    needs = {1, 2},
    place = {"offline", "online"},
  },

  world = function(p)
    local alike = exp(-p.h * abs(me.trait - src.trait))    -- one kernel for both ways of meeting
    agents("person", 2000, { trait = dist.int(1, 100) })
    if p.place == "offline" then
      ties("friend", graph.kernel { k = 10, weight = alike })
    else
      ties("friend", graph.random { k = 10 })
      rewire { layer = "friend", rate = .1, drop = 1 - alike, pick = alike, candidates = 200, stop = 60 }
    end
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(6), at = 60 }
    observe("clustering", clustering "friend", 60)
  end,

  charts = {
    "adopted ~ h | needs / place",
    "adopted ~ clustering | needs",
    "clustering ~ h | place",
  },

  checks = function(r)
    local function x(h, needs, place)
      return r { h = h, needs = needs, place = place or "offline" }
    end
    check("A17: complex contagion wants moderate homophily",
      x(0, 2).adopted < .1 and x(.8, 2).adopted > .9 and x(3.2, 2).adopted < .5)
    check("A17: simple contagion does not", x(0, 1).adopted > .99 and x(.8, 1).adopted > .99)
    check("A17: online sorts like offline", x(1.6, 1, "online").clustering > 5 * x(0, 1, "online").clustering)
  end,
}
