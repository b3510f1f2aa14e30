//! Every scenario that is shipped can be read and run, and what it claims holds.

use std::io::Write as _;
use std::path::PathBuf;

use uptake::contagion::advice;
use uptake::design::Run;
use uptake::script::Check;

use crate::requirements::numbers_are_measured;
use crate::studies::*;

/// The shipped scenarios whose data are there. Some read data that are not ours to ship.
fn runnable() -> Vec<PathBuf> {
    let data = folder().join("../../shared/data");
    let needs_more = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("the scenario can be read");
        text.contains("shared/data") && !data.is_dir()
    };
    let files: Vec<PathBuf> = all_files().into_iter().filter(|path| !needs_more(path)).collect();
    assert!(files.len() >= 17, "{} scenario files", files.len());
    files
}

#[test]
fn every_cell_of_every_scenario_has_a_sound_world_and_some_run() {
    for path in runnable() {
        for (place, scenario) in scenarios(&path).iter().enumerate() {
            // Every world is checked on the way; the first and the last cell are run, for few steps.
            let last = scenario.study().design.cells.len() as u32 - 1;
            let some = [Run { cell: 0, replicate: 0 }, Run { cell: last, replicate: 0 }];
            let (_, runs) = run_study(&path, place, &[("steps", "20")], Some(&some));
            assert_eq!(runs.rows(), 2, "{}", path.display());
        }
    }
}

#[test]
fn no_scenario_is_warned_about() {
    for path in runnable() {
        for scenario in scenarios(&path) {
            let cells = &scenario.study().design.cells;
            for cell in cells.iter().step_by((cells.len() / 20).max(1)) {
                let world = scenario.world(cell).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(advice(&world), [], "{}", path.display());
            }
            // Data are as they are: what is left out of them is to be told.
            let warnings = scenario.warnings().into_iter().filter(|warning| !warning.message.contains("dropped"));
            assert_eq!(warnings.collect::<Vec<_>>(), [], "{}", path.display());
        }
    }
}

#[test]
fn every_scenario_has_a_head_that_names_its_source_and_its_claim_and_draws_something() {
    for path in all_files() {
        let text = std::fs::read_to_string(&path).expect("the scenario can be read");
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("--")).collect();
        for word in ["-- Source: ", "-- Claim", "-- Expect"] {
            assert!(head.iter().any(|line| line.starts_with(word)), "{}: no {word}", path.display());
        }
        for scenario in scenarios(&path) {
            assert!(!scenario.study().figures.is_empty(), "{} draws nothing", path.display());
        }
    }
}

/// Runs whole studies, asks each for its claims, and compares the numbers with those of docs/requirements.md.
fn claims_hold(name: &str) {
    let path = runnable().into_iter().find(|path| path.ends_with(name));
    let Some(path) = path else {
        // Said past the test runner, which keeps the output of tests that pass to itself.
        writeln!(std::io::stderr(), "SKIPPED: {name}: its data are not in ../shared/data")
            .expect("stderr takes a line");
        return;
    };
    let checks: Vec<Check> = (0..scenarios(&path).len()).flat_map(|place| claims(&path, place)).collect();
    let failures: Vec<String> = checks.iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{name}\n{}", failures.join("\n"));
    numbers_are_measured(&path, &checks);
}

macro_rules! claims {
    ($($test:ident: $file:literal;)*) => {
        $(#[test]
        fn $test() {
            claims_hold($file);
        })*

        #[test]
        fn no_scenario_goes_untested() {
            for path in all_files() {
                assert!([$($file),*].iter().any(|file| path.ends_with(file)), "{} is not tested", path.display());
            }
        }
    };
}

