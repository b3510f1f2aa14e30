-- Cultures that choose their ties stay apart, unless they have too little in common to settle at all.
--
-- Source: Centola, Gonzalez-Avella, Eguiluz and San Miguel 2007, Homophily, cultural drift, and the co-evolution of cultural
-- groups, J. Conflict Resolution 51:905; Vazquez, Gonzalez-Avella, Eguiluz and San Miguel 2007, Phys. Rev. E 76:046120 (the
-- two transitions: 38 and about 300 traits for 2500 agents with 3 features and 4 ties a head).
-- Claim (traits): agents meet a neighbour and copy a feature with a probability equal to the share they have in common, as
-- in Axelrod's model; who has nothing in common with a neighbour drops the tie and ties itself to a random stranger. Few
-- traits end in one culture, more in groups without ties between them. Still more leave fewer groups again: hardly anybody
-- finds enough alike to settle with, ties keep moving, and they hold the network in one piece.
-- Expect (traits): the largest part of the network holds .99 of 200 agents with 2 traits, .12 with 80, .98 with 320.
-- Claim (drift): where ties stay, small random changes of culture undo diversity, since there is always a neighbour left to
-- copy. Groups that have parted do not meet, so theirs lasts.
-- Expect (drift): the largest culture on ties that stay: .51 without, .86 with drift; on ties that move .56 and .42.

local features = 3

-- Axelrod's rule on 4 ties a head. With `moving` ties, those between strangers are exchanged; with `drift`, a feature of the
-- hearer takes a random trait now and then. In the end, or when nothing can change any more, ties across cultures are cut.
local function culture(n, traits, moving, drift, steps)
  agents("person", n, { culture = list(features, dist.int(1, traits)) })
  ties("knows", graph.random { m = 2 * n })

  local function different(a, b)
    local found = {}
    for f = 1, features do
      if a.culture[f] ~= b.culture[f] then
        table.insert(found, f)
      end
    end
    return found
  end

  local all
  local function stranger_to(person)
    local known = { [person] = true }
    for other in person:hears "knows" do
      known[other] = true
    end
    all = all or everyone()
    local other
    repeat
      other = all[draw(#all)]
    until not known[other]
    return other
  end

  meet("knows", function(speaker, hearer, tie)
    local apart = different(speaker, hearer)
    if #apart == features then
      if moving then
        local stranger = stranger_to(hearer)
        cut(tie)
        connect(stranger, hearer, "knows")
      end
    elseif #apart > 0 and draw() < 1 - #apart / features then
      local f = apart[draw(#apart)]
      hearer.culture[f] = speaker.culture[f]
    end
    if drift > 0 and draw() < drift then
      hearer.culture[draw(features)] = draw(traits)
    end
  end)

  each(random(1), function(_, t)    -- one of them looks whether anything can change
    local last = t == steps - 1
    if not last and (drift > 0 or t % 10 > 0) then
      return
    end
    local divided = {}
    for _, person in everyone() do
      for other, tie in person:hears "knows" do
        local apart = #different(person, other)
        if apart > 0 then
          if not last and (moving or apart < features) then
            return
          end
          table.insert(divided, tie)
        end
      end
    end
    for _, tie in divided do
      cut(tie)
    end
    stop()
  end)
  observe("network", largest_component "knows", steps - 1)
  observe("groups", components "knows", steps - 1)
  observe("largest_culture", largest_component "knows")
end

return {
  scenario "centola-2007-traits" {
    replicates = 4,
    steps = 600,
    sweep = { traits = {2, 5, 10, 20, 40, 80, 160, 320} },
    world = function(p)
      culture(200, p.traits, true, 0, 600)
    end,
    charts = { "network ~ traits", "groups ~ traits" },

    checks = function(r)
      local function x(traits)
        return r { traits = traits }
      end
      check("few traits leave one culture on one network", x(2).network > .9 and x(2).largest_culture > .9)
      check("more traits leave groups without ties between them",
        x(80).network < .2 and x(80).groups > 25 and x(20).groups > 4)
      check("still more leave fewer groups, and a network in one piece",
        x(320).network > .9 and x(320).groups < .3 * x(80).groups and x(320).largest_culture < .1)
    end,
  },

  scenario "centola-2007-drift" {
    replicates = 6,
    steps = 3000,
    sweep = {
      ties = {"stay", "move"},
      drift = {0, .001},
    },

    world = function(p)
      culture(100, 10, p.ties == "move", p.drift, 3000)
    end,

    charts = { "largest_culture ~ ties | drift", "groups ~ ties | drift" },

    checks = function(r)
      local function x(ties, drift)
        return r { ties = ties, drift = drift }.largest_culture
      end
      check("where ties stay, drift undoes diversity", x("stay", 0) < .65 and x("stay", .001) > .8)
      check("where they move, diversity withstands it", x("move", 0) < .8 and x("move", .001) < .65)
    end,
  },
}
