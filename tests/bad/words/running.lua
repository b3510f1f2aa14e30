-- What goes wrong only while a run is made: that run fails and says why, and the sweep goes on.
--[[
return scenario "bad" {
  steps = 5,
  world = function(p)
    agents("person", 4, { mood = 1, zero = 0 })
    ties("talk", graph.ring { k = 2 }, { trust = .5 })
HERE
  end,
}
]]

stage("adopted", { weight = me.zero / me.zero })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": weight of a tie and of 7 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { reach = log(me.zero - 1) })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": reach of a tie and of 7 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { needs = sqrt(me.zero - 1) })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": needs of an agent and of 3 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { base = me.zero / me.zero })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": base of an agent and of 3 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { chance = me.zero / me.zero })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": chance of an agent and of 1 more became NaN: 0/0, or log or sqrt of a negative number

stage("adopted", { leave = me.zero / me.zero })
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: stage "adopted": leave of an agent became NaN: 0/0, or log or sqrt of a negative number

update(me.mood, log(me.zero - 1))
--> fails with the only cell: line 1: update: me.mood of agent 1 became NaN in step 0: 0/0, or log or sqrt of a negative number

update(tie.trust, tie.trust / me.zero - tie.trust / me.zero)
--> fails with the only cell: line 1: update: tie.trust of tie 1 became NaN in step 0: 0/0, or log or sqrt of a negative number

set(me.mood, me.zero / me.zero)
--> fails with the only cell: line 1: me.mood would become NaN (0/0, log or sqrt of a negative number)

set(tie.trust, me.zero / me.zero)
--> fails with the only cell: line 1: tie.trust would become NaN (0/0, log or sqrt of a negative number)

set(me.mood, 2, where(me.zero / me.zero))
--> fails with the only cell: line 1: where: the value is not a number (NaN) for agent 1

contact("talk", { per = me.zero / me.zero })
stage("adopted")
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: contact: per became NaN

contact("talk", { per = 1, prefer = me.zero / me.zero })
stage("adopted")
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: contact: prefer became NaN; odds are 0 or more

contact("talk", { per = 1, prefer = me.zero - 1 })
stage("adopted")
start { stage = "adopted", who = random(1) }
--> fails with the only cell: line 1: contact: prefer became -1; odds are 0 or more

rewire { layer = "talk", rate = me.zero / me.zero }
--> fails with the only cell: line 1: rewire: rate became NaN

rewire { layer = "talk", drop = me.zero / me.zero }
--> fails with the only cell: line 1: rewire: drop became NaN

rewire { layer = "talk", pick = src.zero / src.zero }
--> fails with the only cell: line 1: rewire: pick became NaN; odds are 0 or more

rewire { layer = "talk", pick = src.zero - 1 }
--> fails with the only cell: line 1: rewire: pick became -1; odds are 0 or more

mark("best", top(2, me.zero / me.zero))
--> fails with the only cell: line 1: the value to rank by is not a number for agent 1

at(2, function() mark("best", where(log(me.zero - 1))) end)
--> fails with the only cell: line 1: where: the value is not a number (NaN) for agent 1

stage("adopted")
at(2, function() start { stage = "adopted", who = random(5) } end)
--> line 2: cannot choose 5 agents out of 4; ask for 4 at most, or for a share below 1

at(2, function() mark("few", cluster(5)) end)
--> line 1: cannot choose 5 agents out of 4; ask for 4 at most, or for a share below 1

mark("few", random(2))
mark("fewer", random(3, "few"))
--> fails with the only cell: line 2: cannot choose 3 agents out of 2; ask for 2 at most, or for a share below 1

stage("adopted")
start { stage = "adopted", who = greedy(5, { stage = "adopted", steps = 3 }) }
--> line 2: cannot choose 5 agents out of 4; ask for 4 at most, or for a share below 1

observe("x", me.mood)
--> line 1: me.mood speaks of an agent, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...)

observe("x", tie.trust)
--> line 1: tie.trust speaks of a tie, but there is none in sight here; use a sum over a neighbourhood (sum_in, mean_in, ...) or a total (mean, sum, ...)
