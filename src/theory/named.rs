//! The theories that a chart can name, with their inputs.

use super::committed::{self, Tie};
use super::degrees::Degrees;
use super::gleeson_cahalane::Cascade;
use super::naming_game::{self, Agree};
use super::settings::{Input, Settings, Takes};
use super::thresholds::Thresholds;
use super::{Kind, Outcome, Theory, TheoryError, dodds_watts, granovetter, percolation, watts};

const INF: f64 = f64::INFINITY;

const fn input(name: &'static str, takes: Takes, default: Option<&'static str>, meaning: &'static str) -> Input {
    Input { name, meaning, takes, default }
}

const SHARE: Takes = Takes::Number(0.0, 1.0);
const ANY: Takes = Takes::Number(-INF, INF);
const POSITIVE: Takes = Takes::Number(0.0, INF);

const Z: Input = input("z", POSITIVE, None, "mean number of neighbours");
const DEGREES: Input = input(
    "degrees",
    Takes::Word(&["poisson", "regular", "exponential", "network"]),
    Some("poisson"),
    "how they are spread over agents; \"network\": as in the networks of the study",
);
const PHI: Input =
    input("phi", ANY, None, "threshold, a share of the neighbours; their mean, or the low end up to phi_to");
const SD: Input = input("sd", POSITIVE, Some("0"), "standard deviation of thresholds, which are then normal");
const PHI_TO: Input = input("phi_to", ANY, None, "thresholds are spread evenly from phi to this");
const NEEDS: Input = input("needs", POSITIVE, None, "threshold, a number of neighbours, instead of phi");
const START: Input = input("start", SHARE, None, "share of initial adopters");
const TOP: Input =
    input("top", SHARE, Some("1"), "the best connected share that the one initial adopter is drawn from");
const CROWD: Input =
    input("crowd", Takes::Number(1.0, INF), Some("1"), "thresholds are numbers out of this many people");
const NOBODY: Input = input("start", SHARE, Some("0"), "share that acts whatever the others do");
const REACH: Input = input("reach", SHARE, None, "chance of a tie to carry; in each step, when leave is below 1");
const LEAVE: Input = input("leave", SHARE, Some("1"), "chance to stop speaking at the end of each step");
const COMMITTED: Input = input("committed", SHARE, None, "share that is committed");
const MEMORY: Input =
    input("memory", Takes::Number(1.0, 1e4), None, "how many of the last plays or steps are remembered");
const TIE: Input =
    input("tie", Takes::Word(&["random", "new", "old"]), Some("random"), "which norm is played at a draw");
const AGREE: Input = input("agree", Takes::Word(&["both", "listener"]), Some("both"), "who keeps the agreed word only");
const DOSE: Input = input("reach", SHARE, None, "chance of a dose from an infected person one meets");
const FEW: Input = input("few", POSITIVE, Some("1"), "doses that infect the easily infected");
const MANY: Input = input("many", POSITIVE, Some("1"), "doses that infect the others");
const EASY: Input = input("easy", SHARE, Some("1"), "share of the easily infected");
const INFECTED: Input = input("start", SHARE, None, "share infected for good from the start");

