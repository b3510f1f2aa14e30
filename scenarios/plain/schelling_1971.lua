-- Mild wishes, strong segregation.
--
-- Source: Schelling 1971, Dynamic models of segregation, J. Math. Sociol. 1:143.
-- Claim: people of two groups live on a sheet, a tenth of which is empty. Who has fewer neighbours of their own group than
-- they wish moves to a random empty place. Hardly anybody asks for a majority, yet nearly everybody ends in one.
-- Expect (shape): half of the neighbours alike at the start, .6 to .8 at the end, for a wish of .25 to .4.

return scenario "schelling-1971" {
  replicates = 5,
  steps = 100,
  sweep = { wish = {0, .25, .3, .4} },

  world = function(p)
    local places = 51 * 51
    agents("place", places, { group = 0 })    -- 0: empty
    ties("near", graph.grid { neighbours = 8 })
    set(me.group, 1, random(.9))
    set(me.group, 2, random(.5, where(eq(me.group, 1))))

    local all
    each(where(gt(me.group, 0)), { order = "random" }, function(me)
      local alike, others = 0, 0
      for other in me:hears "near" do
        if other.group == me.group then
          alike = alike + 1
        elseif other.group > 0 then
          others = others + 1
        end
      end
      if me.group == 0 or alike >= p.wish * (alike + others) then
        return true
      end
      all = all or everyone "place"
      local free
      repeat
        free = all[draw(#all)]
      until free.group == 0
      free.group, me.group = me.group, 0
    end)

    local same = sum(sum_in(gt(me.group, 0) * eq(src.group, me.group)))
    local alike = same / sum(sum_in(gt(me.group, 0) * gt(src.group, 0)))
    observe("before", alike, 0)
    observe("alike", alike)
  end,

  charts = { "alike ~ wish" },

  checks = function(r)
    check("half are alike at first", math.abs(r { wish = .3 }.before - .5) < .03)
    check("without a wish nothing changes", r { wish = 0 }.alike == r { wish = 0 }.before and r { wish = 0 }.steps == 1)
    check("a mild wish is enough", r { wish = .3 }.alike > .6 and r { wish = .4 }.alike > r { wish = .3 }.alike)
  end,
}
