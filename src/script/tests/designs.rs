//! Sweeps whose parameters change together.

use super::*;

fn study(sweep: &str) -> Result<Study, ScriptError> {
    let text = format!(
        "return scenario \"s\" {{ seed = 3, sweep = {sweep}, world = function(p) agents(\"person\", 10) end }}"
    );
    Ok(file(&text)?.remove(0).study().clone())
}

fn said(sweep: &str) -> String {
    study(sweep).err().unwrap_or_else(|| panic!("{sweep} is wrong")).to_string()
}

#[test]
fn zipped_lists_change_together_and_combine_with_the_others() {
    let study = study("{ zip { k = {4, 8, 8}, n = {1, 2, 3} }, rule = {\"a\", \"b\"} }").unwrap();
    assert_eq!(study.design.parameters, ["k", "n", "rule"]);
    let third = &study.design.cells[3].levels;
    assert_eq!((study.design.cells.len(), third[..2].to_vec()), (6, numbers(&[8.0, 2.0])));
    assert_eq!(study.parameters[0].levels, numbers(&[4.0, 8.0]), "a level is told once");
}

#[test]
fn a_sample_stands_alone_or_beside_lists_and_follows_the_seed() {
    let alone = study("sample { n = 16, method = \"latin\", phi = {.1, .3}, k = {2, 5, \"whole\"} }").unwrap();
    assert_eq!((alone.design.cells.len(), alone.design.parameters.join(" ")), (16, "phi k".into()));
    let beside = study("{ sample { n = 16, phi = {.1, .3} }, needs = {1, 2} }").unwrap();
    assert_eq!(beside.design.cells.len(), 32);
    let text = "return scenario \"s\" { sweep = sample { n = 4, x = {0, 1} }, world = function(p) agents(\"person\", 10) end }";
    let mut scenario = file(text).unwrap().remove(0);
    let before = scenario.study().design.cells.clone();
    scenario.set("seed", "2").unwrap();
    assert_ne!(scenario.study().design.cells, before);
    // Set from outside, a parameter leaves the sample.
    scenario.set("x", "0.5,1").unwrap();
    assert_eq!(scenario.study().design.cells.len(), 2);
}

#[test]
fn points_come_from_a_table_whose_hash_is_part_of_the_study() {
    let study = study("points \"points.csv\"").unwrap();
    assert_eq!(study.design.cells[1].levels, [Level::Number(8.0), Level::Text("complex".into())]);
    let text =
        "return scenario \"s\" { sweep = { points \"points.csv\" }, world = function(p) agents(\"person\", 10) end }";
    assert!(file(text).unwrap()[0].data().contains_key("points.csv"));
}

#[test]
fn mistakes_in_designs_are_told() {
    for (sweep, message) in [
        ("{ zip { k = {4, 8}, n = {1} } }", "zip: k has 2 values and n has 1: each value of one belongs to"),
        ("{ zip { k = {4, 8} } }", "zip: it pairs the values of two parameters or more"),
        ("{ zip { k = {4, 4}, n = {1, 1} } }", "the values at place 2 stand together at an earlier place already"),
        ("{ zip { k = {4}, n = {1} }, k = {2} }", "sweep: the parameter k is there twice"),
        ("sample { phi = {.1, .3} }", "sample: n is missing, the number of points"),
        ("sample { n = 8 }", "sample: no parameter has a range"),
        ("sample { n = 8, method = \"latn\", x = {0, 1} }", "got \"latn\" (did you mean \"latin\"?)"),
        ("sample { n = 8, x = {1, 0} }", "sample: x: 1 is not below 0; a range is {low, high}"),
        ("sample { n = 8, x = {0, 1, \"log\"} }", "a logarithmic range begins above 0, not at 0"),
        ("sample { n = 8, x = {0.5, 2, \"whole\"} }", "0.5 and 2 are not both whole numbers"),
        ("sample { n = 8, x = {0, 1, \"lin\"} }", "\"lin\" is no scale"),
        ("points \"gone.csv\"", "cannot read \"gone.csv\""),
        ("points \"people.csv\" + 1", "a part of a sweep is no number"),
        ("points { 1 }", "points: expected the path of a CSV file in quotes, got"),
    ] {
        let told = said(sweep);
        assert!(told.contains(message), "{sweep}: {told}");
    }
}

