-- A service grew along friendships before the celebrity came; she followed the crowd.
--
-- Source: Toole, Cha and Gonzalez 2012 (media raised the user base, the contested side); Centola and Macy 2007.
-- Claim: joining needs confirmation by near friends. A celebrity joins once three in ten have, so her coming near the
-- peak of growth is caused by it and not its cause; started with her it goes nowhere, unless one voice is enough. What
-- she and the press add is speed: the contested side, since media did raise the number of users of the real service.
-- Expect: without her > .99 at long = 4; with her first < .01, or > .99 where needs = .8; share of joining owed to near
-- ties .84 (> .75).

return scenario "twitter" {
  replicates = 8,
  steps = 120,
  sweep = {
    long = {0, 4, 8},
    celebrity = {"never", "late", "first"},
    needs = {.8, 2.5},
    press = {0, 1},
  },

  world = function(p)
    agents("person", 2500)
    agents("celebrity", p.celebrity == "never" and 0 or 1)
    agents("press", p.press)
    ties("near", graph.grid {}, { strength = 1 })                         -- eight neighbours who meet
    ties("far", graph.random { k = p.long }, { strength = .3 })           -- acquaintances anywhere
    ties("fan", graph.star("celebrity", "person"), { strength = .8 })
    ties("news", graph.star("press", "person"), { strength = .8 })
    stage("joined",
      { weight = tie.strength, needs = when(me.person, p.needs, 1e9) },
      { base = share("joined", "person"), needs = when(me.person, 1e9, .3) })    -- stars and press follow the crowd
    start { stage = "joined", who = p.celebrity == "first" and "celebrity" or cluster(12, nil, "near") }
    if p.celebrity == "late" then
      local growth = sum(me.new.joined, "person") / (1 + sum(me.joined, "person"))      -- in a step, of those there
      update(me.crossed, when(lt(share("joined", "person"), .3), now + 2, me.crossed))  -- when three in ten had joined
      update(me.came, when(me.new.joined, now + 1, me.came))
      update(me.before, when(me.joined, me.before, growth))
      update(me.after, when(me.joined * lt(now, me.came + 5), growth, me.after))
      observe("lag", sum(me.came - me.crossed, "celebrity"))
      observe("growth_before", sum(me.before, "celebrity"))
      observe("growth_after", sum(me.after, "celebrity"))
    end
    observe("local_share", sum(tie.won.joined * tie.near) / (1e-9 + sum(tie.won.joined)))
  end,

  charts = {
    "joined ~ long | celebrity / needs",
    "lag ~ long | press",
    "joined.thalf ~ long | celebrity / press",
    "local_share ~ long | press",
  },

  checks = function(r)
    local function x(celebrity, needs, press)
      return r { celebrity = celebrity, needs = needs or 2.5, press = press or 0, long = 4 }
    end
    local late = x "late"
    check("A9: a celebrity starts news, not a practice", x("first", .8).joined > .99 and x("first").joined < .01)
    check("A10: she came after the crowd, at once", late.lag == 1 and late:q("lag", 0) == 1 and late:q("lag", 1) == 1)
    check("A9: it grew before she came",
      x("never").joined > .99 and x("late")["joined.thalf"] > .8 * x("never")["joined.thalf"])
    check("A9: contested, she speeds up what is under way", late.growth_after > late.growth_before)
    check("A11: it travelled by near ties", x("never").local_share > .75)
    check("D10: press speeds it up", x("never", 2.5, 1)["joined.thalf"] < x("never", 2.5, 0)["joined.thalf"])
  end,
}
