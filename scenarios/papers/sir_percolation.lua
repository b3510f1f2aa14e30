-- One tie is enough: an epidemic is percolation.
--
-- Source: Newman 2002, Spread of epidemic disease on networks, Phys. Rev. E 66:016128.
-- Claim: when every tie carries once with probability reach (independent cascade; an infection of fixed length), those
-- reached are the agents connected by the ties that carry. On a random network with z ties an agent on average the size
-- S of a large outbreak solves S = 1 - exp(-reach z S); it is also how often one random agent starts a large one.
-- Expect: nothing at reach z <= 1; at reach z = 1.5, 2, 4: .583, .797, .980, both for size and for frequency.

return scenario "sir-percolation" {
  replicates = 100,
  steps = 1000,
  sweep = {
    carried = {.6, .8, 1, 1.2, 1.5, 2, 3, 4},
    z = {4, 8},
  },

  world = function(p)
    agents("person", 10000)
    ties("contact", graph.random { k = p.z })
    stage("infected", { reach = p.carried / p.z, emit = "once" })
    start { stage = "infected", who = random(1) }
  end,

  charts = {
    -- Of Poisson ties those that carry are Poisson again: as if each agent had `carried` ties that all carry.
    chart { "given(infected, .02) ~ carried | z", theory = { "percolation", z = "carried", reach = 1 } },
    chart { "global(infected, .02) ~ carried | z", theory = { "percolation", z = "carried", reach = 1 } },
  },

  checks = function(r)
    local function near(carried, size)
      local x = r { carried = carried }
      local often = x:share("infected", .02)
      return math.abs(often - size) < .15 and math.abs(x:mean "infected" / often - size) < .03    -- 4 standard errors of 200 runs
    end
    check("below one new case for each nothing spreads", r { carried = .8 }:share("infected", .02) == 0)
    check("size and frequency are the same number", near(1.5, .583) and near(2, .797) and near(4, .980))
  end,
}
