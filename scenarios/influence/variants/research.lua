-- Who looks into things is reached later, and not by what is false.
--
-- Source: Watts and Dodds 2007 (easily influenced people); Josang and Ismail 2002 (asking several sources).
-- Claim: people who do research ask around among strangers before they take something up, and find out whether it holds.
-- A true thing reaches them all the same, later; a false one reaches only those who take friends' word for it.
-- Expect: without research both reach > .95; with it the true one > .95 after more than 1.5 times as long, the false < .05.

return scenario "research" {
  replicates = 8,
  steps = 300,
  sweep = {
    research = {0, 1},
    truth = {0, 1},
  },

  world = function(p)
    agents("person", 1000, { experience = dist.normal(p.truth, 1) })           -- what each knows of it, with errors
    ties("friend", graph.ring { k = 10, rewire = .05 })
    ties("stranger", graph.random { k = 12 })
    stage("heard", { from = "consumed", layer = "friend", needs = 2 })
    stage("checked", { after = "heard", base = 1, chance = p.research == 1 and .1 or 1 })
    local found = mean_in(src.experience, "stranger")                           -- near the truth, errors cancel
    stage("consumed",
      { after = "checked", base = p.research == 1 and found or 1, layer = "stranger", weight = 0, needs = .5 })
    for _, s in ipairs { "heard", "checked", "consumed" } do
      start { stage = s, who = cluster(10, nil, "friend") }
    end
  end,

  charts = { "consumed ~ now | research / truth", "consumed ~ truth | research" },

  checks = function(r)
    local function x(research, truth)
      return r { research = research, truth = truth }
    end
    check("E2: who believes friends takes up anything", x(0, 0).consumed > .95 and x(0, 1).consumed > .95)
    check("E2: research delays what is true", x(1, 1).consumed > .9 and x(1, 1)["consumed.thalf"] > 1.5 * x(0, 1)["consumed.thalf"])
    check("E2: and stops what is false", x(1, 0).consumed < .05)
  end,
}
