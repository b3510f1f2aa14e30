-- What social currency buys: sales, reach and opinion; and how it is lent to a cause or to another.
--
-- Source: the currency of a voice is the trust that its audience holds; DeGroot 1974 (opinions as weighted means).
-- Claim (sales): who trusts more buys more, in proportion.
-- Expect: a slope of .5 of acting on trust, as the rule has it.
-- Claim (reach): fans pass on what they trust, so a post reaches more by word of mouth the more currency its author has.
-- Expect: reached grows with every level of currency.
-- Claim (voice): listeners move towards a voice by its share of the trust they hold, so opinions shift with its currency.
-- Expect: the shift grows with every level.
-- Claim (support): recommending another spends trust and lends it: what one gives the other gets, less a known share.
-- Expect: the sum falls by exactly the share that is lost. An idea that wants two proofs costs more asks than a purchase.

local levels = {.1, .3, .5, .7, .9}

-- Whether a measure is larger at every next level.
local function grows(r, measure)
  for i = 2, #levels do
    if r { currency = levels[i] }[measure] <= r { currency = levels[i - 1] }[measure] then
      return false
    end
  end
  return true
end

return {
  scenario "sales" {
    replicates = 40,
    steps = 1,
    sweep = { fans = {2000} },

    world = function(p)
      agents("person", p.fans)
      agents("brand", 1)
      ties("fan", graph.star("brand", "person"), { trust = dist.uniform(0, 1) })
      set(me.trust, max_in(tie.trust))
      stage "posted"
      stage("acted", { from = "posted", reach = .5 * tie.trust, emit = "once" })
      start { stage = "posted", who = "brand" }
      local covariance = mean(me.trust * me.acted) - mean(me.trust) * mean(me.acted)
      observe("slope", covariance / std(me.trust)^2)
    end,

    charts = { "ccdf(slope)" },

    checks = function(r)
      check("C3: acting grows with trust, by a half", math.abs(r {}:mean "slope" - .5) < .02)
    end,
  },

  scenario "reach-by-currency" {
    replicates = 10,
    steps = 100,
    sweep = { currency = levels },

    world = function(p)
      agents("person", 1000)
      agents("brand", 1)
      ties("fan", graph.star("brand", "person"), { trust = dist.uniform(p.currency - .1, p.currency + .1) })
      ties("friend", graph.ring { k = 10, rewire = .1 })
      stage "posted"
      stage("reached",
        { from = "posted", layer = "fan", reach = .02, emit = "once" },            -- the post itself reaches few
        { from = "relayed", layer = "friend", reach = .2, emit = "once" })
      stage("relayed", { after = "reached", base = 1, tries = 1, chance = max_in(tie.trust, "fan") })
      start { stage = "posted", who = "brand" }
    end,

    charts = { "reached ~ currency", "reached ~ now | currency" },

    checks = function(r)
      check("C14: more currency, more reach", grows(r, "reached"))
    end,
  },

  scenario "voice" {
    replicates = 10,
    steps = 10,
    sweep = { currency = levels },

    world = function(p)
      agents("person", 500, { opinion = dist.uniform(-1, 0) })
      agents("voice", 1, { opinion = 1 })
      ties("fan", graph.star("voice", "person"), { trust = dist.uniform(p.currency - .1, p.currency + .1) })
      ties("friend", graph.ring { k = 10, rewire = .1 }, { trust = .5 })
      update(me.opinion,
        when(me.person, sum_in(tie.trust * src.opinion) / max(sum_in(tie.trust), 1e-9), me.opinion))
      set(me.at_first, me.opinion)
      observe("shift", mean(me.opinion - me.at_first))
    end,

    charts = { "shift ~ currency" },

    checks = function(r)
      check("C16: a voice moves opinions by its currency", grows(r, "shift"))
    end,
  },

  scenario "support" {
    replicates = 10,
    steps = 120,
    sweep = { needs = {1, 2, 3} },                                   -- proofs wanted: a purchase, an idea, a change

    world = function(p)
      agents("person", 600)
      agents("host", 1)
      agents("guest", 1)
      ties("fan", graph.star("host", "person"), { trust = dist.uniform(.3, .7) })
      ties("fan", graph.star("guest", "person"), { trust = .1 })
      local held = sum_in(tie.trust * src.host)                      -- what a fan holds of the host
      observe("before", sum(sum_in(tie.trust)), 9)
      observe("lent", sum(.2 * held), 9)
      at(10, function()                                              -- the host recommends the guest
        set(tie.trust, when(src.host, .8 * tie.trust, tie.trust + .9 * .2 * held))
      end)
      observe("after", sum(sum_in(tie.trust)), 11)

      stage "asks"
      stage("convinced", { from = "asks", count = "signals", reach = .2 * tie.trust, needs = p.needs })
      start { stage = "asks", who = "host", at = 20 }
    end,

    charts = { "convinced.thalf ~ needs", "after ~ needs" },

    checks = function(r)
      local one = r { needs = 1 }
      check("C22: what is lent arrives, less a tenth", math.abs(one.before - one.after - .1 * one.lent) < 1e-9 * one.before)
      check("C22: an idea costs more asks than a purchase",
        r { needs = 2 }["convinced.thalf"] - 20 > 1.5 * (one["convinced.thalf"] - 20))
    end,
  },
}
