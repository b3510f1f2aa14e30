//! Pictures of networks, as the command draws them.

use std::fs;
use std::path::PathBuf;

use super::command::Place;
use super::studies::folder;

const RING: &str = r#"
return scenario "ring" {
  replicates = 3, steps = 60, seed = 3,
  sweep = { rewire = {0, .05}, needs = {1, 2} },
  world = function(p)
    agents("person", 100, { mood = dist.uniform(-1, 1) })
    ties("friend", graph.ring { k = 4, rewire = p.rewire })
    stage "aware"
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(3) }
  end,
  charts = { "adopted.t50 ~ rewire | needs" },
}
"#;

/// Draws `scenario.lua` and gives the SVG's path.
fn picture(place: &Place, more: &[&str]) -> PathBuf {
    let said = place.uptake(&[&["picture", "scenario.lua"], more].concat()).ends_with(0);
    let files: Vec<&str> = said.out.lines().collect();
    assert_eq!(files.len(), 3, "{}", said.out);
    PathBuf::from(files[0])
}

#[test]
fn a_picture_is_made_again_from_itself_in_every_format() {
    let place = Place::with(RING);
    for more in [&["--film", "5"][..], &["--animate"], &["--column", "mood", "--replicate", "2"]] {
        let svg = picture(&place, &[&["--set", "rewire=.05", "--set", "needs=1"], more].concat());
        for ending in ["svg", "png", "pdf"] {
            let reader = Place::empty();
            let name = format!("figure.{ending}");
            fs::copy(place.path().join(svg.with_extension(ending)), reader.path().join(&name)).unwrap();
            let said = reader.uptake(&["reproduce", &name]).ends_with(0);
            said.says("a picture of one run of ring").says("with rewire = .05").says("identical");
        }
        let edited = place.read(&svg).replacen("time", "Zeit", 1);
        place.write("edited.svg", &edited);
        place.uptake(&["reproduce", "edited.svg"]).ends_with(4).says("DIFFERS  drawing: in ");
    }
}

#[test]
fn a_strip_shows_who_adopted_when() {
    let place = Place::with(RING);
    // On the plain ring the front moves two agents a step on each side: everybody after some 97 / 4 steps.
    let svg = place.read(picture(&place, &["--set", "rewire=0", "--set", "needs=1", "--film", "3"]));
    for words in [">time 0<", ">time 12<", ">time 24<", ">3%<", ">52%<", ">100%<", "100 agents, 200 pairs tied"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(!svg.contains("long tie"), "nothing is rewired");
    assert_eq!(
        svg.matches("<circle").count(),
        3 * (100 + 3) + 4,
        "all agents and the rings of three, in each frame; the legend"
    );
    let rewired = place.read(picture(&place, &["--set", "rewire=.05", "--set", "needs=1"]));
    assert!(rewired.contains("long tie"));
}

#[test]
fn what_cannot_be_shown_is_said_with_what_can() {
    let place = Place::with(RING);
    let refused = |more: &[&str], why: &str| {
        place.uptake(&[&["picture", "scenario.lua"], more].concat()).ends_with(2).warns(why);
    };
    refused(&["--stage", "adoptd"], "ring has no stage \"adoptd\" (did you mean \"adopted\"?); it has: aware, adopted");
    refused(&["--column", "mod"], "ring has no column of agents \"mod\" (did you mean \"mood\"?); it has: mood");
    refused(&["--layer", "kin"], "there is no layer \"kin\"; there are: friend");
    refused(&["--film", "1"], "1 is not in 2..=60");
    place.write("scenario.lua", &RING.replace("100", "2001"));
    refused(&[], "ring has 2001 agents; a picture shows at most 2000");
    place.write("scenario.lua", &RING.replace("100", "2000"));
    picture(&place, &[]);
}

#[test]
fn real_people_have_their_names_and_a_grid_keeps_its_shape() {
    let place = Place::empty();
    let draw = |file: &str, more: &[&str]| {
        let path = folder().join(file);
        let said = place.uptake(&[&["picture", path.to_str().unwrap()], more].concat()).ends_with(0);
        place.read(said.out.lines().next().unwrap())
    };
    let club = draw("papers/kempe_2003.lua", &["--set", "model=cascade", "--set", "from=both"]);
    assert!(club.contains(">33</text>") && club.contains("34 agents, 78 pairs tied"));
    let friends = draw("influence/05_context_trust.lua", &["--only", "susan-tim-mike", "--set", "speaks=both"]);
    assert!(friends.contains(">susan</text>") && friends.contains(">mike</text>"));
    place.write(
        "scenario.lua",
        &RING.replace("graph.ring { k = 4, rewire = p.rewire }", "graph.grid { neighbours = 8 }"),
    );
    let grid = place.read(picture(&place, &["--set", "rewire=0", "--set", "needs=1"]));
    // The paper, the colours of the scale, the cells and the frames of the three they began with.
    assert_eq!(grid.matches("<rect").count(), 1 + 75 + 100 + 3);
}