claims! {
    weak_ties_claims_hold: "influence/01_weak_ties.lua";
    hubs_vs_periphery_claims_hold: "influence/02_hubs_vs_periphery.lua";
    tipping_claims_hold: "influence/03_tipping.lua";
    homophily_claims_hold: "influence/04_homophily.lua";
    context_trust_claims_hold: "influence/05_context_trust.lua";
    living_ties_claims_hold: "influence/06_living_ties.lua";
    social_currency_claims_hold: "influence/07_social_currency.lua";
    community_vs_crowd_claims_hold: "influence/08_community_vs_crowd.lua";
    micro_vs_macro_claims_hold: "influence/09_micro_vs_macro.lua";
    scores_claims_hold: "influence/10_scores.lua";
    stepps_claims_hold: "influence/11_stepps.lua";
    twitter_claims_hold: "influence/12_twitter.lua";
    advice_society_claims_hold: "influence/variants/advice_society.lua";
    ambassadors_claims_hold: "influence/variants/ambassadors.lua";
    begins_small_claims_hold: "influence/variants/begins_small.lua";
    checkout_claims_hold: "influence/variants/checkout.lua";
    culture_claims_hold: "influence/variants/culture.lua";
    currency_at_work_claims_hold: "influence/variants/currency_at_work.lua";
    earning_claims_hold: "influence/variants/earning.lua";
    everybody_influences_claims_hold: "influence/variants/everybody_influences.lua";
    exposure_claims_hold: "influence/variants/exposure.lua";
    favour_claims_hold: "influence/variants/favour.lua";
    follow_the_similar_claims_hold: "influence/variants/follow_the_similar.lua";
    four_levers_claims_hold: "influence/variants/four_levers.lua";
    funnel_claims_hold: "influence/variants/funnel.lua";
    growing_audience_claims_hold: "influence/variants/growing_audience.lua";
    gut_claims_hold: "influence/variants/gut.lua";
    masks_claims_hold: "influence/variants/masks.lua";
    one_more_person_claims_hold: "influence/variants/one_more_person.lua";
    opportunities_claims_hold: "influence/variants/opportunities.lua";
    persistence_claims_hold: "influence/variants/persistence.lua";
    press_claims_hold: "influence/variants/press.lua";
    purpose_claims_hold: "influence/variants/purpose.lua";
    research_claims_hold: "influence/variants/research.lua";
    sparks_and_nets_claims_hold: "influence/variants/sparks_and_nets.lua";
    spread_or_action_claims_hold: "influence/variants/spread_or_action.lua";
    talk_and_silence_claims_hold: "influence/variants/talk_and_silence.lua";
    two_worlds_claims_hold: "influence/variants/two_worlds.lua";
    karate_claims_hold: "networks/karate.lua";
    facebook_claims_hold: "networks/facebook.lua";
    polblogs_claims_hold: "networks/polblogs.lua";
    centola_2018_claims_hold: "papers/centola_2018.lua";
    centola_eguiluz_macy_2007_claims_hold: "papers/centola_eguiluz_macy_2007.lua";
    centola_macy_2007_claims_hold: "papers/centola_macy_2007.lua";
    dodds_watts_2004_claims_hold: "papers/dodds_watts_2004.lua";
    gleeson_cahalane_2007_claims_hold: "papers/gleeson_cahalane_2007.lua";
    goel_2016_claims_hold: "papers/goel_2016.lua";
    granovetter_1978_claims_hold: "papers/granovetter_1978.lua";
    guilbeault_centola_2021_claims_hold: "papers/guilbeault_centola_2021.lua";
    kempe_2003_claims_hold: "papers/kempe_2003.lua";
    kempe_tournament_claims_hold: "papers/kempe_tournament.lua";
    sir_continuous_claims_hold: "papers/sir_continuous.lua";
    sir_percolation_claims_hold: "papers/sir_percolation.lua";
    watts_2002_claims_hold: "papers/watts_2002.lua";
    watts_2002_edges_claims_hold: "papers/watts_2002_edges.lua";
    watts_dodds_2007_claims_hold: "papers/watts_dodds_2007.lua";
    watts_strogatz_1998_claims_hold: "papers/watts_strogatz_1998.lua";
    axelrod_1997_claims_hold: "plain/axelrod_1997.lua";
    centola_2007_claims_hold: "plain/centola_2007.lua";
    deffuant_2000_claims_hold: "plain/deffuant_2000.lua";
    hegselmann_krause_2002_claims_hold: "plain/hegselmann_krause_2002.lua";
    holme_newman_2006_claims_hold: "plain/holme_newman_2006.lua";
    schelling_1971_claims_hold: "plain/schelling_1971.lua";
    voter_claims_hold: "plain/voter.lua";
    xie_2011_claims_hold: "plain/xie_2011.lua";
    a_first_contagion_claims_hold: "teaching/1_first_contagion.lua";
    a_threshold_claims_hold: "teaching/2_a_threshold.lua";
    a_rewired_ring_claims_hold: "teaching/3_a_rewired_ring.lua";
    a_committed_minority_claims_hold: "teaching/4_a_committed_minority.lua";
}
