-- A first contagion: news on a ring.
--
-- Source: Granovetter 1973 (weak ties); Watts and Strogatz 1998 (small worlds).
-- Claim: news spreads from neighbour to neighbour. Let one tie in ten lead anywhere, and it is everywhere in a fraction
-- of the time.
-- Expect: half of all 100 people know after 13 steps on the ring, after about 5 where a tenth of the ties is rewired.
--
-- Run it:      uptake run 1_first_contagion.lua        (one run, drawn on the terminal)
--              uptake sweep 1_first_contagion.lua      (all runs, a figure, the claims below)
-- Then change: k to 2 or 10, rewire to other values, cluster(1) to random(3). What do you expect? Write it as a check.

return scenario "first-contagion" {
  replicates = 20,                                            -- every setting is tried 20 times, with other draws
  sweep = { rewire = {0, .1, .3} },                           -- the settings: p.rewire below takes each of these values

  world = function(p)
    agents("person", 100)                                     -- who is there
    ties("friend", graph.ring { k = 4, rewire = p.rewire })   -- who hears whom: two neighbours on either side
    stage("knows", { needs = 1 })                             -- one friend who knows is enough
    start { stage = "knows", who = cluster(1) }               -- who knows at the beginning
  end,

  charts = { "knows ~ now | rewire" },                        -- the share that knows, over time, a line for each setting

  checks = function(r)                                        -- .thalf: when half of all people know
    check("shortcuts speed it up", r { rewire = .1 }["knows.thalf"] < .6 * r { rewire = 0 }["knows.thalf"])
  end,
}
