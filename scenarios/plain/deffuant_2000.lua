-- How open must minds be for one opinion to remain?
--
-- Source: Deffuant, Neau, Amblard and Weisbuch 2000, Mixing beliefs among interacting agents, Adv. Complex Syst. 3:87.
-- Claim: two random agents whose opinions are less than d apart meet half way. Opinions end in about 1 / (2 d) large
-- clusters; their mean never changes.
-- Expect: one large cluster for d above .267, two from .184 to .267, three below.

return scenario "deffuant-2000" {
  replicates = 10,
  steps = 60,
  sweep = { d = {.16, .22, .32, .4} },

  world = function(p)
    agents("person", 1000, { x = dist.uniform(0, 1), ends = 0 })
    ties("meets", graph.complete {})

    meet("meets", function(speaker, hearer)
      if abs(speaker.x - hearer.x) < p.d then
        local middle = (speaker.x + hearer.x) / 2
        speaker.x, hearer.x = middle, middle
      end
    end)

    each(random(1), function(me, t)    -- in the end one of them counts clusters of more than a tenth
      if t < 59 then
        return
      end
      local sorted = {}
      for _, person in everyone() do
        table.insert(sorted, person.x)
      end
      table.sort(sorted)
      local first = 1
      for i = 1, #sorted do
        if i == #sorted or sorted[i + 1] - sorted[i] > .05 then
          me.ends = me.ends + (i - first + 1 > 100 and 1 or 0)
          first = i + 1
        end
      end
    end)
    observe("clusters", sum(me.ends))
    observe("before", mean(me.x), 0)
    observe("after", mean(me.x))
  end,

  charts = { "clusters ~ d" },

  checks = function(r)
    check("open minds agree", r { d = .4 }.clusters == 1 and r { d = .32 }.clusters == 1)
    check("others form two camps, or three", r { d = .22 }.clusters == 2 and r { d = .16 }.clusters == 3)
    check("the mean stays", math.abs(r { d = .22 }:mean "before" - r { d = .22 }:mean "after") < 1e-9)
  end,
}
