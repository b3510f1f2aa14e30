-- An epidemic in continuous time: how long somebody stays infectious is drawn too.
--
-- Source: Newman 2002, Spread of epidemic disease on networks, Phys. Rev. E 66:016128; simulated exactly, event by event
-- (Gillespie 1976; Gibson and Bruck 2000).
-- Claim: a tie carries the infection at rate beta while its speaker is infectious, who recovers at rate gamma. In the end
-- each tie has carried it with probability T = beta / (beta + gamma), and as many are reached in a large outbreak as by
-- percolation with T: S = 1 - exp(-T z S). But the ties of one agent carry together or not at all, since they share its
-- time of recovery: large outbreaks are as large as before, and rarer.
-- Expect: at T z = 1.5, 2, 3 (z = 6, gamma = 1): S = .583, .797, .940; a large outbreak from one agent with probability
-- .392, .590, .791 (where recovery takes a fixed time it is S).

return scenario "sir-continuous" {
  replicates = 150,
  steps = 100,                                        -- units of time: 1 is the mean time to recovery
  sweep = { carried = {.8, 1.5, 2, 3} },              -- T z: new cases by each case in the beginning

  world = function(p)
    order "continuous"
    local z, gamma = 6, 1
    local T = p.carried / z
    agents("person", 5000)
    ties("contact", graph.random { k = z })
    stage("infected", { reach = gamma * T / (1 - T), tries = 1, leave = gamma })
    start { stage = "infected", who = random(1) }
  end,

  charts = {
    "infected ~ now | carried",
    "given(infected.total, .05) ~ carried",
    "global(infected.total, .05) ~ carried",
  },

  checks = function(r)
    local function near(carried, size, often)
      local x = r { carried = carried }
      local large = x:share("infected.total", .05)
      return math.abs(x:mean "infected.total" / large - size) < .02 and math.abs(large - often) < .16    -- 4 standard errors
    end
    check("below one new case for each nothing spreads", r { carried = .8 }:share("infected.total", .05) == 0)
    check("large outbreaks are as large as percolation says", near(1.5, .583, .392) and near(2, .797, .590) and near(3, .940, .791))
  end,
}
