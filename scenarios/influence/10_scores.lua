-- Every score of influence holds until someone cheats; what people give cannot be bought.
--
-- Source: Cha et al. 2010; Rao et al. 2015 (Klout); Messias et al. 2013 (bots raise Klout).
-- Claim: the truth is what a start at each agent yields (probe). Follower counts, likes and scores like those of Klout,
-- Kred and PeerIndex agree with it while all are honest: they did predict spread, the contested side. Bought fans blind
-- follower counts, fans that like blind likes and all three; trust that people give keeps its rank. The mean of several
-- scores is better than a bought one, and averages no fraud away. Lists of the most followed turn bought fans into real
-- ones, at the cost of merit.
-- Expect: rank correlation of followers with the truth .85 without bots, under .65 with 200; given > .75 under attack.
-- Claim (replies): trust comes from answers, `replies` times one's quality a day. While these do not go round, what people
-- give says more than how many follow; where all are answered it says the same.
-- Expect (replies): trust .19, .51, .70 a follower at 1, 10, 100 replies; given .87, followers .85 at 10, both .83 at 100.

local function world(bots, bots_like, lists, replies)
  agents("person", 800, { quality = dist.uniform(0, 1), buyer = dist.bernoulli(.2) })
  agents("bot", bots)
  ties("follow", graph.random { k = 12 }, { trust = .2 })
  ties("follow", graph.star(where(me.buyer), "bot"))                           -- bought fans
  contact("follow", { per = when(me.person, replies * me.quality, 0), by = "speaker", gates = false })
  update(tie.trust, tie.trust + .1 * tie.open * me.person * (1 - tie.trust) - .02 * tie.trust)
  rewire {                                                                     -- follow the listed, or the good
    layer = "follow",
    rate = .03,
    pick = (1 + src.followers)^lists * (.02 + src.quality^2) * src.person * me.person,
  }
  stage("relayed", { reach = when(me.person, .8 * src.quality * tie.trust, bots_like), emit = "once", tries = 1 })

  at(60, function()
    mark("sample", random(150, "person"))
    probe("likes", { who = "sample", stage = "relayed", steps = 1, replicates = 4, count = "all" })
    probe("realised", { who = "sample", stage = "relayed", steps = 12, replicates = 6 })
    set(me.klout, log(1 + me.followers) + 2 * log(1 + me.likes), "sample")
    set(me.kred, log(1 + me.likes) + log(1 + 10 * me.quality), "sample")       -- likes won, and replies given
    set(me.peerindex,                                                          -- authority, activity, audience
      log(1 + me.likes) * me.quality * log(1 + me.followers), "sample")
    set(me.given, sum_out(tie.trust * me.person), "sample")                    -- trust that people give her
    local function measured(x)                                                 -- in standard deviations from the mean
      return (x - mean(x, "sample")) / std(x, "sample")
    end
    set(me.together, measured(me.followers) + measured(me.likes) + measured(me.given), "sample")
    for _, s in ipairs { "followers", "likes", "klout", "kred", "peerindex", "given", "together" } do
      observe(s, rank_corr(me[s], me.realised, "sample"))
    end
    observe("trust", sum(me.given, "sample") / sum(me.followers, "sample"))
    observe("merit", rank_corr(me.followers, me.quality, "person"))
    observe("inequality", gini(me.followers, "person"))
  end)
end

return {
  scenario "scores" {
    replicates = 8,
    steps = 60,
    sweep = {
      bots = {0, 50, 200, 800},
      bots_like = {0, 1},
      lists = {0, 1},
    },

    world = function(p)
      world(p.bots, p.bots_like, p.lists, 10)
    end,

    charts = {
      "together ~ bots | lists / bots_like",
      "kred ~ bots | lists / bots_like",
      "peerindex ~ bots | lists / bots_like",
      "followers ~ bots | lists / bots_like",
      "klout ~ bots | lists / bots_like",
      "given ~ bots | lists / bots_like",
      "merit ~ bots | lists",
    },

    checks = function(r)
      local function x(bots, bots_like, lists)
        return r { bots = bots, bots_like = bots_like, lists = lists or 0 }
      end
      local honest, silent, liking = x(0, 0), x(200, 0), x(200, 1)                 -- no bots, bots, bots that like
      check("A3, A21, E3, E5: numbers tell the truth before anyone cheats", honest.followers > .75 and honest.likes > .75)
      check("A3, E3, E5: bought fans blind follower counts, not likes", silent.followers < .65 and silent.likes > .75)
      check("A21, E5: bought likes blind likes", liking.likes < .65)
      check("E6: contested, Klout, Kred and PeerIndex know who spreads while all are honest",
        honest.klout > .75 and honest.kred > .75 and honest.peerindex > .75)
      check("E6: bought likes blind all three", liking.klout < .65 and liking.kred < .65 and liking.peerindex < .65)
      check("E8: the bigger picture is better than a bought number", silent.together > silent.followers + .2)
      check("E8: but nothing averages a fraud away",
        honest.together > honest.given - .05 and silent.together < silent.given - .05 and liking.together < .65)
      local least = math.huge
      for _, attack in ipairs { silent, liking, x(800, 0), x(800, 1), x(800, 0, 1), x(800, 1, 1) } do
        least = math.min(least, attack.given)
      end
      check("E4: what people give keeps its rank under every attack", least > .75)
      check("E9: lists keep the same names on top",
        x(0, 0, 1).inequality > honest.inequality + .1 and x(0, 0, 1).merit < honest.merit - .05)
      check("A4: people follow the good where nobody cheats", x(0, 0).merit > .85)
      check("A4, E8: lists turn bought fans into real ones",
        x(800, 0, 1).followers > x(800, 0).followers + .1 and x(800, 0, 1).merit < x(0, 0, 1).merit - .3)
    end,
  },

  scenario "scores-replies" {
    replicates = 8,
    steps = 60,
    sweep = { replies = {1, 10, 100} },

    world = function(p)
      world(0, 0, 0, p.replies)
    end,

    charts = {
      chart { "given ~ replies", log = "x" },
      chart { "trust ~ replies", log = "x" },
    },

    checks = function(r)
      local function x(replies)
        return r { replies = replies }
      end
      check("answers are what trust is made of", x(10).trust > 2 * x(1).trust and x(100).trust > 1.2 * x(10).trust)
      check("what people give says more than how many follow while answers are scarce",
        x(10).given > x(10).followers + .01)
      check("and the same where all are answered", math.abs(x(100).given - x(100).followers) < .01)
    end,
  },
}
