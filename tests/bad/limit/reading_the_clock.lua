return scenario "reading-the-clock" {
  steps = 20,
  world = function(p)
    agents("person", os.time())
  end,
}
