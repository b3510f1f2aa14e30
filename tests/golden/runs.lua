-- One small run of every kind of rule on every kind of network; tests/golden/fingerprints.txt pins what comes out.

local networks = {
  ring = function() return graph.ring { k = 6, rewire = .1 } end,
  swapped_ring = function() return graph.ring { k = 6, rewire = .1, keep = "degree" } end,
  random = function() return graph.random { k = 6 } end,
  regular = function() return graph.regular { k = 6 } end,
  power_law = function() return graph.configuration { degrees = power_law { exponent = 2.5, min = 2 } } end,
  scale_free = function() return graph.scale_free { m = 3 } end,
  clustered = function() return graph.clustered { m = 3, p = .5 } end,
  grid = function() return graph.grid {} end,
  groups = function() return graph.groups { size = 20, k = 6, out = .1 } end,
  blocks = function() return graph.blocks { sizes = { 100, 100 }, p_in = .05, p_out = .01 } end,
  kernel = function() return graph.kernel { k = 6, weight = exp(-4 * abs(me.trait - src.trait)), candidates = 60 } end,
  shuffled = function() return graph.shuffled(graph.clustered { m = 3, p = .5 }) end,
}

local rules = {
  simple = { { needs = 1 } },
  complex = { { needs = 3 } },
  share = { { count = "share", needs = .4 } },
  drawn_needs = { { count = "share", needs = me.trait } },
  cascade = { { reach = .15, emit = "once" } },
  linear_threshold = { { weight = tie.trust, count = "share", needs = me.trait ^ 1.5 } },
  signals = { { reach = .2, count = "signals", memory = 4, needs = 4 } },
  sir = { { reach = .1, leave = .3, tries = 1 } },
  trusted = { { weight = tie.trust * exp(-abs(me.trait - src.trait)), needs = .8, chance = .5 } },
  convention = { { count = "share", memory = last(5), needs = .5, leave = lt(evidence, .5) } },
  in_turn = { { count = "share", memory = last(6, { tie = "draw" }), needs = .5, leave = lt(evidence, .5) } },
  said_once_in_turn = { { reach = .3, emit = "once" } },
  epidemic = { { reach = .2, tries = 1, leave = .5 } },
  endemic = { { reach = .2, memory = 0, leave = .5 } },
  doses = { { reach = me.trait, count = "signals", memory = 2, needs = 3, chance = .5 + evidence, leave = .2 } },
  noise = { { needs = 4 }, { needs = 3, chance = .05 } },
}

local orders = {
  in_turn = "asynchronous",
  said_once_in_turn = "asynchronous",
  epidemic = "continuous",
  endemic = "continuous",
  doses = "continuous",
}

return scenario "golden" {
  seed = 1978,
  replicates = 2,
  steps = 60,
  sweep = {
    rule = { "simple", "complex", "share", "drawn_needs", "cascade", "linear_threshold", "signals", "sir", "trusted",
             "convention", "noise", "in_turn", "said_once_in_turn", "epidemic", "endemic", "doses" },
    network = { "ring", "swapped_ring", "random", "regular", "power_law", "scale_free", "clustered", "grid", "groups",
                "blocks", "kernel", "shuffled" },
  },
  world = function(p)
    agents("person", 200, { trait = dist.uniform(0, 1) })
    ties("friend", networks[p.network](), { trust = dist.beta(2, 2) })
    if orders[p.rule] then order(orders[p.rule]) end
    if p.rule == "convention" or p.rule == "in_turn" then contact("friend", { per = 1 }) end
    stage("adopted", table.unpack(rules[p.rule]))
    start { stage = "adopted", who = cluster(8) }
    start { stage = "adopted", who = random(40), fixed = true }
  end,
}
