-- A few shortcuts make a large world small while friends of friends stay friends.
--
-- Source: Watts and Strogatz 1998, Collective dynamics of 'small-world' networks, Nature 393:440, figures 2 and 3.
-- Claim: when each tie of a ring is rewired with probability p, paths shorten long before clustering falls. What always
-- infects takes as long as paths are long.
-- Expect (1000 agents, 10 neighbours): clustering 2/3 and path length 50.45 at p = 0; at p = .01 clustering is .97 of
-- that and path length .18; at p = 1 .013 and .065.

return scenario "watts-strogatz-1998" {
  replicates = 10,
  steps = 200,
  sweep = { rewire = {0, .0001, .0003, .001, .003, .01, .03, .1, .3, 1} },

  world = function(p)
    agents("person", 1000)
    ties("friend", graph.ring { k = 10, rewire = p.rewire })
    stage("infected", {})
    start { stage = "infected", who = random(1) }
    observe("C", clustering "friend" / (2 / 3))
    observe("L", path_length "friend" / 50.4505)
  end,

  charts = {
    "C ~ rewire",
    "L ~ rewire",
    "steps ~ rewire",
  },

  checks = function(r)
    local function near(name, rewire, expected, tolerance)
      return math.abs(r { rewire = rewire }:mean(name) - expected) < tolerance
    end
    check("a ring is clustered and large", near("C", 0, 1, 1e-9) and near("L", 0, 1, 1e-6))
    check("a hundredth rewired: still clustered, already small", near("C", .01, .971, .01) and near("L", .01, .176, .01))
    check("a tenth rewired", near("C", .1, .746, .02) and near("L", .1, .0887, .005))
    check("random: neither", near("C", 1, .013, .01) and near("L", 1, .0647, .004))
    check("what always infects needs the time paths need", r { rewire = 0 }.steps == 100 and r { rewire = .01 }.steps < 20)
  end,
}
