-- Many small influencers who answer their followers move more people than one star.
--
-- Source: Wies, Bleier and Edeling 2023 (inverted U of followers); Watts and Dodds 2007; Bakshy et al. 2011.
-- Claim: the same 2000 people follow 1 to 200 influencers, each of whom can answer 20 comments a day. Everybody sees as
-- much, but trust grows by answers, so action grows with the number of influencers. Since each contract costs four
-- sales, the best is in between. Talk that keeps to the label sells more than talk about anything.
-- Expect: seen equal within .03; acted .107 with one star, .75 with 100; net yield highest near 50.

return scenario "micro-vs-macro" {
  replicates = 8,
  steps = 122,
  sweep = {
    influencers = {1, 2, 5, 10, 25, 50, 100, 200},
    replies = {0, 20},
    focus = {.2, 1},
  },

  world = function(p)
    agents("person", 2000)
    agents("star", p.influencers)
    ties("fan",
      graph.audience { of = "star", among = "person", size = 2000 / p.influencers, disjoint = true },
      { trust = .1 })
    contact("fan", { per = p.replies * me.star, by = "speaker", gates = false })         -- comments answered per day
    update(tie.trust, tie.trust + .3 * p.focus * tie.open * (1 - tie.trust) - .02 * tie.trust)   -- talk on the label
    stage "posted"
    stage("seen", { from = "posted", reach = .8, emit = "once" })
    stage("acted", { from = "posted", reach = .8 * tie.trust, emit = "once" })
    start { stage = "posted", who = "star", at = 120 }
    observe("trust", mean(tie.trust), 120)
    observe("net", 2000 * share "acted" - 4 * p.influencers)                             -- a contract costs four sales
  end,

  charts = {
    "acted ~ influencers | replies / focus",
    "seen ~ influencers",
    "net ~ influencers | replies",
    "trust ~ influencers | replies",
  },

  checks = function(r)
    local function x(influencers, replies, focus)
      return r { influencers = influencers, replies = replies or 20, focus = focus or 1 }
    end
    check("A1, C28: same traffic, other effect",
      math.abs(x(1).seen - x(100).seen) < .03 and x(100).acted > 4 * x(1).acted)
    check("D1: of those who see one voice for all few act, of those who see one of their own nearly all",
      x(1).acted < .2 * x(1).seen and x(100).acted > .9 * x(100).seen)
    check("A20: answering makes a bond", x(50).trust > .85 and x(50, 0).trust < .02)
    check("A20: answered every day, it is g / (g + d)", math.abs(x(200).trust - .3 / .32) < 1e-9)
    check("B11: the traffic of a star sells once it answers",
      math.abs(x(1).seen - x(1, 0).seen) < .03 and x(1).acted > 10 * x(1, 0).acted)
    check("B14: without answers half of the trust is gone in 34 days", math.abs(x(50, 0).trust - .1 * .98^120) < 1e-12)
    check("E10: 50k who are answered beat 200k who are not", x(5).acted / 5 > 4 * x(1, 0).acted)
    check("C28: best in between", x(50).net > 1.1 * x(200).net and x(50).net > 2 * x(2).net)
    check("B12: a label beats loose traffic", x(10).acted > 1.3 * x(10, 20, .2).acted)
  end,
}
