//! Claims told over tables of runs.

use super::*;
use crate::table::Values;

fn text(values: &[&str]) -> Values {
    Values::texts(values.iter().copied())
}

/// Two cells by kind, two by k, three replicates each; the last run of each cell failed.
fn runs() -> Table {
    let nan = f64::NAN;
    Table::new()
        .with("k", Values::Number(vec![1.0, 1.0, 1.0, 0.3, 0.3, 0.3]))
        .with("kind", text(&["news", "news", "news", "fad", "fad", "fad"]))
        .with("loud", text(&["true", "true", "true", "false", "false", "false"]))
        .with("replicate", Values::Number(vec![0.0, 1.0, 2.0, 0.0, 1.0, 2.0]))
        .with("status", text(&["done", "done", "failed", "done", "done", "failed"]))
        .with("adopted", Values::Number(vec![0.2, 0.6, nan, 1.0, 0.9, nan]))
        .with("adopted.t50", Values::Number(vec![4.0, nan, nan, 8.0, 10.0, nan]))
        .with("told", Values::Number(vec![0.5, nan, nan, nan, nan, nan]))
}

fn checked(claims: &str) -> (Vec<Check>, Scenario) {
    let source = format!(
        "return scenario \"s\" {{ sweep = {{ k = {{1, .3}}, kind = {{'news', 'fad'}}, loud = {{true, false}} }},\n\
         world = function(p) end, checks = function(r)\n{claims}\nend }}"
    );
    let scenario = file(&source).unwrap_or_else(|error| panic!("{error}")).remove(0);
    (scenario.check(&runs()).unwrap(), scenario)
}

fn all_hold(claims: &str) {
    let (checks, _) = checked(claims);
    assert!(!checks.is_empty());
    for check in checks {
        assert!(check.passed, "{}", check.text);
    }
}

#[test]
fn a_measure_is_the_median_of_the_finished_runs_that_match() {
    all_hold("check('median', abs(r{ kind = 'news' }.adopted - .4) < 1e-12)");
    all_hold("check('number, nearly', r{ k = .1 + .2 }.adopted == .95)");
    all_hold("check('flag', r{ loud = false }.adopted == .95)");
    all_hold("check('several', r{ k = 1, kind = 'news', replicate = 1 }.adopted == .6)");
    all_hold("check('all', r{}.adopted == .75)");
    all_hold("check('with a dot', r{ kind = 'fad' }['adopted.t50'] == 9)");
}

#[test]
fn quantiles_means_and_shares_are_methods() {
    all_hold("check('q', abs(r{}:q('adopted', .5) - .75) < 1e-12 and r{}:q('adopted', 1) == 1)");
    all_hold("check('mean', abs(r{}:mean('adopted') - .675) < 1e-12)");
    all_hold("check('share', r{}:share('adopted', .5) == .75)");
}

#[test]
fn a_time_never_reached_is_infinitely_late_and_other_gaps_are_told() {
    all_hold("check('never', r{ kind = 'news' }['adopted.t50'] == math.huge)");
    let (checks, scenario) = checked("check('gap', r{ kind = 'news' }.told == .5)");
    assert!(checks[0].passed);
    assert_eq!(scenario.warnings()[0].message, "r{ kind = news }: 1 of 2 runs have no value of told and are left out");
}

#[test]
fn a_claim_keeps_the_numbers_it_was_told_from() {
    let (checks, _) = checked(
        "local news = r{ kind = 'news' }\n\
         check('first', news.adopted < .5 and news.adopted > .1 and r{ kind = 'fad' }:share('adopted', .95) == .5)\n\
         check('second', news['adopted.t50'] == math.huge)\n\
         check('none', true)",
    );
    let told: Vec<Vec<String>> =
        checks.iter().map(|check| check.told.iter().map(|told| told.to_string()).collect()).collect();
    assert_eq!(told[0], ["r{ kind = news }.adopted = 0.4", "r{ kind = fad }:share(\"adopted\", 0.95) = 0.5"]);
    assert_eq!(told[1], ["r{ kind = news }.adopted.t50 = never"]);
    assert_eq!(told[2], [""; 0]);
}

