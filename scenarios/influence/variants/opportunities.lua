-- Weak ties bring opportunities, and the weakest do not: an inverted U.
--
-- Source: Rajkumar, Saint-Jacques, Bojinov, Brynjolfsson and Aral 2022, A causal test of the strength of weak ties,
-- Science 377:1304 (moderately weak ties help most); Granovetter 1973.
-- Claim: with four talks a day, more friends are weaker friends (06_living_ties.lua). An opportunity is passed on by
-- those who know one well enough to think of one: with the square of strength. Few strong ties reach few, many very weak
-- ones pass nothing on; in between the opportunity reaches most. The contested side of "weak ties bring gain".
-- Expect: offered to .38, .70, .55 of all with 12, 24, 96 friends (means of 120 runs, to within .02).

return scenario "opportunities" {
  replicates = 10,
  steps = 160,
  sweep = { friends = {6, 12, 24, 48, 96} },

  world = function(p)
    agents("person", 800)
    ties("friend", graph.ring { k = p.friends, rewire = .2 }, { strength = .2 })
    contact("friend", { per = 4, gates = false })
    update(tie.strength, tie.strength + .2 * tie.open * (1 - tie.strength) - .03 * tie.strength)
    stage("offered", { reach = .25 * tie.strength^2, emit = "once" })
    start { stage = "offered", who = random(8), at = 100 }
    observe("strength", mean(tie.strength), 100)
  end,

  charts = { "offered ~ friends", "offered ~ strength" },

  checks = function(r)
    local function offered(friends)
      return r { friends = friends }.offered
    end
    check("A18: contested, moderately weak ties bring most",
      offered(24) > 1.5 * offered(12) and offered(24) > 1.1 * offered(96))
  end,
}
