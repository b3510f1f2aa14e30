-- Trust grows on the topic one talks about, by talk, and fades in silence by a known law.
--
-- Source: Barbieri, Bonchi and Manco 2012 (topics); Burt 2000, Roberts and Dunbar 2011 (decay of ties).
-- Claim (topics): talk about running earns trust on running alone, so advice on running is taken and advice on cooking
-- is not.
-- Expect: trust on cooking to the last digit what it was; consumed > .95 and < .05.
-- Claim (silence): after s silent days a tie of strength w is w (1 - d)^s.
-- Expect: a difference below 1e-12.

return {
  scenario "topics" {
    replicates = 8,
    steps = 160,
    sweep = {
      talk = {0, 2},                                                  -- talks a day about running
      advice = {"running", "cooking"},
    },

    world = function(p)
      agents("person", 800)
      ties("friend", graph.ring { k = 10, rewire = .05 }, { trust = topic { running = .1, cooking = .1 } })
      contact("friend", { per = p.talk * lt(now, 60), gates = false })
      update(tie.trust.running, tie.trust.running + .1 * tie.open * (1 - tie.trust.running))
      item("advice", { topic = p.advice })
      stage("consumed", { weight = tie.trust, needs = 1 })
      start { stage = "consumed", who = cluster(10), at = 60 }
      observe("cooking", sum(sum_in(abs(tie.trust.cooking - .1))))
      observe("running", mean(mean_in(tie.trust.running)))
    end,

    charts = { "consumed ~ talk | advice", "running ~ talk" },

    checks = function(r)
      local function x(talk, advice)
        return r { talk = talk, advice = advice }
      end
      check("D4: trust on other topics is untouched", x(2, "running").cooking < 1e-12 and x(2, "running").running > .5)
      check("D4: advice is taken on the topic of the talk",
        x(2, "running").consumed > .95 and x(2, "cooking").consumed < .05 and x(0, "running").consumed < .05)
    end,
  },

  scenario "silence" {
    replicates = 4,
    steps = 110,
    sweep = { days = {1, 7, 14, 60} },

    world = function(p)
      agents("person", 500)
      ties("friend", graph.random { k = 12 }, { strength = .2 })
      contact("friend", { per = 4 * lt(now, 50), gates = false })
      update(tie.strength, tie.strength + .2 * tie.open * (1 - tie.strength) - .03 * tie.strength)
      at(50, function()
        set(tie.at_last, tie.strength)
      end)
      observe("strength", mean(mean_in(tie.strength)), 50 + p.days)
      observe("off", sum(sum_in(abs(tie.strength - tie.at_last * .97^p.days))), 50 + p.days)
    end,

    charts = { "strength ~ days" },

    checks = function(r)
      local worst = 0
      for _, days in ipairs { 1, 7, 14, 60 } do
        worst = math.max(worst, r { days = days }:q("off", 1))
      end
      check("D6: silence follows its law", worst < 1e-12 * 500 * 12)
      check("D6: talk makes it, silence unmakes it",
        r { days = 1 }.strength > .3 and r { days = 60 }.strength < .2 * r { days = 1 }.strength)
    end,
  },
}
