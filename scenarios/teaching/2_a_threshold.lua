-- A threshold: what one friend is not enough for.
--
-- Source: Granovetter 1978 (thresholds); Centola and Macy 2007 (complex contagion).
-- Claim: on a ring where everybody has six friends, a habit that needs one, two or three friends who have it reaches
-- everybody, and more slowly the more it needs. One that needs four goes nowhere: at the edge of the group of those who
-- have it, nobody sees more than three of them.
-- Expect: everybody for needs 1, 2, 3, half of them after 8, 11 and 22 steps; hardly more than the six who started for
-- needs 4.
--
-- Run it:      uptake sweep 2_a_threshold.lua
-- Then change: cluster(6) to random(6). Why does needs = 2 fail now? What if k is 8?

return scenario "a-threshold" {
  replicates = 5,
  sweep = { needs = {1, 2, 3, 4} },

  world = function(p)
    agents("person", 100)
    ties("friend", graph.ring { k = 6 })                      -- three friends on either side
    stage("adopted", { needs = p.needs })                     -- so many friends who have adopted
    start { stage = "adopted", who = cluster(6) }             -- six people next to each other
  end,

  charts = { "adopted ~ needs", "adopted ~ now | needs" },

  checks = function(r)
    check("three friends of six are still there at the edge", r { needs = 3 }.adopted == 1)
    check("four are not", r { needs = 4 }.adopted < .1)
  end,
}
