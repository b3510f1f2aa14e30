-- A universal wish crosses cultures, a local tone stays at home; who adapts is heard, and a story crosses borders.
--
-- Source: Axelrod 1997 (similarity eases influence); Berger 2013 (stories, practical value).
-- Claim (culture): a message in the tone of one region weighs less the further away one lives, unless it is adapted or
-- speaks to a wish that all share.
-- Expect: consumed > .95 at any cultural distance when universal or adapted, < .3 in one tone.
-- Claim (borders): told as a story that is of use, the same experience travels deeper and reaches every region.
-- Expect: all four regions, more than 1.5 times as deep.
-- Claim (channels): when people leave a channel, what is posted there fades within days; who follows them is heard again.
-- Expect: within 5 days after the change consumption falls below a fifth, or is back for who adapts.

-- Four regions: most friends live in one's own.
local function regions()
  agents("person", 1200, { region = dist.int(0, 3) })
  ties("friend", graph.kernel { k = 12, weight = exp(-3 * ne(src.region, me.region)), candidates = 200 }, { trust = .5 })
end

return {
  scenario "culture" {
    replicates = 10,
    steps = 120,
    sweep = {
      culture = {0, .5, 1, 2},                                        -- how much a foreign tone weakens advice
      speaks = {"local", "adapted", "universal"},
    },

    world = function(p)
      regions()
      item("campaign", { tone = 0 })
      local distance = p.speaks == "universal" and 0 or abs(me.region - it.tone)
      local adapt = p.speaks == "adapted" and .95 or 0
      stage("consumed", { weight = tie.trust * exp(-p.culture * (1 - adapt) * distance), needs = .8 })
      start { stage = "consumed", who = random(60, where(eq(me.region, 0))) }
    end,

    charts = { "consumed ~ culture | speaks" },

    checks = function(r)
      local function consumed(speaks, culture)
        return r { speaks = speaks, culture = culture or 2 }.consumed
      end
      check("C23: a universal wish crosses every border, a local tone none",
        consumed "universal" > .95 and consumed("universal", .5) > .95 and consumed "local" < .3)
      check("C32: who adapts is heard everywhere", consumed "adapted" > .95)
    end,
  },

  scenario "borders" {
    replicates = 10,
    steps = 80,
    sweep = { told = {"as news", "as a story"} },

    world = function(p)
      regions()
      local story = p.told == "as a story" and 1 or 0
      local tale = .6 + .4 * story
      stage("consumed", { from = "relayed", reach = .3 * tale^src.depth.relayed, emit = "once", tries = 1 })
      stage("relayed", { after = "consumed", from = "relayed", tries = 1, chance = .5 })
      stage("acted", { after = "consumed", from = "relayed", tries = 1, chance = .2 + .4 * story })
      start { stage = "relayed", who = random(8, where(eq(me.region, 0))) }
      local reached = 0
      for region = 0, 3 do
        mark("region" .. region, where(eq(me.region, region)))
        reached = reached + gt(mean(me.consumed, "region" .. region), .2)
      end
      observe("regions", reached)
      observe("depth", sum(me.depth.relayed) / sum(me.relayed))
    end,

    charts = { "regions ~ told", "depth ~ told" },

    checks = function(r)
      local news, story = r { told = "as news" }, r { told = "as a story" }
      check("C24: a story of use crosses regions", story.regions == 4 and news.regions < 4)
      check("C24: and goes deeper", story.depth > 1.5 * news.depth)
    end,
  },

  scenario "channels" {
    replicates = 10,
    steps = 80,                                                       -- steps are days; a post every other day
    sweep = { follows = {0, 1} },                                     -- whether the brand goes where people went

    world = function(p)
      agents("person", 1000)
      agents("brand", 1)
      ties("fan", graph.star("brand", "person"))
      item("post", { feed = .3, video = .02 })                        -- the share that looks there
      stage "posted"
      stage("consumed", { from = "posted", reach = when(src.on_video, it.video, it.feed), emit = "once" })
      every(2, function()
        post("post", "brand", "posted")
      end)
      set(me.on_video, 0)
      at(40, function()
        set(it.feed, .02)
        set(it.video, .3)
      end)
      if p.follows == 1 then
        at(43, function()
          set(me.on_video, 1, "brand")
        end)
      end
      observe("before", mean(me.consumed), 39)
      observe("at_once", mean(me.consumed), 41)
      observe("after", mean(me.consumed), 45)
    end,

    charts = { "after ~ follows", "before ~ follows" },

    checks = function(r)
      local stays, follows = r { follows = 0 }, r { follows = 1 }
      check("C32: a channel can be left within days", stays.after < .2 * stays.before)
      check("C32: who follows is heard again", follows.after > .9 * follows.before and follows.at_once < .2 * follows.before)
    end,
  },
}
