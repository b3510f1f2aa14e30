-- Where the cascade window begins and ends, found by following its edges instead of by filling a grid.
--
-- Source: Watts 2002, A simple model of global cascades on random networks, PNAS 99:5766, figure 1.
-- Claim: one random agent can set off nearly all where those whom a single friend convinces hold together. With few
-- friends that ends softly, as the network falls into pieces; with many abruptly: a quarter of the runs go global up to the
-- edge, none beyond it. `refine` halves the step in z wherever a quarter is crossed, so that 100 cells tell both edges to
-- .05 for five thresholds; a grid with that step has 1555.
-- Expect: the upper edge where z P(Poisson(z) <= 1 / phi - 2) = 1: z = 13.66, 10.66, 7.48, 5.76 and 3.86 for phi = .1, .12,
-- .15, .18 and .22, which the runs of ten seeds met within .35, .24, .06, .15 and .16; the lower one for phi = .1 where a quarter
-- of the network holds together, at z = 1.15 (1.11 to 1.18).

return scenario "watts-2002-edges" {
  replicates = 60,
  steps = 2000,
  sweep = {
    phi = {.1, .12, .15, .18, .22},
    z = {.5, 2, 4, 6, 8, 10, 12, 14, 16},                   -- the first round: fine enough to meet the window
    refine { "adopted", share_above = .1, level = .25, within = { z = .05 } },
  },

  world = function(p)
    agents("person", 10000)
    ties("friend", graph.random { k = p.z })
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = random(1) }
  end,

  charts = { chart { "global(adopted, .1) ~ z | phi", theory = "watts" } },

  checks = function(r)
    local function poisson(z, most)                       -- P(Poisson(z) <= most)
      local term, sum = math.exp(-z), 0
      for k = 0, most do
        sum = sum + term
        term = term * z / (k + 1)
      end
      return sum
    end
    local function farthest(phi)                          -- Watts' condition, halved to its upper root
      local low, high = 2, 20
      for _ = 1, 40 do
        local z = (low + high) / 2
        if z * poisson(z, math.floor(1 / phi + 1e-9) - 2) > 1 then low = z else high = z end
      end
      return low
    end
    for _, phi in ipairs { .1, .12, .15, .18, .22 } do
      local edges = r:crossings { phi = phi }
      check("a window has two edges, phi = " .. phi, #edges == 2)
      check("the upper one is where theory has it, phi = " .. phi, math.abs(edges[2].z - farthest(phi)) < .5)
    end
    check("the lower one is where a quarter holds together", math.abs(r:crossings { phi = .1 }[1].z - 1.15) < .1)
  end,
}
