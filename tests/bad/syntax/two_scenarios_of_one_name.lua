local function world(p)
  agents("person", 100)
end

return {
  scenario "twin" { world = world },
  scenario "twin" { world = world },
}