/// Every theory by name.
pub const THEORIES: &[Theory] = &[
    Theory {
        name: "granovetter",
        label: "Granovetter 1978",
        about: "where a crowd ends in which everybody sees everybody: the lowest solution of r = F(r)",
        inputs: &[PHI, SD, PHI_TO, CROWD, NOBODY],
        kind: Kind::Ends {
            outcome: |s| Ok(certain(granovetter::ends(&crowd(s)?, s.number(&NOBODY)?))),
            course: Some(|s, steps| Ok(granovetter::course(&crowd(s)?, s.number(&NOBODY)?, steps))),
        },
    },
    Theory {
        name: "watts",
        label: "Watts 2002",
        about: "how often one agent sets off a global cascade on a random network, and how far it goes then",
        inputs: &[Z, PHI, SD, PHI_TO, NEEDS, DEGREES, TOP],
        kind: Kind::Ends {
            outcome: |s| {
                let (degrees, thresholds) = (degrees(s)?, thresholds(s)?);
                let often = watts::often_from_top(&degrees, &thresholds, s.number(&TOP)?);
                let size = if often > 0.0 { Cascade::new(&degrees, &thresholds).ends_if_global() } else { 0.0 };
                Ok(Outcome { often, size })
            },
            course: None,
        },
    },
    Theory {
        name: "watts_window",
        label: "cascade condition (Watts 2002)",
        about: "where global cascades are possible on a random network; for heat maps over mean degree * threshold",
        inputs: &[Z, PHI],
        kind: Kind::Window(watts::window),
    },
    Theory {
        name: "gleeson_cahalane",
        label: "Gleeson & Cahalane 2007",
        about: "course and end of a cascade from a share of initial adopters, for any degrees and thresholds",
        inputs: &[Z, PHI, SD, PHI_TO, NEEDS, DEGREES, START],
        kind: Kind::Ends {
            outcome: |s| Ok(certain(Cascade::new(&degrees(s)?, &thresholds(s)?).ends(s.number(&START)?))),
            course: Some(|s, steps| Ok(Cascade::new(&degrees(s)?, &thresholds(s)?).course(s.number(&START)?, steps))),
        },
    },
    Theory {
        name: "percolation",
        label: "percolation (Newman 2002)",
        about: "size and frequency of large outbreaks from one agent where each tie carries with some chance",
        inputs: &[Z, REACH, LEAVE, DEGREES],
        kind: Kind::Ends {
            outcome: |s| {
                let (degrees, reach, leave) = (degrees(s)?, s.number(&REACH)?, s.number(&LEAVE)?);
                let size = percolation::size(&degrees, percolation::carries(reach, leave));
                let often = if leave < 1.0 { percolation::often(&degrees, reach, leave) } else { size };
                Ok(Outcome { often, size })
            },
            course: None,
        },
    },
    Theory {
        name: "committed_minority",
        label: "mean field (Centola et al. 2018)",
        about: "share that plays the new norm when the others do what most of the last plays they met were",
        inputs: &[COMMITTED, MEMORY, TIE],
        kind: Kind::Ends {
            outcome: |s| {
                let tie = match s.word(&TIE) {
                    "new" => Tie::New,
                    "old" => Tie::Old,
                    _ => Tie::Random,
                };
                Ok(certain(committed::ends(s.number(&COMMITTED)?, s.number(&MEMORY)? as u32, tie)))
            },
            course: None,
        },
    },
    Theory {
        name: "naming_game",
        label: "mean field (Xie et al. 2011)",
        about: "share that knows the committed word alone, in the state that lasts",
        inputs: &[COMMITTED, AGREE],
        kind: Kind::Ends {
            outcome: |s| {
                let agree = if s.word(&AGREE) == "listener" { Agree::Listener } else { Agree::Both };
                Ok(certain(naming_game::new_word(s.number(&COMMITTED)?, agree)))
            },
            course: None,
        },
    },
    Theory {
        name: "dodds_watts",
        label: "Dodds & Watts 2004",
        about: "share infected where doses of the last steps add up and everybody meets a random other in each",
        inputs: &[MEMORY, DOSE, FEW, MANY, EASY, INFECTED],
        kind: Kind::Ends {
            outcome: |s| Ok(certain(dodds_watts::ends(&doses(s)?, s.number(&DOSE)?, s.number(&INFECTED)?))),
            course: Some(|s, steps| Ok(dodds_watts::course(&doses(s)?, s.number(&DOSE)?, s.number(&INFECTED)?, steps))),
        },
    },
];

fn certain(size: f64) -> Outcome {
    Outcome { often: 1.0, size }
}

fn degrees(settings: &Settings) -> Result<Degrees, TheoryError> {
    if let Some(degrees) = settings.network(&DEGREES) {
        return Ok(degrees.clone());
    }
    let z = settings.number(&Z)?;
    Ok(match settings.word(&DEGREES) {
        "regular" => Degrees::regular(z),
        "exponential" => Degrees::exponential(z),
        _ => Degrees::poisson(z),
    })
}

fn thresholds(settings: &Settings) -> Result<Thresholds, TheoryError> {
    if let Some(needs) = settings.given(&NEEDS) {
        return Ok(Thresholds::Sources(needs));
    }
    law(settings, 1.0)
}

fn law(settings: &Settings, unit: f64) -> Result<Thresholds, TheoryError> {
    let (phi, sd) = (settings.number(&PHI)? / unit, settings.number(&SD)? / unit);
    Ok(match settings.given(&PHI_TO) {
        Some(high) => Thresholds::Uniform { low: phi, high: high / unit },
        None if sd > 0.0 => Thresholds::Normal { mean: phi, sd },
        None => Thresholds::Share(phi),
    })
}

