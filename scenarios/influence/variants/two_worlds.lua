-- Two worlds are more than one: a second layer carries what neither carries alone, and a pair that meets in both stays.
--
-- Source: Brummitt, Lee and Goh 2012 (thresholds on several layers); Roberts and Dunbar 2011 (decay of ties).
-- Claim (two-worlds): everybody has three ties in the street and three as avatars. Each layer alone keeps a rumour below
-- its threshold, both together carry it.
-- Expect: adopted .02 and .02 alone, .62 together.
-- Claim (online-and-offline): a tie that is tended online and offline, with the same theme, survives where a tie of one
-- kind is dropped. All ties are equal at first; a tie is dropped when it has grown weak.
-- Expect: of the pairs that meet in both worlds more than twice as many are left after 60 days.

return {
  scenario "two-worlds" {
    replicates = 20,
    steps = 200,
    sweep = { layers = {"street", "avatar", "both"} },

    world = function(p)
      agents("person", 2000)
      ties("street", graph.random { k = p.layers == "avatar" and 0 or 3 })
      ties("avatar", graph.random { k = p.layers == "street" and 0 or 3 })
      stage("adopted", { reach = .25, emit = "once" })
      start { stage = "adopted", who = random(10) }
    end,

    charts = { "adopted ~ layers", "adopted ~ now | layers" },

    checks = function(r)
      local function adopted(layers)
        return r { layers = layers }.adopted
      end
      check("A22, C31: no layer carries it alone, both do",
        adopted "street" < .05 and adopted "avatar" < .05 and adopted "both" > .15)
      check("B9: both together do more than five times each",
        adopted "both" > 5 * adopted "street" and adopted "both" > 5 * adopted "avatar")
    end,
  },

  scenario "online-and-offline" {
    replicates = 10,
    steps = 60,                                                                -- steps are days
    sweep = { meets = {.02, .05, .1, .2} },                                    -- how often a pair meets offline, a day

    world = function(p)
      agents("person", 1000)
      ties("online", graph.random { k = 20 }, { trust = .3 })
      set(tie.first, 1)                                                        -- ties made later have 0
      set(tie.offline, chance(.5))                                             -- half of the pairs live in one town
      at(0, function()
        set(me.pairs, sum_in(1 - tie.offline))
        set(me.pairs_in_town, sum_in(tie.offline))
      end)
      contact("online", { per = 1, gates = false })
      local met = max(tie.open, tie.offline * chance(p.meets))
      update(tie.trust, tie.trust + .3 * met * (1 - tie.trust) - .05 * tie.trust)
      rewire { layer = "online", drop = lt(tie.trust, .15) }
      observe("one_world", sum(tie.first * (1 - tie.offline)) / sum(me.pairs))
      observe("both_worlds", sum(tie.first * tie.offline) / sum(me.pairs_in_town))
    end,

    charts = { "both_worlds ~ meets", "one_world ~ meets" },

    checks = function(r)
      check("A22: pairs of both worlds survive twice as often",
        r { meets = .1 }.both_worlds > 2 * r { meets = .1 }.one_world)
    end,
  },
}
