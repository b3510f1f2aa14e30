-- A feeling for fakes thins their following; and who meets friends of friends discovers a neighbourhood.
--
-- Source: Rao et al. 2015 (scores), as against instinct; Granovetter 1973 (triads close).
-- Claim (gut): one in five is a fake, with the same posts. Whoever has a feeling for it avoids them and drops them.
-- Expect: the mean following of fakes, over that of others, falls from 1 to below .8.
-- Claim (discovery): new ties among the friends of friends close triangles, ties to anybody do not.
-- Expect: clustering more than 1.5 times as large.

return {
  scenario "gut" {
    replicates = 8,
    steps = 60,
    sweep = { gut = {0, .2, .5, 1} },

    world = function(p)
      agents("person", 800, { quality = dist.uniform(0, 1), fake = dist.bernoulli(.2) })
      ties("follow", graph.random { k = 12 })
      rewire {
        layer = "follow",
        rate = .03,
        drop = .5 + .5 * chance(p.gut) * src.fake,
        pick = (.02 + src.quality^2) * (1 - chance(p.gut) * src.fake),
      }
      observe("fakes", mean(me.followers * me.fake) / mean(me.fake) / mean(me.followers * (1 - me.fake)) * mean(1 - me.fake))
    end,

    charts = { "fakes ~ gut" },

    checks = function(r)
      check("E7: a feeling for fakes thins their following",
        r { gut = .5 }.fakes < .8 and math.abs(r { gut = 0 }.fakes - 1) < .1)
    end,
  },

  scenario "discovery" {
    replicates = 8,
    steps = 60,
    sweep = { near = {0, 1} },                                         -- look around among friends of friends

    world = function(p)
      agents("person", 800)
      ties("follow", graph.random { k = 12 })
      rewire { layer = "follow", rate = .03, drop = .5, among = p.near == 1 and "friends_of_friends" or "anyone" }
      observe("triangles", clustering "follow")
    end,

    charts = { "triangles ~ near" },

    checks = function(r)
      check("E15: friends of friends close circles", r { near = 1 }.triangles > 1.5 * r { near = 0 }.triangles)
    end,
  },
}
