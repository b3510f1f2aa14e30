-- A committed minority tips a convention, at a size set by how long people remember.
--
-- Source: Centola, Becker, Brackbill and Baronchelli 2018; Xie et al. 2011.
-- Claim: one quarter of committed people is enough when the others act by the majority of their last 13 encounters;
-- with a shorter memory fewer suffice, with a longer one more are needed.
-- Expect: the mean field x = P(Bin(M, c + (1 - c) x) > M / 2) tips at c = 1/9, .257 and .342 for M = 3, 13 and 41.

return scenario "tipping" {
  replicates = 20,
  steps = 1000,
  sweep = {
    committed = {.06, .10, .16, .20, .25, .30, .40},
    memory = {3, 13, 41},
  },

  world = function(p)
    agents("person", 1000)
    ties("talk", graph.random { k = 40 })
    contact("talk", { per = 1 })                                              -- everyone hears one other per step
    stage("uses", { count = "share", memory = last(p.memory), needs = .5, leave = lt(evidence, .5) })
    start { stage = "uses", who = random(p.committed), fixed = true }         -- the committed never give up
  end,

  charts = { "uses ~ committed | memory" },

  checks = function(r)
    local function x(memory, committed)
      return r { memory = memory, committed = committed }.uses
    end
    check("A15: memory 13 tips near one quarter", x(13, .20) < .30 and x(13, .30) > .95)
    check("A15: memory 3 tips near one ninth", x(3, .06) < .20 and x(3, .16) > .95)
    check("A15: memory 41 resists one quarter", x(41, .25) < .30 and x(41, .40) > .95)
  end,
}
