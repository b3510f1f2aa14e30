//! The adoption trace and the measures of a cascade, on worlds small enough to be worked out by hand.

use proptest::prelude::*;
use uptake::contagion::build::build;
use uptake::contagion::cascade::{self, CascadeMeasure, CascadeName};
use uptake::contagion::*;
use uptake::engine::{Outcome, Prepared};
use uptake::experiment::{self, Worlds, trace};
use uptake::formula::View;
use uptake::rng::Source;
use uptake::table::Values;

use crate::command::Place;
use crate::worlds::*;

/// Five in a row of layers: 0 and 1 begin; 2 hears both, 3 hears 1 and 2, 4 hears 3 only. Two voices are needed, but one
/// for agent 4.
fn five() -> Prepared {
    let ties = [(0, 2), (1, 2), (1, 3), (2, 3), (3, 4)];
    let mut five =
        world(5, exactly(&ties), vec![Route { needs: of(View::Me, "doubt"), ..Route::default() }], marked("first"));
    five.setup[0] = people(5, vec![("doubt", vec![2.0, 2.0, 2.0, 2.0, 1.0]), ("first", vec![1.0, 1.0, 0.0, 0.0, 0.0])]);
    prepared(five)
}

fn traced(prepared: &Prepared, steps: u32) -> Outcome {
    run(&prepared.clone().keeping(Keeps::Sources), 0, steps)
}

fn measure(prepared: &Prepared, outcome: &Outcome, measure: CascadeMeasure, number: f64) -> f64 {
    let name = CascadeName { measure, slot: 0, layer: Some(0), number };
    cascade::take(&name, &outcome.state, &outcome.curves[0], &prepared.entrances(0))
}

#[test]
fn the_trace_of_five_agents_is_as_worked_out_by_hand() {
    let prepared = five();
    let outcome = traced(&prepared, 10);
    let expected = "\
now,agent,kind,stage,by,route,evidence,needs,sources,from,layer,credit,parent
0,1,person,adopted,start,,,,,,,,1
0,2,person,adopted,start,,,,,,,,1
1,3,person,adopted,route,1,2,2,2,1,friend,0.5,1
1,3,person,adopted,route,1,2,2,2,2,friend,0.5,0
2,4,person,adopted,route,1,2,2,2,2,friend,0.5,0
2,4,person,adopted,route,1,2,2,2,3,friend,0.5,1
3,5,person,adopted,route,1,1,1,1,4,friend,1,1
";
    assert_eq!(trace(&prepared, &outcome.state).csv(), expected);
}

#[test]
fn the_measures_of_five_agents_are_as_worked_out_by_hand() {
    let prepared = five();
    let outcome = traced(&prepared, 10);
    let measure = |what, number| measure(&prepared, &outcome, what, number);
    assert_eq!(measure(CascadeMeasure::Reinforcement, 0.0), 5.0 / 3.0);
    // The tree: 0 - 2 - 3 - 4 and 1 alone.
    assert_eq!(measure(CascadeMeasure::MaxDepth, 0.0), 3.0);
    assert_eq!(measure(CascadeMeasure::MeanDepth, 0.0), (1.0 + 2.0 + 3.0) / 5.0);
    assert_eq!(measure(CascadeMeasure::Virality, 0.0), 10.0 / 6.0);
    assert_eq!(measure(CascadeMeasure::LargestBroadcast, 0.0), 1.0 / 3.0);
    assert_eq!(measure(CascadeMeasure::LayerShare, 0.0), 1.0);
    // Of the ties that brought it, all but 0 - 2 and 3 - 4 are sides of the triangle 1, 2, 3.
    assert_eq!(measure(CascadeMeasure::LocalShare, 0.0), (0.5 + 1.0) / 3.0);
    assert_eq!(measure(CascadeMeasure::TimeTo, 0.6), 1.0);
    assert!(measure(CascadeMeasure::TimeTo, 1.1).is_nan());
    assert_eq!(measure(CascadeMeasure::PeakTime, 0.0), 3.0);
}

#[test]
fn the_exposure_curve_of_five_agents_is_as_worked_out_by_hand() {
    // Agent 2 has two sources at once; agent 3 has one at time 0 and two at time 1; agent 4 one at time 2.
    let prepared = five();
    let outcome = traced(&prepared, 10);
    let exposure = cascade::response(&outcome.state, 0, &prepared.entrances(0));
    assert_eq!((&exposure.exposed[..], &exposure.adopted[..]), (&[2, 2][..], &[1, 2][..]));
    let shares = [1.0, 2.0].map(|k| measure(&prepared, &outcome, CascadeMeasure::Response, k));
    assert_eq!(shares, [0.5, 1.0]);
    assert!(measure(&prepared, &outcome, CascadeMeasure::Response, 3.0).is_nan());
    // After one step agent 3 has met its second source but could not answer yet.
    let outcome = traced(&prepared, 1);
    let exposure = cascade::response(&outcome.state, 0, &prepared.entrances(0));
    assert_eq!((&exposure.exposed[..], &exposure.adopted[..]), (&[1, 1][..], &[0, 1][..]));
}

