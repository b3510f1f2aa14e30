-- Everybody may earn with a channel; who has an audience like everybody else does not live on it.
--
-- Source: Barabasi and Albert 1999 (audiences are skewed); Cha et al. 2010 (followers are not influence).
-- Claim: everybody has a channel and everybody follows ten others. Attention is paid for: what a listener buys is split
-- among those who were heard. One lives on a channel while it pays a wage. With equal audiences all do or nobody does, by
-- the price of attention. With audiences as skewed as they are, few do at a price at which an equal share feeds nobody,
-- and many still do not at one where it would feed all.
-- Expect: under one in twenty live on it at price 1, none of the equal; all of the equal at price 8, under six in ten of the
-- skewed.

return scenario "earning" {
  replicates = 8,
  steps = 60,
  sweep = {
    price = {1, 2, 4, 8},
    audience = {"equal", "skewed"},
  },

  world = function(p)
    agents("person", 1000, { income = 0, lives_on_it = 0 })
    ties("follow", p.audience == "equal" and graph.regular { k = 10 } or graph.scale_free { m = 10 })
    item "video"
    stage "posted"
    stage("bought", { from = "posted", reach = .5, emit = "once" })
    every(1, function()
      post("video", "person", "posted")
    end, 1)
    update(me.income, .9 * me.income + p.price * me.credit.bought)
    update(me.lives_on_it, when(ge(me.income, 50), 1, me.lives_on_it * ge(me.income, 40)))    -- 50 is a wage
    observe("fulltime", mean(me.lives_on_it))
    observe("inequality", gini(me.income))
  end,

  charts = { "fulltime ~ price | audience", "inequality ~ price | audience" },

  checks = function(r)
    local function x(price, audience)
      return r { price = price, audience = audience }
    end
    check("A2: equal audiences feed nobody or all", x(1, "equal").fulltime == 0 and x(8, "equal").fulltime == 1)
    check("A2: skewed ones feed a few, then not all",
      x(1, "skewed").fulltime < .05 and x(1, "skewed").fulltime > 0 and x(8, "skewed").fulltime < .6)
  end,
}
