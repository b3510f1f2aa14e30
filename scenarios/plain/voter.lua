-- How long a crowd that copies at random takes to agree.
--
-- Source: the voter model (Clifford and Sudbury 1973; Holley and Liggett 1975) on a complete graph, where the mean time to
-- consensus is known exactly.
-- Claim: a random agent takes the opinion of a random other, until all agree. N steps are one sweep.
-- Expect: with N = 10 and half of them on each side 5.8107 sweeps on average; N = 100 with shares of .1, .3, .5: 31.6965,
-- 59.9837, 68.1290. The opinion that wins is that of a share x with probability x.

return scenario "voter" {
  replicates = 400,
  steps = 200000,
  sweep = { n = {10, 100}, yes = {.1, .3, .5} },
  where = function(p) return p.n == 100 or p.yes == .5 end,

  world = function(p)
    agents("person", p.n, { opinion = 0 })
    ties("sees", graph.complete {})
    set(me.opinion, 1, random(p.n * p.yes))
    local yes = math.floor(p.n * p.yes + .5)
    meet("sees", { per_step = 1 }, function(speaker, hearer)
      yes = yes + speaker.opinion - hearer.opinion
      hearer.opinion = speaker.opinion
      if yes == 0 or yes == p.n then
        stop()
      end
    end)
    observe("won", mean(me.opinion))
  end,

  charts = { "steps ~ yes | n" },

  checks = function(r)
    local function near(n, yes, sweeps)    -- the standard deviation of a time is about .85 of its mean; 3.5 standard errors
      return math.abs(r { n = n, yes = yes }:mean("steps") / n / sweeps - 1) < .15
    end
    check("ten agree after 5.81 sweeps", near(10, .5, 5.8107))
    check("a hundred after 31.7, 60.0, 68.1", near(100, .1, 31.6965) and near(100, .3, 59.9837) and near(100, .5, 68.1290))
    check("a share of .3 wins in .3 of the runs", math.abs(r { n = 100, yes = .3 }:mean "won" - .3) < .08)
  end,
}
