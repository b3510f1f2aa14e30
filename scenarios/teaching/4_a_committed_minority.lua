-- A committed minority: how many who never give up does it take to change a custom?
--
-- Source: Centola, Becker, Brackbill and Baronchelli 2018, Experimental evidence for tipping points in social convention.
-- Claim: everybody does what most of the last 13 people they met did. A few do the new thing whatever the others do.
-- Below about a quarter they stay alone, above it everybody follows.
-- Expect: uses close to the committed share at .15, close to 1 at .35.
--
-- Run it:      uptake sweep 4_a_committed_minority.lua
-- Then change: the memory from 13 to 3 (far fewer are enough), the ties to graph.ring { k = 10 }, needs to .7.

return scenario "a-committed-minority" {
  replicates = 10,
  steps = 200,
  sweep = { committed = {.05, .1, .15, .2, .25, .3, .35} },

  world = function(p)
    agents("person", 300)
    ties("meets", graph.random { k = 20 })
    contact("meets", { per = 1 })                             -- everybody meets one of them a step
    stage("uses", {
      count = "share", memory = last(13), needs = .5,         -- half of the last 13 did it: do it
      leave = lt(evidence, .5),                               -- fewer: stop
    })
    start { stage = "uses", who = random(p.committed), fixed = true }      -- fixed: whatever the others do
  end,

  charts = { "uses ~ committed", "uses ~ now | committed" },

  checks = function(r)
    check("below a quarter nothing tips", r { committed = .15 }.uses < .3)
    check("above it everybody follows", r { committed = .35 }.uses > .95)
  end,
}
