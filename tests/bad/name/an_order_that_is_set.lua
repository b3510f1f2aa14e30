return scenario "an-order-that-is-set" {
  world = function(p)
    agents("person", 100)
    order = "asynchronous"
    stage "adopted"
  end,
}
