-- Everybody moves to the mean of those who are near enough, oneself included.
--
-- Source: Hegselmann and Krause 2002, Opinion dynamics and bounded confidence, J. Artif. Soc. Soc. Simul. 5(3).
-- Claim: from opinions spread evenly everything is determined. A rule for all at once can be written as a plain function
-- or as an expression; both say the same, and the expression is faster.
-- Expect: 50 agents at (i - 1/2) / 50, confidence .2013: after 7 steps 25 are at .313268 and 25 at .686732.

return scenario "hegselmann-krause-2002" {
  replicates = 1,
  steps = 30,
  sweep = { written = {"function", "expression"}, confidence = {.1, .2013, .3} },

  world = function(p)
    local even = {}
    for i = 1, 50 do
      even[i] = (i - .5) / 50
    end
    agents("person", 50, { x = even })
    ties("hears", graph.complete {})

    if p.written == "function" then
      each("person", function(me)
        local sum, count = 0, 1
        for other in me:hears "hears" do
          if abs(other.x - me.x) <= p.confidence then
            sum, count = sum + other.x, count + 1
          end
        end
        me.x = (sum + me.x) / count
      end)
    else
      local near = le(abs(src.x - me.x), p.confidence)
      update(me.x, (sum_in(near * src.x) + me.x) / (sum_in(near) + 1))
    end
    observe("low", mean(when(lt(me.x, .5), me.x, 0)) / mean(lt(me.x, .5)))
    observe("seventh", mean(when(lt(me.x, .5), me.x, 0)) / mean(lt(me.x, .5)), 7)
    observe("spread", std(me.x))
  end,

  charts = { "spread ~ confidence | written" },

  checks = function(r)
    local function x(written, confidence)
      return r { written = written, confidence = confidence }
    end
    check("two camps at .313268 and .686732", math.abs(x("function", .2013).low - .313268) < 1e-6
      and x("function", .2013).seventh == x("function", .2013).low)
    check("with more confidence one", x("function", .3).spread < 1e-9)
    check("function and expression are equal", x("function", .1).spread == x("expression", .1).spread
      and x("function", .2013).low == x("expression", .2013).low)
  end,
}
