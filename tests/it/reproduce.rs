//! Figures that say how they were made, and are made again from that alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::command::Place;

const RING: &str = r#"
-- Two friends are enough: ä φ <b> & "so on".
return scenario "ring" {
  replicates = 4, steps = 60, seed = 3,
  sweep = { rewire = {0, .1, 1}, needs = {1, 2} },
  world = function(p)
    agents("person", 200)
    ties("friend", graph.ring { k = 6, rewire = p.rewire })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(5) }
  end,
  charts = { chart { "adopted ~ rewire | needs", title = "Two friends are enough" }, "adopted ~ now | needs" },
}
"#;

/// A scenario that reads a file beside it.
const CLUB: &str = r#"
return scenario "club" {
  replicates = 3, steps = 20,
  sweep = { phi = {.2, .5} },
  world = function(p)
    agents("member", 6)
    ties("friend", graph.file("data/club.edges", { directed = false }))
    stage("adopted", { count = "share", needs = p.phi })
    start { stage = "adopted", who = random(1) }
  end,
  charts = { "adopted ~ phi" },
}
"#;

const ENDINGS: [&str; 3] = ["svg", "png", "pdf"];

/// A folder with nothing in it but one figure of another folder, and the name of that figure.
fn alone(place: &Place, figure: &Path) -> (Place, String) {
    let reader = Place::empty();
    let name = figure.file_name().unwrap().to_str().unwrap().to_string();
    fs::copy(place.path().join(figure), reader.path().join(&name)).unwrap();
    (reader, name)
}

/// The SVG of the first chart of a sweep of `scenario.lua`.
fn drawn(place: &Place, more: &[&str]) -> (PathBuf, PathBuf) {
    let sweep = place.sweep(more);
    let figure = sweep.join("figures/adopted-by-rewire-needs.svg");
    (sweep, figure)
}

#[test]
fn a_figure_alone_is_enough_to_make_it_again_byte_by_byte() {
    let place = Place::with(RING);
    let (_, figure) = drawn(&place, &[]);
    for ending in ENDINGS {
        let (reader, name) = alone(&place, &figure.with_extension(ending));
        let said = reader.uptake(&["reproduce", &name]).ends_with(0);
        let said = said.says("same     rows: all 24 runs").says("same     plotted numbers");
        let said = said.says("identical").says("plan ").says("seed 3");
        // The folder is that of a whole sweep, with the scenario as it was written.
        let line = said.out.lines().find(|line| line.contains("its scenario is in ")).unwrap();
        assert_eq!(reader.read(line.split(" is in ").nth(1).unwrap()), RING);
        // Done again from the rows that are there now.
        let sweep = PathBuf::from(line.split(" is in ").nth(1).unwrap()).parent().unwrap().to_path_buf();
        reader.uptake(&["reproduce", &name, "--rows", sweep.to_str().unwrap()]).ends_with(0).says("identical");
    }
}

#[test]
fn what_was_set_from_outside_is_set_again() {
    let place = Place::with(RING);
    let (_, figure) = drawn(&place, &["--set", "rewire=0,.5", "--seed", "9", "--replicates", "2"]);
    let (reader, name) = alone(&place, &figure);
    let said = reader.uptake(&["reproduce", &name]).ends_with(0);
    said.says("from 8 runs").says("seed 9").says("with rewire = 0,.5").says("with replicates = 2").says("identical");
    let shown = reader.uptake(&["reproduce", "--show", &name]).ends_with(0).says("\"seed\": 9").out;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["text"], RING);
    assert_eq!(shown["drawn"]["chart"]["figure"]["title"], "Two friends are enough");
    assert!(shown["drawn"]["chart"]["numbers"].as_str().unwrap().starts_with("needs,rewire,adopted.mean,"));
}

