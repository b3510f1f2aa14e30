-- Popular by broadcast or from person to person: the tree of who had it from whom tells, its size does not.
--
-- Source: Goel, Anderson, Hofman and Watts 2016, The structural virality of online diffusion, Manage. Sci. 62:180.
-- Claim (shapes): structural virality is the mean distance between two members of the tree: 2 (n - 1) / n for a star of n, where
-- one tells all, (n + 1) / 3 for a chain, where everybody tells one. Depth alone is not enough: it is that of one longest path.
-- Expect (shapes): star of 127 1.98, chain 42.67, binary tree 8.35; of 1023 2.00, 341.33, 14.07.
-- Claim (diffusion): what passes from person to person with one small probability makes trees of low virality at any size where
-- some have a great many friends, as people online do: a tenth had it from one and the same person. Among people with
-- equally many friends the same rule grows long trees, the longer the closer it is to dying out.
-- Expect (diffusion), at reach .25, where either way half of 5000 share it if it takes off at all: virality 6.5 with unequal,
-- 37 with equal numbers of friends; the largest broadcast .09 and .002.

return {
  scenario "goel-2016-shapes" {
    replicates = 1,
    steps = 2000,
    sweep = {
      shape = {"star", "tree", "chain"},
      n = {15, 127, 1023},
    },

    world = function(p)
      local source = {                                -- whom agent i has it from
        star = function(_) return 1 end,
        tree = function(i) return i // 2 end,
        chain = function(i) return i - 1 end,
      }
      local told, first = {}, {1}
      for i = 2, p.n do
        told[i - 1] = {source[p.shape](i), i}
        first[i] = 0
      end
      agents("person", p.n, { first = first })
      ties("tells", graph.list(told))
      stage("shared", {})
      start { stage = "shared", who = where(me.first) }
      observe("virality", virality "shared")
      observe("depth", max_depth "shared")
      observe("broadcast", largest_broadcast "shared")
    end,

    charts = { chart { "virality ~ n | shape", log = "xy" } },

    checks = function(r)
      local function near(shape, n, expected)
        return math.abs(r { shape = shape, n = n }.virality / expected - 1) < 1e-5
      end
      check("a star is 2 (n - 1) / n", near("star", 127, 2 * 126 / 127) and near("star", 1023, 2 * 1022 / 1023))
      check("a chain is (n + 1) / 3", near("chain", 127, 128 / 3) and near("chain", 1023, 1024 / 3))
      check("a binary tree lies between", near("tree", 15, 3.50476) and near("tree", 127, 8.35096) and near("tree", 1023, 14.0666))
      check("one tells all in a star, two of them in a tree", r { shape = "star", n = 127 }.broadcast == 1
        and r { shape = "tree", n = 127 }.broadcast == 2 / 126)
    end,
  },

  scenario "goel-2016-diffusion" {
    replicates = 30,
    steps = 400,
    sweep = {
      friends = {"unequal", "equal"},
      reach = {.03, .06, .1, .15, .2, .25, .3, .4},
    },

    world = function(p)
      agents("person", 5000)
      local networks = {
        unequal = graph.configuration { degrees = power_law { exponent = 2.3, min = 2 } },
        equal = graph.regular { k = 6 },
      }
      ties("friend", networks[p.friends])
      stage("shared", { reach = p.reach, emit = "once" })
      start { stage = "shared", who = random(1) }
      observe("virality", virality "shared")
      observe("depth", max_depth "shared")
      observe("broadcast", largest_broadcast "shared")
    end,

    charts = {
      "virality ~ shared | friends",
      "broadcast ~ shared | friends",
    },

    checks = function(r)
      local function x(friends, reach)
        return r { friends = friends, reach = reach }
      end
      check("with unequal friends trees are low at any size", x("unequal", .06):q("virality", .95) < 10
        and x("unequal", .15):q("virality", .95) < 10 and x("unequal", .4):q("virality", .95) < 10
        and x("unequal", .4):q("shared", .9) > 5 * x("unequal", .06):q("shared", .9))
      check("with equal ones they are high, the more so the closer to dying out",
        x("equal", .4):q("virality", .75) > 15 and x("equal", .25):q("virality", .75) > 1.5 * x("equal", .4):q("virality", .75))
      check("of trees of one size, those of unequal friends owe more to one of them",
        math.abs(x("equal", .25):q("shared", .75) - x("unequal", .25):q("shared", .75)) < .1
          and x("unequal", .25):q("broadcast", .25) > 3 * x("equal", .25):q("broadcast", .25))
    end,
  },
}
