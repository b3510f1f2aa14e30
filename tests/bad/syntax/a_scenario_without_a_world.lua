return scenario "a-scenario-without-a-world" {
  steps = 20,
}