fn crowd(settings: &Settings) -> Result<Thresholds, TheoryError> {
    law(settings, settings.number(&CROWD)?)
}

fn doses(settings: &Settings) -> Result<Vec<f64>, TheoryError> {
    let memory = settings.number(&MEMORY)? as u32;
    Ok(dodds_watts::two_kinds(memory, settings.number(&FEW)?, settings.number(&MANY)?, settings.number(&EASY)?))
}

#[cfg(test)]
mod tests {
    use super::super::settings::Setting;
    use super::super::{named, percolation};
    use super::*;

    fn outcome(name: &str, given: &[(&str, f64)]) -> Result<Outcome, String> {
        let theory = named(name).map_err(|error| error.to_string())?;
        let given = given.iter().map(|(name, value)| (*name, Setting::Number(*value)));
        theory.settings(given).and_then(|s| theory.outcome(&s)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_theory_is_asked_by_name() {
        let watts = outcome("watts", &[("z", 3.0), ("phi", 0.18)]).unwrap();
        assert!((watts.often - 0.8735).abs() < 6e-5 && (watts.size - 0.9405).abs() < 6e-5);
        let hubs = outcome("watts", &[("z", 3.0), ("phi", 0.18), ("top", 0.1)]).unwrap();
        assert!((hubs.often - 0.9990).abs() < 6e-5 && hubs.size == watts.size);
        let crowd = outcome("granovetter", &[("phi", 25.0), ("sd", 50.0), ("crowd", 100.0)]).unwrap();
        assert!((crowd.size - 0.90485).abs() < 1e-5);
        let percolates = outcome("percolation", &[("z", 4.0), ("reach", 0.5)]).unwrap();
        assert_eq!(percolates.often, percolation::size(&Degrees::poisson(4.0), 0.5));
        assert!(outcome("committed_minority", &[("committed", 0.25), ("memory", 12.0)]).unwrap().size > 0.99);
        assert_eq!(outcome("naming_game", &[("committed", 0.1)]).unwrap().size, 1.0);
        assert!(outcome("dodds_watts", &[("memory", 10.0), ("reach", 0.3), ("start", 0.01)]).unwrap().size > 0.9);
    }

    #[test]
    fn the_degrees_of_a_network_can_stand_for_a_law() {
        let theory = named("gleeson_cahalane").unwrap();
        let ring = Degrees::of_agents([4; 10]);
        let given =
            [("degrees", Setting::Network(ring)), ("needs", Setting::Number(2.0)), ("start", Setting::Number(0.2))];
        let found = theory.outcome(&theory.settings(given).unwrap()).unwrap();
        let same = Cascade::new(&Degrees::regular(4.0), &Thresholds::Sources(2.0)).ends(0.2);
        assert_eq!(found.size, same);
    }

    #[test]
    fn a_mistake_is_answered_with_what_is_allowed() {
        assert_eq!(
            outcome("gleeson_cahalan", &[]).unwrap_err(),
            "unknown theory \"gleeson_cahalan\" (did you mean \"gleeson_cahalane\"?); known: granovetter, watts, \
             watts_window, gleeson_cahalane, percolation, committed_minority, naming_game, dodds_watts"
        );
        assert_eq!(
            outcome("watts", &[("phy", 0.1)]).unwrap_err(),
            "theory watts has no input \"phy\" (did you mean \"phi\"?); it takes z, phi, sd, phi_to, needs, degrees, top"
        );
        assert_eq!(
            outcome("watts", &[("phi", 0.1)]).unwrap_err(),
            "theory watts needs z (mean number of neighbours): sweep it under that name, or write z = a number or \"a parameter\""
        );
        assert_eq!(
            outcome("percolation", &[("z", 4.0), ("reach", 2.0)]).unwrap_err(),
            "theory percolation: reach = 2 is out of range: a number, 0 to 1"
        );
        assert_eq!(
            outcome("watts_window", &[]).unwrap_err(),
            "theory watts_window is the boundary of a window: it is laid over a heat map, \"y ~ z * phi\""
        );
        let watts = named("watts").unwrap();
        let wrong = watts.course(&watts.settings([]).unwrap(), 3).unwrap_err().to_string();
        assert_eq!(
            wrong,
            "theory watts says nothing of the time course; granovetter, gleeson_cahalane and dodds_watts do"
        );
    }
}
