return scenario "an-order-outside-of-the-world" {
  order = "asynchronous",
  world = function(p)
    agents("person", 100)
    stage "adopted"
  end,
}
