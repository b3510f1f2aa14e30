-- The press reaches everybody at once and convinces nobody who wants more than one voice.
--
-- Source: Toole, Cha and Gonzalez 2012 (media and the growth of a service); Centola and Macy 2007.
-- Claim: a voice tied to all, of weight .8, moves everybody where one voice is enough, and nobody where friends have to
-- confirm.
-- Expect: joined > .99 where needs = .8, < .01 where needs = 2.5.

return scenario "press" {
  replicates = 4,
  steps = 60,
  sweep = { needs = {.4, .8, 1.2, 2.5} },

  world = function(p)
    agents("person", 2500)
    agents("press", 1)
    ties("near", graph.grid {}, { strength = 1 })
    ties("news", graph.star("press", "person"), { strength = .8 })
    stage("joined", { weight = tie.strength, needs = p.needs })
    start { stage = "joined", who = "press" }
  end,

  charts = { "joined ~ needs" },

  checks = function(r)
    check("D10: big reach moves those who need no more", r { needs = .8 }.joined > .99)
    check("D10: and nobody else", r { needs = 2.5 }.joined < .01)
  end,
}
