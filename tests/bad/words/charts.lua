-- Mistakes in charts.
--[[
return scenario "bad" {
  steps = 5,
  sweep = { k = {4, 8}, z = {1, 2} },
  world = function(p)
    agents("person", 20)
    ties("friend", graph.ring { k = p.k })
    stage("adopted")
  end,
  charts = {
HERE
  },
}
]]

"adopted"
--> a line around it: charts: "adopted" is no chart: write "measure ~ parameter", such as "adopted ~ rewire | needs / slip"

"adopted ~"
--> line 1: charts: "adopted ~" is no chart: write "measure ~ parameter", such as "adopted ~ rewire | needs / slip"

"adopted ~ k z"
--> line 1: in the chart "adopted ~ k z", at "z": this is not understood here; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted ~ k *"
--> line 1: in the chart "adopted ~ k *", at "the end": after "*" the second axis is missing; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted ~ k | "
--> line 1: in the chart "adopted ~ k |", at "the end": after "|" the column of the series is missing; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted ~ k / "
--> line 1: in the chart "adopted ~ k /", at "the end": after "/" the column of the panels is missing; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted ~ k * z | k"
--> line 1: in the chart "adopted ~ k * z | k", at "k": a heat map has no series; use "/ panel"; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted + 1 ~ k"
--> line 1: in the chart "adopted + 1 ~ k", at "+ 1 ~ k": after adopted a "~" and a column are missing; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"adopted ~ kk"
--> line 1: chart "adopted ~ kk": no run has "kk" (did you mean "k"?); known: k, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf

"adoptd ~ k"
--> line 1: chart "adoptd ~ k": no run has "adoptd" (did you mean "adopted"?); known: k, z, replicate, population, steps, adopted, adopted.peak, adopted.total, adopted.t50, adopted.thalf

"global(adopted) ~ k"
--> line 1: in the chart "global(adopted) ~ k", at ") ~ k": global(adopted, .1) needs the size above which a cascade is global; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"global(adopted, half) ~ k"
--> line 1: in the chart "global(adopted, half) ~ k", at "half) ~ k": a number is missing, as the .1 in global(adopted, .1); a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"global(adopted, .1 ~ k"
--> line 1: in the chart "global(adopted, .1 ~ k", at ".1 ~ k": a number is missing, as the .1 in global(adopted, .1); a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"globl(adopted, .1) ~ k"
--> line 1: in the chart "globl(adopted, .1) ~ k", at "globl(adopted, .1) ~ k": globl(...) is not a measure, did you mean global?; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"response(adoptd) | k"
--> line 1: chart "response(adoptd) | k": "adoptd" is no stage (did you mean "adopted"?); known: adopted

"response(adopted) ~ k"
--> line 1: in the chart "response(adopted) ~ k", at "k": response(adopted) is drawn against the number of sources and has no x; a parameter can be its series: response(adopted) | z; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"ccdf(adopted) ~ k"
--> line 1: in the chart "ccdf(adopted) ~ k", at "k": ccdf(adopted) is drawn against its own sizes and has no x; a parameter can be its series: ccdf(adopted) | z; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"boundary(adopted, .1) ~ k"
--> line 1: in the chart "boundary(adopted, .1) ~ k", at ") ~ k": boundary(adopted, .1, phi) needs the parameter along which the boundary is looked for; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"paired(adopted, k) ~ z"
--> line 1: in the chart "paired(adopted, k) ~ z", at ") ~ z": paired(adopted, strategy, greedy - degree) needs a parameter and two of its levels; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

"paired(adopted, k, 4) ~ z"
--> line 1: in the chart "paired(adopted, k, 4) ~ z", at "4) ~ z": paired(adopted, strategy, greedy - degree) needs a parameter and two of its levels; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi

chart()
--> line 1: chart: expected chart { "adopted ~ rewire", ... }, got nothing (nil)

chart(3)
--> line 1: chart: expected chart { "adopted ~ rewire", ... }, got the number 3

chart {}
--> line 1: chart: the formula is missing: chart { "adopted ~ rewire", ... }

chart { 3 }
--> line 1: chart: the formula is missing: chart { "adopted ~ rewire", ... }

chart { "adopted" }
--> line 1: chart: "adopted" is no chart: write "measure ~ parameter", such as "adopted ~ rewire | needs / slip"

