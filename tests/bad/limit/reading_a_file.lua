return scenario "reading-a-file" {
  steps = 20,
  world = function(p)
    agents("person", #io.open("names.txt"):read("a"))
  end,
}