#[test]
fn told_numbers_have_four_digits() {
    let told = |value| Told { of: "x".into(), value }.to_string();
    assert_eq!(told(0.83746), "x = 0.8375");
    assert_eq!(told(16183.5), "x = 16180");
    assert_eq!(told(2.5e-12), "x = 2.5e-12");
    assert_eq!(told(0.0), "x = 0");
}

#[test]
fn a_claim_that_cannot_be_told_fails_and_says_why() {
    let stops = |claim: &str, message: &str| {
        let (checks, _) = checked(&format!("check('first', true)\n{claim}\ncheck('never reached', true)"));
        assert_eq!(checks.len(), 2, "{claim}");
        assert!(checks[0].passed && !checks[1].passed);
        assert_eq!(
            (checks[1].text.as_str(), checks[1].line),
            (format!("the checks stopped here: {message}").as_str(), 4)
        );
    };
    stops("local x = r{ k = 2 }.adopted", "r{ k = 2 }: no finished run matches; k is 1, 0.3");
    stops(
        "local x = r{ kk = 2 }.adopted",
        "r{...}: unknown parameter \"kk\" (did you mean \"k\"?); known: k, kind, loud, replicate",
    );
    stops(
        "local x = r{}.adoptd",
        "r{}: unknown measure \"adoptd\" (did you mean \"adopted\"?); known: k, replicate, adopted, adopted.t50, told",
    );
    stops("local x = r{ kind = 'fad' }.told", "r{ kind = fad }: no run has a value of told");
    stops("local x = r.adopted", "r.adopted: say of which runs: r{}.adopted for all, r{ k = 4 }.adopted for some");
    stops("check('x', 3)", "check \"x\": expected true or false, got the number 3; compare with <, > or ==");
    stops(
        "check('x', r{} < 3)",
        "a selection of runs has no size of its own: name a measure, such as r{ k = 4 }.adopted",
    );
    stops("check('x', r{} + 1)", "r{} is a selection of runs: name a measure, such as r{}.adopted");
    stops("stage 'x'", "stage belongs in world = function(p) ... end: outside it there is no world to speak of");
}

#[test]
fn a_scenario_without_claims_has_none() {
    let scenario = file("return scenario 's' { world = function(p) end }").unwrap().remove(0);
    assert_eq!(scenario.check(&runs()).unwrap(), []);
}

#[test]
fn two_cells_are_compared_run_by_run() {
    all_hold(
        "local d = r:paired('adopted', { kind = 'fad', k = .3, loud = false }, { kind = 'news', k = 1, loud = true })\n\
         check('mean', abs(d.mean - .55) < 1e-12)   -- .8 and .3\n\
         check('shares', d.positive == 1 and d.negative == 0 and d.pairs == 2)\n\
         check('intervals', d.low < .3 and d.high > .8 and d.positive_low < 1 and d.positive_high == 1)",
    );
    let (checks, _) = checked("check('same', r:paired('adopted', { kind = 'fad' }, { kind = 'fad' }).mean == 0)");
    assert_eq!(checks[0].told[0].of, "r:paired(\"adopted\", { kind = fad }, { kind = fad }).mean");
    // Never (infinite) against 10 steps, and 4 against 8.
    all_hold(
        "local d = r:paired('adopted.t50', { kind = 'news', k = 1, loud = true }, { kind = 'fad', k = .3, loud = false })\n\
         check('later, earlier', d.positive == .5 and d.negative == .5)",
    );
}

