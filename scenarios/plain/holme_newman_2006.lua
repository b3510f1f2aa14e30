-- Do friends come to agree, or do those who agree become friends?
--
-- Source: Holme and Newman 2006, Nonequilibrium phase transition in the coevolution of networks and opinions, Phys. Rev. E
-- 74:056108.
-- Claim: a random agent, with probability phi, moves one of its ties to a random agent of its own opinion; else it takes
-- the opinion of a random neighbour. With small phi one opinion takes nearly everybody, with large phi opinions stay as they
-- were and the network falls apart; between the two lies a phase transition, at phi = .458 for a large network.
-- Expect: mean degree 4 and 10 holders of each opinion at first; the largest group holds most of the network at .04, and
-- about 20 of 320 agents at .96.

return scenario "holme-newman-2006" {
  replicates = 10,
  steps = 3000,
  sweep = { phi = {.04, .2, .4, .5, .6, .8, .96} },

  world = function(p)
    local n, opinions = 320, 32
    agents("person", n, { opinion = dist.int(1, opinions), largest = 0 })
    ties("knows", graph.random { m = 2 * n })

    meet("knows", function(speaker, hearer, tie)
      if speaker.opinion == hearer.opinion then
        if draw() >= p.phi then
          return
        end
      elseif draw() >= p.phi then
        hearer.opinion = speaker.opinion
        return
      end
      local all = everyone()
      local alike = {}
      for _, other in all do
        if other.opinion == hearer.opinion and other ~= hearer then
          table.insert(alike, other)
        end
      end
      if #alike > 0 then
        local friend = alike[draw(#alike)]
        cut(tie)
        connect(friend, hearer, "knows")
      end
    end)

    each(random(1), function(me, t)    -- settled when nobody knows anybody of another opinion
      if t % 10 > 0 then
        return
      end
      local holders, largest = {}, 0
      for _, person in everyone() do
        for other in person:hears "knows" do
          if other.opinion ~= person.opinion then
            return
          end
        end
        holders[person.opinion] = (holders[person.opinion] or 0) + 1
        largest = max(largest, holders[person.opinion])
      end
      me.largest = largest / n
      stop()
    end)
    observe("largest", sum(me.largest))
    observe("parts", largest_component "knows")
  end,

  charts = { "largest ~ phi", "steps ~ phi" },

  checks = function(r)
    check("imitation unites", r { phi = .04 }.largest > .75)
    check("choice divides", r { phi = .96 }.largest < .1)
    check("the turn lies between", r { phi = .2 }.largest > r { phi = .6 }.largest + .2)
  end,
}
