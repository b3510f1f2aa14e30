-- Influence begins small: below about a hundred followers each one counts, above it the first success is sure.
--
-- Source: Bakshy et al. 2011 (many small influencers); a hundred followers at one response in a hundred.
-- Claim: with response 1 in 100, the chance that anybody at all responds grows in proportion to followers as long as
-- there are few, and is flat when there are many; the knee lies where followers x response = 1.
-- Expect: 1 - .99^F; 1 - 1/e is passed within a factor of 2 of 100 followers.

return scenario "begins-small" {
  replicates = 400,
  steps = 2,
  sweep = { followers = {5, 10, 20, 50, 100, 200, 500, 1000} },

  world = function(p)
    agents("person", p.followers)
    agents("voice", 1)
    ties("fan", graph.star("voice", "person"))
    stage "posted"
    stage("moved", { from = "posted", reach = .01, emit = "once" })
    start { stage = "posted", who = "voice" }
    observe("anybody", gt(share "moved", 0))
  end,

  charts = { chart { "anybody ~ followers", log = "x" } },

  checks = function(r)
    local function anybody(followers)
      return r { followers = followers }:mean "anybody"
    end
    local knee = 1 - math.exp(-1)
    check("E13: below a hundred followers each one counts", anybody(20) > 2.5 * anybody(5) and anybody(50) < knee)
    check("E13: above, more followers add little", anybody(200) > knee and anybody(1000) < 1.05 * anybody(500))
  end,
}
