-- A community acts where a crowd of the same people does not; too many communities are a crowd again.
--
-- Source: Weng et al. 2012 and Hodas and Lerman 2012 (limited attention); Nematzadeh et al. 2014 (optimal modularity);
-- Kahng, Mackenzie and Procaccia 2021 (delegation).
-- Claim: a group decides by quorum, and those who trust it follow. A person can follow one group a day, so trust in
-- each of many groups stays low. Members give each other value only where they are linked with one another.
-- Expect: acted .11, .92, .89, .11, .11, .11 for 0, 1, 2, 4, 8, 16 groups where everybody has two peers; without peers
-- .09, .13, .76, .09, .09, .09, and then .76 in most runs and .09 in some; value 0 without ties among peers, .19 with two.
-- The condition on trust stands inside weight: quantity must not replace quality.

return scenario "community-vs-crowd" {
  replicates = 12,
  steps = 120,
  sweep = {
    groups = {0, 1, 2, 4, 8, 16},                                         -- 0 groups: a crowd of the same people
    k = {0, 2, 8},
  },

  world = function(p)
    agents("person", 1000, { doubt = dist.uniform(.2, 1), need = dist.int(1, 8), offer = dist.int(1, 8) })
    agents("community", p.groups > 0 and 50 or 0)                         -- a group is an agent
    ties("peer", graph.groups { size = 20, k = p.k, out = .1 }, { trust = .3 })
    ties("member", graph.members { of = "community", each = p.groups }, { trust = .1 })
    contact("member", { per = when(me.person, 1, 1000), gates = false })  -- a person can follow one group a day
    contact("peer", { per = 2, gates = false })
    update(tie.trust, tie.trust + .1 * tie.open * (1 - tie.trust) - .02 * tie.trust)
    update(me.value, me.value + sum_in(tie.open * eq(src.offer, me.need), "peer"))    -- my need, your offer
    stage("acted",
      { layer = "peer", weight = tie.trust, needs = 1 },                          -- convinced by peers,
      { layer = "member", weight = src.community * ge(tie.trust, me.doubt) },     -- or following a group one trusts;
      { layer = "member", count = "share", needs = .2 + me.person })              -- a group decides by quorum
    start { stage = "acted", who = random(.09, "person"), at = 40 }
    observe("value", mean(me.value) / now)
    observe("trust", mean(max_in(tie.trust, "member")), 39)
    local followed = sum(tie.won.acted * tie.member * me.person)          -- who acted because a group did
    observe("led", followed / (1e-9 + sum(tie.won.acted * me.person)))
  end,

  charts = {
    "acted ~ groups | k",
    "led ~ trust",
    "trust ~ groups",
    "value ~ k",
  },

  checks = function(r)
    local function x(groups, k)
      return r { groups = groups, k = k or 2 }
    end
    check("B1, D14: a community acts where a crowd does not", x(2).acted > .6 and x(0).acted < .15)
    local gain = r:paired("acted", { groups = 2, k = 2 }, { groups = 0, k = 2 })
    check("B2: so do the very same people, in every pair of runs", gain.positive >= .9)
    check("B7, B8: too many groups are a crowd again", x(16).acted < .15 and x(16).trust < .5 * x(1).trust)
    check("B8: groups alone carry it where everybody is in two",
      x(2, 0).acted > 2 * x(1, 0).acted and x(2, 0).acted > 2 * x(4, 0).acted)
    check("B15: trust leads, where it is deep enough", x(2).led > .5 and x(16).led < .1)
    local function spread(runs)
      return runs:q("acted", .9) - runs:q("acted", .1)
    end
    check("B16: who follows groups gets all or nothing", spread(x(2, 0)) > 3 * spread(x(0)))
    check("B3, B10: value needs members linked to each other", x(2, 0).value == 0 and x(2, 2).value > .1)
    check("B6: sharing a place builds trust and no value", x(1, 0).trust > .8 and x(1, 0).value == 0)
  end,
}
