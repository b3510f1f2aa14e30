-- A club of 34 and the same club with its friendships shuffled: who is tied to whom decides how far a fashion goes.
--
-- Source: Zachary 1977, J. Anthropol. Res. 33:452; the data and their licence are in ../data/README.md.
-- Claim: everybody adopts when a share phi of their friends has. The club and its shuffled version have the same degrees;
-- what differs is clustering alone. From one random member, exact enumeration of all 34 starts says how far it goes.
-- Expect: mean size .829, .545, .462, .146, .056 of the club at phi = .1, .2, .25, .3, .5.

return scenario "karate" {
  replicates = 400,
  steps = 40,
  sweep = {
    phi = {.1, .15, .2, .25, .3, .35, .4, .5},
    wiring = {"as it is", "shuffled"},
  },
  structure = { "clustering" },

  world = function(p)
    local friends = graph.file("../data/karate.edges", { directed = false })
    agents("member", nodes "../data/karate.nodes.csv")
    ties("friend", p.wiring == "shuffled" and graph.shuffled(friends) or friends)
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = random(1) }
  end,

  charts = {
    "adopted ~ phi | wiring",
    "adopted ~ clustering | wiring",
  },

  checks = function(r)
    local function near(phi, expected)
      return math.abs(r { phi = phi, wiring = "as it is" }:mean "adopted" - expected) < .09    -- 4 standard errors
    end
    check("as far as all 34 starts together say",
      near(.1, .829) and near(.2, .545) and near(.25, .462) and near(.3, .146) and near(.5, .056))
  end,
}
