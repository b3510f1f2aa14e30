-- Two leaders together reach less than one and the other added up: why greedy choice works.
--
-- Source: Kempe, Kleinberg and Tardos 2003, Maximizing the spread of influence through a social network, KDD, on the karate
-- club of Zachary 1977 (data and licence in ../data/README.md).
-- Claim: three models of influence as settings. Independent cascade: everybody who adopts tries once, with reach .1, to
-- win over each friend. Weighted cascade: the same with reach 1 / number of the friend's friends. Linear threshold: a
-- friend weighs 1 / number of friends, thresholds are drawn. The two leaders together reach less than the sum of both.
-- Expect (agents reached, from the instructor, from the president, from both): cascade 3.42, 3.50, 6.43; weighted 9.99,
-- 10.54, 17.73; threshold 12.22, 13.12, 22.60 (brute force, 20 000 worlds).

local models = {
  cascade = { reach = .1, emit = "once" },
  weighted = { reach = 1 / me.following, emit = "once" },
  threshold = { weight = 1 / me.following, needs = me.threshold },
}

return scenario "kempe-2003" {
  replicates = 4000,
  steps = 40,
  sweep = {
    model = {"cascade", "weighted", "threshold"},
    from = {"instructor", "president", "both"},
  },

  world = function(p)
    agents("member", nodes "../data/karate.nodes.csv", { threshold = dist.uniform(0, 1) })
    ties("friend", graph.file("../data/karate.edges", { directed = false }))
    stage("adopted", models[p.model])
    local leaders = {                                            -- whom most are tied with, on either side of the split
      instructor = top(1, me.followers, where(1 - me.club)),
      president = top(1, me.followers, where(me.club)),
      both = top(2, me.followers),
    }
    start { stage = "adopted", who = leaders[p.from] }
    observe("reached", sum(me.adopted))
  end,

  charts = { "reached ~ from | model" },

  checks = function(r)
    local function near(model, from, expected, tolerance)
      return math.abs(r { model = model, from = from }:mean "reached" - expected) < tolerance
    end
    check("independent cascade",
      near("cascade", "instructor", 3.416, .2) and near("cascade", "president", 3.497, .2) and near("cascade", "both", 6.428, .25))
    check("weighted cascade",
      near("weighted", "instructor", 9.99, .4) and near("weighted", "president", 10.54, .4) and near("weighted", "both", 17.73, .4))
    check("linear threshold",
      near("threshold", "instructor", 12.22, .6) and near("threshold", "president", 13.12, .6) and near("threshold", "both", 22.60, .6))
  end,
}
