-- One person can set off everybody, in a window of thresholds and numbers of friends.
--
-- Source: Watts 2002, A simple model of global cascades on random networks, PNAS 99:5766, figures 1 and 2.
-- Claim (window): global cascades from one random agent are possible where those whom a single friend convinces hold
-- together: z P(Poisson(z) <= 1 / phi - 2) > 1, with z friends on average and a share phi of them needed. With too few
-- friends the network is in pieces, with too many nobody is convinced by one.
-- Expect (window): phi = .18 between z = 1.02 and 5.76 (a little above at finite size), nothing for phi above 1/4.
-- Claim (seeds): inside the window cascades are rare at the edges and large at the upper one; a start in the best
-- connected tenth helps less than its degree would say.
-- Expect (seeds): at z = 1.5, 3, 5 a random start goes global in .549, .874, .695 of the runs, a best connected one in
-- .938, .999, .914; sizes .580, .941, .993.

local theory = { "watts", phi = .18, top = { from = { anybody = 1, hubs = .1 } } }

local function world(z, phi, from)
  agents("person", 10000)
  ties("friend", graph.random { k = z })
  stage("adopted", { count = "share", needs = phi })
  start { stage = "adopted", who = random(1, from) }
end

return {
  scenario "watts-2002-window" {
    replicates = 20,
    steps = 2000,
    sweep = {
      z = {.8, 1.2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14},
      phi = {.08, .09, .1, .11, .12, .13, .14, .16, .18, .2, .22, .25, .26},
    },

    world = function(p)
      world(p.z, p.phi, "person")
    end,

    charts = {
      chart { "global(adopted, .1) ~ z * phi", theory = "watts_window" },
      chart { "boundary(adopted, .1, phi) ~ z", theory = "watts_window" },
    },

    checks = function(r)
      local function global(z, phi)
        return r { z = z, phi = phi }:share("adopted", .1)
      end
      check("inside the window one agent can set off all", global(3, .18) > .5 and global(8, .11) > .3 and global(2, .25) > .3)
      check("too few friends: in pieces", global(.8, .08) == 0 and global(.8, .25) == 0)
      check("too many friends: nobody gives in", global(8, .18) == 0 and global(12, .12) == 0 and global(5, .25) == 0)
      check("above a quarter there is no window", global(2, .26) == 0 and global(3, .26) == 0)
    end,
  },

  scenario "watts-2002-seeds" {
    replicates = 200,
    steps = 2000,
    sweep = {
      z = {1.2, 1.5, 2, 3, 4, 5, 5.5, 5.7, 8},
      from = {"anybody", "hubs"},
    },

    world = function(p)
      world(p.z, .18, p.from == "hubs" and top(.1, me.followers) or "person")
    end,

    charts = {
      chart { "global(adopted, .1) ~ z | from", theory = theory },
      chart { "given(adopted, .1) ~ z | from", theory = theory },
      "ccdf(adopted) | z",
    },

    checks = function(r)
      local function near(z, from, expected)
        return math.abs(r { z = z, from = from }:share("adopted", .1) - expected) < .14    -- 4 standard errors at .5
      end
      check("how often a random start goes global", near(1.5, "anybody", .549) and near(3, "anybody", .874) and near(5, "anybody", .695))
      check("how often a hub's does", near(1.5, "hubs", .938) and near(3, "hubs", .999) and near(5, "hubs", .914))
      check("how far it goes then", math.abs(r { z = 3 }:q("adopted", .9) - .9405) < .01 and math.abs(r { z = 5 }:q("adopted", .9) - .993) < .005)
      check("beyond the window nothing spreads", r { z = 8 }:share("adopted", .1) == 0)
    end,
  },
}
