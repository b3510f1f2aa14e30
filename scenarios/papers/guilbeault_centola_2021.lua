-- Whom to start with where three sources are needed: not the best connected, but whoever wide bridges lead far from.
--
-- Source: Guilbeault and Centola 2021, Topological measures for identifying and predicting the spread of complex contagions, Nat.
-- Commun. 12:4430. Holme-Kim networks as in the paper (200 agents, m = 4, p = .5); everybody adopts who hears `needs` adopters;
-- it starts with an agent and so many of its neighbours, needs in all.
-- Claim: where three sources are needed, starting around the agent of highest complex centrality (the mean length of paths among
-- adopters, 0 to those who do not adopt) reaches more than starting around the agent of highest degree, betweenness or
-- eigenvector centrality, network by network. Where two are enough nearly every start reaches everybody, the measure
-- grows with distance alone, and it chooses worse than degree.
-- Expect (mean share, 200 networks): needs 3: complex .51, eigenvector .33, betweenness .29, degree .28, k-shell .14; needs 2:
-- complex .86, degree .97.

return scenario "guilbeault-centola-2021" {
  replicates = 200,
  steps = 400,
  sweep = {
    strategy = {"complex", "degree", "betweenness", "eigenvector", "k-shell", "random"},
    needs = {2, 3},
  },

  world = function(p)
    agents("person", 200)
    ties("friend", graph.clustered { m = 4, p = .5 })
    stage("adopted", { needs = p.needs })
    local centre = {
      complex = top(1, me.complex_centrality(p.needs)),
      degree = top(1, me.followers),
      betweenness = top(1, me.betweenness),
      eigenvector = top(1, me.eigenvector),
      ["k-shell"] = top(1, me.k_shell),
      random = random(1),
    }
    start { stage = "adopted", who = cluster(p.needs, centre[p.strategy]) }
    observe("reach", complex_reach(p.needs), 0)
  end,

  charts = {
    "adopted ~ strategy | needs",
    "adopted ~ reach | strategy",
  },

  checks = function(r)
    local function against(other, needs)
      return r:paired("adopted", { strategy = "complex", needs = needs }, { strategy = other, needs = needs })
    end
    check("more than the best connected", against("degree", 3).low > 0 and against("degree", 3).positive > 2 * against("degree", 3).negative)
    check("more than who is between others", against("betweenness", 3).low > 0)
    check("more than the eigenvector's first", against("eigenvector", 3).low > 0)
    check("more than the core and than chance", against("k-shell", 3).low > .2 and against("random", 3).low > .2)
    check("where two are enough it is no guide", against("degree", 2).high < 0)
  end,
}
