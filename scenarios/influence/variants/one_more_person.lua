-- Near the tipping point one more person decides.
--
-- Source: Centola, Becker, Brackbill and Baronchelli 2018, Experimental evidence for tipping points in social convention,
-- Science 360:1116 (their model: memory of 12, everybody meets everybody).
-- Claim: in a group of 24 a sixth committed person, one quarter, tips most groups within 100 meetings each where five
-- hardly ever do and seven always. In a crowd of 1000 the same step is a share: from hardly any run to nearly all of
-- them within .06 of committed people.
-- Expect (meetings one after another, 24 people): 5, 6, 7 committed tip 3, 58, 100 % of runs. Here all meet at once, so
-- that the numbers in between differ a little.

return scenario "one-more-person" {
  replicates = 100,
  steps = 100,
  sweep = {
    zip {
      people = {24, 24, 24, 24, 24, 1000, 1000, 1000, 1000},
      committed = {4, 5, 6, 7, 8, 210, 230, 250, 270},
    },
  },

  world = function(p)
    agents("person", p.people)
    ties("meets", p.people == 24 and graph.complete {} or graph.random { k = 40 })
    contact("meets", { per = 1 })                                              -- everyone hears one other per step
    local undecided = .5 * eq(evidence, .5)                                    -- six against six: a coin
    stage("uses",
      { count = "share", memory = last(12), needs = 7 / 12 },
      { count = "share", memory = last(12), needs = .5, chance = .5, leave = max(lt(evidence, .5), undecided) })
    start { stage = "uses", who = random(p.committed), fixed = true }
  end,

  charts = { "global(uses, .9) ~ committed | people" },

  checks = function(r)
    local function tips(committed, people)
      return r { people = people or 24, committed = committed }:share("uses", .9)
    end
    check("A16: in a group of 24 the sixth person tips it", tips(5) < .15 and tips(6) > .3 and tips(7) > .9)
    check("A16: in a crowd the step is narrow", tips(210, 1000) < .1 and tips(270, 1000) > .9)
  end,
}