#[test]
fn the_same_rows_give_the_same_bytes_of_every_figure() {
    let place = Place::with(RING);
    let sweep = place.sweep(&[]);
    let dir = sweep.to_str().unwrap();
    let wishes: [&[&str]; 2] =
        [&["chart", dir], &["chart", dir, "adopted.peak ~ rewire", "--log", "none", "--title", "T"]];
    for wish in wishes {
        let files = || {
            place.uptake(wish).ends_with(0);
            let folder = place.path().join(&sweep).join("figures");
            let mut files: Vec<_> = fs::read_dir(&folder)
                .unwrap()
                .map(|file| file.unwrap().path())
                .map(|path| (path.clone(), fs::read(&path).unwrap()))
                .collect();
            files.sort();
            fs::remove_dir_all(&folder).unwrap();
            files
        };
        let first = files();
        assert!(first.len() >= 4 && first == files(), "{wish:?}");
    }
}

#[test]
fn a_figure_against_time_and_one_that_was_wished_for_are_made_again() {
    let place = Place::with(RING);
    let sweep = place.sweep(&[]);
    let dir = sweep.to_str().unwrap();
    place.uptake(&["chart", dir, "adopted.peak ~ rewire", "--log", "none", "--width", "double"]).ends_with(0);
    for name in ["adopted-by-now-needs.svg", "adopted-peak-by-rewire.svg"] {
        let (reader, name) = alone(&place, &sweep.join("figures").join(name));
        reader.uptake(&["reproduce", &name, "-j", "1"]).ends_with(0).says("identical");
    }
}

#[test]
fn an_edited_drawing_is_told_from_the_one_made_again_and_left_alone() {
    let place = Place::with(RING);
    let (sweep, figure) = drawn(&place, &[]);
    let dir = sweep.to_str().unwrap();
    let edited = place.read(&figure).replacen("stroke=\"#0072B2\"", "stroke=\"#0072B3\"", 1);
    place.write(figure.to_str().unwrap(), &edited);
    let said = place.uptake(&["reproduce", figure.to_str().unwrap(), "--rows", dir]).ends_with(4);
    said.says("same     rows").says("same     plotted numbers").says("DIFFERS  drawing: in 1 of ").says("#0072B3");
    assert_eq!(place.read(&figure), edited);

    // A pixel: the PNG is decoded and written again with one of them changed, as an image editor would.
    let png = figure.with_extension("png");
    let bytes = fs::read(place.path().join(&png)).unwrap();
    let text: Vec<u8> = bytes[33 + 21..].to_vec(); // behind the header and the size on paper
    let length = u32::from_be_bytes(text[..4].try_into().unwrap()) as usize + 12;
    let mut sheet = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    sheet.data_mut()[0..3].fill(0);
    let mut written = sheet.encode_png().unwrap();
    written.splice(33..33, text[..length].iter().copied());
    fs::write(place.path().join(&png), written).unwrap();
    let said = place.uptake(&["reproduce", png.to_str().unwrap(), "--rows", dir]).ends_with(4);
    said.says("DIFFERS  drawing: in 1 of ").says("between 0 and 0 from the left");
}

#[test]
fn rows_of_another_plan_are_named_as_such() {
    let place = Place::with(RING);
    let (_, figure) = drawn(&place, &[]);
    let other = place.sweep(&["--seed", "4"]);
    let asked = ["reproduce", figure.to_str().unwrap(), "--rows", other.to_str().unwrap()];
    let said = place.uptake(&asked).ends_with(4).says("DIFFERS  plan").says("they differ in");
    said.says("the seed").says("DIFFERS  rows").says("DIFFERS  plotted numbers").says("NOT identical");
}

#[test]
fn a_figure_of_an_unfinished_sweep_says_so() {
    let place = Place::with(RING);
    place.uptake(&["sweep", "scenario.lua", "--shard", "1/2"]).ends_with(0);
    let folder = fs::read_dir(place.path().join("output/ring")).unwrap().next().unwrap().unwrap().path();
    place
        .uptake(&["chart", folder.to_str().unwrap(), "adopted ~ rewire"])
        .ends_with(0)
        .warns("12 of 24 runs are missing");
    let (reader, name) = alone(&place, &folder.join("figures/adopted-by-rewire.png"));
    let said = reader.uptake(&["reproduce", &name]).ends_with(4);
    said.says("DIFFERS  rows: the figure shows 12 runs, here are 24; it was drawn with 12 runs missing");
}

