return scenario "an-order-without-turns" {
  world = function(p)
    order "asynchronous"
    agents("person", 50, { opinion = dist.uniform(0, 1) })
    ties("friend", graph.ring { k = 4 })
    update(me.opinion, mean_in(src.opinion))
    observe("spread", std(me.opinion))
  end,
}
