-- A committed tenth wins everybody over.
--
-- Source: Xie, Sreenivasan, Korniss, Zhang, Lim and Szymanski 2011, Social consensus through the influence of committed
-- minorities, Phys. Rev. E 84:011130.
-- Claim: in the naming game a speaker says one of the words it knows. A hearer that knows it, and the speaker, keep that
-- word only; another learns it. A share is committed to word A, all others start with B. Above a share of .0979 (large
-- crowds) A takes over soon, below only after a time that grows exponentially.
-- Expect: N = 100, at most 100 N meetings, share of runs that end in consensus (an independent replication, 100 runs each):
-- .08 15 %, .09 44 %, .10 82 %, .11 97 %, .12 100 %; time to it at .15 23.7, at .20 17.2, at .30 12 (in units of N meetings).

return scenario "xie-2011" {
  replicates = 200,
  steps = 10000,
  sweep = { committed = {.06, .08, .09, .1, .11, .12, .15, .2, .3} },

  world = function(p)
    agents("person", 100, { a = 0, b = 1 })
    ties("talks", graph.complete {})
    mark("firm", random(100 * p.committed))
    set(me.a, 1, "firm")
    set(me.b, 0, "firm")

    local without_b = math.floor(100 * p.committed + .5)
    local function know(person, a, b)
      if person.firm == 0 then
        without_b = without_b + person.b - b
        person.a, person.b = a, b
      end
    end

    meet("talks", { per_step = 1 }, function(speaker, hearer)
      local says_a = speaker.a == 1 and (speaker.b == 0 or draw() < .5)
      local known = says_a and hearer.a or hearer.b
      if known == 0 then
        know(hearer, 1, 1)
      else
        know(hearer, says_a and 1 or 0, says_a and 0 or 1)
        know(speaker, says_a and 1 or 0, says_a and 0 or 1)
      end
      if without_b == 100 then
        stop()
      end
    end)
    observe("won", eq(mean(me.b), 0))
  end,

  charts = { "won ~ committed", "steps ~ committed" },

  checks = function(r)
    local function won(share)
      return r { committed = share }:mean "won"
    end
    local function near(share, expected)
      return math.abs(won(share) - expected) < .1
    end
    check("six percent do not win in time", won(.06) < .05)
    check("A15: contested, in the naming game ten percent mostly do",
      near(.08, .15) and near(.09, .41) and near(.1, .82) and near(.11, .97) and won(.12) > .95)
    check("more of them need less time", math.abs(r { committed = .15 }:mean "steps" / 2370 - 1) < .1
      and math.abs(r { committed = .2 }:mean "steps" / 1750 - 1) < .1 and math.abs(r { committed = .3 }:mean "steps" / 1200 - 1) < .1)
  end,
}
