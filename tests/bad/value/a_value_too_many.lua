return scenario "a-value-too-many" {
  world = function(p)
    agents("person", 100, { coins = 0 })
    update(me.coins, me.coins + 1, "person")
    stage "adopted"
  end,
}
