//! The page of a sweep in a real browser, at the widths of a phone and of a desk. Needs Chromium: `UPTAKE_CHROMIUM`, or one on
//! the path; without it the tests say SKIPPED. Where `UPTAKE_CHROMIUM` is set they must run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::command::Place;

/// Two charts of a single column, one of both; a run that fails, a claim that does not hold, words that look like HTML.
const RING: &str = r#"
-- Two friends <are> enough & more.
--
-- Source: Centola and Macy 2007.
return scenario "ring-b" {
  replicates = 4, steps = 60,
  sweep = { rewire = {0, .1, 1}, needs = {1, 2}, kind = {"a_rather_long_name_of_a_level", "b"} },
  world = function(p)
    agents("person", 200, { column = 1 })
    ties("friend", graph.ring { k = 6, rewire = p.rewire })
    stage("adopted", { needs = p.needs })
    start { stage = "adopted", who = cluster(5) }
    update(me.column, when(chance(p.rewire == 1 and .01 or 0), log(me.column - 2), 1))
  end,
  charts = {
    "adopted ~ rewire | needs / kind",
    chart { "adopted.thalf ~ rewire | needs / kind", width = "double", title = "How long it takes" },
  },
  checks = function(r)
    check("one is enough", r { needs = 1, rewire = 0 }.adopted == 1)
    check("this one fails", r { needs = 1, rewire = 0 }.adopted < 0)
  end,
}
"#;

fn chromium() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("UPTAKE_CHROMIUM") {
        return Some(PathBuf::from(given));
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let found =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file());
    if found.is_none() {
        writeln!(std::io::stderr(), "SKIPPED: no chromium on the path, and UPTAKE_CHROMIUM is not set")
            .expect("standard error takes a line");
    }
    found
}

/// Loads a page with nothing of its own asking the network for anything.
fn load(chromium: &Path, folder: &Path, page: &Path, more: &[&str]) -> Output {
    let profile = tempfile::tempdir_in(folder).unwrap();
    let output = Command::new(chromium)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
        ])
        .args([
            "--disable-default-apps",
            "--disable-domain-reliability",
            "--disable-features=NetworkTimeServiceQuerying",
            "--allow-file-access-from-files",
        ])
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(more)
        .arg(format!("file://{}", page.display()))
        .output();
    output.unwrap_or_else(|error| panic!("{} cannot be started: {error}", chromium.display()))
}

/// A page that looks at another one in a frame of this width, and writes down what it sees.
fn looking_at(page: &Path, width: u32) -> String {
    format!(
        r##"<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><body style="margin:0">
<iframe id="f" src="file://{}" style="border:0;width:{width}px;height:2400px"></iframe><pre id="seen"></pre><script>
f.onload = () => {{
  const page = f.contentDocument, box = part => {{ const b = part.getBoundingClientRect(); return [b.left, b.width, b.height]; }};
  const figures = [...page.querySelectorAll("figure")].map(figure => {{
    const svg = figure.querySelector("svg"), style = f.contentWindow.getComputedStyle(figure);
    return {{ box: box(svg), paper: box(figure.querySelector(".paper")), shown: style.display !== "none" && style.visibility === "visible" }};
  }});
  seen.textContent = JSON.stringify({{
    figures, scroll: page.documentElement.scrollWidth, width: f.contentWindow.innerWidth,
    title: page.title, scripts: page.scripts.length, text: page.body.innerText,
    asked: f.contentWindow.performance.getEntriesByType("resource").map(entry => entry.name),
    background: f.contentWindow.getComputedStyle(page.body).backgroundColor,
  }});
}};
</script>"##,
        page.display()
    )
}

fn seen(chromium: &Path, folder: &Path, page: &Path, width: u32, more: &[&str]) -> serde_json::Value {
    let looker = folder.join(format!("looker-{width}.html"));
    fs::write(&looker, looking_at(page, width)).unwrap();
    let net = folder.join("net.json");
    let log = format!("--log-net-log={}", net.display());
    let window = format!("--window-size={},2400", width.max(500));
    let output = load(chromium, folder, &looker, &[&["--dump-dom", log.as_str(), window.as_str()], more].concat());
    let (dom, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(!said.contains("CONSOLE"), "the console has errors:\n{said}");
    // Whatever the page wanted of the network would stand in the browser's own log of it, beside what the browser itself
    // asks its maker. (What the page asked for is told by the page as well.)
    let log = fs::read_to_string(&net).expect("the browser keeps a log of the network");
    let own = ["google.com", "googleapis.com", "gvt1.com"];
    for scheme in ["http://", "https://", "ws://", "wss://"] {
        for asked in log.split(&format!("\"url\":\"{scheme}")).skip(1) {
            let host = asked.split(['"', '/', ':', '?']).next().unwrap_or_default();
            assert!(own.iter().any(|own| host.ends_with(own)), "the network was asked for {scheme}{host}");
        }
    }
    let json = dom.split_once("<pre id=\"seen\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (json, _) = json.unwrap_or_else(|| panic!("the looker saw nothing:\n{dom}\n{said}"));
    let json = json.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn the_page_of_a_sweep_shows_everything_on_a_phone_and_on_a_desk() {
    let Some(chromium) = chromium() else { return };
    let place = Place::with(RING);
    let said = place.uptake(&["sweep", "scenario.lua"]).ends_with(1).says("report.html");
    let sweep = place.path().join(super::command::sweep_of(&said));
    let page = sweep.join("report.html");
    for width in [390_u32, 1200] {
        let seen = seen(&chromium, place.path(), &page, width, &[]);
        assert_eq!(seen["title"], "ring-b");
        assert_eq!((&seen["width"], &seen["scroll"]), (&width.into(), &width.into()), "nothing sticks out to the side");
        assert_eq!((seen["asked"].as_array().map(Vec::len), seen["scripts"].as_u64()), (Some(0), Some(0)));
        let figures = seen["figures"].as_array().unwrap();
        assert_eq!(figures.len(), 2);
        for figure in figures {
            let number = |part: &str, place: usize| figure[part][place].as_f64().unwrap();
            assert!(figure["shown"] == true && number("box", 1) > 300.0 && number("box", 2) > 150.0, "{figure}");
            assert!(
                number("paper", 0) >= 0.0 && number("paper", 0) + number("paper", 1) <= f64::from(width),
                "{figure}"
            );
        }
        let text = seen["text"].as_str().unwrap();
        for words in [
            "Two friends <are> enough & more.",
            "1 of 2 hold",
            "this one fails",
            "Failed runs",
            "uptake rerun . --row ",
            "Centola and Macy 2007",
            "at least needs \u{2208} {1, 2} (>=)",
            "uptake sweep ring-b.lua",
            "@article{centola2007,",
            "a_rather_long_name_of_a_level",
        ] {
            assert!(text.contains(words), "{words} is not on the page at {width}:\n{text}");
        }
        // The picture itself: not one colour all over.
        let shot = place.path().join(format!("shot-{width}.png"));
        let (size, to) = (format!("--window-size={},1200", width.max(500)), format!("--screenshot={}", shot.display()));
        load(&chromium, place.path(), &page, &[&size, &to]);
        let picture = resvg::tiny_skia::Pixmap::decode_png(&fs::read(&shot).expect("a screenshot was taken")).unwrap();
        let mut colours: Vec<u32> =
            picture.pixels().iter().map(|pixel| u32::from(pixel.red()) << 8 | u32::from(pixel.blue())).collect();
        colours.sort_unstable();
        colours.dedup();
        assert!(colours.len() > 20, "{} colours", colours.len());
    }
    let dark = seen(&chromium, place.path(), &page, 1200, &["--blink-settings=preferredColorScheme=0"]);
    let light = seen(&chromium, place.path(), &page, 1200, &["--blink-settings=preferredColorScheme=1"]);
    assert_ne!(dark["background"], light["background"], "there is a dark page and a light one");
}

#[test]
fn the_page_depends_on_the_rows_alone() {
    let place = Place::with(RING);
    let page = |more: &[&str]| {
        let said = place.uptake(&[&["sweep", "scenario.lua"], more].concat()).ends_with(1);
        let sweep = super::command::sweep_of(&said);
        let bytes = place.read(sweep.join("report.html"));
        fs::remove_file(place.path().join(&sweep).join("report.html")).unwrap();
        let dir = sweep.to_str().unwrap();
        place.uptake(&["merge", dir]).ends_with(1);
        assert!(place.read(sweep.join("report.html")) == bytes, "merging makes the same page");
        place.uptake(&["chart", dir]).ends_with(0);
        assert!(place.read(sweep.join("report.html")) == bytes, "drawing makes the same page");
        bytes
    };
    let first = page(&["-j", "1", "--out", "one"]);
    assert!(first == page(&["-j", "2", "--out", "two"]), "the same for any number of threads, in any folder");
    assert!(!first.contains(&place.path().display().to_string()), "the page knows no place");
}

#[test]
fn the_page_of_an_unfinished_sweep_says_what_is_missing() {
    let place = Place::with(RING);
    place.uptake(&["sweep", "scenario.lua", "--shard", "1/2"]).ends_with(0);
    let folder = fs::read_dir(place.path().join("output/ring-b")).unwrap().next().unwrap().unwrap().path();
    place.uptake(&["chart", folder.to_str().unwrap()]).ends_with(0);
    let page = place.read(folder.join("report.html"));
    assert!(page.contains("24 of 48 runs are missing: everything below speaks of the others."), "{page}");
    // Another chart stands first, the scenario's own follow.
    place.uptake(&["chart", folder.to_str().unwrap(), "adopted ~ needs"]).ends_with(0);
    let page = place.read(folder.join("report.html"));
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(at("<code>adopted ~ needs</code>") < at("<code>adopted ~ rewire | needs / kind</code>"));
    assert_eq!(page.matches("<figure").count(), 3);
}
