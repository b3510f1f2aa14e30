-- What carries no value flies like sparks over any tie; what carries values spreads like a net, once its use is confirmed.
--
-- Source: Centola and Macy 2007; Guilbeault and Centola 2021.
-- Claim: everybody hears of it over any tie, and hearing is free; taking it up needs proof from friends who use it
-- themselves (evidence from `acted`, not from `heard`). The share of entries owed to long ties, over their share of all
-- ties, tells sparks from nets: sparks over-use long ties, a net hardly does.
-- Expect (5 % long ties): over-use 2.5 where one user is enough, 1.3 where three are needed.

return scenario "sparks-and-nets" {
  replicates = 20,
  steps = 400,
  sweep = {
    long = {.2, .5, 1},                                   -- long ties a head, beside ten near ones
    needs = {1, 3},
  },

  world = function(p)
    agents("person", 2000)
    ties("near", graph.ring { k = 10 })
    ties("far", graph.random { k = p.long })
    stage("heard", { reach = .5 })
    stage("acted", { after = "heard", needs = p.needs })                       -- so many friends who use it
    for _, s in ipairs { "heard", "acted" } do
      start { stage = s, who = cluster(10, nil, "near") }
    end
    local owed = sum(tie.won.acted * tie.far) / sum(tie.won.acted)
    observe("over_use", owed / (mean(tie.far)))
  end,

  charts = { "over_use ~ long | needs", "acted ~ now | needs / long" },

  checks = function(r)
    local function x(needs)
      return r { needs = needs, long = .5 }
    end
    check("A13: sparks over-use long ties, a net does not", x(1).over_use > 2.2 and x(3).over_use < 1.5)
    check("A13: everybody hears of it long before everybody uses it",
      x(3).acted > .99 and x(3)["heard.thalf"] * 3 < x(3)["acted.thalf"])
  end,
}
