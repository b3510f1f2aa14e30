-- More neighbours help a complex contagion where they know each other, and hurt it where they do not.
--
-- Source: Centola, Eguiluz and Macy 2007, Cascade dynamics of complex propagation, Physica A 374:449; Morris 2000, Contagion, Rev.
-- Econ. Stud. 67:57 (the critical thresholds of lattices). Everybody adopts who sees a share of its neighbours adopt; it starts
-- with somebody and all its neighbours. The critical threshold is the largest share that still lets it reach everybody.
-- Claim (neighbours): on a ring it is 1/2, however many neighbours there are. On a random network one of them has to be
-- enough, so that it is 1/k and falls with their number k.
-- Expect (neighbours): of 10 000 agents all adopt at .5 on rings of 4, 8, 16 neighbours, and nobody but the first at .51; on
-- random networks all do at 1/k, and fewer than one in a hundred at .26, .13, .07.
-- Claim (links): random links make it harder. On a grid with eight neighbours the critical threshold is 3/8; as ties exchange
-- their ends, which keeps everybody's number of neighbours, it falls to 2/8 and then to 1/8.
-- Expect (links): with no tie exchanged 3/8 reaches everybody and 4/8 nobody; with a tenth of them 2/8 does and 3/8 does not;
-- with half of them 1/8 does and 2/8 does not.

return {
  scenario "centola-eguiluz-macy-2007-neighbours" {
    replicates = 5,
    steps = 6000,
    sweep = {
      network = {"ring", "random"},
      neighbours = {4, 8, 16},
      threshold = {.05, .0625, .07, .1, .125, .13, .2, .25, .26, .3, .4, .5, .51},
    },

    world = function(p)
      agents("person", 10000)
      local networks = {
        ring = graph.ring { k = p.neighbours },
        random = graph.regular { k = p.neighbours },
      }
      ties("friend", networks[p.network])
      stage("adopted", { count = "share", needs = p.threshold })
      start { stage = "adopted", who = cluster(p.neighbours + 1) }    -- somebody and all its neighbours
    end,

    charts = { "adopted ~ threshold | neighbours / network" },

    checks = function(r)
      local function reached(network, neighbours, threshold)
        return r { network = network, neighbours = neighbours, threshold = threshold }.adopted
      end
      local function everywhere(holds)
        return holds(4) and holds(8) and holds(16)
      end
      check("on a ring half of the neighbours may be needed, however many there are", everywhere(function(k)
        return reached("ring", k, .5) == 1 and reached("ring", k, .51) < .01
      end))
      check("on a random network one of them has to be enough", everywhere(function(k)
        local more = { [4] = .26, [8] = .13, [16] = .07 }
        return reached("random", k, 1 / k) == 1 and reached("random", k, more[k]) < .01
      end))
    end,
  },

  scenario "centola-eguiluz-macy-2007-links" {
    replicates = 20,
    steps = 2000,
    sweep = {
      exchanged = {0, .01, .02, .03, .05, .07, .1, .15, .2, .25, .3, .4, .5, 1},
      threshold = {1/8, 2/8, 3/8, 4/8},
    },

    world = function(p)
      agents("person", 10000)
      ties("friend", graph.shuffled(graph.grid {}, { share = p.exchanged }))
      stage("adopted", { count = "share", needs = p.threshold })
      start { stage = "adopted", who = cluster(9) }    -- somebody and all its neighbours
    end,

    charts = { "global(adopted, .5) ~ exchanged | threshold" },

    checks = function(r)
      local function x(threshold, exchanged)
        return r { threshold = threshold, exchanged = exchanged }
      end
      check("on the grid it is 3/8", x(3/8, 0).adopted == 1 and x(4/8, 0).adopted < .01)
      check("a tenth of random links makes it 2/8", x(2/8, .1):share("adopted", .5) > .9 and x(3/8, .1):share("adopted", .5) < .1)
      check("half of them make it 1/8", x(1/8, .5):q("adopted", 0) > .99 and x(2/8, .5):share("adopted", .5) < .1)
    end,
  },
}
