-- How one can see afterwards whether it was simple or complex contagion: from who joined on how many friends.
--
-- Source: Romero, Meeder and Kleinberg 2011 (exposure curves in ordinal time); Centola and Macy 2007.
-- Claim: p(k) is the share of those who ever had exactly k friends there that joined before they had more. News, which each
-- friend tells once, is taken up alike on every k: the curve is flat from the first friend on. A practice that takes two
-- friends and some time begins with the second friend; on one friend only noise joins. The end of a curve rises for
-- practices: whoever has all friends there has time, because no further friend can come.
-- Expect: p(1) / p(2) .90 for news, .018 for the practice, which was had from 4.5 friends on average, news from 1.02.

return scenario "exposure" {
  replicates = 10,
  steps = 150,
  sweep = { kind = {"news", "practice"} },

  world = function(p)
    agents("person", 2500)
    ties("near", graph.grid {})                                            -- eight neighbours who meet
    ties("far", graph.random { k = 2 })                                    -- acquaintances anywhere
    if p.kind == "news" then
      stage("joined", { reach = .15, emit = "once" })                      -- each friend tells it once
    else
      stage("joined",
        { needs = 2, chance = .3 },                                        -- two friends there, and some hesitation
        { chance = .002 })                                                 -- rarely on one
    end
    start { stage = "joined", who = cluster(12, nil, "near") }
    observe("p1", response("joined", 1))
    observe("p2", response("joined", 2))
    observe("voices", reinforcement "joined")
  end,

  charts = { "response(joined) | kind", "joined ~ now | kind" },

  checks = function(r)
    local news, practice = r { kind = "news" }, r { kind = "practice" }
    check("A12: on one friend hardly anybody takes up a practice", practice.p1 / practice.p2 < .05)
    check("A12: news is taken up on one friend nearly as often as on two", news.p1 / news.p2 > .45)
    check("A12: a practice is had from more friends at once than news", practice.voices > 2 * news.voices)
  end,
}