#[test]
fn on_a_complete_network_one_source_is_enough_for_all_and_two_for_all() {
    for (needs, first) in [(1.0, 1.0), (2.0, 0.0)] {
        let prepared = prepared(world(30, random(29.0), vec![threshold(needs)], random_start(needs)));
        let outcome = traced(&prepared, 10);
        let at = needs as usize;
        let exposure = cascade::response(&outcome.state, 0, &prepared.entrances(0));
        assert_eq!((exposure.share(at), exposure.exposed[at - 1]), (1.0, 30 - at as u32));
        if at > 1 {
            assert!(exposure.share(1).is_nan(), "two begin at the same time: nobody ever had exactly one source");
        } else {
            assert_eq!(exposure.share(1), first);
        }
    }
}

#[test]
fn a_weighted_share_of_credit_is_in_the_trace_and_adds_up() {
    // Agent 2 hears 0 over a tie of weight 1 and 1 over one of weight 3.
    let mut described = world(3, exactly(&[(0, 2), (1, 2)]), vec![], marked("first"));
    described.setup[0] = people(3, vec![("first", vec![1.0, 1.0, 0.0]), ("voice", vec![1.0, 3.0, 0.0])]);
    described.stages[0].routes = vec![Route { weight: of(View::Src, "voice"), needs: 4.0.into(), ..Route::default() }];
    let prepared = prepared(described);
    let outcome = traced(&prepared, 5);
    let table = trace(&prepared, &outcome.state);
    assert_eq!(table.numbers("credit").unwrap()[2..], [0.25, 0.75]);
    assert_eq!(table.numbers("parent").unwrap()[2..], [0.0, 1.0]);
    assert_eq!(table.numbers("evidence").unwrap()[2], 4.0);
}

#[test]
fn agents_are_called_by_their_names_and_what_came_of_itself_has_no_sources() {
    let mut described = world(3, exactly(&[]), vec![Route { base: 1.0.into(), ..Route::default() }], random_start(0.0));
    let members = Members::Named(vec!["susan".into(), "tim".into(), "mike".into()]);
    described.setup[0] = Setup::Agents(Agents { kind: "person".into(), members, columns: vec![], line: 1 });
    let prepared = prepared(described);
    let table = trace(&prepared, &traced(&prepared, 5).state);
    let Some(Values::Text(names)) = table.column("agent") else { panic!("names are text") };
    assert!(names.iter().map(|name| &**name).eq(["susan", "tim", "mike"]));
    assert_eq!(table.numbers("sources").unwrap(), [0.0; 3]);
    assert_eq!(table.numbers("now").unwrap(), [1.0; 3]);
}

const OBSERVED: &str = r#"
return scenario "observed" {
  sweep = { more = {0, 1} },
  replicates = 2,
  steps = 40,
  world = function(p)
    agents("person", 200)
    ties("near", graph.ring { k = 6 })
    ties("far", graph.random { k = 2 })
    stage("adopted", { needs = 2, chance = .7 })
    start { stage = "adopted", who = cluster(4) }
    if p.more == 1 then
      observe("voices", reinforcement "adopted")
      observe("depth", max_depth "adopted")
      observe("virality", virality "adopted")
      observe("near", layer_share("adopted", "near"))
      observe("near_won", sum(tie.won.adopted * tie.near) / sum(tie.won.adopted))
      observe("local", local_share "adopted")
      observe("p1", response("adopted", 1))
      observe("half", time_to("adopted", .5))
      observe("half_early", time_to("adopted", .5), 2)
      observe("last", peak_time "adopted")
    end
  end,
}
"#;

