-- Three ways in which an epidemic can depend on its beginning.
--
-- Source: Dodds and Watts 2004, Universal behavior in a generalized model of contagion, Phys. Rev. Lett. 92:218701.
-- Claim: everybody meets a random other in each step, who, when infected, hands over a dose with probability p; who has had enough
-- doses within 10 steps is infected. Where one dose is enough for all (class I), anything spreads above p = 1/10, at first to
-- few. Where it is enough for a fifth, two for the others (class II), a small start jumps to nearly all. Where all need three (class
-- III), no small start ever spreads, and a large one does.
-- Expect: the shares of theory, which knows everybody; among 1500 people with 40 acquaintances each the jump of class II comes at a
-- p of .45 instead of .37 for a start of .005. At p = .2, .5, 1: class I .84, 1, 1; II .01, .99, 1; III .01 always. A start of a
-- tenth wins class II from .3 on and class III from .8 on.
-- DIFFERENCE: those who start stay infected.

return scenario "dodds-watts-2004" {
  replicates = 4,
  steps = 80,
  sweep = {
    p = {.05, .1, .15, .2, .3, .4, .5, .6, .8, 1},
    class = {"I", "II", "III"},
    start = {.005, .1},
  },

  world = function(p)
    local doses = { I = 1, II = when(chance(.2), 1, 2), III = 3 }
    agents("person", 1500, { needed = doses[p.class] })
    ties("meets", graph.random { k = 40 })
    contact("meets", { per = 1 })
    stage("infected", {
      reach = p.p,
      count = "signals",
      memory = 10,
      needs = me.needed,
      leave = lt(evidence, me.needed),
    })
    start { stage = "infected", who = random(p.start), fixed = true }
  end,

  charts = {
    chart {
      "infected ~ p | class / start",
      theory = {
        "dodds_watts",
        reach = "p",
        memory = 10,
        few = { class = { I = 1, II = 1, III = 3 } },
        many = { class = { I = 1, II = 2, III = 3 } },
        easy = { class = { I = 1, II = .2, III = 1 } },
      },
    },
  },

  checks = function(r)
    local function ends(class, p, start)
      return r { class = class, p = p, start = start or .005 }.infected
    end
    check("class I: anything spreads above 1/10, at first to few",
      ends("I", .05) < .05 and ends("I", .1) < .3 and math.abs(ends("I", .15) - .6) < .1 and ends("I", .3) > .9)
    check("class II: a small start jumps to nearly all", ends("II", .3) < .05 and ends("II", .5) > .95)
    check("a larger one does so before", ends("II", .3, .1) > .6)
    check("class III: no small start ever spreads", ends("III", 1) < .02)
    check("a large one does", ends("III", .5, .1) < .2 and ends("III", .8, .1) > .95)
  end,
}
