-- Two crowds that hardly differ can end at opposite extremes.
--
-- Source: Granovetter 1978, Threshold models of collective behavior, Am. J. Sociol. 83:1420.
-- Claim (riot): everybody sees everybody, and acts when as many act as their threshold says. With thresholds 0, 1, 2, ...,
-- 99 all act; let the one with threshold 1 have 2 instead, and one acts.
-- Expect (riot): 100 and 1, exactly.
-- Claim (spread): with thresholds from a normal distribution around 25 (a quarter) few act while people are alike, and
-- nearly everybody once the standard deviation passes a critical one; then fewer again, towards a half.
-- Expect (spread): critical at 12.2; in a large crowd .040 act at 12, all at 12.25, .905 at 50. Of crowds of 100, a share of
-- .00, .16, .19, .37, .80, 1.00 ends above a half at 10, 12, 12.2, 13, 15, 20.

return {
  scenario "granovetter-1978-riot" {
    replicates = 1,
    steps = 200,
    sweep = { crowd = {"0, 1, 2, 3", "0, 2, 2, 3"} },

    world = function(p)
      local thresholds = {}
      for i = 1, 100 do
        thresholds[i] = i - 1
      end
      if p.crowd == "0, 2, 2, 3" then
        thresholds[2] = 2
      end
      agents("person", 100, { threshold = thresholds })
      ties("sees", graph.complete {})
      stage("acts", { needs = me.threshold })
    end,

    charts = { "acts ~ now | crowd" },

    checks = function(r)
      check("with 0, 1, 2, 3, ... everybody acts", r { crowd = "0, 1, 2, 3" }.acts == 1)
      check("without the 1 only the instigator does", r { crowd = "0, 2, 2, 3" }.acts == .01)
    end,
  },

  scenario "granovetter-1978-spread" {
    replicates = 400,
    steps = 200,
    sweep = { sd = {2, 4, 6, 8, 10, 11, 12, 12.2, 13, 14, 15, 20, 30, 50, 100} },

    world = function(p)
      agents("person", 100, { threshold = dist.normal(25, p.sd) })
      ties("sees", graph.complete {})
      stage("acts", { needs = me.threshold })
    end,

    charts = {
      chart { "acts ~ sd", theory = { "granovetter", phi = 25, crowd = 100 } },    -- a crowd without end
      "global(acts, .5) ~ sd",
    },

    checks = function(r)
      local function near(sd, expected)
        return math.abs(r { sd = sd }:share("acts", .5) - expected) < .11    -- 4 standard errors
      end
      check("few act while people are alike", r { sd = 4 }.acts == 0 and r { sd = 10 }.acts < .05)
      check("the jump comes where it should",
        near(10, .004) and near(12, .159) and near(12.2, .192) and near(13, .374) and near(15, .802) and near(20, .997))
      check("then the very different turn towards a half", math.abs(r { sd = 50 }:mean "acts" - .905) < .02 and r { sd = 100 }.acts < .7)
    end,
  },
}
