-- A relation lives by talking; two weeks of silence end its influence.
--
-- Source: Granovetter 1973; Roberts and Dunbar 2011 and Burt 2000 (decay of ties); Rajkumar et al. 2022 (weak ties).
-- Claim: with four talks a day, many friends are weak friends. Ties strengthen by talk and fade without it, to
-- w* = g q / (g q + d) with q = 4 / friends. News passes over any tie, conviction over strong ones only, so it fails
-- among many friends, and after a silence. Yesterday's ranking of who moves whom is stale a few weeks later.
-- Expect: mean strength .816, .690, .526, .357 at 6, 12, 24, 48 friends; consumed > .5 at 12 friends, < .05 after 14
-- silent days and at 96 friends.
-- The condition on a tie stands inside weight: a sum would let many weak ties stand in for a strong one.

return scenario "living-ties" {
  replicates = 8,
  steps = 260,                                                            -- steps are days
  sweep = {
    friends = {6, 12, 24, 48, 96},
    silence = {0, 7, 14},
  },

  world = function(p)
    agents("person", 800)
    ties("friend", graph.ring { k = p.friends, rewire = .2 }, { strength = .2 })
    contact("friend", { per = 4 * lt(now, 100), gates = false })          -- four talks a day each, until day 100
    update(tie.strength, tie.strength + .2 * tie.open * (1 - tie.strength) - .03 * tie.strength)
    stage("heard", { reach = .2, emit = "once", tries = 1 })              -- any tie carries news
    stage("consumed", { weight = gt(tie.strength, .5), needs = 2 })       -- only strong ties convince
    for _, s in ipairs { "heard", "consumed" } do
      start { stage = s, who = cluster(8), at = 100 + p.silence }
    end
    observe("strength", mean(tie.strength), 100)
    observe("strong", mean(sum_in(gt(tie.strength, .5))), 100 + p.silence)
    at(40, function()
      set(me.pull, mean_out(tie.strength))
    end)
    observe("week", rank_corr(me.pull, mean_out(tie.strength)), 47)
    observe("later", rank_corr(me.pull, mean_out(tie.strength)), 90)
  end,

  charts = {
    "consumed ~ friends | silence",
    "strength ~ friends",
    "heard ~ friends",
    "strong ~ friends | silence",
    "week ~ friends",
    "later ~ friends",
  },

  checks = function(r)
    local function x(friends, silence)
      return r { friends = friends, silence = silence or 0 }
    end
    check("D7: two weeks of silence kill it", x(12).consumed > .5 and x(12, 14).consumed < .05)
    check("A18: many friends, few strong ones", x(12).strong > 11 and x(96).strong < 2)
    check("A19: so many friends convince nobody", x(12).consumed > .5 and x(96).consumed < .05)
    for _, friends in ipairs { 6, 12, 24, 48 } do
      local q = math.min(1, 4 / friends)                                  -- how often a pair talks, a day
      local expected = .2 * q / (.2 * q + .03)
      check("A19: strength is g q / (g q + d) with " .. friends .. " friends",
        math.abs(x(friends).strength - expected) < .01)
    end
    check("A18: but news travels further", x(96).heard > .99 and x(6).heard < .2)
    check("D8: yesterday's ranking is stale", x(24).later < x(24).week - .2)
  end,
}
