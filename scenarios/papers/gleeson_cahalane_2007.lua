-- How many begin decides whether all follow.
--
-- Source: Gleeson and Cahalane 2007, Seed size strongly affects cascades on random networks, Phys. Rev. E 75:056103.
-- Claim (seeds): on a random network with z friends on average, of whom a share of .18 is needed, the range of z in which nearly
-- everybody is convinced grows with the share of initial adopters: the more begin, the more friends it takes to be safe.
-- Expect (seeds): up to z = 6.39, 7.59 and 9.19 for a start of .001, .005 and .01 (one adopter: 5.76); ends as in theory.
-- Claim (course): with thresholds from a normal law some act without anybody, and the equations give the whole time course.
-- Expect (course): z = 6, sd .2: the shares of theory at every step; at step 5 .993, .127 and .038 for a mean of .2, .362 and .42,
-- in the end .998, .994 and .039. Runs around the slow .362 take off sooner or later than each other.

return {
  scenario "gleeson-cahalane-2007-seeds" {
    replicates = 12,
    steps = 1000,
    sweep = {
      z = {.5, 1, 1.5, 2, 3, 4, 5, 5.6, 6, 7, 8, 8.5, 10, 11, 12},
      start = {.001, .005, .01},
    },

    world = function(p)
      agents("person", 10000)
      ties("friend", graph.random { k = p.z })
      stage("adopted", { count = "share", needs = .18 })
      start { stage = "adopted", who = random(p.start) }
    end,

    charts = { chart { "adopted ~ z | start", theory = { "gleeson_cahalane", phi = .18 } } },

    checks = function(r)
      local function ends(z, start)
        return r { z = z, start = start }.adopted
      end
      check("more initial adopters, more friends", ends(8, .001) < .01 and ends(8, .005) < .05 and ends(8, .01) > .98
        and ends(7, .001) < .01 and ends(7, .005) > .98 and ends(12, .01) < .05)
    end,
  },

  scenario "gleeson-cahalane-2007-course" {
    replicates = 10,
    steps = 40,
    sweep = { mean = {.2, .362, .42} },

    world = function(p)
      agents("person", 20000, { threshold = dist.normal(p.mean, .2) })
      ties("friend", graph.random { k = 6 })
      stage("acts", { count = "share", needs = me.threshold })
      observe("acts_5", share("acts"), 5)
    end,

    charts = { chart { "acts ~ now | mean", theory = { "gleeson_cahalane", z = 6, phi = "mean", sd = .2, start = 0 } } },

    checks = function(r)
      local function near(mean, at_5, at_end)
        local x = r { mean = mean }
        return math.abs(x:mean "acts_5" - at_5) < .01 and math.abs(x.acts - at_end) < .01
      end
      check("few and many act as the equations say", near(.2, .993, .998) and near(.42, .038, .039))
    end,
  },
}
