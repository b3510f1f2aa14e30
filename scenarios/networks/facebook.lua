-- Circles of friends on Facebook: they hold up what hardly needs confirmation and carry what needs much of it.
--
-- Source: McAuley and Leskovec 2012, Learning to discover social circles in ego networks, NIPS. 4039 people, 88 234 ties.
-- Data: facebook_combined.txt.gz from https://snap.stanford.edu/data/ego-Facebook.html, unpacked and saved as
-- ../../../shared/data/facebook_ego.edges. Anonymised; no explicit licence, SNAP asks for the citation: not shipped here.
-- Claim: everybody adopts when a share phi of their friends has; 40 people start, all in one place or anywhere. With the
-- same degrees and chance for everything else, it is all or nothing. As it is, circles of friends stop at their border
-- what would reach everybody, and carry inside what would reach nobody. Where friends confirm each other, starting in
-- one place goes further than starting anywhere.
-- Expect (one place): at phi = .1 about .86 as it is, 1 shuffled; at .2 about .2 as it is, .02 shuffled.

return scenario "facebook" {
  replicates = 20,
  steps = 200,
  sweep = {
    phi = {.01, .02, .05, .1, .15, .2, .25, .3, .4},
    wiring = {"as it is", "shuffled"},
    from = {"one place", "anywhere"},
  },
  structure = { "clustering" },

  world = function(p)
    local friends = graph.file("../../../shared/data/facebook_ego.edges", { directed = false })
    agents("person", 4039)
    ties("friend", p.wiring == "shuffled" and graph.shuffled(friends) or friends)
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = p.from == "anywhere" and random(40) or cluster(40) }
  end,

  charts = {
    "adopted ~ phi | wiring / from",
    "clustering ~ phi | wiring",
  },

  checks = function(r)
    local function x(phi, wiring, from)
      return r { phi = phi, wiring = wiring, from = from or "one place" }:mean "adopted"
    end
    check("what one friend in fifty suffices for reaches all", x(.02, "as it is") > .99 and x(.02, "shuffled") > .99)
    check("circles stop what chance would not", x(.1, "as it is") < .97 and x(.1, "shuffled") > .99)
    check("circles carry what chance would not", x(.2, "as it is") > .1 and x(.2, "shuffled") < .04)
    check("confirmation wants one place", x(.2, "as it is") > 3 * x(.2, "as it is", "anywhere"))
  end,
}