#[test]
fn what_changes_together_is_not_set_alone() {
    let text = "return scenario \"s\" { sweep = { zip { k = {4, 8}, n = {1, 2} } }, world = function(p) agents(\"person\", 10) end }";
    let told = file(text).unwrap().remove(0).set("k", "5").unwrap_err().to_string();
    assert!(told.contains("k changes together with n (zip)"), "{told}");
}

#[test]
fn replicates_until_something_is_known() {
    let text = "return scenario \"s\" { replicates = until_known { \"adopted\", width = .05, share_above = .1, at_most = 400 }, \
                world = function(p) agents(\"person\", 10) end }";
    let mut scenario = file(text).unwrap().remove(0);
    let design = &scenario.study().design;
    let until = design.until.clone().unwrap();
    assert_eq!((design.replicates, until.measure.as_str(), until.width), (400, "adopted", 0.05));
    assert_eq!(until.share_above, Some(0.1));
    scenario.set("replicates", "7").unwrap();
    assert_eq!((scenario.study().design.replicates, &scenario.study().design.until), (7, &None));
    for (word, message) in [
        ("until_known { width = .05 }", "until_known: the measure that is to be known is missing"),
        ("until_known { \"adopted\" }", "until_known: the field \"width\" is missing"),
        ("until_known { \"adopted\", width = 0 }", "until_known: width: no interval is that narrow"),
        ("until_known { \"adopted\", widht = 1 }", "unknown field \"widht\" (did you mean \"width\"?)"),
    ] {
        let text = format!("return scenario \"s\" {{ replicates = {word}, world = function(p) end }}");
        let told = file(&text).err().expect("it is wrong").to_string();
        assert!(told.contains(message), "{word}: {told}");
    }
}

#[test]
fn a_transition_is_refined_over_parameters_of_the_sweep() {
    let refined = "refine { \"adopted\", share_above = .1, within = { z = .1, phi = .01 } }";
    let told = study(&format!("{{ z = {{1, 4}}, phi = {{.1, .2}}, rule = {{\"a\"}}, {refined} }}")).unwrap();
    let refine = told.design.refine.unwrap();
    assert_eq!((refine.level, refine.share_above, refine.at_most), (0.5, Some(0.1), 10_000));
    assert_eq!(refine.within, [("z".to_string(), 0.1), ("phi".to_string(), 0.01)]);
    assert_eq!((told.design.cells.len(), told.design.parameters.join(" ")), (4, "z phi rule".into()));
    for (sweep, message) in [
        ("{ z = {1, 2}, refine { within = { z = .1 } } }", "refine: the measure that is to be followed is missing"),
        ("{ z = {1, 2}, refine { \"x\" } }", "refine: within: is missing, the width for each parameter"),
        (
            "{ z = {1, 2}, refine { \"x\", within = { z = 0 } } }",
            "within: z: expected a number above 0, got the number 0",
        ),
        ("{ z = {1, 2}, refine { \"x\", within = {} } }", "over one or two parameters, not 0"),
        (
            "{ phi = {1, 2}, refine { \"x\", within = { pih = 1 } } }",
            "refine: unknown parameter \"pih\" (did you mean \"phi\"?)",
        ),
        ("{ z = {1}, refine { \"x\", within = { z = .1 } } }", "sweep: refine: z has one value; a step is between two"),
        ("{ z = {\"a\", \"b\"}, refine { \"x\", within = { z = .1 } } }", "z is no number: there is nothing between"),
        (
            "{ zip { z = {1, 2}, n = {1, 2} }, refine { \"x\", within = { z = .1 } } }",
            "z is given by zip; between listed",
        ),
        (
            "{ z = {1, 2}, refine { \"x\", withn = 1, within = { z = 1 } } }",
            "unknown field \"withn\" (did you mean \"within\"?)",
        ),
    ] {
        assert!(said(sweep).contains(message), "{sweep}: {}", said(sweep));
    }
    let both = format!(
        "return scenario \"s\" {{ sweep = {{ z = {{1, 2}}, phi = {{1, 2}}, {refined} }}, where = function(p) return true end, \
         world = function(p) end }}"
    );
    let told = file(&both).err().expect("it is wrong").to_string();
    assert!(told.contains("where: drops cells, and refine adds some"), "{told}");
}
