scenario "nothing-is-returned" {
  world = function(p)
    agents("person", 100)
  end,
}