#[test]
fn observing_a_cascade_never_changes_the_run() {
    let place = Place::with(OBSERVED);
    let told = [0, 1].map(|more| place.run(&["--set", &format!("more={more}")]));
    let stage = ["steps", "adopted", "adopted.peak", "adopted.total", "adopted.t50", "adopted.thalf"];
    for measure in stage {
        assert_eq!(told[0][measure], told[1][measure], "{measure}");
    }
    let value = |name: &str| told[1][name].as_f64().unwrap_or_else(|| panic!("{name} is a number"));
    assert_eq!(value("adopted"), 1.0);
    assert_eq!(value("half"), value("adopted.thalf"));
    assert_eq!(value("last"), value("steps"));
    assert!(told[1]["half_early"].is_null(), "half is not reached by time 2");
    assert!((value("near") - value("near_won")).abs() < 1e-12);
    assert!(value("voices") >= 2.0 && value("depth") > 5.0 && value("virality") > 2.0);
    // Every tie of the ring lies in a triangle of the ring, a random one only by chance.
    assert!((value("near")..value("near") + 0.05).contains(&value("local")));
    assert_eq!(value("p1"), 0.0);
}

#[test]
fn a_run_and_a_row_had_again_leave_the_same_trace() {
    let place = Place::with(OBSERVED);
    let plain = place.uptake(&["run", "scenario.lua", "--replicate", "1"]).ends_with(0);
    let traced = place.uptake(&["run", "scenario.lua", "--replicate", "1", "--trace", "run.csv"]).ends_with(0);
    assert_eq!(plain.out, traced.out);
    let folder = place.sweep(&["--no-figures"]);
    let folder = folder.to_string_lossy();
    place.uptake(&["rerun", &folder, "--row", "2", "--trace", "row.csv"]).ends_with(0).says("the same as in the sweep");
    let trace = place.read("run.csv");
    assert_eq!(trace, place.read("row.csv"));
    let once = trace.lines().filter(|line| line.ends_with(",1")).count();
    assert_eq!(once, 200, "every agent has one row of its own");
    assert!(trace.lines().nth(5).is_some_and(|line| line.starts_with("1,") && line.contains(",route,1,2,2,2,")));
}

#[test]
fn an_exposure_curve_is_kept_where_a_chart_shows_it() {
    let shown = OBSERVED.replace("  steps = 40,", "  steps = 40, charts = { \"response(adopted) | more\" },");
    let place = Place::with(&shown);
    let folder = place.sweep(&[]);
    let numbers = place.read(folder.join("figures/response-adopted-more.csv"));
    // One source alone is enough for whoever hears it over both layers: that makes two ties.
    assert!(numbers.starts_with("more,sources,p,low,high,exposed,adopted\n0,1,0.00"), "{numbers}");
    let kept = place.read(folder.join("responses.csv"));
    assert!(kept.starts_with("more,replicate,sources,adopted.exposed,adopted.adopted\n0,0,1,"), "{kept}");
    assert!(!folder.join("curves.csv").exists());
    let folder = folder.to_string_lossy();
    place.uptake(&["verify", &folder]).ends_with(0).says("4 of 4 rows are the same");

    let place = Place::with(OBSERVED);
    let folder = place.sweep(&["--no-figures"]);
    let refused = place.uptake(&["chart", &folder.to_string_lossy(), "response(adopted) | more"]);
    refused.ends_with(1).warns("this study kept no exposure curve of adopted");
}

#[test]
fn what_a_function_writes_is_in_the_trace_without_sources() {
    let scenario = OBSERVED.replace(
        "stage(\"adopted\", { needs = 2, chance = .7 })",
        "stage \"adopted\"  each(\"person\", function(me) for other in me:hears(\"near\") do if other.adopted == 1 then me.adopted = 1 end end end)",
    );
    let place = Place::with(&scenario);
    let plain = place.uptake(&["run", "scenario.lua"]).ends_with(0);
    let traced = place.uptake(&["run", "scenario.lua", "--trace", "run.csv"]).ends_with(0);
    assert_eq!(plain.out, traced.out);
    let trace = place.read("run.csv");
    assert_eq!(trace.lines().count(), 201);
    assert!(trace.lines().skip(5).all(|line| line.contains(",adopted,function,,,,,,,,1")), "{trace}");
}

#[test]
fn a_file_of_several_scenarios_leaves_no_single_trace() {
    let two = OBSERVED.replace("return scenario", "local one = scenario")
        + "return { one, scenario \"two\" { world = function(p) agents(\"person\", 1) end } }";
    let place = Place::with(&two);
    place
        .uptake(&["run", "scenario.lua", "--trace", "run.csv"])
        .ends_with(2)
        .warns("choose with --only: observed, two");
    place.uptake(&["run", "scenario.lua", "--only", "two", "--trace", "run.csv"]).ends_with(0);
    place
        .uptake(&["run", "scenario.lua", "--only", "two", "--trace", "no/run.csv"])
        .ends_with(2)
        .warns("cannot write no/run.csv");
}

