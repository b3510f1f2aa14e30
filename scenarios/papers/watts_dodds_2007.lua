-- The influential start larger cascades, but not by as much as they are better connected.
--
-- Source: Watts and Dodds 2007, Influentials, networks, and public opinion formation, J. Consumer Res. 34:441; thresholds and
-- numbers as in Watts 2002 (a share .18 of one's friends convinces).
-- Claim: the best connected tenth have two to three times as many friends as anybody. Inside the window of cascades they set
-- them off more often, but less so than they are better connected; what decides is whether those whom one friend convinces hang
-- together (the vulnerable cluster): without it even the influential start nothing.
-- Expect (z friends on average): global cascades from anybody in .280, .549, .874, .695, .376 of runs at z = 1.2, 1.5, 3, 5, 5.5,
-- from the influential in .659, .938, .999, .914, .589; multipliers 2.35, 1.71, 1.14, 1.31, 1.57 against 2.86, 2.60, 2.12,
-- 1.84, 1.81 times the friends; vulnerable cluster .279, .544, .790, .368, .148 (equations for large networks).

return scenario "watts-dodds-2007" {
  replicates = 300,
  steps = 2000,
  sweep = {
    z = {1.2, 1.5, 2, 3, 4, 5, 5.5, 8},
    from = {"anybody", "influential"},
  },
  structure = { "vulnerable_cluster.0.18" },

  world = function(p)
    agents("person", 5000)
    ties("friend", graph.random { k = p.z })
    stage("adopted", { count = "share", needs = .18 })
    mark("initiator", random(1, p.from == "influential" and top(.1, me.followers) or "person"))
    start { stage = "adopted", who = "initiator" }
    observe("friends", sum(me.followers * me.initiator))
  end,

  charts = {
    "global(adopted, .1) ~ z | from",
    "friends ~ z | from",
    "adopted ~ vulnerable_cluster.0.18 | from",
  },

  checks = function(r)
    local function global(z, from)
      return r { z = z, from = from }:share("adopted", .1)
    end
    local function near(z, from, expected)
      return math.abs(global(z, from) - expected) < .115    -- 4 standard errors at .5
    end
    local function multiplier(z)
      return global(z, "influential") / global(z, "anybody")
    end
    local function friends(z)
      return r { z = z, from = "influential" }:mean "friends" / r { z = z, from = "anybody" }:mean "friends"
    end
    check("how often anybody sets off a cascade", near(1.5, "anybody", .549) and near(3, "anybody", .874) and near(5, "anybody", .695))
    check("how often the influential do", near(1.5, "influential", .938) and near(3, "influential", .999) and near(5, "influential", .914))
    for _, z in ipairs { 1.2, 1.5, 2, 3, 4, 5, 5.5 } do
      check(`z = {z}: they have more friends than cascades`, 1 < multiplier(z) and multiplier(z) < friends(z))
    end
    check("the vulnerable hang together as the equation says", math.abs(r { z = 3 }["vulnerable_cluster.0.18"] - .7896) < .02
      and math.abs(r { z = 5 }["vulnerable_cluster.0.18"] - .368) < .06)
    check("where they do not, even the influential start nothing", global(8, "influential") == 0)
    local same = r:paired("vulnerable_cluster.0.18", { from = "influential", z = 3 }, { from = "anybody", z = 3 })
    check("both start on the same networks", same.low == 0 and same.high == 0)
  end,
}