#[test]
fn a_figure_that_cannot_say_how_it_was_made_is_refused_with_the_reason() {
    let place = Place::with(RING);
    let (_, figure) = drawn(&place, &[]);
    let svg = place.read(&figure);
    let refused = |name: &str, bytes: &[u8], why: &str| {
        fs::write(place.path().join(name), bytes).unwrap();
        place.uptake(&["reproduce", name]).ends_with(2).warns(name).warns(why);
    };
    let without: String =
        svg.lines().filter(|line| !line.starts_with("<metadata>")).map(|line| line.to_string() + "\n").collect();
    refused("saved-again.svg", without.as_bytes(), "this SVG does not say how it was made");
    refused("cut.svg", &svg.as_bytes()[..svg.len() / 2], "the SVG is damaged");
    let edited = svg.replacen("\"seed\":3", "\"seed\":4", 1);
    refused("edited.svg", edited.as_bytes(), "was changed by hand (its check fails)");
    refused("not-a-figure.svg", b"<html><body>a page</body></html>", "it is not a figure");
    refused("table.csv", b"needs,adopted\n", "it is not a figure");
    refused("nothing.png", b"", "it is not a figure");

    let png = fs::read(place.path().join(figure.with_extension("png"))).unwrap();
    refused("cut.png", &png[..png.len() - 100], "the PNG is damaged: it ends in the middle");
    let mut flipped = png.clone();
    flipped[png.len() / 2] ^= 1;
    refused("flipped.png", &flipped, "the PNG is damaged: the check of its part IDAT fails");
    let plain = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap().encode_png().unwrap();
    refused("saved-again.png", &plain, "this PNG does not say how it was made");

    let pdf = fs::read(place.path().join(figure.with_extension("pdf"))).unwrap();
    refused("cut.pdf", &pdf[..pdf.len() / 2], "the PDF is damaged");
    refused("saved-again.pdf", b"%PDF-1.7\n%%EOF\n", "this PDF does not say how it was made");
    place.uptake(&["reproduce", "gone.svg"]).ends_with(2).warns("cannot read gone.svg");
}

#[test]
fn data_files_are_known_by_their_hash_wherever_they_are() {
    let edges = "0 1\n1 2\n2 3\n3 4\n4 5\n5 0\n0 3\n";
    let hash = blake3::hash(edges.as_bytes()).to_hex().to_string();
    let place = Place::with(CLUB);
    fs::create_dir(place.path().join("data")).unwrap();
    place.write("data/club.edges", edges);
    let figure = place.sweep(&[]).join("figures/adopted-by-phi.pdf");

    let (reader, name) = alone(&place, &figure);
    let said = reader.uptake(&["reproduce", &name]).ends_with(2);
    said.warns("made from the file data/club.edges")
        .warns(&hash)
        .warns("neither ./data/club.edges nor ./club.edges is there");
    reader.write("club.edges", "0 1\n");
    reader.uptake(&["reproduce", &name]).ends_with(2).warns("./club.edges has ").warns("--scenario-folder DIR");
    // Beside the figure, under its own name; or where the scenario's folder is.
    reader.write("club.edges", edges);
    reader.uptake(&["reproduce", &name]).ends_with(0).says("identical");
    let folder = place.path().to_str().unwrap();
    fs::remove_file(reader.path().join("club.edges")).unwrap();
    reader.uptake(&["reproduce", &name, "--scenario-folder", folder, "--out", "again"]).ends_with(0).says("identical");
}

#[test]
fn the_figures_that_the_readme_shows_are_those_of_this_version() {
    let figures = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/figures");
    let mut shown: Vec<PathBuf> = fs::read_dir(figures).unwrap().map(|entry| entry.unwrap().path()).collect();
    shown.sort();
    assert_eq!(shown.len(), 4);
    for figure in shown {
        let reader = Place::empty();
        fs::copy(&figure, reader.path().join("figure.svg")).unwrap();
        reader.uptake(&["reproduce", "figure.svg"]).ends_with(0).says("the same, byte by byte");
    }
}
