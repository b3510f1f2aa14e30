-- Whom to start with: leaders where one voice is enough, neighbours where several are needed.
--
-- Source: Kempe, Kleinberg and Tardos 2003, Maximizing the spread of influence through a social network, KDD; Tang, Shi and Xiao
-- 2015, Influence maximization in near-linear time, SIGMOD; Centola and Macy 2007, AJS 113:702. The karate club is Zachary's
-- (data and licence in ../data/README.md).
-- Claim (leaders): the best connected tell the same people the same thing. Agents chosen for what they add to each other reach
-- more than those of highest degree, and these more than those between others, the more so the more are chosen. All
-- strategies meet the same draws, replicate by replicate.
-- Expect (leaders): nothing to gain with two; with eight of 34, some 6 % more than by degree in the independent cascade.
-- Claim (neighbours): with hubs on top of a clustered ring, hubs win where one exposure is enough. Where three are needed,
-- neighbours who convince each other's friends win, though each of them has few; hubs catch up with their number. Agents
-- tried one by one (greedy) add nothing but themselves at first; those who bring the others nearest to adopting are taken,
-- and turn out to be better than neighbours.
-- Expect (neighbours): needs 3, four initial adopters: those tried reach all, neighbours .88 on average, hubs .19; with eight
-- 1.00, 1.00, .76.

local models = {
  cascade = { reach = .1, emit = "once" },
  weighted = { reach = 1 / me.following, emit = "once" },
  threshold = { weight = 1 / me.following, needs = me.threshold },
}

local contagions = {
  simple = { reach = .08, emit = "once" },
  complex = { needs = 3 },
}

return {
  scenario "kempe-tournament-leaders" {
    replicates = 200,
    steps = 40,
    sweep = {
      model = {"cascade", "weighted", "threshold"},
      strategy = {"random", "betweenness", "degree", "influential"},
      budget = {1, 2, 4, 8},
    },

    world = function(p)
      agents("member", nodes "../data/karate.nodes.csv", { threshold = dist.uniform(0, 1) })
      ties("friend", graph.file("../data/karate.edges", { directed = false }))
      stage("adopted", models[p.model])
      local choose = {
        random = random(p.budget),
        betweenness = top(p.budget, me.betweenness),
        degree = top(p.budget, me.followers),
        influential = influential(p.budget, { stage = "adopted" }),
      }
      start { stage = "adopted", who = choose[p.strategy] }
      observe("reached", sum(me.adopted))
    end,

    charts = { "reached ~ budget | strategy / model" },

    checks = function(r)
      local function gain(first, second, model, budget)
        return r:paired("reached", { strategy = first, model = model, budget = budget },
                                   { strategy = second, model = model, budget = budget })
      end
      local function for_all_models(holds)
        return holds "cascade" and holds "weighted" and holds "threshold"
      end
      check("two leaders have nothing to add to each other", for_all_models(function(model)
        return math.abs(gain("influential", "degree", model, 2).mean) < .1
      end))
      check("of eight, those who add to each other reach more than the best connected", for_all_models(function(model)
        return gain("influential", "degree", model, 8).low > 0
      end))
      check("the best connected reach more than those between others", for_all_models(function(model)
        return gain("degree", "betweenness", model, 8).low > 0
      end))
      -- Of 3000 pairs .894 and .922.
      check("chosen ones beat chance in four pairs of five",
        gain("influential", "random", "weighted", 4).positive > .8 and gain("influential", "random", "threshold", 2).positive > .8)
    end,
  },

  scenario "kempe-tournament-neighbours" {
    replicates = 40,
    steps = 60,
    sweep = {
      contagion = {"simple", "complex"},
      strategy = {"random", "hubs", "cluster", "chosen"},
      budget = {4, 8},
    },

    world = function(p)
      agents("person", 300)
      ties("friend", graph.ring { k = 8, rewire = .1 })
      ties("friend", graph.scale_free { m = 1, mutual = true })
      stage("adopted", contagions[p.contagion])
      local chosen = {
        simple = influential(p.budget, { stage = "adopted" }),
        complex = greedy(p.budget, { stage = "adopted", steps = 60, replicates = 1 }),
      }
      local choose = {
        random = random(p.budget),
        hubs = top(p.budget, me.followers),
        cluster = cluster(p.budget),
        chosen = chosen[p.contagion],
      }
      start { stage = "adopted", who = choose[p.strategy] }
    end,

    charts = {
      "adopted ~ strategy | budget / contagion",
      "paired(adopted, strategy, cluster - hubs) ~ budget | contagion",
    },

    checks = function(r)
      local function gain(first, second, contagion, budget)
        return r:paired("adopted", { strategy = first, contagion = contagion, budget = budget },
                                   { strategy = second, contagion = contagion, budget = budget })
      end
      check("where one is enough, hubs reach more than neighbours",
        gain("hubs", "cluster", "simple", 4).low > 0 and gain("hubs", "cluster", "simple", 8).low > 0)
      check("and as many as those chosen by cascades", math.abs(gain("chosen", "hubs", "simple", 8).mean) < .03)
      check("where three are needed, neighbours reach more than hubs", gain("cluster", "hubs", "complex", 4).low > .3)
      check("agents tried one by one convince each other's friends, and reach more than neighbours",
        gain("chosen", "cluster", "complex", 4).low > 0 and gain("chosen", "hubs", "complex", 4).low > .5)
      check("hubs catch up", gain("cluster", "hubs", "complex", 8).mean < .5 * gain("cluster", "hubs", "complex", 4).mean)
      check("neighbours of drawn agents beat drawn agents", gain("cluster", "random", "complex", 4).positive > .7)
    end,
  },
}
