-- Social currency is the trust that others hold: earned by giving, spent by asking, and a shield in a crisis.
--
-- Source: Chen et al. 2011 (negative opinions); the ledger is the sum of trust on the ties of a brand's fans.
-- Claim: a brand that gives stories between its offers sells more than one that only asks or hardly asks. Much currency
-- shields it from a complaint among friends. Answering those who believe the complaint repairs more than hiding or
-- answering only those who trust it anyway.
-- Expect: sales 6.9, 2.2 and .2 a fan when asking every 4th, 32nd and every step; the ledger balances to 1e-9; the
-- complaint is believed by > .9 at every 4th, by < .5 at every 32nd.

return scenario "social-currency" {
  replicates = 8,
  steps = 240,
  sweep = {
    ask_every = {1, 2, 4, 8, 16, 32},
    answer = {"engage", "hide", "sympathy"},
  },

  world = function(p)
    agents("person", 600)
    agents("brand", {"brand"}, { earned = 0, spent = 0 })
    ties("fan", graph.star("brand", "person"), { trust = .1 })
    ties("friend", graph.ring { k = 10, rewire = .1 }, { trust = .5 })
    item "story"
    item "offer"
    item "reply"
    item "complaint"

    local reached = {                                                     -- whom an answer reaches
      engage = .5 * me.believed.complaint,
      hide = 0,
      sympathy = .5 * gt(tie.trust, .5),
    }
    stage "posted"
    stage("consumed",
      { items = {"story"}, from = "posted", layer = "fan", reach = .5, emit = "once" },
      { items = {"reply"}, from = "posted", layer = "fan", reach = reached[p.answer], emit = "once" })
    stage("acted", { items = {"offer"}, from = "posted", layer = "fan", reach = .5 * tie.trust, emit = "once" })
    stage("believed",
      { items = {"complaint"}, layer = "friend", weight = tie.trust, needs = .4 + max_in(tie.trust, "fan") })

    every(1, function(t)
      post(t % p.ask_every == 0 and "offer" or "story", "brand", "posted")
    end)
    every(4, function()
      post("reply", "brand", "posted")
    end, 170)
    start { item = "complaint", stage = "believed", who = random(12), at = 165 }

    local earn = tie.fan * .08 * (me.new.consumed.story + me.new.consumed.reply) * (1 - tie.trust)
    local spend = tie.fan * (.25 * src.new.posted.offer + .6 * me.new.believed.complaint) * tie.trust
    update(tie.trust, tie.trust + earn - spend)                           -- the currency is held by the fans
    update(me.earned, me.earned + sum_out(earn))
    update(me.spent, me.spent + sum_out(spend))

    local currency = sum(sum_out(tie.trust, "fan"), "brand") / 600
    observe("currency", currency, 164)
    observe("after", currency, 220)
    observe("sales", sum(me.won.acted.offer, "brand") / 600, 164)
    observe("leak", abs(currency - .1 - sum(me.earned - me.spent, "brand") / 600))
  end,

  charts = {
    "sales ~ ask_every",
    "complaint.believed ~ currency",
    "after ~ ask_every | answer",
    "leak ~ ask_every",
  },

  checks = function(r)
    local function x(ask_every, answer)
      return r { ask_every = ask_every, answer = answer or "hide" }
    end
    check("C3, C19: give more than you ask, but do ask", x(4).sales > 2 * x(32).sales and x(4).sales > 10 * x(1).sales)
    check("C1, C2: the ledger balances", x(4).leak < 1e-9 and x(32, "engage").leak < 1e-9)
    check("C17: currency shields", x(4)["complaint.believed"] > .9 and x(32)["complaint.believed"] < .5)
    check("C15, E12: answering critics repairs",
      x(4, "engage").after > 1.15 * x(4, "hide").after and x(4, "engage").after > x(4, "sympathy").after)
  end,
}
