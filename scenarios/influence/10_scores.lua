-- Every score of influence holds until someone cheats; what people give cannot be bought.
--
-- Source: Cha et al. 2010; Rao et al. 2015 (Klout); Messias et al. 2013 (bots raise Klout).
-- Claim: the truth is what a start at each agent yields (probe). Follower counts, likes and a Klout-like score agree
-- with it while all are honest. Bought fans blind follower counts, fans that like blind likes and Klout too; trust that
-- people give keeps its rank. Lists of the most followed turn bought fans into real ones, at the cost of merit.
-- Expect: rank correlation of followers with the truth .85 without bots, under .65 with 200; given > .75 under attack.

return scenario "scores" {
  replicates = 8,
  steps = 60,
  sweep = {
    bots = {0, 50, 200, 800},
    bots_like = {0, 1},
    lists = {0, 1},
  },

  world = function(p)
    agents("person", 800, { quality = dist.uniform(0, 1), buyer = dist.bernoulli(.2) })
    agents("bot", p.bots)
    ties("follow", graph.random { k = 12 }, { trust = .2 })
    ties("follow", graph.star(where(me.buyer), "bot"))                           -- bought fans
    contact("follow", { per = when(me.person, 10 * me.quality, 0), by = "speaker", gates = false })
    update(tie.trust, tie.trust + .1 * tie.open * me.person * (1 - tie.trust) - .02 * tie.trust)
    rewire {                                                                     -- follow the listed, or the good
      layer = "follow",
      rate = .03,
      pick = (1 + src.followers)^p.lists * (.02 + src.quality^2) * src.person * me.person,
    }
    stage("relayed", { reach = when(me.person, .8 * src.quality * tie.trust, p.bots_like), emit = "once", tries = 1 })

    at(60, function()
      mark("sample", random(150, "person"))
      probe("likes", { who = "sample", stage = "relayed", steps = 1, replicates = 4, count = "all" })
      probe("realised", { who = "sample", stage = "relayed", steps = 12, replicates = 6 })
      set(me.klout, log(1 + me.followers) + 2 * log(1 + me.likes), "sample")
      set(me.given, sum_out(tie.trust * me.person), "sample")                    -- trust that people give her
      for _, s in ipairs { "followers", "likes", "klout", "given" } do
        observe(s, rank_corr(me[s], me.realised, "sample"))
      end
      observe("merit", rank_corr(me.followers, me.quality, "person"))
    end)
  end,

  charts = {
    "followers ~ bots | lists / bots_like",
    "klout ~ bots | lists / bots_like",
    "given ~ bots | lists / bots_like",
    "merit ~ bots | lists",
  },

  checks = function(r)
    local function x(bots, bots_like, lists)
      return r { bots = bots, bots_like = bots_like, lists = lists or 0 }
    end
    check("A3, A21, E3, E5, E6: all scores agree before anyone cheats", x(0, 0).followers > .75 and x(0, 0).klout > .75)
    check("A3, E3, E5: bought fans blind follower counts", x(200, 0).followers < .65 and x(200, 0).likes > .75)
    check("A21, E4, E5, E6: bought likes blind Klout too", x(200, 1).klout < .65 and x(200, 1).given > .75)
    check("A4, E8: lists turn bought fans into real ones",
      x(800, 0, 1).followers > x(800, 0).followers + .1 and x(800, 0, 1).merit < x(0, 0, 1).merit - .3)
  end,
}
