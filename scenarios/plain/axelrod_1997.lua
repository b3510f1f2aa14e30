-- Neighbours become alike, and yet differences stay.
--
-- Source: Axelrod 1997, The dissemination of culture, J. Conflict Resolution 41:203.
-- Claim: a site has F features with one of q traits each. It meets a neighbour, interacts with a probability equal to the
-- share of features they have in common, and then copies one that differs. It ends when neighbours have all or nothing in
-- common. More features leave fewer regions, more traits leave more.
-- Expect: 10 x 10 sites with open borders: one region at F = 5, q = 5 and at F = 10, q = 10; 3.2 at F = 5, q = 10; 20 at
-- F = 5, q = 15 (means of 10 runs in the paper).

return scenario "axelrod-1997" {
  replicates = 20,
  steps = 5000,
  sweep = { features = {5, 10}, traits = {5, 10, 15} },
  where = function(p) return p.features == 5 or p.traits > 5 end,

  world = function(p)
    agents("site", 100, { culture = list(p.features, dist.int(1, p.traits)) })
    ties("near", graph.grid { neighbours = 4, border = true })

    local function different(a, b)
      local features = {}
      for f = 1, p.features do
        if a.culture[f] ~= b.culture[f] then
          table.insert(features, f)
        end
      end
      return features
    end

    meet("near", function(speaker, hearer)
      local features = different(speaker, hearer)
      if #features > 0 and draw() < 1 - #features / p.features then
        local f = features[draw(#features)]
        hearer.culture[f] = speaker.culture[f]
      end
    end)

    each(random(1), function(_, t)    -- one of them looks whether anything can change, and cuts what divides regions
      local divided = {}
      for _, site in everyone() do
        for other, tie in site:hears "near" do
          local n = #different(site, other)
          if t % 20 > 0 or (n > 0 and n < p.features) then
            return
          elseif n > 0 then
            table.insert(divided, tie)
          end
        end
      end
      for _, tie in divided do
        cut(tie)
      end
      stop()
    end)
    observe("regions", components "near")
  end,

  charts = { "regions ~ traits | features" },

  checks = function(r)
    local function regions(f, q)
      return r { features = f, traits = q }:mean "regions"
    end
    check("few traits end in one region", regions(5, 5) < 1.5 and regions(10, 10) < 1.5)
    check("many traits do not", math.abs(regions(5, 15) - 20) < 5)
    check("features bring people together", regions(10, 15) < regions(5, 15) / 4)
  end,
}
