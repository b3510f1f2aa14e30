-- A rewired ring: the same shortcuts help news and hinder habits.
--
-- Source: Centola and Macy 2007, Complex contagions and the weakness of long ties.
-- Claim: rewiring moves ties from neighbours to strangers. What one friend is enough for (needs = 1) gets faster with
-- every shortcut. What needs two gets stuck once too many neighbours are gone.
-- Expect: needs 1 reaches everybody at any rewiring; needs 2 reaches everybody at 0 and hardly anybody at .5.
--
-- Run it:      uptake sweep 3_a_rewired_ring.lua
-- Then change: the number of people to 2000 (does the point where it breaks move?), k to 10, or give each agent a
--              threshold of its own: agents("person", 500, { doubt = dist.int(1, 3) }) and needs = me.doubt.

return scenario "a-rewired-ring" {
  replicates = 20,
  sweep = {
    rewire = {0, .05, .1, .2, .3, .5, 1},
    needs = {1, 2},
  },

  world = function(p)
    agents("person", 500)
    ties("friend", graph.ring { k = 6, rewire = p.rewire })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(6) }
  end,

  charts = { "adopted ~ rewire | needs", "adopted.thalf ~ rewire | needs" },

  checks = function(r)
    check("shortcuts never stop news", r { needs = 1, rewire = .5 }.adopted > .99)
    check("they stop what needs two friends",
      r { needs = 2, rewire = 0 }.adopted == 1 and r { needs = 2, rewire = .5 }.adopted < .1)
  end,
}
