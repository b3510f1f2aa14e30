-- Political blogs before the 2004 election: what needs confirmation stays in its camp.
--
-- Source: Adamic and Glance 2005, The political blogosphere and the 2004 U.S. election, LinkKDD.
-- Data: polblogs.gml from https://websites.umich.edu/~mejn/netdata/, as ../../../shared/data/polblogs.edges (one link a line,
-- "from to", numbered from 0) and polblogs.nodes.csv (node, label, leaning). Free for research with citation, no explicit
-- licence: not shipped here.
-- Claim: a blog adopts when a share phi of those it is linked with has; 60 liberal blogs around the most linked one start.
-- Nine links in ten stay in their camp, so that there is a threshold above which it does not cross over. With the same
-- degrees and chance for everything else both camps do alike, and less suffices to stop it.
-- Expect: .20 of all blogs are in pieces apart and hear nothing; at phi = .35 .12 of the liberal and .01 of the
-- conservative blogs adopt as it is; at .25 .78 of all as it is, .30 shuffled.

return scenario "polblogs" {
  replicates = 40,
  steps = 200,
  sweep = {
    phi = {.02, .05, .1, .15, .2, .25, .3, .35, .4, .5},
    wiring = {"as it is", "shuffled"},
  },

  world = function(p)
    local links = graph.file("../../../shared/data/polblogs.edges", { directed = false })
    agents("blog", nodes "../../../shared/data/polblogs.nodes.csv")
    ties("link", p.wiring == "shuffled" and graph.shuffled(links) or links)
    stage("adopted", { count = "share", needs = p.phi })
    mark("liberal", where(me.leaning))
    mark("conservative", where(1 - me.leaning))
    start { stage = "adopted", who = cluster(60, top(1, me.followers * me.liberal)) }
    observe("own", mean(me.adopted, "liberal"))
    observe("other", mean(me.adopted, "conservative"))
  end,

  charts = {
    "own ~ phi | wiring",
    "other ~ phi | wiring",
  },

  checks = function(r)
    local function x(phi, wiring, name)
      return r { phi = phi, wiring = wiring }:mean(name)
    end
    check("what one link in five suffices for reaches all that can be reached", x(.2, "as it is", "adopted") > .8)
    check("what needs a third stays in its camp", x(.35, "as it is", "own") > 5 * x(.35, "as it is", "other"))
    check("among shuffled links there are no camps", math.abs(x(.35, "shuffled", "own") - x(.35, "shuffled", "other")) < .03)
    check("camps carry what chance would not", x(.25, "as it is", "adopted") > x(.25, "shuffled", "adopted") + .2)
  end,
}
