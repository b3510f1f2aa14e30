-- People change when those close to them signal persistently; once is not enough.
--
-- Source: Dodds and Watts 2004 (a dose of exposures); Centola and Macy 2007.
-- Claim: a change of attitude takes six signals, whoever sends them. Friends who keep signalling bring everybody to it,
-- with the very same friends and the same chance of being heard; friends who signal once change nobody.
-- Expect: changed > .9 where signals are repeated, < .05 where each is sent once.

return scenario "persistence" {
  replicates = 10,
  steps = 300,
  sweep = {
    repeats = {true, false},
    rewire = {0, .1},
  },

  world = function(p)
    agents("person", 1000)
    ties("friend", graph.ring { k = 10, rewire = p.rewire })
    stage("changed", { reach = .2, count = "signals", needs = 6, emit = p.repeats and "always" or "once" })
    start { stage = "changed", who = cluster(10) }
  end,

  charts = { "changed ~ rewire | repeats", "changed ~ now | repeats" },

  checks = function(r)
    local function changed(repeats)
      return r { repeats = repeats, rewire = .1 }.changed
    end
    check("A14: repeated signals change people, single ones do not", changed(true) > .9 and changed(false) < .05)
  end,
}