/// Rules of every engine: the kernel, news, steps, windows, leaving.
fn rules() -> Vec<Vec<Route>> {
    let reach = Route { reach: 0.4.into(), ..Route::default() };
    vec![
        vec![threshold(2.0)],
        vec![share(0.3)],
        vec![reach.clone()],
        vec![Route { emit: Emit::Once, ..reach.clone() }],
        vec![Route { count: Count::Signals, needs: 3.0.into(), ..reach.clone() }],
        vec![Route { memory: Memory::Steps(2), needs: 2.0.into(), leave: 0.1.into(), ..reach.clone() }],
        vec![threshold(3.0), Route { needs: 2.0.into(), chance: 0.1.into(), ..Route::default() }],
        vec![Route {
            count: Count::Share,
            memory: Memory::Last { n: 3, full: true, tie: Tie::Half },
            needs: 0.5.into(),
            leave: 0.2.into(),
            ..Route::default()
        }],
    ]
}

proptest! {
    #![proptest_config(cases(120, 2011))]

    #[test]
    fn keeping_the_trace_never_changes_a_run(
        n in 2u32..60,
        degree in 1.0f64..8.0,
        starters in 1u32..6,
        which in 0usize..8,
        in_turn in any::<bool>(),
        replicate in 0u64..1000,
    ) {
        let degree = degree.min(f64::from(n - 1));
        let who = random_start(f64::from(starters.min(n)));
        let order = if in_turn { Order::Asynchronous } else { Order::Synchronous };
        let prepared = prepared(World { order, ..world(n, random(degree), rules()[which].clone(), who) });
        let plain = run(&prepared, replicate, 60);
        let traced = prepared.clone().keeping(Keeps::Sources);
        let outcome = run(&traced, replicate, 60);
        let (measures, curves) = (experiment::measures(&prepared), experiment::curves(&prepared));
        let record = |prepared: &Prepared| {
            experiment::run(prepared, &Worlds::new(1), Source::new(1, replicate), 60, &measures, &curves)
        };
        prop_assert_eq!(format!("{:?}", record(&prepared)), format!("{:?}", record(&traced)));
        prop_assert_eq!(&plain.curves, &outcome.curves);
        prop_assert_eq!(&plain.state.standings[0].entered, &outcome.state.standings[0].entered);

        // What the trace says is what happened.
        let trace = &outcome.state.trace;
        prop_assert_eq!(trace.adopters(0).count() as u32, outcome.totals[0]);
        let source = Source::new(1, replicate);
        let built = build(&prepared.world, &prepared.words, source).expect("the world can be built");
        let network = &built.state.layers[0].network;
        let mut entered = vec![u32::MAX; n as usize];
        for adoption in trace.adoptions() {
            for source in trace.sources(adoption) {
                prop_assert!(network.has(source.agent, adoption.agent));
                let before = entered[source.agent as usize];
                prop_assert!(before < adoption.entered || in_turn && before == adoption.entered, "it is there before");
            }
            if let Some(reason) = &adoption.reason {
                prop_assert!(reason.evidence >= reason.needs);
                let credit: f64 = trace.sources(adoption).iter().map(|source| source.credit).sum();
                prop_assert!(reason.distinct == 0 || (credit - 1.0).abs() < 1e-12);
            }
            let first = &mut entered[adoption.agent as usize];
            *first = (*first).min(adoption.entered);
        }
    }

    #[test]
    fn the_kernel_and_the_stepper_answer_alike(
        n in 2u32..60,
        degree in 1.0f64..8.0,
        needs in 1u32..4,
        steps in 1u32..12,
        in_turn in any::<bool>(),
        replicate in 0u64..1000,
    ) {
        let degree = degree.min(f64::from(n - 1));
        let order = if in_turn { Order::Asynchronous } else { Order::Synchronous };
        let who = random_start(f64::from(needs.min(n)));
        let world = World { order, ..world(n, random(degree), vec![threshold(needs.into())], who) };
        let prepared = prepared(world).keeping(Keeps::Entries);
        let (fast, general) = (run(&prepared, replicate, steps), run_general(&prepared, replicate, steps));
        let exposure = |outcome: &Outcome| cascade::response(&outcome.state, 0, &prepared.entrances(0));
        prop_assert_eq!(exposure(&fast), exposure(&general));
        if in_turn {
            return Ok(()); // between two turns several may have adopted
        }
        // With a threshold of a, nobody adopts on fewer, and whoever has more adopted on them.
        let exposure = exposure(&fast);
        for k in (1..=exposure.exposed.len()).filter(|&k| exposure.exposed[k - 1] > 0) {
            prop_assert_eq!(exposure.share(k), if k < needs as usize { 0.0 } else { 1.0 });
        }
    }
}
