-- News wants hubs, innovations want the periphery.
--
-- Source: Centola and Macy 2007; Guilbeault and Centola 2021; Berger and Le Mens 2009 (fads).
-- Claim: ten hubs spread news further than ten neighbours at the periphery; an innovation, which needs trusted proof,
-- starts among neighbours at the periphery and not among hubs; a fad peaks and is dropped.
-- Expect (m = 2): innovation from the periphery > .99 in every run; from hubs < .01, but in the third of the runs where
-- two of the ten hubs happen to share close friends; a fad's peak > .3, its end < .01.

local kinds = {
  news = { reach = .08, emit = "once" },                                        -- hearing it once is enough
  fad = { reach = .08, tries = 1, leave = .2 },                                 -- and soon dropped, for good
  innovation = { weight = tie.strength, needs = 2, leave = lt(evidence, 1) },   -- wants trusted proof
}

return scenario "hubs-vs-periphery" {
  replicates = 40,
  steps = 400,
  seed = 2,
  sweep = {
    m = {1, 2, 4, 8},
    kind = {"news", "fad", "innovation"},
    from = {"hubs", "periphery"},
  },

  world = function(p)
    agents("person", 2000)
    ties("close", graph.ring { k = 10 }, { strength = 1 })             -- friends who meet often
    ties("follow", graph.scale_free { m = p.m }, { strength = .2 })    -- weak, star -> follower
    stage("adopted", kinds[p.kind])
    local hubs = top(10, me.followers)
    local periphery = cluster(10, bottom(1, me.followers), "close")
    start { stage = "adopted", who = p.from == "hubs" and hubs or periphery }
  end,

  charts = {
    "adopted ~ m | from / kind",
    "adopted.peak ~ m | from / kind",
  },

  checks = function(r)
    local function x(kind, from)
      return r { m = 2, kind = kind, from = from }
    end
    check("D3: hubs win for news", x("news", "hubs").adopted > 5 * x("news", "periphery").adopted)
    check("A5, D14: the periphery wins for innovations",
      x("innovation", "periphery"):share("adopted", .99) == 1 and x("innovation", "hubs"):share("adopted", .1) < .6)
    check("A6: a fad peaks and dies", x("fad", "hubs")["adopted.peak"] > .3 and x("fad", "hubs").adopted < .01)
    check("A6: a trend among close friends lasts", x("innovation", "periphery").adopted > .99)
  end,
}
