-- One quarter: how large a committed minority has to be to overturn a convention.
--
-- Source: Centola, Becker, Brackbill and Baronchelli 2018, Experimental evidence for tipping points in social convention,
-- Science 360:1116. Groups of 18 to 30 people; with 17 to 21 % committed 0 to 8 % of the others took over their
-- convention, with 25 to 31 % committed 70 to 100 %.
-- Claim: everybody does what most of its last 12 encounters did; the committed never give up. When exactly half did, a
-- fair draw decides. Below a critical share of committed people the convention holds, above it all change.
-- Expect: in a large population x = P(Bin(12, c + (1 - c) x) > 6) + P(= 6) / 2 tips at c = .242; if six of twelve are
-- enough (as in the authors' published code) at .210, if they are too few at .292. Below, at c = .20, .016 of the others use
-- the new convention. In groups of 24, after 100 encounters each: 5 committed hardly ever win, 7 always.

local function convention(n, committed, tie)
  order "asynchronous"
  agents("person", n)
  ties("meets", graph.complete {})
  contact("meets", { per = 1 })                             -- everybody hears one random other per step
  stage("uses", { count = "share", memory = last(12, { tie = tie }), needs = .5, leave = lt(evidence, .5) })
  start { stage = "uses", who = random(committed), fixed = true }
  local others = n - committed
  observe("converted", (sum(me.uses) - committed) / others)
end

return {
  scenario "centola-2018" {
    replicates = 30,
    steps = 100,
    sweep = {
      committed = {.15, .18, .20, .22, .23, .24, .25, .26, .28, .30, .33},
      tie = {"draw", "yes", "no"},
    },
    world = function(p) convention(100, math.floor(100 * p.committed + .5), p.tie) end,

    charts = { "converted ~ committed | tie", "global(converted, .5) ~ committed | tie" },

    checks = function(r)
      local function tips(committed, tie)
        return r { committed = committed, tie = tie or "draw" }:share("converted", .5)
      end
      check("a fair draw tips near one quarter", tips(.22) < .2 and tips(.28) > .9)
      check("with half enough less is needed", tips(.18, "yes") < .2 and tips(.24, "yes") > .9)
      check("with half too few more is needed", tips(.25, "no") < .1 and tips(.33, "no") > .9)
      check("below it the convention holds", math.abs(r { committed = .20, tie = "draw" }.converted - .016) < .015)
    end,
  },

  scenario "centola-2018-groups" {
    replicates = 100,
    steps = 100,
    sweep = { committed = {3, 4, 5, 6, 7, 8} },
    world = function(p) convention(24, p.committed, "draw") end,

    charts = { "converted ~ committed" },

    checks = function(r)
      local function tips(committed)
        return r { committed = committed }:share("converted", .5)
      end
      check("a fifth fails, a quarter can, 29 % always win", tips(5) < .15 and tips(6) > .5 and tips(7) > .95)
    end,
  },
}