#[test]
fn a_comparison_that_makes_no_pairs_says_why() {
    let stops = |claim: &str, message: &str| {
        let (checks, _) = checked(claim);
        assert_eq!(checks[0].text, format!("the checks stopped here: {message}"));
    };
    stops(
        "r:paired('adopted', { kind = 'fad' }, { kind = 'news' })",
        "r:paired(\"adopted\", { kind = fad }, { kind = news }): no two finished runs make a pair",
    );
    stops(
        "r:paired('adopted', {}, { kind = 'fad', k = .3, loud = false })",
        "r:paired(\"adopted\", {}, { k = 0.3, kind = fad, loud = false }): several runs of the first could be half of one \
         pair; name the same parameters on both sides",
    );
    stops(
        "r:paired('adopted')",
        "r:paired: expected a measure and two filters, such as (\"adopted\", { k = 4 }, { k = 8 }), got a string \
         \"adopted\", nothing (nil), nothing (nil)",
    );
    stops(
        "local x = r:paired('adopted', { kind = 'fad', k = .3, loud = false }, { kind = 'news', k = 1, loud = true }).men",
        "unknown part of a comparison \"men\" (did you mean \"mean\"?); known: mean, low, high, positive, positive_low, \
         positive_high, negative, pairs",
    );
    stops(
        "check('x', r:paired('adopted', { kind = 'fad' }, { kind = 'fad' }) > 0)",
        "a comparison has no size of its own: name a part of it, such as r:paired(...).mean",
    );
}

/// A sweep that follows where `adopted` rises above .5 in z, for two thresholds: at z = 2 for .1, at 6 for .2.
fn followed(claims: &str) -> Vec<Check> {
    let source = format!(
        "return scenario 's' {{ sweep = {{ phi = {{.1, .2}}, z = {{0, 8}}, refine {{ 'adopted', within = {{ z = 4 }} }} }},\n\
         world = function(p) end, checks = function(r)\n{claims}\nend }}"
    );
    let runs = Table::new()
        .with("phi", Values::Number(vec![0.1, 0.1, 0.1, 0.2, 0.2, 0.2]))
        .with("z", Values::Number(vec![0.0, 4.0, 8.0, 0.0, 4.0, 8.0]))
        .with("adopted", Values::Number(vec![0.0, 1.0, 1.0, 0.0, 0.0, 1.0]));
    file(&source).unwrap_or_else(|error| panic!("{error}")).remove(0).check(&runs).unwrap()
}

#[test]
fn where_a_refined_measure_crosses_its_level_can_be_claimed() {
    let checks = followed(
        "check('each', r:crossings{ phi = .1 }[1].z == 2 and r:crossings{ phi = .2 }[1].z == 6)\n\
         check('all', #r:crossings() == 2)\n\
         local all = '' for _, at in ipairs(r:crossings{}) do all = all .. at.phi .. ' ' .. at.z .. ', ' end\n\
         check('ascending, with every parameter', all == '0.1 2, 0.2 6, ')",
    );
    assert!(checks.iter().all(|check| check.passed), "{checks:?}");
    let told: Vec<String> = checks[0].told.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["r:crossings{ phi = 0.1 }[1].z = 2", "r:crossings{ phi = 0.2 }[1].z = 6"]);
}

#[test]
fn mistakes_about_crossings_are_told() {
    for (claim, message) in [
        ("r:crossings{ phi = .3 }", "r:crossings: phi is never 0.3; it is 0.1, 0.2"),
        ("r:crossings{ z = 2 }", "r:crossings: z is refined: its value is what a crossing tells"),
        ("r:crossings{ ph = .1 }", "r:crossings: unknown parameter \"ph\" (did you mean \"phi\"?); known: phi, z"),
        ("r:crossings{ .1 }", "r:crossings{...}: the number 0.1 has no name; write r:crossings{ k = 4 }"),
        (
            "r:crossings(.1)",
            "r:crossings: expected the values of other parameters, such as { k = 4 }, got the number 0.1",
        ),
        ("r:crossings{ phi = .1 }[2].z", "r:crossings{ phi = 0.1 }[2]: there is 1 crossing"),
        ("r:crossings{ phi = .1 }[1].zz", "unknown parameter \"zz\" (did you mean \"z\"?); known: phi, z"),
    ] {
        let checks = followed(&format!("local at = {claim}"));
        assert_eq!(checks[0].text, format!("the checks stopped here: {message}"), "{claim}");
    }
    let (checks, _) = checked("local at = r:crossings{}");
    let message = "r:crossings: this sweep follows no transition; write refine { ... } into it";
    assert_eq!(checks[0].text, format!("the checks stopped here: {message}"));
}
