-- Trust belongs to a topic, and the influenced decide.
--
-- Source: Barbieri, Bonchi and Manco 2012 (topic-aware influence); Watts and Dodds 2007 (easily influenced people).
-- Claim (susan-tim-mike): Mike wants to hear it twice, Tim once; both listen to Susan on running and not on parenting.
-- Posting and consuming are different acts, so Susan alone does not reach Mike through Tim.
-- Expect: the truth table, exactly: Mike 0, 0, 1 for Susan, Tim, both; Tim 1 on running, 0 on parenting.
-- Claim (context): with the same senders and ties, how far advice goes depends on how many ties carry trust over from
-- another topic, and on how many listeners are easily influenced.
-- Expect: < .05 where no trust carries over, > .95 where all does; at overlap .4 from < .1 to > .95 as all become easy.

return {
  scenario "susan-tim-mike" {
    replicates = 1,
    steps = 6,
    sweep = {
      speaks = {"susan", "tim", "both"},
      topic = {"running", "parenting"},
    },

    world = function(p)
      agents("person", {"susan", "tim", "mike"}, { doubt = .5 })
      set(me.doubt, 1, "mike")                                        -- Mike wants to hear it twice
      ties("talks",
        graph.list { {"susan", "tim"}, {"tim", "susan"}, {"susan", "mike"}, {"tim", "mike"} },
        { trust = topic { running = .6, parenting = .1 } })
      item("advice", { topic = p.topic })
      stage "posted"                                                  -- no route: entered only by start
      stage("consumed", { from = "posted", weight = tie.trust, needs = me.doubt })
      start { stage = "posted", who = p.speaks == "both" and where(1 - me.mike) or p.speaks }
      observe("mike", mean(me.consumed, "mike"))
      observe("tim", mean(me.consumed, "tim"))
    end,

    charts = { "mike ~ speaks | topic" },

    checks = function(r)
      local function x(speaks, topic)
        return r { speaks = speaks, topic = topic or "running" }
      end
      check("D12: Mike needs both voices", x("both").mike == 1 and x("susan").mike == 0 and x("tim").mike == 0)
      check("D12: Tim needs one, and only on her topic", x("susan").tim == 1 and x("susan", "parenting").tim == 0)
    end,
  },

  scenario "context" {
    replicates = 8,
    steps = 200,
    sweep = {
      overlap = {0, .2, .4, .6, .8, 1},
      easy = {0, .3, .6, 1},
    },

    world = function(p)
      agents("person", 1200, { doubt = when(chance(p.easy), .5, 1.2) })    -- easily influenced, or wants proof
      ties("talks",
        graph.ring { k = 12, rewire = .05 },
        { trust = topic { running = dist.uniform(.3, .9), parenting = .05 } })
      set(tie.trust.parenting, tie.trust.running, chance(p.overlap))       -- on some ties trust carries over
      item("advice", { topic = "parenting" })
      stage("consumed", { weight = tie.trust, needs = me.doubt })
      start { stage = "consumed", who = cluster(12) }
    end,

    charts = { "consumed ~ overlap | easy" },

    checks = function(r)
      local function x(overlap, easy)
        return r { overlap = overlap, easy = easy }.consumed
      end
      check("D5: trust is per topic", x(0, 1) < .05 and x(1, 0) > .95)
      check("D9, E2: the influenced decide", x(.4, 0) < .1 and x(.4, 1) > .95)
    end,
  },
}