chart { "adopted ~ k", titel = "x" }
--> line 1: chart: unknown field "titel" (did you mean "title"?); allowed: title, x, y, log, width, palette, level, notes, theory

chart { "adopted ~ k", title = 3 }
--> line 1: chart: title: expected a string, got the number 3

chart { "adopted ~ k", x = 3 }
--> line 1: chart: x: expected a string, got the number 3

chart { "adopted ~ k", y = 3 }
--> line 1: chart: y: expected a string, got the number 3

chart { "adopted ~ k", log = "z" }
--> line 1: chart: log: expected "x", "y", "xy" or "none", got "z" (did you mean "x"?)

chart { "adopted ~ k", log = true }
--> line 1: chart: log: expected "x", "y", "xy" or "none", got true

chart { "adopted ~ k", width = "triple" }
--> line 1: chart: width: expected "single" or "double", got "triple"

chart { "adopted ~ k", width = 3 }
--> line 1: chart: width: expected "single" or "double", got the number 3

chart { "adopted ~ k", palette = "rainbow" }
--> line 1: chart: palette: expected "colour", "cividis" or "grey", got "rainbow"

chart { "adopted ~ k", level = "half" }
--> line 1: chart: level: expected a number, got a string "half"

chart { "adopted ~ k", notes = "critical" }
--> line 1: chart: notes: expected a list such as { {"critical", x = .25, y = .8} }, got a string "critical"

chart { "adopted ~ k", notes = { "critical" } }
--> line 1: chart: notes: expected a list such as { {"critical", x = .25, y = .8} }, got a string "critical"

chart { "adopted ~ k", notes = { {"critical", x = "here"} } }
--> line 1: chart: notes: a note holds a text, x and y (numbers), got x = a string "here"

chart { "adopted ~ k", notes = { {"critical"} } }
--> line 1: chart: notes: a note needs x, y or both, to know its place

chart { "adopted ~ k", theory = 3 }
--> line 1: chart: theory: expected a name such as "watts", { "watts", phi = .18, z = "k" }, or a list of those, got the number 3

chart { "adopted ~ k", theory = { 3 } }
--> line 1: chart: theory: expected a name such as "watts", { "watts", phi = .18, z = "k" }, or a list of those, got the number 3

chart { "adopted ~ k", theory = { phi = .18 } }
--> line 1: chart: theory: expected a name such as "watts", { "watts", phi = .18, z = "k" }, or a list of those, got nothing (nil)

chart { "adopted ~ k", theory = "wats" }
--> line 1: chart "adopted ~ k": unknown theory "wats" (did you mean "watts"?); known: granovetter, watts, watts_window, gleeson_cahalane, percolation, committed_minority, naming_game, dodds_watts

chart { "adopted ~ k", theory = { "watts", ph = .18 } }
--> line 1: chart "adopted ~ k": theory watts has no input "ph" (did you mean "phi"?); it takes z, phi, sd, phi_to, needs, degrees, top

chart { "adopted ~ k", theory = { "watts", phi = true } }
--> line 1: chart: theory: phi: expected a number, the name of a parameter, or a number for each of its levels, as in { from = { anybody = 1, hubs = .1 } }, got true

chart { "adopted ~ k", theory = { "watts", phi = "zz" } }
--> line 1: chart "adopted ~ k": theory watts needs z, which this chart averages over: name it in the formula, or give the theory a number

chart { "adopted ~ k", theory = { "watts", phi = { k = { a = "x" } } } }
--> line 1: chart: theory: phi: expected a number, the name of a parameter, or a number for each of its levels, as in { from = { anybody = 1, hubs = .1 } }, got a table

chart { "adopted ~ k", theory = "watts_window" }
--> line 1: chart "adopted ~ k": theory watts_window is the boundary of a window: it is laid over a heat map, "y ~ z * phi"

chart { "adopted ~ now | k", theory = "watts" }
--> line 1: chart "adopted ~ now | k": theory watts needs z, which this chart averages over: name it in the formula, or give the theory a number

1 + chart { "adopted ~ k" }
--> line 1: a chart is no number: write it into charts = { ... }

"given(adopted) ~ k"
--> line 1: in the chart "given(adopted) ~ k", at ") ~ k": given(adopted, .1) needs the size above which a cascade is global; a chart is "y ~ x | series / panel", with y a column, global(column, .1), given(column, .1), ccdf(column), response(stage), paired(column, parameter, level - level) or boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi
