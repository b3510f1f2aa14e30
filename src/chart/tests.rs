//! Whole figures: every kind from tables made by hand.

use super::gallery::{gallery, number, request, study, text, watts, weak_ties};
use super::*;
use crate::table::Values;

#[test]
fn every_kind_of_figure_is_drawn() {
    // To look at them, name a folder: the figures are written there as PNG, SVG and PDF.
    let folder = std::env::var_os("UPTAKE_GALLERY").map(std::path::PathBuf::from);
    for sample in gallery() {
        let name = sample.name;
        let drawing = draw(&sample.request, &sample.data()).unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.svg")), &drawing.svg).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), png(&drawing.svg, 300.0).unwrap()).unwrap();
            std::fs::write(folder.join(format!("{name}.pdf")), pdf(&drawing.svg).unwrap()).unwrap();
        }
    }
}

/// Three runs a level, one of them failed or without a value here and there.
fn small() -> (Vec<Parameter>, Table) {
    let parameters = vec![number("z", &[2.0, 1.0]), text("kind", &["slow", "fast"]), number("k", &[4.0])];
    let status = ["done", "done", "done", "done", "failed", "done", "done", "done", "done", "done", "done", "done"];
    let missing = f64::NAN;
    let table = Table::new()
        .with("z", Values::Number(vec![2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]))
        .with("kind", Values::texts(["slow", "slow", "slow", "fast", "fast", "fast"].repeat(2)))
        .with("k", Values::Number(vec![4.0; 12]))
        .with("replicate", Values::Number([0.0, 1.0, 2.0].repeat(4)))
        .with("status", Values::texts(status.iter().copied()))
        .with("adopted", Values::Number(vec![0.2, 0.4, 0.9, 0.0, missing, 0.5, 0.05, 0.05, 0.05, 1.0, 1.0, 1.0]))
        .with(
            "adopted.t50",
            Values::Number(vec![10.0, 20.0, missing, missing, missing, 5.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        )
        .with("clustering", Values::Number((0..12).map(|row| 0.1 * f64::from(row)).collect()))
        .with("nothing", Values::Number(vec![missing; 12]))
        .with("constant", Values::Number(vec![1.5; 12]));
    (parameters, table)
}

fn drawn(formula: &str) -> Drawing {
    let (parameters, runs) = small();
    draw(&request(formula), &Data { runs: &runs, parameters: &parameters, curves: None, responses: None }).unwrap()
}

fn refused(request: &Request) -> String {
    let (parameters, runs) = small();
    let refused = draw(request, &Data { runs: &runs, parameters: &parameters, curves: None, responses: None });
    refused.expect_err(&request.formula).to_string()
}

fn near(given: &[f64], expected: &[f64]) {
    assert_eq!(given.len(), expected.len(), "{given:?} {expected:?}");
    for (a, b) in given.iter().zip(expected) {
        assert!((a - b).abs() < 1e-6 || (a.is_nan() && b.is_nan()), "{given:?} {expected:?}");
    }
}

#[test]
fn the_numbers_beside_are_means_with_their_intervals() {
    let numbers = drawn("adopted ~ z | kind").numbers;
    assert_eq!(
        numbers.names(),
        [
            "kind",
            "z",
            "adopted.mean",
            "adopted.low",
            "adopted.high",
            "runs",
            "missing",
            "failed",
            "global(adopted, 0.1)",
            "given(adopted, 0.1)"
        ]
    );
    assert_eq!(numbers.column("kind"), Some(&Values::texts(["slow", "slow", "fast", "fast"])));
    near(numbers.numbers("z").unwrap(), &[1.0, 2.0, 1.0, 2.0]);
    near(numbers.numbers("adopted.mean").unwrap(), &[0.05, 0.5, 1.0, 0.25]);
    // Of 0.2, 0.4, 0.9 the standard error is sqrt(0.13 / 3) and t with two degrees of freedom is 4.302653; both ends would
    // leave the range of shares. So would those of 0 and 0.5.
    near(numbers.numbers("adopted.low").unwrap(), &[0.05, 0.0, 1.0, 0.0]);
    near(numbers.numbers("adopted.high").unwrap(), &[0.05, 1.0, 1.0, 1.0]);
    near(numbers.numbers("runs").unwrap(), &[3.0, 3.0, 3.0, 2.0]);
    near(numbers.numbers("failed").unwrap(), &[0.0, 0.0, 0.0, 1.0]);
    near(numbers.numbers("global(adopted, 0.1)").unwrap(), &[0.0, 1.0, 1.0, 0.5]);
    near(numbers.numbers("given(adopted, 0.1)").unwrap(), &[f64::NAN, 0.5, 1.0, 0.5]);

    let steps = drawn("adopted.t50 ~ kind / z").numbers;
    near(steps.numbers("adopted.t50.mean").unwrap(), &[15.0, 5.0, 2.0, 5.0]);
    near(
        steps.numbers("adopted.t50.high").unwrap(),
        &[15.0 + 12.7062047 * 5.0, f64::NAN, 2.0 + 4.3026527 / 3f64.sqrt(), 5.0 + 4.3026527 / 3f64.sqrt()],
    );
    near(steps.numbers("missing").unwrap(), &[1.0, 1.0, 0.0, 0.0]);
}

#[test]
fn the_share_of_global_cascades_has_wilson_intervals() {
    let numbers = drawn("global(adopted, .1) ~ z | kind").numbers;
    near(numbers.numbers("global(adopted, 0.1)").unwrap(), &[0.0, 1.0, 1.0, 0.5]);
    let crate::stats::Interval { low, high } = crate::stats::wilson(1, 2, 0.95);
    near(&numbers.numbers("low").unwrap()[3..], &[low]);
    near(&numbers.numbers("high").unwrap()[3..], &[high]);
    near(
        drawn("given(adopted, .1) ~ z | kind").numbers.numbers("given(adopted, 0.1)").unwrap(),
        &[f64::NAN, 0.5, 1.0, 0.5],
    );
}

#[test]
fn a_distribution_counts_the_runs_at_least_as_large() {
    let numbers = drawn("ccdf(adopted) | kind").numbers;
    near(numbers.numbers("adopted").unwrap(), &[0.05, 0.2, 0.4, 0.9, 0.0, 0.5, 1.0]);
    near(numbers.numbers("share").unwrap(), &[1.0, 0.5, 2.0 / 6.0, 1.0 / 6.0, 1.0, 0.8, 0.6]);
}

#[test]
fn an_exposure_curve_adds_up_the_agents_of_all_runs() {
    let parameters = [number("z", &[1.0, 2.0])];
    let runs = study(&parameters, 2, [("adopted", &|_, _| 0.5)]);
    let responses = Table::new()
        .with("z", Values::Number(vec![1.0, 1.0, 1.0, 2.0]))
        .with("replicate", Values::Number(vec![0.0, 0.0, 1.0, 0.0]))
        .with("sources", Values::Number(vec![1.0, 2.0, 1.0, 1.0]))
        .with("adopted.exposed", Values::Number(vec![30.0, 4.0, 10.0, 20.0]))
        .with("adopted.adopted", Values::Number(vec![3.0, 4.0, 2.0, 0.0]));
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: Some(&responses) };
    let drawing = draw(&request("response(adopted) | z"), &data).unwrap();
    let numbers = &drawing.numbers;
    near(numbers.numbers("sources").unwrap(), &[1.0, 2.0, 1.0]);
    near(numbers.numbers("p").unwrap(), &[0.125, 1.0, 0.0]);
    near(numbers.numbers("exposed").unwrap(), &[40.0, 4.0, 20.0]);
    let crate::stats::Interval { low, high } = crate::stats::wilson(5, 40, 0.95);
    near(&[numbers.numbers("low").unwrap()[0], numbers.numbers("high").unwrap()[0]], &[low, high]);
    assert!(drawing.caption.contains("95% Wilson intervals over agents"), "{}", drawing.caption);
    assert!(drawing.caption.contains("2 runs a line"), "{}", drawing.caption);
    assert!(drawing.caption.contains("not drawn: 1 point of fewer than 10 agents"), "{}", drawing.caption);
    let wrong = draw(&request("response(adoptd) | z"), &data).unwrap_err().to_string();
    assert!(wrong.contains("kept no exposure curve of adoptd"), "{wrong}");
}

#[test]
fn a_curve_that_ended_early_keeps_its_last_value() {
    let parameters = [number("z", &[1.0, 2.0])];
    let runs = study(&parameters, 2, [("adopted", &|_, _| 0.5)]);
    let curves = Table::new()
        .with("z", Values::Number(vec![1.0, 1.0, 1.0, 1.0, 2.0, 2.0]))
        .with("replicate", Values::Number(vec![0.0, 1.0, 1.0, 1.0, 0.0, 0.0]))
        .with("now", Values::Number(vec![0.0, 0.0, 1.0, 2.0, 0.0, 2.0]))
        .with("adopted", Values::Number(vec![0.2, 0.2, 0.4, 0.8, 0.1, 0.3]));
    let data = Data { runs: &runs, parameters: &parameters, curves: Some(&curves), responses: None };
    let numbers = draw(&request("adopted ~ now | z"), &data).unwrap().numbers;
    near(numbers.numbers("now").unwrap(), &[0.0, 1.0, 2.0, 0.0, 1.0, 2.0]);
    near(numbers.numbers("adopted.mean").unwrap(), &[0.2, 0.3, 0.5, 0.1, 0.1, 0.3]);
    near(numbers.numbers("adopted.high").unwrap(), &[0.2, 0.39, 0.77, 0.1, 0.1, 0.3]);
    near(numbers.numbers("runs").unwrap(), &[2.0, 2.0, 2.0, 1.0, 1.0, 1.0]);
    let wrong = draw(&request("adoptd ~ now | z"), &data).unwrap_err().to_string();
    assert!(wrong.contains("did you mean adopted?"), "{wrong}");
    let wrong = draw(&request("global(adopted, .1) ~ now"), &data).unwrap_err().to_string();
    assert_eq!(
        wrong,
        "global(adopted, 0.1) over time is not drawn; a chart against now is a plain column, as in \"adopted ~ now\""
    );
}

#[test]
fn the_caption_says_what_the_picture_does_not() {
    let caption = drawn("adopted.t50 ~ z").caption;
    assert_eq!(
        caption,
        "bands: 95% intervals of the mean; 5\u{2013}6 runs a point; 1 run failed, at z = 2, kind = fast; 2 of 11 values missing, left out; averaged over kind"
    );
    assert!(drawn("global(adopted, .1) ~ z").caption.ends_with("pooled over kind"));
    let (parameters, runs) = watts();
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: None };
    let caption = draw(&request("adopted ~ z | phi"), &data).unwrap().caption;
    assert!(caption.contains("some means hide two kinds of runs"), "{caption}");
    let caption = draw(&request("given(adopted, .1) ~ z | phi"), &data).unwrap().caption;
    assert!(!caption.contains("two kinds"), "{caption}");
}

#[test]
fn a_sampled_parameter_is_a_scatter_or_binned_cells() {
    let sampled = gallery().into_iter().find(|sample| sample.name == "sampled").unwrap();
    let map = draw(&sampled.request, &sampled.data()).unwrap();
    assert_eq!(map.caption.split("; ").skip(1).collect::<Vec<_>>(), ["z sampled, in 7 bins", "phi sampled, in 7 bins"]);
    let runs: f64 = map.numbers.numbers("runs").unwrap().iter().sum();
    assert_eq!((map.numbers.rows(), runs), (49, 400.0));
    let scatter = draw(&request("adopted ~ z"), &sampled.data()).unwrap();
    assert_eq!(scatter.numbers.names(), ["what", "z", "adopted", "low", "high", "runs"]);
    assert_eq!(scatter.numbers.rows(), 400 + 12);
}

#[test]
fn the_numbers_are_a_csv_file_with_empty_fields_for_missing_ones() {
    let csv = drawn("adopted.t50 ~ z | kind").csv();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("kind,z,adopted.t50.mean,adopted.t50.low,adopted.t50.high,runs,missing,failed"));
    assert_eq!(csv.lines().last(), Some("fast,2,5,,,1,1,1"));
}

#[test]
fn a_width_is_single_or_double() {
    assert_eq!(Width::named("double"), Ok(Width::Double));
    let refused = Width::named("wide").unwrap_err().to_string();
    assert_eq!(
        refused,
        "width = \"wide\" is not a width; allowed are \"single\" (3.4 inches) and \"double\" (7 inches)"
    );
}

#[test]
fn pairs_are_runs_that_share_everything_else() {
    // Of z = 2: slow 0.2, 0.4, 0.9; fast 0, failed, 0.5. Of z = 1: 0.05 three times against 1.
    let pairs = drawn("paired(adopted, kind, fast - slow) ~ z");
    assert_eq!(
        pairs.numbers.names(),
        ["z", "paired(adopted, kind, fast - slow)", "low", "high", "runs", "missing", "failed"]
    );
    near(pairs.numbers.numbers("paired(adopted, kind, fast - slow)").unwrap(), &[0.95, -0.3]);
    near(pairs.numbers.numbers("runs").unwrap(), &[3.0, 2.0]);
    near(pairs.numbers.numbers("failed").unwrap(), &[0.0, 1.0]);
    // Differences -0.2 and -0.4: t with one degree of freedom is 12.706, the standard error 0.1.
    near(&pairs.numbers.numbers("low").unwrap()[1..], &[-0.3 - 1.27062047]);
    assert_eq!(
        pairs.caption,
        "bands: 95% intervals of the mean difference, run by run; 2\u{2013}3 pairs a point; 1 run failed, at z = 2, kind = fast"
    );
    let other = drawn("paired(adopted, z, 2 - 1.0) ~ kind");
    near(other.numbers.numbers("paired(adopted, z, 2 - 1.0)").unwrap(), &[0.45, -0.75]);
}

#[test]
fn a_boundary_lies_where_half_of_the_runs_are_large() {
    let sample = gallery().into_iter().find(|sample| sample.name == "boundary").unwrap();
    let drawing = draw(&sample.request, &sample.data()).unwrap();
    let (z, phi) = (drawing.numbers.numbers("z").unwrap(), drawing.numbers.numbers("phi").unwrap());
    let (low, high) = (drawing.numbers.numbers("low").unwrap(), drawing.numbers.numbers("high").unwrap());
    assert_eq!(z.len(), 26);
    for row in 13..26 {
        let edge = 0.9 / (z[row] + 1.5);
        assert!((phi[row] - edge).abs() < 0.02 && low[row] <= phi[row] && phi[row] <= high[row], "z = {}", z[row]);
    }
    let said = &drawing.agreement[0];
    assert!(said.starts_with("1 / z: within the 95% interval at ") && said.contains(" of 13 points"), "{said}");
    assert_eq!(drawing.numbers.names()[7..], ["one_over_z", "one_over_z.differs"]);
    let never = draw(&request("boundary(adopted, .95, phi) ~ z"), &sample.data()).unwrap_err().to_string();
    assert_eq!(
        never,
        "boundary(adopted, 0.95, phi): the share of runs nowhere passes 0.5 along phi; it goes from 0 to 0"
    );
}

#[test]
fn theory_is_compared_where_it_leaves_the_interval() {
    let (parameters, runs) = small();
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: None };
    // At z = 1 all slow runs reach 0.05 and all fast ones 1; at z = 2 the intervals hold anything.
    let curve = |kind: &str, at_1: f64| OverlayCurve {
        name: "law".into(),
        column: "law".into(),
        points: vec![(1.0, at_1), (2.0, 0.5)],
        series: Some(kind.into()),
        ..OverlayCurve::default()
    };
    let overlay = vec![curve("slow", 0.055), curve("fast", 0.8)];
    let drawing = draw(&Request { overlay, ..request("adopted ~ z | kind") }, &data).unwrap();
    assert_eq!(
        drawing.agreement,
        ["law: within the 95% interval at 3 of 4 points; largest difference 0.25 (runs 0.25, theory 0.5) at z = 2, \
          kind = fast; outside at z = 1, kind = fast"]
    );
    near(drawing.numbers.numbers("law").unwrap(), &[0.055, 0.5, 0.8, 0.5]);
    near(drawing.numbers.numbers("law.differs").unwrap(), &[0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn a_point_with_two_kinds_of_runs_shows_them() {
    let sample = gallery().into_iter().find(|sample| sample.name == "two-kinds").unwrap();
    let caption = draw(&sample.request, &sample.data()).unwrap().caption;
    assert!(caption.ends_with("large and small: see global(adopted, 0.1); dots: their single runs"), "{caption}");
    let (parameters, runs) = weak_ties();
    let plain = draw(
        &request("adopted.thalf ~ rewire | needs / slip"),
        &Data { runs: &runs, parameters: &parameters, curves: None, responses: None },
    );
    assert!(!plain.unwrap().caption.contains("dots"));
}

#[test]
fn a_parameter_that_goes_with_a_named_one_is_not_averaged_over() {
    let parameters = [number("z", &[1.0, 2.0, 3.0]), number("pair", &[10.0, 20.0, 30.0]), number("free", &[0.0, 1.0])];
    let all = study(&parameters, 2, [("adopted", &|l, u| 0.1 * l[0] + 0.1 * u)]);
    let (z, pair) = (all.numbers("z").unwrap(), all.numbers("pair").unwrap());
    let paired: Vec<usize> = (0..all.rows()).filter(|&row| pair[row] == 10.0 * z[row]).collect();
    let runs = all.select(&paired);
    let caption = |runs, formula: &str| {
        draw(&request(formula), &Data { runs, parameters: &parameters, curves: None, responses: None }).unwrap().caption
    };
    assert!(caption(&runs, "adopted ~ z").ends_with("averaged over free"));
    assert!(caption(&all, "adopted ~ z").ends_with("averaged over pair and free"));
    assert!(!caption(&all, "adopted ~ z | pair / free").contains("over"));
}

#[test]
fn every_mistake_is_told_with_a_way_out() {
    let known = "z, kind, k, replicate, adopted, adopted.t50, clustering, nothing, constant";
    for (formula, message) in [
        ("adpoted ~ z", format!("adpoted is not a column that can be drawn, did you mean adopted?; there are {known}")),
        ("adopted ~ rewire", format!("rewire is not a column that can be drawn; there are {known}")),
        ("adopted ~ z | knid", format!("knid is not a column that can be drawn, did you mean kind?; there are {known}")),
        ("kind ~ z", "kind holds text, and the y of a chart needs numbers".into()),
        ("adopted ~ k", "k has one level (4); nothing to draw against".into()),
        ("adopted ~ constant", "constant has one level (1.5); nothing to draw against".into()),
        ("adopted ~ z * k", "k has one level (4); nothing to draw against".into()),
        ("nothing ~ z", "nothing has no value in any of 11 finished runs; nothing to draw".into()),
        ("given(adopted, 2) ~ z", "given(adopted, 2) has no value in any of 11 finished runs; nothing to draw".into()),
        ("adopted ~ nothing", "adopted together with nothing has no value in any of 11 finished runs; nothing to draw".into()),
        ("adopted ~ z * kind", "kind has levels that are not numbers (slow), which this axis needs: try \"adopted ~ z | kind\"".into()),
        ("adopted ~ z * clustering", "clustering is measured, not swept: the axis of a heat map needs a parameter: z, kind, k".into()),
        ("adopted ~ z | clustering", "clustering is measured, not swept: series needs a parameter: z, kind, k".into()),
        ("paired(adopted, kind, fast - slw) ~ z", "kind has no level slw, did you mean slow?; it has slow, fast".into()),
        ("paired(adopted, clustering, 1 - 2) ~ z", "clustering is measured, not swept: a comparison in pairs needs a parameter: z, kind, k".into()),
        ("boundary(adopted, .1, k) ~ z", "k has one level (4); nothing to draw against".into()),
        ("boundary(adopted, .1, kind) ~ z", "kind has levels that are not numbers (slow), which this axis needs: try \"global(adopted, 0.1) ~ kind | z\"".into()),
        ("adopted ~ now", "this study kept no adoption curves; \"y ~ now\" needs them".into()),
        ("adopted ~ z | z", "z is named twice in \"adopted ~ z | z\"; each column can be drawn in one way only".into()),
    ] {
        assert_eq!(refused(&request(formula)), message);
    }
    let log = |log: &str, formula: &str| refused(&Request { log: Some(log.into()), ..request(formula) });
    assert_eq!(log("z", "adopted ~ z"), "log = \"z\" is not an axis; allowed are \"x\", \"y\", \"xy\" and \"none\"");
    assert_eq!(log("x", "adopted ~ kind"), "the x axis (kind) cannot be logarithmic: its levels are words");

    let (parameters, mut runs) = small();
    runs = runs.select(&[4]);
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: None };
    assert_eq!(
        draw(&request("adopted ~ z"), &data).unwrap_err().to_string(),
        "no run has finished (1 failed); nothing to draw"
    );
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    // Six times, because an order that hangs on random hashes is the same by chance half of the time.
    let (parameters, runs) = watts();
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: None };
    let asked = Request { title: Some("Title".into()), ..request("adopted ~ z | phi") };
    let again = || {
        let drawing = draw(&asked, &data).unwrap();
        // Missing numbers are not equal to themselves, but are written alike.
        let numbers = format!("{:?}", drawing.numbers);
        let svg = signed(&drawing.svg, "{\"form\":1}");
        (png(&svg, 100.0).unwrap(), pdf(&svg).unwrap(), svg, numbers)
    };
    let first = again();
    for _ in 0..5 {
        let other = again();
        assert!(other.0 == first.0, "the PNG");
        assert!(other.1 == first.1, "the PDF");
        assert!((&other.2, &other.3) == (&first.2, &first.3), "the SVG and the numbers");
    }
}

#[test]
fn a_figure_is_a_column_wide_and_says_its_names() {
    let (parameters, runs) = weak_ties();
    let data = Data { runs: &runs, parameters: &parameters, curves: None, responses: None };
    let titles = vec![("rewire".to_string(), "share of ties < rewired".to_string())];
    let asked = Request { titles, ..request("adopted ~ rewire | needs / slip") };
    let said = "{\"form\":1, \"text\":\"a <b> & c]]>\"}";
    let svg = signed(&draw(&asked, &data).unwrap().svg, said);
    let tree = resvg::usvg::roxmltree::Document::parse(&svg).expect("the file is XML");
    let texts: Vec<&str> =
        tree.descendants().filter(|part| part.has_tag_name("text")).filter_map(|part| part.text()).collect();
    for text in ["share adopted", "share of ties < rewired", "needs", "1", "2", "3", "slip = 0.05", "0.01", "0"] {
        assert!(texts.contains(&text), "{text} in {texts:?}");
    }
    let metadata = tree.descendants().find(|part| part.has_tag_name("metadata")).and_then(|part| part.text());
    assert_eq!(metadata, Some(said));
    for file in [svg.clone().into_bytes(), png(&svg, 72.0).unwrap(), pdf(&svg).unwrap()] {
        assert_eq!(provenance::text_in(&file).map(|(_, text)| text).as_deref(), Ok(said));
    }
    assert_eq!(tree.root_element().attribute("width"), Some("3.4in"));

    let picture = png(&svg, 300.0).unwrap();
    let width = u32::from_be_bytes(picture[16..20].try_into().unwrap());
    assert_eq!(width, 1020);
    let page = pdf(&svg).unwrap();
    assert!(page.starts_with(b"%PDF"));
    assert!(page.windows(6).any(|part| part == b"Roboto"), "the page carries the font");
    assert!(png(&svg, 1e9).unwrap_err().to_string().contains("not between"));
    assert!(pdf("<svg").unwrap_err().to_string().starts_with("the figure cannot be turned into PDF"));
}

#[test]
fn no_text_leaves_the_sheet() {
    for sample in gallery() {
        let name = sample.name;
        let svg = draw(&sample.request, &sample.data()).unwrap().svg;
        let tree = resvg::usvg::roxmltree::Document::parse(&svg).expect("the file is XML");
        let view: Vec<f64> = tree
            .root_element()
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|number| number.parse().unwrap())
            .collect();
        for part in tree.descendants().filter(|part| part.has_tag_name("text")) {
            let number = |name: &str| part.attribute(name).unwrap().parse::<f64>().unwrap();
            let wide = paper::text_width(part.text().unwrap(), number("font-size"));
            let start = match part.attribute("text-anchor") {
                Some("middle") => -wide / 2.0,
                Some("end") => -wide,
                _ => 0.0,
            };
            let (from, to, end) = match part.attribute("transform") {
                Some(_) => (number("y") - start - wide, number("y") - start, view[3]),
                None => (number("x") + start, number("x") + start + wide, view[2]),
            };
            assert!(from >= 0.0 && to <= end, "{name}: {:?} from {from} to {to} of {end}", part.text());
        }
    }
}
