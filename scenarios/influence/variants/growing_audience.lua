-- Influence that earns trust grows exponentially, then saturates; where trust does not guide the choice nothing grows.
--
-- Source: Salganik, Dodds and Watts 2006 (popularity feeds on itself); Barabasi and Albert 1999.
-- Claim: everybody listens to six others and now and then picks another, by how many listen to them and how far they are
-- trusted. Somebody who is trusted three times as much as all others doubles the audience at equal intervals, until the
-- people run out. Where trust does not guide the choice, the audience stays about as it was.
-- Expect: the three doublings from 20 to 160 listeners take equally long within 30 %.

return scenario "growing-audience" {
  replicates = 16,
  steps = 80,
  sweep = { guided = {true, false} },

  world = function(p)
    agents("person", 1000, { trust = .3 })
    mark("star", random(1))
    set(me.trust, .9, "star")
    ties("listens", graph.random { k = 6 })
    ties("listens", graph.star("star", random(10)))
    rewire {
      layer = "listens",
      rate = .05,
      pick = (1 + src.followers) * (p.guided and src.trust or 1),
      candidates = 1000,                                                       -- everybody is on offer
    }
    for _, size in ipairs { 20, 40, 80, 160, 320 } do
      local reached = me["at_" .. size]
      update(reached, when(eq(reached, 0) * ge(me.followers, size), now, reached))
      observe("at_" .. size, sum(reached, "star"))
    end
    observe("audience", sum(me.followers, "star"))
  end,

  charts = { "audience ~ guided", "at_320 ~ guided" },

  checks = function(r)
    local x = r { guided = true }
    local first, second, third = x.at_40 - x.at_20, x.at_80 - x.at_40, x.at_160 - x.at_80
    local fourth = x.at_320 - x.at_160
    check("B13: three doublings take equally long",
      first > 0 and math.abs(second / first - 1) < .3 and math.abs(third / second - 1) < .3)
    check("B13: then the people run out", fourth > 1.3 * third)
    check("B13: without trust nothing grows", r { guided = false }.audience < 40)
  end,
}
