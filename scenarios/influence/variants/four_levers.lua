-- Four ways to earn social currency, each of which works alone.
--
-- Source: Roberts and Dunbar 2011 (contact keeps relations); the currency is the trust that fans hold.
-- Claim: good content now and then consumed, rare exceptional experiences, a community whose members strengthen each
-- other, and answers to what fans say: each lever alone raises the currency above what decay leaves, together they raise
-- it most.
-- Expect: without a lever what decay leaves, .1 x .98^120 = .00885; each alone more than ten times that.

return scenario "four-levers" {
  replicates = 8,
  steps = 120,
  sweep = { lever = {"none", "content", "experience", "community", "answers", "all"} },

  world = function(p)
    local function pulled(lever)
      return (p.lever == lever or p.lever == "all") and 1 or 0
    end
    agents("person", 600)
    agents("brand", 1)
    ties("fan", graph.star("brand", "person"), { trust = .1 })
    ties("member", graph.random { k = 6 })
    contact("fan", { per = 20 * pulled "answers" * me.brand, by = "speaker", gates = false })
    local content = .04 * chance(.5) * pulled "content"                    -- a post that half of the fans read
    local experience = .5 * chance(.01) * pulled "experience"              -- rare, and remembered
    local community = .03 * chance(.5) * ge(count_in(src.person, "member"), 3) * pulled "community"
    local answers = .3 * tie.open * pulled "answers"
    local earned = (content + experience + community + answers) * (1 - tie.trust)
    update(tie.trust, tie.fan * (tie.trust + earned - .02 * tie.trust))
    observe("currency", mean(max_in(tie.trust, "fan")))
  end,

  charts = { "currency ~ lever" },

  checks = function(r)
    local function currency(lever)
      return r { lever = lever }.currency
    end
    check("C18: without a lever only what decay leaves", math.abs(currency "none" - .1 * .98^120) < 1e-12)
    local least = math.min(currency "content", currency "experience", currency "community", currency "answers")
    check("C18: each lever works alone", least > 10 * currency "none")
    check("C18: together they work best",
      currency "all" > math.max(currency "content", currency "experience", currency "community", currency "answers"))
  end,
}
