return scenario "a-file-that-is-not-there" {
  world = function(p)
    agents("person", 34)
    ties("friend", graph.file "club.edges")
  end,
}
