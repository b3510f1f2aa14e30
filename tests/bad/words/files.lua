-- Mistakes of whole files.
--[[
HERE
]]

scenario "s" { world = function(p) end }
--> a scenario file returns scenario "name" { ... }, or a list of them, but this one returns nothing; did you forget return?

return 3
--> a scenario file returns scenario "name" { ... }, or a list of them, got the number 3; did you forget return?

return {}
--> a scenario file returns scenario "name" { ... }, or a list of them, but the list is empty; did you forget return?

return { 3 }
--> a scenario file returns scenario "name" { ... }, or a list of them, but the list has something else in it; did you forget return?

return scenario "s"
--> a scenario file returns scenario "name" { ... }, or a list of them, got a function; did you forget return?

return scenario "s" { steps = 10 }
--> line 1: scenario "s": the field "world" is missing: function(p): declares the world of one run; p holds one value of each parameter (a function)

return scenario "s" (3)
--> line 1: scenario "s": expected a table { world = ... }, got the number 3

return scenario(3)
--> line 1: scenario: expected scenario "name" { ... }, got the number 3

return scenario "a b" { world = function(p) end }
--> line 1: scenario "a b": a name is letters, digits, - and _ (results are kept in a folder of that name)

return scenario "" { world = function(p) end }
--> line 1: scenario "": a name is letters, digits, - and _ (results are kept in a folder of that name)

return { scenario "s" { world = function(p) end }, scenario "s" { world = function(p) end } }
--> line 1: scenario "s" is there twice: each needs a name of its own

return { scenario "s" { world = function(p) end }, "t" }
--> a scenario file returns scenario "name" { ... }, or a list of them, but the list has something else in it; did you forget return?

agents("person", 3)
--> line 1: agents belongs in world = function(p) ... end: outside it there is no world to speak of

start { stage = "adopted", who = "all" }
--> line 1: start belongs in world = function(p) ... end: outside it there is no world to speak of

check("many", true)
--> line 1: check belongs in checks = function(r) ... end: elsewhere there are no runs to speak of

return scenario "s" {
  world = function(p)
    stage("a"
  end }
--> line 4: expected ')' (to close '(' at line 3), got 'end'

x = "unfinished
--> line 1: malformed string; did you forget to finish it?

return scenario "s" { world = function(p) error() end }
--> line 1: error() was called without a word of why

local function again() return again() end
return again()
--> line 1: a function calls itself without an end
