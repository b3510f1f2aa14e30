-- Why things catch on, and four reasons to pass them on.
--
-- Source: Berger 2013 (STEPPS); Berger and Milkman 2012 (emotion); Berger and Schwartz 2011 (triggers).
-- Claim (stepps): a post may lend currency, be cued every day, move, be seen in use, be of use, or be a story. Emotion
-- makes people tell, practical value makes them act, currency works on the vain, being public and being cued bring it
-- to more people later without more telling, a story survives retelling.
-- Expect: told .67 with emotion against .38; did .61 with practical value against .20; depth 3.05 with a story against
-- 1.5.
-- Claim (four-coins): what is worth telling because others do not know it stops when they do; what is worth it because
-- friends do it starts late and ends everywhere; what is worth it because few have it limits itself.
-- Expect: status ends at 1/3 whatever the network; information is relayed by < .8 though > .95 have consumed it.

return {
  scenario "stepps" {
    replicates = 10,
    steps = 80,
    sweep = {
      feature = {"none", "currency", "trigger", "emotion", "public", "practical", "story"},
      rewire = {.01, .3},
    },

    world = function(p)
      agents("person", 1500, { vain = dist.bernoulli(.3) })
      ties("friend", graph.ring { k = 12, rewire = p.rewire })
      item("post", { none = 0, currency = 0, trigger = 0, emotion = 0, public = 0, practical = 0, story = 0 })
      set(it[p.feature], 1)
      local tale = .6 + .4 * it.story                                     -- a tale survives retelling
      stage("consumed",
        { from = "relayed", reach = .5 * tale^src.depth.relayed, emit = "once", tries = 1 },
        { from = "relayed", reach = .02 * it.trigger },                   -- cues recall it for ever
        { from = "acted", reach = .05 * it.public })                      -- seen in use, not told
      stage("relayed",
        { after = "consumed", from = "relayed", tries = 1,
          chance = .35 + .3 * it.emotion + .6 * it.currency * me.vain })
      stage("acted",
        { after = "consumed", from = "relayed", tries = 1, chance = .2 + .4 * it.practical })
      start { stage = "relayed", who = random(15) }
      observe("told", share "relayed" / share "consumed")
      observe("did", share "acted" / share "consumed")
      observe("vain", sum(me.relayed * me.vain) / sum(me.relayed))
      observe("depth", sum(me.depth.relayed) / sum(me.relayed))
    end,

    charts = {
      "consumed ~ rewire | feature",
      "told ~ feature",
      "did ~ feature",
      "vain ~ feature",
      "depth ~ feature",
      "consumed.t50 ~ feature",
    },

    checks = function(r)
      local function x(feature)
        return r { feature = feature, rewire = .3 }
      end
      local n = x "none"
      check("C6, C8: emotion tells, practical value acts",
        x("emotion").told > 1.4 * n.told and x("practical").did > 2 * n.did and x("practical").told < 1.2 * n.told)
      check("C4: currency works on the vain", x("currency").vain > .42 and n.vain < .38)
      check("C5, C7: public and trigger: later, not more telling",
        x("public").consumed > 2 * n.consumed and x("public").told < 1.2 * n.told
          and x("trigger")["consumed.t50"] > 3 * n["consumed.t50"])
      check("C9: a story travels deep", x("story").depth > 1.5 * n.depth)
    end,
  },

  scenario "four-coins" {
    replicates = 10,
    steps = 120,
    sweep = {
      coin = {"information", "affiliation", "reputation", "status"},
      rewire = {.01, .3},
    },

    world = function(p)
      agents("person", 1500, { coins = 0 })
      ties("friend", graph.ring { k = 12, rewire = p.rewire })
      item("post", { quality = .5 })
      local worth = {
        information = 1 - mean_in(src.consumed),                          -- my friends do not know
        affiliation = mean_in(src.relayed),                               -- my friends do it
        reputation = it.quality,                                          -- it is good
        status = clamp(1 - 3 * share "relayed", 0, 1),                    -- few have it
      }
      stage("consumed", { from = "relayed", reach = .3, emit = "once" })
      stage("relayed", { after = "consumed", from = "consumed", chance = .25 * worth[p.coin] })
      update(me.coins, .95 * me.coins + me.credit.consumed)               -- earned from those who listened
      start { stage = "relayed", who = cluster(20) }
      observe("inequality", gini(me.coins))
    end,

    charts = {
      "relayed ~ rewire | coin",
      "relayed.t50 ~ rewire | coin",
      "inequality ~ rewire | coin",
    },

    checks = function(r)
      local function x(coin)
        return r { coin = coin, rewire = .3 }
      end
      check("C13, C27: exclusivity limits itself", math.abs(x("status").relayed - 1/3) < .03)
      check("C10: news stops when all know", x("information").relayed < .8 and x("information").consumed > .95)
      check("C12: what is good is told as long as somebody is left", x("reputation").relayed > .95)
      check("C11: belonging starts late and ends everywhere",
        x("affiliation")["relayed.t50"] > 1.5 * x("reputation")["relayed.t50"] and x("affiliation").relayed > .95)
    end,
  },
}
