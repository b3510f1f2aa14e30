-- Those one has cared for come when one calls, as far as the care has reached.
--
-- Source: the story of Lord Mengchang, who fed thousands of guests and was saved by some; Roberts and Dunbar 2011
-- (a relation lives by contact, and time is short).
-- Claim: a host talks with ten guests a day. When he calls for help, guests who were cared for come, others do not. The
-- budget binds: three times as many guests are not three times as many helpers.
-- Expect: of 300 guests 85 come when fed and 6 when not; of 1000 guests 104.

return scenario "favour" {
  replicates = 20,
  steps = 62,
  sweep = {
    guests = {30, 100, 300, 1000},
    feed = {0, 1},
  },

  world = function(p)
    agents("guest", p.guests)
    agents("host", 1)
    ties("house", graph.star("host", "guest"), { trust = .05 })
    contact("house", { per = 10 * p.feed * me.host, by = "speaker", gates = false })
    update(tie.trust, tie.trust + .3 * tie.open * (1 - tie.trust) - .02 * tie.trust)
    stage "called"
    stage("helped", { from = "called", reach = tie.trust, emit = "once" })
    start { stage = "called", who = "host", at = 60 }
    observe("helpers", sum(me.helped, "guest"))
  end,

  charts = { "helpers ~ guests | feed" },

  checks = function(r)
    local function helpers(guests, feed)
      return r { guests = guests, feed = feed or 1 }.helpers
    end
    check("B5: who was fed comes to help", helpers(300) > 8 * helpers(300, 0))
    check("B5: the care of one host is limited", helpers(1000) < 3 * helpers(300))
  end,
}
